"""
The relations between all pairs of a crosswalk, as bit masks for speed.

The possible relations between a source and a target are a mask of five bits. Composition, inversion and union are
look-ups in tables that are computed from `aicop.relations`. This module does not depend on the meaning of the
relations.
"""

from __future__ import annotations

import functools

from aicop.ids import End
from aicop.relations import ANY_RELATION, MASK, PART, SETS, RelationSet, relation_of_union
from aicop.vocabulary import Relation

RelationMatrix = dict[End, dict[End, int]]
"""Maps each source, then each target, to a mask."""

NOTHING_KNOWN = MASK[ANY_RELATION]
PART_OF = MASK[PART]
EQUAL = MASK[RelationSet([Relation.EQUAL])]
INSIDE = MASK[RelationSet([Relation.EQUAL, Relation.SUBSET])]
DISJOINT = MASK[RelationSet([Relation.NONE])]


@functools.cache
def composition_table() -> tuple[tuple[int, ...], ...]:
    """Return a table with the mask of the composition of any two masks."""
    return tuple(tuple(MASK[one.compose(other)] for other in SETS) for one in SETS)


@functools.cache
def union_table() -> tuple[tuple[int, ...], ...]:
    """Return a table with the mask between the union of two sources and a target, for any two masks of the sources."""
    return tuple(tuple(MASK[relation_of_union(one, other)] for other in SETS) for one in SETS)


@functools.cache
def inverse_table() -> tuple[int, ...]:
    """Return a table with the inverse of each mask."""
    return tuple(MASK[known.inverse()] for known in SETS)


def inverse(lines: RelationMatrix) -> RelationMatrix:
    """Return the matrix with source and target exchanged."""
    table = inverse_table()
    turned: RelationMatrix = {}
    for source, row in lines.items():
        for target, mask in row.items():
            turned.setdefault(target, {})[source] = table[mask]
    return turned


def compose(first: RelationMatrix, second: RelationMatrix) -> RelationMatrix:
    """
    Return the relations that follow from two steps, for each source and target that are connected by a middle element.

    If there are several middle elements, the relations that follow through each of them intersect. A contradiction
    (mask 0) in a step implies nothing.
    """
    # At first all relations of a pair are possible; each middle element rules some of them out.
    table = composition_table()
    found: RelationMatrix = {}
    for source, row in first.items():
        reached: dict[End, int] = {}
        # Bound once: this method is called in the innermost loop.
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
    """Return the intersection of several matrices: for each pair, the relations that all of them allow."""
    found: RelationMatrix = {}
    for lines in several:
        for source, row in lines.items():
            into = found.setdefault(source, {})
            for target, mask in row.items():
                into[target] = into.get(target, NOTHING_KNOWN) & mask
    return found
