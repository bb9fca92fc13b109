"""
Tables as people and spreadsheets save them, read line by line.

With a byte order mark, with comments at the top, with semicolons where the comma is the decimal sign, with empty
columns and rows at the end, and without the last separators of a line. In a table with tabs nothing is quoted.
"""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING, Literal

from aicop.errors import Fault, reject
from aicop.files.formulas import escape_formula, unescape_cells
from aicop.files.text import decode, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def parse_table(
    content: bytes | str, file: str, *, delimiter: str = "\t"
) -> tuple[list[str], list[tuple[list[str], int]]]:
    """
    Read a table: its header, and each further row with the number of its last line.

    In a TSV a quotation mark is a character like any other; in a CSV it quotes.

    Raises:
        InvalidDocument: it is no table.
    """
    text = decode(content, file)
    if "\0" in text:
        reject(file, f"line {text.count(chr(10), 0, text.index(chr(0))) + 1}", "holds a null character")
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    try:
        lines = [(row, reader.line_num) for row in reader]
    except csv.Error as error:
        reject(file, f"line {reader.line_num}", f"not a table: {error}")
    if not lines:
        reject(file, "", "empty; a header row is needed")
    return lines[0][0], lines[1:]


_SEPARATORS = ",;\t"


class TableReader:
    """A table as a spreadsheet saves it; its header is read at once, its rows when they are asked for."""

    def __init__(self, source: Path | bytes | str, file: str) -> None:
        self.file = file
        self.comments = 0
        lines = text_lines(source, file)
        for first in lines:
            if not first.startswith("#"):
                break
            self.comments += 1
        else:
            reject(file, "", "empty; a header row is needed")
        # No column that is known has one of these in its name.
        mark = next((mark for mark in _SEPARATORS if mark in first), ",")
        quoting: Literal[0, 3] = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
        self._ended = True
        whole = self._watched(itertools.chain([first], lines))
        self._reader = csv.reader(whole, delimiter=mark, quoting=quoting, strict=True)
        self.header = next(self._cells(), [])
        while self.header and not self.header[-1]:
            self.header.pop()

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._ended = line.endswith("\n")
            yield line

    def _cells(self) -> Iterator[list[str]]:
        try:
            yield from self._reader
        except csv.Error as error:
            reject(self.file, f"line {self._reader.line_num + self.comments}", f"not a table: {error}")

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
                yield self._reader.line_num + self.comments, row + [""] * missing

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
            for name, said in unescape_cells(cells).items():
                yield line, Fault(self.file, f"line {line}, column {name!r}", said)
            yield line, cells


def csv_text(lines: Iterable[Iterable[str]]) -> str:
    """Write lines of cells, the header first, as CSV in which nothing is run as a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(escape_formula, line) for line in lines)
    return out.getvalue()
