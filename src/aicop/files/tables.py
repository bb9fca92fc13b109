"""
Read tables as people and spreadsheets save them, row by row: CSV, TSV and workbooks.

Text tables may have a byte order mark, comments at the top, semicolons as separators if the comma is the decimal sign,
empty columns and rows at the end, and lines without trailing separators. Tables with tabs have no quoting.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

from aicop.errors import Fault, InvalidDocument, count_phrase, excerpt, reject
from aicop.files.csv_rows import CsvRows
from aicop.files.formulas import escape_formula, unescape_cells
from aicop.files.text import MAX_LINE_LENGTH, is_workbook, text_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from aicop.files.source import Rows
    from aicop.files.workbook import Row


_SEPARATORS = ",;\t"
# A single cell with a comma is more often the short row of a table of two columns than a row with another separator.
_FEW = 2
MAX_ABOVE_HEADER = 20
"""How many lines below the first are searched for names of columns if that is not the header."""
_BREAKS = re.compile(r"\r\n|[\t\r\n]")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}


def _separator_of(header: str) -> str:
    """Return the most frequent separator outside quotes; names of columns may contain other separators."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=bare.count)


class TableReader:
    """
    A reader for tables that spreadsheets save: text with separators, or a workbook (XLSX) by its content; and for rows.

    The header is read at once. Rows of text are read on demand, those of a workbook at once. *separator* is that of
    text; the default is the separator named in a line such as ``sep=;`` before the header, otherwise the most frequent
    separator in the header. *decimals* names columns in which numbers may have a decimal comma, as in many
    spreadsheets. *sheet* names the sheet of a workbook; the default is its first. *header* is the number of the line
    with the names of the columns; the default is the first line that is not empty and no comment. The rows that end on
    *skip_lines* are left out. *read_rows* are those of the sheet, if it has been read before.

    The lines of a workbook are its rows, and its cells are escaped like those of CSV. Rows are dictionaries, of which
    the first is row 1; their header is the names of the columns in the order in which rows first use them.

    Raises:
        InvalidDocument: the table is empty, is not UTF-8, or is not well formed; or see `aicop.files.workbook`.
        MissingExtra: the file is a workbook, and openpyxl is not installed.
        OSError: the file cannot be read.
    """

    def __init__(  # noqa: PLR0913 -- how a table is read
        self,
        source: Path | bytes | str | Rows,
        file: str,
        *,
        separator: str | None = None,
        decimals: Iterable[str] = (),
        sheet: str | None = None,
        header: int | None = None,
        skip_lines: Collection[int] = (),
        read_rows: Sequence[Row] | None = None,
    ) -> None:
        self.file = file
        is_rows = isinstance(source, list | tuple)
        self.unit: str = "row" if is_rows or is_workbook(source) else "line"
        """What the numbers count, for messages: rows, also those of a workbook, or lines of a text."""
        self._skipped = frozenset(skip_lines)
        self.lines_before: int = 0
        """The number of lines before the header: comments and a line that names the separator."""
        self.comments: int = 0
        """The number of these lines that are comments."""
        self._decimals = frozenset(decimals)
        # Whether the last line that was read ends with a line break; see `rows`.
        self._ended = True
        self._separator = ""
        # The length of the lines that were read for the current row.
        self._length = 0
        # Lines of a workbook, with the problems of their cells.
        self._problems: dict[int, tuple[tuple[int, str], ...]] = {}
        self._header_place = ""
        if isinstance(source, list | tuple):
            if sheet is not None or header is not None:
                reject(file, "", "rows have no sheet and no line of a header; do not pass sheet or header")
            self._header_place = "the columns"
            self._first_rows: list[tuple[int, list[str]]] = []
            self._lines = _lines_of(source)
        elif isinstance(source, Path | bytes) and self.unit == "row":
            self._lines = self._open_workbook(source, sheet, header, read_rows)
        else:
            assert isinstance(source, Path | bytes | str)
            if sheet is not None:
                reject(file, "", f"is not a workbook, so it has no sheet {excerpt(sheet)}")
            self._source = source
            self._lines = self._open_text(source, separator, header)
        self.header: list[str] = next(self._lines, (0, []))[1]
        # Spreadsheets may save empty columns after the last one in use.
        while self.header and not self.header[-1]:
            self.header.pop()

    def place(self, line: int | None = None, column: str = "") -> str:
        """Return a place for messages: a line, by default that of the header, and a column."""
        number = self.lines_before + 1 if line is None else line
        where = f"{self.unit} {number}" if line is not None or not self._header_place else self._header_place
        return f"{where}{f', column {excerpt(column)}' if column else ''}"

    def _open_text(
        self, source: Path | bytes | str, separator: str | None, header: int | None
    ) -> Iterator[tuple[int, list[str]]]:
        """Skip the lines before the header, and return the rows from the header on, each with its last line."""
        lines = text_lines(source, self.file)
        for first in lines:
            # Excel understands such a line, which is not part of CSV.
            if (told := re.fullmatch(r"sep=(.)", first.rstrip("\n"))) is not None:
                separator = separator or told[1]
            elif header is None and first.startswith("#"):
                self.comments += 1
            elif header is None or self.lines_before + 1 >= header:
                break
            self.lines_before += 1
        else:
            self._reject_without_header(header, f"the file ends with line {self.lines_before}; correct header")
        self._separator = mark = separator or _separator_of(first)
        quoting: Literal[0, 3] = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
        whole = self._watch(itertools.chain([first], lines))
        return self._parse(CsvRows(whole, delimiter=mark, quoting=quoting))

    def _open_workbook(
        self, source: Path | bytes, sheet: str | None, header: int | None, read_rows: Sequence[Row] | None
    ) -> Iterator[tuple[int, list[str]]]:
        """Skip the rows before the header, and return the rows from the header on."""
        # Imported here, because text needs none of it.
        from aicop.files.workbook import sheet_rows

        rows = sheet_rows(source, self.file, sheet) if read_rows is None else read_rows
        start = 0
        if header is None:
            # A cell with an error begins with this sign too, and so has a problem.
            while start < len(rows) and not rows[start].problems and rows[start].cells[0].startswith("#"):
                start += 1
            self.comments = start
        else:
            start = next((index for index, row in enumerate(rows) if row.number == header), len(rows))
        if start == len(rows):
            near = next((row.number for row in rows if header is not None and row.number > header), None)
            ends = f"the last row with text is row {rows[-1].number}" if rows else "the sheet is empty"
            said = f"{ends}; correct header" if near is None else f"set header = {near}, the next row with text"
            self._reject_without_header(header, said)
        first, below = rows[start], rows[start + 1 :]
        self.lines_before = first.number - 1
        if first.problems:
            faults = (Fault(self.file, self.place(column=column_name(place)), said) for place, said in first.problems)
            raise InvalidDocument.from_faults(tuple(faults))
        self._problems = {row.number: row.problems for row in below if row.problems}
        self._first_rows = [(row.number, row.cells) for row in below[:MAX_ABOVE_HEADER]]
        # A cell of a workbook is text or a value, never a formula, whatever it begins with.
        escaped = ((row.number, list(map(escape_formula, row.cells))) for row in below)
        return itertools.chain([(first.number, first.cells)], escaped)

    def _reject_without_header(self, header: int | None, advice: str) -> NoReturn:
        if header is None:
            reject(self.file, "", "empty; a header row is required")
        reject(self.file, self.place(header), f"this {self.unit} is to be the header, but is empty; {advice}")

    def other_header(self, wanted: Collection[str]) -> str:
        """
        Return advice if a line below the header has more of the names *wanted* and so is the header, otherwise "".

        People write a title and notes above a table.
        """
        rows = self._first_rows if self.unit == "row" else self._first_lines()
        best, most = None, len(set(self.header).intersection(wanted))
        for number, cells in rows:
            if (count := len(set(cells).intersection(wanted))) > most:
                best, most = number, count
        if best is None:
            return ""
        return (
            f"this is not the header, which seems to be in {self.unit} {best}; delete what is above it, "
            f"or set header = {best} for this file in aicop.toml"
        )

    def _first_lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield some lines of text below the header; each is split on its own, as if it were the header."""
        start = self.lines_before + 1
        lines = itertools.islice(text_lines(self._source, self.file), start, start + MAX_ABOVE_HEADER)
        for number, line in enumerate(lines, start=start + 1):
            mark = _separator_of(line)
            yield number, [cell.strip().strip('"') for cell in line.split(mark)]

    def _watch(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._ended = line.endswith("\n")
            self._length += len(line)
            # A quotation mark that is never closed would make one row of a file of any length.
            if self._length > MAX_LINE_LENGTH:
                problem = f"a row is longer than {MAX_LINE_LENGTH:,} characters; close its quotation marks"
                raise csv.Error(problem)
            yield line

    def _parse(self, reader: CsvRows) -> Iterator[tuple[int, list[str]]]:
        try:
            for row in reader:
                self._length = 0
                yield reader.line_num + self.lines_before, row
        except csv.Error as error:
            reject(self.file, f"line {reader.line_num + self.lines_before}", f"not a table: {error}")

    def skip_row(self) -> list[str]:
        """Read and return the next row unchanged; empty at the end of the table."""
        return next(self._lines, (0, []))[1]

    def rows(self) -> Iterator[tuple[int, list[str] | Fault]]:
        """
        Yield each row that is not empty, with the number of the line on which it ends.

        A row of a workbook with cells that have no value yields only their faults. Short rows are padded to the length
        of the header, and excess empty cells are removed. Only in an invalid file does a row have another length. A
        last line without a line break is not padded, because the file may have been truncated.

        Raises:
            InvalidDocument: a row is not well formed.
        """
        width = len(self.header)
        for index, (line, row) in enumerate(self._lines):
            if index == 0 and len(row) == 1:
                self._check_separator(line, row[0])
            while len(row) > width and not row[-1]:
                row.pop()
            if line in self._problems and line not in self._skipped:
                for place, said in self._problems[line]:
                    name = self.header[place] if place < width else column_name(place)
                    yield line, Fault(self.file, self.place(line, name), said)
            elif any(row) and line not in self._skipped:
                missing = width - len(row) if self._ended else 0
                yield line, row + [""] * missing

    def _check_separator(self, line: int, row: str) -> None:
        """Raise InvalidDocument if the first row, which is a single cell, has as many columns by another separator."""
        for mark in _SEPARATORS if self._separator and len(self.header) > _FEW else "":
            if mark != self._separator and row.count(mark) >= len(self.header) - 1:
                theirs = _NAMES.get(self._separator, excerpt(self._separator))
                said = f"this line is separated by {_NAMES[mark]}, but the header by {theirs}"
                reject(self.file, self.place(line), f"{said}; use one separator for all lines")

    def full_rows(self) -> Iterator[tuple[int, list[str] | Fault]]:
        """
        Yield each row like `rows`, but a fault instead of a row that is not as long as the header.

        Raises:
            InvalidDocument: a row is not well formed.
        """
        width = len(self.header)
        for line, row in self.rows():
            if isinstance(row, Fault) or len(row) == width:
                yield line, row
            else:
                said = f"{count_phrase(len(row), 'cell')} where the header has {width}"
                yield line, Fault(self.file, self.place(line), said)

    def rows_by_column(self) -> Iterator[tuple[int, dict[str, str] | Fault]]:
        """
        Yield, for each row, its faults and then its non-empty cells by column, each with the line number.

        Escaped formulas are unescaped, and other formulas are faults. A row of the wrong length yields only a fault.

        Raises:
            InvalidDocument: a row is not well formed.
        """
        for line, row in self.full_rows():
            if isinstance(row, Fault):
                yield line, row
                continue
            cells = {name: cell for name, cell in zip(self.header, row, strict=True) if cell}
            for name in self._decimals:
                if "," in cells.get(name, "") and re.fullmatch(r"[0-9]+,[0-9]+", cells[name]):
                    cells[name] = cells[name].replace(",", ".")
            for name, said in unescape_cells(cells).items():
                yield line, Fault(self.file, self.place(line, name), said)
            yield line, cells


def _lines_of(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    """Yield the names of the columns, then the cells of each row that is a dictionary, as text, with its number."""
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    yield 0, list(names)
    for number, row in enumerate(rows, start=1):
        cells = {str(name): cell_text(value) for name, value in row.items()}
        yield number, [escape_formula(cells.get(name, "")) for name in names]


def cell_text(value: object) -> str:
    """Return a value as the text of a cell: nothing for None and what is not a number, and lists joined by ``|``."""
    if isinstance(value, str):
        # A member of a vocabulary is text as well, which is its value.
        return str(value)
    if isinstance(value, list | tuple | frozenset | set):
        return "|".join(map(cell_text, value))
    try:
        missing = value is None or bool(value != value)  # noqa: PLR0124 -- only NaN differs from itself
    except TypeError:
        # The missing value of pandas has no truth value.
        missing = True
    if missing:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    return str(value)


def column_name(place: int) -> str:
    """
    Return the letters by which spreadsheets name a column, given its index.

    >>> column_name(0), column_name(25), column_name(26), column_name(701), column_name(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    rest, letter = divmod(place, 26)
    return f"{column_name(rest - 1) if rest else ''}{chr(ord('A') + letter)}"


def csv_text(lines: Iterable[Iterable[str]]) -> str:
    """Return lines of cells, the header first, as CSV with escaped formulas."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(escape_formula, line) for line in lines)
    return out.getvalue()


def tsv_text(lines: Iterable[Iterable[str]]) -> str:
    """Return lines of cells, the header first, as TSV with escaped formulas; a cell becomes a single line."""
    # Tables with tabs have no quoting, so a cell cannot contain a tab or a line break.
    return "".join("\t".join(escape_formula(_BREAKS.sub(" ", cell)) for cell in line) + "\n" for line in lines)
