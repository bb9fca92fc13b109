"""
XLSX: a workbook for people who work in spreadsheets: a cover, an explanation of the columns, and one sheet per table.

An edition has one sheet per principle to fill in, a summary sheet of all statements that shows the entries, and the
responsibility matrix. A crosswalk has sheets for its mappings, coverage, gaps and the elements of both sides. No text
becomes a formula, a link or a number. The output is reproducible byte for byte. Workbooks can be written but not read;
use CSV for files that have to be read back. `FORMAT` lists the facts that are lost.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from aicop.catalogue.catalogue import Catalogue
from aicop.crosswalk.core import Crosswalk
from aicop.errors import count_phrase, reject
from aicop.files.text import ARCHIVE_SIGNATURE
from aicop.frameworks.framework import Framework
from aicop.ids import JOINER, split_key
from aicop.interop.columns import STATUS, STATUSES, WORK, Column
from aicop.interop.common.format import Format
from aicop.interop.common.identifiers import day
from aicop.interop.worksheets import (
    DATED,
    FILTER,
    Table,
    checklist,
    controls,
    coverage,
    gaps,
    mappings,
    responsibilities,
)
from aicop.interop.xlsx import measure
from aicop.interop.xlsx.book import Book, sheet_names
from aicop.interop.xlsx.parts import BODY, COVER, HEADER, TO_FILL, cover, put
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.interop.columns import Fact
    from aicop.interop.common.protocol import Sample
    from aicop.interop.worksheets import Cell

FORMAT = Format(
    name="xlsx",
    title="XLSX, a workbook for Excel and LibreOffice",
    suffix=".xlsx",
    writes=("edition", "framework", "crosswalk"),
    reads=(),
    predicates=Predicate,
    keeps=(
        "statements to fill in, responsibilities by role, elements with the user's own columns, all claims of a "
        "crosswalk, coverage and gaps"
    ),
    loses=(
        "the guidance, scope, stakeholders, terms, remarks and annotations of an edition",
        "the preambles, citations, pointers and footnotes of an edition",
        "the withdrawn elements of a framework",
        "how disagreements about mappings were resolved, how well authors knew the target, digests and paths",
        "the text of a cell beyond 32,767 characters",
    ),
    extra="xlsx",
    renders_claims=True,
    own_columns=True,
    tables=True,
)


def recognises(sample: Sample) -> bool:
    """
    Return False: workbooks cannot be read.

    Raises:
        InvalidDocument: the file is a workbook or another ZIP archive.
    """
    if sample.content.startswith(ARCHIVE_SIGNATURE):
        said = "is a workbook or another archive, which is not read; save a sheet of elements or mappings as CSV"
        reject(sample.file, "", said)
    return False


MAX_ROWS = 1_048_575
"""The maximum number of rows below the header of a sheet. A longer table continues on another sheet."""
_EXPLANATIONS = "Columns"
_NO_DAY = "1980-01-01"
"""The creation date for data without a date; XlsxWriter gives it to all files in the archive."""


@attrs.frozen(kw_only=True)
class _Part:
    """A table of the workbook or, if it is too long for a sheet, a part of it."""

    table: Table
    title: str
    """The title in the page header."""
    count: str = ""
    """A phrase with the number of its items; empty if the number is not interesting."""
    start: int = 0
    """The index of its first row."""
    filled: tuple[str, ...] = ()
    """For each row of the table, the sheet on which its work columns are filled in; empty if it is this sheet."""

    @property
    def described(self) -> str:
        """The description on the cover."""
        continued = f", from row {self.start + 1:,}" if self.start else ""
        return f"{self.title} ({self.count}){continued}" if self.count else f"{self.title}{continued}"

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows on this sheet."""
        return self.table.rows[self.start : self.start + MAX_ROWS]


def _split(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield the parts, and split a table that is too long for a sheet into several."""
    for part in parts:
        for start in range(0, max(len(part.table.rows), 1), MAX_ROWS):
            yield attrs.evolve(part, start=start)


def _split_key(written: str) -> tuple[str, str]:
    """Return the edition of a key and the rest; the members of a joint id, which are of one edition, lose it too."""
    edition, local = split_key(written)
    return edition, local.replace(f"{JOINER}{edition}:", JOINER)


def _edition_of(cells: Sequence[Cell]) -> str | None:
    """Return the edition of all keys in a column, or None if there are no keys or the keys are of several editions."""
    keys = [_split_key(str(cell)) for cell in cells if cell is not None]
    editions = {edition for edition, _ in keys}
    return editions.pop() if len(editions) == 1 and all(local for _, local in keys) else None


_HIDDEN_WIDTH = 60


def _hidden(column: Column) -> Column:
    """Return the hidden column for the full keys of a column of keys."""
    explanation = f"The key under {column.heading} with its edition, as programs read it; this column is hidden."
    return Column(name=f"{column.heading}, in full", width=_HIDDEN_WIDTH, explanation=explanation, is_hidden=True)


def _shorten_keys(table: Table) -> tuple[Table, tuple[str, ...]]:
    """
    Return a table with keys without their edition and hidden columns with the full keys, and the editions.

    The cover names the edition, but a sheet may be copied out of its workbook or merged with others. The full keys stay
    with the rows, so that the edition remains known.
    """
    editions = {
        place: edition
        for place, column in enumerate(table.columns)
        if column.is_key and (edition := _edition_of([row[place] for row in table.rows])) is not None
    }
    shown = (
        tuple(
            _split_key(str(cell))[1] if place in editions and cell is not None else cell
            for place, cell in enumerate(row)
        )
        for row in table.rows
    )
    rows = ((*short, *(row[place] for place in editions)) for short, row in zip(shown, table.rows, strict=True))
    columns = (*table.columns, *(_hidden(table.columns[place]) for place in editions))
    return attrs.evolve(table, columns=columns, rows=rows), tuple(dict.fromkeys(editions.values()))


def _listed(names: Sequence[str]) -> str:
    """Return a short list of sheets; the numbered sheets of an edition are listed as a range."""
    numbered = [name for name in names if name[:1] == "P" and name[1:].isdecimal()]
    several = 2
    if len(numbered) <= several:
        return ", ".join(names)
    others = [name for name in names if name not in numbered]
    return ", ".join([*others[:1], f"{numbered[0]} to {numbered[-1]}", *others[1:]])


def _explanations(named: Iterable[tuple[str, Table]]) -> Iterator[tuple[str, str, str, str]]:
    """
    Yield the lines of the sheet that explains the columns: sheets, column, value and explanation.

    A column that several sheets share is explained once. A line about a value has neither sheets nor column.
    """
    sheets: dict[tuple[str, str, tuple[Fact, ...]], list[str]] = {}
    for name, table in named:
        for column in table.columns:
            if column.explanation:
                sheets.setdefault((column.heading, column.explanation, column.values), []).append(name)
    for (heading, explanation, values), names in sheets.items():
        yield _listed(names), heading, "", explanation
        yield from (("", "", value, meaning) for value, meaning in values)


_EXPLAINED = {"Sheet": 22, "Column": 18, "Value": 24, "Explanation": 96}


def _explain(book: Book, name: str, lines: Iterable[tuple[str, str, str, str]], editions: str) -> None:
    """Write the sheet that explains the columns of the others."""
    sheet = book.sheet(name, "What the columns mean", editions)
    widths = tuple(_EXPLAINED.values())
    for place, (heading, width) in enumerate(_EXPLAINED.items()):
        sheet.set_column(place, place, width)
        book.text(sheet, (0, place), heading, **HEADER)
    for row, line in enumerate(lines, start=1):
        # A line above each column separates it from the values of the previous column.
        edge = {"top": 1, "top_color": "#BFBFBF"} if line[1] else {}
        for place, cell in enumerate(line):
            put(book, sheet, (row, place), cell, **edge, **({"bold": True} if place == 1 else {}))
        book.fit_row(sheet, row, zip(line, (width / measure.BOLD for width in widths), strict=True))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _is_to_fill(column: Column) -> bool:
    """Return True for a column of a checklist that the reader fills in; a framework may have one of the same name."""
    return column.name in WORK and not column.is_own


def _widths(book: Book, part: _Part) -> list[float]:
    """Return the width of each column in characters: the maximum for columns to fill in, otherwise as needed."""
    rows = part.rows
    return [
        float(column.width)
        if _is_to_fill(column)
        else measure.column_width(
            column.heading, (str(row[place]) for row in rows if row[place] is not None), column.width, book.width_of
        )
        for place, column in enumerate(part.table.columns)
    ]


def _write(book: Book, name: str, part: _Part, editions: str) -> None:
    """Write a table, or the part of one, as a sheet."""
    sheet = book.sheet(name, part.title, editions)
    table, rows, widths = part.table, part.rows, _widths(book, part)
    last = (max(len(rows), 1), max(len(table.columns) - 1, 0))
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        book.text(sheet, (0, place), column.heading, **HEADER)
        sheet.set_column(place, place, width, None, {"hidden": column.is_hidden})
        if column.name == STATUS and _is_to_fill(column) and rows and not part.filled:
            sheet.data_validation(1, place, last[0], place, {"validate": "list", "source": list(STATUSES)})
    # One more line: the filter buttons are at the bottom of the header, where they must not cover text.
    book.fit_row(
        sheet, 0, [(f"{heading}\n", width) for heading, width in zip(table.headings, widths, strict=True)], bold=True
    )
    for row, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            spot = (row, place)
            if part.filled and _is_to_fill(table.columns[place]):
                _show(book, sheet, spot, part.filled[part.start + row - 1])
            else:
                put(book, sheet, spot, cell, **(TO_FILL if _is_to_fill(table.columns[place]) else BODY))
        texts = ((cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str))
        book.fit_row(sheet, row, texts)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, *last)
    # Ids such as 5.10 are text on purpose, so Excel's warnings about numbers stored as text are turned off.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last[0] + 1}"})


def _show(book: Book, sheet: Any, place: tuple[int, int], filled: str) -> None:  # noqa: ANN401
    """Write a formula for the same column in the sheet *filled*; it looks up the key, as users may sort that sheet."""
    column = book.name_of(0, place[1], col_abs=True).rstrip("1")
    key = book.name_of(place[0], 0, col_abs=True)
    cell = f"INDEX('{filled}'!{column}:{column},MATCH({key},'{filled}'!$A:$A,0))"
    # INDEX returns 0 for an empty cell, so the formula tests for this. The cached result is empty, for viewers that do
    # not calculate.
    sheet.write_formula(*place, f'=IF({cell}="","",{cell})', book.format(text_wrap=True, italic=True, **BODY), "")


def _edition_parts(catalogue: Catalogue) -> list[_Part]:
    """Return the tables of an edition: a summary of all statements, one per principle to fill in, and the matrix."""
    parts: list[_Part] = []
    filled: list[str] = []
    for principle in catalogue.principles:
        number = principle.id.number
        table = checklist(catalogue, principle=principle.id)
        # These columns have the same value in all rows. The space is better used for the other columns.
        columns = (attrs.evolve(one, is_hidden=one.name in {"Principle", "Phase"}) for one in table.columns)
        table = attrs.evolve(table, name=f"P{number}", columns=columns)
        title = f"Principle {number}: {principle.title}"
        parts.append(_Part(table=table, title=title, count=count_phrase(len(table.rows), "statement")))
        filled += [table.name] * len(table.rows)
    whole = checklist(catalogue)
    title = f"All {count_phrase(len(whole.rows), 'statement')}, with what is filled in on the sheets below"
    matrix = responsibilities(catalogue)
    roles = _Part(table=matrix, title="Provisions by roles", count=count_phrase(len(matrix.rows), "provision"))
    return [_Part(table=whole, title=title, filled=tuple(filled)), *parts, roles]


def _crosswalk_parts(crosswalk: Crosswalk) -> list[_Part]:
    pairs, missing = mappings(crosswalk), gaps(crosswalk)
    parts = [
        _Part(table=pairs, title="Mappings, each with its rationale", count=count_phrase(len(pairs.rows), "row")),
        _Part(table=coverage(crosswalk), title="Coverage: how much of the source the target covers"),
        _Part(
            table=missing, title="Gaps: what the target does not cover", count=count_phrase(len(missing.rows), "item")
        ),
    ]
    sides = {side.id: side for side in (crosswalk.source, crosswalk.target)}
    return [*parts, *(_framework_part(side, str(name)) for name, side in sides.items())]


def _framework_part(framework: Framework, name: str) -> _Part:
    table = attrs.evolve(controls(framework), name=name)
    return _Part(table=table, title=framework.edition.title, count=count_phrase(len(framework), "element"))


def _table_part(table: Table) -> _Part:
    chosen = dict(table.about).get(FILTER)
    if chosen is None:
        return _Part(table=table, title=table.name, count=count_phrase(len(table.rows), "row"))
    return _Part(table=table, title=f"{table.name}: {chosen}")


def _parts(item: Catalogue | Framework | Crosswalk | Table | Sequence[Table]) -> list[_Part]:
    if isinstance(item, Catalogue):
        return _edition_parts(item)
    if isinstance(item, Crosswalk):
        return _crosswalk_parts(item)
    if isinstance(item, Framework):
        return [_framework_part(item, "Controls")]
    tables = [item] if isinstance(item, Table) else item
    return [_table_part(table) for table in tables]


def _day(about: Iterable[Fact]) -> str:
    """Return the latest date in the facts, as a day."""
    dates = " ".join(text for label, text in about if label in DATED)
    days = map(day, re.findall(r"\b[0-9]{4}(?:-[0-9]{2}){0,2}\b", dates))
    return max(filter(_is_day, days), default=_NO_DAY)


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _key_fact(editions: Sequence[str]) -> tuple[Fact, ...]:
    """Return the fact on the cover that names the edition of keys that are shown without it."""
    if not editions:
        return ()
    said = f"Shown without their edition, {' or '.join(editions)}. Hidden columns on the right hold the full keys."
    return (("Keys", said),)


def dumps(item: Catalogue | Framework | Crosswalk | Table | Sequence[Table]) -> bytes:
    """
    Write an edition, a framework, a crosswalk or tables as a workbook.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    whole = _parts(item)
    # The first table of an edition or crosswalk has all facts about it. Other tables have facts about a part or a side.
    first = whole[:1] if isinstance(item, Catalogue | Crosswalk) else whole
    about = tuple(dict.fromkeys(fact for part in first for fact in part.table.about))
    shortened = [(part, *_shorten_keys(part.table)) for part in whole]
    editions = tuple(dict.fromkeys(edition for _, _, found in shortened for edition in found))
    parts = list(_split(attrs.evolve(part, table=table) for part, table, _ in shortened))
    book = Book(dict(about).get("Title", " and ".join(part.table.name for part in whole)), _day(about))
    _, columns, *names = sheet_names([COVER, _EXPLANATIONS, *(part.table.name for part in parts)])
    explained = list(_explanations(zip(names, (part.table for part in parts), strict=True)))
    sheets = [(columns, "What the columns of the other sheets mean")] if explained else []
    sheets += ((name, part.described) for name, part in zip(names, parts, strict=True))
    named = " and ".join(editions)
    cover(book, (*about, *_key_fact(editions)), sheets, named)
    if explained:
        _explain(book, columns, explained, named)
    for name, part in zip(names, parts, strict=True):
        _write(book, name, part, named)
    return book.content()
