"""What an assessment was read from, so that a change of it can be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from aicop._notebook import shown
from aicop.ids import StatementId
from aicop.model.assessment import ControlRow, Evidence, HistoryRow, VerdictRow
from aicop.vocabulary import Role


@shown
@attrs.frozen(kw_only=True, repr=False)
class Origin:
    """The files of an assessment when it was read, or last written; empty if it was not read from a folder."""

    digests: Mapping[str, str] = attrs.field(factory=dict)
    """The SHA-256 digest of each file, by its path in ``assessments/``; with the evidence of all systems."""
    verdicts: tuple[VerdictRow, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    controls: tuple[ControlRow, ...] = ()
    history: tuple[HistoryRow, ...] = ()
    lines: Mapping[Role | None, Mapping[StatementId, int]] = attrs.field(factory=dict)
    """The line of each verdict in ``verdicts.csv``, by role and statement."""

    def line(self, row: VerdictRow) -> int | None:
        """Return the line of a verdict in ``verdicts.csv``, or None if it is not there."""
        return self.lines.get(row.role, {}).get(row.key)


def lines_of(rows: Iterable[tuple[int, VerdictRow]]) -> dict[Role | None, dict[StatementId, int]]:
    """Return the lines of verdicts, each of which follows its line, by role and statement."""
    found: dict[Role | None, dict[StatementId, int]] = {}
    for line, row in rows:
        found.setdefault(row.role, {})[row.key] = line
    return found
