"""Composition across levels, of missing counterparts, and what it leaves out."""

from __future__ import annotations

import functools
import operator

import attrs
import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.frameworks import loads
from aicop.ids import JointId
from aicop.relations import RelationSet
from aicop.vocabulary import Coverage, Relation
from tests.crosswalk.examples import facts, walk
from tests.examples import A, B, C, row

CODE, ISO = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
OURS = loads("id,kind\nX-1,control\n", "ours.csv", framework="ours", edition="1", title="Ours")
SHIPPED = crosswalk("uk-ai-cop", "iso-iec-42001")
X1 = OURS.key("X-1")


def ours(predicate: str, key: str, **more: object) -> Crosswalk:
    """Return a crosswalk from one control of ours to an element of the Code."""
    return Crosswalk.from_mappings([row(X1, predicate, CODE.key(key), **more)], OURS, CODE)


def test_a_row_leads_to_its_counterpart_alone() -> None:
    """Not to the principle and the statements of that as well, of which the same follows."""
    onward = crosswalk("uk-ai-cop", "etsi-en-304-223")
    for key in ("2.3", "2.4#1"):
        found = ours("superset-of", key, strength=4, reverse_strength=10).compose(onward)
        [claim] = found.claims()
        assert claim.says == "superset-of"
        above = found.claims_between("X-1", "etsi-en-304-223:P2")
        assert [item.says for item in above] == ["related, type not stated"]
        reasons = {item.reason: item.mappings for item in found.omissions}
        others = {str(row.source) for row in reasons["their consequences follow from mappings at another level too"]}
        assert "uk-ai-cop@2025-01:P2" in others


@pytest.mark.parametrize(("target", "kept"), [("X-1", ["X-1"]), ("Y-1", ["X", "Y-1"])])
def test_a_provision_and_its_only_statement_are_the_same_element(target: str, kept: list[str]) -> None:
    """Rows that meet there say something of the family of the target, so that a row at that family is left out."""
    # The principle contains 5.2, which is in the family X. So does X-1, which is in the family as well.
    before = [row(X1, "superset-of", CODE.key(key)) for key in ("5.1", "P5")]
    after = [
        row(CODE.key("5.1#1"), "equal-to", B.key(target)),
        row(CODE.key("5.2"), "subset-of", B.key("X")),
    ]
    found = Crosswalk.from_mappings(before, OURS, CODE).compose(Crosswalk.from_mappings(after, CODE, B))
    assert [claim.target for claim in found["X-1"]] == [B.key(name) for name in kept]
    back = found.inverse()
    assert [claim.source for claim in back.claims_to("X-1")] == [B.key(name) for name in kept]
    left_out = {item for omission in found.omissions for item in omission.mappings}
    assert (after[1] in left_out) is ("X" not in kept)


def test_what_was_not_found_is_used_or_counted() -> None:
    """A row about a statement is left out if the row about its provision leads on, although both are the same."""
    rows = [row(None, "nothing-found", CODE.key(key), searched=OURS.id) for key in ("5.1", "5.1#1")]
    before = Crosswalk.from_mappings(rows, OURS, CODE)
    after = Crosswalk.from_mappings([row(CODE.key("5.1"), "equal-to", ISO.key("A.4.2"))], CODE, ISO)
    for found in (before.compose(after), after.inverse().compose(before.inverse())):
        [claim] = found.claims()
        [left_out] = found.omissions
        assert (rows[0] in claim.mappings, left_out.mappings) == (True, (rows[1],))


def test_a_provision_meets_its_only_statement() -> None:
    """A row at a provision with one statement meets a row at that statement, and nothing is lost."""
    provision = ours("equal-to", "5.1").compose(SHIPPED)
    assert facts(ours("equal-to", "5.1#1").compose(SHIPPED)) == facts(provision)
    row_ = next(item for item in SHIPPED.mappings if item.source == CODE.key("5.1"))
    made = Crosswalk.from_mappings([row(CODE.key("5.1#1"), "intersects-with", row_.target, strength=6)], CODE, ISO)
    [claim] = ours("equal-to", "5.1").compose(made)["X-1"]
    # A part that is the same as its whole does not end the reach of a strength.
    assert (claim.says, claim.strength) == ("intersects-with", 6)
    assert [str(step.target) for step in claim.paths[0]] == [
        "uk-ai-cop@2025-01:5.1",
        "uk-ai-cop@2025-01:5.1#1",
        str(row_.target),
    ]
    assert claim.paths[0][1].same


def test_a_provision_meets_one_of_its_statements() -> None:
    """What is open stays open: a row at a provision with two statements meets rows at one of them."""
    own = {claim.target: claim.relations for claim in SHIPPED["1.1#1"]}
    assert {key and key.local for key in own} == {"7.2"}
    assert set(own.values()) == {RelationSet([Relation.INTERSECTS])}
    lifted = RelationSet([Relation.INTERSECTS, Relation.SUPERSET])
    for predicate, expected in (
        ("equal-to", lifted),
        ("superset-of", lifted),
        ("subset-of", RelationSet(Relation)),
        ("no-relationship", RelationSet([Relation.INTERSECTS, Relation.SUBSET, Relation.NONE])),
    ):
        found = ours(predicate, "1.1").compose(SHIPPED)
        assert {claim.target: claim.relations for claim in found["X-1"]} == dict.fromkeys(own, expected)
        # From the other end, a row at the statement reaches the control.
        back = SHIPPED.inverse().compose(ours(predicate, "1.1").inverse())
        assert facts(back) == facts(found.inverse())
        [claim] = [item for item in back["7.2"] if item.target == X1]
        assert [str(step.source) for step in claim.paths[0]] == [
            "iso-iec-42001@2023:7.2",
            "uk-ai-cop@2025-01:1.1#1",
            "uk-ai-cop@2025-01:1.1",
        ]


def test_siblings_do_not_meet_through_their_whole() -> None:
    """From a row at one statement nothing follows for what is mapped to another one."""
    assert ours("equal-to", "1.1#2").compose(SHIPPED)["X-1"] == ()
    first, second = walk(("X-1", "superset-of", "X-1")), walk(("X-2", "superset-of", "X-1"), source=B, target=C)
    assert first.compose(second)["X-1"] == ()


def test_levels_meet_in_both_directions_of_a_hierarchy() -> None:
    """A row at a family says of its controls what sets allow, and the other way round."""
    family, control = walk(("X-1", "subset-of", "X")), walk(("X-1", "subset-of", "X-2"))
    onward = walk(("X-2", "no-relationship", "Y-1"), source=B, target=C)
    assert control.compose(onward)["X-1"][0].says == "no-relationship"
    assert family.compose(onward)["X-1"][0].relations == RelationSet(Relation)
    apart = walk(("X", "no-relationship", "Y-1"), source=B, target=C)
    [claim] = control.compose(apart)["X-1"]
    assert claim.says == "no-relationship"
    assert [str(step.target) for step in claim.paths[0]] == ["b@1:X-2", "b@1:X", "c@1:Y-1"]


@pytest.mark.parametrize(("members", "reached"), [([], ["Y-1"]), (["X-1"], ["Y-1", "Y-2"]), (["X-1", "X-2"], ["Y-2"])])
def test_a_joint_id_leads_on_through_its_whole_unless_all_members_lead_on(
    members: list[str], reached: list[str]
) -> None:
    """The whole would be open in all its parts because of some of them; read from either end."""
    pair = JointId([B.key("X-1"), B.key("X-2")])
    first = Crosswalk.from_mappings([row(A.key("X-1"), "intersects-with", pair)], A, B)
    rows = [("X", "intersects-with", "Y-1"), *((member, "intersects-with", "Y-2") for member in members)]
    second = walk(*rows, source=B, target=C)
    assert [claim.target for claim in first.compose(second)["X-1"]] == [C.key(name) for name in reached]
    back = second.inverse().compose(first.inverse())
    assert [claim.source for claim in back.claims_to("X-1")] == [C.key(name) for name in reached]


@pytest.mark.parametrize("others", [0, 1, 20])
def test_a_target_of_many_elements_may_follow_from_few(others: int) -> None:
    """Elements of the middle that have nothing to do with the joint id make no difference to what it leads to."""
    names = [f"O-{number}" for number in range(others)]
    table = ["id,kind,parent", "W,c,", "W-1,c,W", "W-2,c,W", *(f"{name},c," for name in names), ""]
    middle = loads("\n".join(table), "m.csv", framework="middle", edition="1", title="Middle")
    pair = JointId([middle.key("W-1"), middle.key("W-2")])
    first = Crosswalk.from_mappings([row(A.key("X-1"), "intersects-with", pair)], A, middle)
    rows = [(name, "intersects-with", "Y-1") for name in ("W", *names)]
    rows += [(name, "intersects-with", "Y-2") for name in ("W-1", "W-2")]
    second = walk(*rows, source=middle, target=C)
    assert [claim.target for claim in first.compose(second)["X-1"]] == [C.key("Y-2")]
    back = second.inverse().compose(first.inverse())
    assert [claim.source for claim in back.claims_to("X-1")] == [C.key("Y-2")]


def test_a_joint_id_does_not_hide_what_leads_on_elsewhere() -> None:
    """A target of its whole is reached if the source is also mapped to another whole, a part of which leads there."""
    pair = JointId([B.key("X-1"), B.key("X-2")])
    first = Crosswalk.from_mappings([row(A.key("X-1"), "superset-of", end) for end in (pair, B.key("Y"))], A, B)
    rows = [("X", "Y-1"), ("X-1", "Y-2"), ("X-2", "Y-2"), ("Y-1", "Y-1")]
    second = walk(*((one, "intersects-with", other) for one, other in rows), source=B, target=C)
    assert [claim.target for claim in first.compose(second)["X-1"]] == [C.key("Y-1"), C.key("Y-2")]


def test_a_whole_mitigates_in_the_middle() -> None:
    """What contains a family mitigates the risks that its controls mitigate."""
    risks = walk(("X-1", "mitigates", "R"), source=B, target=C)
    assert [claim.says for claim in walk(("X-1", "superset-of", "X")).compose(risks)["X-1"]] == ["mitigates"]
    assert walk(("X-1", "subset-of", "X")).compose(risks)["X-1"] == ()


def test_what_contains_all_statements_mitigates_as_their_provision() -> None:
    """A control that contains each statement contains the provision, and mitigates the risk that this one mitigates."""
    both = [row(X1, "superset-of", CODE.key(f"1.1#{number}")) for number in (1, 2)]
    risks = Crosswalk.from_mappings([row(CODE.key("1.1"), "mitigates", C.key("R"))], CODE, C)
    found = Crosswalk.from_mappings(both, OURS, CODE).compose(risks)
    assert facts(found) == {(X1, C.key("R"), "mitigates")}
    assert facts(Crosswalk.from_mappings(both[:1], OURS, CODE).compose(risks)) == set()
    # From the other end, the links come first, and the relations are propagated after them.
    back = risks.inverse().compose(Crosswalk.from_mappings(both, OURS, CODE).inverse())
    assert facts(back) == facts(found.inverse())


def test_nothing_found_holds_for_what_is_inside() -> None:
    """Equal or subset, of the element or of a part of it: all rows are kept, with the whole path."""
    first = walk(
        ("X-1", "subset-of", "X-1"),
        ("X-2", "equal-to", "X"),
        ("Y-1", "superset-of", "X"),
        ("Y-2", "intersects-with", "X-2"),
    )
    gone = [
        row(B.key("X"), "nothing-found", None, author=author, confidence=sure)
        for author, sure in (("we", 7), ("they", 4))
    ]
    found = first.compose(Crosswalk.from_mappings(gone, B, C))
    [claim] = found["X-1"]
    assert (claim.says, claim.target, claim.confidence) == ("nothing found", None, 4)
    assert [[str(step.target) for step in path] for path in claim.paths] == [["b@1:X-1", "b@1:X", "None"]] * 2
    assert [claim.says for claim in found["X-2"]] == ["nothing found"]
    assert (found["Y-1"], found["Y-2"]) == ((), ())
    assert found.coverage(["X"]).counts[Coverage.NOT_COVERED] == 2
    # Read from the other end, the same is said of the targets.
    back = found.inverse()
    assert [claim.says for claim in back.claims_to("X-1")] == ["nothing found"]
    assert facts(Crosswalk.from_mappings(gone, B, C).inverse().compose(first.inverse())) == facts(back)
    assert [str(item) for item in found.omissions] == ["2 mappings: the element of b@1 is not mapped to c@1"]


def test_nothing_found_for_all_parts_holds_for_a_union() -> None:
    """A provision all of whose statements have no counterpart has none; one statement is not enough."""
    keys = [CODE.key(f"1.1#{number}") for number in (1, 2)]
    rows = [row(key, "nothing-found", None) for key in keys]
    found = Crosswalk.from_mappings(rows, CODE, A)
    through = ours("equal-to", "1.1").compose(found)
    [claim] = through["X-1"]
    assert (claim.says, len(claim.paths)) == ("nothing found", 2)
    assert found.coverage(["1.1"]).counts[Coverage.NOT_COVERED] == 1
    one = Crosswalk.from_mappings(rows[:1], CODE, A)
    assert ours("equal-to", "1.1").compose(one)["X-1"] == ()
    assert one.coverage(["1.1"]).counts[Coverage.OPEN] == 1
    joint = JointId(keys)
    walked = Crosswalk.from_mappings([row(X1, "subset-of", joint)], OURS, CODE).compose(found)
    assert [claim.says for claim in walked["X-1"]] == ["nothing found"]
    assert "nothing-found" in found.explain("1.1", "X-1")


def test_a_weaker_row_of_a_pair_is_not_counted_as_lost() -> None:
    """Two rows of a pair are both behind the claim that nothing was found, even if one alone would not be enough."""
    first = walk(("X-1", "equal-to", "X-1"), ("X-1", "related-to", "X-1"))
    found = first.compose(Crosswalk.from_mappings([row(B.key("X-1"), "nothing-found", None)], B, C))
    [claim] = found["X-1"]
    assert (claim.says, set(first.mappings) <= set(claim.mappings), found.omissions) == ("nothing found", True, ())
    weak = walk(("X-1", "related-to", "X-1"))
    lost = weak.compose(Crosswalk.from_mappings([row(B.key("X-1"), "nothing-found", None)], B, C)).omissions
    assert set(weak.mappings) <= {item for omission in lost for item in omission.mappings}


def test_nothing_found_on_the_targets_side() -> None:
    """A row without a source is a claim about its target, from either end."""
    rows = [
        row(None, "nothing-found", B.key("Y-1"), searched=A.id, strength=0),
        row(A.key("X-1"), "equal-to", B.key("X-1")),
    ]
    found = Crosswalk.from_mappings(rows, A, B)
    assert list(found) == [A.key("X-1")]
    [claim] = found.claims_to("Y-1")
    assert (claim.source, claim.target, claim.says) == (None, B.key("Y-1"), "nothing found")
    assert [item["source"] for item in found.table()] == ["a@1:X-1", None]
    assert found.explain("X-2", "Y-1").startswith("a@1 to b@1:Y-1: nothing found.")
    back = found.inverse()
    assert [item.says for item in back["Y-1"]] == ["nothing found"]
    assert back.coverage(["Y-1", "X-1", "X-2"]).counts == {
        Coverage.COVERED: 1,
        Coverage.PARTLY: 0,
        Coverage.OPEN: 0,
        Coverage.NOT_COVERED: 1,
        Coverage.UNSEEN: 1,
    }
    onward = walk(("Y-1", "superset-of", "Y-2"), ("Y-1", "intersects-with", "X-1"), source=B, target=C)
    both = found.compose(onward)
    [claim] = both.claims_to("Y-2")
    assert claim.source is None
    assert [step.source for step in claim.paths[0]] == [None, B.key("Y-1")]
    assert both.claims_to("X-1") == ()


def test_what_leads_no_further_is_counted() -> None:
    """Rows without a partner, links that do not carry over, and findings from which nothing follows."""
    first = walk(
        ("X-1", "equal-to", "X-1"),
        ("X-2", "equal-to", "X-2"),
        ("Y-1", "nothing-found", ""),
        ("Y-2", "subset-of", "Y-2"),
        ("R", "corresponds-to", "R"),
    )
    second = walk(
        ("X-1", "equal-to", "Y-1"),
        ("Y-1", "equal-to", "Y-2"),
        ("Y-2", "mitigates", "R"),
        ("X-1", "nothing-found", ""),
        ("R", "corresponds-to", "R"),
        source=B,
        target=C,
    )
    found = {str(item): [item_.rationale for item_ in item.mappings] for item in first.compose(second).omissions}
    assert found == {
        "1 mapping: the element of b@1 is not mapped to c@1": ["a@1:X-2 equal-to b@1:X-2"],
        "2 mappings: a link leads to b@1 or on to c@1, and does not carry over": [
            "a@1:Y-2 subset-of b@1:Y-2",
            "a@1:R corresponds-to b@1:R",
        ],
        "1 mapping: nothing was found, which says nothing about c@1": ["a@1:Y-1 nothing-found None"],
        "1 mapping: the element of b@1 is not mapped to a@1": ["b@1:Y-1 equal-to c@1:Y-2"],
        "2 mappings: a link leads to b@1 or on to a@1, and does not carry over": [
            "b@1:Y-2 mitigates c@1:R",
            "b@1:R corresponds-to c@1:R",
        ],
    }
    used = walk(("Y-2", "superset-of", "Y-2")).compose(walk(("Y-2", "mitigates", "R"), source=B, target=C))
    assert used.omissions == ()
    assert used.inverse().omissions == ()
    risks = walk(("Y-2", "mitigates", "R"), source=B, target=A)
    assert risks.inverse().compose(walk(("Y-2", "subset-of", "Y-1"), source=B, target=C)).omissions == ()


@pytest.mark.parametrize("joint", [False, True])
def test_what_a_lineage_joins_leaves_open_what_leads_there(*, joint: bool) -> None:
    """Whatever else it joins the same element with; what leads elsewhere was not reviewed."""
    standard = frameworks.load("etsi-en-304-223")
    one, other = standard.of_kind("provision")[:2]
    rows = [row(CODE.key("8.2"), "associated-with", one)]
    if joint:
        rows.append(row(CODE.key("8.2"), "associated-with", JointId([one, other])))
    there = [row(A.key(name), "intersects-with", CODE.key(key)) for name, key in (("X-1", "8.2"), ("X-2", "2.2"))]
    steps = Crosswalk.from_mappings(there, A, CODE), Crosswalk.from_mappings(rows, CODE, standard)
    report = steps[0].compose(steps[1]).coverage("X")
    assert (report.of(Coverage.OPEN), report.of(Coverage.UNSEEN)) == ((A.key("X-1"),), (A.key("X-2"),))
    back = steps[1].inverse().compose(steps[0].inverse())
    assert back.coverage([one]).of(Coverage.OPEN) == (one,)


def test_every_kind_of_step_counts_its_rows() -> None:
    """Whatever a step is made of, its mappings that lead no further are listed."""
    one = walk(("X-1", "equal-to", "X-1"), ("X-2", "equal-to", "X-2"))
    other = walk(("X-2", "subset-of", "X-2"), author="they")
    back = Crosswalk.from_mappings([row(B.key("Y-1"), "equal-to", A.key("Y-1"))], B, A)
    second = walk(("X-1", "equal-to", "X-1"), source=B, target=C)
    for first, count in (
        (one, 1),
        (one.combine(other), 2),
        (one.merge_makers(), 1),
        # The claim about the family is based on both.
        (one.at_level(), 0),
        (one.combine(Crosswalk.from_mappings([attrs.evolve(item, set="again") for item in one.mappings], A, B)), 1),
        (one.combine(back.inverse()), 2),
        (one.inverse().inverse(), 1),
    ):
        assert [item.count for item in first.compose(second).omissions] == ([count] if count else [])
    last = walk(("X-2", "equal-to", "X-1"), source=C, target=A)
    through = one.compose(walk(("X-1", "equal-to", "X-1"), ("X-2", "equal-to", "X-2"), source=B, target=C)).compose(
        last
    )
    assert [str(item) for item in through.omissions] == ["1 mapping: the element of c@1 is not mapped to a@1"]
    assert through.omissions[0].mappings[0].source == B.key("X-1")


def test_the_omissions_of_all_steps_are_listed() -> None:
    """Each once, in the order of the steps."""
    first = walk(("X-1", "equal-to", "X-1"), ("X-2", "related-to", "X-2")).filter(relation="equal-to")
    both = first.compose(walk(source=B, target=C))
    assert [str(item) for item in both.omissions] == [
        "1 mapping: from a@1 to b@1, not matched by the filter",
        "1 mapping: the element of b@1 is not mapped to c@1",
    ]
    assert functools.reduce(operator.or_, (set(item.mappings) for item in both.omissions)) == {
        *first.mappings,
        *first.omissions[0].mappings,
    }


@pytest.mark.parametrize("key", ["2.3#1", "2.3"])
def test_own_rows_reach_another_edition(key: str) -> None:
    """Rows at a provision or a statement cross to the European Standard, at the same level."""
    there = crosswalk("uk-ai-cop", "etsi-en-304-223")
    found = ours("equal-to", key).compose(there)
    [claim] = [item for item in found["X-1"] if item.relation is Relation.EQUAL]
    assert claim.target == there[key][0].target
    assert (claim.strength, claim.reverse_strength) == (10, 10)
