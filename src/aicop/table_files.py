"""
Tables as people and spreadsheets save them, read line by line.

With a byte order mark, with comments at the top, with semicolons where the comma is the decimal sign, with empty
columns and rows at the end, and without the last separators of a line. In a table with tabs nothing is quoted.
"""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from aicop.errors import Fault, InvalidDocument
from aicop.formulas import settled
from aicop.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SEPARATORS = ",;\t"


def opened(source: Path | bytes | str, file: str) -> Iterator[str]:
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


class Sheet:
    """A table as a spreadsheet saves it; its header is read at once, its rows when they are asked for."""

    def __init__(self, source: Path | bytes | str, file: str) -> None:
        self.file = file
        self.comments = 0
        lines = opened(source, file)
        for first in lines:
            if not first.startswith("#"):
                break
            self.comments += 1
        else:
            refuse(file, "", "empty; a header row is needed")
        # No column that is known has one of these in its name.
        mark = next((mark for mark in _SEPARATORS if mark in first), ",")
        quoting: Literal[0, 3] = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
        self._ended = True
        whole = self._watched(itertools.chain([first], lines))
        self._reader = csv.reader(whole, delimiter=mark, quoting=quoting, strict=True)
        self.header = next(self._cells(), [])
        while self.header and not self.header[-1]:
            self.header.pop()

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._ended = line.endswith("\n")
            yield line

    def _cells(self) -> Iterator[list[str]]:
        try:
            yield from self._reader
        except csv.Error as error:
            refuse(self.file, f"line {self._reader.line_num + self.comments}", f"not a table: {error}")

    def skip(self) -> list[str]:
        """Pass over the next row, and give it."""
        return next(self._cells(), [])

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """
        Yield each row that holds anything with its line, as long as the header where that is not what is wrong with it.

        A spreadsheet may leave out empty cells at the end of a line; a line that does not end was cut off.
        """
        width = len(self.header)
        for row in self._cells():
            while len(row) > width and not row[-1]:
                row.pop()
            if any(row):
                missing = width - len(row) if self._ended else 0
                yield self._reader.line_num + self.comments, row + [""] * missing

    def named(self) -> Iterator[tuple[int, dict[str, str] | Fault]]:
        """
        Yield the cells of each row that hold something by column, with its line, and what is wrong with them.

        What keeps a formula from being run is taken off; a formula is a fault.
        """
        width = len(self.header)
        for line, row in self.rows():
            if len(row) != width:
                yield line, Fault(self.file, f"line {line}", f"{len(row)} cells where the header has {width}")
                continue
            cells = {name: cell for name, cell in zip(self.header, row, strict=True) if cell}
            for name, said in settled(cells).items():
                yield line, Fault(self.file, f"line {line}, column {name!r}", said)
            yield line, cells
