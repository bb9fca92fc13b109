"""How much room text takes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.utility import xl_pixel_width  # type: ignore[import-untyped]

from aicop.interop.xlsx import measure
from aicop.interop.xlsx.measure import LINE_HEIGHT, MAX_ROW_HEIGHT, PIXELS, column_width, count_lines, row_height

TEXTS = st.text("aWi. -\n漢é", max_size=60)
WIDTHS = st.integers(1, 40)


def pixels(text: str) -> int:
    """Return the width of text: that of Excel for Latin characters, 16 for an ideograph."""
    return sum(16 if char == "漢" else xl_pixel_width(char) for char in text)


def lines_of(text: str, width: int) -> list[str]:
    """Break text as a spreadsheet does, one character at a time, in a column of *width* characters."""
    room = width * PIXELS
    found = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if pixels(line + char) > room and line and char != " ":
                # Back to the last blank; without one the word is broken here.
                kept, blank, rest = line.rpartition(" ")
                found.append(kept if blank else line)
                line = rest if blank else ""
            line += char
        found.append(line)
    return found


@given(TEXTS, WIDTHS)
def test_no_text_has_more_lines_than_are_counted(text: str, width: int) -> None:
    """Whatever is in it, and however narrow the column."""
    assert count_lines(text, width, xl_pixel_width) >= len(lines_of(text, width))


@given(TEXTS, WIDTHS)
def test_bold_and_large_text_takes_no_fewer_lines(text: str, width: int) -> None:
    """Nor does a narrower column."""
    plain = count_lines(text, width + 1, xl_pixel_width)
    assert count_lines(text, width + 1, xl_pixel_width, bold=True) >= plain
    assert count_lines(text, width + 1, xl_pixel_width, font_size=15) >= plain


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("one two", 10, 1),
        ("one two three", 10, 2),
        ("one\ntwo", 10, 2),
        ("one\n", 10, 2),
        ("W" * 40, 10, 8),
        ("a", 1, 1),
        ("漢" * 8, 10, 2),
    ],
)
def test_lines_are_counted(text: str, width: int, lines: int) -> None:
    """Between words, at line feeds, and within a word that is longer than a line."""
    assert count_lines(text, width, xl_pixel_width) == lines


def test_a_row_is_as_high_as_its_lines_and_as_a_row_can_be() -> None:
    """Larger type needs higher lines."""
    assert row_height(1) == LINE_HEIGHT
    assert row_height(3, font_size=22) == 6 * LINE_HEIGHT
    assert row_height(28) == MAX_ROW_HEIGHT


@given(st.text("Wi", max_size=30), st.lists(st.text("aWi ", max_size=80)), st.integers(1, 60))
def test_a_column_is_as_wide_as_it_needs(heading: str, cells: list[str], most: int) -> None:
    """Never wider than allowed but for its heading; where it is narrower, every cell has one line."""
    width = column_width(heading, cells, most, xl_pixel_width)
    assert width <= max(most, math.ceil((pixels(heading) * measure.BOLD / 0.97 + 5) / PIXELS))
    assert count_lines(heading, width, xl_pixel_width, bold=True) == 1
    if width < most:
        assert {count_lines(cell, width, xl_pixel_width) for cell in cells} <= {1}
