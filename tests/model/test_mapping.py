"""The record of a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from aicop.ids import JointId
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


def test_the_content_of_a_row_excludes_its_set() -> None:
    """The same row in two sets has equal content."""
    assert attrs.evolve(ROW, set="another") != ROW
    assert ROW.content == attrs.evolve(ROW, set="another").content


@pytest.mark.parametrize("field", OTHER)
def test_the_content_of_a_row_includes_all_other_fields(field: str) -> None:
    """Rows that differ in any field but the set have different content."""
    changed: Mapping = attrs.evolve(ROW, **{field: OTHER[field]})
    assert changed.content != ROW.content


def test_an_empty_side_has_the_edition_that_was_searched() -> None:
    """The edition of a side is that of its elements, or the framework in which nothing was found."""
    assert (ROW.source_edition, ROW.target_edition) == (A.id, B.id)
    given: list[dict[str, Any]] = [{"source": None, "searched": A.id}, {"target": None, "searched": B.id}]
    for gone in given:
        changed = attrs.evolve(ROW, **gone)
        assert (changed.source_edition, changed.target_edition) == (A.id, B.id)
    joint = attrs.evolve(ROW, target=JointId([B.key("X-1"), B.key("X-2")]))
    assert joint.target_edition == B.id
