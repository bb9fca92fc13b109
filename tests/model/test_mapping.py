"""The record of a mapping."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from aicop.crosswalk import Crosswalk
from aicop.ids import JointId
from aicop.model import Mapping
from aicop.records import from_dict, to_dict
from aicop.schema import json_schema
from aicop.vocabulary import Predicate
from tests.examples import A, B, row

ROW = row(A.key("X-1"), "equal-to", B.key("Y-1"))
OTHER: dict[str, Any] = {
    "source": A.key("X-2"),
    "target": B.key("Y-2"),
    "rationale": "Otherwise.",
    "confidence": 6,
    "author": "they",
    "date": "2026-02",
}


def test_a_mapping_needs_its_sides_and_predicate_alone() -> None:
    """All other facts are not stated unless given, and the basis is the user's own."""
    made = Mapping(source=A.key("X-1"), predicate=Predicate.EQUAL, target=B.key("Y-1"))
    stated = {name: value for name, value in to_dict(made).items() if value is not None}
    assert stated == {"source": "a@1:X-1", "predicate": "equal-to", "target": "b@1:Y-1", "basis": "own", "set": ""}
    assert from_dict(Mapping, stated) == made
    assert json_schema("Mapping")["required"] == ["source", "predicate", "target"]


def test_a_mapping_made_by_hand_can_be_asked() -> None:
    """A crosswalk takes it as it takes a row of a file."""
    made = Mapping(source=A.key("X-1"), predicate=Predicate.EQUAL, target=B.key("Y-1"))
    assert Crosswalk.from_mappings([made], A, B)["X-1"][0].target == made.target


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
