"""Crosswalks: what a set of rows says, and what follows from it and nothing more."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import frameworks
from aicop.crosswalk import Crosswalk, crosswalk, explain
from aicop.crosswalk.claim import mask_of
from aicop.crosswalk.hierarchy import propagate
from aicop.crosswalk.matrix import NOTHING_KNOWN, compose, inverse
from aicop.errors import EditionMismatch, KeyMistake, NoCrosswalk, UnknownKey, UnknownTerm
from aicop.frameworks import digest
from aicop.relations import MASK, RELATED, SETS, RelationSet
from aicop.vocabulary import UNION, Coverage, Nature, Predicate, Relation
from tests.examples import A, B, C, row, small_framework

if TYPE_CHECKING:
    from aicop.frameworks import Framework
    from aicop.ids import Key

SAID = ["equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship", "related-to"]
UNIVERSE = range(1, 2**4)
"""The non-empty subsets of four things, as masks of bits."""


def known(one: int, other: int) -> Relation:
    """Give the relation of two sets."""
    if one == other:
        return Relation.EQUAL
    if not one & other:
        return Relation.NONE
    if one | other == other:
        return Relation.SUBSET
    return Relation.SUPERSET if one | other == one else Relation.INTERSECTS


def key(framework: Framework, name: str) -> Key:
    """Give an id."""
    return framework.key(name)


def walk(*rows: tuple[str, str, str], source: Framework = A, target: Framework = B, **more: object) -> Crosswalk:
    """Make a crosswalk of rows between two small frameworks."""
    made = [row(source.key(one), said, target.key(other) if other else None, **more) for one, said, other in rows]
    return Crosswalk.from_mappings(made, source, target)


FLAT = st.lists(
    st.tuples(st.sampled_from(["X-1", "X-2", "Y-1"]), st.sampled_from(SAID), st.sampled_from(["X-1", "X-2", "Y-1"])),
    max_size=6,
)


def facts(of: Crosswalk) -> set[tuple[Key, Key | None, str]]:
    """Give what a crosswalk says, without how."""
    return {(claim.source, claim.target, claim.says) for claim in of.claims()}


def test_a_claim_carries_its_row() -> None:
    """Strength, remainder, confidence and rationale as they were made."""
    [claim] = walk(("X-1", "intersects-with", "Y-1"), strength=4, remainder="the rest", confidence=7)["X-1"]
    assert (claim.relation, claim.strength, claim.remainder, claim.confidence) == (
        Relation.INTERSECTS,
        4,
        "the rest",
        7,
    )
    assert claim.rationales == ("a@1:X-1 intersects-with b@1:Y-1",)
    assert (claim.derived, claim.suspect, claim.link) == (False, False, None)


def test_look_up_goes_both_ways_in_the_order_of_the_lists() -> None:
    """Whatever the order of the rows."""
    rows = [("X-1", "subset-of", "Y-2"), ("X-2", "equal-to", "X-1"), ("X-1", "related-to", "X-1")]
    for order in itertools.permutations(rows):
        found = walk(*order)
        assert [str(claim.target) for claim in found["X-1"]] == ["b@1:X-1", "b@1:Y-2"]
        assert [str(claim.source) for claim in found.claims_to("X-1")] == ["a@1:X-1", "a@1:X-2"]


def test_that_nothing_was_found_is_a_claim() -> None:
    """Without a target and without a relation."""
    found = walk(("X-1", "nothing-found", ""))
    [claim] = found["X-1"]
    assert (claim.target, claim.relations, claim.link, claim.says) == (None, None, None, "nothing found")
    assert found["X-2"] == ()
    assert "nothing found" in found.explain("X-1", "Y-1")
    assert found.inverse()["Y-1"] == ()


@given(FLAT)
def test_inverse_twice_is_identity(rows: list[tuple[str, str, str]]) -> None:
    """Claims and rows alike; and what the inverse says is the inverse."""
    there = walk(*rows)
    back = there.inverse()
    assert facts(back.inverse()) == facts(there)
    assert back.mappings == there.mappings
    for claim in there.claims():
        assert claim.target is not None
        assert claim.relations is not None
        turned = {item.relations for item in back.pair(claim.target, claim.source)}
        assert claim.relations.inverse() in turned


@given(FLAT, FLAT)
def test_composition_never_overclaims(first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]) -> None:
    """Each composed set is what the table gives over all paths, intersected."""
    one, other = walk(*first), walk(*second, source=B, target=C)
    both = one.compose(other)
    pairs = {
        (left.source, right.target) for left in one.claims() for right in other.claims() if left.target == right.source
    }
    assert {(claim.source, claim.target) for claim in both.claims()} == pairs
    for claim in both.claims():
        known_ = SETS[NOTHING_KNOWN]
        for middle in ("X-1", "X-2", "Y-1"):
            before = one.matrix.get(claim.source, {}).get(B.key(middle))
            assert claim.target is not None
            after = other.matrix.get(B.key(middle), {}).get(claim.target)
            if before is not None and after is not None:
                known_ &= (SETS[before] if before else SETS[NOTHING_KNOWN]).compose(
                    SETS[after] if after else SETS[NOTHING_KNOWN]
                )
        assert claim.relations == known_


@given(FLAT, FLAT)
def test_the_inverse_of_a_composition_is_the_composition_of_inverses(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    """In the other order."""
    one, other = walk(*first), walk(*second, source=B, target=C)
    assert facts(one.compose(other).inverse()) == facts(other.inverse().compose(one.inverse()))


@given(st.sampled_from(SETS[1:]), st.sampled_from(SETS[1:]), st.sampled_from(SETS[1:]))
def test_composition_is_associative(one: RelationSet, two: RelationSet, three: RelationSet) -> None:
    """On sets of relations, and equal is neutral."""
    assert one.compose(two).compose(three) == one.compose(two.compose(three))
    same = RelationSet([Relation.EQUAL])
    assert one.compose(same) == same.compose(one) == one


def test_the_union_table_is_that_of_sets() -> None:
    """All triples of non-empty subsets of four things give the table, no more and no less."""
    found: dict[tuple[Relation, Relation], set[Relation]] = {}
    for one, other, target in itertools.product(UNIVERSE, repeat=3):
        found.setdefault((known(one, target), known(other, target)), set()).add(known(one | other, target))
    assert {pair: frozenset(results) for pair, results in found.items()} == dict(UNION)


@pytest.mark.parametrize("complete", [True, False])
def test_lifting_and_lowering_are_sound(*, complete: bool) -> None:
    """Whatever sets stand for parts and target, what is derived contains what holds."""
    whole, parts = key(A, "X"), (key(A, "X-1"), key(A, "X-2"))
    target = key(B, "Y")
    for one, other, more, aim in itertools.product(range(1, 8), range(1, 8), range(8), range(1, 8)):
        union = one | other | (0 if complete else more)
        stated = {
            parts[0]: {target: MASK[RelationSet([known(one, aim)])]},
            whole: {},
        }
        above = dict.fromkeys(parts, whole)
        order = {whole: 0, parts[0]: 1, parts[1]: 1}
        lifted = propagate(stated, above, [whole] if complete else [], order)
        assert known(union, aim) in SETS[lifted[whole][target]]
        lowered = propagate({whole: {target: MASK[RelationSet([known(union, aim)])]}}, above, [], order)
        assert known(one, aim) in SETS[lowered[parts[0]][target]]


def test_a_whole_is_known_when_all_its_parts_are() -> None:
    """A provision whose every statement lies in a control lies in it; a family with unlisted parts need not."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    control = iso.key("A.6.2.8")
    rows = [row(code.key(f"2.3#{number}"), "subset-of", control) for number in (1, 2)]
    found = Crosswalk.from_mappings(rows, code, iso)
    assert found.known("2.3", "A.6.2.8") == RelationSet([Relation.EQUAL, Relation.SUBSET])
    assert found.coverage(["2.3"]).counts[Coverage.COVERED] == 1
    families = walk(("X-1", "subset-of", "Y-1"), ("X-2", "subset-of", "Y-1"))
    assert families.known("X", "Y-1").relations == {*Relation} - {Relation.NONE}


def test_what_is_covered_part_by_part_is_covered() -> None:
    """Each statement by another control; one alone covers a part."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    rows = [
        row(code.key("2.3#1"), "subset-of", iso.key("A.6.2.8")),
        row(code.key("2.3#2"), "equal-to", iso.key("A.6.2.7")),
    ]
    assert Crosswalk.from_mappings(rows, code, iso).coverage(["2.3"]).counts[Coverage.COVERED] == 1
    assert Crosswalk.from_mappings(rows[:1], code, iso).coverage(["2.3"]).counts[Coverage.PARTLY] == 1
    assert Crosswalk.from_mappings(rows[:1], code, iso).gaps(["2.3"])[0].coverage is Coverage.PARTLY


def test_that_nothing_was_found_weighs_more_than_what_is_open() -> None:
    """A link that proves nothing does not open what was gone through."""
    found = walk(("X-1", "nothing-found", ""), ("X-1", "related-to", "R"))
    assert found.coverage(["X-1"], denominator="control").counts[Coverage.NOT_COVERED] == 1


def test_rows_beside_a_composition_are_read_pair_by_pair() -> None:
    """Since the composition has paths of several steps."""
    chain = walk(("X-1", "equal-to", "Y-1")).compose(walk(("Y-1", "superset-of", "X-1"), source=B, target=C))
    direct = walk(("X-1", "related-to", "X-1"), source=A, target=C)
    [claim] = direct.combine(chain)["X-1"]
    assert (claim.says, len(claim.paths)) == ("superset-of", 2)


def test_roles_and_stages_are_not_counted() -> None:
    """Nobody covers a role."""
    report = crosswalk("eu-ai-act", "uk-ai-cop").coverage()
    assert "roles" not in report.denominator
    assert "eu-ai-act@2024:provider" not in {str(item) for item, _ in report.items}


def test_what_was_lifted_from_one_part_is_not_lowered_to_another() -> None:
    """Siblings say nothing of one another."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert found.known("X-2", "Y-1").nothing_known
    assert "No mapping joins" in found.explain("X-2", "X-1")
    assert found.explain("X", "Y").count("is a part of") == 2


def test_principle_rows_lower_to_provisions() -> None:
    """A part of what shares nothing with a thing shares nothing with it."""
    found = walk(("X", "no-relationship", "Y"), ("Y", "related-to", "X"))
    assert found.known("X-1", "Y-2") == RelationSet([Relation.NONE])
    assert found.known("Y-1", "X-2").nothing_known
    assert {(str(claim.source), str(claim.target)) for claim in found.at_level("control", "control").claims()} == {
        *((f"a@1:X-{one}", f"b@1:Y-{other}") for one in (1, 2) for other in (1, 2)),
        *((f"a@1:Y-{one}", f"b@1:X-{other}") for one in (1, 2) for other in (1, 2)),
    }


def test_what_contains_a_thing_that_mitigates_a_risk_mitigates_it_too() -> None:
    """And nothing else carries a link: not overlap, not what lies inside."""
    risks = walk(("Y-1", "mitigates", "R"), source=B, target=C)
    for said, carried in zip(SAID, (True, False, True, False, False, False), strict=True):
        found = walk(("X-1", said, "Y-1")).compose(risks)
        links = [claim.says for claim in found["X-1"] if claim.link]
        assert links == (["mitigates"] if carried else []), said
        back = [claim.says for claim in found.inverse()["R"] if claim.link]
        assert back == (["is mitigated by"] if carried else []), said
        twin = risks.inverse().compose(walk(("X-1", said, "Y-1")).inverse())
        assert [claim.says for claim in twin["R"] if claim.link] == back


def test_a_whole_mitigates_what_its_parts_mitigate() -> None:
    """A part does not mitigate what only its whole is said to mitigate."""
    found = walk(("X-1", "mitigates", "R"), ("Y", "mitigates", "R"), ("X-2", "related-to", "R")).at_level()
    assert [claim.says for claim in found["X"]] == ["mitigates"]
    assert found["Y-1"] == ()
    assert [claim.says for claim in found["X-2"]] == ["is related to"]
    assert walk(("X-1", "related-to", "R")).at_level()["X"] == ()


def test_links_stay_outside_the_algebra() -> None:
    """A pair that is only related to a risk has no relation; two requirements so related share something."""
    assert mask_of(Predicate.RELATED, Nature.REQUIREMENT, Nature.RISK) is None
    assert mask_of(Predicate.RELATED, Nature.REQUIREMENT, Nature.MITIGATION) == MASK[RELATED]
    assert mask_of(Predicate.CITES, Nature.REQUIREMENT, Nature.DOCUMENT) is None
    [claim] = walk(("X-1", "related-to", "R"))["X-1"]
    assert (claim.relations, claim.link) == (None, Predicate.RELATED)


def test_what_equals_a_thing_that_was_gone_through_was_gone_through_with_it() -> None:
    """What merely touches it was not."""
    first = walk(("X-1", "equal-to", "Y-1"), ("X-2", "intersects-with", "Y-1"))
    found = first.compose(walk(("Y-1", "nothing-found", ""), source=B, target=C))
    assert [claim.says for claim in found["X-1"]] == ["nothing found"]
    assert found["X-2"] == ()
    report = found.coverage(["X"], denominator="control")
    assert (report.of(Coverage.NOT_COVERED), report.of(Coverage.UNSEEN)) == ((A.key("X-1"),), (A.key("X-2"),))


def test_makers_stay_apart_until_they_are_merged() -> None:
    """Then their knowledge is joined, and a contradiction shows both paths."""
    ours = walk(("X-1", "subset-of", "Y-1"), ("X-2", "related-to", "Y-1"), author="we")
    theirs = walk(("X-1", "no-relationship", "Y-1"), ("X-2", "superset-of", "Y-1"), author="they")
    both = ours.combine(theirs)
    assert sorted(claim.says for claim in both["X-1"]) == ["no-relationship", "subset-of"]
    assert [claim.says for claim in both.merged()["X-1"]] == ["contradiction"]
    assert [claim.says for claim in both.merged()["X-2"]] == ["superset-of"]
    [broken] = both.contradictory_claims()
    assert [step.mapping.author for path in broken.paths for step in path if step.mapping] == ["they", "we"]
    assert facts(both) == facts(theirs.combine(ours))
    assert facts(both.merged()) == facts(theirs.combine(ours).merged())
    assert "Path 2" in both.merged().explain("X-1", "Y-1")
    # A contradiction on the way says nothing; it does not spread.
    onward = walk(("Y-1", "equal-to", "X-1"), source=B, target=C)
    assert [claim.says for claim in both.merged().compose(onward)["X-1"]] == ["nothing is known"]


@given(FLAT, FLAT)
def test_merging_is_commutative(first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]) -> None:
    """And takes nothing away."""
    one, other = walk(*first, author="we"), walk(*second, author="they")
    assert facts(one.combine(other).merged()) == facts(other.combine(one).merged())
    assert facts(one.combine(other)) == facts(one) | facts(other)


def test_crosswalks_that_do_not_meet_are_refused() -> None:
    """So are rows of other editions."""
    one = walk(("X-1", "equal-to", "Y-1"))
    with pytest.raises(EditionMismatch) as caught:
        one.compose(one)
    assert caught.value == EditionMismatch("b@1", "a@1")
    with pytest.raises(EditionMismatch):
        one.combine(one.inverse())
    with pytest.raises(EditionMismatch):
        Crosswalk.from_mappings(one.mappings, A, C)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"basis": "own"}, {"X-1", "X-2"}),
        ({"basis": ["editorial", "published"]}, {"Y-1"}),
        ({"author": "they"}, {"X-2"}),
        ({"relation": "subset-of"}, {"X-1"}),
        ({"relation": ["subset-of", Predicate.EQUAL]}, {"X-1", "X-2"}),
        ({"confidence": 8}, {"Y-1"}),
        ({"since": "2026-03"}, {"X-2", "Y-1"}),
        ({"since": "2026-03-05"}, {"X-2", "Y-1"}),
        ({"until": "2026-02"}, {"X-1"}),
        ({"since": "2027"}, set()),
    ],
)
def test_filters_keep_rows_and_what_follows_from_them(asked: dict[str, object], left: set[str]) -> None:
    """Each alone; through inverses, levels, neighbours and compositions too."""
    rows = [
        row(A.key("X-1"), "subset-of", B.key("Y-1"), confidence=3),
        row(A.key("X-2"), "equal-to", B.key("Y-1"), author="they", date="2026-03"),
        row(A.key("Y-1"), "intersects-with", B.key("Y-1"), basis="editorial", confidence=9, date="2026-03-05"),
    ]
    whole = Crosswalk.from_mappings(rows, A, B)
    onward = walk(("Y-1", "related-to", "X-1"), source=B, target=C, basis="own", confidence=10, date="2026-03-05")
    assert {str(claim.source).partition(":")[2] for claim in whole.filter(**asked).claims()} == left  # type: ignore[arg-type]
    shapes = [
        whole.inverse(),
        whole.merged(),
        whole.at_level("control"),
        whole.combine(walk()),
        whole.at_level().inverse(),
    ]
    for shape in shapes:
        assert set(shape.filter(**asked).mappings) == set(whole.filter(**asked).mappings)  # type: ignore[arg-type]
    reached = {str(claim.source) for claim in whole.compose(onward).filter(author="we").claims()}
    assert reached == {"a@1:X-1", "a@1:Y-1"}


def test_a_filter_with_an_unknown_word_is_refused() -> None:
    """Not answered with nothing."""
    with pytest.raises(UnknownTerm):
        walk().filter(relation="sibling-of")


def test_the_five_classes_of_coverage() -> None:
    """Each item has one, and they make up the denominator."""
    found = walk(
        ("X-1", "subset-of", "Y-1"),
        ("X-2", "intersects-with", "Y-1"),
        ("Y-1", "no-relationship", "Y-1"),
        ("Y-2", "nothing-found", ""),
    )
    report = found.coverage(denominator="control")
    assert {str(item).partition(":")[2]: str(known_) for item, known_ in report.items} == {
        "X-1": "covered",
        "X-2": "partly covered",
        "Y-1": "looked at, not covered",
        "Y-2": "looked at, not covered",
    }
    assert report.denominator == "4 controls of a@1"
    assert str(report) == (
        "Of 4 controls of a@1, by b@1: 1 covered, 1 partly covered, 0 open, 2 looked at, not covered, 0 never looked at."
    )
    assert walk().coverage(denominator="control").counts[Coverage.UNSEEN] == 4
    open_ = found.compose(walk(("Y-1", "related-to", "X-1"), source=B, target=C))
    assert open_.coverage(["X-2"], denominator="control").of(Coverage.OPEN) == (A.key("X-2"),)
    assert str(walk(("X-1", "mitigates", "R")).coverage(["X-1"], denominator="control").items[0][1]) == "partly covered"
    assert str(walk(("X-1", "related-to", "R")).coverage(["X-1"], denominator="control").items[0][1]) == "open"


@given(FLAT)
def test_coverage_classes_partition_the_denominator(rows: list[tuple[str, str, str]]) -> None:
    """Whatever the rows."""
    report = walk(*rows).coverage()
    assert [item for item, _ in report.items] == list(A.of_kind("control", "risk"))
    assert sum(report.counts.values()) == len(report.items)
    assert sorted(map(str, itertools.chain(*(report.of(known_) for known_ in Coverage)))) == sorted(
        str(item) for item, _ in report.items
    )


def test_a_scope_may_name_what_items_stand_under() -> None:
    """A family stands for its controls; what holds nothing that is counted is refused."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert [str(item) for item, _ in found.coverage(["X"]).items] == ["a@1:X-1", "a@1:X-2"]
    assert found.coverage(["X", "X-1"]).denominator == "2 controls and risks of a@1 in scope"
    with pytest.raises(UnknownKey) as caught:
        found.coverage(["X-1"], denominator="family")
    assert caught.value.mistake is KeyMistake.NO_ITEM


def test_gaps_say_what_is_left_open() -> None:
    """With the greatest strength of their rows."""
    found = walk(("X-1", "intersects-with", "Y-1"), ("X-2", "subset-of", "Y-1"), strength=6, remainder="the rest")
    gaps = {str(gap.item): gap for gap in found.gaps(["X"])}
    assert list(gaps) == ["a@1:X-1"]
    assert gaps["a@1:X-1"].strength == 6
    assert gaps["a@1:X-1"].remainders == ("Y-1: the rest",)
    assert walk().gaps(["Y-1"])[0].strength is None


def test_rows_that_were_judged_on_another_text_are_suspect() -> None:
    """As their digests tell."""
    good = digest(A["X-1"]), digest(B["Y-1"])
    made = walk(("X-1", "equal-to", "Y-1"), source_digest=good[0], target_digest=good[1])
    assert made.suspects() == ()
    old = walk(("X-1", "equal-to", "Y-1"), source_digest=good[0], target_digest="0" * 16)
    assert old.suspects() == old.mappings
    assert old["X-1"][0].suspect
    assert "Suspect" in old.explain("X-1", "Y-1")
    assert old.merged()["X-1"][0].suspect


def test_the_table_is_plain() -> None:
    """A list of flat rows, each with the same columns."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-2", "nothing-found", ""))
    rows = found.table()
    assert [tuple(item) for item in rows] == [tuple(rows[0])] * 2
    assert all(cell is None or isinstance(cell, str | int | bool) for item in rows for cell in item.values())
    assert rows[1]["target"] is None


def test_a_derived_claim_shows_its_weakest_row_and_all_its_paths() -> None:
    """No arithmetic on confidence."""
    first = walk(("X-1", "equal-to", "Y-1"), ("X-1", "superset-of", "Y-2"), confidence=9)
    second = walk(("Y-1", "intersects-with", "X-1"), ("Y-2", "equal-to", "X-1"), source=B, target=C, confidence=4)
    [claim] = first.compose(second)["X-1"]
    assert (claim.says, claim.confidence, claim.derived, len(claim.paths)) == ("contradiction", 4, True, 2)
    assert claim.strength is None
    assert len(claim.mappings) == 4
    assert [step.inverted for path in first.inverse()["Y-1"][0].paths for step in path] == [True]


def test_strength_passes_over_steps_between_equals() -> None:
    """And over no others, nor against the direction in which it was judged."""
    same = walk(("X-1", "equal-to", "Y-1"), ("X-2", "intersects-with", "Y-1"), strength=10)
    part = walk(("Y-1", "intersects-with", "X-1"), source=B, target=C, strength=4, remainder="the rest")
    found = same.compose(part)
    assert [(claim.strength, claim.remainder) for claim in found["X-1"]] == [(4, "the rest")]
    assert [(claim.strength, claim.remainder) for claim in found["X-2"]] == [(None, None)]
    assert found.gaps(["X-1"])[0].remainders == ("X-1: the rest",)
    assert found.inverse()["X-1"][0].strength is None
    equal = walk(("Y-1", "equal-to", "X-1"), source=B, target=C, strength=10)
    assert same.compose(equal)["X-1"][0].strength == 10


def test_what_is_left_open_of_a_risk_is_no_gap_of_the_provision() -> None:
    """It is one of the risk, read from that side."""
    found = walk(("X-1", "mitigates", "R"), strength=3, remainder="the rest")
    assert found.gaps(["X-1"])[0].remainders == ()
    assert found.inverse().gaps(["R"])[0].remainders == ("X-1: the rest",)
    assert "Left open of the risk: the rest." in found.explain("X-1", "R")


def test_the_only_statement_of_a_provision_is_the_provision() -> None:
    """What is known of the one is known of the other."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    rows = [row(code.key("5.1"), "intersects-with", iso.key("A.4.2"), strength=6, remainder="the rest")]
    found = Crosswalk.from_mappings(rows, code, iso)
    assert found.known("5.1#1", "A.4.2") == RelationSet([Relation.INTERSECTS])
    [gap] = found.gaps(["5.1"], denominator="statement")
    assert (gap.coverage, gap.strength, gap.remainders) == (Coverage.PARTLY, 6, ("5.1 to A.4.2: the rest",))


def test_explanations_read_as_text() -> None:
    """What is said, in plain words, how sure, and by which rows."""
    assert walk(("X-1", "subset-of", "Y-1"), confidence=7).explain("X-1", "Y-1") == (
        "a@1:X-1 to b@1:Y-1: subset-of.\n"
        "  In plain words: the target asks all that the source asks, and more.\n"
        "  - a@1:X-1 subset-of b@1:Y-1: a@1:X-1 subset-of b@1:Y-1 (own, we, 2026-01-01, confidence 7 of 10)\n"
    )
    both = walk(("X-1", "related-to", "Y-1"), settlement="One judge was stricter.")
    assert "they ask something in common" in both.explain("X-1", "Y-1")
    assert "Settled: One judge was stricter." in both.explain("X-1", "Y-1")
    chain = both.compose(walk(("Y-1", "related-to", "X-1"), source=B, target=C))
    assert "nothing follows from it" in chain.explain("X-1", "X-1")
    assert walk(("X-1", "intersects-with", "Y-1"), strength=4).explain("X-1", "Y-1").count("4 of 10") == 1


def test_shipped_crosswalks_are_found_in_either_direction() -> None:
    """Direct, inverted, and composed through what is named."""
    there, back = crosswalk("uk-ai-cop", "mitre-atlas"), crosswalk("mitre-atlas", "uk-ai-cop")
    assert facts(there.inverse()) == facts(back)
    assert crosswalk("uk-ai-cop", "cited-documents", author="Nobody").mappings == ()
    assert str(crosswalk("EN 304 223", "AI Act").source.id) == "etsi-en-304-223@2.1.1"
    through = crosswalk("etsi-en-304-223", "iso-iec-42001", via=["uk-ai-cop"])
    assert [claim.says for claim in through["5.2.1-1"]] == ["intersects-with"] * 4


def test_a_pair_without_mappings_names_the_ways() -> None:
    """The shortest first."""
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk("etsi-en-304-223", "iso-iec-42001")
    assert caught.value.chains[0] == "etsi-en-304-223@2.1.1 -> uk-ai-cop@2025-01 -> iso-iec-42001@2023"
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk("uk-ai-cop", "ncsc-caf")
    assert caught.value.chains == ()


def test_two_keys_are_explained_wherever_they_come_from() -> None:
    """By the frameworks that their keys name."""
    assert explain("uk-ai-cop:5.1", "ISO 42001 A.4.2").startswith("uk-ai-cop@2025-01:5.1 (Maintain")
    assert "equal-to" in explain("EN 5.2.1-1", "UK 5.1")


def test_lines_compose_like_the_table() -> None:
    """A step through an unknown says nothing, and an unknown middle joins nothing."""
    one, two, three = key(A, "X-1"), key(B, "X-1"), key(C, "X-1")
    same = MASK[RelationSet([Relation.EQUAL])]
    assert compose({one: {two: same}}, {two: {three: NOTHING_KNOWN}}) == {one: {three: NOTHING_KNOWN}}
    assert compose({one: {two: same}}, {}) == {}
    assert inverse({one: {two: NOTHING_KNOWN}}) == {two: {one: NOTHING_KNOWN}}


def test_small_frameworks_are_what_they_seem() -> None:
    """Two families of two, and a risk."""
    assert repr(small_framework("z")) == "<Framework z@1: 2 family, 4 control, 1 risk>"


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    """The same bytes for a composed crosswalk, its levels and its coverage."""
    program = (
        "from aicop.crosswalk import crosswalk\nfrom aicop.search import search\n"
        "found = crosswalk('etsi-en-304-223', 'iso-iec-42001', via='uk-ai-cop')\n"
        "print(found.table(), found.at_level('principle', 'objective').table(), found.coverage(), found.gaps())\n"
        "print(crosswalk('nist-csf', 'iso-iec-27001', via='nist-sp-800-53').table())\n"
        "print(search('data poisoning'))\n"
    )
    told = {
        subprocess.run(  # noqa: S603 -- this interpreter
            [sys.executable, "-c", program],
            check=True,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1
