"""Errors about assessments: files that changed while they were edited, and gates that would check nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.errors import AicopError

if TYPE_CHECKING:
    from collections.abc import Iterable


def _strings(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(items)


# As in `aicop.errors`: not frozen, because Python sets tracebacks and notes on an exception as it propagates.
@attrs.define(eq=False, slots=False, repr=False, on_setattr=attrs.setters.NO_OP)
class ChangedOnDisk(AicopError, OSError):
    """Files of an assessment are no longer as they were when it was read, so nothing was written."""

    files: tuple[str, ...] = attrs.field(converter=_strings)
    """The files, each by its path in the folder of the library."""

    def _message(self) -> str:
        verb = "has" if len(self.files) == 1 else "have"
        return (
            f"{', '.join(self.files)} {verb} changed since the assessment was read; nothing was written. "
            "Read it again, and repeat the change"
        )


@attrs.define(eq=False, slots=False, repr=False, on_setattr=attrs.setters.NO_OP)
class NothingToCheck(AicopError, ValueError):
    """A gate has no rules, or no statement to which they apply, so that it would hold whatever the verdicts are."""

    system: str
    reason: str

    def _message(self) -> str:
        return f"{self.system}: nothing was checked; {self.reason}"
