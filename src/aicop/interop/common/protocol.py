"""What the module of a format offers, and the sample of a file by which it recognises its own."""

from __future__ import annotations

import functools
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from aicop.files.json_text import parse_json
from aicop.files.text import MAX_FILE_SIZE, decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aicop.interop.common.format import Format, ImportOptions, ImportResult
    from aicop.model.mapping import Mapping

_HEAD = 64 * 1024
"""How much of a file, in bytes, tells what it is."""


class Sample:
    """
    The beginning of a file, and as much of the rest as a recogniser asks for.

    Raises:
        InvalidDocument: where it is asked for text, and is none.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self.content = content
        self.file = file
        self.suffix = PurePath(file).suffix.lower()

    @functools.cached_property
    def head(self) -> str:
        """The beginning of the text, whatever it is."""
        # Of what is too long to be read at once, the first lines are enough: a table can still be streamed.
        whole = len(self.content) <= MAX_FILE_SIZE
        start = self.content if whole else self.content[: self.content.rfind(b"\n", 0, _HEAD) + 1]
        return decode(start, self.file)[:_HEAD]

    @property
    def is_json(self) -> bool:
        """Whether the text begins as JSON does."""
        return self.head.lstrip()[:1] in {"{", "["}

    @functools.cached_property
    def json(self) -> object:
        """The value of the whole, if it is JSON; else None."""
        return parse_json(self.content, self.file) if self.is_json else None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields at the top of a JSON object; empty for anything else."""
        return self.json if isinstance(self.json, dict) else {}

    @property
    def text(self) -> str:
        """The beginning of a text that is not JSON; else empty."""
        return "" if self.is_json else self.head

    @property
    def first_row(self) -> str:
        """The first line of a text that is no comment."""
        return next((row for row in self.text.splitlines() if not row.startswith("#")), "")


@runtime_checkable
class FormatModule(Protocol):
    """What every format offers, as functions of its module or package."""

    FORMAT: Format

    def dumps(self, item: Any, /) -> str | bytes:  # noqa: ANN401 -- of what `Format.writes` says
        """Return an edition, a framework or a crosswalk as the content of a file."""

    def recognises(self, sample: Sample) -> bool:
        """
        Return whether a file is in this format.

        Raises:
            InvalidDocument: it is in a variant of the format that is not read; the fault says what to do.
        """


@runtime_checkable
class ReadableFormat(FormatModule, Protocol):
    """What a format offers that is read as well: one whose `Format.reads` is not empty."""

    def loads(self, content: bytes, file: str, options: ImportOptions) -> ImportResult:
        """Return what a file says, as frameworks and mappings."""


@runtime_checkable
class StreamableFormat(ReadableFormat, Protocol):
    """What a format offers that is read row by row, so that a file may be of any length."""

    def stream(self, source: Path, file: str, options: ImportOptions) -> Iterator[Mapping]:
        """Yield the mappings of a file of any length, once all of it was checked."""

    def omission_phrases(self, source: Path, file: str) -> tuple[str, ...]:
        """Return what of the file is not read, counted and in words."""
