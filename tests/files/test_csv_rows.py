"""Rows of separated text, with cells that are longer than the standard library accepts."""

from __future__ import annotations

import csv
import threading
from typing import TYPE_CHECKING, Literal

import pytest

from aicop.files import csv_rows
from aicop.files.csv_rows import CsvRows
from aicop.files.tables import csv_text, tsv_text
from aicop.files.text import MAX_LINE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT = 131_072
LONG = "x" * (DEFAULT + 1)


def rows(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of a text, as the readers of tables parse it."""
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    return list(CsvRows(text.splitlines(keepends=True), delimiter=delimiter, quoting=quoting))


@pytest.mark.parametrize(
    "cell",
    [LONG, "x, " * DEFAULT, f'"{LONG}"', "ab\n" * DEFAULT, "x" * 1_000_000],
    ids=["one line", "quoted", "quotes", "many lines", "a million"],
)
def test_what_is_written_is_read_whatever_its_length(cell: str) -> None:
    """A long cell in CSV and TSV is read as it was written, and the limit of the process is the same afterwards."""
    table = [["a", "b"], ["1", cell], ["2", "short"]]
    assert rows(csv_text(table)) == table
    assert rows(tsv_text(table), "\t") == [["a", "b"], ["1", cell.replace("\n", " ")], ["2", "short"]]
    assert csv.field_size_limit() == DEFAULT


def test_the_limit_is_raised_only_for_long_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short rows leave the limit alone, and a long one restores it before the row is handed out."""
    raised: list[int] = []
    real = csv.field_size_limit

    def limit(*new: int) -> int:
        raised.extend(new)
        return real(*new)

    monkeypatch.setattr(csv, "field_size_limit", limit)
    parsed = CsvRows(["a\n", f"{LONG}\n", "b\n"], delimiter=",")
    assert (next(parsed), raised) == (["a"], [])
    assert next(parsed) == [LONG]
    assert (raised, real()) == ([MAX_LINE_LENGTH, DEFAULT], DEFAULT)
    assert (next(parsed), len(raised), parsed.line_num) == (["b"], 2, 3)


def test_a_row_beyond_the_length_of_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell cannot be longer than a line may be, and the limit is restored after the error."""
    monkeypatch.setattr(csv_rows, "MAX_LINE_LENGTH", 2 * DEFAULT)
    with pytest.raises(csv.Error, match="field larger than field limit"):
        rows("x" * 3 * DEFAULT)
    assert csv.field_size_limit() == DEFAULT


def test_threads_do_not_disturb_each_other() -> None:
    """Of several threads with long cells, none lowers the limit while another parses."""
    content = csv_text([[LONG, str(number)] for number in range(20)])
    found: list[list[list[str]]] = []

    def lines() -> Iterator[str]:
        yield from content.splitlines(keepends=True)

    threads = [threading.Thread(target=lambda: found.append(list(CsvRows(lines(), delimiter=",")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(one) for one in found] == [20] * 8
    assert csv.field_size_limit() == DEFAULT
