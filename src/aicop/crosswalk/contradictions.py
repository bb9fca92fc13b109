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

import heapq
import itertools
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.claim import mask_of
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


class _Known:
    """The assertions of mappings and hierarchies, indexed by their kind."""

    def __init__(self, frameworks: Iterable[Framework], rows: Iterable[Mapping]) -> None:
        self.up: dict[Key, dict[Key, Mapping | tuple[Key, Key]]] = {}
        """Maps each element to the elements that contain it, each with the reason."""
        self.down: dict[Key, dict[Key, Mapping | tuple[Key, Key]]] = {}
        """Maps each element to the elements that it contains, each with the reason."""
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


def _reach(edges: dict[Key, dict[Key, Mapping | tuple[Key, Key]]], start: Key) -> dict[Key, Chain]:
    """Return everything reachable from *start*, nearest first, each with a shortest chain of reasons."""
    found: dict[Key, Chain] = {}
    # Dijkstra's algorithm. The cost is the number of mappings, then of steps; a step of the hierarchy adds no mapping.
    # The serial number makes ties stable and keeps the heap from comparing keys.
    serial = itertools.count()
    queue: list[tuple[int, int, int, Key, Chain]] = [(0, 0, 0, start, ())]
    while queue:
        rows, steps, _, one, chain = heapq.heappop(queue)
        if one not in found:
            found[one] = chain
            for other, why in edges.get(one, {}).items():
                rank = rows + isinstance(why, Mapping), steps + 1, next(serial)
                heapq.heappush(queue, (*rank, other, (*chain, why)))
    return found


def _contradiction(one: Key, other: Key, reason: str, *chains: Chain) -> Contradiction:
    """Build a contradiction from the chains of its argument, each step once."""
    steps = dict.fromkeys(step for chain in chains for step in chain)
    rows = tuple(step for step in steps if not isinstance(step, tuple))
    parts = tuple(step for step in steps if isinstance(step, tuple))
    return Contradiction(one, other, reason, rows, parts)


def _shared_although_disjoint(known: _Known, one: Key, other: Key, row: Mapping) -> Contradiction | None:
    """Return the shortest argument that two elements overlap, which *row* denies, or None."""
    below = _reach(known.down, one), _reach(known.down, other)
    best: tuple[Chain, ...] | None = None
    # Two elements overlap if both contain the same element, or if they contain two elements that overlap.
    for part, chain in below[0].items():
        if part in below[1]:
            best = _shorter_argument(best, (chain, below[1][part]))
        for partner, shared in known.sharing.get(part, {}).items():
            if partner in below[1]:
                best = _shorter_argument(best, (chain, (shared,), below[1][partner]))
    if best is None:
        return None
    reason = f"One mapping says that {one} and {other} have nothing in common; others imply that they do."
    return _contradiction(one, other, reason, (row,), *best)


def _shorter_argument(best: tuple[Chain, ...] | None, other: tuple[Chain, ...]) -> tuple[Chain, ...]:
    """Return the argument with fewer mappings, then fewer steps; the first one on a tie."""

    def rows(chains: tuple[Chain, ...]) -> tuple[int, int]:
        steps = {step for chain in chains for step in chain}
        return sum(not isinstance(step, tuple) for step in steps), len(steps)

    return other if best is None or rows(other) < rows(best) else best


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
    reached: dict[Key, dict[Key, Chain]] = {}
    for row, claims in known.claims:
        for one, other, apart in claims:
            if apart:
                found = _shared_although_disjoint(known, one, other, row)
                if found is not None:
                    yield found
                    break
                continue
            # Many mappings share a source, so the elements that it reaches are computed once.
            if one not in reached:
                reached[one] = _reach(known.up, one)
            if other in reached[one]:
                reason = (
                    f"One mapping says that {one} asks something that {other} does not; "
                    f"others imply that {other} asks all of it."
                )
                yield _contradiction(one, other, reason, (row,), reached[one][other])
                break
