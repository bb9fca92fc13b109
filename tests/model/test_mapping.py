"""The record of a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from tests.examples import A, B, row

if TYPE_CHECKING:
    from aicop.model import Mapping

ROW = row(A.key("X-1"), "equal-to", B.key("Y-1"))
OTHER: dict[str, Any] = {
    "source": A.key("X-2"),
    "target": B.key("Y-2"),
    "rationale": "Otherwise.",
    "confidence": 6,
    "author": "they",
    "date": "2026-02",
}


def test_what_a_row_says_does_not_depend_on_its_set() -> None:
    """The same row in two sets says one thing."""
    assert attrs.evolve(ROW, set="another") != ROW
    assert ROW.content == attrs.evolve(ROW, set="another").content


@pytest.mark.parametrize("field", OTHER)
def test_what_a_row_says_depends_on_all_else(field: str) -> None:
    """A row that differs in any other field says another thing."""
    changed: Mapping = attrs.evolve(ROW, **{field: OTHER[field]})
    assert changed.content != ROW.content
