"""The tables of an assessment, from cells to records and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.files.tables import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aicop.model.assessment import Evidence, HistoryRow, VerdictRow

SEPARATOR = "|"
"""The sign between the ids of evidence in a cell."""
VERDICT_COLUMNS = (
    "key",
    "role",
    "verdict",
    "reason",
    "evidence",
    "owner",
    "assessor",
    "assessed",
    "due",
    "review",
    "accepted_by",
    "accepted_until",
    "note",
    "review_reason",
    "digest",
)
"""The columns of ``verdicts.csv``, in order; columns of your own follow."""
EVIDENCE_COLUMNS = (
    "id",
    "kind",
    "title",
    "location",
    "sha256",
    "collected",
    "valid_until",
    "artefact",
    "note",
)
"""The columns of ``evidence.csv``, in order; columns of your own follow."""
HISTORY_COLUMNS = (*VERDICT_COLUMNS, "recorded", "by")
"""The columns of ``history.csv``, in order; columns of your own follow."""


def cell_text(value: object) -> str:
    """Return a value as the text of a cell; None is empty."""
    if isinstance(value, tuple):
        return SEPARATOR.join(map(str, value))
    return "" if value is None else str(value)


def _table(columns: Sequence[str], rows: Iterable[tuple[dict[str, object], tuple[tuple[str, str], ...]]]) -> str:
    """Return a table as CSV: our columns, then the user's own in the order in which rows first use them."""
    listed = list(rows)
    own = tuple(dict.fromkeys(name for _, extra in listed for name, _ in extra))
    lines = [[*columns, *own]]
    for cells, extra in listed:
        theirs = dict(extra)
        lines.append([*(cell_text(cells[name]) for name in columns), *(theirs.get(name, "") for name in own)])
    return csv_text(lines)


def _fields(record: VerdictRow | Evidence) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in attrs.fields(type(record))}


def dumps_verdicts(rows: Iterable[VerdictRow]) -> str:
    """Return verdicts as the text of ``verdicts.csv``."""
    return _table(VERDICT_COLUMNS, ((_fields(row), row.extra) for row in rows))


def dumps_evidence(items: Iterable[Evidence]) -> str:
    """Return evidence as the text of ``evidence.csv``."""
    return _table(EVIDENCE_COLUMNS, ((_fields(item), item.extra) for item in items))


def dumps_history(rows: Iterable[HistoryRow]) -> str:
    """Return a history as the text of ``history.csv``."""
    return _table(
        HISTORY_COLUMNS,
        ((_fields(item.row) | {"recorded": item.recorded, "by": item.by}, item.row.extra) for item in rows),
    )
