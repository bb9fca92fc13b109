"""
What is known of pairs, as numbers: the inner side of a crosswalk, where speed counts.

The relations that are possible between a source and a target are a mask of five bits. Composition, inversion and union
are look-ups in tables that `aicop.relations` fills; nothing here knows what the relations mean.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.relations import MASK, PART, SETS, UNKNOWN, RelationSet
from aicop.vocabulary import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicop.ids import Key

Lines = dict["Key", dict["Key", int]]
"""Source to target to mask."""

ALL = MASK[UNKNOWN]
PART_OF = MASK[PART]
EQUAL = MASK[RelationSet([Relation.EQUAL])]


@functools.cache
def then_table() -> tuple[tuple[int, ...], ...]:
    """Give the mask of the composition of any two."""
    return tuple(tuple(MASK[one.then(other)] for other in SETS) for one in SETS)


@functools.cache
def union_table() -> tuple[tuple[int, ...], ...]:
    """Give the mask of the union of any two sources, to one target."""
    return tuple(tuple(MASK[one.joined(other)] for other in SETS) for one in SETS)


@functools.cache
def inverse_table() -> tuple[int, ...]:
    """Give the mask of the inverse."""
    return tuple(MASK[known.inverse()] for known in SETS)


def inverse(lines: Lines) -> Lines:
    """Turn sources into targets."""
    table = inverse_table()
    turned: Lines = {}
    for source, row in lines.items():
        for target, mask in row.items():
            turned.setdefault(target, {})[source] = table[mask]
    return turned


def compose(first: Lines, second: Lines) -> Lines:
    """
    Give all that follows from two steps: a pair for each source and target that some middle joins.

    Several middles intersect; a contradiction on the way, mask 0, says nothing.
    """
    table = then_table()
    found: Lines = {}
    for source, row in first.items():
        reached: dict[Key, int] = {}
        known = reached.get
        for middle, mask in row.items():
            onward = second.get(middle)
            if onward:
                via = table[mask or ALL]
                for target, step in onward.items():
                    reached[target] = known(target, ALL) & via[step or ALL]
        if reached:
            found[source] = reached
    return found


def meet(*several: Lines) -> Lines:
    """Join what several accounts know: their intersection."""
    found: Lines = {}
    for lines in several:
        for source, row in lines.items():
            into = found.setdefault(source, {})
            for target, mask in row.items():
                into[target] = into.get(target, ALL) & mask
    return found


def spread(
    lines: Lines,
    whole: Mapping[Key, Key],
    complete: Iterable[Key],
    order: Mapping[Key, int],
) -> Lines:
    """
    Lift and lower the sources of *lines* through a hierarchy.

    *whole* gives what each source is a part of; *complete* are the wholes that are nothing but the union of their
    parts; *order* places each source, wholes before their parts.
    """
    then, union = then_table(), union_table()
    parts: dict[Key, list[Key]] = {}
    for part, above in whole.items():
        parts.setdefault(above, []).append(part)
    full = frozenset(complete)
    found: Lines = {source: dict(row) for source, row in lines.items()}
    for above in sorted(parts, key=order.__getitem__, reverse=True):
        below = [found.get(part, {}) for part in parts[above]]
        into = found.setdefault(above, {})
        for target in dict.fromkeys(target for row in below for target in row):
            masks = [row.get(target) or ALL for row in below]
            mask = functools.reduce(lambda one, other: union[one][other], masks)
            if above not in full:
                mask |= union[mask][ALL]
            into[target] = into.get(target, ALL) & mask
    # Lowered is only what is stated of a whole: what was lifted from some parts says nothing of the others.
    for part in whole:
        holder, known = whole.get(part), EQUAL
        while holder is not None:
            # A part that is alone in a whole which is nothing but its parts is the whole.
            known = then[known][EQUAL if holder in full and len(parts[holder]) == 1 else PART_OF]
            for target, mask in lines.get(holder, {}).items():
                into = found.setdefault(part, {})
                into[target] = into.get(target, ALL) & then[known][mask or ALL]
            holder = whole.get(holder)
    return {source: row for source, row in found.items() if row}
