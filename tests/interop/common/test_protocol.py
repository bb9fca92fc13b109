"""The sample of a file by which formats recognise their own."""

from __future__ import annotations

import pytest

from aicop.errors import InvalidDocument
from aicop.files.text import MAX_FILE_SIZE
from aicop.interop import Sample


def test_json_is_told_from_other_text() -> None:
    """By its first sign that is no blank."""
    for content in (b' \n{"a": [1]}', b'{"a": [1]}'):
        sample = Sample(content, "x.csv")
        assert (sample.is_json, sample.fields, sample.text, sample.first_row) == (True, {"a": [1]}, "", "")
    listed = Sample(b"[1]", "x")
    assert (listed.json, listed.fields) == ([1], {})


def test_text_has_a_first_row_that_is_no_comment() -> None:
    """Its name may have any case."""
    sample = Sample(b"# why\n#\na,b\n1,2\n", "X.CSV")
    assert (sample.is_json, sample.json, sample.fields, sample.first_row, sample.suffix) == (
        False,
        None,
        {},
        "a,b",
        ".csv",
    )
    assert Sample(b"# only\n", "x").first_row == ""


def test_what_is_no_text_is_told_when_text_is_asked_for() -> None:
    """Not before: an archive is recognised by its bytes."""
    sample = Sample(b"PK\x03\x04\xff", "x.xlsx")
    assert sample.content[:2] == b"PK"
    with pytest.raises(InvalidDocument):
        _ = sample.head


def test_of_a_file_too_long_to_be_held_the_first_lines_are_enough() -> None:
    """No line of them is cut."""
    line = b"x" * 1000 + b"\n"
    sample = Sample(line * (MAX_FILE_SIZE // len(line) + 1), "x.csv")
    assert len(sample.head) % len(line) == 0
    assert 0 < len(sample.head) <= 64 * 1024
