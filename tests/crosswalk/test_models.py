"""Everything that follows from true mappings is true, at all levels and for joint ids."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.crosswalk import Crosswalk
from aicop.crosswalk.algebra.joints import member_mask
from aicop.ids import JointId
from aicop.relations import MASK, SETS, RelationSet
from aicop.vocabulary import Coverage, Predicate, Relation
from tests.crosswalk.models import check_true, true_rows, walk_of, worlds
from tests.test_relations import UNIVERSE, between

if TYPE_CHECKING:
    from aicop.ids import End
    from tests.crosswalk.models import World


def test_what_members_inherit_is_what_sets_allow() -> None:
    """If the union is equal to or inside the target, or shares nothing with it, so do the members; else no claim."""
    allowed: dict[Relation, set[Relation]] = {}
    for one, other, target in itertools.product(UNIVERSE, UNIVERSE, UNIVERSE):
        allowed.setdefault(between(one | other, target), set()).add(between(one, target))
    followed = {Relation.EQUAL, Relation.SUBSET, Relation.NONE}
    for relation, members in allowed.items():
        known = member_mask(MASK[RelationSet([relation])])
        assert known == (MASK[RelationSet(members)] if relation in followed else None)
    assert member_mask(0) is None
    assert member_mask(MASK[RelationSet([Relation.EQUAL, Relation.NONE])]) is None


@given(st.data())
def test_direct_claims_and_levels_are_sound(data: st.DataObject) -> None:
    """A crosswalk of true mappings allows what is the case: as stated, inverted, merged and at every level."""
    one, other = data.draw(worlds("a")), data.draw(worlds("b"))
    found = walk_of(data.draw(true_rows(one, other)), one, other)
    check_true(found, one, other)
    check_true(found.inverse(), other, one)
    check_true(found.merge_makers(), one, other)
    check_true(found.at_level(), one, other)
    check_true(found.inverse().at_level(), other, one)
    # Propagation for an inverted crosswalk is the inverse of propagation.
    assert found.inverse().at_level()._matrix.keys() == found.at_level().inverse()._matrix.keys()


def chain(data: st.DataObject, *, flat: bool = False) -> tuple[tuple[World, World, World], Crosswalk, Crosswalk]:
    """Draw three worlds and true crosswalks from the first to the second, and from there to the third."""
    drawn = (
        data.draw(worlds("a")),
        data.draw(worlds("b", 1 if flat else 4, flat=flat)),
        data.draw(worlds("c", 3, flat=flat)),
    )
    first = walk_of(data.draw(true_rows(drawn[0], drawn[1])), drawn[0], drawn[1])
    second = walk_of(data.draw(true_rows(drawn[1], drawn[2])), drawn[1], drawn[2])
    return drawn, first, second


@given(st.data())
def test_composition_is_sound_at_all_levels(data: st.DataObject) -> None:
    """Mappings that meet at different levels of the middle, or through joint ids, allow what is the case."""
    (one, _, other), first, second = chain(data)
    both = first.compose(second)
    check_true(both, one, other)
    check_true(both.at_level(), one, other)
    back = second.inverse().compose(first.inverse())
    check_true(back, other, one)
    assert {(claim.source, claim.target, claim.relations, claim.link) for claim in both.inverse().claims()} == {
        (claim.source, claim.target, claim.relations, claim.link) for claim in back.claims()
    }


@given(st.data())
def test_composition_of_three_steps_is_sound(data: st.DataObject) -> None:
    """So do longer chains, whichever step is composed first."""
    (one, _, other), first, second = chain(data)
    last = data.draw(worlds("d", 3))
    third = walk_of(data.draw(true_rows(other, last)), other, last)
    check_true(first.compose(second).compose(third), one, last)
    check_true(first.compose(second.compose(third)), one, last)


@given(st.data())
def test_lifting_first_claims_no_less(data: st.DataObject) -> None:
    """Lifting commutes with composition: the same pairs, and at least as much is known if it is done first."""
    _, first, second = chain(data, flat=True)
    before, after = first.at_level().compose(second)._matrix, first.compose(second).at_level()._matrix
    pairs = {(one, other) for one, row in after.items() for other in row}
    # A joint id of which nothing follows in the composition is not a source of it.
    more = {(one, other) for one, row in before.items() for other in row} - pairs
    assert all(isinstance(one, JointId) for one, _ in more)
    assert all(one in before and other in before[one] for one, other in pairs)
    for one, other in pairs:
        assert SETS[before[one][other]].relations <= SETS[after[one][other]].relations


@given(st.data())
def test_coverage_is_true(data: st.DataObject) -> None:
    """Nothing is covered that is not inside an element or joint id, and nothing is uncovered that shares something."""
    (one, _, other), first, second = chain(data)
    for found in (first.compose(second), first.compose(second).inverse()):
        near, far = (one, other) if found.source is one.framework else (other, one)
        sets = far.values.values()
        for item, known in found.coverage(denominator="control").items:
            bits = near.values[item]
            if known is Coverage.COVERED:
                everything = 0
                for value in sets:
                    everything |= value
                assert bits & everything == bits
            if known is Coverage.PARTLY:
                assert any(bits & value for value in sets)


@given(st.data())
def test_strengths_are_those_of_the_claims(data: st.DataObject) -> None:
    """Strengths, which are read without building claims, are the greatest of the claims about each source."""
    _, first, second = chain(data)
    scored = st.integers(0, 10) | st.none()

    def with_strengths(walk: Crosswalk) -> Crosswalk:
        rows = []
        for stated in walk.mappings:
            row, predicate = stated, stated.predicate
            if predicate in {Predicate.INTERSECTS, Predicate.RELATED}:
                predicate = data.draw(st.sampled_from([predicate, Predicate.MITIGATES, Predicate.CITES]))
                row = attrs.evolve(row, strength=data.draw(scored), reverse_strength=data.draw(scored))
            rows.append(attrs.evolve(row, predicate=predicate))
        # Not checked, since these elements are neither risks nor documents.
        return Crosswalk.from_mappings(rows, walk.source, walk.target, _trusted=True)

    near, far = with_strengths(first), with_strengths(second)
    both = near.compose(far)
    for walk in (near, near.merge_makers(), near.merge_makers().inverse(), both, both.inverse(), both.at_level()):
        expected: dict[End, int] = {}
        for item in walk.claims():
            counts = item.link is None or item.inverted
            if item.source is not None and counts and item.strength is not None:
                expected[item.source] = max(expected.get(item.source, 0), item.strength)
        assert walk._claims.strengths == expected


@pytest.mark.parametrize("side", ["source", "target"])
@given(data=st.data())
def test_every_mapping_is_used_or_counted(data: st.DataObject, side: str) -> None:
    """A mapping of a step is behind a claim of the composition, or among its omissions, and never both."""
    _, first, second = chain(data)
    both = first.compose(second)
    used = {row for claim in both.claims() for row in claim.mappings}
    lost = {row for item in both.omissions for row in item.mappings}
    rows = set((first if side == "source" else second).mappings)
    assert rows <= used | lost
    assert sum(item.count for item in both.omissions) == len(lost)
    assert not rows & used & lost
