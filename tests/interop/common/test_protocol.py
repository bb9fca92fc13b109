"""The sample by which formats recognise their files."""

from __future__ import annotations

import pytest

from aicop.errors import InvalidDocument
from aicop.files.text import MAX_FILE_SIZE
from aicop.interop import Sample


def test_json_is_recognised_by_its_first_character() -> None:
    """The first character that is not a blank decides whether a sample is JSON."""
    for content in (b' \n{"a": [1]}', b'{"a": [1]}'):
        sample = Sample(content, "x.csv")
        assert (sample.is_json, sample.fields, sample.text, sample.first_row) == (True, {"a": [1]}, "", "")
    listed = Sample(b"[1]", "x")
    assert (listed.json, listed.fields) == ([1], {})


def test_the_first_row_skips_comments() -> None:
    """The first row is the first line that is not a comment, and the suffix is in lower case."""
    sample = Sample(b"# why\n#\na,b\n1,2\n", "X.CSV")
    assert (sample.is_json, sample.json, sample.fields, sample.first_row, sample.suffix) == (
        False,
        None,
        {},
        "a,b",
        ".csv",
    )
    assert Sample(b"# only\n", "x").first_row == ""


def test_invalid_text_is_reported_on_access() -> None:
    """An archive is recognised by its bytes, and only reading it as text fails."""
    sample = Sample(b"PK\x03\x04\xff", "x.xlsx")
    assert sample.content[:2] == b"PK"
    with pytest.raises(InvalidDocument):
        _ = sample.head


def test_the_head_of_a_long_file_is_whole_lines() -> None:
    """The head of a very long file is at most 64 KiB of whole lines."""
    line = b"x" * 1000 + b"\n"
    sample = Sample(line * (MAX_FILE_SIZE // len(line) + 1), "x.csv")
    assert len(sample.head) % len(line) == 0
    assert 0 < len(sample.head) <= 64 * 1024
