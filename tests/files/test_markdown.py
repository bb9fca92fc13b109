"""Markdown: escaped text, and tables."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from aicop.files.markdown import markdown_table, markdown_text, printable

# ASCII punctuation, all of which a backslash escapes: CommonMark 0.31, section 2.4.
PUNCTUATION = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""


@given(st.text(st.sampled_from([*PUNCTUATION, "a", " ", "é"]), max_size=30))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    """Taking every backslash before punctuation off, as a reader of Markdown does, gives it back."""
    escaped = markdown_text(text)
    assert re.sub(rf"\\([{re.escape(PUNCTUATION)}])", r"\1", escaped) == text


@given(st.text(st.sampled_from([*PUNCTUATION, "a"]), max_size=30))
def test_no_sign_that_begins_markup_inside_a_line_is_left(text: str) -> None:
    """Emphasis, code, links, HTML, entities, tables and strikethrough."""
    bare = re.sub(r"\\.", "", markdown_text(text))
    assert set(bare).isdisjoint(r"`*_[]<>|&~#")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("C", "Z")), max_size=9), min_size=2, max_size=2), max_size=5
    )
)
def test_a_table_has_a_line_for_each_row_and_as_many_cells(rows: list[list[str]]) -> None:
    """Header and rule first; a bar in a cell does not part it."""
    lines = markdown_table(["a", "b"], [list(map(markdown_text, row)) for row in rows]).splitlines()
    assert lines[:2] == ["| a | b |", "| --- | --- |"]
    assert len(lines) == 2 + len(rows)
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3 for line in lines)


def test_what_cannot_be_printed_is_shown_escaped() -> None:
    """So that it reaches no terminal."""
    assert printable("a\x1b[2Jb\u202e") == r"a\x1b[2Jb\u202e"
    assert printable("é – 字") == "é – 字"
