"""Between the levels of a framework: what is known of a whole and of its parts."""

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
    Lift and lower the sources of *lines* through a hierarchy.

    *whole* gives what each source is a part of; *complete* are the wholes that are nothing but the union of their
    parts; *order* places each source, wholes before their parts.
    """
    then, union = composition_table(), union_table()
    parts: dict[Key, list[Key]] = {}
    for part, above in whole.items():
        parts.setdefault(above, []).append(part)
    full = frozenset(complete)
    found: RelationMatrix = {source: dict(row) for source, row in lines.items()}
    for above in sorted(parts, key=order.__getitem__, reverse=True):
        below = [found.get(part, {}) for part in parts[above]]
        into = found.setdefault(above, {})
        for target in dict.fromkeys(target for row in below for target in row):
            masks = [row.get(target) or NOTHING_KNOWN for row in below]
            mask = functools.reduce(lambda one, other: union[one][other], masks)
            if above not in full:
                mask |= union[mask][NOTHING_KNOWN]
            into[target] = into.get(target, NOTHING_KNOWN) & mask
    # Lowered is only what is stated of a whole: what was lifted from some parts says nothing of the others.
    for part in whole:
        holder, known = whole.get(part), EQUAL
        while holder is not None:
            # A part that is alone in a whole which is nothing but its parts is the whole.
            known = then[known][EQUAL if holder in full and len(parts[holder]) == 1 else PART_OF]
            for target, mask in lines.get(holder, {}).items():
                into = found.setdefault(part, {})
                into[target] = into.get(target, NOTHING_KNOWN) & then[known][mask or NOTHING_KNOWN]
            holder = whole.get(holder)
    return {source: row for source, row in found.items() if row}


def _depths(wholes: dict[Key, Key]) -> dict[Key, int]:
    @functools.cache
    def depth(key: Key) -> int:
        return depth(wholes[key]) + 1 if key in wholes else 0

    return {key: depth(key) for key in {*wholes, *wholes.values()}}


def propagate_relations(lines: RelationMatrix, framework: Framework) -> RelationMatrix:
    """Lift and lower the sources of *lines*, elements of *framework*."""
    wholes = framework.whole_by_part()
    return propagate(lines, wholes, framework.complete_wholes, _depths(wholes))


def lift_links(links: Links, framework: Framework) -> Links:
    """Give each whole what its parts mitigate."""
    found = union_of_links(links)
    wholes = framework.whole_by_part()
    for part in sorted(wholes, key=_depths(wholes).__getitem__, reverse=True):
        for other, several in found.get(part, {}).items():
            if (Predicate.MITIGATES, False) in several:
                into = found.setdefault(wholes[part], {})
                into[other] = into.get(other, frozenset()) | {(Predicate.MITIGATES, False)}
    return found


def branch_of(framework: Framework) -> Callable[[Key], tuple[Key, ...]]:
    """Give an element with all it is a part of, and all its parts, itself first."""
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
    """Give the step from an element to one that it is a part of, or that is a part of it; none from one to itself."""
    if one == other:
        return ()
    above: Key | None = one
    while above is not None and above != other:
        above = framework.whole_of(above)
    return (Step(source=one, target=other, mapping=None, inverted=above is None),)
