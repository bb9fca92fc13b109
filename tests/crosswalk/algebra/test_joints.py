"""Joint mappings: several elements of one framework, taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.crosswalk.algebra.joints import JointBranches, common_wholes, spread_relations
from aicop.errors import UnknownKey
from aicop.frameworks import loads
from aicop.ids import ControlId, JointId
from aicop.relations import MASK, RelationSet
from aicop.vocabulary import Coverage, Relation
from tests.crosswalk.examples import facts, walk
from tests.examples import A, B, C, row

if TYPE_CHECKING:
    from aicop.ids import End

CODE = frameworks.load("uk-ai-cop")
TABLE = "\n".join(["id,kind", *(f"AC-{number},control" for number in range(1, 12)), ""])
ACME = loads(TABLE, "acme.csv", framework="acme", edition="2026", title="Acme")
FIVE = JointId([ACME.key(f"AC-{number}") for number in range(1, 6)])
INSIDE = RelationSet([Relation.EQUAL, Relation.SUBSET])


def test_five_controls_together_cover_a_provision() -> None:
    """Each of them covers a part, and only their union covers the provision."""
    made = Crosswalk.from_mappings([row(FIVE, "equal-to", CODE.key("6.1"))], ACME, CODE)
    back = made.inverse()
    assert [item.local for item in back.coverage(["6.1"]).of(Coverage.COVERED)] == ["6.1"]
    assert [(claim.target and claim.target.local, claim.says) for claim in back["6.1"]][:3] == [
        ("AC-1", "equal-to or superset-of"),
        (FIVE.local, "equal-to"),
        ("AC-2", "equal-to or superset-of"),
    ]
    assert back.claims_to("AC-3")[-1].source == CODE.key("6.1")
    # From their side: each is covered by the provision, and the others are not reviewed.
    counts = made.coverage(denominator="control").counts
    assert (counts[Coverage.COVERED], counts[Coverage.UNSEEN]) == (5, 6)


def test_members_get_only_what_follows() -> None:
    """Equal or subset: subset or equal; none: none; for all else, members have no claim of their own."""
    pair = JointId([A.key("X-1"), A.key("X-2")])
    followed = {
        "equal-to": INSIDE,
        "subset-of": RelationSet([Relation.SUBSET]),
        "no-relationship": RelationSet([Relation.NONE]),
        "superset-of": None,
        "intersects-with": None,
        "related-to": None,
        "mitigates": None,
    }
    for predicate, known in followed.items():
        target = B.key("R" if predicate == "mitigates" else "Y-1")
        found = Crosswalk.from_mappings([row(pair, predicate, target)], A, B)
        own = [claim for claim in found["X-2"] if claim.source == A.key("X-2")]
        assert [claim.relations for claim in own] == ([] if known is None else [known])
        # The joint claim is listed for a member as well, after those of its own.
        assert found["X-2"][-1].source == pair
        assert found["X-2"][-1] in found[pair]
        back = found.inverse()
        assert [claim.relations and claim.relations.inverse() for claim in back.pair(target, A.key("X-2"))] == (
            [] if known is None else [known]
        )
        assert facts(back.inverse()) == facts(found)


def test_a_claim_about_a_member_shows_how_it_follows() -> None:
    """Its path has a step from the member to the joint id; as a subset, it is wholly asked by the target."""
    pair = JointId([A.key("X-1"), A.key("X-2")])
    found = Crosswalk.from_mappings([row(pair, "subset-of", B.key("Y-1"), strength=10)], A, B)
    [claim, joint] = found["X-1"]
    assert [(step.source, step.target) for step in claim.paths[0]] == [
        (A.key("X-1"), pair),
        (pair, B.key("Y-1")),
    ]
    assert (claim.strength, joint.strength, claim.derived, joint.derived) == (10, 10, True, False)
    text = found.explain("X-1", "Y-1")
    assert "a@1:X-1 is a part of a@1:X-1|a@1:X-2." in text
    assert "a@1:X-1|a@1:X-2 subset-of b@1:Y-1" in text
    assert found.explain("X-1|X-2", "Y-1").startswith("a@1:X-1|a@1:X-2 to b@1:Y-1: subset-of.")
    assert [item["source"] for item in found.table()] == ["a@1:X-1", "a@1:X-1|a@1:X-2", "a@1:X-2"]


def test_nothing_found_for_a_joint_id_holds_for_its_members() -> None:
    """On either side of the crosswalk, and in its inverse."""
    pair = JointId([A.key("X-1"), A.key("X-2")])
    found = Crosswalk.from_mappings([row(pair, "nothing-found", None)], A, B)
    assert [(claim.source, claim.says) for claim in found["X-1"]] == [
        (A.key("X-1"), "nothing found"),
        (pair, "nothing found"),
    ]
    back = found.inverse()
    assert [claim.target for claim in back.claims_to("X-1")] == [A.key("X-1"), pair]
    assert back.inverse() == found
    assert found.coverage(["X"]).counts[Coverage.NOT_COVERED] == 2


def test_the_path_of_a_member_for_which_nothing_was_found_leads_through_the_joint_id() -> None:
    """From the member to nothing or, on the side of the target, from nothing to the member."""
    pair, other = (JointId([of.key("X-1"), of.key("X-2")]) for of in (A, B))
    rows = [row(pair, "nothing-found", None), row(None, "nothing-found", other)]
    found = Crosswalk.from_mappings(rows, A, B)
    one, end = A.key("X-1"), B.key("X-2")
    [there, _] = found["X-1"]
    assert [(step.source, step.target, step.mapping) for step in there.paths[0]] == [
        (one, pair, None),
        (pair, None, found.mappings[0]),
    ]
    [back, _] = found.claims_to("X-2")
    assert [(step.source, step.target, step.mapping) for step in back.paths[0]] == [
        (None, other, found.mappings[1]),
        (other, end, None),
    ]
    assert [step.rationale for step in (there.paths[0][0], back.paths[0][1])] == [
        f"{one} is a part of {pair}.",
        f"{end} is a part of {other}.",
    ]


def test_a_gap_names_the_joint_target() -> None:
    """The remainder of a joint mapping is a gap of the item, and of a member as far as it is known."""
    rows = [row(FIVE, "superset-of", CODE.key("6.1")), row(FIVE, "intersects-with", CODE.key("6.2"), strength=4)]
    rows[1] = row(
        FIVE,
        "intersects-with",
        CODE.key("6.2"),
        strength=4,
        remainder="paper",
        reverse_strength=7,
        reverse_remainder="tests",
    )
    made = Crosswalk.from_mappings(rows, ACME, CODE)
    [gap] = made.inverse().gaps(["6.2"])
    assert (gap.coverage, gap.strength, gap.remainders) == (
        Coverage.PARTLY,
        7,
        ("AC-1|AC-2|AC-3|AC-4|AC-5: tests",),
    )
    own = {item.item.local: item for item in made.gaps(denominator="control")}
    assert own["AC-2"].coverage is Coverage.OPEN
    assert own["AC-2"].remainders == ("AC-1|AC-2|AC-3|AC-4|AC-5 to 6.2: paper",)


def test_joint_ids_meet_their_members_in_the_middle() -> None:
    """A mapping to a joint id meets mappings of its members, and mappings to them meet it."""
    pair = JointId([B.key("X-1"), B.key("X-2")])
    first = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", pair)], A, B)
    members = walk(("X-1", "subset-of", "Y-1"), ("X-2", "subset-of", "Y-1"), source=B, target=C)
    [claim] = first.compose(members)["X-1"]
    assert claim.relations == INSIDE
    assert [[str(step.target) for step in path] for path in claim.paths] == [
        [str(pair), "b@1:X-1", "c@1:Y-1"],
        [str(pair), "b@1:X-2", "c@1:Y-1"],
    ]
    other = walk(("X-1", "equal-to", "X-1"))
    joint = Crosswalk.from_mappings([row(pair, "subset-of", C.key("Y-1"))], B, C)
    [claim] = other.compose(joint)["X-1"]
    assert claim.says == "subset-of"
    # The family contains both members, and therefore the joint id: one step in the middle.
    family = walk(("X-1", "superset-of", "X"))
    [claim] = family.compose(Crosswalk.from_mappings([row(pair, "superset-of", C.key("Y-1"))], B, C))["X-1"]
    assert claim.says == "superset-of"
    assert [str(step.target) for step in claim.paths[0]] == ["b@1:X", str(pair), "c@1:Y-1"]


def test_overlapping_joint_ids_meet_through_a_common_member() -> None:
    """And through a part of a member; the path names the member."""
    keys = [B.key(name) for name in ("X-1", "X-2", "Y-1")]
    one, other = JointId(keys[:2]), JointId(keys[1:])
    first = Crosswalk.from_mappings([row(A.key("X-1"), "superset-of", one)], A, B)
    second = Crosswalk.from_mappings([row(other, "subset-of", C.key("X-1"))], B, C)
    [claim] = first.compose(second)["X-1"]
    assert claim.relations is not None
    assert claim.relations.overlap_is_certain
    assert [str(step.target) for step in claim.paths[0]] == [str(one), "b@1:X-2", str(other), "c@1:X-1"]


def test_a_joint_id_inside_another_is_a_part_of_it() -> None:
    """What a joint id contains, a larger one contains too."""
    keys = [A.key(name) for name in ("X-1", "X-2", "Y-1")]
    rows = [row(JointId(keys[:2]), "superset-of", B.key("Y-1")), row(JointId(keys), "related-to", B.key("X-1"))]
    found = Crosswalk.from_mappings(rows, A, B)
    known = RelationSet([Relation.SUPERSET, Relation.EQUAL])
    assert found.relations_between(JointId(keys), "Y-1").relations <= known.relations
    assert found.relations_between("X", "Y-1").relations <= known.relations
    [claim] = found.at_level().pair(JointId(keys), B.key("Y-1"))
    assert len(claim.paths[0]) == 2


def test_a_joint_id_gets_nothing_from_one_that_it_only_overlaps_with() -> None:
    """What contains an element may be the member that both have not in common."""
    keys = [A.key(name) for name in ("X-1", "X-2", "Y-1")]
    one, other = JointId(keys[:2]), JointId(keys[1:])
    target = B.key("X-1")
    rows = [row(one, "superset-of", target), row(other, "related-to", B.key("Y-1"))]
    found = Crosswalk.from_mappings(rows, A, B)
    assert found.relations_between(other, target).nothing_known
    assert spread_relations({one: {target: MASK[RelationSet([Relation.SUPERSET])]}}, A, [one, other]).keys() == {
        one,
        A.key("X"),
    }


@pytest.mark.parametrize(
    ("kinds", "kept"), [("control", [1]), ("family", []), (["family", "control"], [0, 1]), (None, [0, 1])]
)
def test_a_joint_id_is_at_a_level_if_all_its_members_are(kinds: str | list[str] | None, kept: list[int]) -> None:
    """On either side."""
    joints = [JointId(A.key(name) for name in names.split()) for names in ("X Y-1", "X-1 X-2")]
    made = Crosswalk.from_mappings([row(joint, "intersects-with", B.key("X-1")) for joint in joints], A, B)
    assert [key for key in made.at_level(kinds) if isinstance(key, JointId)] == [joints[place] for place in kept]
    back = made.inverse().at_level(None, kinds)
    found = {claim.target for claim in back.claims() if isinstance(claim.target, JointId)}
    assert found == {joints[place] for place in kept}


def test_a_member_that_mitigates_makes_the_joint_id_mitigate() -> None:
    """And a joint id that mitigates makes its family mitigate, but not its members."""
    pair = JointId([A.key("X-1"), A.key("X-2")])
    rows = [
        row(A.key("X-1"), "mitigates", B.key("R")),
        row(A.key("X-2"), "related-to", B.key("R")),
        row(pair, "related-to", B.key("Y-1")),
    ]
    assert [claim.says for claim in Crosswalk.from_mappings(rows, A, B).at_level().pair(pair, B.key("R"))] == [
        "mitigates"
    ]
    found = Crosswalk.from_mappings([row(pair, "mitigates", B.key("R"))], A, B).at_level()
    assert [claim.says for claim in found.pair(A.key("X"), B.key("R"))] == ["mitigates"]
    assert not list(found.pair(A.key("X-2"), B.key("R")))


def test_the_steps_to_a_relative_lead_through_what_both_have_in_common() -> None:
    """Straight from a part to its whole or back, in the direction that each step states; none to itself."""
    one, two, three, family = (A.key(name) for name in ("X-1", "X-2", "Y-1", "X"))
    pair, other = JointId([one, two]), JointId([two, three])
    branches = JointBranches(A, (pair, other))

    def steps(start: End, end: End) -> list[tuple[End | None, End | None, bool]]:
        found = branches.steps(start, end)
        assert {step.mapping for step in found} <= {None}
        return [(step.source, step.target, step.inverted) for step in found]

    assert steps(pair, pair) == steps(one, one) == []
    assert steps(one, family) == [(one, family, False)]
    assert steps(family, one) == [(family, one, True)]
    assert steps(one, pair) == [(one, pair, False)]
    assert steps(pair, one) == [(pair, one, True)]
    assert steps(pair, family) == [(pair, family, False)]
    assert steps(family, pair) == [(family, pair, True)]
    assert steps(pair, other) == [(pair, two, True), (two, other, False)]
    # The family has one member of the joint id, and contains the other one not at all.
    assert steps(family, other) == [(family, two, True), (two, other, False)]
    assert steps(other, family) == [(other, two, True), (two, family, False)]


def test_relatives_are_in_the_order_of_their_ranks() -> None:
    """An element first, then its relatives in the tree, then joint ids; what is no relative has no rank."""
    one, two, three, four = (A.key(name) for name in ("X-1", "X-2", "Y-1", "Y-2"))
    joints = JointId([three, four]), JointId([two, three]), JointId([one, two])
    branches = JointBranches(A, joints)
    for key in (*A, *joints):
        found = list(branches.of(key))
        ranks = {other: rank for other in (*A, *joints) if (rank := branches.rank(key, other)) is not None}
        assert found == sorted(ranks, key=ranks.__getitem__)
        assert len(set(ranks.values())) == len(found) <= branches.size(key)
    family = [A.key("X"), one, two]
    assert list(branches.of(A.key("X"))) == [*family, *joints[1:]]
    assert list(branches.of(one)) == [one, A.key("X"), joints[2]]
    assert list(branches.of(two)) == [two, A.key("X"), *joints[1:]]
    assert list(branches.of(joints[2])) == [joints[2], *family, joints[1]]
    # The publisher's order goes from one family to the next.
    assert list(branches.of(joints[1])) == [joints[1], A.key("X"), two, A.key("Y"), three, joints[0], joints[2]]
    assert list(branches.of(A.key("R"))) == [A.key("R")]


def test_an_unknown_member_is_refused() -> None:
    """As any unknown key is; a joint id of one element is that element."""
    found = walk(("X-1", "equal-to", "Y-1"))
    with pytest.raises(UnknownKey):
        found["X-1|X-9"]
    with pytest.raises(UnknownKey):
        found[JointId([A.key("X-1"), ControlId(A.id, "X-9")])]
    assert found["X-1|a@1:X-1"] == found["X-1"]
    assert found["X-1|X-2"] == ()


def test_an_id_may_contain_the_sign_between_ids() -> None:
    """It is looked up as a whole first."""
    odd = loads("id,kind\nA|B,control\n", "odd.csv", framework="odd", edition="1", title="Odd")
    found = Crosswalk.from_mappings([row(odd.key("A|B"), "equal-to", A.key("X-1"))], odd, A)
    assert found["A|B"][0].target == A.key("X-1")


@pytest.mark.parametrize(
    ("members", "common"),
    [
        ("F E", "D B A"),
        ("F E C", "B A"),
        ("C F E", "B A"),
        ("F C E", "B A"),
        ("D E", "B A"),
        ("F B", "A"),
        ("F G", ""),
        ("G F E", ""),
        ("F G E", ""),
        ("F A", ""),
    ],
)
def test_a_joint_id_is_in_the_common_wholes_of_its_members(members: str, common: str) -> None:
    """The nearest first: of A, which contains B, which contains C and D, which contains E and F; G is outside."""
    above = {"B": "A", "C": "B", "D": "B", "E": "D", "F": "D"}
    made = loads(
        "".join(["id,parent,kind\n", *(f"{one},{above.get(one, '')},control\n" for one in "ABCDEFG")]),
        "own.csv",
        framework="own",
        edition="1",
        title="Own",
    )
    joint = JointId(map(made.key, members.split()))
    assert [one.local for one in common_wholes(joint, made.whole_by_part())] == common.split()
