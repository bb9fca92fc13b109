"""Escape text for Markdown and write Markdown tables."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_MARKUP = {ord(char): f"\\{char}" for char in r"\`*_[]<>|#&~"}
_MARKED = re.compile(r"[\\`*_\[\]<>|#&~]")
"""A cheap check for markup: most texts have none, and need no character-by-character translation."""


def markdown_text(text: str) -> str:
    """Return *text* with backslashes before the characters that Markdown could read as markup."""
    return text.translate(_MARKUP) if _MARKED.search(text) is not None else text


def markdown_table(columns: Sequence[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table of a header and lines of cells, all of which must already be Markdown."""
    whole = itertools.chain([columns, ["---"] * len(columns)], lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in whole)
