"""Small graphs."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
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


SNAPSHOTS = Path(__file__).parent / "snapshots"


def four_principles() -> DependencyGraph:
    """Return two phases with four principles, and dependencies within them and between them."""
    data = mini_edition()
    first, second = data["phases"]
    sample = first["principles"][0]["provisions"][0]
    for phase, places in ((first, (1, 2, 3)), (second, (4,))):
        [principle] = phase["principles"]
        phase["principles"] = [
            principle
            | {
                "number": place,
                "title": f"Principle {place} with a title that needs several lines in its box",
                "provisions": [
                    sample
                    | {
                        "number": f"{place}.{n}",
                        "title": f"Provision {n} of {place}, " + "with words" + " and words" * n,
                    }
                    for n in range(1, 5)
                ],
            }
            for place in places
        ]
    catalogue = load_edition(json.dumps(data))
    ids = {item.number: item for item in catalogue}
    # Downwards and upwards in a box, between boxes of a stack, and between stacks, several at one node.
    ends = (
        "1.1 1.2|1.3 1.1|1.1 1.4|1.2 1.4|1.4 1.1|1.1 2.1|2.2 1.1|3.1 1.4|1.2 3.3|"
        "1.1 4.1|4.1 1.2|1.1 4.2|2.4 4.1|4.2 1.1|4.1 4.2|1.3 2.4|3.1 4.1|4.1 3.2"
    )
    soft = itertools.cycle(kind for kind in DependencyKind if kind not in HARD)
    pairs = (pair.split() for pair in ends.split("|"))
    edges = [edge(ids[one], ids[other], next(soft)) for one, other in pairs]
    edges += (edge(ids["2.1"], ids[end], DependencyKind.REQUIRES) for end in ("2.2", "3.1", "4.3", "4.4"))
    edges += (edge(ids[f"{place}.2"], ids[f"{place}.3"], DependencyKind.REFINES) for place in (1, 4))
    return graph(catalogue, Additions(dependencies=tuple(edges)))


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
