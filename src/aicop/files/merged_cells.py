"""
Fill down the cells of a workbook that are merged with cells below them.

A workbook stores the value of merged cells in the first of them only. openpyxl does not report merged cells of a sheet
that is read row by row, and reading the sheet as a whole takes many times the memory. So the ranges are read from the
part of the sheet, where they follow the cells.
"""

from __future__ import annotations

import functools
import re

_RANGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})["']""")


def _index(column: bytes) -> int:
    """Return the index of a column from its letters."""
    return functools.reduce(lambda index, letter: index * 26 + letter - ord("A") + 1, column, 0) - 1


class MergedCells:
    """The merged cells of a sheet that cover several rows; *part* is the part of the workbook that holds the sheet."""

    def __init__(self, part: bytes) -> None:
        ranges = (
            (int(first), _index(column), int(last))
            for column, first, last in (match.groups() for match in _RANGE.finditer(part))
        )
        # From the bottom to the top, so that the next one is at the end.
        self._below = sorted((item for item in ranges if item[2] > item[0]), reverse=True)
        # For each column: the last row of the merged cell that covers it, and its text.
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, number: int, texts: list[str]) -> None:
        """
        Write the text of merged cells into row *number*, which they cover; call this for each row in order.

        Only the first column of a merged cell is filled. A row without any text of its own stays empty: it only makes
        the row above it higher.
        """
        if self._open:
            self._open = {column: item for column, item in self._open.items() if item[0] >= number}
            if any(text for column, text in enumerate(texts) if column not in self._open):
                texts += [""] * (max(self._open, default=-1) + 1 - len(texts))
                for column, (_, text) in self._open.items():
                    texts[column] = text
        while self._below and self._below[-1][0] <= number:
            _, column, last = self._below.pop()
            if column < len(texts) and texts[column]:
                self._open[column] = (last, texts[column])
