"""The layout of a workbook in print, and its explanations, read without a library for XLSX."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings

from aicop import frameworks, load
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.ids import JointId
from aicop.interop import worksheets as sheets
from aicop.interop.columns import CHECKLIST, RESPONSIBILITIES, STATUSES, Column
from aicop.interop.worksheets import Table
from aicop.interop.xlsx import dumps
from tests.examples import A, B, row
from tests.interop import generated
from tests.interop.xlsx.test_writer import SMALL, Book, one

if TYPE_CHECKING:
    from aicop import Catalogue

LINE = 15
"""The height of a line, in points."""

ITEMS: dict[str, Any] = {
    "edition": load("uk-ai-cop"),
    "part": sheets.checklist(load("uk-ai-cop"), role="Data Custodian"),
    "framework": frameworks.load("iso-iec-42001"),
    "crosswalk": crosswalk("uk-ai-cop", "iso-iec-42001"),
    "long lists": crosswalk("nist-csf", "nist-sp-800-53"),
    "long ids": crosswalk("uk-ai-cop", "owasp-ai-exchange"),
}
BOOKS = [pytest.param(Book(dumps(item)), id=name) for name, item in ITEMS.items()]


def heights(book: Book, sheet: str) -> list[float]:
    """Return the height of each row that has any cell, in points."""
    found = [re.search(r' ht="([0-9.]+)"', row) for row in re.findall(r"<row [^>]*>", book.xml(sheet))]
    return [float(LINE) if height is None else float(height[1]) for height in found]


def widths(book: Book, sheet: str) -> dict[int, float]:
    """Return the width of each column that is not hidden, in characters."""
    found: dict[int, float] = {}
    for first, last, width, more in re.findall(
        r'<col min="(\d+)" max="(\d+)" width="([0-9.]+)"([^>]*)/>', book.xml(sheet)
    ):
        if "hidden" not in more:
            found |= dict.fromkeys(range(int(first) - 1, int(last)), float(width))
    return found


@pytest.mark.parametrize("book", BOOKS)
def test_every_row_is_as_high_as_its_text(book: Book) -> None:
    """
    Rows are high enough by another estimate, and lower than the limit of 409 points.

    The estimate: a character is 5/7 as wide as a digit, which is less than the average of Calibri.
    """
    for sheet in book.names:
        room, found = widths(book, sheet), heights(book, sheet)
        rows = book.rows(sheet)
        assert len(found) == len([cells for cells in rows if cells])
        for cells, height in zip(filter(None, rows), found, strict=True):
            for place, cell in enumerate(cells):
                if isinstance(cell, str) and not cell.startswith("=IF(") and place in room:
                    lines = textwrap.wrap(cell, int(room[place] * 7 / 5), break_on_hyphens=False)
                    assert len(lines) * LINE <= height < 409


@pytest.mark.parametrize("book", BOOKS)
def test_rows_grow_when_they_are_filled_in(book: Book) -> None:
    """Row heights are not marked as set by hand, which would stop rows from growing."""
    for sheet in book.names:
        assert "customHeight" not in book.xml(sheet)


@pytest.mark.parametrize("book", BOOKS)
def test_sheets_fit_the_page_and_stay_legible(book: Book) -> None:
    """Sheets are landscape, one page wide, and narrow enough for type of about seven points."""
    for sheet in book.names:
        xml = book.xml(sheet)
        assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in xml
        assert '<pageSetUpPr fitToPage="1"/>' in xml
        assert re.search(r"<oddFooter>&amp;L.+&amp;RPage &amp;P of &amp;N</oddFooter>", xml)
        # A line of 149 characters of 11 points fits on landscape A4 with these margins.
        assert 11 * 149 / sum(widths(book, sheet).values()) > 6.5
        if sheet != "About":
            assert f"'{sheet}'!$1:$1</definedName>" in book.text("xl/workbook.xml") or sheet.isalnum()
            assert 'state="frozen"' in xml


def test_each_page_has_its_titles() -> None:
    """The header has the sheet's title and edition, and the footer the workbook's title."""
    book = Book(dumps(load("uk-ai-cop")))
    header = "&amp;L&amp;BPrinciple 5: Identify, track and protect your assets&amp;Ruk-ai-cop@2025-01"
    assert f"<oddHeader>{header}</oddHeader>" in book.xml("P5")
    assert "<oddFooter>&amp;LCode of Practice for the Cyber Security of AI&amp;R" in book.xml("P5")
    part = Book(dumps(ITEMS["part"]))
    assert "&amp;BChecklist: Duty holder Data Custodian (6 statements)&amp;R" in part.xml("Checklist")


def test_columns_are_as_wide_as_their_text() -> None:
    """Columns are as wide as their text, except those to fill in, which have a fixed width."""
    narrow, wide = (widths(Book(dumps(one((text, 1), columns=("a", "Notes")))), "T") for text in ("x", "x" * 400))
    assert narrow[0] < 5
    assert wide[0] > 29
    assert narrow[1] == wide[1] > 19


def test_the_sheet_of_a_principle_does_not_repeat_it(mini: Catalogue) -> None:
    """Principle and phase are hidden on a principle's sheet and shown on the sheet of all statements."""
    book = Book(dumps(mini))
    assert widths(book, "Checklist").keys() - widths(book, "P1").keys() == {1, 3}
    assert [line[1] for line in book.rows("P2")[1:]] == ["2 End well"] * 2


@pytest.mark.parametrize("book", BOOKS)
def test_every_column_is_explained_and_nothing_else(book: Book) -> None:
    """The sheet of columns explains exactly the headings in use."""
    explained = {}
    for line in book.rows("Columns")[1:]:
        if line[1]:
            explained[line[1]] = line[0], line[3]
    headings = {heading for name in book.names[2:] for heading in book.rows(name)[0]}
    assert headings == set(explained)
    assert all(isinstance(text, str) and text.endswith(".") for _, text in explained.values())


def test_values_are_explained_under_their_column(mini: Catalogue) -> None:
    """Each value has a row, and a column of several sheets is explained once."""
    lines = Book(dumps(mini)).rows("Columns")
    assert lines[0] == ["Sheet", "Column", "Value", "Explanation"]
    named = [line for line in lines[1:] if line[1]]
    matrix = [line[1] for line in named if line[0] == "Responsibilities"]
    shared = [line[1] for line in named if line[0] == "Checklist, P1, P2, Responsibilities"]
    assert shared == ["Title", "Phase", "Key, in full"]
    assert {*matrix, *shared} == {*(column.heading for column in RESPONSIBILITIES), "Key, in full"}
    names = [line[1] for line in named if line[0] != "Responsibilities"]
    assert names == [*(column.heading for column in CHECKLIST), "Key, in full"]
    verb = names.index("Verb")
    at = next(place for place, line in enumerate(lines) if line[1] == names[verb])
    assert [line[2] for line in lines[at : at + 5]] == [None, "shall", "should", "may", "can"]
    assert {line[0] for line in named if line[1] not in {*matrix, *shared}} == {"Checklist, P1, P2"}
    assert [line[2] for line in lines if line[2] in STATUSES] == list(STATUSES)


def test_many_sheets_are_named_as_a_range(code: Catalogue) -> None:
    """A column on many sheets names the first, and the others as a range."""
    assert {line[0] for line in Book(dumps(code)).rows("Columns")[1:] if line[1]} == {
        "Checklist, P1 to P13",
        "Checklist, P1 to P13, Responsibilities",
        "Responsibilities",
    }


def test_columns_without_an_explanation_need_no_sheet() -> None:
    """A workbook without explained columns has no sheet of columns."""
    assert Book(dumps(one(("x", "y")))).names == ["About", "T"]
    columns = (Column(name="a", explanation="One."), "b")
    assert Book(dumps(one(("x", "y"), columns=columns))).rows("Columns")[1:] == [["T", "a", None, "One."]]


def full_keys(table: Table, place: int) -> list[object]:
    """Return the keys of a column of a table."""
    return [line[place] for line in table.rows]


@given(generated.crosswalks())
@settings(max_examples=25)
def test_full_keys_are_in_hidden_columns(item: Crosswalk) -> None:
    """Full keys are in hidden columns at the end, so that a sheet on its own still names its editions."""
    book, table = Book(dumps(item)), sheets.mappings(item)
    rows = book.rows("Mappings")
    shown = widths(book, "Mappings")
    for name, place in (("Source", 0), ("Target", 3)):
        if f"{name}, in full" in rows[0]:
            hidden = rows[0].index(f"{name}, in full")
            assert hidden >= len(table.columns)
            assert hidden not in shown
            full = [[*line, *[None] * 20][hidden] for line in rows[1:]]
            assert full == full_keys(table, place)
            assert [None if key is None else str(key).partition(":")[2] for key in full] == [
                line[place] for line in rows[1:]
            ]
        else:
            assert set(full_keys(table, place)) <= {None}


def test_every_member_of_a_joint_id_is_shown_without_its_edition() -> None:
    """The cover says so of all keys; the hidden column holds the whole joint id."""
    joint = JointId([A.key("X-1"), A.key("X-2"), A.key("Y-1")])
    rows = Book(dumps(Crosswalk.from_mappings([row(joint, "superset-of", B.key("X-1"))], A, B))).rows("Mappings")
    lines = [dict(zip(map(str, rows[0]), line, strict=False)) for line in rows[1:]]
    assert [line["Source, in full"] for line in lines] == [str(joint)]
    assert [line["Source"] for line in lines] == ["X-1|X-2|Y-1"] == [joint.local]


def test_keys_of_several_editions_are_shown_in_full() -> None:
    """Keys of several editions, and columns with other texts, are shown in full."""
    key = Column(name="k", is_key=True)
    for cells in (("a@1:X", "b@1:X"), ("a@1:X", "X")):
        book = Book(dumps(Table(name="T", columns=(key,), rows=[(cell,) for cell in cells])))
        assert book.rows("T") == [["k"], *([cell] for cell in cells)]
        assert "Keys" not in {line[0] for line in book.rows("About") if line}


def test_a_column_without_keys_has_no_hidden_one() -> None:
    """A crosswalk without any target has no hidden column of target keys."""
    item = Crosswalk.from_mappings([row(A.key("X-1"), "nothing-found", None, searched=B.id)], A, B)
    assert Book(dumps(item)).rows("Mappings")[0][-1] == "Source, in full"
    assert [line[3] for line in Book(dumps(SMALL)).rows("Mappings")[1:]] == ["X-1", "Y-2", None]


def test_a_column_hidden_by_its_definition_stays_hidden() -> None:
    """A column is hidden by its definition and not by its name."""
    columns = attrs.evolve(CHECKLIST[0], name="h", is_hidden=True), Column(name="paid, in full")
    assert widths(Book(dumps(one(("x", "y"), columns=columns))), "T").keys() == {1}
