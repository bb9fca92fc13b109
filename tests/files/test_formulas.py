"""Cells that a spreadsheet would evaluate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.files.formulas import escape_formula, unescape_formula


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@all", "'@all"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1+1", "''=1+1"),
        ("''-", "'''-"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("", ""),
        ("1=1", "1=1"),
    ],
)
def test_a_formula_is_escaped(text: str, safe: str) -> None:
    """A formula gets one more apostrophe, and reading removes exactly one."""
    assert escape_formula(text) == safe
    assert unescape_formula(safe) == text
    assert safe[:1] not in set("=+-@\t\r")


@given(st.text(st.sampled_from("'=+-@\t\ra "), max_size=6))
def test_escaping_can_be_undone(text: str) -> None:
    """Escaping and unescaping are inverses, whatever the text begins with."""
    assert unescape_formula(escape_formula(text)) == text
