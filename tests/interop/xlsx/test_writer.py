"""The contents of a workbook, read without a library for XLSX."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from html import unescape
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings

from aicop import frameworks
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import MissingExtra
from aicop.interop import worksheets as sheets
from aicop.interop.columns import STATUSES, WORK, Column
from aicop.interop.worksheets import Table
from aicop.interop.xlsx import FORMAT, MAX_CELL_LENGTH, dumps, writer
from aicop.vocabulary import Predicate
from tests.examples import A, B, row
from tests.interop import generated
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop import Catalogue

Cell = str | int | None

SMALL = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "subset-of", B.key("X-1"), strength=10, rationale="=cmd", date="2026-02"),
        row(A.key("X-2"), "intersects-with", B.key("Y-2"), strength=3, remainder="'the rest'"),
        row(A.key("Y-2"), "nothing-found", None, searched=B.id),
    ],
    A,
    B,
)


class Book:
    """A workbook, parsed."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = [unescape(name) for name in re.findall(r'<sheet name="([^"]*)"', self.text("xl/workbook.xml"))]
        shared = "xl/sharedStrings.xml"
        text = self.text(shared) if shared in self.archive.namelist() else ""
        items = re.findall(r"<si><t[^>]*>(.*?)</t></si>", text, re.DOTALL)
        self._strings = [unescape(item) for item in items]

    def text(self, name: str) -> str:
        """Return a part of the archive."""
        return self.archive.read(name).decode()

    def xml(self, sheet: str) -> str:
        """Return the XML of a sheet."""
        return self.text(f"xl/worksheets/sheet{self.names.index(sheet) + 1}.xml")

    def rows(self, sheet: str) -> list[list[Cell]]:
        """Return the cells of a sheet: text, numbers and formulas; a row without cells is empty."""
        found: list[list[Cell]] = []
        for number, line in re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', self.xml(sheet), re.DOTALL):
            # Rows without cells are absent from the XML.
            found += ([] for _ in range(int(number) - len(found)))
            for column, more, inner in re.findall(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', line, re.DOTALL):
                place = ord(column) - ord("A")
                found[-1] += [None] * (place - len(found[-1]))
                found[-1].append(self._cell(more, inner))
        return found

    def _cell(self, more: str, inner: str) -> Cell:
        if formula := re.search(r"<f>(.*?)</f>", inner):
            return f"={unescape(formula[1])}"
        value = re.search(r"<v>(.*?)</v>", inner)
        if value is None:
            return None
        return self._strings[int(value[1])] if 't="s"' in more else int(value[1])

    def look(self, sheet: str, cell: str) -> str:
        """Return the format of a cell."""
        formats = re.findall(r"<xf .*?(?:/>|</xf>)", self.text("xl/styles.xml").partition("<cellXfs")[2])
        match = re.search(rf'<c r="{cell}" s="(\d+)"', self.xml(sheet))
        assert match is not None
        return str(formats[int(match[1])])


def lined(book: Book) -> str:
    """Return a workbook as text: a heading per sheet, and a line per row with tabs between cells."""
    parts = []
    for name in book.names:
        lines = ["\t".join("" if cell is None else str(cell) for cell in line).rstrip() for line in book.rows(name)]
        parts.append("\n".join([f"[{name}]", *lines]))
    return "\n\n".join(parts) + "\n"


def filled(table: Table) -> list[list[Cell]]:
    """
    Return the expected cells of a table's sheet, without the empty cells at the end of a line.

    Keys are shown without their edition, which all keys of a column share; hidden columns at the end have the full keys.
    """
    keys = [
        place
        for place, column in enumerate(table.columns)
        if column.is_key and any(line[place] is not None for line in table.rows)
    ]
    headings = [*table.headings, *(f"{table.headings[place]}, in full" for place in keys)]
    lines: list[list[Cell]] = [list(headings)]
    for line in table.rows:
        full = [line[place] for place in keys]
        short = [str(cell).partition(":")[2] if place in keys and cell else cell for place, cell in enumerate(line)]
        lines.append([*short, *full])
    return stripped(lines)


def stripped(lines: list[list[Cell]]) -> list[list[Cell]]:
    """Return the lines without the empty cells at their ends."""
    return [
        line[: len(line) - next((i for i, cell in enumerate(reversed(line)) if cell is not None), 0)] for line in lines
    ]


def one(*lines: Sequence[Cell], columns: Sequence[Column | str] = ("a", "b"), name: str = "T") -> Table:
    """Return a table of these rows."""
    return Table(name=name, columns=columns, rows=map(tuple, lines))


@pytest.mark.parametrize("name", ["edition", "framework", "crosswalk"])
def test_a_workbook_matches_its_snapshot(name: str, mini: Catalogue) -> None:
    """Cells are as before; bytes depend on the library that writes them."""
    items: dict[str, Any] = {"edition": mini, "framework": A, "crosswalk": SMALL}
    same_as_snapshot(f"xlsx-{name}.txt", lined(Book(dumps(items[name]))))


def looked_up(sheet: str, column: str, row: int) -> str:
    """Return the formula that looks up what is filled in for a row's key on another sheet."""
    cell = f"INDEX('{sheet}'!${column}:${column},MATCH($A{row},'{sheet}'!$A:$A,0))"
    return f'=IF({cell}="","",{cell})'


def test_an_edition_has_a_sheet_for_each_principle(mini: Catalogue) -> None:
    """A further sheet lists all statements and looks up what is filled in on the others."""
    book = Book(dumps(mini))
    assert book.names == ["About", "Columns", "Checklist", "P1", "P2", "Responsibilities"]
    for number in (1, 2):
        expected = filled(sheets.checklist(mini, principle=number))
        assert stripped(book.rows(f"P{number}")) == expected
    whole = book.rows("Checklist")
    assert [line[:9] for line in whole] == [[*line, *[None] * 9][:9] for line in filled(sheets.checklist(mini))]
    assert [line[9] for line in whole[1:]] == [
        looked_up(sheet, "J", row) for row, sheet in enumerate(["P1"] * 4 + ["P2"] * 2, start=2)
    ]
    assert whole[6][12] == looked_up("P2", "M", 7)


def test_the_code_has_thirteen_sheets_of_principles(code: Catalogue) -> None:
    """The sheet of all statements has those of the thirteen sheets, in their order."""
    book = Book(dumps(code))
    assert book.names == [
        "About",
        "Columns",
        "Checklist",
        *(f"P{number}" for number in range(1, 14)),
        "Responsibilities",
    ]
    keys = [line[0] for number in range(1, 14) for line in book.rows(f"P{number}")[1:]]
    whole = book.rows("Checklist")[1:]
    assert [line[0] for line in whole] == keys
    assert len(keys) == 88
    for number, line in enumerate(whole, start=2):
        (sheet,) = {name for name in book.names[3:] if f"'{name}'!" in str(line[9])}
        assert line[9] == looked_up(sheet, "J", number)
        assert line[0] in {other[0] for other in book.rows(sheet)}


def test_a_cover_describes_the_workbook(mini: Catalogue) -> None:
    """The cover has the facts, the form of keys and the title of each sheet."""
    table = sheets.checklist(mini)
    assert Book(dumps(mini)).rows("About") == [
        *(list(fact) for fact in table.about),
        ["Keys", "Shown without their edition, mini-code@1. Hidden columns on the right hold the full keys."],
        [],
        ["Sheets"],
        ["Columns", "What the columns of the other sheets mean"],
        ["Checklist", "All 6 statements, with what is filled in on the sheets below"],
        ["P1", "Principle 1: Begin well (4 statements)"],
        ["P2", "Principle 2: End well (2 statements)"],
        ["Responsibilities", "Provisions by roles (5 provisions)"],
    ]


def test_a_crosswalk_has_its_tables_and_both_sides() -> None:
    """A crosswalk has its tables and both frameworks, or one if it is mapped to itself."""
    book = Book(dumps(SMALL))
    assert book.names == ["About", "Columns", "Mappings", "Coverage", "Gaps", "a@1", "b@1"]
    tables = [
        sheets.mappings(SMALL),
        sheets.coverage(SMALL),
        sheets.gaps(SMALL),
        sheets.controls(A),
        sheets.controls(B),
    ]
    for name, table in zip(book.names[2:], tables, strict=True):
        assert stripped(book.rows(name)) == filled(table)
    assert book.rows("About")[-9:] == [
        ["Keys", "Shown without their edition, a@1 or b@1. Hidden columns on the right hold the full keys."],
        [],
        ["Sheets"],
        ["Columns", "What the columns of the other sheets mean"],
        ["Mappings", "Mappings, each with its rationale (3 rows)"],
        ["Coverage", "Coverage: how much of the source the target covers"],
        ["Gaps", "Gaps: what the target does not cover (4 items)"],
        ["a@1", "Framework a (7 elements)"],
        ["b@1", "Framework b (7 elements)"],
    ]
    own = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", A.key("X-2"))], A, A)
    assert Book(dumps(own)).names == ["About", "Columns", "Mappings", "Coverage", "Gaps", "a@1"]


def test_the_coverage_of_a_crosswalk_names_its_denominator() -> None:
    """The denominator is on the cover, and the counts add up to it."""
    book = Book(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    (text,) = (line[1] for line in book.rows("About") if line and line[0] == "Coverage" and "mapped to" in str(line[1]))
    assert str(text).startswith("72 provisions and sub-provisions of uk-ai-cop@2025-01, mapped to iso-iec-42001@2023: ")
    counts = [line[1] for line in book.rows("Coverage")[1:]]
    assert sum(count for count in counts if isinstance(count, int)) == 72


@given(generated.crosswalks())
@settings(max_examples=25)
def test_every_claim_is_in_its_sheet(item: Crosswalk) -> None:
    """Every claim is in the sheet with its text unchanged, whatever it begins with."""
    book = Book(dumps(item))
    assert stripped(book.rows("Mappings")) == filled(sheets.mappings(item))
    assert book.names[:5] == ["About", "Columns", "Mappings", "Coverage", "Gaps"]


@given(generated.frameworks())
@settings(max_examples=25)
def test_every_element_is_in_its_sheet(item: Any) -> None:  # noqa: ANN401 -- a framework
    """Every element is in the sheet, and the framework's facts are on the cover."""
    book = Book(dumps(item))
    assert stripped(book.rows("Controls")) == filled(sheets.controls(item))
    assert book.rows("About")[: len(sheets.controls(item).about)] == [
        list(fact) for fact in sheets.controls(item).about
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "'=1", "'tis", "5.10", "\t=1", "1 of 2"])
def test_text_stays_text_when_somebody_edits_it(text: str) -> None:
    """Text that looks like a formula or number is marked as text, so that editing does not change it."""
    book = Book(dumps(one((text, "x"))))
    assert book.rows("T")[1] == [text, "x"]
    assert 'quotePrefix="1"' in book.look("T", "A2")
    assert 'quotePrefix="1"' not in book.look("T", "B2")


@pytest.mark.parametrize(
    "text", ["https://example.org", "mailto:a@b.c", "internal:T!A1", "=HYPERLINK(1)", "{=1}", "1", "TRUE", "<b>&amp;"]
)
def test_no_data_becomes_a_link_a_formula_or_a_number(text: str) -> None:
    """Rows, headers, cover and explanations contain no formulas or hyperlinks from data."""
    explained = Column(name=text, explanation=text, values=[(text, text)], is_key=True)
    table = attrs.evolve(one((text, 3), columns=(explained, "b")), about=[("Title", text), (text, text)])
    book = Book(dumps(table))
    assert book.rows("T")[1][:2] in ([text, 3], [text.partition(":")[2], 3])
    everything = "".join(book.text(name) for name in book.archive.namelist() if name.endswith((".xml", ".rels")))
    assert "<f>" not in everything
    assert "<hyperlink" not in everything
    assert "/hyperlink" not in everything


def test_a_sheet_is_set_up_for_work() -> None:
    """A sheet has a frozen and repeated header, a filter, a list of choices and landscape pages."""
    columns = ("Key", *WORK)
    book = Book(
        dumps(attrs.evolve(one(("k", None, "seen", None, None), ("l",) + (None,) * 4, columns=columns), name="C"))
    )
    xml = book.xml("C")
    assert '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>' in xml
    assert '<autoFilter ref="A1:E3"/>' in xml
    assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in xml
    assert '<pageSetUpPr fitToPage="1"/>' in xml
    assert "<oddHeader>&amp;L&amp;BC&amp;R</oddHeader>" in xml
    assert "<oddFooter>&amp;LC&amp;RPage &amp;P of &amp;N</oddFooter>" in xml
    assert '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="B2:B3">' in xml
    assert f'<formula1>"{",".join(STATUSES)}"</formula1>' in xml
    assert '<ignoredError sqref="A1:XFD3" numberStoredAsText="1"/>' in xml
    assert "'C'!$1:$1</definedName>" in book.text("xl/workbook.xml")
    assert book.rows("C")[1] == ["k", None, "seen", None, None]
    assert 'wrapText="1"' in book.look("C", "A2")
    assert book.look("C", "B2") == book.look("C", "E3")


def test_the_sheet_of_all_statements_is_not_filled_in(mini: Catalogue) -> None:
    """The list of choices is only on the sheets to be filled in."""
    book = Book(dumps(mini))
    assert "<dataValidation " not in book.xml("Checklist")
    assert "<dataValidation " in book.xml("P1")


def test_a_title_is_escaped_in_the_footer() -> None:
    """Ampersands in a footer are escaped, and long titles are cut."""
    titled = attrs.evolve(one(("x", "y")), about=[("Title", "R&D " + "x" * 300)])
    xml = Book(dumps(titled)).xml("T")
    match = re.search("<oddFooter>(.*)</oddFooter>", xml)
    assert match is not None
    assert unescape(match[1]) == "&LR&&D " + "x" * 96 + "…&RPage &P of &N"


def test_a_table_without_rows_has_its_header() -> None:
    """A table without rows has its header and no list of choices."""
    book = Book(dumps(one(columns=("Key", "Status"))))
    assert book.rows("T") == [["Key", "Status"]]
    assert "<dataValidation " not in book.xml("T")


def test_several_tables_are_sheets_beside_each_other() -> None:
    """Several tables are sheets, and their common facts are on the cover once."""
    tables = [
        attrs.evolve(one(("x", None)), about=[("Of", "m"), ("One", "1")]),
        attrs.evolve(one((None, 0), name="t"), about=[("Of", "m"), ("Two", "2")]),
    ]
    book = Book(dumps(tables))
    assert book.names == ["About", "T", "t 2"]
    assert book.rows("About")[:3] == [["Of", "m"], ["One", "1"], ["Two", "2"]]
    assert book.rows("t 2") == [["a", "b"], [None, 0]]
    assert Book(dumps([])).names == ["About"]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["a[b]:c*d?e/f\\g"], ["a-b--c-d-e-f-g"]),
        (["'quoted'", "", "  "], ["quoted", "Sheet", "Sheet 2"]),
        (["History", "about", "X", "x", "X"], ["History 2", "about 2", "X", "x 2", "X 3"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
        (["x" * 30 + "''" + "y"], ["x" * 30]),
        (["\U0001f512" * 20], ["\U0001f512" * 15]),
        (["a\x00b"], ["a-b"]),
    ],
)
def test_names_of_sheets_are_legal_and_unique(wanted: list[str], given: list[str]) -> None:
    """Names have at most 31 UTF-16 units, no forbidden characters, and differ in more than case."""
    assert Book(dumps([one(("x", "y"), name=name) for name in wanted])).names[1:] == given


def test_long_text_is_cut_and_marked() -> None:
    """Text beyond the limit of a cell is cut between characters, with a note."""
    long = "\U0001f512" * 20_000
    (cell,) = (str(line[0]) for line in Book(dumps(one((long, "x"), ("=" * MAX_CELL_LENGTH, "x")))).rows("T")[1:2])
    kept, _, note = cell.partition("…")
    assert note == " (cut; 20,000 characters in all)"
    assert set(kept) == {"\U0001f512"}
    assert MAX_CELL_LENGTH - 2 < len(cell.encode("utf-16-le")) // 2 <= MAX_CELL_LENGTH
    assert Book(dumps(one(("y" * MAX_CELL_LENGTH, "x")))).rows("T")[1][0] == "y" * MAX_CELL_LENGTH


def test_a_long_table_continues_on_another_sheet(monkeypatch: pytest.MonkeyPatch, mini: Catalogue) -> None:
    """The next sheet repeats the header, and look-ups still find their rows."""
    monkeypatch.setattr(writer, "MAX_ROWS", 4)
    book = Book(dumps(mini))
    assert book.names == [
        "About",
        "Columns",
        "Checklist",
        "Checklist 2",
        "P1",
        "P2",
        "Responsibilities",
        "Responsibilities 2",
    ]
    assert [len(book.rows(name)) for name in book.names[2:]] == [5, 3, 5, 3, 5, 2]
    assert [line[9] for line in book.rows("Checklist 2")] == [
        "Status",
        looked_up("P2", "J", 2),
        looked_up("P2", "J", 3),
    ]
    assert book.rows("About")[-5] == [
        "Checklist 2",
        "All 6 statements, with what is filled in on the sheets below, from row 5",
    ]


@pytest.mark.parametrize(
    ("item", "moment"),
    [
        (frameworks.load("uk-ai-cop"), "2025-01-31T00:00:00Z"),
        (SMALL, "2026-02-01T00:00:00Z"),
        (A, "1980-01-01T00:00:00Z"),
        (frameworks.load("nist-csf"), "2024-02-01T00:00:00Z"),
        (frameworks.load("google-saif"), "2025-01-01T00:00:00Z"),
    ],
    ids=["edition", "crosswalk", "undated", "month", "year"],
)
def test_a_workbook_is_as_old_as_its_data(item: Any, moment: str) -> None:  # noqa: ANN401 -- whatever is written
    """The dates in a workbook are those of its data and never the clock's."""
    book = Book(dumps(item))
    core = book.text("docProps/core.xml")
    assert re.findall(r"<dcterms:\w+ [^>]*>([^<]*)<", core) == [moment, moment]
    assert {file.date_time for file in book.archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_data_give_the_same_bytes() -> None:
    """The bytes do not depend on time zone or hash seed."""
    code = (
        "import sys; from aicop import load; from aicop.interop.xlsx import dumps; "
        "sys.stdout.buffer.write(dumps(load('uk-ai-cop')))"
    )

    def run(zone: str, seed: str) -> bytes:
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, env=environment).stdout  # noqa: S603 -- our own

    assert run("Asia/Tokyo", "1") == run("America/Lima", "2")


def test_without_xlsxwriter_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without XlsxWriter, the error names the extra and the package to install."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra) as caught:
        dumps(A)
    assert (caught.value.extra, caught.value.packages) == ("xlsx", "XlsxWriter")


def test_the_format_declares_what_it_holds() -> None:
    """XLSX needs an extra, holds every predicate, and is not read."""
    assert FORMAT.extra == "xlsx"
    assert FORMAT.reads == ()
    assert FORMAT.predicates == set(Predicate)


def test_an_empty_heading_and_an_invalid_date_are_written() -> None:
    """A user's table with an empty heading, an empty fact and an invalid date is written."""
    table = Table(name="t", columns=["", "b"], rows=[("x", "y")], about=[("Note", ""), ("Published", "9999-99")])
    assert dumps(table).startswith(b"PK")
