"""
Read tables as people and spreadsheets save them, row by row.

Such tables may have a byte order mark, comments at the top, semicolons as separators if the comma is the decimal sign,
empty columns and rows at the end, and lines without trailing separators. Tables with tabs have no quoting.
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
    """Return the most frequent separator outside quotes; names of columns may contain other separators."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=bare.count)


class TableReader:
    """
    A reader for tables that spreadsheets save. The header is read at once, the rows on demand.

    The separator is *separator*, otherwise the separator named in a line such as ``sep=;`` before the header, otherwise
    the most frequent separator in the header. *decimals* names columns in which numbers may have a decimal comma, as in
    many spreadsheets.

    Raises:
        InvalidDocument: the table is empty, is not UTF-8, or is not well formed.
        OSError: the file cannot be read.
    """

    def __init__(
        self, source: Path | bytes | str, file: str, *, separator: str | None = None, decimals: Iterable[str] = ()
    ) -> None:
        self.file = file
        self.lines_before = 0
        """The number of lines before the header: comments and a line that names the separator."""
        self.comments = 0
        """The number of these lines that are comments."""
        self._decimals = frozenset(decimals)
        lines = text_lines(source, file)
        for first in lines:
            # Excel understands such a line, which is not part of CSV.
            if (told := re.fullmatch(r"sep=(.)", first.rstrip("\n"))) is not None:
                separator = separator or told[1]
            elif first.startswith("#"):
                self.comments += 1
            else:
                break
            self.lines_before += 1
        else:
            reject(file, "", "empty; a header row is required")
        mark = separator or _separator_of(first)
        quoting: Literal[0, 3] = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
        # Whether the last line that was read ends with a line break; see `rows`.
        self._ended = True
        whole = self._watch_ends(itertools.chain([first], lines))
        self._reader = csv.reader(whole, delimiter=mark, quoting=quoting, strict=True)
        self.header = next(self._cells(), [])
        # Spreadsheets may save empty columns after the last one in use.
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
        """Read and return the next row unchanged; empty at the end of the table."""
        return next(self._cells(), [])

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """
        Yield each row that is not empty, with the number of the line on which it ends.

        Short rows are padded to the length of the header, and excess empty cells are removed. Only in an invalid file
        does a row have another length. A last line without a line break is not padded, because the file may have been
        truncated.

        Raises:
            InvalidDocument: a row is not well formed.
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
        Yield, for each row, its faults and then its non-empty cells by column, each with the line number.

        Escaped formulas are unescaped, and other formulas are faults. A row of the wrong length yields only a fault.

        Raises:
            InvalidDocument: a row is not well formed.
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
    """Return lines of cells, the header first, as CSV with escaped formulas."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(escape_formula, line) for line in lines)
    return out.getvalue()
