"""Test the validation of the rows of tables, and the places of its faults."""

from __future__ import annotations

import pytest

from aicop import frameworks
from aicop.errors import Fault, InvalidDocument
from aicop.files.tables import TableReader
from aicop.files.text import MAX_FILE_SIZE
from aicop.schema import check_table as module
from aicop.schema.base import StrictSchema
from aicop.schema.check_table import check_table, read_rows_with_own_columns
from aicop.schema.framework import ControlRowSchema
from aicop.schema.types import Day, Text  # noqa: TC001 -- pydantic needs them


def table_faults(content: bytes | str, file: str = "own.tsv") -> list[tuple[str, str]]:
    """Return the place and problem of every fault of a table of controls."""
    with pytest.raises(InvalidDocument) as caught:
        check_table(ControlRowSchema, content, file)
    return [(fault.path, fault.problem) for fault in caught.value.faults]


TABLES: list[tuple[str, bytes | str, list[tuple[str, str]]]] = [
    ("empty", "", [("", "empty; a header row is required")]),
    (
        "header",
        "id\tkin\tid\n",
        [
            ("line 1", "the column 'id' appears more than once"),
            ("line 1", "unknown column 'kin'; did you mean kind?"),
        ],
    ),
    (
        "one column missing and one unknown",
        "id\tSorte\n",
        [("line 1", "the column 'kind' is missing, and 'Sorte' is unknown; rename 'Sorte' if it is the kind")],
    ),
    ("column missing", "id\ttitle\n", [("line 1", "the column 'kind' is missing")]),
    ("strange column", "id\tkind\t=x\n", [("line 1", "unknown column '=x'; remove it")]),
    (
        "cells",
        "id\tkind\na\tb\nc\n\tb\nd\te\tf\n",
        [
            ("line 3, column 'kind'", "this field is missing"),
            ("line 4, column 'id'", "this field is missing"),
            ("line 5", "3 cells where the header has 2"),
        ],
    ),
    (
        "null",
        "id\tkind\na\t\0\n",
        [("line 2, column 'kind'", r"'\x00': contains the unprintable character U+0000; remove it")],
    ),
    ("Latin-1", b"id\tkind\n\xe4\tb\n", [("line 2", "byte 0xe4 is not UTF-8; save the file as UTF-8")]),
]


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_every_fault_of_a_table_is_reported_with_its_line(
    content: bytes | str, expected: list[tuple[str, str]]
) -> None:
    """Faults of headers and cells have their lines and columns."""
    assert sorted(table_faults(content)) == sorted(expected)


def test_empty_cells_are_absent() -> None:
    """An empty cell is left out of the row."""
    rows = check_table(ControlRowSchema, "id\tkind\tparent\ttitle\na\tb\t\tTitle\n", "own.tsv")
    assert rows == [("line 2", {"id": "a", "kind": "b", "title": "Title"})]


def test_a_table_has_limits() -> None:
    """A table that is too large is refused, and checking stops after a hundred faults."""
    assert table_faults(b"x" * (MAX_FILE_SIZE + 1)) == [("", "larger than 64 MiB")]
    found = table_faults("id\tkind\n" + "a\t\n" * 150)
    assert (len(found), found[-1]) == (101, ("line 102", "100 errors or more so far; the rest was not checked"))


def test_after_a_hundred_faults_a_table_is_not_checked_further() -> None:
    """The last fault says that the rest of the table was not checked."""
    rows = "".join(f"{number},\n" for number in range(150))
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads(f"id,kind\n{rows}", "own.csv", framework="own", edition="1", title="Own")
    assert len(caught.value.faults) == 101
    assert caught.value.faults[100] == Fault(
        "own.csv", "line 102", "100 errors or more so far; the rest was not checked"
    )


class Independent(StrictSchema):
    """A row whose fields do not depend on each other."""

    key: Text
    day: Day | None = None


A_DAY = "'x' is not valid in this field; expected a date, such as 2026-11-22"


def read(content: str) -> tuple[list[tuple[str, dict[str, str], set[str]]], bool, list[tuple[str, str]]]:
    """Return the rows of a table, whether they are all, and the place and problem of every fault."""
    faults: list[Fault] = []
    rows, _ = read_rows_with_own_columns(Independent, TableReader(content, "t.csv"), faults)
    found = [(row.place, row.fields, set(row.unread)) for row in rows.rows]
    return found, rows.is_whole, [(fault.path, fault.problem.partition(":")[0]) for fault in faults]


def test_known_cells_are_not_validated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Valid cells are remembered up to a number and a length; wrong ones are faults each time, of the whole row."""
    monkeypatch.setattr(module, "_MAX_VALID", 3)
    long = "x" * 50
    good = f"key,day\na,2026-01-01\na,2026-01-01\nb,\n{long},2026-01-02\nc,2026-01-02\n"
    rows = [
        ("line 2", {"key": "a", "day": "2026-01-01"}, set[str]()),
        ("line 3", {"key": "a", "day": "2026-01-01"}, set[str]()),
        ("line 4", {"key": "b"}, set[str]()),
        ("line 5", {"key": long, "day": "2026-01-02"}, set[str]()),
        ("line 6", {"key": "c", "day": "2026-01-02"}, set[str]()),
    ]
    for _ in range(2):
        assert read(f"{good},2026-01-01\na,2026-02-30\n") == (
            [*rows, ("line 7", {"day": "2026-01-01"}, {"key"}), ("line 8", {"key": "a"}, {"day"})],
            True,
            [("line 7, column 'key'", "this field is missing"), ("line 8, column 'day'", "'2026-02-30'")],
        )
    assert read(good) == (rows, True, [])


def test_a_row_with_a_fault_is_read_in_part() -> None:
    """What of a table is valid is returned beside the faults, with what is not known of each row."""
    rows, is_whole, faults = read("key,day\na,x\nb,2026-01-01,2026\nc,2026-01-01\n")
    assert rows == [("line 2", {"key": "a"}, {"day"}), ("line 4", {"key": "c", "day": "2026-01-01"}, set())]
    assert (is_whole, [place for place, _ in faults]) == (False, ["line 2, column 'day'", "line 3"])


def test_nothing_is_known_of_a_column_that_may_be_misspelt() -> None:
    """If a column is probably one of ours, the fields without a column are unknown in every row."""
    rows, is_whole, faults = read("key,dayy\na,2026-01-01\n")
    assert (rows, is_whole) == ([("line 2", {"key": "a"}, {"day"})], True)
    assert faults == [("line 1", "unknown column 'dayy'; did you mean day?")]
    rows, _, faults = read("keyy,day\na,2026-01-01\n")
    assert (rows, faults) == (
        [("line 2", {"day": "2026-01-01"}, {"key"})],
        [("line 1", "unknown column 'keyy'; did you mean key?")],
    )
    rows, _, faults = read("key,Shelf\na,3\n")
    assert (rows, faults) == ([("line 2", {"key": "a"}, set())], [])


def test_the_rows_before_the_end_of_a_table_are_read() -> None:
    """The rows above an open quote are returned, and those after too many faults are not."""
    rows, is_whole, faults = read('key,day\na,x\nb,"2026\n')
    assert rows == [("line 2", {"key": "a"}, {"day"})]
    assert (is_whole, [problem for _, problem in faults]) == (False, [A_DAY, "not a table"])
    rows, is_whole, faults = read("key,day\n" + "a,x\n" * 150)
    assert (len(rows), is_whole, len(faults)) == (100, False, 101)
    assert faults[-1] == ("line 102", "100 errors or more so far; the rest was not checked")


def test_every_fault_of_own_columns_is_reported() -> None:
    """A column without a name and one that appears twice are faults, beside those of the rows."""
    _, _, faults = read("key,,Shelf,Shelf\n,1,2,3\n")
    assert faults == [
        ("line 1", "a column has no name; name or remove it"),
        ("line 1", "the column 'Shelf' appears more than once"),
        ("line 2, column 'key'", "this field is missing"),
    ]


def test_an_own_column_may_be_named_like_a_formula() -> None:
    """The apostrophe that keeps a name from being a formula is no part of it."""
    faults: list[Fault] = []
    rows, own = read_rows_with_own_columns(Independent, TableReader("key,'+1\na,'=2\n", "t.csv"), faults)
    assert (faults, [own.of(row.cells) for row in rows.rows]) == ([], [(("+1", "=2"),)])
