"""Strengths and remainders: those of a mapping, and those of a claim that is based on several paths."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.relations import MASK, PART, RELATED, SETS, RelationSet
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.path import Path
    from aicop.model.mapping import Mapping

Figures = tuple[int | None, str | None, int | None, str | None]
"""Strength and remainder, then both in reverse."""
Knowledge = int | tuple[Predicate, bool] | None
"""What a claim asserts: a mask of relations, a link and whether it is inverted, or None if nothing was found."""

ALL = 10
"""The strength if the target requires all that the source requires."""
RELATION = {Predicate(relation.value): MASK[RelationSet([relation])] for relation in Relation}
"""The mask of each predicate that is a relation whatever it relates."""
_INSIDE, _DISJOINT = MASK[PART], RELATION[Predicate.NONE]


def strength_of(mask: int) -> int | None:
    """Return the strength that a mask of relations determines: all, nothing, or None if it leaves the strength open."""
    if mask and not mask & ~_INSIDE:
        return ALL
    return 0 if mask == _DISJOINT else None


@functools.cache
def strengths_of(mask: int) -> tuple[int | None, int | None]:
    """Return the strengths that a mask of relations determines, in its own direction and in reverse."""
    return strength_of(mask), strength_of(MASK[SETS[mask].inverse()])


def figures_of(row: Mapping, *, inverted: bool) -> Figures:
    """Return the strengths and remainders of a mapping in the direction in which it is read."""
    there, back = strengths_of(RELATION.get(row.predicate, 0))
    strength = there if row.strength is None else row.strength
    reverse = back if row.reverse_strength is None else row.reverse_strength
    # The strength of *mitigates* always refers to the risk, in whichever direction the mapping is read.
    if inverted and row.predicate is not Predicate.MITIGATES:
        return reverse, row.reverse_remainder, strength, row.remainder
    return strength, row.remainder, reverse, row.reverse_remainder


def _carries(row: Mapping, knows: Knowledge, *, inverted: bool) -> bool:
    """Return True if what a claim asserts follows from this mapping, or says more than the mapping."""
    if isinstance(knows, tuple):
        return (row.predicate, inverted) == knows
    if knows is None:
        return row.predicate is Predicate.NOTHING
    mask = MASK[RELATED] if row.predicate is Predicate.RELATED else RELATION.get(row.predicate, 0)
    # Of a mapping that another one contradicts nothing follows.
    return bool(knows) and not knows & ~(MASK[SETS[mask].inverse()] if inverted else mask)


_Rank = tuple[bool, int]
"""Whether a path states no relationship, and the number of its mappings: the lower, the more its figures count."""


def _stated(paths: Iterable[Path], knows: Knowledge) -> Iterator[tuple[_Rank, Figures]]:
    """
    Yield the rank and the figures of each path that carries them.

    A path carries the figures of its only step that is not an equality. It carries none if there are several such
    steps, or if the step is between a part and its whole.
    """
    for path in paths:
        mapped = [step for step in path if step.mapping is not None]
        left = [
            step
            for step in path
            if not step.same and (step.mapping is None or step.mapping.predicate is not Predicate.EQUAL)
        ]
        # On a path of equalities all steps have the same figures.
        step = left[0] if left else mapped[0]
        if len(left) <= 1 and step.mapping is not None and _carries(step.mapping, knows, inverted=step.inverted):
            rank = step.mapping.predicate is Predicate.RELATED, len(mapped)
            yield rank, figures_of(step.mapping, inverted=step.inverted)


def stated_strengths(paths: Iterable[Path], knows: Knowledge) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the different strengths that paths carry, in ascending order, and the same in reverse."""
    found = [figures for _, figures in _stated(paths, knows)]
    there, back = ({item[0] for item in found}, {item[2] for item in found})
    return tuple(sorted(number for number in there if number is not None)), tuple(
        sorted(number for number in back if number is not None)
    )


def _first(found: Iterable[tuple[_Rank, int | None, str | None]]) -> tuple[int | None, str | None]:
    """
    Return the strength and remainder that count: a stated strength of the first rank, the least if several are.

    If these are the same, no remainder counts before one, and otherwise the first in the order of the alphabet.
    """
    ways = [(strength is None, rank, strength, said is not None, said) for rank, strength, said in found]
    if not ways:
        return None, None
    # Absent values are never compared: those that both ways lack are equal, and the others are kept apart by a flag.
    _, _, strength, _, said = min(ways)
    return strength, said


def figures_of_paths(paths: Iterable[Path], knows: Knowledge) -> Figures:
    """
    Return the strengths and remainders of a claim that is based on *paths*.

    They are those of a path that carries the claim by itself, over equalities and one other mapping. Further paths make
    no difference: a path that says less takes nothing back. If several such paths state a strength, a path with
    a relationship counts before one that says only *related-to*, then the one with the fewest mappings, then the least
    strength. What the relations determine counts before all of these. A contradiction has no strength.
    """
    stated = list(_stated(paths, knows))
    there = _first((rank, item[0], item[1]) for rank, item in stated)
    back = _first((rank, item[2], item[3]) for rank, item in stated)
    known = strengths_of(knows) if isinstance(knows, int) else (None, None)
    # A remainder goes with the strength that was stated, and says nothing if another one is certain.
    if known[0] not in {None, there[0]}:
        there = known[0], None
    if known[1] not in {None, back[0]}:
        back = known[1], None
    return *there, *back
