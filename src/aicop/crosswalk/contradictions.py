"""
Detection of contradictions among mappings, each with a minimal set of mappings that cause it.

Each requirement or mitigation is regarded as a set. A mapping asserts that one set is contained in the other, or not,
that the two overlap, or that they are disjoint. Everything else follows by three rules: containment is transitive;
overlap is inherited upwards; disjointness is inherited downwards. So mappings are contradictory in exactly two cases:
they imply a containment that one of them denies, or an overlap of two elements that one of them calls disjoint. No
general search is needed, and the mappings of each contradiction are a shortest argument. The tests compare the result
with path consistency under the composition table, and with models.

Parts are contained in their wholes. The rule that a provision is exactly the union of its statements is not used, so
contradictions that depend on it are not found.
"""

from __future__ import annotations

import functools
import heapq
import itertools
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.claim import mask_of
from aicop.crosswalk.shortest import Edge, Network
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import Key
from aicop.mappings.shipped import load as load_rows
from aicop.mappings.shipped import sets
from aicop.model.mapping import Mapping
from aicop.relations import MASK, RELATED, RelationSet
from aicop.vocabulary import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.frameworks.framework import Framework

_EQUAL, _SUBSET, _SUPERSET, _INTERSECTS, _NONE = (MASK[RelationSet([relation])] for relation in Relation)


@attrs.frozen
class Contradiction:
    """Mappings that cannot all be true."""

    one: Key
    other: Key
    reason: str
    """A sentence that states the conflict."""
    mappings: tuple[Mapping, ...]
    """A minimal set of mappings that cannot all be true, in the order of the argument."""
    parts: tuple[tuple[Key, Key], ...]
    """The pairs of a part and its whole that the argument uses."""

    def __str__(self) -> str:
        lines = [self.reason]
        lines += (f"  {row.source} {row.predicate} {row.target} ({row.author}, {row.set})" for row in self.mappings)
        lines += (f"  {part} is a part of {whole}" for part, whole in self.parts)
        return "\n".join(lines)


Chain = tuple[Mapping | tuple[Key, Key], ...]
"""The steps of an argument: mappings, and pairs of a part and its whole."""
Edges = dict[Key, dict[Key, Mapping | tuple[Key, Key]]]
"""Element to elements, each with the reason why one contains the other."""


Reached = dict[Key, tuple[Key, Mapping | tuple[Key, Key]] | None]
"""Element to the element before it and the step between them; None for the first element."""


class _Known:
    """The assertions of mappings and hierarchies, indexed by their kind."""

    def __init__(self, frameworks: Iterable[Framework], rows: Iterable[Mapping]) -> None:
        self.up: Edges = {}
        """Element to those that contain it, each with the reason."""
        self.down: Edges = {}
        """Element to those that it contains, each with the reason."""
        self.claims: list[tuple[Mapping, tuple[tuple[Key, Key, bool], ...]]] = []
        """The denials of each mapping: of an overlap (True), or of the first element being in the second (False)."""
        self.sharing: dict[Key, dict[Key, Mapping]] = {}
        """Maps each element to the elements that overlap with it, each with the mapping that states this."""
        known = {item.id: item for item in frameworks}
        for framework in known.values():
            for part, whole in framework.whole_by_part().items():
                self._inside(part, whole, (part, whole))
        said: list[tuple[Key, Key, int, Mapping]] = []
        for row in rows:
            if row.target is not None:
                natures = known[row.source.edition][row.source].nature, known[row.target.edition][row.target].nature
                mask = mask_of(row.predicate, *natures)
                if mask is not None:
                    said.append((row.source, row.target, mask, row))
                    self._claim(row.source, row.target, mask, row)
        # Rows are sorted so that the same one of several equally short arguments is reported for any order of input.
        for one, other, mask, row in sorted(said, key=_row_order):
            self._edges(one, other, mask, row)

    def _inside(self, one: Key, other: Key, why: Mapping | tuple[Key, Key]) -> None:
        """Record that *one* is contained in *other*; the first reason wins."""
        self.up.setdefault(one, {}).setdefault(other, why)
        self.down.setdefault(other, {}).setdefault(one, why)

    def _claim(self, one: Key, other: Key, mask: int, row: Mapping) -> None:
        """Record the denials of a row, which other rows can contradict."""
        # Only denials can be contradicted, so equal-to and related-to have no entry.
        claims = {
            _SUPERSET: ((one, other, False),),
            _SUBSET: ((other, one, False),),
            _INTERSECTS: ((one, other, False), (other, one, False)),
            _NONE: ((one, other, True),),
        }
        self.claims.append((row, claims.get(mask, ())))

    def _edges(self, one: Key, other: Key, mask: int, row: Mapping) -> None:
        """Record the containments and overlaps that a row asserts."""
        if mask in {_EQUAL, _SUBSET}:
            self._inside(one, other, row)
        if mask in {_EQUAL, _SUPERSET}:
            self._inside(other, one, row)
        if mask in {_INTERSECTS, MASK[RELATED]}:
            self.sharing.setdefault(one, {}).setdefault(other, row)
            self.sharing.setdefault(other, {}).setdefault(one, row)


def _row_order(said: tuple[Key, Key, int, Mapping]) -> tuple[str, ...]:
    """Return a sort key that depends only on the content of a row."""
    one, other, _, row = said
    return str(one), str(other), row.author or "", row.set, row.predicate, row.rationale or ""


class _Arguments:
    """Finds shortest arguments: with the fewest mappings, then with the fewest steps of hierarchies."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        ends = [key for _, claims in known.claims for one, other, _ in claims for key in (one, other)]
        self._keys = list(dict.fromkeys((*known.up, *known.down, *known.sharing, *ends)))
        self._numbers = {key: number for number, key in enumerate(self._keys)}

    @functools.cached_property
    def _containing(self) -> Network:
        """From each element to those that contain it."""
        network = Network(len(self._keys))
        for one, above in self._known.up.items():
            for place, (other, why) in enumerate(above.items()):
                network.add(self._numbers[one], self._numbers[other], _length(why), place)
        return network

    @functools.cached_property
    def _overlapping(self) -> Network:
        """
        From each element down to those that it contains, across to one that overlaps, and up to those that contain it.

        A path from one element to another is an argument that they overlap. The nodes of the way up are numbered from
        the number of elements on.
        """
        size, number = len(self._keys), self._numbers
        network = Network(2 * size)
        for node in range(size):
            # Every path crosses once. So a step added to all crossings favours none, and gives this one a length.
            network.add(node, size + node, 1, -1)
        for one, below in self._known.down.items():
            for place, (other, why) in enumerate(below.items()):
                network.add(number[one], number[other], _length(why), place)
                network.add(size + number[other], size + number[one], _length(why), place)
        for one, shared in self._known.sharing.items():
            for place, (other, row) in enumerate(shared.items()):
                network.add(number[one], size + number[other], _length(row) + 1, place)
        return network

    def containment(self, one: Key, other: Key) -> Chain | None:
        """Return the shortest argument that *one* is contained in *other*, or None."""
        edges = self._containing.shortest(self._numbers[one], self._numbers[other])
        return None if edges is None else _chain(_reach(self._reasons(self._known.up, edges), one), other)

    def overlap(self, one: Key, other: Key) -> tuple[Chain, ...] | None:
        """Return the shortest argument that two elements overlap, or None."""
        # They overlap if both contain the same element, or if they contain two elements that overlap.
        size = len(self._keys)
        edges = self._overlapping.shortest(self._numbers[one], size + self._numbers[other])
        if edges is None:
            return None
        down = [edge for edge in edges if max(edge[:2]) < size]
        up = [(after - size, before - size, place) for before, after, place in edges if min(before, after) >= size]
        across: dict[Key, Key] = {}
        for before, after, _ in sorted((edge for edge in edges if edge[0] < size <= edge[1]), key=_place):
            across.setdefault(self._keys[before], self._keys[after - size])
        below = [_reach(self._reasons(self._known.down, half), end) for half, end in ((down, one), (up, other))]
        part = next(part for part in below[0] if part in across)
        partner = across[part]
        shared = () if part == partner else (self._known.sharing[part][partner],)
        return _chain(below[0], part), shared, _chain(below[1], partner)

    def _reasons(self, reasons: Edges, edges: Iterable[Edge]) -> Edges:
        """Return those of the reasons that belong to edges, in their own order."""
        found: Edges = {}
        for before, after, _ in sorted(edges, key=_place):
            one, other = self._keys[before], self._keys[after]
            found.setdefault(one, {})[other] = reasons[one][other]
        return found


def _place(edge: Edge) -> int:
    """Return the place of an edge among those of its node."""
    return edge[2]


def _length(why: Mapping | tuple[Key, Key]) -> int:
    """Return the length of a step; no number of steps of a hierarchy is as long as a mapping."""
    return 1 if isinstance(why, tuple) else 1 << 32


def _reach(edges: Edges, start: Key) -> Reached:
    """Return everything reachable from *start*, nearest first, each with the last step of a shortest chain."""
    found: Reached = {}
    # Dijkstra's algorithm. The serial number makes ties stable and keeps the heap from comparing keys.
    serial = itertools.count()
    queue: list[tuple[int, int, Key, tuple[Key, Mapping | tuple[Key, Key]] | None]] = [(0, 0, start, None)]
    while queue:
        length, _, one, step = heapq.heappop(queue)
        if one not in found:
            found[one] = step
            for other, why in edges.get(one, {}).items():
                heapq.heappush(queue, (length + _length(why), next(serial), other, (one, why)))
    return found


def _chain(reached: Reached, end: Key) -> Chain:
    """Return the chain of reasons that leads to *end*."""
    chain = []
    while (step := reached[end]) is not None:
        end, why = step
        chain.append(why)
    return tuple(reversed(chain))


def _contradiction(one: Key, other: Key, reason: str, *chains: Chain) -> Contradiction:
    """Build a contradiction from the chains of its argument, each step once."""
    steps = dict.fromkeys(step for chain in chains for step in chain)
    rows = tuple(step for step in steps if not isinstance(step, tuple))
    parts = tuple(step for step in steps if isinstance(step, tuple))
    return Contradiction(one, other, reason, rows, parts)


def find_contradictions(
    rows: Iterable[Mapping] | None = None, frameworks: Iterable[Framework] = ()
) -> tuple[Contradiction, ...]:
    """
    Return the contradictions among mappings by any authors: among *rows*, or by default among all that ship.

    The hierarchies of the frameworks are taken into account; pass your own frameworks in *frameworks*. If a mapping
    denies an overlap or a containment that others imply, the result has one contradiction for it, in the order of the
    mappings.
    """
    kept = [row for item in sets() for row in load_rows(item.name)] if rows is None else list(rows)
    known = {item.id: item for item in frameworks}
    for edition in dict.fromkeys(key.edition for row in kept for key in (row.source, row.target) if key is not None):
        if edition not in known:
            known[edition] = load_framework(edition)
    return tuple(_contradictions(_Known(known.values(), kept)))


def _contradictions(known: _Known) -> Iterator[Contradiction]:
    """Yield at most one contradiction for each mapping."""
    arguments = _Arguments(known)
    for row, claims in known.claims:
        for one, other, apart in claims:
            if apart:
                found = arguments.overlap(one, other)
                reason = f"One mapping says that {one} and {other} have nothing in common; others imply that they do."
            else:
                chain = arguments.containment(one, other)
                found = None if chain is None else (chain,)
                reason = (
                    f"One mapping says that {one} asks something that {other} does not; "
                    f"others imply that {other} asks all of it."
                )
            if found is not None:
                yield _contradiction(one, other, reason, (row,), *found)
                break
