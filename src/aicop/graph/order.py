"""The order of work, in plain numbers: components one after another, and the rule for those that are circles."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Edges = list[list[tuple[int, int]]]
"""For each item its neighbours in one direction, each with the weight of the edge, 0 for a hard one."""


def topological_order(components: Iterable[list[int]], out: Edges, into: Edges) -> Iterator[int]:
    """
    Yield each item after those that it needs; of several that are free, the one with the lowest number first.

    *components* are the strongly connected components, each sorted: an item alone, or items that lie on circles
    together, which `order_component` puts into an order. *out* and *into* are the edges in both directions.
    """
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
    Order items that lie on circles together; see `aicop.graph.DependencyGraph.order`.

    The rule is the heuristic of Eades, Lin and Smyth for a small feedback arc set, with hard edges always kept.
    """
    inside = set(component)
    hard = {item: sum(not weight and other in inside for other, weight in into[item]) for item in component}
    unmet = {item: sum(weight for other, weight in into[item] if other in inside) for item in component}
    given = {item: sum(weight for other, weight in out[item] if other in inside) for item in component}

    def urgency(item: int) -> tuple[bool, int, int]:
        return bool(unmet[item]), unmet[item] - given[item], item

    ready = [urgency(item) for item in component if not hard[item]]
    heapq.heapify(ready)
    while ready:
        entry = heapq.heappop(ready)
        item = entry[-1]
        # What has been placed, or has changed since it was pushed, comes up again with its new urgency.
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
