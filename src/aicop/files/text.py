"""Text of files: strict decoding with a limit, lines, and text as one printable line."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aicop.errors import Fault, InvalidDocument, count_phrase, reject

if TYPE_CHECKING:
    from collections.abc import Iterator


MAX_FILE_SIZE = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""


def decode(content: bytes | str, file: str) -> str:
    """
    Give the text of a file's content, which is UTF-8 with or without a byte order mark.

    Raises:
        InvalidDocument: it is something else, or longer than `MAX_FILE_SIZE`.
    """
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        reject(file, "", "looks like UTF-16; save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reject(file, f"line {line}", f"byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8")


def text_lines(source: Path | bytes | str, file: str) -> Iterator[str]:
    """
    Yield the lines of a file, whatever ends them, without a byte order mark.

    Raises:
        InvalidDocument: it is not UTF-8.
        OSError: it cannot be read.
    """
    if isinstance(source, str):
        yield from io.StringIO(source.removeprefix("\ufeff"), newline=None)
        return
    with _bytes(source) as stream:
        if stream.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            raise InvalidDocument.from_faults((Fault(file, "", "looks like UTF-16; save it as UTF-8"),))
    try:
        with io.TextIOWrapper(_bytes(source), encoding="utf-8-sig", newline=None) as text:
            yield from text
    except UnicodeDecodeError:
        with _bytes(source) as stream:
            raise InvalidDocument.from_faults((next(_undecodable(stream, file)),)) from None


def _bytes(source: Path | bytes) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def _undecodable(stream: BinaryIO, file: str) -> Iterator[Fault]:
    """Yield the lines that are no UTF-8."""
    # Latin-1 reads any bytes and gives them back, so that lines end here as they do above.
    with io.TextIOWrapper(stream, encoding="latin-1", newline=None) as lines:
        for number, line in enumerate(lines, start=1):
            found = line.encode("latin-1")
            try:
                found.decode()
            except UnicodeDecodeError as error:
                said = f"byte {found[error.start]:#04x} is not UTF-8; save the file as UTF-8"
                yield Fault(file, f"line {number}", said)


def one_line(text: str) -> str:
    r"""
    Give text as one line: line breaks as blanks, without characters that cannot be printed and blanks at its ends.

    >>> one_line("of two\t\r\n words ")
    'of two words'
    """
    if text.isprintable():
        return text.strip()
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(char for char in joined if char.isprintable()).strip()


class TextCleaner:
    r"""
    Gives texts as one line each, as `one_line` does, and counts the characters that this leaves out.

    >>> lines = TextCleaner()
    >>> lines("of two\nlines\u200b"), lines.omission_phrases()
    ('of two lines', ('1 character that cannot be printed',))
    """

    def __init__(self) -> None:
        self._lost = 0

    def __call__(self, text: str) -> str:
        """Give a text as one line."""
        self._lost += count_unprintable(text)
        return one_line(text)

    def omission_phrases(self) -> tuple[str, ...]:
        """Say in words what was left out."""
        return phrase_of_unprintable(self._lost)


def phrase_of_unprintable(count: int) -> tuple[str, ...]:
    """Say in words that so many characters were left out; nothing of none."""
    said = "character that cannot be printed", "characters that cannot be printed"
    return (count_phrase(count, *said),) if count else ()


def count_unprintable(text: str) -> int:
    """Count the characters of a text that no line has: those that are neither printed nor blank."""
    return 0 if text.isprintable() else sum(not char.isprintable() and not char.isspace() for char in text)
