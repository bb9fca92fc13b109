"""Workbooks in openpyxl: their cells, and how they are set up."""

from __future__ import annotations

import io
import textwrap
from importlib import import_module
from typing import Any

import pytest

from aicop import frameworks, load
from aicop.crosswalk import crosswalk
from aicop.frameworks import available
from aicop.interop import worksheets as sheets
from aicop.interop.columns import STATUSES, WORK
from aicop.interop.worksheets import Table
from aicop.interop.xlsx import dumps
from aicop.manifest import editions
from aicop.mappings import sets

openpyxl = import_module("openpyxl")


def opened(content: bytes) -> Any:  # noqa: ANN401 -- a workbook
    """Open a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))


def _without_editions(key: str) -> str:
    """Return the ids in a key, which is that of several elements if they are joined."""
    return "|".join(part.partition(":")[2] for part in key.split("|"))


def check(sheet: Any, table: Table) -> int:  # noqa: ANN401 -- a sheet
    """
    Compare a sheet with its table, cell by cell and with types, and return the number of its columns.

    Keys are shown without their edition; hidden columns at the end have the full keys.
    """
    keys = [
        place
        for place, column in enumerate(table.columns)
        if column.is_key and any(line[place] is not None for line in table.rows)
    ]
    found = [[cell.value for cell in line] for line in sheet.iter_rows()]
    headings = [*table.headings, *(f"{table.headings[place]}, in full" for place in keys)]
    assert found[0] == headings
    assert [line[: len(table.columns)] for line in found[1:]] == [
        [
            _without_editions(str(cell)) if place in keys and cell else cell or (0 if cell == 0 else None)
            for place, cell in enumerate(line)
        ]
        for line in table.rows
    ]
    assert [line[len(table.columns) :] for line in found[1:]] == [
        [line[place] for place in keys] for line in table.rows
    ]
    shown = widths(sheet)
    assert shown.keys().isdisjoint(range(len(table.columns) + 1, len(headings) + 1))
    for line in sheet.iter_rows():
        for cell in line:
            assert cell.data_type == ("s" if isinstance(cell.value, str) else "n")
            assert cell.hyperlink is None
            assert cell.alignment.wrap_text or cell.value is None or isinstance(cell.value, int)
    legible(sheet)
    return len(headings)


def widths(sheet: Any) -> dict[int, float]:  # noqa: ANN401 -- a sheet
    """Return the width of each column that is not hidden by its number; openpyxl keeps equal neighbours together."""
    return {
        number: item.width
        for item in sheet.column_dimensions.values()
        if not item.hidden
        for number in range(item.min, item.max + 1)
    }


def legible(sheet: Any) -> None:  # noqa: ANN401 -- a sheet
    """Check by a lenient estimate that each row is as high as its longest text, and within the limit."""
    room = widths(sheet)
    for line in sheet.iter_rows():
        height = sheet.row_dimensions[line[0].row].height or 15
        assert height < 409
        for cell in line:
            if isinstance(cell.value, str) and cell.column in room and not cell.value.startswith("=IF("):
                lines = textwrap.wrap(cell.value, int(room[cell.column] * 7 / 5), break_on_hyphens=False)
                assert len(lines) * 15 <= height


def around(sheet: Any, columns: int, rows: int) -> None:  # noqa: ANN401 -- a sheet
    """Check the header, filter, print setup and widths of a sheet."""
    last = openpyxl.utils.get_column_letter(columns)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{last}{max(rows, 1) + 1}"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {(1, 0), (None, 0)}
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert all(cell.font.b for cell in sheet[1])


@pytest.mark.parametrize("edition", [str(edition) for edition in editions()])
def test_an_edition_opens(edition: str) -> None:
    """Each principle has its statements and a list of choices, and the whole has only look-up formulas."""
    catalogue = load(edition)
    book = opened(dumps(catalogue))
    assert book.sheetnames == [
        "About",
        "Columns",
        "Checklist",
        *(f"P{number}" for number in range(1, 14)),
        "Responsibilities",
    ]
    legible(book["About"])
    legible(book["Columns"])
    for principle in catalogue.principles:
        sheet = book[f"P{principle.id.number}"]
        table = sheets.checklist(catalogue, principle=principle.id)
        around(sheet, check(sheet, table), len(table.rows))
        (choice,) = sheet.data_validations.dataValidation
        assert (choice.formula1, str(choice.sqref)) == (f'"{",".join(STATUSES)}"', f"J2:J{len(table.rows) + 1}")
    matrix = sheets.responsibilities(catalogue)
    around(book["Responsibilities"], check(book["Responsibilities"], matrix), len(matrix.rows))
    whole = book["Checklist"]
    table = sheets.checklist(catalogue)
    around(whole, len(table.columns) + 1, len(table.rows))
    work = len(table.columns) - len(WORK)
    lines = list(whole.iter_rows(min_row=2))
    assert [[cell.value for cell in line[1:work]] for line in lines] == [list(line[1:work]) for line in table.rows]
    assert [line[-1].value for line in lines] == [line[0] for line in table.rows]
    for line in lines:
        for cell in line[work:-1]:
            (name,) = {name for name in book.sheetnames[3:] if f"'{name}'!" in cell.value}
            column = cell.column_letter
            shown = f"INDEX('{name}'!${column}:${column},MATCH($A{cell.row},'{name}'!$A:$A,0))"
            assert cell.value == f'=IF({shown}="","",{shown})'
            assert line[0].value in {key.value for key in book[name]["A"]}


@pytest.mark.parametrize("edition", [str(item.id) for item in available()])
def test_a_framework_opens(edition: str) -> None:
    """Every element is in the sheet, with ids as text."""
    framework = frameworks.load(edition)
    book = opened(dumps(framework))
    table = sheets.controls(framework)
    around(book["Controls"], check(book["Controls"], table), len(table.rows))
    assert book["About"]["B1"].value == framework.edition.title


@pytest.mark.parametrize(
    ("source", "target"),
    list(dict.fromkeys((str(item.source), str(item.target)) for item in sets() if item.source != item.target)),
)
def test_a_crosswalk_opens(source: str, target: str) -> None:
    """Mappings, coverage, gaps and both frameworks are in their sheets."""
    item = crosswalk(source, target)
    book = opened(dumps(item))
    assert book.sheetnames == ["About", "Columns", "Mappings", "Coverage", "Gaps", source, target]
    legible(book["About"])
    legible(book["Columns"])
    made = (sheets.mappings(item), sheets.coverage(item), sheets.gaps(item))
    for table in (*made, *(sheets.controls(side) for side in (item.source, item.target))):
        name = table.name if table in made else dict(table.about)["Edition"]
        around(book[name], check(book[name], table), len(table.rows))


def test_odd_text_opens_as_it_is() -> None:
    """Formulas, links, numbers, markup and escape sequences are restored as text."""
    texts = [
        "=1+1",
        "@a",
        "-1",
        "https://example.org",
        "5.10",
        "<b>&amp;</b>",
        "_x0041_",
        "'tis",
        "\U0001f512 é",
        "  x ",
    ]
    book = opened(dumps(Table(name="T", columns=("a",), rows=[(text,) for text in texts])))
    cells = [line[0] for line in book["T"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:3]] == [True] * 3


def test_the_properties_have_the_date_of_the_data() -> None:
    """The workbook's dates are those of its data, and its creator is aicop."""
    properties = opened(dumps(load("uk-ai-cop"))).properties
    assert (str(properties.created), str(properties.modified)) == ("2025-01-31 00:00:00",) * 2
    assert (properties.creator, properties.title) == ("aicop", "Code of Practice for the Cyber Security of AI")
