"""
Parse separated text row by row, with cells of any length.

The standard library refuses cells of more than 131,072 characters, which writers produce and people keep. Its limit can
only be changed for the whole process.
"""

from __future__ import annotations

import csv
import threading
from typing import TYPE_CHECKING, Literal, Self

from aicop.files.text import MAX_LINE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RAISING = threading.Lock()
"""Held while the limit of the process is raised."""


class CsvRows:
    """
    An iterator over the rows of separated text, each a list of cells.

    A cell may have any length up to `MAX_LINE_LENGTH`. The limit of the standard library is raised for the rows that
    are longer than it, and only while such a row is parsed.

    Raises:
        csv.Error: the text is not well formed.
    """

    def __init__(self, lines: Iterable[str], *, delimiter: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> None:
        self._length = 0
        with _RAISING:
            self._limit = csv.field_size_limit()
        self._is_raised = False
        self._reader = csv.reader(self._watched(lines), delimiter=delimiter, quoting=quoting, strict=True)

    @property
    def line_num(self) -> int:
        """The number of lines that have been read."""
        return self._reader.line_num

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> list[str]:
        self._length = 0
        try:
            return next(self._reader)
        finally:
            if self._is_raised:
                self._is_raised = False
                csv.field_size_limit(self._limit)
                _RAISING.release()

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines; raise the limit once those of a row are longer than it."""
        for line in lines:
            # A quoted cell can reach over many lines, so their lengths are added up.
            self._length += len(line)
            if self._length > self._limit and not self._is_raised:
                _RAISING.acquire()
                self._is_raised = True
                self._limit = csv.field_size_limit(MAX_LINE_LENGTH)
            yield line
