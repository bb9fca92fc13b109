"""Verdicts whose statements have changed since they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.files.reader import load_all
from aicop.model.assessment import Verdict, VerdictRow
from aicop.model.converters import as_tuple

if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment
    from aicop.library.library import Library


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class VerdictToReview:
    """A verdict of yours whose statement is other than when it was given."""

    system: str
    """The name of the system."""
    verdict: VerdictRow
    judged: str
    """The digest of the statement when the verdict was given."""
    now: str
    """Its digest today."""

    @property
    def reason(self) -> str:
        """What has changed, and what to do, as one line."""
        given = f" on {self.verdict.assessed}" if self.verdict.assessed is not None else ""
        said = f"The duty holders, verb, action or condition of {self.verdict.key} have changed since the verdict "
        said += f"{self.verdict.verdict} was given{given}; assess it again."
        return said if self.verdict.review_reason is None else f"{said} {self.verdict.review_reason}"


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class VerdictReview:
    """The verdicts to give again, and what could not be compared."""

    items: tuple[VerdictToReview, ...] = attrs.field(converter=as_tuple[VerdictToReview, ...])
    """The verdicts to give again, by system and in printed order."""
    compared: int
    """The number of verdicts that state a digest, so that a change can be seen."""
    not_compared: int
    """The number of verdicts that state none."""


def review(library: Library) -> VerdictReview:
    """
    Return the verdicts of a library whose statements have changed since they were given; none without a folder.

    Raises:
        InvalidDocument: with all faults of all assessments.
        OSError: a file cannot be read.
    """
    if library.folder is None:
        return VerdictReview(items=(), compared=0, not_compared=0)
    found: list[VerdictToReview] = []
    compared = missing = 0
    for about in load_all(library, check_files=False):
        given = [row for row in about.verdicts if row.verdict is not Verdict.NOT_ASSESSED]
        stated = [row for row in given if row.digest is not None]
        compared += len(stated)
        missing += len(given) - len(stated)
        found += _changed(about, stated)
    return VerdictReview(items=found, compared=compared, not_compared=missing)


def _changed(about: Assessment, rows: list[VerdictRow]) -> list[VerdictToReview]:
    return [
        VerdictToReview(system=about.system.name, verdict=row, judged=row.digest, now=about.digest(row.key))
        for row in rows
        if row.digest is not None and row.digest != about.digest(row.key)
    ]
