"""Rows of a lineage as rows of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.tables import LINEAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.model.lineage import LineageRow
    from aicop.tables import Row


def table_of(rows: Iterable[LineageRow]) -> list[Row]:
    """
    Return rows of a lineage as rows of plain values, as data frames take them; `aicop.tables` describes the columns.

    >>> from aicop import compare
    >>> comparison = compare("uk-ai-cop", "etsi-en-304-223")
    >>> len(table_of(comparison.provisions))
    72
    """
    return LINEAGE.rows(
        (
            row.old,
            row.new,
            row.changes,
            row.grade,
            row.note,
            row.reverse_note,
            row.review,
            row.reverse_review,
        )
        for row in rows
    )
