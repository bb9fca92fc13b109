"""Propagation of relations and links between the levels of a framework."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.crosswalk.claim import Path, Step
from aicop.crosswalk.links import union_of_links
from aicop.crosswalk.matrix import EQUAL, NOTHING_KNOWN, PART_OF, RelationMatrix, composition_table, union_table
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aicop.crosswalk.links import Links
    from aicop.crosswalk.matrix import RelationMatrix
    from aicop.frameworks.framework import Framework
    from aicop.ids import Key


def propagate(
    lines: RelationMatrix,
    whole: Mapping[Key, Key],
    complete: Iterable[Key],
    order: Mapping[Key, int],
) -> RelationMatrix:
    """
    Return *lines* with the relations that follow for the wholes and parts of its sources.

    *whole* maps each part to its whole. *complete* holds the wholes that are exactly the union of their parts. *order*
    ranks the elements so that wholes come before their parts.
    """
    then, union = composition_table(), union_table()
    parts: dict[Key, list[Key]] = {}
    for part, above in whole.items():
        parts.setdefault(above, []).append(part)
    full = frozenset(complete)
    found: RelationMatrix = {source: dict(row) for source, row in lines.items()}
    # Lift from the deepest level upwards, so that the parts of a whole are complete when it is reached.
    for above in sorted(parts, key=order.__getitem__, reverse=True):
        below = [found.get(part, {}) for part in parts[above]]
        into = found.setdefault(above, {})
        for target in dict.fromkeys(target for row in below for target in row):
            masks = [row.get(target) or NOTHING_KNOWN for row in below]
            mask = functools.reduce(lambda one, other: union[one][other], masks)
            # A whole that may require more than its parts is the union of these and an unknown rest.
            if above not in full:
                mask |= union[mask][NOTHING_KNOWN]
            into[target] = into.get(target, NOTHING_KNOWN) & mask
    # Only relations that are stated for a whole pass to its parts: those lifted from one part imply nothing for others.
    for part in whole:
        holder, known = whole.get(part), EQUAL
        while holder is not None:
            # If a union has a single part, the part equals the whole.
            known = then[known][EQUAL if holder in full and len(parts[holder]) == 1 else PART_OF]
            for target, mask in lines.get(holder, {}).items():
                into = found.setdefault(part, {})
                into[target] = into.get(target, NOTHING_KNOWN) & then[known][mask or NOTHING_KNOWN]
            holder = whole.get(holder)
    return {source: row for source, row in found.items() if row}


def _depths(wholes: dict[Key, Key]) -> dict[Key, int]:
    """Return the number of wholes above each element."""

    @functools.cache
    def depth(key: Key) -> int:
        return depth(wholes[key]) + 1 if key in wholes else 0

    return {key: depth(key) for key in {*wholes, *wholes.values()}}


def propagate_relations(lines: RelationMatrix, framework: Framework) -> RelationMatrix:
    """Propagate relations through the hierarchy of their sources, which are elements of *framework*."""
    wholes = framework.whole_by_part()
    return propagate(lines, wholes, framework.complete_wholes, _depths(wholes))


def lift_links(links: Links, framework: Framework) -> Links:
    """Return the links; if a part mitigates a risk, its wholes get the same link."""
    found = union_of_links(links)
    wholes = framework.whole_by_part()
    # The deepest parts come first, so that a link reaches every whole above it.
    for part in sorted(wholes, key=_depths(wholes).__getitem__, reverse=True):
        for other, several in found.get(part, {}).items():
            if (Predicate.MITIGATES, False) in several:
                into = found.setdefault(wholes[part], {})
                into[other] = into.get(other, frozenset()) | {(Predicate.MITIGATES, False)}
    return found


def branch_of(framework: Framework) -> Callable[[Key], tuple[Key, ...]]:
    """Return a function that returns an element, then all its wholes, then all its parts at any depth."""
    wholes = framework.whole_by_part()
    parts: dict[Key, list[Key]] = {}
    for part, above in wholes.items():
        parts.setdefault(above, []).append(part)

    def near(key: Key) -> tuple[Key, ...]:
        found = [key]
        above: Key | None = wholes.get(key)
        while above is not None:
            found.append(above)
            above = wholes.get(above)
        below = list(parts.get(key, ()))
        while below:
            found.append(below.pop(0))
            below = [*parts.get(found[-1], ()), *below]
        return tuple(found)

    return near


def part_step(framework: Framework, one: Key, other: Key) -> Path:
    """Return the path from an element to one of its wholes or parts; empty if both are the same."""
    if one == other:
        return ()
    above: Key | None = one
    while above is not None and above != other:
        above = framework.whole_of(above)
    return (Step(source=one, target=other, mapping=None, inverted=above is None),)
