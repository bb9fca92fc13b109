"""Files of keys, as `aicop check` reads them."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from aicop.files.text import MAX_LINE_LENGTH
from tests.cli.runner import Run, write
from tests.files.test_workbook import book

if TYPE_CHECKING:
    from pathlib import Path


CHECKED = [
    ("keys.txt", "uk-ai-cop:5.4.1\r\n\n5.4.1\n", ()),
    ("keys.csv", "id,why\nuk-ai-cop:5.4.1,x\n5.4.1,y\n", ()),
    ("one.csv", "whatever\nuk-ai-cop:5.4.1\n5.4.1\n", ()),
    ("keys.tsv", "a\tkey\nx\tuk-ai-cop:5.4.1\ny\t5.4.1\n", ()),
    ("named.csv", "a,b\nx,uk-ai-cop:5.4.1\ny,5.4.1\n", ("--column", "b")),
    ("keys.json", '["uk-ai-cop:5.4.1", "5.4.1"]', ()),
    ("rows.json", '[{"key": "uk-ai-cop:5.4.1"}, {"key": "5.4.1"}]', ()),
    ("tags.json", '[{"tag": "uk-ai-cop:5.4.1"}, {"tag": "5.4.1"}]', ("--column", "tag")),
    ("json.txt", '["uk-ai-cop:5.4.1", "5.4.1"]', ("--input-format", "json")),
]


@pytest.mark.parametrize(("name", "content", "options"), CHECKED, ids=[row[0] for row in CHECKED])
def test_keys_are_checked_in_every_kind_of_file(
    aicop: Run, tmp_path: Path, name: str, content: str, options: tuple[str, ...]
) -> None:
    """Every file type gives one verdict per key with its reason, and exit code 1 as one key is ambiguous."""
    code, out, err = aicop("check", write(tmp_path, name, content), *options, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1
    assert [(row["key"], row["verdict"], row["id"]) for row in rows] == [
        ("uk-ai-cop:5.4.1", "known", "uk-ai-cop@2025-01:5.4.1"),
        ("5.4.1", "ambiguous", ""),
    ]
    assert "Nearest: uk-ai-cop@2025-01:5.4.1, " in rows[1]["reason"]
    assert err == "2 keys: 1 known, 1 unknown.\n"


def test_odd_cells_get_a_verdict(aicop: Run, tmp_path: Path) -> None:
    """Cells with anything in them are checked; empty ones are not keys."""
    rows = aicop.rows("check", write(tmp_path, "k.csv", "a,key\nx,\ny,\nz,=cmd()\nw,\x1b[31m\nv,@x\n"))
    assert [(row["place"], row["key"], row["verdict"]) for row in rows] == [
        ("line 4", "'=cmd()", "unreadable"),
        ("line 5", "\x1b[31m", "unreadable"),
        ("line 6", "'@x", "unreadable"),
    ]


def test_ten_megabytes_in_a_line_are_one_wrong_key(aicop: Run, tmp_path: Path) -> None:
    """A key of ten megabytes is unreadable, and its message stays short."""
    code, out, _ = aicop("check", write(tmp_path, "big.txt", "9." * 5_000_000), "--format", "json")
    [row] = json.loads(out)
    assert code == 1
    assert row["reason"] == "too long; a key has at most 200 characters."


REFUSED = [
    ("bad.json", b"[1, ", "line 1, column 5: not JSON: Expecting value"),
    ("object.json", b"{}", "must be a JSON list of keys, or of objects with keys"),
    ("number.json", b"[1.1]", "[0]: must be a key in quotes; use --column for another name"),
    ("field.json", b'[{"id": "x"}]', "[0]: must be text under 'key'; use --column for another name"),
    (
        "book.csv",
        b"PK\x03\x04\x14",
        "is not a workbook, or is damaged: 'File is not a zip file'; save it again as .xlsx",
    ),
    ("latin.txt", b"\xe9", "line 1: byte 0xe9 is not UTF-8; save the file as UTF-8"),
    ("two.csv", b"a,b\n", "line 1: there is no column key or id; choose one with --column: a, b"),
    ("quote.csv", b'key\n"a\n', "line 2: not a table: unexpected end of data"),
]


@pytest.mark.parametrize(("name", "content", "problem"), REFUSED, ids=[row[0] for row in REFUSED])
def test_unreadable_files_are_reported(aicop: Run, tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    """An unreadable file gives exit code 3, nothing on standard output, and the place on standard error."""
    file = write(tmp_path, name, content)
    code, out, err = aicop("check", file)
    assert (code, out) == (3, "")
    assert err == f"aicop: {file}: 1 error\n  {file}: {problem}\n"


def test_keys_of_a_workbook_are_read(aicop: Run, tmp_path: Path) -> None:
    """A workbook is read as a table, whatever it is called; the place of a key is its row."""
    content = book(["owner", "key"], ["IT", "uk-ai-cop:5.1"], [], ["HR", "uk-ai-cop:99.1"])
    for name in ("keys.xlsx", "keys.csv", "keys"):
        code, out, _ = aicop("check", write(tmp_path, name, content), "--format", "json")
        assert code == 1
        assert [(row["place"], row["key"]) for row in json.loads(out)] == [
            ("row 2", "uk-ai-cop:5.1"),
            ("row 4", "uk-ai-cop:99.1"),
        ]


def test_a_formula_without_a_value_is_a_fault(aicop: Run, tmp_path: Path) -> None:
    """A cell whose value is not stored may hold a key, so the file is refused, with the place of each such cell."""
    content = book(["owner", "key"], ["IT", "uk-ai-cop:5.1"], ["HR", "=A1"], ["HR", "=A2"])
    code, out, err = aicop("check", write(tmp_path, "keys.xlsx", content))
    assert (code, out) == (3, "")
    assert err.count("holds a formula whose value is not stored") == 2


def test_cells_of_mappings_are_checked(aicop: Run, tmp_path: Path) -> None:
    """Empty cells are skipped and counted, and each id of a joint cell is checked; an id may contain the sign itself."""
    content = b"id,title\nUK 5.1|UK 99.9,x\n,y\nacme:A|B,z\n"
    own = tmp_path / "frameworks" / "acme@1.csv"
    own.parent.mkdir()
    own.write_text("id,kind\nA|B,control\n")
    more = ("--library", str(tmp_path), "--format", "json")
    code, out, err = aicop("check", write(tmp_path, "keys.csv", content), *more)
    assert (code, [(row["key"], row["verdict"]) for row in json.loads(out)]) == (
        1,
        [("UK 5.1", "known"), ("UK 99.9", "no such number"), ("acme:A|B", "known")],
    )
    assert err == "Skipped 1 empty cell.\n3 keys: 2 known, 1 unknown.\n"


def test_an_unknown_column_is_reported(aicop: Run, tmp_path: Path) -> None:
    """An unknown column is reported with the columns that the file has."""
    code, _, err = aicop("check", write(tmp_path, "k.csv", "a,b\n"), "--column", "c")
    assert code == 3
    assert "there is no column 'c'; choose one with --column: a, b" in err


def test_a_cell_that_is_too_long_is_reported(aicop: Run, tmp_path: Path) -> None:
    """A cell beyond the maximum length of a line is a fault of the file; a long one is a key that does not exist."""
    code, _, err = aicop("check", write(tmp_path, "k.csv", "key\n" + "9" * (MAX_LINE_LENGTH + 1) + "\n"))
    assert code == 3
    assert f"longer than {MAX_LINE_LENGTH:,} characters" in err
    assert aicop("check", write(tmp_path, "k.csv", "key\n" + "9" * 200_000 + "\n"))[0] == 1


def test_a_missing_file_is_reported(aicop: Run) -> None:
    """A missing file gives exit code 3 and a one-line message."""
    code, out, err = aicop("check", "nothing/here.txt")
    assert (code, out) == (3, "")
    assert err == "aicop: nothing/here.txt: no such file or directory\n"


def test_standard_input_is_read(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is read even if standard error is neither a terminal nor a file."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"uk-ai-cop:5.4\n")))
    # A StringIO has no file descriptor, which a check for a terminal must not assume.
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert aicop("check", "-")[0] == 0


def test_a_closed_standard_input_is_reported(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed standard input gives exit code 3, like an unreadable file."""
    monkeypatch.setattr(sys, "stdin", None)
    assert aicop("check", "-") == (3, "", "aicop: standard input is closed\n")


def test_every_one_of_many_keys_has_its_own_line(aicop: Run, tmp_path: Path) -> None:
    """A table of five thousand verdicts has one line per key."""
    file = write(tmp_path, "many.txt", "uk-ai-cop:5.4.1\n" * 5_000)
    code, out, err = aicop("check", file)
    assert (code, err) == (0, "5,000 keys: 5,000 known, 0 unknown.\n")
    assert out.count("\n") == 5_002


def test_tables_of_keys_are_read_strictly(aicop: Run, tmp_path: Path) -> None:
    """Blank rows are skipped, line breaks stay in their cell, an open quote is a fault, and case is ignored."""
    rows = aicop.rows(
        "check", write(tmp_path, "k.csv", "Key,note\n5.4.1,a\u2028b\n\n5.4.2,x\x0by\n"), "--edition", "uk-ai-cop"
    )
    assert [(row["place"], row["id"]) for row in rows] == [
        ("line 2", "uk-ai-cop@2025-01:5.4.1"),
        ("line 4", "uk-ai-cop@2025-01:5.4.2"),
    ]
    code, _, err = aicop("check", write(tmp_path, "q.csv", 'key\n"5.4.1\n5.4.2\n'))
    assert code == 3
    assert "not a table: unexpected end of data" in err
    rows = aicop.rows("check", write(tmp_path, "k.tsv", 'key\n"5.4.1"\n'), "--edition", "uk-ai-cop")
    assert rows[0]["verdict"] == "known"


def test_a_repeated_key_has_the_same_verdict_on_each_line(aicop: Run, tmp_path: Path) -> None:
    """With its own place."""
    rows = aicop.rows("check", write(tmp_path, "k.txt", "5.4.1\nuk-ai-cop:2.2\n5.4.1\n"))
    assert [(row.pop("place"), row) for row in rows] == [("line 1", rows[2]), ("line 2", rows[1]), ("line 3", rows[0])]
