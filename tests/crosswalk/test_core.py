"""Crosswalks inverted, composed, combined, filtered and printed as tables."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given

from aicop._notebook import MAX_ROWS
from aicop.crosswalk import Crosswalk
from aicop.errors import EditionMismatch, UnknownTerm
from aicop.frameworks import digest, loads
from aicop.ids import JointId
from aicop.vocabulary import Coverage, Predicate
from tests.crosswalk.examples import FLAT, facts, walk
from tests.examples import A, B, C, notebook_table, row


def test_look_up_works_both_ways_in_printed_order() -> None:
    """Claims are in the order of the frameworks, whatever the order of the rows."""
    rows = [("X-1", "subset-of", "Y-2"), ("X-2", "equal-to", "X-1"), ("X-1", "related-to", "X-1")]
    for order in itertools.permutations(rows):
        found = walk(*order)
        assert [str(claim.target) for claim in found["X-1"]] == ["b@1:X-1", "b@1:Y-2"]
        assert [str(claim.source) for claim in found.claims_to("X-1")] == ["a@1:X-1", "a@1:X-2"]


def test_all_claims_are_in_the_order_of_the_publishers() -> None:
    """By source, first that nothing was found, then by target; at last the targets for which nothing was found."""
    pair = JointId([A.key("X-2"), A.key("Y-1")])
    rows = [
        row(None, "nothing-found", B.key("R")),
        row(None, "nothing-found", B.key("X-2")),
        row(A.key("R"), "related-to", B.key("R")),
        row(pair, "intersects-with", B.key("X-1")),
        row(A.key("Y-1"), "intersects-with", B.key("X-1")),
        row(A.key("X-2"), "intersects-with", B.key("Y-1")),
        row(A.key("X-2"), "mitigates", B.key("R")),
        row(A.key("X-2"), "intersects-with", B.key("X-1")),
        row(A.key("X-2"), "nothing-found", None, author="they"),
    ]
    expected = [8, 7, 5, 6, 3, 4, 2, 1, 0]
    for ordered in (rows, rows[::-1]):
        found = Crosswalk.from_mappings(ordered, A, B)
        for made in (found, found.merge_makers(), found.inverse().inverse()):
            mappings = [item.mappings for item in made.claims()]
            assert [item.rationale for [item] in mappings] == [rows[place].rationale for place in expected]
        assert list(found) == [A.key("X-2"), pair, A.key("Y-1"), A.key("R")]


def test_claims_about_several_elements_together_come_last_in_their_order() -> None:
    """For each member, on either side, whatever the order of the rows."""
    names = ("X-1", "X-2"), ("X-2", "Y-1"), ("X-2", "Y-2")
    joints = [JointId(map(A.key, pair)) for pair in names]
    alone = row(A.key("X-2"), "intersects-with", B.key("X-1"))
    made = [row(joint, "intersects-with", B.key("X-1")) for joint in joints]
    for rows in itertools.permutations(made):
        found = Crosswalk.from_mappings([*rows, alone], A, B)
        assert [claim.source for claim in found["X-2"]] == [A.key("X-2"), *joints]
        assert [claim.target for claim in found.inverse().claims_to("X-2")] == [A.key("X-2"), *joints]


def test_an_element_is_in_a_crosswalk_if_there_are_claims_about_it() -> None:
    """About it alone or together with others; anything else that is asked for is not in it."""
    keys = {name: A.key(name) for name in ("X-1", "X-2", "Y-1", "Y-2")}
    pair, other = JointId([keys["X-1"], keys["X-2"]]), JointId([keys["Y-1"], keys["Y-2"]])
    rows = [row(pair, "intersects-with", B.key("X-1")), row(keys["Y-1"], "nothing-found", None)]
    found = Crosswalk.from_mappings(rows, A, B)
    inside = {*pair.members, keys["Y-1"], pair}
    for key in (*A, pair, other):
        assert (key in found) is bool(found[key]) is (key in inside)
    assert [text in found for text in ("X-1", "X-1|X-2", "Y-2", "X-9", "b@1:X-1", "")] == [True, True, *[False] * 4]
    assert [value in found for value in (None, 1, B.key("X-1"))] == [False] * 3


def test_a_not_found_row_is_a_claim() -> None:
    """A not-found claim has no target and no relation, and is not inverted."""
    found = walk(("X-1", "nothing-found", ""))
    [claim] = found["X-1"]
    assert (claim.target, claim.relations, claim.link, claim.says) == (None, None, None, "nothing found")
    assert found["X-2"] == ()
    assert "nothing found" in found.explain("X-1", "Y-1")
    assert found.inverse()["Y-1"] == ()


@given(FLAT)
def test_inverse_twice_is_identity(rows: list[tuple[str, str, str]]) -> None:
    """Inverting twice restores claims and rows, and each inverse has the inverse relations."""
    there = walk(*rows)
    back = there.inverse()
    assert facts(back.inverse()) == facts(there)
    assert back.mappings == there.mappings
    for claim in there.claims():
        assert claim.source is not None
        assert claim.target is not None
        assert claim.relations is not None
        turned = {item.relations for item in back.pair(claim.target, claim.source)}
        assert claim.relations.inverse() in turned


@given(FLAT, FLAT)
def test_the_inverse_of_a_composition_is_the_composition_of_inverses(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    """Inverting a composition is composing the inverses in the other order."""
    one, other = walk(*first), walk(*second, source=B, target=C)
    assert facts(one.compose(other).inverse()) == facts(other.inverse().compose(one.inverse()))


def test_a_composition_combines_with_direct_rows() -> None:
    """A direct row and a composed path of one pair combine in one claim."""
    chain = walk(("X-1", "equal-to", "Y-1")).compose(walk(("Y-1", "superset-of", "X-1"), source=B, target=C))
    direct = walk(("X-1", "related-to", "X-1"), source=A, target=C)
    [claim] = direct.combine(chain)["X-1"]
    assert (claim.says, len(claim.paths)) == ("superset-of", 2)


def test_not_found_claims_compose_only_through_equals() -> None:
    """What equals an element without a counterpart has none either; what overlaps it may have one."""
    first = walk(("X-1", "equal-to", "Y-1"), ("X-2", "intersects-with", "Y-1"))
    found = first.compose(walk(("Y-1", "nothing-found", ""), source=B, target=C))
    assert [claim.says for claim in found["X-1"]] == ["nothing found"]
    assert found["X-2"] == ()
    report = found.coverage(["X"], denominator="control")
    assert (report.of(Coverage.NOT_COVERED), report.of(Coverage.UNSEEN)) == ((A.key("X-1"),), (A.key("X-2"),))


def test_authors_stay_separate_until_merged() -> None:
    """Merging combines what authors state, and a contradiction keeps both paths."""
    ours = walk(("X-1", "subset-of", "Y-1"), ("X-2", "related-to", "Y-1"), author="we")
    theirs = walk(("X-1", "no-relationship", "Y-1"), ("X-2", "superset-of", "Y-1"), author="they")
    both = ours.combine(theirs)
    # Equal pairs are in the order of their authors, whatever the order of the rows.
    for item in (both, theirs.combine(ours)):
        assert [claim.says for claim in item["X-1"]] == ["no-relationship", "subset-of"]
        assert [claim.says for claim in item["X-2"]] == ["superset-of", "related, type not stated"]
    assert [claim.says for claim in both.merge_makers()["X-1"]] == ["contradiction"]
    assert [claim.says for claim in both.merge_makers()["X-2"]] == ["superset-of"]
    [broken] = both.contradictory_claims()
    assert [step.mapping.author for path in broken.paths for step in path if step.mapping] == ["they", "we"]
    assert facts(both) == facts(theirs.combine(ours))
    assert facts(both.merge_makers()) == facts(theirs.combine(ours).merge_makers())
    assert "Path 2" in both.merge_makers().explain("X-1", "Y-1")
    # Composing with a contradiction gives no information, rather than another contradiction.
    onward = walk(("Y-1", "equal-to", "X-1"), source=B, target=C)
    assert [claim.says for claim in both.merge_makers().compose(onward)["X-1"]] == ["nothing is known"]


def test_a_link_of_a_pair_does_not_contradict() -> None:
    """If the relations of the pair do, only they are returned."""
    words = ("equal-to", "no-relationship", "associated-with")
    found = walk(*(("X-1", word, "Y-1") for word in words), ("X-2", "equal-to", "Y-1"))
    assert [claim.says for claim in found.merge_makers()["X-1"]] == ["contradiction", "is named together with"]
    assert [claim.says for claim in found.contradictory_claims()] == ["contradiction"]


@given(FLAT, FLAT)
def test_merging_is_commutative(first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]) -> None:
    """Merging does not depend on order, and combining loses no claim."""
    one, other = walk(*first, author="we"), walk(*second, author="they")
    assert facts(one.combine(other).merge_makers()) == facts(other.combine(one).merge_makers())
    assert facts(one.combine(other)) == facts(one) | facts(other)


def test_crosswalks_that_do_not_meet_are_refused() -> None:
    """Composing, combining or building crosswalks of other editions raises EditionMismatch."""
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
    """Each filter keeps the same rows in inverted, merged, aggregated, combined and composed crosswalks."""
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
        whole.merge_makers(),
        whole.at_level("control"),
        whole.combine(walk()),
        whole.at_level().inverse(),
    ]
    for shape in shapes:
        assert set(shape.filter(**asked).mappings) == set(whole.filter(**asked).mappings)  # type: ignore[arg-type]
    reached = {str(claim.source) for claim in whole.compose(onward).filter(author="we").claims()}
    assert reached == {"a@1:X-1", "a@1:Y-1"}


def test_a_filter_with_an_unknown_word_is_refused() -> None:
    """An unknown relation is an error, not an empty crosswalk."""
    with pytest.raises(UnknownTerm):
        walk().filter(relation="sibling-of")


def test_rows_judged_on_another_text_are_suspect() -> None:
    """A row whose digest differs from the element's is suspect."""
    good = digest(A["X-1"]), digest(B["Y-1"])
    made = walk(("X-1", "equal-to", "Y-1"), source_digest=good[0], target_digest=good[1])
    assert made.suspects() == ()
    old = walk(("X-1", "equal-to", "Y-1"), source_digest=good[0], target_digest="0" * 16)
    assert old.suspects() == old.mappings
    assert old["X-1"][0].suspect
    assert "Suspect" in old.explain("X-1", "Y-1")
    assert old.merge_makers()["X-1"][0].suspect


def test_a_crosswalk_is_printed_in_one_line() -> None:
    """With its editions and the number of pairs."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-1", "mitigates", "R"), ("X-2", "nothing-found", ""))
    assert repr(found) == "<Crosswalk a@1 to b@1: 2 pairs>"
    assert found.at_level().via == ()


def test_a_crosswalk_is_a_table_in_notebooks() -> None:
    """It has one row per claim."""
    found = walk(("X-1", "intersects-with", "Y-1"), ("X-2", "intersects-with", "Y-2"), strength=4)
    assert notebook_table(found._repr_html_()) == [
        ["Crosswalk a@1 to b@1: 2 pairs"],
        ["source", "source title", "relationship", "target", "target title", "strength"],
        ["a@1:X-1", "", "intersects-with", "b@1:Y-1", "", "4"],
        ["a@1:X-2", "", "intersects-with", "b@1:Y-2", "", "4"],
    ]


@pytest.mark.parametrize(
    ("count", "left"),
    [
        (MAX_ROWS - 1, []),
        (MAX_ROWS, []),
        (MAX_ROWS + 1, ["1 more row not shown."]),
        (MAX_ROWS + 3, ["3 more rows not shown."]),
    ],
)
def test_a_table_in_a_notebook_has_the_first_claims(count: int, left: list[str]) -> None:
    """The others are counted."""
    table = "\n".join(["id,kind", *(f"{number},control" for number in range(count)), ""])
    many = loads(table, "many.csv", framework="many", edition="1", title="Many")
    shown = walk(*((key.local, "equal-to", "X-1") for key in many), source=many)._repr_html_()
    assert [line[0] for line in notebook_table(shown)[2:]] == [str(key) for key in many][:MAX_ROWS]
    assert re.findall("<p>([^<]*)</p>", shown) == left


def test_the_table_is_plain() -> None:
    """The table is a list of rows with the same columns and scalar cells."""
    found = walk(("X-1", "equal-to", "Y-1"), ("X-2", "nothing-found", ""))
    rows = found.table()
    assert [tuple(item) for item in rows] == [tuple(rows[0])] * 2
    assert all(cell is None or isinstance(cell, str | int | bool) for item in rows for cell in item.values())
    assert rows[1]["target"] is None


@pytest.mark.parametrize("given_rows", list(itertools.permutations(range(4), 4))[::5])
def test_paths_of_a_claim_are_in_the_order_of_their_rows(given_rows: tuple[int, ...]) -> None:
    """Paths are ordered by set, author, source and target of their rows, whatever the order of the rows."""
    makers = [("one", "b"), ("one", "c"), ("two", "!a"), ("two", None)]
    rows = [
        row(A.key("X-1"), "intersects-with", B.key("X-1"), set=name, author=author)
        for name, author in (makers[place] for place in given_rows)
    ]
    [claim] = Crosswalk.from_mappings(rows, A, B).merge_makers()["X-1"]
    steps = [step.mapping for path in claim.paths for step in path if step.mapping is not None]
    assert [(one.set, one.author) for one in steps] == [("one", "b"), ("one", "c"), ("two", None), ("two", "!a")]


@pytest.mark.parametrize("names", list(itertools.permutations(["X-1", "X-2", "Y-1"])))
def test_paths_through_the_middle_are_in_its_order(names: tuple[str, ...]) -> None:
    """A claim has its paths in the order of the elements in the middle, whatever the order of the rows."""
    first = walk(*(("X-1", "intersects-with", name) for name in names))
    second = walk(*((name, "subset-of", "Y-2") for name in reversed(names)), source=B, target=C)
    [claim] = [claim for claim in first.compose(second)["X-1"] if claim.target == C.key("Y-2")]
    assert [str(path[0].target) for path in claim.paths] == ["b@1:X-1", "b@1:X-2", "b@1:Y-1"]
    # Rows below an element of the middle are in the order of their sources.
    below = walk(*((name, "subset-of", "Y-2") for name in names if name != "Y-1"), source=B, target=C)
    [claim] = [
        claim for claim in walk(("X-1", "superset-of", "X")).compose(below)["X-1"] if claim.target == C.key("Y-2")
    ]
    assert [str(path[-1].source) for path in claim.paths] == ["b@1:X-1", "b@1:X-2"]


@pytest.mark.parametrize("names", list(itertools.permutations(["W", "W-2", "W-1", "A"]))[::3])
def test_the_paths_of_a_composition_are_in_the_order_of_the_middle(names: tuple[str, ...]) -> None:
    """Paths are ordered by their first element in the middle, then by their last, as that framework lists them."""
    printed = ("W", "W-2", "W-1", "A")
    middle = loads(
        "id,kind,parent\nW,c,\nW-2,c,W\nW-1,c,W\nA,c,\n", "m.csv", framework="middle", edition="1", title="Middle"
    )
    first = walk(*(("X-1", "intersects-with", name) for name in names), target=middle)
    second = walk(*((name, "intersects-with", "Y-2") for name in reversed(names)), source=middle)
    found = first.compose(second)._claims.history.paths(A.key("X-1"), B.key("Y-2"))
    # Two rows meet at one element, or at a whole and its part.
    expected = [
        (one, other)
        for one, other in itertools.product(printed, repeat=2)
        if one == other or ((one == "W") != (other == "W") and "A" not in {one, other})
    ]
    assert [(path[0].target, path[-1].source) for path in found] == [
        (middle.key(one), middle.key(other)) for one, other in expected
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_what_authors_did_not_find_is_in_their_order(turned: bool) -> None:  # noqa: FBT001 -- a case
    """Each author's claim that nothing was found stands alone until they are merged, in the order of the authors."""
    made = [row(A.key("X-1"), "nothing-found", None, author=author, searched=B.id) for author in ("b", "a", "c")]
    found = Crosswalk.from_mappings(made[::-1] if turned else made, A, B)
    authors = [[step.mapping.author for step in path if step.mapping] for item in found["X-1"] for path in item.paths]
    assert authors == [["a"], ["b"], ["c"]]
    assert [len(item.paths) for item in found["X-1"]] == [1, 1, 1]
    [merged] = found.merge_makers()["X-1"]
    assert [step.mapping.author for path in merged.paths for step in path if step.mapping] == ["a", "b", "c"]


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    """A composed crosswalk, its levels, its coverage and a search print the same under any hash seed."""
    program = (
        "from aicop.crosswalk import crosswalk\nfrom aicop.search import search\n"
        "found = crosswalk('etsi-en-304-223', 'iso-iec-42001', via='uk-ai-cop')\n"
        "print(found.table(), found.at_level('principle', 'objective').table(), found.coverage(), found.gaps())\n"
        "print(crosswalk('nist-csf', 'iso-iec-27001', via='nist-sp-800-53').table())\n"
        "print(search('data poisoning'))\n"
    )
    outputs = {
        subprocess.run(  # noqa: S603 -- this interpreter
            [sys.executable, "-c", program],
            check=True,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1
