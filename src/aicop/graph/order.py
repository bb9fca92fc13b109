"""The order of work: a topological sort of components, and a heuristic inside cycles."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import attrs
import networkx as nx

from aicop._notebook import html_table, shown
from aicop._pydantic import field_type
from aicop.errors import count_phrase
from aicop.ids import ProvisionId
from aicop.model.dependency import Dependency
from aicop.vocabulary import HARD, DependencyKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The cost of violating a dependency in an order of work; 0 marks hard dependencies, which are never violated.
_WEIGHT = dict.fromkeys(HARD, 0) | {DependencyKind.REFERS: 3, DependencyKind.TRIGGERS: 2, DependencyKind.INFORMS: 1}

Edges = list[list[tuple[int, int]]]
"""For each item, its neighbours in one direction with the weight of each edge; 0 marks a hard edge."""


@shown
@field_type
@attrs.frozen(repr=False)
class Order:
    """An order of work, as `DependencyGraph.order` returns it."""

    sequence: tuple[ProvisionId, ...]
    """Every provision of the graph exactly once, after its hard prerequisites."""
    unmet: tuple[Dependency, ...]
    """The soft dependencies that the order violates; each is part of a cycle, and no order satisfies a whole cycle."""

    def __repr__(self) -> str:
        unmet = count_phrase(len(self.unmet), "dependency", "dependencies")
        return f"<Order of {count_phrase(len(self.sequence), 'provision')}: {unmet} not met>"

    def _repr_html_(self) -> str:
        rows = enumerate(self.sequence, start=1)
        return html_table(repr(self)[1:-1], ("place", "key"), rows, len(self.sequence))


def order_of_work(ids: Sequence[ProvisionId], dependencies: Sequence[Dependency]) -> Order:
    """Return the order of work of *ids*, which are in printed order; see `aicop.graph.DependencyGraph.order`."""
    # The algorithm works on positions, so that the lowest number is the first in printed order.
    place = {item: number for number, item in enumerate(ids)}
    out: Edges = [[] for _ in ids]
    into: Edges = [[] for _ in ids]
    for item in dependencies:
        before, after = place[item.prerequisite], place[item.dependant]
        # A cross-reference that is probably an error in the text gets the lowest weight.
        weight = min(_WEIGHT[item.kind], 1) if item.suspect else _WEIGHT[item.kind]
        out[before].append((after, weight))
        into[after].append((before, weight))
    plain: nx.DiGraph[int] = nx.DiGraph()
    plain.add_nodes_from(range(len(ids)))
    plain.add_edges_from((before, after) for before, ends in enumerate(out) for after, _ in ends)
    components = map(sorted, nx.strongly_connected_components(plain))
    turn = {ids[item]: number for number, item in enumerate(topological_order(components, out, into))}
    unmet = tuple(item for item in dependencies if turn[item.prerequisite] > turn[item.dependant])
    return Order(tuple(turn), unmet)


def topological_order(components: Iterable[list[int]], out: Edges, into: Edges) -> Iterator[int]:
    """
    Yield each item after its prerequisites; among the items that are ready, the lowest number comes first.

    *components* are the strongly connected components, each sorted. A component is a single item, or several items on
    shared cycles, which `order_component` sorts. *out* and *into* are the same edges in both directions.
    """
    # Kahn's algorithm on the graph of components, which has no cycles. The heap makes the order unique.
    listed = list(components)
    component_of = {item: number for number, component in enumerate(listed) for item in component}
    after = [
        {component_of[other] for item in component for other, _ in out[item]} - {number}
        for number, component in enumerate(listed)
    ]
    waiting = [0] * len(listed)
    for number in (number for following in after for number in following):
        waiting[number] += 1
    ready = [(component[0], number) for number, component in enumerate(listed) if not waiting[number]]
    heapq.heapify(ready)
    while ready:
        _, number = heapq.heappop(ready)
        component = listed[number]
        yield from component if len(component) == 1 else order_component(component, out, into)
        for following in after[number]:
            waiting[following] -= 1
            if not waiting[following]:
                heapq.heappush(ready, (listed[following][0], following))


def order_component(component: list[int], out: Edges, into: Edges) -> Iterator[int]:
    """
    Yield the items of a strongly connected component in an order of work; see `aicop.graph.DependencyGraph.order`.

    This is the heuristic of Eades, Lin and Smyth for a small feedback arc set, except that hard edges are always
    respected.

    Source: Eades, Lin and Smyth, "A fast and effective heuristic for the feedback arc set problem", 1993.
    """
    inside = set(component)
    hard = {item: sum(not weight and other in inside for other, weight in into[item]) for item in component}
    unmet = {item: sum(weight for other, weight in into[item] if other in inside) for item in component}
    given = {item: sum(weight for other, weight in out[item] if other in inside) for item in component}

    # Items without unmet weight come first, because they cost nothing; then the greatest gain; then the lowest number.
    def urgency(item: int) -> tuple[bool, int, int]:
        return bool(unmet[item]), unmet[item] - given[item], item

    ready = [urgency(item) for item in component if not hard[item]]
    heapq.heapify(ready)
    while ready:
        entry = heapq.heappop(ready)
        item = entry[-1]
        # The heap keeps old entries. One is stale if its item has been placed, or pushed again with a new urgency.
        if item not in inside or entry != urgency(item):
            continue
        inside.remove(item)
        yield item
        touched = {other for other, _ in (*out[item], *into[item]) if other in inside}
        for other, weight in out[item]:
            if other in inside:
                hard[other] -= not weight
                unmet[other] -= weight
        for other, weight in into[item]:
            if other in inside:
                given[other] -= weight
        for other in touched:
            if not hard[other]:
                heapq.heappush(ready, urgency(other))
