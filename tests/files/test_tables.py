"""Tables as people and spreadsheets save them."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from aicop.errors import Fault, InvalidDocument
from aicop.files import tables
from aicop.files.tables import TableReader
from aicop.frameworks import loads as own_framework
from aicop.mappings import loads
from tests.mappings.examples import FILE, GOOD, OWN, RECORDS, as_faults, faults, same, table
from tests.schema.test_check_table import table_faults


def test_an_open_quote_in_csv_is_reported() -> None:
    """An open quote is a fault at the line where parsing stopped."""
    assert table_faults('id,kind\n"a,b\n', "own.csv") == [("line 2", "not a table: unexpected end of data")]


@pytest.mark.parametrize("file", ["own.csv", "own.tsv"])
def test_quotes_are_parsed_in_csv(file: str) -> None:
    """Quotes are parsed if the separator is a comma, whatever the file name."""
    content = table({"rationale": '"Why, or ""why not""."'}, delimiter=",")
    assert loads(content, file, frameworks=OWN) == (same(rationale='Why, or "why not".', set=file),)


def test_quotes_are_text_in_tsv() -> None:
    """In TSV, quotes are plain characters."""
    content = table({"rationale": '"Why, or "not'})
    assert loads(content, FILE, frameworks=OWN) == (same(rationale='"Why, or "not'),)


def test_comments_at_the_top_are_skipped() -> None:
    """Comments before the header are skipped, and count as lines."""
    assert loads(f"# One\n#two\tthree\n{GOOD}", FILE, frameworks=OWN) == RECORDS
    content = f"# One\n# Two\n{table({}, {'source': 'a:Q'})}"
    assert faults(content) == as_faults([("line 5, column 'source'", "'a:Q': a@1 has no 'Q'.")])


UNREADABLE: list[tuple[str, bytes | str, str, tuple[str, str]]] = [
    ("UTF-16", table({}).encode("utf-16"), FILE, ("", "looks like UTF-16; save it as UTF-8")),
    (
        "UTF-16, the other way round",
        codecs.BOM_UTF16_BE + table({}).encode("utf-16-be"),
        FILE,
        ("", "looks like UTF-16; save it as UTF-8"),
    ),
    (
        "Latin-1",
        f"# Ours\n{table({}, {'rationale': 'ä'})}".encode("latin-1"),
        FILE,
        ("line 4", "byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ),
    (
        "Latin-1 behind a byte order mark",
        codecs.BOM_UTF8 + "# ä\n".encode("latin-1"),
        FILE,
        ("line 1", "byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ),
    (
        "Latin-1 with lines as old Macs end them",
        f"# Ours\n{table({}, {'rationale': 'ä'})}".replace("\n", "\r").encode("latin-1"),
        FILE,
        ("line 4", "byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ),
    ("empty bytes", b"", FILE, ("", "empty; a header row is required")),
    ("empty text", "", FILE, ("", "empty; a header row is required")),
    ("nothing but a byte order mark", codecs.BOM_UTF8, FILE, ("", "empty; a header row is required")),
    ("nothing but comments", "# One\n# Two", FILE, ("", "empty; a header row is required")),
    (
        "an open quote",
        "# Ours\n" + table({}, {"rationale": '"Why.'}, delimiter=","),
        "own.csv",
        ("line 4", "not a table: unexpected end of data"),
    ),
    (
        "more behind a quote",
        "# Ours\n" + table({}, {"rationale": '"Why" not.'}, delimiter=","),
        "own.csv",
        ("line 4", "not a table: ',' expected after '\"'"),
    ),
]


@pytest.mark.parametrize(
    ("content", "file", "expected"), [item[1:] for item in UNREADABLE], ids=[item[0] for item in UNREADABLE]
)
def test_an_invalid_table_is_refused(content: bytes | str, file: str, expected: tuple[str, str]) -> None:
    """The fault has the line where parsing stopped, with comments counted."""
    assert faults(content, file) == as_faults([expected], file)


def test_a_cell_over_two_lines_does_not_move_the_lines_below() -> None:
    """A row is named by its last line, so that cells of several lines do not shift the rest."""
    content = table({"rationale": '"One\ntwo"'}, {"source": "a:Q"}, delimiter=",")
    assert [fault.path for fault in faults(content, "own.csv")] == [
        "line 3, column 'rationale'",
        "line 4, column 'source'",
    ]


def test_users_tables_are_read_as_spreadsheets_save_them() -> None:
    """Semicolons, empty columns and rows at the end, and short lines are accepted."""
    usual = loads(table({}), FILE, frameworks=OWN)
    rows = table({}, delimiter=";").splitlines()
    saved = "\ufeff" + "".join(f"{line};;\r\n" for line in rows) + ";;;;;;;;\r\n"
    assert loads(saved, FILE, frameworks=OWN) == usual
    header, line = table({"remainder": ""}, delimiter=";").splitlines()
    assert loads(f"{header}\n{line.rstrip(';')}\n", FILE, frameworks=OWN) == usual
    framework = own_framework("id;kind;title;\nA;control\n;;;\n", "own.csv", framework="o", edition="1", title="O")
    assert [(str(one.id), one.kind, one.title) for one in framework.controls] == [("o@1:A", "control", None)]


def read(content: str, **how: Any) -> list[tuple[int, list[str] | Fault]]:  # noqa: ANN401 -- how a table is read
    """Return the header and rows of a table, each with its line number."""
    reader = TableReader(content, "x.csv", **how)
    return [(reader.lines_before + 1, reader.header), *reader.rows()]


HEADERS: list[tuple[str, str, int, list[tuple[int, list[str]]]]] = [
    ("below a title", "Ours; of 2026\n\nid,note\na,b\n", 3, [(3, ["id", "note"]), (4, ["a", "b"])]),
    ("below a comment", "# Ours\nid,note\n", 2, [(2, ["id", "note"])]),
    ("below a separator", "sep=;\nOurs\nid;a,b,c\n", 3, [(3, ["id", "a,b,c"])]),
    ("that begins with #", "#,note\n1,b\n", 1, [(1, ["#", "note"]), (2, ["1", "b"])]),
]


@pytest.mark.parametrize(("content", "header", "expected"), [item[1:] for item in HEADERS], ids=[i[0] for i in HEADERS])
def test_the_line_of_the_header_can_be_stated(content: str, header: int, expected: list[tuple[int, list[str]]]) -> None:
    """What is above the header is not read."""
    assert read(content, header=header) == expected


def test_a_header_must_exist() -> None:
    """A line after the last one is no header."""
    with pytest.raises(InvalidDocument) as caught:
        read("id\n", header=9)
    assert caught.value.faults == (
        Fault(
            "x.csv", "line 9", "this line is to be the header, but is empty; the file ends with line 1; correct header"
        ),
    )


DIALECTS = {
    "commas": "id,note\na,b\n",
    "semicolons": "id;note\na;b\n",
    "tabs": "id\tnote\na\tb\n",
    "no end of the last line": "id,note\na,b",
    "lines of Windows": "id,note\r\na,b\r\n",
    "a byte order mark": "\ufeffid,note\na,b\n",
    "empty columns at the end": "id,note,,\na,b,,\n",
    "quotes": '"id","note"\n"a","b"\n',
}


@pytest.mark.parametrize("content", DIALECTS.values(), ids=DIALECTS.keys())
def test_every_dialect_gives_the_same_rows(content: str) -> None:
    """Separators, line ends, quotes and byte order marks make no difference."""
    assert read(content) == [(1, ["id", "note"]), (2, ["a", "b"])]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("sep=;\nid;note\na;b\n", [(2, ["id", "note"]), (3, ["a", "b"])]),
        ("sep=|\nid|note, or none\na|b\n", [(2, ["id", "note, or none"]), (3, ["a", "b"])]),
        ("# x;y;z\nsep=,\n# y\nid,note\na,b\n", [(4, ["id", "note"]), (5, ["a", "b"])]),
        ("# one\n#\nid;note\na;b\n", [(3, ["id", "note"]), (4, ["a", "b"])]),
        ('id;"note, if any, or not"\na;b\n', [(1, ["id", "note, if any, or not"]), (2, ["a", "b"])]),
        ("id,note\na\n,\n\nc,d\n", [(1, ["id", "note"]), (2, ["a", ""]), (5, ["c", "d"])]),
        ("id,note\na,b\n# c,d\n", [(1, ["id", "note"]), (2, ["a", "b"]), (3, ["# c", "d"])]),
    ],
    ids=[
        "sep",
        "sep of another sign",
        "sep among comments",
        "comments",
        "a comma in a header",
        "missing cells",
        "no comment",
    ],
)
def test_separator_lines_comments_and_short_lines_are_read(content: str, expected: list[tuple[int, list[str]]]) -> None:
    """A line that names the separator, comments before the header, and short lines are understood."""
    assert read(content) == expected


def test_a_truncated_line_is_not_padded() -> None:
    """A short last line without a line end is taken for a truncated file."""
    assert read("id,kind,title\na,b") == [(1, ["id", "kind", "title"]), (2, ["a", "b"])]
    assert read("id,kind,title\na,b\n")[1] == (2, ["a", "b", ""])


@pytest.mark.parametrize(
    ("cell", "expected"), [('"0,7"', "0.7"), ("0.7", "0.7"), ('"1,000,000"', "1,000,000"), ("x", "x"), ('",7"', ",7")]
)
def test_a_decimal_comma_is_read_in_the_columns_of_numbers(cell: str, expected: str) -> None:
    """A decimal comma is read in numeric columns only, quoted or not."""
    reader = TableReader(f"id,share\n{cell},{cell}\n", "x.csv", decimals=["share"])
    [(_, cells)] = reader.rows_by_column()
    assert isinstance(cells, dict)
    assert (cells["share"], cells["id"]) == (expected, cell.strip('"'))


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), min_size=3, max_size=3), min_size=1
    ),
    st.sampled_from(",;"),
)
def test_whatever_csv_writes_is_read_back(rows: list[list[str]], separator: str) -> None:
    """Any printable text that the csv module writes is restored, with either separator."""
    out = io.StringIO()
    # The header has the separator, by which the dialect is recognised.
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows([["a", "b", "c"], *rows])
    assert [row for _, row in read(out.getvalue())[1:]] == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id\tkind\ttitle\nA,control,One\n", "separated by commas, but the header by tabs"),
        ("id,kind,title\nA\tcontrol\tOne\n", "separated by tabs, but the header by commas"),
        ("sep=|\nid|kind|title\nA;control;One\n", "separated by semicolons, but the header by '|'"),
    ],
)
def test_another_separator_below_the_header_is_named(text: str, said: str) -> None:
    """A first row that is a single cell, and has the columns of the header by another separator, is explained."""
    with pytest.raises(InvalidDocument) as caught:
        list(TableReader(text, "own.csv").rows())
    [fault] = caught.value.faults
    assert said in fault.problem


@pytest.mark.parametrize("text", ["id,kind\nA;b\n", "id\tkind\ttitle\nA, b\n", "id,kind,title\nA\n", "id,kind,title\n"])
def test_a_short_first_row_is_no_other_separator(text: str) -> None:
    """A single cell with fewer separators is the beginning of a row."""
    assert [len(row) for _, row in TableReader(text, "own.csv").rows() if isinstance(row, list)] in ([2], [3], [])


@pytest.mark.parametrize(
    ("header", "said"), [(2, "set header = 3, the next row with text"), (9, "row 4; correct header")]
)
def test_an_empty_row_is_not_the_header_of_a_workbook(header: int, said: str) -> None:
    """If the row that is to be the header is empty, the next one is proposed, or the last one named."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (["Title"], [], ["id", "kind"], ["A", "x"]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(InvalidDocument) as caught:
        TableReader(stream.getvalue(), "own.xlsx", header=header)
    assert caught.value.faults[0].problem.endswith(said)


def test_a_row_of_endless_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row whose cells have line breaks may be as long as a line, and rows together may be longer."""
    monkeypatch.setattr(tables, "MAX_LINE_LENGTH", 100)
    assert len(read("a,b\n" + "1,2\n" * 100)) == 101
    with pytest.raises(InvalidDocument) as caught:
        read("a,b\n" + '"1\n2","3\n4"\n' * 10 + ",".join(['"x\ny"'] * 30))
    assert str(caught.value.faults[0]) == (
        "x.csv: line 48: not a table: a row is longer than 100 characters; close its quotation marks"
    )
