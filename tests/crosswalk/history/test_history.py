"""The history of a crosswalk: records that can be compared, copied, filtered and asked."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given

from aicop.crosswalk import Crosswalk
from aicop.frameworks import digest
from aicop.ids import JointId
from tests.crosswalk.examples import FLAT, facts, walk
from tests.examples import A, B, C, row

if TYPE_CHECKING:
    from collections.abc import Callable

ONWARD = walk(("Y-1", "equal-to", "X-1"), ("X-2", "nothing-found", ""), source=B, target=C)
SHAPES: list[Callable[[Crosswalk], Crosswalk]] = [
    lambda found: found,
    lambda found: found.inverse(),
    lambda found: found.merge_makers(),
    lambda found: found.at_level("control"),
    lambda found: found.combine(walk(("X-1", "related-to", "Y-2"), author="they")),
    lambda found: found.compose(ONWARD),
    lambda found: found.filter(relation="equal-to"),
]


def copied(found: Crosswalk) -> Crosswalk:
    """Return a crosswalk after pickling and unpickling."""
    made = pickle.loads(pickle.dumps(found))  # noqa: S301 -- pickled here
    assert isinstance(made, Crosswalk)
    return made


@given(FLAT)
def test_a_crosswalk_is_a_value(rows: list[tuple[str, str, str]]) -> None:
    """It is equal to one that was made in the same way, and to its copy, whether or not either has been asked."""
    for shape in SHAPES:
        found, again = shape(walk(*rows)), shape(walk(*rows))
        said = facts(found)
        assert found == again
        assert hash(found) == hash(again)
        assert copied(found) == found
        assert facts(copied(again)) == said
        assert found.inverse() != found
        assert found.inverse().inverse() == found


def test_other_mappings_make_another_crosswalk() -> None:
    """Mappings, editions and the way in which it was made all count."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert found != walk(("X-1", "equal-to", "Y-2"))
    assert found != walk(("X-1", "equal-to", "Y-1"), author="they")
    assert walk() != walk(target=C)
    assert found != found.merge_makers()
    assert found.merge_makers().merge_makers() == found.merge_makers()


@given(FLAT, FLAT)
def test_combining_with_itself_changes_nothing(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    """The same mapping counts once, however often it is combined, and whatever set it belongs to."""
    one, other = walk(*first), walk(*second)
    both = one.combine(other)
    assert one.combine(one) == one
    assert both.combine(one) == both
    moved = Crosswalk.from_mappings([attrs.evolve(item, set="elsewhere") for item in both.mappings], A, B)
    again = both.combine(moved)
    assert list(again.claims()) == list(both.claims())
    assert again.mappings == both.mappings


def test_what_is_in_two_sets_counts_once() -> None:
    """One mapping or two, and in whichever way nothing was found; a crosswalk combined with itself is the same."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-2", "nothing-found", ""))
    moved = Crosswalk.from_mappings([attrs.evolve(item, set="elsewhere") for item in found.mappings], A, B)
    both = found.combine(moved)
    assert both.mappings == found.mappings
    assert [len(claim.paths) for claim in both.claims()] == [1, 1]
    assert [len(claim.paths) for claim in both.merge_makers().claims()] == [1, 1]
    assert found.combine(found) == found
    assert both != found


def test_in_and_for_speak_of_sources() -> None:
    """A key is in a crosswalk if something is said about it, and iteration yields these keys in order."""
    pair = JointId([A.key("Y-1"), A.key("Y-2")])
    rows = [
        row(pair, "intersects-with", B.key("Y-1")),
        row(A.key("X-2"), "nothing-found", None),
        row(A.key("X-1"), "equal-to", B.key("X-1")),
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    assert list(found) == [A.key("X-1"), A.key("X-2"), pair]
    assert all(found[key] for key in found)
    for key in ("X-1", A.key("X-2"), "a@1:Y-1", pair, str(pair), "Y-1|Y-2", "Y-2|Y-1"):
        assert key in found
    for other in ("Y", "X-9", B.key("X-1"), "Y-1|X-9", JointId([A.key("X-1"), A.key("X-2")]), 7, None, A):
        assert other not in found
    assert "Y-1" not in found.inverse().inverse().filter(relation="equal-to")
    assert list(found.inverse()) == [B.key("X-1"), B.key("Y-1")]


def test_a_crosswalk_names_what_it_passes() -> None:
    """`via` lists the editions between source and target, in the direction of the crosswalk."""
    there = walk(("X-1", "equal-to", "Y-1"))
    assert there.via == ()
    both = there.compose(ONWARD)
    assert both.via == (B.id,)
    back = both.compose(walk(("X-1", "equal-to", "X-1"), source=C, target=A))
    assert back.via == (B.id, C.id)
    assert back.inverse().via == (C.id, B.id)
    assert back.at_level().merge_makers().via == (B.id, C.id)
    assert there.merge_makers().via == ()
    assert walk(source=A, target=C).combine(both).via == (B.id,)


def test_a_change_in_the_middle_makes_a_claim_suspect() -> None:
    """A mapping is suspect if an element of any framework on the way has changed."""
    good = digest(B["Y-1"])
    onward = walk(("Y-1", "equal-to", "X-1"), source=B, target=C, source_digest="0" * 16)
    [claim] = walk(("X-1", "equal-to", "Y-1"), target_digest=good).compose(onward)["X-1"]
    assert claim.suspect
    both = walk(("X-1", "equal-to", "Y-1"), target_digest="0" * 16).compose(onward)
    assert both.suspects() == both.mappings
    joint = JointId([B.key("Y-1"), B.key("Y-2")])
    digests = "|".join(digest(B[key]) for key in joint.members)
    for known, suspect in ((digests, False), (f"{good}|{good}", True)):
        rows = [row(A.key("X-1"), "equal-to", joint, target_digest=known)]
        assert [item.suspect for item in Crosswalk.from_mappings(rows, A, B)["X-1"]] == [suspect] * 3


def test_what_a_filter_removes_is_listed() -> None:
    """Filters count what they remove, one after the other, in all steps."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-2", "subset-of", "Y-1"), ("Y-1", "related-to", "Y-1"))
    assert found.omissions == ()
    less = found.filter(relation=["equal-to", "subset-of"])
    [lost] = less.omissions
    assert (lost.count, lost.mappings, str(lost)) == (
        1,
        found.mappings[2:],
        "1 mapping: from a@1 to b@1, not matched by the filter",
    )
    assert less == walk(("X-1", "equal-to", "Y-1"), ("X-2", "subset-of", "Y-1"))
    [lost] = less.filter(relation="equal-to").inverse().merge_makers().omissions
    assert str(lost) == "2 mappings: from a@1 to b@1, not matched by the filter"
    both = found.combine(walk(("X-1", "equal-to", "Y-2"), author="they")).filter(author="they")
    assert [str(item) for item in both.omissions] == ["3 mappings: from a@1 to b@1, not matched by the filter"]
    # What a filter has removed can still be named in the next one.
    assert both.filter(author="we").mappings == ()


def test_what_a_level_leaves_out_is_counted() -> None:
    """Pairs of elements of other kinds are counted, and none if all kinds are kept."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-1", "mitigates", "R"))
    assert found.at_level().omissions == ()
    # X-1 and X are mapped to Y-1, Y and R; of these six, X to Y is kept.
    assert [str(item) for item in found.at_level("family", "family").omissions] == [
        "5 pairs: between elements of other kinds"
    ]
    # X-1 and X are mapped to Y-1 and Y, and R to R; none of these five pairs is kept.
    other = walk(("X-1", "equal-to", "Y-1"), ("R", "corresponds-to", "R"))
    assert [item.count for item in other.at_level("risk", "control").omissions] == [5]


@pytest.mark.parametrize(("kind", "kept"), [("control", ["X-1", "Y-1", "Y-2"]), ("family", ["Y"]), ("risk", [])])
def test_what_was_not_found_is_kept_at_its_own_level(kind: str, kept: list[str]) -> None:
    """And at those below it, on either side; pairs alone are counted."""
    found = walk(("X-1", "nothing-found", ""), ("Y", "nothing-found", ""))
    there, back = found.at_level(kind), found.inverse().at_level(None, kind)
    assert [claim.source for claim in there.claims()] == [A.key(name) for name in kept]
    assert [claim.target for claim in back.claims()] == [A.key(name) for name in kept]
    assert there.omissions == back.omissions == ()


def test_the_rows_of_an_inverse_are_those_of_the_other_side() -> None:
    """Each with its end there; what was not found has one end."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-2", "nothing-found", ""))
    one, none = found.mappings
    there, back = [(A.key("X-1"), one), (A.key("X-2"), none)], [(B.key("Y-1"), one)]
    for made in (found, found.merge_makers(), found.at_level(), found.combine(found)):
        turned = made.inverse()._history
        assert [list(made._history.rows_at(side)) for side in (0, 1)] == [there, back]
        assert [list(turned.rows_at(side)) for side in (0, 1)] == [back, there]
