"""
Tables as people and spreadsheets save them, read line by line.

With a byte order mark, with comments at the top, with semicolons where the comma is the decimal sign, with empty
columns and rows at the end, and without the last separators of a line. In a table with tabs nothing is quoted.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING, Literal

from aicop.errors import Fault, reject
from aicop.files.formulas import escape_formula, unescape_cells
from aicop.files.text import text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


_SEPARATORS = ",;\t"


def _separator_of(header: str) -> str:
    """Return the separator that stands most often outside quotes: a name of a column may hold one of the others."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=bare.count)


class TableReader:
    """
    A table as a spreadsheet saves it; its header is read at once, its rows when they are asked for.

    The separator is *separator*, or what a first line ``sep=;`` says, or the one that stands most often in the header.
    In the columns *decimals*, a number may be written with a decimal comma, as many spreadsheets do.
    """

    def __init__(
        self, source: Path | bytes | str, file: str, *, separator: str | None = None, decimals: Iterable[str] = ()
    ) -> None:
        self.file = file
        self.lines_before = 0
        """How many lines stand before the header: comments, and one that names the separator."""
        self.comments = 0
        """How many of them are comments."""
        self._decimals = frozenset(decimals)
        lines = text_lines(source, file)
        for first in lines:
            if (told := re.fullmatch(r"sep=(.)", first.rstrip("\n"))) is not None:
                separator = separator or told[1]
            elif first.startswith("#"):
                self.comments += 1
            else:
                break
            self.lines_before += 1
        else:
            reject(file, "", "empty; a header row is needed")
        mark = separator or _separator_of(first)
        quoting: Literal[0, 3] = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
        self._ended = True
        whole = self._watch_ends(itertools.chain([first], lines))
        self._reader = csv.reader(whole, delimiter=mark, quoting=quoting, strict=True)
        self.header = next(self._cells(), [])
        while self.header and not self.header[-1]:
            self.header.pop()

    def _watch_ends(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._ended = line.endswith("\n")
            yield line

    def _cells(self) -> Iterator[list[str]]:
        try:
            yield from self._reader
        except csv.Error as error:
            reject(self.file, f"line {self._reader.line_num + self.lines_before}", f"not a table: {error}")

    def skip_row(self) -> list[str]:
        """Pass over the next row, and give it."""
        return next(self._cells(), [])

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """
        Yield each row that holds anything with its line, as long as the header where that is not what is wrong with it.

        A spreadsheet may leave out empty cells at the end of a line; a line that does not end was cut off.
        """
        width = len(self.header)
        for row in self._cells():
            while len(row) > width and not row[-1]:
                row.pop()
            if any(row):
                missing = width - len(row) if self._ended else 0
                yield self._reader.line_num + self.lines_before, row + [""] * missing

    def rows_by_column(self) -> Iterator[tuple[int, dict[str, str] | Fault]]:
        """
        Yield the cells of each row that hold something by column, with its line, and what is wrong with them.

        What keeps a formula from being run is taken off; a formula is a fault.
        """
        width = len(self.header)
        for line, row in self.rows():
            if len(row) != width:
                yield line, Fault(self.file, f"line {line}", f"{len(row)} cells where the header has {width}")
                continue
            cells = {name: cell for name, cell in zip(self.header, row, strict=True) if cell}
            for name in self._decimals & cells.keys():
                if re.fullmatch(r"[0-9]+,[0-9]+", cells[name]):
                    cells[name] = cells[name].replace(",", ".")
            for name, said in unescape_cells(cells).items():
                yield line, Fault(self.file, f"line {line}, column {name!r}", said)
            yield line, cells


def csv_text(lines: Iterable[Iterable[str]]) -> str:
    """Write lines of cells, the header first, as CSV in which nothing is run as a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(escape_formula, line) for line in lines)
    return out.getvalue()
