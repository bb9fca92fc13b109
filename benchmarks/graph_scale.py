"""
Measure the dependency graph of 50,000 made-up provisions and 250,000 edges, beside plain networkx.

There are two seeded shapes. In blocks of 500 provisions, as in a library of many standards, most edges run forward
inside a block. Between any two provisions, nearly everything depends on nearly everything.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

import networkx as nx

from aicop.catalogue.shipped import build
from aicop.graph import DependencyGraph
from aicop.model import Dependency
from aicop.vocabulary import Basis, DependencyKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.catalogue import Catalogue
    from aicop.ids import ProvisionId

PRINCIPLES, EACH, EDGES, BLOCK = 500, 100, 250_000, 500
SOFT = [DependencyKind.REFERS, DependencyKind.TRIGGERS, DependencyKind.INFORMS]


def catalogue() -> Catalogue:
    """Return a catalogue of 500 principles with 100 provisions each."""
    statement = {
        "modality": "shall",
        "duty_holders": ["Developer"],
        "attribution": "stated",
        "as_printed": "x",
        "action": "x",
    }
    source = {"key": "s", "document": "Made up", "locator": "all", "grade": "judgement", "read": "2026-11-22"}

    def principle(number: int) -> dict[str, Any]:
        provisions = [
            {"number": f"{number}.{place}", "title": "x", "source": "s", "statements": [statement]}
            for place in range(1, EACH + 1)
        ]
        return {"number": number, "title": "x", "source": "s", "provisions": provisions}

    phase = {
        "slug": "all",
        "title": "All",
        "source": "s",
        "principles": [principle(n) for n in range(1, PRINCIPLES + 1)],
    }
    words = ("title", "publisher", "force", "address", "licence", "ships")
    facts = dict.fromkeys(words, "x") | {"document": "made-up", "edition": "1", "status": "current", "source": "s"}
    return build(facts | {"sources": [source], "phases": [phase]})


def edge(before: ProvisionId, after: ProvisionId, kind: DependencyKind) -> Dependency:
    """Return a dependency."""
    return Dependency(
        prerequisite=before, dependant=after, kind=kind, basis=Basis.EDITORIAL,
        rationale="x.", artefacts=(), confidence=5, suspect=False,
    )  # fmt: skip


def edges(ids: list[ProvisionId], *, local: bool) -> tuple[Dependency, ...]:
    """Return the edges of one shape: one in twenty is hard and runs forward; one in fifty of the rest runs back."""
    rng = random.Random(304223)  # noqa: S311 -- repeatable, not secret
    found: dict[tuple[int, int], Dependency] = {}
    while len(found) < EDGES:
        first = rng.randrange(len(ids))
        start = first // BLOCK * BLOCK
        second = start + rng.randrange(BLOCK) if local else rng.randrange(len(ids))
        if first == second:
            continue
        low, high = sorted((first, second))
        hard = rng.random() < 0.05  # noqa: PLR2004 -- see above
        back = not hard and rng.random() < 0.02  # noqa: PLR2004 -- see above
        pair = (high, low) if back else (low, high)
        kind = DependencyKind.REQUIRES if hard else rng.choice(SOFT)
        found.setdefault(pair, edge(ids[pair[0]], ids[pair[1]], kind))
    return tuple(found.values())


def seconds(call: Callable[[], object]) -> float:
    """Return the shortest of three times."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Measure and print."""
    made = catalogue()
    print("| shape | question | ours | networkx | ratio and budget |\n| --- | --- | --- | --- | --- |")
    for shape, local in (("blocks", True), ("any two", False)):
        measure(shape, DependencyGraph(made, tuple(made), edges(list(made), local=local)))


def measure(shape: str, graph: DependencyGraph) -> None:
    """Print the rows of one shape."""
    simple: nx.DiGraph[ProvisionId] = nx.DiGraph(graph.to_networkx())
    forward: nx.DiGraph[ProvisionId] = nx.DiGraph((a, b) for a, b in simple.edges if a < b)
    start, end = graph.ids[25_010], graph.ids[25_490]
    rows: list[tuple[str, Callable[[], object], Callable[[], object], str]] = [
        ("order; lexicographical_topological_sort of the forward edges", graph.order,
         lambda: list(nx.lexicographical_topological_sort(forward)), "at most 2 s"),
        ("waves; topological_generations of the forward edges", graph.waves,
         lambda: list(nx.topological_generations(forward)), "no budget"),
        ("waves by all kinds; topological_generations of the forward edges", lambda: graph.waves(kinds=DependencyKind),
         lambda: list(nx.topological_generations(forward)), "no budget"),
        ("critical path; dag_longest_path of the forward edges", graph.critical_path,
         lambda: nx.dag_longest_path(forward), "no budget"),
        ("closure of one; ancestors", lambda: graph.closure([end]), lambda: nx.ancestors(simple, end), "at most 2 s"),
        ("impact of one; single_source_shortest_path_length", lambda: graph.impact([start]),
         lambda: dict(nx.single_source_shortest_path_length(simple, start)), "at most 50 ms"),
        ("impact of one by all kinds; single_source_shortest_path_length",
         lambda: graph.impact([start], kinds=DependencyKind),
         lambda: dict(nx.single_source_shortest_path_length(simple, start)), "no budget"),
    ]  # fmt: skip
    for names, ask, same, budget in rows:
        question, name = names.split("; ")
        ours, theirs = seconds(ask) * 1000, seconds(same) * 1000
        print(f"| {shape} | {question} | {ours:.1f} ms | {name}: {theirs:.1f} ms | {ours / theirs:.1f} ({budget}) |")
    unmet, back = len(graph.order().unmet), sum(a > b for a, b in simple.edges)
    print(f"| {shape} | unmet soft dependencies | {unmet} | edges that run back: {back} | |")


if __name__ == "__main__":
    main()
