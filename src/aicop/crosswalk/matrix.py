"""
What is known of pairs, as numbers: the inner side of a crosswalk, where speed counts.

The relations that are possible between a source and a target are a mask of five bits. Composition, inversion and union
are look-ups in tables that `aicop.relations` fills; nothing here knows what the relations mean.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.relations import ANY_RELATION, MASK, PART, SETS, RelationSet, relation_of_union
from aicop.vocabulary import Relation

if TYPE_CHECKING:
    from aicop.ids import Key


RelationMatrix = dict["Key", dict["Key", int]]
"""Source to target to mask."""

NOTHING_KNOWN = MASK[ANY_RELATION]
PART_OF = MASK[PART]
EQUAL = MASK[RelationSet([Relation.EQUAL])]


@functools.cache
def composition_table() -> tuple[tuple[int, ...], ...]:
    """Give the mask of the composition of any two."""
    return tuple(tuple(MASK[one.compose(other)] for other in SETS) for one in SETS)


@functools.cache
def union_table() -> tuple[tuple[int, ...], ...]:
    """Give the mask of the union of any two sources, to one target."""
    return tuple(tuple(MASK[relation_of_union(one, other)] for other in SETS) for one in SETS)


@functools.cache
def inverse_table() -> tuple[int, ...]:
    """Give the mask of the inverse."""
    return tuple(MASK[known.inverse()] for known in SETS)


def inverse(lines: RelationMatrix) -> RelationMatrix:
    """Turn sources into targets."""
    table = inverse_table()
    turned: RelationMatrix = {}
    for source, row in lines.items():
        for target, mask in row.items():
            turned.setdefault(target, {})[source] = table[mask]
    return turned


def compose(first: RelationMatrix, second: RelationMatrix) -> RelationMatrix:
    """
    Give all that follows from two steps: a pair for each source and target that some middle joins.

    Several middles intersect; a contradiction on the way, mask 0, says nothing.
    """
    table = composition_table()
    found: RelationMatrix = {}
    for source, row in first.items():
        reached: dict[Key, int] = {}
        known = reached.get
        for middle, mask in row.items():
            onward = second.get(middle)
            if onward:
                via = table[mask or NOTHING_KNOWN]
                for target, step in onward.items():
                    reached[target] = known(target, NOTHING_KNOWN) & via[step or NOTHING_KNOWN]
        if reached:
            found[source] = reached
    return found


def intersect(*several: RelationMatrix) -> RelationMatrix:
    """Join what several accounts know: their intersection."""
    found: RelationMatrix = {}
    for lines in several:
        for source, row in lines.items():
            into = found.setdefault(source, {})
            for target, mask in row.items():
                into[target] = into.get(target, NOTHING_KNOWN) & mask
    return found
