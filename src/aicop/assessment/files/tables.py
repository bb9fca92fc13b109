"""The tables of an assessment, from cells to records and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.files.tables import cell_text, csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aicop.model.assessment import ControlRow, Evidence, HistoryRow, VerdictRow

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
CONTROL_COLUMNS = ("key", "verdict", "reason", "evidence", "owner", "assessor", "assessed", "note", "digest")
"""The columns of ``controls.csv``, in order; columns of your own follow."""
HISTORY_COLUMNS = (*VERDICT_COLUMNS, "recorded", "by")
"""The columns of ``history.csv``, in order; columns of your own follow."""


def _table(
    columns: Sequence[str], rows: Iterable[tuple[dict[str, object], tuple[tuple[str, str], ...]]], own: Sequence[str]
) -> str:
    """Return a table as CSV: our columns, then *own* and other columns of the user's in the order of their use."""
    listed = list(rows)
    named = tuple(dict.fromkeys((*own, *(name for _, extra in listed for name, _ in extra))))
    lines = [[*columns, *named]]
    for cells, extra in listed:
        theirs = dict(extra)
        lines.append([*(cell_text(cells[name]) for name in columns), *(theirs.get(name, "") for name in named)])
    return csv_text(lines)


def _fields(record: VerdictRow | Evidence | ControlRow) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in attrs.fields(type(record))}


def dumps_verdicts(rows: Iterable[VerdictRow], *, own: Sequence[str] = ()) -> str:
    """Return verdicts as the text of ``verdicts.csv``; *own* are columns of yours to write even if they are empty."""
    return _table(VERDICT_COLUMNS, ((_fields(row), row.extra) for row in rows), own)


def dumps_evidence(items: Iterable[Evidence], *, own: Sequence[str] = ()) -> str:
    """Return evidence as the text of ``evidence.csv``; *own* is as in `dumps_verdicts`."""
    return _table(EVIDENCE_COLUMNS, ((_fields(item), item.extra) for item in items), own)


def dumps_controls(rows: Iterable[ControlRow], *, own: Sequence[str] = ()) -> str:
    """Return verdicts on other elements as the text of ``controls.csv``; *own* is as in `dumps_verdicts`."""
    return _table(CONTROL_COLUMNS, ((_fields(row), row.extra) for row in rows), own)


def dumps_history(rows: Iterable[HistoryRow], *, own: Sequence[str] = ()) -> str:
    """Return a history as the text of ``history.csv``; *own* is as in `dumps_verdicts`."""
    return _table(
        HISTORY_COLUMNS,
        ((_fields(item.row) | {"recorded": item.recorded, "by": item.by}, item.row.extra) for item in rows),
        own,
    )
