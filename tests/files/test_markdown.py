"""Markdown: escaped text and tables."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from aicop.files.markdown import markdown_table, markdown_text

# ASCII punctuation, all of which a backslash escapes: CommonMark 0.31, section 2.4.
PUNCTUATION = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""


@given(st.text(st.sampled_from([*PUNCTUATION, "a", " ", "é"]), max_size=30))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    """Removing backslashes before punctuation, as Markdown does, restores the text."""
    escaped = markdown_text(text)
    assert re.sub(rf"\\([{re.escape(PUNCTUATION)}])", r"\1", escaped) == text


@given(st.text(st.sampled_from([*PUNCTUATION, "a"]), max_size=30))
def test_no_inline_markup_is_left_unescaped(text: str) -> None:
    """No character for emphasis, code, links, HTML, entities or tables is left unescaped."""
    bare = re.sub(r"\\.", "", markdown_text(text))
    assert set(bare).isdisjoint(r"`*_[]<>|&~#")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("C", "Z")), max_size=9), min_size=2, max_size=2), max_size=5
    )
)
def test_a_table_has_one_line_per_row_and_its_cells(rows: list[list[str]]) -> None:
    """A table has a header, a rule and one line per row, and a bar in a cell does not split it."""
    lines = markdown_table(["a", "b"], [list(map(markdown_text, row)) for row in rows]).splitlines()
    assert lines[:2] == ["| a | b |", "| --- | --- |"]
    assert len(lines) == 2 + len(rows)
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3 for line in lines)
