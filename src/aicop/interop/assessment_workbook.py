"""
Workbooks in which assessors fill in verdicts: one sheet per principle or per role.

`aicop.assessment.merge` reads them back. Each row has the digest of its cells when it was written, in a hidden column,
so that a merge can tell what was edited, and what has changed in the assessment since.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from aicop.assessment.editing.exchange import (
    EDITABLE,
    ROW_DIGEST,
    STATEMENT_DIGEST,
    cells_of,
    exported_rows,
    heading_of,
    own_key,
    row_digest,
)
from aicop.assessment.status.days import Day, day_of
from aicop.errors import Fault, InvalidDocument, count_phrase, excerpt
from aicop.interop.xlsx.book import MAX_CELL_LENGTH, Book, fit_cell, sheet_names
from aicop.interop.xlsx.parts import BODY, COVER, HEADER, TO_FILL, cover, put
from aicop.model.assessment import Verdict, VerdictRow
from aicop.vocabulary import Vocabulary, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aicop.assessment.assessment import Assessment
    from aicop.interop.columns import Fact
    from aicop.library.library import Library


class Sheets(Vocabulary):
    """How the statements are divided into sheets."""

    PRINCIPLE = "principle"
    ROLE = "role"


_WIDTHS = {
    "key": 25,
    "role": 11,
    "title": 18,
    "action": 40,
    "modality": 9,
    "roles": 14,
    "state": 12,
    "verdict": 13,
    "reason": 20,
    "evidence": 14,
    "owner": 12,
    "assessor": 12,
    "assessed": 11,
    "due": 11,
    "review": 11,
    "accepted_by": 11,
    "accepted_until": 11,
    "note": 24,
    "review_reason": 26,
}
"""The columns that are shown, in order, with their widths in characters."""
_OWN_WIDTH, _HIDDEN_WIDTH = 20, 18
_DAYS = frozenset({"assessed", "due", "review", "accepted_until"})
_FIRST_DAY = "1900-03-01"
"""The first day that Excel counts right."""
_PAGES = 2
"""The width of a sheet on paper: on one page, the letters would be too small."""
# What the XML of a workbook cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_HOW = {
    "How to fill in": "Fill in the yellow columns. Choose each verdict from the list, write dates as year-month-day, "
    "and separate several ids of evidence by |. You may sort, filter and rename the sheets, move columns, and add "
    "columns of your own.",
    "Do not": "Do not change key and role, remove the hidden columns, or enter formulas.",
    "Verdicts": "pass, fail or inconclusive; not applicable needs a reason; not assessed is the same as an empty cell.",
    "Accepted risk": "Only the risk of a fail can be accepted; it needs a person and a last day.",
    "Marked for review": "A text under Review reason says why somebody must look at the verdict again. Empty the cell "
    "once you have.",
    "To take it back": 'Run "aicop assess merge {system} FILE". Cells that others changed in the meantime are shown, '
    "and not overwritten.",
    "Remember": "Actions are restated in other words; only the publication is authoritative. A state says what is "
    "known, and is never compliance.",
}


@attrs.frozen(kw_only=True)
class _Sheet:
    name: str
    title: str
    rows: tuple[VerdictRow, ...]


def dumps(assessment: Assessment, on: Day, *, by: Sheets | str = "principle", library: Library | None = None) -> bytes:
    """
    Write an assessment as a workbook to fill in, with the states at a date.

    *by* is principle or role: a sheet for each role held has the statements that bind it. With *library*, the cover
    states the digest of the library.

    Raises:
        UnknownTerm: *by* is neither.
        InvalidDocument: with each cell that a workbook cannot hold: it is too long, or has control characters.
        MissingExtra: XlsxWriter is not installed.
    """
    day = day_of(on)
    sheets = list(_sheets(assessment, term(Sheets, by)))
    own = tuple(dict.fromkeys(name for row in assessment.verdicts for name, _ in row.extra))
    _check(assessment, own)
    editions = f"{assessment.catalogue.id}, state on {day}"
    book = Book(f"{assessment.system.title}: assessment", day)
    _, *names = sheet_names([COVER, *(sheet.name for sheet in sheets)])
    titles = (f"{sheet.title} ({count_phrase(len(sheet.rows), 'row')})" for sheet in sheets)
    listed = list(zip(names, titles, strict=True))
    cover(book, list(_facts(assessment, day, library)), listed, editions)
    for name, sheet in zip(names, sheets, strict=True):
        _write(book, name, sheet, assessment, day, own, editions)
    return book.content()


def _sheets(assessment: Assessment, by: Sheets) -> Iterator[_Sheet]:
    rows = tuple(exported_rows(assessment))
    if by is Sheets.PRINCIPLE:
        of = {key: assessment.catalogue[key.provision].principle for key in assessment.statements}
        for principle in assessment.catalogue.principles:
            number = principle.id.number
            within = tuple(row for row in rows if of[row.key] == principle.id)
            yield _Sheet(name=f"P{number}", title=f"Principle {number}: {principle.title}", rows=within)
        return
    for role in assessment.system.roles:
        own = {row.key for row in rows if row.role is role}
        within = tuple(
            row
            for row in rows
            if row.role is role or (row.role is None and row.key not in own and role in assessment.roles_bound(row.key))
        )
        yield _Sheet(name=role.value, title=f"What binds the {role}", rows=within)


def _facts(assessment: Assessment, day: str, library: Library | None) -> Iterator[Fact]:
    system = assessment.system
    yield "Title", f"Assessment of {system.title}"
    yield "System", system.name
    if system.owner is not None:
        yield "Owner", system.owner
    if system.unit is not None:
        yield "Unit", system.unit
    yield "Edition", f"{assessment.catalogue.id}: {assessment.catalogue.edition.title}"
    yield "Roles held", ", ".join(system.roles)
    yield "State on", day
    if library is not None:
        yield "Digest of the library", library.digest
    yield from ((label, text.format(system=system.name)) for label, text in _HOW.items())


def _check(assessment: Assessment, own: Sequence[str]) -> None:
    """Raise InvalidDocument with each cell that a workbook cannot hold, because a merge would change it."""
    faults = []
    for row in assessment.verdicts:
        cells = {name.removeprefix("="): cell for name, cell in cells_of(row).items()}
        for name, cell in cells.items():
            place = f"{row.key}{f', {row.role}' if row.role else ''}, column {name!r}"
            if fit_cell(cell) != cell:
                said = f"is longer than a cell of a workbook can be ({MAX_CELL_LENGTH:,} characters); shorten it"
                faults.append(Fault("verdicts.csv", place, said))
            elif found := _UNWRITABLE.search(cell):
                said = f"contains the character U+{ord(found[0]):04X}, which a workbook cannot hold; remove it"
                faults.append(Fault("verdicts.csv", place, said))
    faults += [
        Fault("verdicts.csv", "", f"the name of the column {excerpt(name)} cannot be that of a column of a workbook")
        for name in own
        if _UNWRITABLE.search(name) or fit_cell(name) != name
    ]
    if faults:
        raise InvalidDocument.from_faults(tuple(faults))


def _write(  # noqa: PLR0913, PLR0917 -- what a sheet is made from
    book: Book, name: str, part: _Sheet, assessment: Assessment, day: str, own: Sequence[str], editions: str
) -> None:
    sheet = book.sheet(name, part.title, editions, pages=_PAGES)
    columns = {**_WIDTHS, **dict.fromkeys(map(own_key, own), _OWN_WIDTH), ROW_DIGEST: 0, STATEMENT_DIGEST: 0}
    headings = [heading_of(column[1:]) if column.startswith("=") else _shown(column) for column in columns]
    widths = [float(width or _HIDDEN_WIDTH) for width in columns.values()]
    for place, (column, heading, width) in enumerate(zip(columns, headings, widths, strict=True)):
        book.text(sheet, (0, place), heading, **HEADER)
        is_hidden = column in {ROW_DIGEST, STATEMENT_DIGEST}
        sheet.set_column(place, place, width, _typed(book, column), {"hidden": is_hidden})
    # One more line, because the buttons of the filter are at the bottom of the header.
    book.fit_row(sheet, 0, zip((f"{heading}\n" for heading in headings), widths, strict=True), bold=True)
    for number, row in enumerate(part.rows, start=1):
        cells = _cells(assessment, row, day)
        for place, column in enumerate(columns):
            _put(book, sheet, (number, place), column, cells.get(column, ""))
        book.fit_row(
            sheet, number, ((cells.get(column, ""), width) for column, width in zip(columns, widths, strict=True))
        )
    last = (max(len(part.rows), 1), len(columns) - 1)
    verdict = list(columns).index("verdict")
    sheet.data_validation(
        1,
        verdict,
        last[0],
        verdict,
        {
            "validate": "list",
            "source": [item.value for item in Verdict],
            "error_title": "Verdict",
            "error_message": "Choose one of the list, or leave the cell empty.",
        },
    )
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.autofilter(0, 0, *last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last[0] + 1}"})


def _shown(column: str) -> str:
    """Return the heading of one of our columns."""
    return column.replace("_", " ").capitalize()


def _typed(book: Book, column: str) -> Any:  # noqa: ANN401 -- XlsxWriter has no types
    """Return the format of a whole column, which holds for rows that are added: what is typed stays as it is."""
    if column in _DAYS:
        return book.format(num_format="yyyy-mm-dd")
    is_to_fill = column in EDITABLE or column.startswith("=")
    return book.format(num_format="@", text_wrap=True) if is_to_fill else None


def _cells(assessment: Assessment, row: VerdictRow, day: str) -> dict[str, str]:
    """Return the cells of a row by column."""
    statement = assessment.statements[row.key]
    editable = cells_of(row)
    condition = f", when {statement.condition}" if statement.condition else ""
    about = {
        "title": assessment.catalogue[row.key.provision].title,
        "action": f"{statement.action}{condition}",
        "modality": statement.modality.value,
        "roles": statement.who,
        "state": assessment.state(row.key, day, role=row.role).state.value,
    }
    return {
        "key": str(row.key),
        "role": row.role.value if row.role else "",
        **about,
        **editable,
        ROW_DIGEST: row_digest(row.key, row.role, editable),
        STATEMENT_DIGEST: assessment.digest(row.key),
    }


def _put(book: Book, sheet: Any, place: tuple[int, int], column: str, cell: str) -> None:  # noqa: ANN401
    if column in _DAYS:
        look = {**TO_FILL, "num_format": "yyyy-mm-dd", "align": "left"}
        if cell >= _FIRST_DAY:
            sheet.write_datetime(*place, datetime.fromisoformat(cell), book.format(**look))
        else:
            put(book, sheet, place, cell, **look)
    elif column in EDITABLE or column.startswith("="):
        # As text: a spreadsheet would make a number of 007, and a date of 1-2.
        put(book, sheet, place, cell, **TO_FILL, num_format="@")
    else:
        put(book, sheet, place, cell, **BODY)
