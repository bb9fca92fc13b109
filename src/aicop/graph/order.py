"""The rule by which provisions on circles are ordered, in plain numbers."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def untie(knot: list[int], out: list[list[tuple[int, int]]], into: list[list[tuple[int, int]]]) -> Iterator[int]:
    """
    Order provisions that lie on circles together; see `aicop.graph.DependencyGraph.order`.

    *out* and *into* are the neighbours of each with the weight of the edge, 0 for a hard one.
    """
    inside = set(knot)
    hard = {item: sum(not weight and other in inside for other, weight in into[item]) for item in knot}
    unmet = {item: sum(weight for other, weight in into[item] if other in inside) for item in knot}
    given = {item: sum(weight for other, weight in out[item] if other in inside) for item in knot}

    def urgency(item: int) -> tuple[bool, int, int]:
        return bool(unmet[item]), unmet[item] - given[item], item

    ready = [urgency(item) for item in knot if not hard[item]]
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
