"""Tables of text that fit a width: columns share it, and cells wrap."""

from __future__ import annotations

import math
import re
import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from aicop.ids import JOINER

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
"""Blanks between two columns."""
_STEPS = 20
"""How often the search for widths halves its range; that is exact to a thousandth of a character."""
_MIN_WIDTH = 4
"""No column becomes narrower than this, whatever the width of the terminal."""


class _Wrapper(textwrap.TextWrapper):
    """Breaks lines at blanks, and behind the sign between the ids of a joint id."""

    # Keys contain hyphens, so this is the pattern for text that is not broken at hyphens.
    wordsep_simple_re = re.compile(rf"([\t\n\v\f\r ]+|(?<={re.escape(JOINER)}))")


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """
    Return a table that is at most *width* characters wide, as long as each column has room for four.

    Text wraps inside its cell, at blanks or behind ``|`` where it can; nothing is cut.
    """
    lines = [header, *rows]
    widths = column_widths(lines, width)
    ruled = [header, ["-" * min(len(name), room) for name, room in zip(header, widths, strict=True)], *rows]
    return "".join(_row(cells, widths) for cells in ruled)


def text_record(fields: Sequence[tuple[str, str]], width: int) -> str:
    """Return names and values, one pair per line; values wrap beside their names."""
    indent = max((len(name) for name, _ in fields), default=0) + _GAP
    room = max(width - indent, 20)
    lines = []
    for name, value in fields:
        first, *more = _wrapped(value, room)
        lines += [f"{name.ljust(indent)}{first}", *(" " * indent + line for line in more)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def column_widths(lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """
    Return the width of each column, so that all of them fit *width* if they can.

    Columns shrink as far as their longest word, those with less text further than those with more; where that is not
    enough, the longest words break.
    """
    columns = list(zip(*lines, strict=True))
    natural = [max(map(len, column)) for column in columns]
    words = [max((len(word) for cell in column for word in _words(cell)), default=0) for column in columns]
    # The root, because a column twice as full needs more width and more lines, and not twice the width.
    weights = [math.sqrt(sum(map(len, column))) for column in columns]
    room = width - _GAP * (len(columns) - 1)
    if sum(words) <= room:
        return _shared(words, natural, weights, room)
    # By equal weights, so that all columns whose words are short stay whole, with their headings.
    return _shared([min(_MIN_WIDTH, one) for one in words], words, [1.0] * len(words), room)


def _shared(least: Sequence[int], most: Sequence[int], weights: Sequence[float], room: int) -> list[int]:
    """Share *room* by weight among columns that have a least and a most width."""

    def widths(unit: float) -> list[int]:
        return [max(low, min(int(unit * weight), high)) for low, high, weight in zip(least, most, weights, strict=True)]

    # The total grows with the unit, so the largest unit that fits is found by halving.
    low, high = 0.0, float(max(most, default=0))
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    found = widths(low)
    # What rounding left goes to the columns that are still too narrow, from the left.
    for place, limit in enumerate(most):
        found[place] += max(min(limit - found[place], room - sum(found)), 0)
    return found


def _words(text: str) -> list[str]:
    """Return the parts of a cell that stay on one line if there is room."""
    return text.replace(JOINER, f"{JOINER} ").split()


def _wrapped(text: str, width: int) -> list[str]:
    # Most cells fit, and `textwrap` is slow. It would change one that fits only at odd blanks and at blanks at the end.
    if len(text) <= width and text.isprintable() and text[-1:] != " ":
        return [text]
    return _Wrapper(width=max(width, 1), break_on_hyphens=False).wrap(text) or [""]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = ((" " * _GAP).join(map(str.ljust, parts, widths)) for parts in zip_longest(*wrapped, fillvalue=""))
    return "".join(f"{line.rstrip()}\n" for line in lines)
