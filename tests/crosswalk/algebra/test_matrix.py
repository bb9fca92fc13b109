"""The relation matrix: inversion, composition and intersection of masks."""

from __future__ import annotations

from hypothesis import given

from aicop.crosswalk.algebra.matrix import NOTHING_KNOWN, compose, inverse
from aicop.relations import MASK, SETS, RelationSet
from aicop.vocabulary import Relation
from tests.crosswalk.examples import FLAT, key, walk
from tests.examples import A, B, C


@given(FLAT, FLAT)
def test_composition_never_overclaims(first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]) -> None:
    """Each composed relation is the intersection of the table's results over all paths."""
    one, other = walk(*first), walk(*second, source=B, target=C)
    both = one.compose(other)
    pairs = {
        (left.source, right.target) for left in one.claims() for right in other.claims() if left.target == right.source
    }
    assert {(claim.source, claim.target) for claim in both.claims()} == pairs
    for claim in both.claims():
        known_ = SETS[NOTHING_KNOWN]
        # Intersect the table's results over all elements in between.
        for middle in ("X-1", "X-2", "Y-1"):
            assert claim.source is not None
            before = one._matrix.get(claim.source, {}).get(B.key(middle))
            assert claim.target is not None
            after = other._matrix.get(B.key(middle), {}).get(claim.target)
            if before is not None and after is not None:
                known_ &= (SETS[before] if before else SETS[NOTHING_KNOWN]).compose(
                    SETS[after] if after else SETS[NOTHING_KNOWN]
                )
        assert claim.relations == known_


def test_unknown_steps_compose_to_unknown() -> None:
    """A path through an unknown relation gives the unknown relation, and no path gives none."""
    one, two, three = key(A, "X-1"), key(B, "X-1"), key(C, "X-1")
    same = MASK[RelationSet([Relation.EQUAL])]
    assert compose({one: {two: same}}, {two: {three: NOTHING_KNOWN}}) == {one: {three: NOTHING_KNOWN}}
    assert compose({one: {two: same}}, {}) == {}
    assert inverse({one: {two: NOTHING_KNOWN}}) == {two: {one: NOTHING_KNOWN}}
