"""Small graphs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from aicop.catalogue import loads as load_edition
from aicop.graph import Additions, DependencyGraph, graph
from aicop.model import Dependency
from aicop.vocabulary import HARD, Basis, DependencyKind
from tests.examples import mini_edition

if TYPE_CHECKING:
    from aicop import Catalogue, ProvisionId


MANY = 12


def wide() -> Catalogue:
    """Return an edition of twelve provisions in two phases."""
    data = mini_edition()
    for number, phase in enumerate(data["phases"], start=1):
        sample = phase["principles"][0]["provisions"][0]
        phase["principles"][0]["provisions"] = [
            sample | {"number": f"{number}.{place}"} for place in range(1, MANY // 2 + 1)
        ]
    return load_edition(json.dumps(data))


WIDE = wide()
IDS = tuple(WIDE)


def edge(before: ProvisionId, after: ProvisionId, kind: DependencyKind) -> Dependency:
    """Return a dependency with placeholder facts."""
    return Dependency(
        prerequisite=before,
        dependant=after,
        kind=kind,
        basis=Basis.EDITORIAL,
        rationale=f"{before.number} before {after.number}.",
        artefacts=(),
        confidence=5,
        suspect=False,
    )


@st.composite
def graphs(draw: st.DrawFn) -> DependencyGraph:
    """Draw a graph of twelve provisions whose hard edges follow a random order, so that they form no cycle."""
    rank = draw(st.permutations(range(MANY)))
    ends = st.tuples(st.integers(0, MANY - 1), st.integers(0, MANY - 1), st.sampled_from(DependencyKind))
    grounds = st.tuples(st.sampled_from(Basis), st.booleans())
    chosen = draw(st.lists(st.tuples(ends, grounds), unique_by=lambda pair: pair[0], max_size=30))
    edges = [
        attrs.evolve(edge(IDS[a], IDS[b], kind), basis=basis, suspect=suspect)
        for (a, b, kind), (basis, suspect) in chosen
        if a != b and (kind not in HARD or rank[a] < rank[b])
    ]
    return graph(WIDE, Additions(dependencies=tuple(edges)))


def pairs_of(found: DependencyGraph) -> set[tuple[ProvisionId, ProvisionId]]:
    """Return the edges of a graph as pairs."""
    return {(item.prerequisite, item.dependant) for item in found.dependencies}


def reach(found: DependencyGraph, start: ProvisionId) -> set[ProvisionId]:
    """Return everything that depends on *start*, computed without networkx."""
    seen: set[ProvisionId] = set()
    front = {start}
    while front:
        front = {b for a, b in pairs_of(found) if a in front} - seen
        seen |= front
    return seen - {start}
