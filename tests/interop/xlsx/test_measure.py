"""The space that text takes in a cell."""

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
    """Return the width of text: that of Excel for Latin characters, and 16 for an ideograph."""
    return sum(16 if char == "漢" else xl_pixel_width(char) for char in text)


def lines_of(text: str, width: int) -> list[str]:
    """Break text as a spreadsheet does, character by character, in a column of *width* characters."""
    room = width * PIXELS
    found = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if pixels(line + char) > room and line and char != " ":
                # Break at the last blank, or inside the word if there is none.
                kept, blank, rest = line.rpartition(" ")
                found.append(kept if blank else line)
                line = rest if blank else ""
            line += char
        found.append(line)
    return found


@given(TEXTS, WIDTHS)
def test_no_text_has_more_lines_than_are_counted(text: str, width: int) -> None:
    """The count of lines is never too low, whatever the text and the width."""
    assert count_lines(text, width, xl_pixel_width) >= len(lines_of(text, width))


@given(TEXTS, WIDTHS)
def test_bold_and_large_text_takes_no_fewer_lines(text: str, width: int) -> None:
    """Bold or larger text never takes fewer lines than plain text."""
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
    """Lines break between words, at line feeds, and within words that are longer than a line."""
    assert count_lines(text, width, xl_pixel_width) == lines


def test_row_height_grows_with_lines_and_font_up_to_a_limit() -> None:
    """Height grows with the lines and the font size, up to the maximum of a row."""
    assert row_height(1) == LINE_HEIGHT
    assert row_height(3, font_size=22) == 6 * LINE_HEIGHT
    assert row_height(28) == MAX_ROW_HEIGHT


@given(st.text("Wi", max_size=30), st.lists(st.text("aWi ", max_size=80)), st.integers(1, 60))
def test_a_column_is_as_wide_as_its_text(heading: str, cells: list[str], most: int) -> None:
    """A column is at most as wide as allowed or as its heading, and below that no cell wraps."""
    width = column_width(heading, cells, most, xl_pixel_width)
    assert width <= max(most, math.ceil((pixels(heading) * measure.BOLD / 0.97 + 5) / PIXELS))
    assert count_lines(heading, width, xl_pixel_width, bold=True) == 1
    if width < most:
        assert {count_lines(cell, width, xl_pixel_width) for cell in cells} <= {1}
