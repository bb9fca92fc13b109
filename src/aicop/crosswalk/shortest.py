"""Shortest paths between two nodes of a large network."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from math import inf
from typing import TYPE_CHECKING

Edge = tuple[int, int, int]
"""The node at the other end, the length, and a number that the caller has given to the edge."""
Neighbours = Callable[[int], Sequence[Edge]]
"""Returns the edges of a node."""

if TYPE_CHECKING:
    Steps = tuple[()] | tuple[int, int, "Steps"]
    """The last edge of a shortest path: the node before, the edge's number, and the same of other paths as short."""


class Network:
    """A directed network of numbered nodes, whose edges have positive lengths."""

    def __init__(self, onward: Neighbours, back: Neighbours) -> None:
        """Use the functions that return the edges by the node that they leave, and by the node that they enter."""
        self._find = onward, back
        # Most searches see a small part of the network, so edges are only asked for when a search comes to their node.
        self._edges: tuple[dict[int, Sequence[Edge]], dict[int, Sequence[Edge]]] = {}, {}

    def _of(self, side: int, node: int) -> Sequence[Edge]:
        """Return the edges of a node that lead away from one end, and keep them for other searches."""
        known = self._edges[side].get(node)
        if known is None:
            known = self._edges[side][node] = self._find[side](node)
        return known

    def shortest(self, start: int, end: int, most: float = inf) -> tuple[set[Edge] | None, bool]:
        """
        Return the edges on all shortest paths, each as its two nodes and its number; None if there is no path.

        From either end, the search looks at no more than *most* nodes and edges. If this is not enough, the second
        value is False and the edges are those of a path that was found by then, which may be longer than others, or
        None.
        """
        # Dijkstra's algorithm from both ends. In a network where everything is a few steps apart, each end sees only
        # a small part of it before the two meet, while a search from one end would see most of it.
        far: tuple[dict[int, int], dict[int, int]] = {start: 0}, {end: 0}
        before: tuple[dict[int, Steps], dict[int, Steps]] = {start: ()}, {end: ()}
        queues = [(0, start)], [(0, end)]
        # The number of nodes and edges that each end has looked at, with its next node and the edges of that.
        work = [len(self._of(0, start)) + 1, len(self._of(1, end)) + 1]
        best: float = 0 if start == end else inf
        # Once the two nearest nodes are together as far as the best path, no shorter path is left, and every path as
        # short as the best passes a node that both ends know.
        while queues[0] and queues[1] and queues[0][0][0] + queues[1][0][0] < best:
            # The end with less work is next, so that a large family is not opened if the other end has few neighbours.
            side = int(work[1] < work[0])
            if work[side] > most:
                return (None if best == inf else self._meeting(far, before, best)), False
            queue, mine, theirs, steps = queues[side], far[side], far[1 - side], before[side]
            reached, node = heapq.heappop(queue)
            # A node is queued again when a shorter path to it is found.
            if reached == mine[node]:
                for other, length, number in self._of(side, node):
                    total, known = reached + length, mine.get(other, inf)
                    if total < known:
                        mine[other] = total
                        steps[other] = (node, number, ())
                        heapq.heappush(queue, (total, other))
                        if other in theirs:
                            best = min(best, total + theirs[other])
                    elif total == known:
                        steps[other] = (node, number, steps[other])
            if queue:
                work[side] += len(self._of(side, queue[0][1])) + 1
        return (None if best == inf else self._meeting(far, before, best)), True

    @staticmethod
    def _meeting(
        far: tuple[dict[int, int], dict[int, int]], before: tuple[dict[int, Steps], dict[int, Steps]], best: float
    ) -> set[Edge]:
        """Return the edges on the paths of the best length through the nodes that both ends have reached."""
        few, many = sorted(far, key=len)
        middle = [node for node, reached in few.items() if node in many and reached + many[node] == best]
        onward, back = _trace(before[0], middle), _trace(before[1], middle)
        return {*onward, *((one, other, number) for other, one, number in back)}


def _trace(before: dict[int, Steps], middle: list[int]) -> list[Edge]:
    """Return the edges by which one end has reached the nodes in the middle."""
    seen, waiting, found = set(middle), list(middle), []
    while waiting:
        node = waiting.pop()
        step = before[node]
        while step:
            nearer, number, step = step
            found.append((nearer, node, number))
            if nearer not in seen:
                seen.add(nearer)
                waiting.append(nearer)
    return found
