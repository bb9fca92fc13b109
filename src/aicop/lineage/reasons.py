"""Whether a change between editions keeps a duty as it is, and what to tell a person about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.vocabulary import Change

if TYPE_CHECKING:
    from aicop.ids import EditionId
    from aicop.model.lineage import LineageRow

SAME = frozenset({Change.IDENTICAL, Change.SPELLING, Change.FOOTNOTE, Change.POINTER})
"""The kinds of change with which what is required stays the same. If a text was not available, that is not known."""


def is_same(row: LineageRow) -> bool:
    """Return whether a row of a lineage says that what is required is the same, so that nobody needs to look at it."""
    return row.review is None and SAME.issuperset(row.changes)


def reason_of(row: LineageRow, old: EditionId, new: EditionId) -> str:
    """Return what changed from one edition to another, and why a person should look at it, as one line."""
    said = [f"From {old} to {new}: {', '.join(row.changes)}.", row.note, row.review]
    return " ".join(" ".join(filter(None, said)).split())
