"""
Arguments that one element is contained in another, or that two elements overlap.

The elements are numbered. They are joined by steps: an element is contained in another, or overlaps with it, because a
row says so; or it is contained in another as its part. Rows are numbered from 0, and `PART` is the number of all steps
between a part and its whole.
"""

from __future__ import annotations

import functools
import heapq
import itertools
from collections import Counter
from math import inf
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.shortest import Edge, Network
from aicop.relations import MASK, RELATED, RelationSet
from aicop.vocabulary import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EQUAL, SUBSET, SUPERSET, INTERSECTS, NONE = (MASK[RelationSet([relation])] for relation in Relation)
"""The masks of single relations."""

PART, _CROSSING = -1, -2
"""The numbers of steps that are not rows."""
_PART, _ROW = 1, 1 << 32
"""The lengths of steps. No number of steps between parts and wholes is as long as a row."""

Chain = tuple[Edge, ...]
"""The steps of an argument, each as two elements, the first contained in the second or overlapping, and its number."""


@attrs.frozen
class Argument:
    """The chains of an argument, and whether it is certain that no argument has fewer rows."""

    chains: tuple[Chain, ...]
    shortest: bool


class Assertions:
    """What is asserted of numbered elements: containments and overlaps."""

    def __init__(self) -> None:
        self.up: dict[int, list[Edge]] = {}
        """The steps from each element to those that contain it."""
        self.down: dict[int, list[Edge]] = {}
        """The steps from each element to those that it contains."""
        self.sharing: dict[int, list[Edge]] = {}
        """The steps from each element to those that overlap with it."""
        self.rows: list[tuple[int, int, int]] = []
        """The two elements of each row, and the relations that it allows, as a mask."""

    def add_part(self, part: int, whole: int) -> None:
        """Record that an element is a part of another."""
        self.up.setdefault(part, []).append((whole, _PART, PART))
        self.down.setdefault(whole, []).append((part, _PART, PART))

    def add_row(self, one: int, other: int, mask: int) -> None:
        """Record a row, which gets the next number."""
        self._add_steps(len(self.rows), one, other, mask)
        self.rows.append((one, other, mask))

    def _add_steps(self, number: int, one: int, other: int, mask: int) -> None:
        if mask in {EQUAL, SUBSET}:
            self.up.setdefault(one, []).append((other, _ROW, number))
            self.down.setdefault(other, []).append((one, _ROW, number))
        if mask in {EQUAL, SUPERSET}:
            self.up.setdefault(other, []).append((one, _ROW, number))
            self.down.setdefault(one, []).append((other, _ROW, number))
        if mask in {INTERSECTS, MASK[RELATED]}:
            self.sharing.setdefault(one, []).append((other, _ROW, number))
            self.sharing.setdefault(other, []).append((one, _ROW, number))

    def wholes(self, part: int) -> Iterator[Edge]:
        """Yield the steps from an element to its wholes."""
        # These steps were recorded before those of rows.
        for edge in self.up.get(part, ()):
            if edge[2] != PART:
                break
            yield edge

    def only(self, rows: Iterable[int], ends: tuple[int, int]) -> Assertions:
        """Return what these rows assert, with the wholes of their elements and of *ends*."""
        found = Assertions()
        found.rows = self.rows
        kept = frozenset(rows)
        seen = {*ends, *(end for number in kept for end in self.rows[number][:2])}
        waiting = list(seen)
        while waiting:
            part = waiting.pop()
            for whole, _, _ in self.wholes(part):
                found.add_part(part, whole)
                if whole not in seen:
                    seen.add(whole)
                    waiting.append(whole)
        for number in kept:
            found._add_steps(number, *self.rows[number])
        return found


class Arguments:
    """Finds arguments with the fewest rows and, among these, the fewest steps between parts and wholes."""

    def __init__(self, known: Assertions) -> None:
        self._known = known
        self._containing = Network(self._above, self._below)
        self._overlapping = Network(self._onward, self._back)

    def _above(self, node: int) -> list[Edge]:
        return self._known.up.get(node, [])

    def _below(self, node: int) -> list[Edge]:
        return self._known.down.get(node, [])

    # An argument that two elements overlap leads from one of them down to an element that it contains, across to one
    # that overlaps, and up to the other element. The way up passes the nodes ~0, ~1, ~2 ... in place of 0, 1, 2 ...
    # Every path crosses once. So a step added to all crossings favours none, and gives that to the same element a
    # length.

    def _onward(self, node: int) -> list[Edge]:
        if node < 0:
            return [(~other, length, number) for other, length, number in self._above(~node)]
        beside = ((~other, length + 1, number) for other, length, number in self._known.sharing.get(node, ()))
        return [*self._below(node), (~node, 1, _CROSSING), *beside]

    def _back(self, node: int) -> list[Edge]:
        if node >= 0:
            return self._above(node)
        beside = ((other, length + 1, number) for other, length, number in self._known.sharing.get(~node, ()))
        below = ((~other, length, number) for other, length, number in self._below(~node))
        return [*below, (~node, 1, _CROSSING), *beside]

    def containment(self, one: int, other: int, most: float = inf) -> tuple[Argument | None, bool]:
        """
        Return an argument that *one* is contained in *other*, or None, and whether that is certain.

        The argument is the shortest, or None if there is no argument, unless the search has looked at *most* steps
        from either end.
        """
        edges, certain = self._containing.shortest(one, other, most)
        if edges is None:
            return None, certain
        return Argument((_chain(_reach(edges, one), other),), certain), certain

    def overlap(self, one: int, other: int, most: float = inf) -> tuple[Argument | None, bool]:
        """Return an argument that *one* and *other* overlap, or None, and whether that is certain, as `containment`."""
        # They overlap if both contain the same element, or if they contain two elements that overlap.
        edges, certain = self._overlapping.shortest(one, ~other, most)
        if edges is None:
            return None, certain
        up = [(~after, ~before, number) for before, after, number in edges if before < 0]
        across: dict[int, tuple[int, int]] = {}
        for before, after, number in sorted(edges, key=_order):
            if before >= 0 > after:
                across.setdefault(before, (~after, number))
        below = _reach(edges, one), _reach(up, other)
        part = next(part for part in below[0] if part in across)
        partner, row = across[part]
        shared = () if row == _CROSSING else ((part, partner, row),)
        chains = _turned(_chain(below[0], part)), shared, _turned(_chain(below[1], partner))
        return Argument(chains, certain), certain

    @functools.cached_property
    def _landmarks(self) -> Landmarks:
        return Landmarks(self._known)

    def long(self, one: int, other: int, *, overlap: bool) -> Argument | None:
        """
        Return an argument by way of a few elements, or None if these do not connect *one* and *other*.

        It takes little work, but there may be arguments with fewer rows.
        """
        chains = self._landmarks.chains(one, other, overlap=overlap)
        return None if chains is None else self.minimal(Argument(chains, shortest=False), one, other, overlap=overlap)

    def minimal(self, argument: Argument, one: int, other: int, *, overlap: bool) -> Argument:
        """Return the argument if each of its rows is needed, otherwise the shortest one among its rows."""
        steps = [step for chain in argument.chains for step in chain]
        if self._is_minimal(steps):
            return argument
        # Parts and wholes make some of the rows superfluous, or the chains meet before their ends.
        local = Arguments(self._known.only((number for _, _, number in steps if number != PART), (one, other)))
        found, _ = (local.overlap if overlap else local.containment)(one, other)
        assert found is not None
        return attrs.evolve(found, shortest=False)

    def _is_minimal(self, steps: list[Edge]) -> bool:
        """Return True if the steps visit no element twice, and no other steps between parts and wholes join them."""
        kept = set(steps)
        # Steps that follow each other and visit no element twice are one fewer than their elements, and each element
        # has one or two of them.
        visits = Counter(end for step in steps for end in step[:2])
        if not {1, 2}.issuperset(visits.values()) or len(steps) >= len(visits):
            return False
        for node in visits:
            waiting = [node]
            while waiting:
                part = waiting.pop()
                for edge in self._known.wholes(part):
                    if part != node or (part, edge[0], PART) not in kept:
                        if edge[0] in visits:
                            return False
                        waiting.append(edge[0])
        return True


def _order(edge: Edge) -> tuple[int, int]:
    """Return a sort key for edges: crossings to the same element, then parts, then rows in their order."""
    return edge[2], abs(edge[1])


Reached = dict[int, Edge | None]
"""Element to the last step of a chain that leads to it; None for the first element."""


def _reach(edges: Iterable[Edge], start: int) -> Reached:
    """Return everything reachable from *start*, nearest first, each with the last step of a shortest chain."""
    onward: dict[int, list[Edge]] = {}
    for edge in sorted(edges, key=_order):
        onward.setdefault(edge[0], []).append(edge)
    found: Reached = {}
    # Dijkstra's algorithm. The serial number makes ties stable.
    serial = itertools.count()
    queue: list[tuple[int, int, int, Edge | None]] = [(0, 0, start, None)]
    while queue:
        length, _, one, step = heapq.heappop(queue)
        if one not in found:
            found[one] = step
            for edge in onward.get(one, ()):
                total = length + (_PART if edge[2] == PART else _ROW)
                heapq.heappush(queue, (total, next(serial), edge[1], edge))
    return found


def _chain(reached: Reached, end: int) -> Chain:
    """Return the chain of steps that leads to *end*."""
    chain = []
    while (step := reached[end]) is not None:
        chain.append(step)
        end = step[0]
    return tuple(reversed(chain))


def _turned(chain: Chain) -> Chain:
    """Return a chain from wholes to parts with the two elements of each step exchanged, in the same order of steps."""
    return tuple((inner, outer, number) for outer, inner, number in chain)


Tree = dict[int, tuple[int, int, int]]
"""Element to the length of its chain to the root, and to the next step of that chain: an element and a number."""


class Landmarks:
    """Some elements that are connected to many, and the shortest chains between them and all others."""

    COUNT = 8
    """The number of landmarks. More of them give shorter arguments, but take more time."""

    def __init__(self, known: Assertions) -> None:
        degrees = ((-min(len(known.up[node]), len(known.down[node])), node) for node in known.up if node in known.down)
        roots = [node for _, node in heapq.nsmallest(self.COUNT, degrees)]
        self._containing = [_tree(known.up, root) for root in roots]
        """The elements that contain each landmark."""
        self._contained = [_tree(known.down, root) for root in roots]
        """The elements that each landmark contains."""

    def chains(self, one: int, other: int, *, overlap: bool) -> tuple[Chain, ...] | None:
        """Return the chains of the shortest argument by way of a landmark, or None if no landmark connects the two."""
        # Two elements overlap if both contain a landmark. One is contained in the other if a landmark is between them.
        pairs = zip(self._containing if overlap else self._contained, self._containing, strict=True)
        ways = [(tree[one][0] + end[other][0], tree, end) for tree, end in pairs if one in tree and other in end]
        if not ways:
            return None
        _, tree, end = min(ways, key=lambda way: way[0])
        start, finish = _branch(tree, one), _branch(end, other)
        return (_turned(start), _turned(finish)) if overlap else ((*start, *reversed(_turned(finish))),)


def _branch(tree: Tree, node: int) -> Chain:
    """Return the steps from an element to the root of a tree."""
    steps = []
    length, nearer, number = tree[node]
    while length:
        steps.append((node, nearer, number))
        node = nearer
        length, nearer, number = tree[node]
    return tuple(steps)


def _tree(edges: dict[int, list[Edge]], root: int) -> Tree:
    """Return the shortest chains from *root* to all elements."""
    found: Tree = {}
    queue = [(0, root, root, PART)]
    while queue:
        length, node, nearer, number = heapq.heappop(queue)
        if node not in found:
            found[node] = length, nearer, number
            for other, step, row in edges.get(node, ()):
                if other not in found:
                    heapq.heappush(queue, (length + step, other, node, row))
    return found
