"""What openpyxl reads of our workbooks: the cells, and what a person finds around them."""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks, load
from aicop.crosswalk import crosswalk
from aicop.frameworks import available
from aicop.interop import worksheets as sheets
from aicop.interop.worksheets import STATUSES, WORK, Table
from aicop.interop.xlsx import dumps
from aicop.manifest import editions
from aicop.mappings import sets

if TYPE_CHECKING:
    from collections.abc import Sequence

openpyxl = import_module("openpyxl")


def opened(content: bytes) -> Any:  # noqa: ANN401 -- a workbook
    """Open a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))


def check(sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:  # noqa: ANN401 -- a sheet
    """Compare a sheet with what it is to hold, cell by cell and with their types."""
    found = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert found == [list(columns), *([cell or (0 if cell == 0 else None) for cell in line] for line in rows)]
    for line in sheet.iter_rows():
        for cell in line:
            assert cell.data_type == ("s" if isinstance(cell.value, str) else "n")
            assert cell.hyperlink is None
            assert cell.alignment.wrap_text or cell.value is None or isinstance(cell.value, int)


def around(sheet: Any, columns: int, rows: int) -> None:  # noqa: ANN401 -- a sheet
    """Check header, filter, print setup and widths of a sheet."""
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
    """Each principle with its statements and a list of choices; the whole with formulas to these and no others."""
    catalogue = load(edition)
    book = opened(dumps(catalogue))
    assert book.sheetnames == ["About", "Checklist", *(f"P{number}" for number in range(1, 14))]
    for principle in catalogue.principles:
        sheet = book[f"P{principle.id.number}"]
        table = sheets.checklist(catalogue, principle=principle.id)
        check(sheet, table.columns, table.rows)
        around(sheet, len(table.columns), len(table.rows))
        (choice,) = sheet.data_validations.dataValidation
        assert (choice.formula1, str(choice.sqref)) == (f'"{",".join(STATUSES)}"', f"J2:J{len(table.rows) + 1}")
    whole = book["Checklist"]
    table = sheets.checklist(catalogue)
    around(whole, len(table.columns), len(table.rows))
    work = len(table.columns) - len(WORK)
    lines = list(whole.iter_rows(min_row=2))
    assert [[cell.value for cell in line[:work]] for line in lines] == [list(line[:work]) for line in table.rows]
    for line in lines:
        for cell in line[work:]:
            (name,) = {name for name in book.sheetnames[2:] if f"'{name}'!" in cell.value}
            column = cell.column_letter
            shown = f"INDEX('{name}'!${column}:${column},MATCH($A{cell.row},'{name}'!$A:$A,0))"
            assert cell.value == f'=IF({shown}="","",{shown})'
            assert line[0].value in {key.value for key in book[name]["A"]}


@pytest.mark.parametrize("edition", [str(item.id) for item in available()])
def test_a_framework_opens(edition: str) -> None:
    """Every element, ids as text."""
    framework = frameworks.load(edition)
    book = opened(dumps(framework))
    table = sheets.controls(framework)
    check(book["Controls"], table.columns, table.rows)
    around(book["Controls"], len(table.columns), len(table.rows))
    assert book["About"]["B1"].value == framework.edition.title


@pytest.mark.parametrize(
    ("source", "target"),
    list(dict.fromkeys((str(item.source), str(item.target)) for item in sets() if item.source != item.target)),
)
def test_a_crosswalk_opens(source: str, target: str) -> None:
    """Mappings, coverage, gaps and both sides."""
    item = crosswalk(source, target)
    book = opened(dumps(item))
    assert book.sheetnames == ["About", "Mappings", "Coverage", "Gaps", source, target]
    made = (sheets.mappings(item), sheets.coverage(item), sheets.gaps(item))
    for table in (*made, *(sheets.controls(side) for side in (item.source, item.target))):
        name = table.name if table in made else dict(table.about)["Edition"]
        check(book[name], table.columns, table.rows)
        around(book[name], len(table.columns), len(table.rows))


def test_odd_text_opens_as_it_is() -> None:
    """Formulas, links, numbers, markup and what XML has no way to write."""
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
    book = opened(dumps(Table(name="T", columns=("a",), rows=[(text,) for text in texts], widths=(9,))))
    cells = [line[0] for line in book["T"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:3]] == [True] * 3


def test_every_program_that_opens_it_finds_the_day_of_the_data() -> None:
    """And who made it: this library."""
    properties = opened(dumps(load("uk-ai-cop"))).properties
    assert (str(properties.created), str(properties.modified)) == ("2025-01-31 00:00:00",) * 2
    assert (properties.creator, properties.title) == ("aicop", "Code of Practice for the Cyber Security of AI")
