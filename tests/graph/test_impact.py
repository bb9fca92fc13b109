"""Impact: what is at risk, and how the failure reaches it."""

from __future__ import annotations

import itertools
import pickle
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.errors import UnknownTerm
from aicop.graph import Additions, graph
from aicop.vocabulary import DependencyKind
from tests.examples import notebook_table
from tests.graph.examples import IDS, WIDE, edge, graphs, reach
from tests.graph.test_planning import INFORMS, KINDS, REFINES, REQUIRES, TRIGGERS, followed

if TYPE_CHECKING:
    from aicop import Catalogue, ProvisionId
    from aicop.graph import DependencyGraph

STARTS = st.sets(st.sampled_from(IDS), min_size=1, max_size=3)


@given(graphs(), STARTS)
def test_all_kinds_reach_what_networkx_reaches(found: DependencyGraph, start: set[ProvisionId]) -> None:
    """By all kinds, impact has the descendants at their shortest distance, and leaves nothing aside."""
    impact = found.impact(start, kinds=DependencyKind)
    plain = found.to_networkx()
    reached = set().union(*(nx.descendants(plain, str(one)) for one in start)) - set(map(str, start))
    assert {str(item.id) for item in impact.at_risk} == reached
    assert (impact.aside, impact.beyond) == ((), ())
    for item in impact.at_risk:
        ways = [len(way) for one in start if (way := found.path(one, item.id)) is not None]
        assert item.distance == min(ways)


@given(graphs(), STARTS, KINDS)
def test_impact_stops_where_nothing_is_followed(
    found: DependencyGraph, start: set[ProvisionId], kinds: set[DependencyKind] | None
) -> None:
    """Impact has what followed edges reach; the rest of what all edges reach is beyond, behind the edges left aside."""
    impact = found.impact(start, kinds=kinds)
    wanted = followed(found, kinds)
    plain: nx.DiGraph[ProvisionId] = nx.DiGraph((item.prerequisite, item.dependant) for item in wanted)
    plain.add_nodes_from(found.ids)
    reached = set().union(*(nx.descendants(plain, one) for one in start)) - start
    assert {item.id for item in impact.at_risk} == reached
    all_reached = set().union(*(reach(found, one) for one in start)) - start
    assert impact.beyond == tuple(sorted(all_reached - reached))
    inside = reached | start
    assert impact.aside == tuple(
        item for item in found.dependencies if item.prerequisite in inside and item.dependant not in inside
    )
    strict = graph(WIDE, Additions(dependencies=tuple(item for item in wanted if item.kind is REQUIRES)))
    for item in impact.at_risk:
        assert item.certain == any(item.id in reach(strict, one) for one in start)
        assert item.statements == WIDE[item.id].statements
    assert [(item.distance, item.id) for item in impact.at_risk] == sorted(
        (item.distance, item.id) for item in impact.at_risk
    )


@given(graphs(), STARTS, KINDS)
def test_a_path_explains_each_provision(
    found: DependencyGraph, start: set[ProvisionId], kinds: set[DependencyKind] | None
) -> None:
    """A path is a chain of followed dependencies from what fails, with the strongest for each step."""
    impact = found.impact(start, kinds=kinds)
    wanted = followed(found, kinds)
    place = {item.id: item for item in impact.at_risk}
    for item in impact.at_risk:
        path = impact.path(item.id)
        assert path is not None
        assert len(path) == item.distance
        assert path[0].prerequisite in start
        assert path[-1] == item.step
        assert all(one.dependant == other.prerequisite for one, other in itertools.pairwise(path))
        for step in path:
            ends = (step.prerequisite, step.dependant)
            assert step == next(one for one in wanted if (one.prerequisite, one.dependant) == ends)
        assert item.through == (None if item.distance == 1 else path[0].dependant)
        near = start if item.distance == 1 else {one.id for one in impact.at_risk if one.distance == item.distance - 1}
        last = [one for one in wanted if one.dependant == item.id and one.prerequisite in near]
        assert item.kinds == tuple(kind for kind in DependencyKind if kind in {one.kind for one in last})
        assert item.step.prerequisite == min(one.prerequisite for one in last)
        assert item.entry == place[path[0].dependant].kinds[0]
    assert all(impact.path(one) == () for one in start)
    assert all(impact.path(one) is None for one in set(found.ids) - start - place.keys())


@given(graphs(), STARTS, KINDS)
def test_groups_hold_each_provision_once(
    found: DependencyGraph, start: set[ProvisionId], kinds: set[DependencyKind] | None
) -> None:
    """The groups have all provisions once: the direct ones by kind, then the others by the direct dependant."""
    impact = found.impact(start, kinds=kinds)
    groups = impact.groups
    listed = [item for group in groups for item in group.members]
    assert sorted(listed, key=lambda item: item.id) == sorted(impact.at_risk, key=lambda item: item.id)
    for group in groups:
        assert group.members
        assert list(group.members) == sorted(group.members, key=lambda item: (item.distance, item.id))
        assert {(item.entry, item.through) for item in group.members} == {(group.kind, group.through)}
    direct = [group.kind for group in groups if group.through is None]
    assert direct == [kind for kind in DependencyKind if kind in direct]
    through = [group.through for group in groups[len(direct) :] if group.through]
    assert through == sorted(through)
    assert len(direct) + len(through) == len(groups)
    assert [group.kind for group in groups[len(direct) :]] == [
        next(item.entry for item in impact.at_risk if item.id == one) for one in through
    ]


def test_a_small_impact() -> None:
    """Groups, paths, certain failures and what is left aside in a small graph."""
    a, b, c, d, e, f = IDS[:6]
    edges = (
        edge(a, b, TRIGGERS),
        edge(a, c, REQUIRES),
        edge(c, d, REQUIRES),
        edge(b, e, REFINES),
        edge(d, f, INFORMS),
        edge(f, IDS[6], TRIGGERS),
    )
    found = graph(WIDE, Additions(dependencies=edges))
    impact = found.impact(a)
    assert [(group.kind, group.through, [item.id for item in group.members]) for group in impact.groups] == [
        (REQUIRES, None, [c]),
        (TRIGGERS, None, [b]),
        (TRIGGERS, b, [e]),
        (REQUIRES, c, [d]),
    ]
    assert [item.id for item in impact.at_risk if item.certain] == [c, d]
    assert impact.path(e) == (edges[0], edges[3])
    assert (impact.aside, impact.beyond) == ((edges[4],), (f, IDS[6]))
    assert repr(impact) == "<Impact of 1.1: 4 provisions at risk, 2 beyond>"
    assert notebook_table(impact._repr_html_()) == [
        ["Impact of 1.1: 4 provisions at risk, 2 beyond"],
        ["distance", "key", "fails", "kinds", "duty holders"],
        ["1", "mini-code@1:1.2", "at risk", "triggers", "Developer"],
        ["1", "mini-code@1:1.3", "fails too", "requires", "Developer"],
        ["2", "mini-code@1:1.4", "fails too", "requires", "Developer"],
        ["2", "mini-code@1:1.5", "at risk", "refines", "Developer"],
    ]
    twin = pickle.loads(pickle.dumps(impact))  # noqa: S301 -- our own
    assert twin == impact
    assert len({twin, impact}) == 1
    assert repr(found.impact([b, a])).startswith("<Impact of 1.1, 1.2: ")
    everything = found.impact([a], kinds=list(DependencyKind))
    assert (len(everything.at_risk), everything.aside) == (6, ())
    with pytest.raises(UnknownTerm):
        found.impact(a, kinds=["needs"])


def test_steps_and_what_is_left_aside_are_in_order() -> None:
    """By their ends in printed order, and the strongest first if they are between the same two provisions."""
    a, b, c, d, e, f, g = IDS[:7]
    edges = {
        (one, other, kind): edge(one, other, kind)
        for one, other, kinds in (
            *((a, d, DependencyKind), (b, d, [INFORMS]), (c, d, [REQUIRES])),
            *((b, e, [INFORMS]), (c, e, [REQUIRES, TRIGGERS])),
            *((a, f, [INFORMS]), (b, f, [TRIGGERS, INFORMS]), (a, g, [REFINES])),
        )
        for kind in kinds
    }
    found = graph(WIDE, Additions(dependencies=tuple(edges.values())))
    every = found.impact([c, a, b], kinds=DependencyKind)
    assert [(item.id, item.step, item.kinds) for item in every.at_risk] == [
        (d, edges[a, d, REFINES], tuple(DependencyKind)),
        (e, edges[b, e, INFORMS], (REQUIRES, TRIGGERS, INFORMS)),
        (f, edges[a, f, INFORMS], (TRIGGERS, INFORMS)),
        (g, edges[a, g, REFINES], (REFINES,)),
    ]
    some = found.impact([c, a, b], kinds=[REQUIRES])
    assert [item.id for item in some.at_risk] == [d, e]
    assert some.aside == (
        edges[a, f, INFORMS],
        edges[b, f, TRIGGERS],
        edges[b, f, INFORMS],
        edges[a, g, REFINES],
    )


def test_the_impact_of_the_threat_model(code: Catalogue) -> None:
    """By default a few provisions are at risk if 3.1 fails, and those that information reaches are left aside."""
    impact = graph(code).impact("3.1")
    assert {item.id.number for item in impact.at_risk} >= {"3.1.1", "3.1.2", "3.1.3", "3.2"}
    assert len(impact.at_risk) < len(impact.beyond)
    assert {item.kind for item in impact.aside} == {INFORMS}


def test_what_is_beyond_is_in_printed_order() -> None:
    """Whatever the order in which it is reached."""
    steps = itertools.pairwise((IDS[0], *reversed(IDS[1:])))
    found = graph(WIDE, Additions(dependencies=tuple(edge(one, other, INFORMS) for one, other in steps)))
    assert found.impact(IDS[0]).beyond == IDS[1:]
