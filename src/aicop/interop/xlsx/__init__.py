"""Workbooks for people who work in spreadsheets: a cover, an explanation of the columns, and one sheet per table."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.interop.xlsx.book import MAX_CELL_LENGTH
    from aicop.interop.xlsx.writer import FORMAT, MAX_ROWS, dumps, recognises
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "book": ("MAX_CELL_LENGTH",),
            "writer": ("FORMAT", "MAX_ROWS", "dumps", "recognises"),
        },
    )

__all__ = ["FORMAT", "MAX_CELL_LENGTH", "MAX_ROWS", "dumps", "recognises"]
