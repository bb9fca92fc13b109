"""Decoding, and text as one line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from aicop.errors import InvalidDocument
from aicop.files import text
from aicop.files import text as text_of_files
from aicop.files.json_text import parse_json
from aicop.files.text import decode, one_line
from tests.schema.test_check import FILE, faults

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the size limit is a fault."""
    monkeypatch.setattr(text_of_files, "MAX_FILE_SIZE", 2**20)
    assert faults(b" " * (2**20 + 1)) == [("", "larger than 1 MiB")]


@pytest.mark.parametrize("content", ["\ufeff{}", b"\xef\xbb\xbf{}", b"{}", "{}"])
def test_a_byte_order_mark_is_ignored(content: bytes | str) -> None:
    """A byte order mark, which Windows editors write, is ignored."""
    assert parse_json(content, FILE) == {}


def test_text_is_decoded_whole() -> None:
    """Decoding neither replaces nor drops characters."""
    assert decode("ä\u2028\x1f".encode(), FILE) == "ä\u2028\x1f"


def test_lines_that_are_not_utf_8_are_found() -> None:
    """Each line that is not UTF-8 is reported with its number and byte."""
    content = io.BytesIO(b"a\n\xff\nb\n\xe4")
    assert [str(fault) for fault in text._undecodable(content, "x")] == [
        "x: line 2: byte 0xff is not UTF-8; save the file as UTF-8",
        "x: line 4: byte 0xe4 is not UTF-8; save the file as UTF-8",
    ]


def test_text_becomes_one_printable_line() -> None:
    """Line breaks become blanks, and unprintable characters are removed."""
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"
    assert one_line("so\u00adft\u200b ") == "soft"
    assert not one_line(" \u200b")


@pytest.mark.parametrize("kind", [str, bytes])
def test_a_line_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, kind: type) -> None:
    """A line is read no further than its limit, and its number is told."""
    monkeypatch.setattr(text, "MAX_LINE_LENGTH", 100)
    lines = "a\n" + "b" * 99 + "\n" + "c" * 101 + "\n"
    source = lines if kind is str else lines.encode()
    with pytest.raises(InvalidDocument) as caught:
        list(text.text_lines(source, "x"))
    assert str(caught.value.faults[0]).startswith("x: line 3: longer than 100 characters; ")
    assert list(text.text_lines(source[:102], "x")) == ["a\n", "b" * 99 + "\n"]


def test_a_file_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of a file or stream that is too large, one byte more than the limit is read, which is then refused."""
    monkeypatch.setattr(text, "MAX_FILE_SIZE", 10)
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert len(text.read_content(tmp_path / "a")) == len(text.read_content(io.BytesIO(b"x" * 100))) == 11
