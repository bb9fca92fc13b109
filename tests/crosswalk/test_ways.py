"""The ways of a crosswalk in words."""

from __future__ import annotations

import pytest

from aicop.crosswalk.ways import DIRECT, Ways, editions_between, way_phrase
from aicop.ids import EditionId

A, B, C = (EditionId(name, "1") for name in "abc")


@pytest.mark.parametrize(
    ("ways", "phrase"),
    [
        (DIRECT, ""),
        (((A,),), " through a@1"),
        (((A, B),), " through a@1, b@1"),
        (((), (A,)), ", direct and through a@1"),
        (((A,), (B, C)), " through a@1 and through b@1, c@1"),
        (((A,), (), (B,)), ", through a@1, direct and through b@1"),
    ],
)
def test_ways_are_named_in_order(ways: Ways, phrase: str) -> None:
    """Behind the name of the target, from which they are divided by a comma if one of them is direct."""
    assert way_phrase(ways) == phrase


def test_an_edition_on_several_ways_is_named_once() -> None:
    """Where it comes first."""
    assert editions_between(((B, A), (), (A, C), (B,))) == (B, A, C)
    assert editions_between(DIRECT) == ()
