"""
XLSX: a workbook for people who work in spreadsheets, with a cover and one sheet per table.

An edition has one sheet per principle to fill in, and a sheet of all statements that shows what was filled in. A
crosswalk has sheets for its mappings, coverage, gaps and the elements of both sides. Text stays text: no text of the
data becomes a formula, a link or a number. The same data give the same bytes. Workbooks are written only; use CSV for
files that have to be read back. `FORMAT` states what is lost.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import attrs

from aicop.catalogue.catalogue import Catalogue
from aicop.crosswalk.core import Crosswalk
from aicop.errors import MissingExtra, count_phrase, reject
from aicop.files.formulas import is_formula
from aicop.frameworks.framework import Framework
from aicop.interop.common.format import Format
from aicop.interop.common.identifiers import day
from aicop.interop.worksheets import DATED, STATUS, STATUSES, WORK, Table, checklist, controls, coverage, gaps, mappings
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.interop.common.protocol import Sample
    from aicop.interop.worksheets import Cell, Fact

FORMAT = Format(
    name="xlsx",
    title="XLSX, a workbook for Excel and LibreOffice",
    suffix=".xlsx",
    writes=("edition", "framework", "crosswalk"),
    reads=(),
    predicates=Predicate,
    keeps="what a person works with: statements with columns to fill in, elements, every claim, coverage and gaps",
    loses=(
        "of an edition its guidance, scope, stakeholders, terms, remarks and annotations",
        "of an edition preambles, citations, pointers and footnotes",
        "of a framework what was withdrawn",
        "of mappings their settlement, how the target was known, their digests and their paths",
        "of a cell what is beyond 32,767 characters",
    ),
    extra="xlsx",
    renders_claims=True,
    tables=True,
)


def recognises(sample: Sample) -> bool:
    """
    Return False: workbooks are written only.

    Raises:
        InvalidDocument: the file is a workbook or another ZIP archive.
    """
    # The signature of ZIP archives, which workbooks are.
    if sample.content.startswith(b"PK\x03\x04"):
        said = "is a workbook or another archive, which is not read; save a sheet of elements or mappings as CSV"
        reject(sample.file, "", said)
    return False


MAX_CELL_LENGTH = 32_767
"""The longest text of a cell in Excel, in UTF-16 code units."""
MAX_ROWS = 1_048_575
"""The number of rows that a sheet has below its header. A longer table continues in another sheet."""
_MAX_SHEET_NAME_LENGTH = 31
_MAX_HEADER_LENGTH = 200
_COVER = "About"
_A4 = 9
_NO_DAY = "1980-01-01"
"""The creation date for data without a date; XlsxWriter gives it to all files in the archive."""

Contents = list[tuple[Table, str]]
"""The tables of a workbook, each with its description on the cover."""


def _units(text: str) -> int:
    # Excel counts UTF-16 code units: a character outside the basic plane counts as two.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _truncate(text: str, most: int) -> str:
    """Cut text to at most *most* UTF-16 code units, without splitting a character."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def _fit_cell(text: str) -> str:
    """Return text cut to the length of a cell, with a note of its full length if anything was cut."""
    if _units(text) <= MAX_CELL_LENGTH:
        return text
    said = f"… (cut; {len(text):,} characters in all)"
    return _truncate(text, MAX_CELL_LENGTH - len(said)) + said


def _sheet_names(wanted: Iterable[str]) -> Iterator[str]:
    """Yield a legal name for each sheet; names are unique regardless of case, as Excel requires."""
    # Excel reserves this name.
    taken = {"history"}
    for text in wanted:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f\x7f]", "-", text).strip("' ") or "Sheet"
        name, count = _truncate(plain, _MAX_SHEET_NAME_LENGTH).rstrip("' "), 1
        while name.casefold() in taken:
            count += 1
            name = f"{_truncate(plain, _MAX_SHEET_NAME_LENGTH - len(f' {count}')).rstrip()} {count}"
        taken.add(name.casefold())
        yield name


def _parts(contents: Contents) -> Iterator[tuple[Table, str, int]]:
    """Yield the tables with their descriptions, long ones in parts, each with the index of its first row."""
    for table, said in contents:
        for start in range(0, max(len(table.rows), 1), MAX_ROWS):
            yield table, said if not start else f"{said}, from row {start + 1:,}", start


class _Book:
    """A workbook that is being written."""

    def __init__(self, title: str, created: str) -> None:
        try:
            import xlsxwriter.utility  # type: ignore[import-untyped]  # it has no types
        except ImportError as error:
            extra, packages = "xlsx", "XlsxWriter"
            raise MissingExtra(extra, packages) from error
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True})
        self._book.set_properties({"title": title, "author": "aicop", "created": datetime.fromisoformat(created)})
        self._title = title
        self.name_of = xlsxwriter.utility.xl_rowcol_to_cell
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **properties: object) -> Any:  # noqa: ANN401 -- XlsxWriter has no types
        """Return the cell format with these properties, which is created only once."""
        known = tuple(sorted(properties.items()))
        # XlsxWriter keeps every format until it closes the workbook, and there are many cells.
        if known not in self._formats:
            self._formats[known] = self._book.add_format({"valign": "top", **properties})
        return self._formats[known]

    def sheet(self, name: str) -> Any:  # noqa: ANN401 -- XlsxWriter has no types
        """Add a sheet with a page setup for printing."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        # In page headers & begins a code and is doubled in text, which can make the text twice as long.
        sheet.set_header(f"&L{_truncate(self._title, _MAX_HEADER_LENGTH // 2).replace('&', '&&')}&R&A")
        sheet.set_footer("&R&P / &N")
        return sheet

    def text(self, sheet: Any, place: tuple[int, int], text: str, **properties: object) -> None:  # noqa: ANN401
        """Write text so that it stays text even after somebody edits the cell."""
        # Excel parses a cell again after an edit, and would turn 5.10 into 5.1. The quote prefix prevents that.
        if is_formula(text) or text[:1] == "'" or text[:1].isdigit():
            properties["quote_prefix"] = True
        sheet.write_string(*place, _fit_cell(text), self.format(text_wrap=True, **properties))

    def content(self) -> bytes:
        """Close the workbook and return its bytes."""
        self._book.close()
        return self._out.getvalue()


def _cover(book: _Book, about: Sequence[Fact], legend: Sequence[Fact], sheets: Sequence[Fact]) -> None:
    sheet = book.sheet(_COVER)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    row = 0
    for heading, facts in (("", about), ("How to read it", legend), ("Sheets", sheets)):
        if heading and facts:
            book.text(sheet, (row + 1, 0), heading, bold=True, font_size=13)
            row += 2
        for name, said in facts:
            large = {"bold": True, "font_size": 15} if name == "Title" else {}
            book.text(sheet, (row, 0), name, bold=True)
            book.text(sheet, (row, 1), said, **large)
            row += 1


_HEADER = {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "border": 1}
_TO_FILL = {"bg_color": "#FFF9E5", "border": 1, "border_color": "#D9D9D9"}


def _write(book: _Book, name: str, table: Table, start: int, filled: Sequence[str]) -> None:
    """Write the part of a table from row *start*; *filled* names, for each row, the sheet with its work columns."""
    sheet = book.sheet(name)
    rows = table.rows[start : start + MAX_ROWS]
    last = (max(len(rows), 1), max(len(table.columns) - 1, 0))
    for column, (heading, width) in enumerate(zip(table.columns, table.widths, strict=True)):
        book.text(sheet, (0, column), heading, **_HEADER)
        sheet.set_column(column, column, width)
        if heading == STATUS and rows and not filled:
            sheet.data_validation(1, column, last[0], column, {"validate": "list", "source": list(STATUSES)})
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            place = (row, column)
            if table.columns[column] not in WORK:
                _put(book, sheet, place, cell)
            elif filled:
                _show(book, sheet, place, filled[start + row - 1])
            else:
                # A cell without content gets its border and colour only if it is written as a blank.
                sheet.write_blank(*place, None, book.format(text_wrap=True, **_TO_FILL))
                _put(book, sheet, place, cell, **_TO_FILL)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, *last)
    # Ids such as 5.10 are text on purpose, so Excel's warnings about numbers stored as text are turned off.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last[0] + 1}"})


def _put(book: _Book, sheet: Any, place: tuple[int, int], cell: Cell, **look: object) -> None:  # noqa: ANN401
    if isinstance(cell, int):
        sheet.write_number(*place, cell, book.format(**look))
    elif cell:
        book.text(sheet, place, cell, **look)


def _show(book: _Book, sheet: Any, place: tuple[int, int], filled: str) -> None:  # noqa: ANN401
    """Write a formula that looks up the same column in the sheet *filled* by key, in case the user sorts that sheet."""
    column = book.name_of(0, place[1], col_abs=True).rstrip("1")
    key = book.name_of(place[0], 0, col_abs=True)
    cell = f"INDEX('{filled}'!{column}:{column},MATCH({key},'{filled}'!$A:$A,0))"
    # INDEX returns 0 for an empty cell, hence the test. The cached result is empty for viewers that do not calculate.
    sheet.write_formula(*place, f'=IF({cell}="","",{cell})', book.format(text_wrap=True, italic=True), "")


def _of_edition(catalogue: Catalogue) -> tuple[Contents, list[str]]:
    """Return the tables of an edition, and for each row of the first the name of the sheet where it is filled in."""
    whole = checklist(catalogue)
    contents = [
        (whole, f"All {count_phrase(len(whole.rows), 'statement')}; shows what is filled in on the sheets below")
    ]
    filled: list[str] = []
    for principle in catalogue.principles:
        number = principle.id.number
        part = attrs.evolve(checklist(catalogue, principle=principle.id), name=f"P{number}")
        contents.append((part, f"Principle {number}: {principle.title} ({count_phrase(len(part.rows), 'statement')})"))
        filled += [part.name] * len(part.rows)
    return contents, filled


def _of_crosswalk(crosswalk: Crosswalk) -> Contents:
    tables = [mappings(crosswalk), coverage(crosswalk), gaps(crosswalk)]
    sides = {side.id: side for side in (crosswalk.source, crosswalk.target)}
    tables += (attrs.evolve(controls(side), name=str(name)) for name, side in sides.items())
    return _plainly(tables)


def _plainly(tables: Iterable[Table]) -> Contents:
    return [(table, count_phrase(len(table.rows), "row")) for table in tables]


def _contents(item: Catalogue | Framework | Crosswalk | Table | Sequence[Table]) -> tuple[Contents, list[str]]:
    if isinstance(item, Catalogue):
        return _of_edition(item)
    if isinstance(item, Crosswalk):
        return _of_crosswalk(item), []
    if isinstance(item, Framework):
        return _plainly([controls(item)]), []
    return _plainly([item] if isinstance(item, Table) else item), []


def _day(about: Iterable[Fact]) -> str:
    """Return the latest date in the facts about the data, as a day."""
    told_ = " ".join(said for name, said in about if name in DATED)
    days = map(day, re.findall(r"\b[0-9]{4}(?:-[0-9]{2}){0,2}\b", told_))
    return max(filter(_is_day, days), default=_NO_DAY)


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def dumps(item: Catalogue | Framework | Crosswalk | Table | Sequence[Table]) -> bytes:
    """
    Write an edition, a framework, a crosswalk or tables as a workbook.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    contents, filled = _contents(item)
    # The first table of an edition or a crosswalk has all facts about it. Those of the others are about parts or sides.
    first = contents[:1] if isinstance(item, Catalogue | Crosswalk) else contents
    about = tuple(dict.fromkeys(fact for table, _ in first for fact in table.about))
    legend = tuple(dict.fromkeys(fact for table, _ in first for fact in table.legend))
    book = _Book(dict(about).get("Title", " and ".join(table.name for table, _ in contents)), _day(about))
    parts = list(_parts(contents))
    names = list(_sheet_names([_COVER, *(table.name for table, _, _ in parts)]))[1:]
    _cover(book, about, legend, [(name, said) for name, (_, said, _) in zip(names, parts, strict=True)])
    for name, (table, _, start) in zip(names, parts, strict=True):
        _write(book, name, table, start, filled if table is contents[0][0] else ())
    return book.content()
