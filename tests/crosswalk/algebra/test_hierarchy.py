"""Propagation through the hierarchies of both sides."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import frameworks
from aicop.crosswalk import Crosswalk, Step
from aicop.crosswalk.algebra.hierarchy import (
    Branches,
    MappedRelatives,
    equals_of,
    partners_of,
    propagate,
    propagate_relations,
    wholes_above,
)
from aicop.crosswalk.algebra.matrix import RelationMatrix, union_table
from aicop.frameworks import Framework, loads
from aicop.ids import JointId
from aicop.relations import ANY_RELATION, MASK, PART, SETS, RelationSet, relation_of_union
from aicop.vocabulary import Coverage, Predicate, Relation
from tests.crosswalk.examples import SAID, key, walk
from tests.examples import A, B, row
from tests.test_relations import between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.crosswalk.algebra.hierarchy import Partners
    from aicop.ids import End, Key


@pytest.mark.parametrize("complete", [True, False])
def test_propagation_is_sound(*, complete: bool) -> None:
    """Derived relations always include the true one, for all small sets as parts and target."""
    whole, parts = key(A, "X"), (key(A, "X-1"), key(A, "X-2"))
    target = key(B, "Y")
    # Sets are bits; *more* is the rest of the whole if its parts are not all listed.
    for one, other, more, aim in itertools.product(range(1, 8), range(1, 8), range(8), range(1, 8)):
        union = one | other | (0 if complete else more)
        stated: RelationMatrix = {parts[0]: {target: MASK[RelationSet([between(one, aim)])]}}
        above = dict.fromkeys(parts, whole)
        lifted = propagate(stated, above, [whole] if complete else [])
        assert between(union, aim) in SETS[lifted[whole][target]]
        lowered = propagate({whole: {target: MASK[RelationSet([between(union, aim)])]}}, above, [])
        assert between(one, aim) in SETS[lowered[parts[0]][target]]


@pytest.mark.parametrize("unions", [True, False])
def test_a_chain_of_only_parts_is_one_requirement(*, unions: bool) -> None:
    """The widest element comes first, by each of the chain; an element with two parts equals neither."""
    made = forest("deep", [None, 0, 1, 2, 2, None, 5], unions=unions)
    zero, one, two, _, _, five, six = made
    chains = [[zero, one, two], [five, six]]
    assert equals_of(made) == ({key: chain for chain in chains for key in chain} if unions else {})


def test_what_is_stated_of_a_whole_holds_for_the_parts_of_its_parts() -> None:
    """Through a part of which nothing is stated, and through one of which something is."""
    made = forest("deep", [None, 0, 1, 2], unions=False)
    top, middle, below, lowest = made
    one, other = key(B, "Y"), key(B, "X")
    apart = MASK[RelationSet([Relation.NONE])]
    assert propagate_relations({top: {one: apart}}, made) == {
        top: {one: apart},
        **{part: {one: apart} for part in (middle, below, lowest)},
    }
    found = propagate_relations({top: {one: apart}, below: {other: apart}}, made)
    assert found[middle][one] == apart
    assert found[below] == found[lowest] == {one: apart, other: apart}


def test_a_branch_counts_the_wholes_and_the_parts_of_parts() -> None:
    """An element that has neither is alone in its branch."""
    made = forest("deep", [None, 0, 1, 1, None], unions=False)
    branches = Branches(made)
    assert [branches.size(one) for one in made] == [4, 4, 3, 3, 1]
    assert [[branches.rank(one, other) for other in made] for one in made] == [
        [0, 1, 2, 3, None],
        [1, 0, 2, 3, None],
        [2, 1, 0, None, None],
        [2, 1, None, 0, None],
        [None, None, None, None, 0],
    ]
    assert [branches.place(one) for one in made] == [0, 1, 2, 3, 4]


def test_the_relation_of_a_whole_follows_from_all_its_parts() -> None:
    """A provision is a subset if all its statements are; a family with unlisted parts need not be."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    control = iso.key("A.6.2.8")
    rows = [row(code.key(f"2.3#{number}"), "subset-of", control) for number in (1, 2)]
    found = Crosswalk.from_mappings(rows, code, iso)
    assert found.relations_between("2.3", "A.6.2.8") == RelationSet([Relation.EQUAL, Relation.SUBSET])
    assert found.coverage(["2.3"]).counts[Coverage.COVERED] == 1
    families = walk(("X-1", "subset-of", "Y-1"), ("X-2", "subset-of", "Y-1"))
    assert families.relations_between("X", "Y-1").relations == {*Relation} - {Relation.NONE}


def test_nothing_follows_for_siblings() -> None:
    """What is known of one part implies nothing about its siblings."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert found.relations_between("X-2", "Y-1").nothing_known
    assert "No mapping connects" in found.explain("X-2", "X-1")
    assert found.explain("X", "Y").count("is a part of") == 2


def test_no_relationship_is_inherited_by_parts() -> None:
    """Parts of elements that share nothing share nothing."""
    found = walk(("X", "no-relationship", "Y"), ("Y", "related-to", "X"))
    assert found.relations_between("X-1", "Y-2") == RelationSet([Relation.NONE])
    assert found.relations_between("Y-1", "X-2").nothing_known
    assert {(str(claim.source), str(claim.target)) for claim in found.at_level("control", "control").claims()} == {
        *((f"a@1:X-{one}", f"b@1:Y-{other}") for one in (1, 2) for other in (1, 2)),
        *((f"a@1:Y-{one}", f"b@1:X-{other}") for one in (1, 2) for other in (1, 2)),
    }


def test_a_whole_mitigates_what_its_parts_mitigate() -> None:
    """A whole inherits mitigation from a part, but a part does not from its whole."""
    found = walk(("X-1", "mitigates", "R"), ("Y", "mitigates", "R"), ("X-2", "related-to", "R")).at_level()
    assert [claim.says for claim in found["X"]] == ["mitigates"]
    assert found["Y-1"] == ()
    assert [claim.says for claim in found["X-2"]] == ["is related to"]
    assert walk(("X-1", "related-to", "R")).at_level()["X"] == ()


@pytest.mark.parametrize("names", ["0 1 2 3", "3 2 1 0", "2 0 3 1"])
def test_every_whole_above_a_part_mitigates_what_it_mitigates(names: str) -> None:
    """At any depth, in whichever order the rows are."""
    chain = forest("deep", [None, 0, 1, 2], unions=False)
    for count in range(1, 5):
        rows = [row(chain.key(name), "mitigates", B.key("R")) for name in names.split()[:count]]
        found = Crosswalk.from_mappings(rows, chain, B).at_level()
        lowest = max(map(int, names.split()[:count]))
        assert [one for one in chain if list(found.pair(one, B.key("R")))] == list(chain)[: lowest + 1]


def test_the_only_statement_of_a_provision_equals_it() -> None:
    """Relations of a provision hold for its only statement."""
    code, iso = frameworks.load("uk-ai-cop"), frameworks.load("iso-iec-42001")
    rows = [row(code.key("5.1"), "intersects-with", iso.key("A.4.2"), strength=6, remainder="the rest")]
    found = Crosswalk.from_mappings(rows, code, iso)
    assert found.relations_between("5.1#1", "A.4.2") == RelationSet([Relation.INTERSECTS])
    [gap] = found.gaps(["5.1"], denominator="statement")
    assert (gap.coverage, gap.strength, gap.remainders) == (Coverage.PARTLY, 6, ("5.1 to A.4.2: the rest",))


def forest(name: str, parents: list[int | None], *, unions: bool) -> Framework:
    """Make a framework of numbered controls, each with the number of its parent."""
    lines = [f"{i},{'' if parent is None else parent},control" for i, parent in enumerate(parents)]
    made = loads("\n".join(["id,parent,kind", *lines, ""]), f"{name}.csv", framework=name, edition="1", title=name)
    return attrs.evolve(made, unions=unions)


parents = st.integers(1, 7).flatmap(
    lambda count: st.tuples(*(st.sampled_from([None, *range(i), *range(max(0, i - 1), i)]) for i in range(count)))
)
forests = st.tuples(parents, st.booleans())
mapped = st.lists(st.tuples(st.integers(0, 6), st.sampled_from([*SAID, "mitigates"]), st.integers(0, 6)), max_size=6)


def crosswalk_of(
    source: tuple[tuple[int | None, ...], bool],
    target: tuple[tuple[int | None, ...], bool],
    rows: list[tuple[int, str, int]],
) -> Crosswalk:
    """Make a crosswalk between two forests."""
    one, other = (forest(name, list(above), unions=unions) for name, (above, unions) in (("a", source), ("b", target)))
    made = [
        row(one.key(str(i % len(one))), said, other.key(str(j % len(other))), rationale=str(place))
        for place, (i, said, j) in enumerate(rows)
    ]
    # A control does not mitigate another one, but propagation does not depend on that.
    return Crosswalk.from_mappings(made, one, other, _trusted=True)


def lifted(
    stated: dict[tuple[End, End], RelationSet], above: dict[Key, Key], target: Key, one: Key, *, unions: bool
) -> RelationSet:
    """Return what is known of an element from itself and all its parts, each of them asked in turn."""
    known = stated.get((one, target), ANY_RELATION)
    parts = [part for part, whole in above.items() if whole == one]
    if parts:
        below = [lifted(stated, above, target, part, unions=unions) for part in parts]
        below = [ANY_RELATION if item.contradiction else item for item in below]
        union = functools.reduce(relation_of_union, below)
        # A whole that is not the union of its parts may ask something more, of which nothing is known.
        return known & (union if unions else RelationSet({*union, *relation_of_union(union, ANY_RELATION)}))
    return known


@given(forests, st.lists(st.tuples(st.integers(0, 6), st.sampled_from(SAID), st.integers(0, 2)), max_size=8))
def test_propagation_agrees_with_asking_every_part_and_whole(
    source: tuple[tuple[int | None, ...], bool], rows: list[tuple[int, str, int]]
) -> None:
    """Also for parts of which nothing is stated, and for wholes of wholes."""
    found = crosswalk_of(source, ((None, None, None), False), rows)
    above, unions = found.source.whole_by_part(), source[1]
    stated = {(one, other): SETS[mask] for one, line in found._matrix.items() for other, mask in line.items()}
    matrix = propagate_relations(found._matrix, found.source)
    for one, target in itertools.product(found.source, found.target):
        known = lifted(stated, above, target, one, unions=unions)
        step, holder = RelationSet([Relation.EQUAL]), one
        while holder in above:
            only = list(above.values()).count(above[holder]) == 1
            holder = above[holder]
            step = step.compose(RelationSet([Relation.EQUAL]) if unions and only else PART)
            if (holder, target) in stated:
                told = stated[holder, target]
                known &= step.compose(ANY_RELATION if told.contradiction else told)
        assert SETS[matrix.get(one, {}).get(target, MASK[ANY_RELATION])] == known


def wholes_of(framework: Framework, one: Key) -> list[Key]:
    """Return the wholes of an element, the nearest first."""
    above = framework.whole_of(one)
    return [] if above is None else [above, *wholes_of(framework, above)]


def parts_of(framework: Framework, one: Key) -> list[Key]:
    """Return the parts of an element, each followed by its own."""
    parts = [item for item in framework if framework.whole_of(item) == one]
    return [found for part in parts for found in (part, *parts_of(framework, part))]


def step_between(framework: Framework, one: Key, other: Key) -> tuple[Step, ...]:
    """Return the step from an element to one of its wholes or parts, if they are not the same."""
    inverted = one in wholes_of(framework, other)
    part, whole = (other, one) if inverted else (one, other)
    # They are the same if every whole on the way is a union with one part.
    ways = [above for above in wholes_of(framework, part) if above not in wholes_of(framework, whole)]
    alone = all(sum(framework.whole_of(item) == above for item in framework) == 1 for above in ways)
    same = alone and bool(framework.complete_wholes)
    return () if one == other else (Step(source=one, target=other, mapping=None, inverted=inverted, same=same),)


@given(forests, forests, mapped)
def test_a_pair_is_reached_from_every_mapped_pair_of_relatives(
    source: tuple[tuple[int | None, ...], bool],
    target: tuple[tuple[int | None, ...], bool],
    rows: list[tuple[int, str, int]],
) -> None:
    """In the order of the relatives, with one step between parts and wholes at each end."""
    found = crosswalk_of(source, target, rows)
    near, far = (
        {one: [one, *wholes_of(framework, one), *parts_of(framework, one)] for one in framework}
        for framework in (found.source, found.target)
    )
    for one, other in itertools.product(found.source, found.target):
        expected = [
            (
                *step_between(found.source, one, mine),
                Step(source=mine, target=theirs, mapping=item, inverted=False),
                *step_between(found.target, theirs, other),
            )
            for mine, theirs in itertools.product(near[one], far[other])
            for item in found.mappings
            if (item.source, item.target) == (mine, theirs)
        ]
        assert list(found.at_level()._history.paths(one, other)) == expected


@pytest.mark.parametrize("count", range(6))
def test_the_wholes_above_several_elements_are_those_of_each(count: int) -> None:
    """An element is not among them unless it is a whole of another one; joint ids are left out."""
    made = forest("deep", [None, 0, 1, 1, None], unions=False)
    for keys in itertools.combinations(made, count):
        expected = {above for key in keys for above in wholes_of(made, key)}
        assert wholes_above([JointId([*made][1:]), *keys], made.whole_by_part()) == expected


@given(forests)
def test_a_branch_is_an_element_with_its_wholes_and_parts(of: tuple[tuple[int | None, ...], bool]) -> None:
    """Each once: the nearest whole first, and each part followed by its own; their ranks count them in this order."""
    made = forest("a", list(of[0]), unions=of[1])
    branches = Branches(made)
    for one in made:
        branch = [one, *wholes_of(made, one), *parts_of(made, one)]
        assert list(branches.of(one)) == branch
        assert branches.size(one) == len(branch)
        for other in made:
            assert branches.rank(one, other) == (branch.index(other) if other in branch else None)
            assert branches.contains(one, other) == (other == one or one in wholes_of(made, other))
            if other in branch:
                assert branches.steps(one, other) == step_between(made, one, other)


class Walked:
    """Branches that count the elements that were walked over."""

    def __init__(self, framework: Framework) -> None:
        self._branches = Branches(framework)
        self.count = 0
        self.size, self.rank, self.steps = self._branches.size, self._branches.rank, self._branches.steps

    def of(self, key: End) -> Iterator[End]:
        """Yield the branch of an element."""
        for one in self._branches.of(key):
            self.count += 1
            yield one


@pytest.mark.parametrize(
    ("names", "mapped", "counts"),
    [
        pytest.param("0 F", "0 F", (0, 1), id="the family is not walked"),
        pytest.param("F 0", "F 0", (1, 0), id="on neither side"),
        pytest.param(
            "F 0", "F 0,F 1,F 2,F 3,F 4,F 5,F 6,F 7,F 8,F F", (1, 9), id="what is mapped is more than the branch"
        ),
        pytest.param("F 0", "F F,F 1", (1, 0), id="what is mapped is less than the branch"),
    ],
)
def test_pairs_are_found_by_way_of_the_smaller_branch(names: str, mapped: str, counts: tuple[int, int]) -> None:
    """A family has many elements around it, so nothing is walked over that could be looked up."""
    lines = ["0,,control", *(f"{number},0,control" for number in range(1, 9)), "F,,control"]
    one, other = (
        loads("\n".join(["id,parent,kind", *lines, ""]), "own.csv", framework=name, edition="1", title=name)
        for name in "ab"
    )
    pairs = [(one.key(near), other.key(far)) for near, far in (pair.split() for pair in mapped.split(","))]
    there: Partners = {near: {far: None for start, far in pairs if start == near} for near, _ in pairs}
    back: Partners = {far: {near: None for near, end in pairs if end == far} for _, far in pairs}
    sides = Walked(one), Walked(other)
    near, far = names.split()
    below = {"0": {str(number) for number in range(9)}, "F": {"F"}}
    expected = [pair for pair in pairs if pair[0].local in below[near] and pair[1].local in below[far]]
    assert MappedRelatives(*sides, there, back).pairs(one.key(near), other.key(far)) == expected
    assert tuple(side.count for side in sides) == counts


def test_partners_are_those_of_relations_and_of_links() -> None:
    """Of a source that has both, and of sources that have either."""
    one, two, three = (A.key(name) for name in ("X-1", "X-2", "Y-1"))
    relation, risk = B.key("Y-1"), B.key("R")
    link = frozenset({(Predicate.MITIGATES, False)})
    found = partners_of({one: {relation: 1}, two: {relation: 1}}, {one: {risk: link}, three: {risk: link}})
    assert {key: list(row) for key, row in found.items()} == {one: [relation, risk], two: [relation], three: [risk]}


def test_unions_may_be_formed_in_any_order() -> None:
    """And any number of parts of which nothing is known count as one, as propagation takes for granted."""
    union, some, nothing = union_table(), range(1, len(SETS)), MASK[ANY_RELATION]
    for one, other in itertools.product(some, some):
        assert union[one][other] == union[other][one]
        assert all(union[union[one][other]][third] == union[one][union[other][third]] for third in some)
    assert all(union[union[one][nothing]][nothing] == union[one][nothing] for one in some)


def test_a_hierarchy_may_be_deeper_than_the_recursion_limit() -> None:
    """What shares nothing with the outermost whole shares nothing with the innermost part."""
    flat = forest("a", [None] * 2000, unions=False)
    keys = list(flat)
    nested = [attrs.evolve(flat[one], parent=above) for above, one in zip([None, *keys], keys, strict=False)]
    rows = [row(keys[0], "no-relationship", key(B, "Y"))]
    found = Crosswalk.from_mappings(rows, attrs.evolve(flat, controls=tuple(nested)), B)
    assert found.relations_between(keys[-1], "Y-1") == RelationSet([Relation.NONE])
    assert [str(claim.paths[0][0].target) for claim in found.claims_between(keys[-1], "Y-1")] == ["a@1:0"]
