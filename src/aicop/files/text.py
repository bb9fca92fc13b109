"""Decode the text of files strictly and up to a limit, split it into lines, and clean it to one line."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from aicop.errors import Fault, InvalidDocument, count_phrase, reject

if TYPE_CHECKING:
    from collections.abc import Iterator


MAX_FILE_SIZE = 64 * 1024 * 1024
"""The maximum size of a file, in bytes."""

MAX_LINE_LENGTH = 4 * 1024 * 1024
"""The maximum length of a line, or of a row that has line breaks in its cells, in characters."""

_OLD_WORKBOOK_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""The first bytes of a workbook in the format before XLSX, and of an XLSX file that is protected by a password."""

_COMPRESSED = {
    b"\x1f\x8b": "gzip",
    b"BZh91AY&SY": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
}
"""The first bytes of compressed files, each with the name of the program."""
_LONGEST = 10
"""The length of the longest of the signatures."""

PARQUET_SIGNATURE = b"PAR1"
"""The first bytes of a Parquet file."""
ARCHIVE_SIGNATURE = b"PK\x03\x04"
"""The first bytes of a ZIP archive, and so of a workbook, whatever the file is called."""


def is_workbook(source: object) -> bool:
    """
    Return whether a file begins as an archive, whatever it is called.

    Raises:
        OSError: the file cannot be read.
    """
    if isinstance(source, Path):
        # A pipe can be read only once, so it is taken for text.
        if not source.is_file():
            return False
        with source.open("rb") as stream:
            return stream.read(len(ARCHIVE_SIGNATURE)) == ARCHIVE_SIGNATURE
    return isinstance(source, bytes) and source.startswith(ARCHIVE_SIGNATURE)


def read_content(source: Path | BinaryIO) -> bytes:
    """
    Read a file, but no more than one byte over `MAX_FILE_SIZE`, which `decode` and other readers refuse.

    Raises:
        OSError: the file cannot be read.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return stream.read(MAX_FILE_SIZE + 1)
    return source.read(MAX_FILE_SIZE + 1)


def decode(content: bytes | str, file: str) -> str:
    """
    Return the text of a file's content, which must be UTF-8, without a byte order mark.

    Raises:
        InvalidDocument: the content is compressed, an archive or not UTF-8, or is longer than `MAX_FILE_SIZE`.
    """
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    _reject_other_than_text(content[:_LONGEST], file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reject(file, f"line {line}", f"byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8")


def _reject_other_than_text(beginning: bytes, file: str) -> None:
    """Raise InvalidDocument if a file is an archive, compressed or UTF-16, or is to be a workbook and is not."""
    program = next((name for start, name in _COMPRESSED.items() if beginning.startswith(start)), None)
    if program is not None:
        reject(file, "", f"is compressed with {program}; decompress it first")
    if beginning.startswith(ARCHIVE_SIGNATURE):
        reject(file, "", "is a workbook or another archive, not text; save the sheet as CSV")
    if beginning.startswith(_OLD_WORKBOOK_SIGNATURE):
        reject(
            file,
            "",
            "is a workbook in an old format or with a password; save it as .xlsx without a password, or as CSV",
        )
    if file.lower().endswith(".xlsx"):
        said = "is not a workbook, although its name ends in .xlsx"
        reject(file, "", f"{said}; save it as .xlsx in a spreadsheet, or name it .csv if it is text")
    # Byte order marks of UTF-16, in which Excel saves "Unicode text".
    if beginning[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        reject(file, "", "looks like UTF-16; save it as UTF-8")


def text_lines(source: Path | bytes | str, file: str) -> Iterator[str]:
    """
    Yield the lines of a file, without a byte order mark and with all line endings converted to line feeds.

    *source* is a path or the content. A file is read line by line, and may be of any length, but no line may be longer
    than `MAX_LINE_LENGTH`.

    Raises:
        InvalidDocument: the file is compressed, an archive or not UTF-8, or has a line that is too long.
        OSError: the file cannot be read.
    """
    if isinstance(source, str):
        yield from _bounded(io.StringIO(source.removeprefix("\ufeff"), newline=None), file)
        return
    with _bytes(source) as stream:
        _reject_other_than_text(stream.read(_LONGEST), file)
    try:
        with io.TextIOWrapper(_bytes(source), encoding="utf-8-sig", newline=None) as text:
            yield from _bounded(text, file)
    except UnicodeDecodeError:
        # The decoder works on blocks and does not know the line, so the file is read again to find it.
        with _bytes(source) as stream:
            raise InvalidDocument.from_faults((next(_undecodable(stream, file)),)) from None


def _bounded(text: TextIO, file: str) -> Iterator[str]:
    """Yield lines, and read no further in one than its maximum length."""
    for number, line in enumerate(iter(functools.partial(text.readline, MAX_LINE_LENGTH + 1), ""), start=1):
        if len(line) > MAX_LINE_LENGTH:
            problem = f"longer than {MAX_LINE_LENGTH:,} characters; no table has such lines, so the file may be damaged"
            reject(file, f"line {number}", problem)
        yield line


def _bytes(source: Path | bytes) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def _undecodable(stream: BinaryIO, file: str) -> Iterator[Fault]:
    """Yield a fault for each line that is not UTF-8."""
    # Latin-1 decodes any bytes and encodes them back unchanged, so that lines end where they do in `text_lines`.
    with io.TextIOWrapper(stream, encoding="latin-1", newline=None) as lines:
        for number, line in enumerate(_bounded(lines, file), start=1):
            found = line.encode("latin-1")
            try:
                found.decode()
            except UnicodeDecodeError as error:
                said = f"byte {found[error.start]:#04x} is not UTF-8; save the file as UTF-8"
                yield Fault(file, f"line {number}", said)


def one_line(text: str) -> str:
    r"""
    Return text as one line: line breaks become spaces; unprintable characters and surrounding spaces are removed.

    >>> one_line("of two\t\r\n words ")
    'of two words'
    """
    if text.isprintable():
        return text.strip()
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(char for char in joined if char.isprintable()).strip()


class TextCleaner:
    r"""
    A callable that returns each text as one line, as `one_line` does, and counts the removed characters.

    >>> lines = TextCleaner()
    >>> lines("of two\nlines\u200b"), lines.omission_phrases()
    ('of two lines', ('1 unprintable character',))
    """

    def __init__(self) -> None:
        self._lost = 0

    def __call__(self, text: str) -> str:
        """Return a text as one line."""
        self._lost += count_unprintable(text)
        return one_line(text)

    def omission_phrases(self) -> tuple[str, ...]:
        """Return a phrase with the number of removed characters; empty if none was removed."""
        return phrase_of_unprintable(self._lost)


def phrase_of_unprintable(count: int) -> tuple[str, ...]:
    """Return a phrase for *count* unprintable characters; empty if *count* is 0."""
    return (count_phrase(count, "unprintable character"),) if count else ()


def count_unprintable(text: str) -> int:
    """Return the number of characters that are neither printable nor whitespace, which `one_line` removes."""
    return 0 if text.isprintable() else sum(not char.isprintable() and not char.isspace() for char in text)
