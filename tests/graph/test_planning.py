"""Waves and the critical path."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, UnknownKey, load
from aicop.errors import UnknownTerm
from aicop.graph import Additions, CriticalPath, PathStep, WaveMember, graph
from aicop.vocabulary import HARD, Basis, DependencyKind
from tests.graph.examples import IDS, WIDE, edge, graphs

if TYPE_CHECKING:
    from aicop import ProvisionId
    from aicop.graph import DependencyGraph
    from aicop.model import Dependency

REFINES, REQUIRES, REFERS, TRIGGERS, INFORMS = DependencyKind
KINDS = st.none() | st.sets(st.sampled_from(DependencyKind))
EDITIONS = ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223")


def followed(found: DependencyGraph, kinds: set[DependencyKind] | None) -> list[Dependency]:
    """Return the dependencies that a plan has to follow, by the definition in the documentation."""
    if kinds is not None:
        return [item for item in found.dependencies if item.kind in kinds]
    return [
        item
        for item in found.dependencies
        if item.kind in {*HARD, TRIGGERS}
        or (item.kind is REFERS and item.basis is Basis.PRINTED and item.suspect is False)
    ]


def members(found: DependencyGraph, kinds: set[DependencyKind] | None = None) -> list[WaveMember]:
    """Return the members of all waves."""
    return [item for wave in found.waves(kinds=kinds) for item in wave.members]


def waves_of(found: DependencyGraph, kinds: set[DependencyKind] | None) -> dict[ProvisionId, int]:
    """Return the number of the wave of each provision."""
    return {item.id: wave.number for wave in found.waves(kinds=kinds) for item in wave.members}


@given(graphs(), KINDS)
def test_waves_respect_what_they_follow(found: DependencyGraph, kinds: set[DependencyKind] | None) -> None:
    """A followed edge leads to a later wave or lies on a cycle, and only a followed edge puts off a provision."""
    number = waves_of(found, kinds)
    wanted = followed(found, kinds)
    reach: nx.DiGraph[ProvisionId] = nx.transitive_closure(
        nx.DiGraph((item.prerequisite, item.dependant) for item in wanted)
    )
    for item in members(found, kinds):
        assert all(number[one.prerequisite] < number[item.id] for one in item.after)
        assert all(number[one.prerequisite] >= number[item.id] for one in item.unmet)
        assert all(one.kind not in HARD and reach.has_edge(item.id, one.prerequisite) for one in item.unmet)
        earlier = {number[one.prerequisite] for one in item.after}
        assert number[item.id] == 1 + max(earlier, default=0)
    assert sorted(
        (one for item in members(found, kinds) for one in (*item.after, *item.unmet)), key=found.dependencies.index
    ) == list(wanted)


@given(graphs(), KINDS)
def test_waves_hold_everything_once(found: DependencyGraph, kinds: set[DependencyKind] | None) -> None:
    """Every provision is in one wave, and every dependency is listed once at its dependant, in the order of the graph."""
    waves = found.waves(kinds=kinds)
    assert [wave.number for wave in waves] == list(range(1, len(waves) + 1))
    assert sorted(item.id for wave in waves for item in wave.members) == list(found.ids)
    listed = []
    for wave in waves:
        assert list(wave.members) == sorted(wave.members, key=lambda item: item.id)
        for item in wave.members:
            parts = attrs.astuple(item, recurse=False)[1:]
            assert all(one.dependant == item.id for part in parts for one in part)
            assert all(list(part) == sorted(part, key=found.dependencies.index) for part in parts)
            listed += [one for part in parts for one in part]
    assert sorted(listed, key=found.dependencies.index) == list(found.dependencies)


@given(graphs(), KINDS)
def test_advice_is_exactly_what_is_not_followed(found: DependencyGraph, kinds: set[DependencyKind] | None) -> None:
    """Advice is every other dependency, and is sorted by where its prerequisite is."""
    number = waves_of(found, kinds)
    advice = []
    for item in members(found, kinds):
        assert {number[one.prerequisite] for one in item.better_after} <= {number[item.id]}
        assert all(number[one.prerequisite] < number[item.id] for one in item.helped_by)
        assert all(number[one.prerequisite] > number[item.id] for one in item.revisit_after)
        advice += [*item.better_after, *item.helped_by, *item.revisit_after]
    wanted = followed(found, kinds)
    aside = [item for item in found.dependencies if item not in wanted]
    assert sorted(advice, key=found.dependencies.index) == aside
    assert list(found.critical_path(kinds=kinds).aside) == aside


@given(graphs(), KINDS, st.dictionaries(st.sampled_from(IDS), st.integers(0, 9)))
def test_the_critical_path_is_as_long_as_networkx_finds(
    found: DependencyGraph, kinds: set[DependencyKind] | None, weights: dict[ProvisionId | str, float]
) -> None:
    """It is a chain of met dependencies, and its length is that of an independent computation."""
    unmet = [one for item in members(found, kinds) for one in item.unmet]
    met = [item for item in followed(found, kinds) if item not in unmet]
    path = found.critical_path(kinds=kinds, weights=weights)
    assert sorted(path.unmet, key=found.dependencies.index) == sorted(unmet, key=found.dependencies.index)
    # The weight of a provision is that of its incoming edge; an extra first node gives every provision one.
    plain: nx.DiGraph[object] = nx.DiGraph()
    pairs: set[tuple[object, ProvisionId]] = {(item.prerequisite, item.dependant) for item in met}
    for before, after in pairs | {("start", item) for item in found.ids}:
        plain.add_edge(before, after, weight=weights.get(after, 1))
    assert path.length == nx.dag_longest_path_length(plain)
    assert [step.weight for step in path.steps] == [weights.get(step.id, 1) for step in path.steps]
    assert path.steps[0].reasons == ()
    for before, step in zip(path.steps, path.steps[1:], strict=False):
        between = [item for item in met if (item.prerequisite, item.dependant) == (before.id, step.id)]
        assert list(step.reasons) == between
        assert between
    if not weights:
        waves = waves_of(found, kinds)
        assert [waves[step.id] for step in path.steps] == list(range(1, 1 + max(waves.values())))


@given(graphs(), KINDS)
def test_the_first_of_the_longest_chains_is_chosen(found: DependencyGraph, kinds: set[DependencyKind] | None) -> None:
    """Among chains of equal length, the first in printed order is the critical path."""
    unmet = [one for item in members(found, kinds) for one in item.unmet]
    pairs = {(i.prerequisite, i.dependant) for i in followed(found, kinds) if i not in unmet}
    chains: list[tuple[ProvisionId, ...]] = [(item,) for item in found.ids]
    # Each round has all chains that are longer by one.
    while longer := [(*chain, after) for chain in chains for before, after in pairs if before == chain[-1]]:
        chains = longer
    assert tuple(step.id for step in found.critical_path(kinds=kinds).steps) == min(chains)


def test_a_small_plan() -> None:
    """Waves, advice of each sort and the critical path of a small graph."""
    a, b, c, d, e = IDS[:5]
    first, second, third = edge(a, b, REQUIRES), edge(b, c, TRIGGERS), edge(c, b, TRIGGERS)
    later, inside, earlier = edge(c, a, INFORMS), edge(d, e, INFORMS), edge(a, c, INFORMS)
    printed = attrs.evolve(edge(b, c, REFERS), basis=Basis.PRINTED)
    guide = attrs.evolve(edge(a, d, REFERS), basis=Basis.GUIDE)
    misprint = attrs.evolve(edge(a, e, REFERS), basis=Basis.PRINTED, suspect=True)
    edges = (first, second, third, later, inside, earlier, printed, guide, misprint)
    found = graph(WIDE, Additions(dependencies=edges))
    assert [[item for item in wave.members if item.id in IDS[:5]] for wave in found.waves()] == [
        [
            WaveMember(id=a, revisit_after=(later,)),
            WaveMember(id=d, better_after=(guide,)),
            WaveMember(id=e, better_after=(misprint, inside)),
        ],
        [WaveMember(id=b, after=(first,), unmet=(third,))],
        [WaveMember(id=c, after=(printed, second), helped_by=(earlier,))],
    ]
    assert found.critical_path() == CriticalPath(
        steps=[
            PathStep(id=a, weight=1, reasons=()),
            PathStep(id=b, weight=1, reasons=[first]),
            PathStep(id=c, weight=1, reasons=[printed, second]),
        ],
        unmet=[third],
        aside=[later, earlier, guide, misprint, inside],
    )
    assert repr(found.waves()[1]) == "<Wave 2: 1 provision>"
    assert repr(found.critical_path()) == "<CriticalPath of length 3: 3 provisions>"
    heavy = found.critical_path(weights={e: 2.5, "2.1": 1})
    assert repr(heavy) == "<CriticalPath of length 3: 3 provisions>"
    assert repr(found.critical_path(weights={e: 3.5})) == "<CriticalPath of length 3.5: 1 provision>"


def test_what_a_cycle_leaves_unmet_may_be_in_the_same_wave() -> None:
    """It is not met all the same, and is no step of a chain."""
    ends = ((3, 2), (1, 0), (2, 1), (1, 3), (0, 3), (2, 3))
    edges = {(one, other): edge(IDS[one], IDS[other], TRIGGERS) for one, other in ends}
    found = graph(WIDE, Additions(dependencies=tuple(edges.values())))
    waves = [[item for item in wave.members if item.id in IDS[:4]] for wave in found.waves()]
    assert waves == [
        [WaveMember(id=IDS[1], unmet=(edges[2, 1],)), WaveMember(id=IDS[2], unmet=(edges[3, 2],))],
        [WaveMember(id=IDS[0], after=(edges[1, 0],))],
        [WaveMember(id=IDS[3], after=(edges[0, 3], edges[1, 3], edges[2, 3]))],
    ]
    path = found.critical_path()
    assert [step.id for step in path.steps] == [IDS[1], IDS[0], IDS[3]]
    assert path.unmet == (edges[2, 1], edges[3, 2])


def test_plans_can_be_empty(code: Catalogue) -> None:
    """A graph without provisions has no waves, and its critical path has no steps."""
    nobody = graph(code).subgraph(role="Affected Entity")
    assert nobody.waves() == ()
    assert nobody.critical_path() == CriticalPath(steps=(), unmet=(), aside=())
    assert nobody.critical_path(weights={"5.1": 2}).length == 0


@pytest.mark.parametrize("weight", [-1, math.nan, math.inf])
def test_mistaken_weights_and_kinds_raise(code: Catalogue, weight: float) -> None:
    """A weight is a finite number that is not negative, its key exists, and so do the kinds."""
    found = graph(code)
    with pytest.raises(ValueError, match="weight") as caught:
        found.critical_path(weights={"5.1": weight})
    assert str(caught.value) == (
        f"the weight of uk-ai-cop@2025-01:5.1 is {weight}, and must be a finite number that is not negative"
    )
    with pytest.raises(UnknownKey):
        found.critical_path(weights={"5.9": 1})
    for ask in (found.waves, found.critical_path):
        with pytest.raises(UnknownTerm):
            ask(kinds="needs")


def test_all_editions_have_the_same_plan(code: Catalogue) -> None:
    """The suspect pointers of the European Standard change no wave and no critical path."""

    def shape(catalogue: Catalogue) -> tuple[object, ...]:
        place = {item: number for number, item in enumerate(catalogue)}
        found = graph(catalogue)
        waves = [[place[item.id] for item in wave.members] for wave in found.waves()]
        return waves, [place[step.id] for step in found.critical_path().steps]

    assert [shape(load(edition)) for edition in EDITIONS] == [shape(code)] * 3
