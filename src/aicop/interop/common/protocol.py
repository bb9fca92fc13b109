"""The protocols that a format module implements, and the sample by which it recognises its files."""

from __future__ import annotations

import functools
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

from aicop.files.json_text import parse_json
from aicop.files.text import MAX_FILE_SIZE, decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aicop.interop.common.format import Format, ImportOptions, ImportResult
    from aicop.model.mapping import Mapping

_HEAD = 64 * 1024
"""The number of bytes at the beginning of a file that are used to recognise its format."""


class Sample:
    """
    A file whose format is to be recognised; it is decoded and parsed only as far as needed.

    Raises:
        InvalidDocument: an attribute needs the text, and the content is not valid text.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self.content = content
        self.file = file
        self.suffix: str = PurePath(file).suffix.lower()

    @functools.cached_property
    def head(self) -> str:
        """The beginning of the content as text, JSON or not."""
        # A file above the size limit may be a table that can be streamed, so only its first lines are decoded.
        whole = len(self.content) <= MAX_FILE_SIZE
        start = self.content if whole else self.content[: self.content.rfind(b"\n", 0, _HEAD) + 1]
        return decode(start, self.file)[:_HEAD]

    @property
    def is_json(self) -> bool:
        """Whether the text begins like a JSON object or array."""
        return self.head.lstrip()[:1] in {"{", "["}

    @functools.cached_property
    def json(self) -> object:
        """The parsed content if it is JSON, otherwise None."""
        return parse_json(self.content, self.file) if self.is_json else None

    @property
    def fields(self) -> dict[str, Any]:
        """The top-level fields of a JSON object; empty for anything else."""
        return self.json if isinstance(self.json, dict) else {}

    @property
    def text(self) -> str:
        """The beginning of the text; empty if it is JSON."""
        return "" if self.is_json else self.head

    @property
    def first_row(self) -> str:
        """The first line that is not a comment; empty for JSON."""
        return next((row for row in self.text.splitlines() if not row.startswith("#")), "")


class FormatModule(Protocol):
    """The functions that the module or package of every format provides."""

    FORMAT: Format

    def dumps(self, item: Any, /) -> str | bytes:  # noqa: ANN401 -- of what `Format.writes` says
        """Return an edition, a framework or a crosswalk as the content of a file."""

    def recognises(self, sample: Sample) -> bool:
        """
        Return whether a file is in this format.

        Raises:
            InvalidDocument: the file is in a variant of the format that aicop cannot read; the fault gives advice.
        """


class ReadableFormat(FormatModule, Protocol):
    """A format that can also be read, so that `Format.reads` is not empty."""

    def loads(self, content: bytes, file: str, options: ImportOptions) -> ImportResult:
        """Return the content of a file as frameworks and mappings."""


class StreamableFormat(ReadableFormat, Protocol):
    """A format that can be read row by row, so that a file may be of any length."""

    def stream(self, source: Path, file: str, options: ImportOptions) -> Iterator[Mapping]:
        """Check the whole file, then yield its mappings."""

    def omission_phrases(self, source: Path, file: str) -> tuple[str, ...]:
        """Return phrases that count the content that is not imported from the file."""


# Names of lazy packages are found by `hasattr`, but from Python 3.12 on not by `isinstance` with a protocol.
def is_readable(module: FormatModule) -> TypeGuard[ReadableFormat]:
    """Return whether a format can also be read."""
    return hasattr(module, "loads")


def is_streamable(module: FormatModule) -> TypeGuard[StreamableFormat]:
    """Return whether a format can also be read row by row."""
    return hasattr(module, "stream")
