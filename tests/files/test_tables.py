"""Tables as people and spreadsheets save them."""

from __future__ import annotations

import codecs

import pytest

from aicop.frameworks import loads as own_framework
from aicop.mappings import loads
from tests.mappings.examples import FILE, GOOD, OWN, RECORDS, faults, same, table, told
from tests.schema.test_check import table_faults


def test_an_open_quote_in_a_csv_is_told() -> None:
    """The line is where the reader gave up."""
    assert table_faults('id,kind\n"a,b\n', "own.csv") == [("line 2", "not a table: unexpected end of data")]


@pytest.mark.parametrize("file", ["own.csv", "OWN.CSV"])
def test_a_csv_is_told_by_its_name(file: str) -> None:
    """In it a quotation mark quotes."""
    content = table({"comment": '"Why, or ""why not""."'}, delimiter=",")
    assert loads(content, file, frameworks=OWN) == (same(rationale='Why, or "why not".', set=file),)


def test_in_a_tsv_a_quotation_mark_is_a_character() -> None:
    """However it stands."""
    content = table({"comment": '"Why, or "not'})
    assert loads(content, FILE, frameworks=OWN) == (same(rationale='"Why, or "not'),)


def test_comments_stand_at_the_top() -> None:
    """They are not read, and they are counted."""
    assert loads(f"# One\n#two\tthree\n{GOOD}", FILE, frameworks=OWN) == RECORDS
    content = f"# One\n# Two\n{table({}, {'subject_id': 'a:Q'})}"
    assert faults(content) == told([("line 5, column 'subject_id'", "'a:Q': a@1 has no 'Q'.")])


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
        f"# Ours\n{table({}, {'comment': 'ä'})}".encode("latin-1"),
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
        f"# Ours\n{table({}, {'comment': 'ä'})}".replace("\n", "\r").encode("latin-1"),
        FILE,
        ("line 4", "byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ),
    ("empty bytes", b"", FILE, ("", "empty; a header row is needed")),
    ("empty text", "", FILE, ("", "empty; a header row is needed")),
    ("nothing but a byte order mark", codecs.BOM_UTF8, FILE, ("", "empty; a header row is needed")),
    ("nothing but comments", "# One\n# Two", FILE, ("", "empty; a header row is needed")),
    (
        "an open quote",
        "# Ours\n" + table({}, {"comment": '"Why.'}, delimiter=","),
        "own.csv",
        ("line 4", "not a table: unexpected end of data"),
    ),
    (
        "more behind a quote",
        "# Ours\n" + table({}, {"comment": '"Why" not.'}, delimiter=","),
        "own.csv",
        ("line 4", "not a table: ',' expected after '\"'"),
    ),
    (
        "an endless cell",
        table({"comment": "x" * 2**18}),
        FILE,
        ("line 2", "not a table: field larger than field limit (131072)"),
    ),
]


@pytest.mark.parametrize(
    ("content", "file", "expected"), [item[1:] for item in UNREADABLE], ids=[item[0] for item in UNREADABLE]
)
def test_what_is_no_table_is_refused(content: bytes | str, file: str, expected: tuple[str, str]) -> None:
    """With the line where reading stopped, comments counted."""
    assert faults(content, file) == told([expected], file)


def test_a_cell_over_two_lines_does_not_move_the_lines_below() -> None:
    """A row is named by its last line."""
    content = table({"comment": '"One\ntwo"'}, {"subject_id": "a:Q"}, delimiter=",")
    assert [fault.path for fault in faults(content, "own.csv")] == [
        "line 3, column 'comment'",
        "line 4, column 'subject_id'",
    ]


def test_a_table_of_ones_own_is_read_as_spreadsheets_save_it() -> None:
    """Semicolons, empty columns and rows at the end, and no separators for the empty cells at the end of a line."""
    usual = loads(table({}), FILE, frameworks=OWN)
    rows = table({}, delimiter=";").splitlines()
    saved = "\ufeff" + "".join(f"{line};;\r\n" for line in rows) + ";;;;;;;;\r\n"
    assert loads(saved, FILE, frameworks=OWN) == usual
    header, line = table({"remainder": ""}, delimiter=";").splitlines()
    assert loads(f"{header}\n{line.rstrip(';')}\n", FILE, frameworks=OWN) == usual
    framework = own_framework("id;kind;title;\nA;control\n;;;\n", "own.csv", framework="o", edition="1", title="O")
    assert [(str(one.id), one.kind, one.title) for one in framework.controls] == [("o@1:A", "control", None)]
