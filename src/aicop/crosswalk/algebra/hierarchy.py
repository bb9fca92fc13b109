"""Propagation of relations and links between the levels of a framework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from aicop.crosswalk.algebra.links import union_of_links
from aicop.crosswalk.algebra.matrix import EQUAL, NOTHING_KNOWN, PART_OF, RelationMatrix, composition_table, union_table
from aicop.crosswalk.path import Path, Step
from aicop.ids import End, JointId
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aicop.crosswalk.algebra.links import Links
    from aicop.crosswalk.algebra.matrix import RelationMatrix
    from aicop.frameworks.framework import Framework
    from aicop.ids import Key


Partners = dict[End, Mapping[End, object]]
"""Element to a mapping whose keys are the elements of the other framework to which it is mapped."""


def parts_by_whole(wholes: Mapping[Key, Key]) -> dict[Key, list[Key]]:
    """Return the direct parts of each whole, in the order of *wholes*."""
    parts: dict[Key, list[Key]] = {}
    for part, above in wholes.items():
        parts.setdefault(above, []).append(part)
    return parts


def equals_of(framework: Framework) -> dict[Key, list[Key]]:
    """
    Return the elements that are the same requirement as each other, by each of them, the widest first.

    The only part of a union equals it, as the only statement of a provision does. Other elements are left out.
    """
    complete, parts = framework.complete_wholes, parts_by_whole(framework.whole_by_part())
    only = {above: below[0] for above, below in parts.items() if len(below) == 1 and above in complete}
    found: dict[Key, list[Key]] = {}
    for above in only.keys() - only.values():
        alike, part = [above], only.get(above)
        while part is not None:
            alike.append(part)
            part = only.get(part)
        found.update(dict.fromkeys(alike, alike))
    return found


def propagate(lines: RelationMatrix, whole: Mapping[Key, Key], complete: Iterable[Key]) -> RelationMatrix:
    """
    Return *lines* with the relations that follow for the wholes and parts of its sources.

    *whole* maps each part to its whole. *complete* holds the wholes that are exactly the union of their parts. No row
    of *lines* is empty, and none of the result is.
    """
    union = union_table()
    parts, full = parts_by_whole(whole), frozenset(complete)
    found: RelationMatrix = {source: dict(row) for source, row in lines.items()}
    # Only the wholes above sources get relations. Lift from the deepest level upwards, so that the parts of a whole are
    # complete when it is reached.
    depths = _depths(whole, _elements(lines))
    wholes = dict.fromkeys(whole[key] for key in depths if key in whole)
    for above in sorted(wholes, key=depths.__getitem__, reverse=True):
        into = found.setdefault(above, {})
        masks: dict[End, int] = {}
        holders: dict[End, int] = {}
        for part in parts[above]:
            for target, mask in found.get(part, {}).items():
                known = mask or NOTHING_KNOWN
                masks[target] = union[masks[target]][known] if target in masks else known
                holders[target] = holders.get(target, 0) + 1
        for target, mask in masks.items():
            # Of the parts without this target nothing is known. The order of a union and the number of these parts make
            # no difference, so only the parts with the target are visited: most targets of a family have few.
            known = mask if holders[target] == len(parts[above]) else union[mask][NOTHING_KNOWN]
            # A whole that may ask more than its parts is their union with something of which nothing is known.
            if above not in full:
                known |= union[known][NOTHING_KNOWN]
            into[target] = into.get(target, NOTHING_KNOWN) & known
    _lower(found, lines, parts, full)
    return found


def _lower(found: RelationMatrix, lines: RelationMatrix, parts: Mapping[Key, list[Key]], full: frozenset[Key]) -> None:
    """Add to *found* what is stated of a whole and follows for its parts."""
    # Only what is stated is lowered: what was lifted from some parts implies nothing for the others.
    then = composition_table()
    # The nearest whole of each element of which something is stated, and the relation to it. Only elements below such
    # wholes are visited.
    nearest: dict[Key, tuple[Key, int]] = {}
    for holder in _elements(lines):
        waiting = [(holder, EQUAL)]
        while waiting:
            above, known = waiting.pop()
            below = parts.get(above, [])
            # The only part of a union equals it.
            step = then[EQUAL if len(below) == 1 and above in full else PART_OF][known]
            for part in below:
                nearest[part] = holder, step
                if part not in lines:
                    waiting.append((part, step))
    for part in nearest:
        holder, known = part, EQUAL
        into = found.setdefault(part, {})
        while holder in nearest:
            holder, step = nearest[holder]
            known = then[known][step]
            for target, mask in lines[holder].items():
                into[target] = into.get(target, NOTHING_KNOWN) & then[known][mask or NOTHING_KNOWN]


def _elements(ends: Iterable[End]) -> Iterator[Key]:
    """Yield the elements among these ends; joint ids are in no hierarchy."""
    return (end for end in ends if not isinstance(end, JointId))


def _depths(wholes: Mapping[Key, Key], keys: Iterable[Key]) -> dict[Key, int]:
    """Return the number of wholes above each of the elements *keys*, and above each of those wholes."""
    # Iterative, because a hierarchy can be deeper than Python's recursion limit.
    depths: dict[Key, int] = {}
    for key in keys:
        trail, above = [], key
        while above not in depths and above in wholes:
            trail.append(above)
            above = wholes[above]
        base = depths.setdefault(above, 0)
        depths.update((one, base + steps) for steps, one in enumerate(reversed(trail), start=1))
    return depths


def wholes_above(ends: Iterable[End], wholes: Mapping[Key, Key]) -> frozenset[Key]:
    """Return the wholes of these ends and the wholes of those, up to the highest; joint ids have none."""
    return frozenset(wholes[key] for key in _depths(wholes, _elements(ends)) if key in wholes)


def propagate_relations(lines: RelationMatrix, framework: Framework) -> RelationMatrix:
    """Propagate relations through the hierarchy of their sources, which are elements of *framework*."""
    wholes = framework.whole_by_part()
    return propagate(lines, wholes, framework.complete_wholes)


def lift_links(links: Links, framework: Framework) -> Links:
    """Return the links; if a part mitigates a risk, its wholes get the same link."""
    found = union_of_links(links)
    wholes = framework.whole_by_part()
    # The deepest parts come first, so that a link reaches every whole above it.
    depths = _depths(wholes, _elements(links))
    for part in sorted(filter(wholes.__contains__, depths), key=depths.__getitem__, reverse=True):
        for other, several in found.get(part, {}).items():
            if (Predicate.MITIGATES, False) in several:
                into = found.setdefault(wholes[part], {})
                into[other] = into.get(other, frozenset()) | {(Predicate.MITIGATES, False)}
    return found


class Relatives(Protocol):
    """The relatives of each element of a framework: the elements that contain it or are contained in it."""

    def size(self, key: End) -> int:
        """Return about how many relatives an element has."""

    def of(self, key: End) -> Iterator[End]:
        """Yield an element, then its relatives, in a fixed order."""

    def rank(self, key: End, other: End) -> int | None:
        """Return a number that orders the relatives of *key* as `of` does, or None if *other* is not one of them."""

    def steps(self, one: End, other: End) -> Path:
        """Return the path from an element to one of its relatives; empty if both are the same."""


class Branches:
    """The branch of each element of a framework: the element, all its wholes, and all its parts at any depth."""

    def __init__(self, framework: Framework) -> None:
        # Keyed by either kind of id, because they are asked about either; joint ids are in none of these tables.
        wholes = framework.whole_by_part()
        self._wholes: dict[End, Key] = dict(wholes.items())
        self._depths: dict[End, int] = dict(_depths(wholes, framework).items())
        parts = parts_by_whole(wholes)
        # Depth first, so that all parts of an element follow it without a gap.
        self._order: list[Key] = []
        waiting = [key for key in reversed(tuple(framework)) if key not in self._wholes]
        while waiting:
            self._order.append(waiting.pop())
            waiting += reversed(parts.get(self._order[-1], ()))
        self._places: dict[End, int] = {key: place for place, key in enumerate(self._order)}
        self._sizes: dict[End, int] = dict.fromkeys(self._order, 1)
        for part in reversed(self._order):
            if part in self._wholes:
                self._sizes[self._wholes[part]] += self._sizes[part]
        # The only part of a union equals it. The highest whole that an element equals stands for all of them.
        complete = framework.complete_wholes
        self._equals: dict[End, Key] = {}
        for part in self._order:
            above = self._wholes.get(part)
            if above is not None and above in complete and len(parts[above]) == 1:
                self._equals[part] = self._equals.get(above, above)

    def size(self, key: End) -> int:
        """Return the number of elements in the branch of an element."""
        return self._depths[key] + self._sizes[key]

    def of(self, key: End) -> Iterator[Key]:
        """Yield an element, then its wholes, the nearest first, then its parts at any depth."""
        assert not isinstance(key, JointId)
        yield key
        above = self._wholes.get(key)
        while above is not None:
            yield above
            above = self._wholes.get(above)
        place = self._places[key]
        yield from self._order[place + 1 : place + self._sizes[key]]

    def rank(self, key: End, other: End) -> int | None:
        """Return the zero-based position of *other* in the branch of *key*, or None if it is not in it."""
        depth, below = self._depths[key], self._places[other] - self._places[key]
        if 0 <= below < self._sizes[key]:
            return depth + below if below else 0
        return depth - self._depths[other] if 0 < -below < self._sizes[other] else None

    def place(self, key: End) -> int:
        """Return the zero-based position of an element in the tree, in which parts follow their wholes."""
        return self._places[key]

    def contains(self, whole: End, part: End) -> bool:
        """Return True if *part* is a part of *whole* at any depth, or both are the same."""
        return 0 <= self._places[part] - self._places[whole] < self._sizes[whole]

    def steps(self, one: End, other: End) -> Path:
        """Return the path from an element to another one of its branch; empty if both are the same."""
        if one == other:
            return ()
        same = self._equals.get(one, one) == self._equals.get(other, other)
        return (
            Step(source=one, target=other, mapping=None, inverted=self._places[one] < self._places[other], same=same),
        )


def partners_of(lines: RelationMatrix, links: Links) -> Partners:
    """Return the partners of each source, whether by relations or by links."""
    return {one: {**lines.get(one, {}), **row} for one, row in links.items()} | {
        one: row for one, row in lines.items() if one not in links
    }


class MappedRelatives:
    """Finds the mapped pairs from which a pair is reached by steps between parts and wholes."""

    def __init__(self, source: Relatives, target: Relatives, there: Partners, back: Partners) -> None:
        self._branches = source, target
        self._partners = there, back
        """The targets by source, and the sources by target."""

    def pairs(self, one: End, other: End) -> list[tuple[End, End]]:
        """Return the mapped pairs in the branches of a source and a target, in the order of the branches."""
        ends, branches = (one, other), self._branches
        # One side is often a whole family and the other a single element, so the smaller branch is the one to walk.
        near, far = (0, 1) if branches[0].size(one) <= branches[1].size(other) else (1, 0)
        found: list[tuple[int, int, End, End]] = []
        for place, mine in enumerate(branches[near].of(ends[near])):
            theirs = self._partners[near].get(mine, {})
            few = theirs if len(theirs) <= branches[far].size(ends[far]) else branches[far].of(ends[far])
            for partner in few:
                rank = branches[far].rank(ends[far], partner)
                if rank is not None and partner in theirs:
                    found.append((rank, place, partner, mine) if near else (place, rank, mine, partner))
        # No two pairs have the same ranks, so the sort never compares keys.
        return [(mine, theirs) for _, _, mine, theirs in sorted(found)]

    def paths(self, one: End, other: End, known: Callable[[End, End], Iterable[Path]]) -> Iterator[Path]:
        """Yield the paths between a source and a target, given those between mapped pairs."""
        source, target = self._branches
        for mine, theirs in self.pairs(one, other):
            before, after = source.steps(one, mine), target.steps(theirs, other)
            for way in known(mine, theirs):
                yield (*before, *way, *after)
