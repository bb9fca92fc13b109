"""Workbooks (XLSX) as tables."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import frameworks, mappings
from aicop.errors import Fault, InvalidDocument, MissingExtra
from aicop.files import workbook
from aicop.files.tables import TableReader
from tests.frameworks.test_reader import FACTS
from tests.mappings.examples import FILE, GOOD, OWN, RECORDS

if TYPE_CHECKING:
    from pathlib import Path


def book(*rows: list[Any], **more: list[list[Any]]) -> bytes:
    """Return a workbook with a sheet of these rows, and further sheets by name."""
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "First"
    for row in rows:
        first.append(row)
    for name, others in more.items():
        sheet = made.create_sheet(name)
        for row in others:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with a replacement in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in whole.infolist():
            data = whole.read(item)
            assert item.filename != part or old in data
            copy.writestr(item, data.replace(old, new) if item.filename == part else data)
    return out.getvalue()


def with_part(content: bytes, name: str, data: bytes | None) -> bytes:
    """Return a workbook with another content of a part, or without it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w") as copy:
        for item in whole.infolist():
            part = data if item.filename == name else whole.read(item)
            if part is not None:
                copy.writestr(item, part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes, **how: Any) -> list[tuple[int, list[str] | Fault]]:  # noqa: ANN401 -- how a table is read
    """Return the header and rows of a workbook, each with the number of its row."""
    reader = TableReader(content, "own.xlsx", **how)
    return [(reader.lines_before + 1, reader.header), *reader.rows()]


def faults(content: bytes | str | Path, **how: Any) -> list[tuple[str, str]]:  # noqa: ANN401 -- how a table is read
    """Return the place and problem of every fault of a workbook."""
    try:
        found = tuple(row for _, row in TableReader(content, "own.xlsx", **how).rows() if isinstance(row, Fault))
    except InvalidDocument as error:
        found = error.faults
    return [(fault.path, fault.problem) for fault in found]


def test_a_workbook_is_read_like_a_table() -> None:
    """Rows have their numbers in the sheet; empty rows, empty cells at the end and comments above are skipped."""
    content = book(
        ["# ours"],
        ["# more", "x"],
        [],
        ["id", "kind", None, None],
        ["A", "control"],
        [],
        [None, None],
        ["B"],
        ["C", None, None],
    )
    assert read(content) == [(4, ["id", "kind"]), (5, ["A", "control"]), (8, ["B", ""]), (9, ["C", ""])]
    assert TableReader(content, "x").comments == 2


VALUES: list[tuple[str, Any, str]] = [
    ("text", "5.10", "5.10"),
    ("a whole number", 5, "5"),
    ("a whole number with decimals", 5.0, "5"),
    ("a fraction", 0.7, "0.7"),
    ("true", True, "TRUE"),
    ("false", False, "FALSE"),
    ("a day", dt.date(2026, 11, 22), "2026-11-22"),
    ("a day as a time", dt.datetime(2026, 11, 22), "2026-11-22"),  # noqa: DTZ001 -- a workbook has no zones
    ("a time of a day", dt.datetime(2026, 11, 22, 9, 30), "2026-11-22 09:30:00"),  # noqa: DTZ001
    ("a time", dt.time(9, 30), "09:30:00"),
    ("several lines", "one\ntwo", "one\ntwo"),
]


@pytest.mark.parametrize(("value", "expected"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES])
def test_values_become_text(value: object, expected: str) -> None:
    """Each type of cell has one written form."""
    assert read(book(["id"], [value]))[1] == (2, [expected])


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), min_size=1, max_size=3))
def test_text_is_restored_whatever_it_begins_with(cells: list[str]) -> None:
    """Text that looks like a formula is text in a workbook, and its apostrophes are its own."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([f"c{place}" for place in range(len(cells))])
    for place, text in enumerate(cells, start=1):
        sheet.cell(2, place).value = text
        sheet.cell(2, place).data_type = "s"
    out = io.BytesIO()
    made.save(out)
    [(line, found)] = TableReader(out.getvalue(), "x.xlsx").rows_by_column()
    assert (line, found) == (2, {f"c{place}": text for place, text in enumerate(cells)})


def test_a_formula_is_its_stored_value() -> None:
    """A formula whose value is stored counts as the value, also if that is empty text; any other is a fault."""
    content = book(["id", "note"], ["A", "=1+1"], ["=B1", '=""'], ["C", "plain"], ["D", None, "=3"])
    assert faults(content) == [
        (
            f"row {line}, column {column}",
            "holds a formula whose value is not stored; open and save the workbook in a spreadsheet, or replace the formula by its value",
        )
        for line, column in [(2, "'note'"), (3, "'id'"), (3, "'note'"), (5, "'C'")]
    ]
    stored = changed(content, SHEET, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    stored = changed(stored, SHEET, b"<f>B1</f><v />", b"<f>B1</f><v>7</v>")
    stored = changed(stored, SHEET, b"<f>3</f><v />", b"<f>3</f><v>3</v>")
    stored = changed(stored, SHEET, b'<c r="B3"><f>""</f><v />', b'<c r="B3" t="str"><f>""</f><v />')
    assert read(changed(stored, SHEET, b"<f>3</f><v>3</v>", b"")) == [
        (1, ["id", "note"]),
        (2, ["A", "2"]),
        (3, ["7", ""]),
        (4, ["C", "plain"]),
        (5, ["D", ""]),
    ]


def test_a_whole_number_may_be_stored_as_a_fraction() -> None:
    """Programs differ in how they store 5; it is the same number."""
    for stored in (b"5.0", b"5E0"):
        assert read(changed(book(["id"], [7]), SHEET, b"<v>7</v>", b"<v>" + stored + b"</v>"))[1] == (2, ["5"])


def test_a_missing_file_is_no_table(tmp_path: Path) -> None:
    """The error is that of the operating system."""
    with pytest.raises(FileNotFoundError):
        TableReader(tmp_path / "none.xlsx", "none.xlsx")


def test_an_error_in_a_cell_is_a_fault() -> None:
    """A cell that shows an error has no value; text that looks like one is text."""
    content = changed(book(["id"], ["A"], [7]), SHEET, b'<c r="A3" t="n"><v>7</v>', b'<c r="A3" t="e"><v>#N/A</v>')
    assert faults(content) == [("row 3, column 'id'", "holds the error #N/A; correct it")]
    assert faults(changed(book([7]), SHEET, b'<c r="A1" t="n"><v>7</v>', b'<c r="A1" t="e"><v>#REF!</v>')) == [
        ("row 1, column 'A'", "holds the error #REF!; correct it")
    ]


def test_a_cell_without_a_value_hides_no_other_fault() -> None:
    """The other rows are checked, rows that are left out are not reported, and the faulty row has no other fault."""
    content = book(["id", "kind"], ["=1"], ["B"], ["C", "control", "=2"])
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads(content, "own.xlsx", **FACTS)
    assert [fault.path for fault in caught.value.faults] == [
        "row 2, column 'id'",
        "row 3, column 'kind'",
        "row 4, column 'C'",
    ]
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads(content, "own.xlsx", skip_lines={2, 4}, **FACTS)
    assert [fault.path for fault in caught.value.faults] == ["row 3, column 'kind'"]
    with pytest.raises(InvalidDocument) as caught:
        mappings.loads(book(["source", "relationship", "target"], ["=1"]), "own.xlsx")
    assert caught.value.faults[-1].path == "row 2, column 'source'"


def merged(*rows: list[Any], ranges: list[str]) -> bytes:
    """Return a workbook with merged cells."""
    made = openpyxl.load_workbook(io.BytesIO(book(*rows)))
    sheet = made["First"]
    for item in ranges:
        sheet.merge_cells(item)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


MERGED: list[tuple[str, list[list[Any]], list[str], list[tuple[int, list[str]]]]] = [
    (
        "a column",
        [["id", "parent"], ["A", "P"], ["B"], ["C"], ["D"]],
        ["B2:B4"],
        [(1, ["id", "parent"]), (2, ["A", "P"]), (3, ["B", "P"]), (4, ["C", "P"]), (5, ["D", ""])],
    ),
    (
        "one after the other",
        [["parent", "id"], ["P", "A"], [None, "B"], ["Q", "C"], [None, "D"]],
        ["A4:A5", "A2:A3"],
        [(1, ["parent", "id"]), (2, ["P", "A"]), (3, ["P", "B"]), (4, ["Q", "C"]), (5, ["Q", "D"])],
    ),
    (
        "several columns",
        [["id", "note", "more"], ["A", "N"], ["B"]],
        ["B2:C3"],
        [(1, ["id", "note", "more"]), (2, ["A", "N", ""]), (3, ["B", "N", ""])],
    ),
    (
        "an empty cell, and cells side by side",
        [["id", "note"], ["A"], ["B"], ["wide"]],
        ["B2:B3", "A4:B4"],
        [(1, ["id", "note"]), (2, ["A", ""]), (3, ["B", ""]), (4, ["wide", ""])],
    ),
    (
        "a whole row, far down",
        [["id", "note"], ["A", "N"]],
        ["A2:A9999", "B2:B9999"],
        [(1, ["id", "note"]), (2, ["A", "N"])],
    ),
    (
        "a header over two rows",
        [["id", "Owner"], [None, "name", "team"], ["A", "N", "T"]],
        ["A1:A2", "B1:C1"],
        [(2, ["id", "name", "team"]), (3, ["A", "N", "T"])],
    ),
]


@pytest.mark.parametrize(
    ("rows", "ranges", "expected"), [item[1:] for item in MERGED], ids=[item[0] for item in MERGED]
)
def test_merged_cells_are_filled_down(
    rows: list[list[Any]], ranges: list[str], expected: list[tuple[int, list[str]]]
) -> None:
    """Each row that merged cells cover has their text; a row with nothing else is no row."""
    assert read(merged(*rows, ranges=ranges), header=expected[0][0]) == expected


def test_merged_cells_count_as_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is merged far to the right over many rows is refused like that many cells."""
    rows: list[list[Any]] = [["id"], ["A", *[None] * 98, "far"], *(["B"] for _ in range(20))]
    monkeypatch.setattr(workbook, "MAX_CELLS", 1000)
    [(place, _)] = faults(merged(*rows, ranges=["CV2:CV22"]))
    assert place == "row 11"


def test_a_sheet_can_be_named() -> None:
    """The first sheet is read unless another is named."""
    content = book(["id"], ["A"], Second=[["id"], ["B"]])
    assert read(content)[1] == (2, ["A"])
    assert read(content, sheet="Second")[1] == (2, ["B"])
    assert faults(content, sheet="Secnd") == [("", "there is no sheet 'Secnd'; did you mean 'Second'?")]
    assert faults(content, sheet="?") == [("", "there is no sheet '?'; its sheets are: 'First', 'Second'")]
    assert faults("id\n", sheet="Second") == [("", "is not a workbook, so it has no sheet 'Second'")]


def test_a_sheet_without_cells_is_refused() -> None:
    """An empty sheet has no header, and a workbook may have no sheet of cells at all."""
    assert faults(book()) == [("", "empty; a header row is required")]
    assert faults(book(["# ours"])) == [("", "empty; a header row is required")]
    assert faults(with_part(book(["id"]), SHEET, None)) == [("", "the workbook has no sheet of cells")]


def test_what_only_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    """Other archives, damaged ones and old formats are refused with advice."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    [(path, problem)] = faults(other.getvalue())
    assert path == ""
    assert problem.startswith("cannot be read as a workbook: ")
    assert faults(b"PK\x03\x04\x14") == [
        ("", "is not a workbook, or is damaged: 'File is not a zip file'; save it again as .xlsx")
    ]
    whole = book(["id"])
    [(_, problem)] = faults(whole[:60] + b"\0\0\0\0\0\0\0\0" + whole[68:])
    assert problem.startswith("is not a workbook, or is damaged: ")
    # Without some bytes at its beginning, the archive has its first part before its beginning.
    [(_, problem)] = faults(whole[:4] + whole[204:])
    assert problem == "is not a workbook, or is damaged: 'negative seek value -200'; save it again as .xlsx"
    old = "is a workbook in an old format or with a password; save it as .xlsx without a password, or as CSV"
    file = tmp_path / "old.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert faults(file) == [("", old)]


@pytest.mark.parametrize(
    "data",
    [b' <!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>', '<?xml version="1.0" encoding="utf-16"?><x/>'.encode("utf-16")],
    ids=["entities", "another encoding"],
)
def test_entities_are_refused(data: bytes) -> None:
    """A part may not define entities, nor hide them in another encoding."""
    content = with_part(book(["id"]), SHEET, data)
    assert faults(content) == [("", f"the part '{SHEET}' is not XML as workbooks have it")]


def test_sizes_are_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file, its parts when unpacked, and the number of cells have limits."""
    content = book(["id"], *(["A"] for _ in range(2000)))
    file = tmp_path / "own.xlsx"
    file.write_bytes(content)
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "MAX_UNPACKED_SIZE", 2**14)
        assert faults(content) == [("", "larger than 0 MiB when unpacked")]
        patch.setattr(workbook, "MAX_FILE_SIZE", 2**10)
        assert faults(content) == [("", "larger than 0 MiB")]
        assert faults(file) == [("", "larger than 0 MiB")]
    assert len(list(TableReader(file, "own.xlsx").rows())) == 2000
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "MAX_CELLS", 1000)
        advice = "more than 1,048,576 rows or 1,000 cells up to here; remove the cells that are far from the table"
        assert faults(content) == [("row 1001", advice)]


def test_a_far_cell_or_row_costs_nothing() -> None:
    """The stated size of a sheet is not believed, and a row beyond the last possible one is refused."""
    content = changed(book(["id"], ["A"]), SHEET, b'<dimension ref="A1:A2" />', b'<dimension ref="A1:XFD1048576" />')
    assert read(content) == [(1, ["id"]), (2, ["A"])]
    far = changed(book(["id"], ["A"]), SHEET, b'<row r="2"><c r="A2"', b'<row r="2000000000"><c r="A2000000000"')
    [(place, _)] = faults(far)
    assert place == "row 1048577"


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openpyxl, the error names the extra."""
    content = book(["id"])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r"aicop\[xlsx\]"):
        read(content)


def test_every_reader_of_tables_reads_workbooks(tmp_path: Path) -> None:
    """Frameworks and mappings are the same from CSV and from a workbook, whatever the file is called."""
    rows = [line.split("\t") for line in GOOD.splitlines()]
    file = tmp_path / FILE
    file.write_bytes(book(*rows))
    assert mappings.loads(file, FILE, frameworks=OWN) == RECORDS
    assert mappings.loads(file.read_bytes(), FILE, frameworks=OWN) == RECORDS
    content = book(["id", "kind", "cost"], ["A", "control", 5.0], Other=[["id", "kind"], ["B", "control"]])
    found = frameworks.loads(content, "own.xlsx", **FACTS)
    assert found == frameworks.loads("id,kind,cost\nA,control,5\n", "own.csv", **FACTS)
    assert list(map(str, frameworks.loads(content, "own.xlsx", sheet="Other", **FACTS))) == ["own@2026:B"]
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads(book(["id", "kind"], [], ["A"]), "own.xlsx", **FACTS)
    assert caught.value.faults == (Fault("own.xlsx", "row 3, column 'kind'", "this field is missing"),)
