"""Tables of text that fit a width: columns share it, and cells wrap."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
"""Blanks between two columns."""
_MIN_WIDTH = 4
"""No column becomes narrower than this, whatever the width of the terminal."""


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """
    Return a table that is at most *width* characters wide, as long as each column has room for four.

    Text wraps inside its cell, at blanks where it can; nothing is cut.
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

    Columns shrink from the widest on, first as far as their longest word, then below it, where words break.
    """
    columns = list(zip(*lines, strict=True))
    natural = [max(map(len, column)) for column in columns]
    words = [max((len(word) for cell in column for word in cell.split()), default=0) for column in columns]
    room = width - _GAP * (len(columns) - 1)
    if sum(words) <= room:
        return _shared(words, natural, room)
    return _shared([min(_MIN_WIDTH, one) for one in words], words, room)


def _shared(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Share *room* among columns that have a least and a most width: the largest limit on all that fits."""
    low, high = 0, max(most, default=0)
    # The total grows with the limit, so the largest limit that fits is found by halving.
    while low < high:
        limit = (low + high + 1) // 2
        if sum(max(one, min(limit, other)) for one, other in zip(least, most, strict=True)) <= room:
            low = limit
        else:
            high = limit - 1
    widths = [max(one, min(low, other)) for one, other in zip(least, most, strict=True)]
    # What rounding left goes to the columns that are still too narrow, from the left.
    for place, other in enumerate(most):
        more = min(other - widths[place], max(room - sum(widths), 0))
        widths[place] += max(more, 0)
    return widths


def _wrapped(text: str, width: int) -> list[str]:
    # Keys contain hyphens, and are not broken there.
    return textwrap.wrap(text, max(width, 1), break_on_hyphens=False) or [""]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    wrapped = (_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True))
    lines = (
        (" " * _GAP).join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
        for parts in zip_longest(*wrapped, fillvalue="")
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
