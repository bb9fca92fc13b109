"""Markdown: escaped text, and tables."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def printable(text: str) -> str:
    """Escape what cannot be printed."""
    return text if text.isprintable() else "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


_MARKUP = {ord(char): f"\\{char}" for char in r"\`*_[]<>|#&~"}
_MARKED = re.compile(r"[\\`*_\[\]<>|#&~]")
"""Most texts hold none of it, which is seen sooner than each sign is looked up."""


def markdown_text(text: str) -> str:
    """Escape what Markdown would take for markup."""
    return text.translate(_MARKUP) if _MARKED.search(text) is not None else text


def markdown_table(columns: Sequence[str], lines: Iterable[Iterable[str]]) -> str:
    """Write a header and lines of cells, which are Markdown already, as a table."""
    whole = itertools.chain([columns, ["---"] * len(columns)], lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in whole)
