"""Mappings in aicop's own format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given

from aicop import mappings
from aicop.mappings import sets
from aicop.vocabulary import MappingBasis
from tests.examples import A, B, row
from tests.interop import generated

if TYPE_CHECKING:
    from aicop.crosswalk import Crosswalk


@given(generated.crosswalks())
def test_mappings_round_trip(item: Crosswalk) -> None:
    """Rows are restored, and text that looks like a formula is escaped and unescaped."""
    # Imported rows may lack facts, and another test covers them.
    rows = [one for one in item.mappings if one.basis is not MappingBasis.IMPORTED]
    ends: dict[str, Any] = {"source_edition": str(item.source.id), "target_edition": str(item.target.id)}
    read = mappings.loads(mappings.dumps(rows), "own.tsv", frameworks=[item.source, item.target], **ends)
    assert [attrs.evolve(one, set="drawn") for one in read] == rows


@pytest.mark.parametrize("name", [item.name for item in sets() if item.basis == "editorial"])
def test_shipped_rows_round_trip(name: str) -> None:
    """Shipped rows pass the checks for users' files and are restored."""
    rows = mappings.load(name)
    assert mappings.loads(mappings.dumps(rows), name) == rows


def test_formulas_are_escaped() -> None:
    """A formula is written with an apostrophe, which the reader removes."""
    made = row(A.key("X-1"), "equal-to", B.key("X-1"), rationale="=SUM(1)", set="own.tsv")
    (read,) = mappings.loads(mappings.dumps([made]), "own.tsv", frameworks=[A, B])
    assert read.rationale == "=SUM(1)"
    assert "\t'=SUM(1)\t" in mappings.dumps([made])


def test_imported_rows_may_lack_facts() -> None:
    """Author, date, rationale and confidence may be empty for imported rows only."""
    silent = attrs.evolve(
        row(A.key("X-1"), "equal-to", B.key("X-1")),
        rationale=None,
        confidence=None,
        author=None,
        date=None,
        basis=MappingBasis.IMPORTED,
        set="own.tsv",
    )
    text = mappings.dumps([silent])
    assert mappings.loads(text, "own.tsv", frameworks=[A, B]) == (silent,)
    with pytest.raises(ExceptionGroup) as caught:
        mappings.loads(text.replace("imported", "own"), "own.tsv", frameworks=[A, B])
    assert len(caught.value.exceptions) == 4
