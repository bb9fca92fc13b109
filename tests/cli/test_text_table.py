"""Text tables, which lose nothing and fit if they can."""

from __future__ import annotations

import string
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.cli.text_table import column_widths, text_record, text_table


def test_a_table_that_fits_is_as_wide_as_its_cells() -> None:
    """Columns are two blanks apart, and no line ends in blanks."""
    assert text_table(["key", "title"], [["5.1", "Keep it"], ["5.10", ""]], 80) == (
        "key   title\n---   -----\n5.1   Keep it\n5.10\n"
    )


def test_the_widest_column_wraps_first() -> None:
    """The widest column wraps at blanks, and the key beside it stays whole."""
    assert text_table(["key", "title"], [["uk-ai-cop:5.1", "Keep an inventory of all assets"]], 30) == (
        "key            title\n"
        "---            -----\n"
        "uk-ai-cop:5.1  Keep an\n"
        "               inventory of\n"
        "               all assets\n"
    )


def test_words_break_where_there_is_no_other_way() -> None:
    """A word that does not fit is broken rather than cut off."""
    assert text_table(["a", "b"], [["x" * 8, "y" * 8]], 12) == "a      b\n-      -\nxxxxx  yyyyy\nxxx    yyy\n"


def test_the_longest_word_breaks_first() -> None:
    """If words must break, a column with short words stays whole, and so does its heading."""
    assert text_table(["source", "strength"], [["x" * 30, "7"]], 24) == (
        "source          strength\n------          --------\nxxxxxxxxxxxxxx  7\nxxxxxxxxxxxxxx\nxx\n"
    )


def test_joint_ids_wrap_between_their_members() -> None:
    """The members of a joint id stay whole, and no column is broken for one that could wrap there."""
    assert text_table(["source", "strength"], [["acme@1:AC-1|AC-2|AC-3", "7"]], 24) == (
        "source          strength\n------          --------\nacme@1:AC-1|    7\nAC-2|AC-3\n"
    )


TEXTS = st.lists(st.text(" x-", max_size=30), min_size=1, max_size=5)


@given(
    st.integers(1, 6).flatmap(
        lambda columns: st.lists(st.lists(TEXTS, min_size=columns, max_size=columns), min_size=1)
    ),
    st.integers(1, 120),
)
def test_no_letter_is_lost_and_tables_fit_where_they_can(rows: list[list[list[str]]], width: int) -> None:
    """Each column has its own letter, and as many of it are printed as there were; tables fit unless too narrow."""
    # Give each column a letter of its own, so that lost text can be counted per column.
    letters = string.ascii_lowercase[: len(rows[0])]
    cells = [[" ".join(cell).replace("x", letter) for cell, letter in zip(row, letters, strict=True)] for row in rows]
    table = text_table(letters, cells, width)
    for place, letter in enumerate(letters):
        assert table.count(letter) == 1 + sum(row[place].count(letter) for row in cells)
    widths = column_widths([letters, *cells], width)
    assert max(map(len, table.splitlines())) <= sum(widths) + 2 * (len(widths) - 1)
    if width >= 6 * len(letters):
        assert sum(widths) + 2 * (len(widths) - 1) <= width


@pytest.mark.parametrize("width", [80, 10])
def test_a_record_wraps_beside_its_names(width: int) -> None:
    """Values wrap beside their names and have at least twenty characters, however narrow the terminal."""
    text = text_record([("key", "5.1"), ("title", "Keep an inventory"), ("note", "")], width)
    assert text == "key    5.1\ntitle  Keep an inventory\nnote\n"


def test_an_empty_record_is_empty() -> None:
    """A record without fields is the empty text."""
    assert text_record([], 80) == ""


@given(st.text(" x-\t\n\u00a0\u2003\x1b"), st.integers(20, 40))
def test_text_that_fits_is_what_wrapping_leaves_of_it(text: str, width: int) -> None:
    """Odd blanks become plain ones, and blanks at the end are dropped, whether or not the text needs to be wrapped."""
    first, *_ = textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    assert text_record([("", text)], width + 2).splitlines()[0] == f"  {first}".rstrip()
