"""Mappings in our own format."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
def test_mappings_come_back_as_they_were(item: Crosswalk) -> None:
    """Whatever a row says, with the mark before what a sheet would take for a formula put on and taken off."""
    rows = [one for one in item.mappings if one.basis is not MappingBasis.IMPORTED]
    read = mappings.loads(mappings.dumps(rows), "own.tsv", frameworks=[item.source, item.target])
    assert [attrs.evolve(one, set="drawn") for one in read] == rows


@pytest.mark.parametrize("name", [item.name for item in sets() if item.basis == "editorial"])
def test_shipped_rows_come_back_as_they_were(name: str) -> None:
    """Through the gate that users' files pass."""
    rows = mappings.load(name)
    assert mappings.loads(mappings.dumps(rows), name) == rows


def test_what_a_sheet_would_run_is_written_as_text() -> None:
    """With an apostrophe before it, which the reader takes off; it refuses formulas."""
    made = row(A.key("X-1"), "equal-to", B.key("X-1"), rationale="=SUM(1)", set="own.tsv")
    (read,) = mappings.loads(mappings.dumps([made]), "own.tsv", frameworks=[A, B])
    assert read.rationale == "=SUM(1)"
    assert "\t'=SUM(1)\t" in mappings.dumps([made])


def test_what_was_imported_may_stay_open() -> None:
    """Who, when, why and how surely: empty cells, for rows on that basis alone."""
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
