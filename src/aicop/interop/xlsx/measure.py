"""
Measure the text in a cell: the number of lines, the height and the width.

Excel and LibreOffice adjust the height of a row when somebody edits a cell. If a file is only opened or printed, the
rows have the heights in the file, so these are computed here.
"""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PIXELS = 7
"""The width of a digit in Calibri 11, in pixels; it is the unit of column widths."""
LINE_HEIGHT = 15.0
"""The height of a line of Calibri 11, in points."""
MAX_ROW_HEIGHT = 409.0
"""The maximum height of a row in Excel, in points."""
FONT_SIZE = 11
BOLD = 1.1
"""The width of bold text relative to regular text."""
_SAFETY = 0.97
"""The share of a column's width that is used: on printers and in other fonts, text is wider than on the screen."""
_WIDE_CHAR = 16
"""The width of a Chinese, Japanese or Korean character in pixels; XlsxWriter counts 8."""
_PADDING = 5


def text_width(text: str, width_of: Callable[[str], int], *, scale: float = 1.0) -> float:
    """Return the width of a line of text in pixels; *width_of* estimates the width of Latin characters."""
    wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return (width_of(text) + wide * (_WIDE_CHAR - 8)) * scale


def _scale(*, bold: bool, font_size: float) -> float:
    return (BOLD if bold else 1.0) * font_size / FONT_SIZE


def count_lines(
    text: str, width: float, width_of: Callable[[str], int], *, bold: bool = False, font_size: float = FONT_SIZE
) -> int:
    """
    Return the number of lines of a text in a column of *width* characters.

    Lines are broken between words; a word that is longer than a line is broken anywhere.
    """
    room = max(width * PIXELS * _SAFETY, 1.0)
    scale = _scale(bold=bold, font_size=font_size)
    blank = text_width(" ", width_of, scale=scale)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        filled = 0.0
        for place, word in enumerate(paragraph.split(" ")):
            needed = text_width(word, width_of, scale=scale)
            gap = blank if place else 0.0
            if place and filled + gap + needed > room:
                lines += 1
                filled = gap = 0.0
            filled += gap
            for piece in (word,) if needed <= room else word:
                wide = text_width(piece, width_of, scale=scale)
                if filled and filled + wide > room:
                    lines += 1
                    filled = 0.0
                filled += wide
    return lines


def row_height(lines: int, *, font_size: float = FONT_SIZE) -> float:
    """Return the height of a row with *lines* lines, in points, limited to the maximum height."""
    return min(lines * LINE_HEIGHT * font_size / FONT_SIZE, MAX_ROW_HEIGHT)


def column_width(heading: str, cells: Iterable[str], most: int, width_of: Callable[[str], int]) -> float:
    """
    Return the width of a column in characters: the width of its widest cell, but at most *most*.

    It is never narrower than the longest word of its heading.
    """
    words = (text_width(word, width_of, scale=BOLD) for word in heading.split())
    least = (max(words, default=0.0) / _SAFETY + _PADDING) / PIXELS
    content = (max((text_width(cell, width_of) for cell in cells), default=0.0) / _SAFETY + _PADDING) / PIXELS
    # Rounded to whole characters, so that columns with similar content are equally wide.
    return float(math.ceil(max(least, min(most, content))))
