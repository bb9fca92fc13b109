"""Explanations of claims as text."""

from __future__ import annotations

from tests.crosswalk.examples import walk
from tests.examples import B, C


def test_explanations_read_as_text() -> None:
    """An explanation gives the relationship, its meaning, and each row with its confidence."""
    assert walk(("X-1", "subset-of", "Y-1"), confidence=7).explain("X-1", "Y-1") == (
        "a@1:X-1 to b@1:Y-1: subset-of.\n"
        "  In plain words: the target asks all that the source asks, and more.\n"
        "  Strength: 10 of 10.\n"
        "  - a@1:X-1 subset-of b@1:Y-1: a@1:X-1 subset-of b@1:Y-1 (own, we, 2026-01-01, confidence 7 of 10)\n"
    )
    both = walk(("X-1", "related-to", "Y-1"), settlement="One judge was stricter.")
    assert "they have something in common" in both.explain("X-1", "Y-1")
    assert "Disagreement resolved: One judge was stricter." in both.explain("X-1", "Y-1")
    chain = both.compose(walk(("Y-1", "related-to", "X-1"), source=B, target=C))
    assert "no relationship follows from it" in chain.explain("X-1", "X-1")
    assert walk(("X-1", "intersects-with", "Y-1"), strength=4).explain("X-1", "Y-1").count("4 of 10") == 1
