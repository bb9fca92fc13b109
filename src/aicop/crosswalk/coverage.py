"""How far the items of a scope are covered by a target: five numbers, each with its ids, over a stated denominator."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from aicop.ids import Key
from aicop.relations import MASK, RelationSet
from aicop.vocabulary import Coverage, Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from aicop.crosswalk.matrix import RelationMatrix

_INSIDE = MASK[RelationSet([Relation.EQUAL, Relation.SUBSET])]
_DISJOINT = MASK[RelationSet([Relation.NONE])]


@attrs.frozen
class Gap:
    """An item that is not covered, and what is known of it."""

    item: Key
    coverage: Coverage
    strength: int | None
    """The greatest strength of a row from the item, 0 to 10; None where none is given."""
    remainders: tuple[str, ...]
    """What each target leaves open of it, or of one of its statements, in the words of the rows."""


@attrs.frozen
class CoverageReport:
    """
    Five numbers that make up a denominator.

    What is not known is never counted as not covered.
    """

    denominator: str
    """What is counted: ``72 provisions and sub-provisions of uk-ai-cop@2025-01``."""
    target: str
    """By what it is covered."""
    items: tuple[tuple[Key, Coverage], ...]
    """Each item of the denominator with its class, in order."""

    def of(self, coverage: Coverage) -> tuple[Key, ...]:
        """Give the ids of one class, in order."""
        return tuple(key for key, known in self.items if known is coverage)

    @property
    def counts(self) -> dict[Coverage, int]:
        """The five numbers, from covered to never looked at; they add up to the denominator."""
        found = Counter(known for _, known in self.items)
        return {known: found[known] for known in Coverage}

    def __str__(self) -> str:
        said = ", ".join(f"{count} {known}" for known, count in self.counts.items())
        return f"Of {self.denominator}, by {self.target}: {said}."


def _class_of(masks: Iterable[int], links: Iterable[Predicate], parts: Iterable[Coverage], *, looked: bool) -> Coverage:
    known, joined = tuple(masks), frozenset(links)
    below = tuple(parts)
    if any(mask and not mask & ~_INSIDE for mask in known):
        return Coverage.COVERED
    if below and all(part is Coverage.COVERED for part in below):
        return Coverage.COVERED
    shared = any(mask and not mask & _DISJOINT for mask in known) or Predicate.MITIGATES in joined
    if shared or not {Coverage.COVERED, Coverage.PARTLY}.isdisjoint(below):
        return Coverage.PARTLY
    if not looked and (any(mask != _DISJOINT for mask in known) or joined):
        return Coverage.OPEN
    return Coverage.NOT_COVERED if known or looked else Coverage.UNSEEN


def classify(
    items: Iterable[Key],
    lines: RelationMatrix,
    links: Mapping[Key, Iterable[Predicate]],
    looked: Collection[Key],
    parts: Callable[[Key], tuple[Key, ...]],
) -> tuple[tuple[Key, Coverage], ...]:
    """
    Class each item; one whose parts are all covered is covered, whatever its own rows say.

    *looked* are the items for which nothing was found.
    """

    def one(key: Key) -> Coverage:
        below = tuple(one(part) for part in parts(key))
        return _class_of(lines.get(key, {}).values(), links.get(key, ()), below, looked=key in looked)

    return tuple((key, one(key)) for key in items)
