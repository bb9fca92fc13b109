"""Coverage: each item of a stated denominator in one of five classes."""

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
    """An item that is not, or only partly, covered, and what is known of it."""

    item: Key
    coverage: Coverage
    strength: int | None
    """The greatest strength of its mappings, 0 to 10; None if none is stated."""
    remainders: tuple[str, ...]
    """What each target leaves open of the item or of one of its parts, as the mappings state it."""


@attrs.frozen
class CoverageReport:
    """
    The coverage of the items in a denominator.

    Each item is in one of five classes. An item of which nothing is known is never counted as not covered.
    """

    denominator: str
    """A description of what is counted, such as ``72 provisions and sub-provisions of uk-ai-cop@2025-01``."""
    target: str
    """The edition of the framework that covers the items."""
    items: tuple[tuple[Key, Coverage], ...]
    """Each item of the denominator with its class, in order."""

    def of(self, coverage: Coverage) -> tuple[Key, ...]:
        """Return the ids of the items in one class, in order."""
        return tuple(key for key, known in self.items if known is coverage)

    @property
    def counts(self) -> dict[Coverage, int]:
        """The number of items in each of the five classes, from covered to never looked at."""
        found = Counter(known for _, known in self.items)
        return {known: found[known] for known in Coverage}

    def __str__(self) -> str:
        said = ", ".join(f"{count} {known}" for known, count in self.counts.items())
        return f"{self.denominator}, mapped to {self.target}: {said}."


def _class_of(masks: Iterable[int], links: Iterable[Predicate], parts: Iterable[Coverage], *, looked: bool) -> Coverage:
    """Return the class of one item from its masks, its links and the classes of its parts."""
    known, joined = tuple(masks), frozenset(links)
    below = tuple(parts)
    if any(mask and not mask & ~_INSIDE for mask in known):
        return Coverage.COVERED
    if below and all(part is Coverage.COVERED for part in below):
        return Coverage.COVERED
    # Partly covered needs certainty that something is shared. Mitigation never makes more than that.
    shared = any(mask and not mask & _DISJOINT for mask in known) or Predicate.MITIGATES in joined
    if shared or not {Coverage.COVERED, Coverage.PARTLY}.isdisjoint(below):
        return Coverage.PARTLY
    # Open: there are mappings, but they neither establish nor exclude that something is shared.
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
    Classify each item. An item is covered if all its parts are, whatever its own mappings say.

    *looked* are the items for which nothing was found. *parts* returns the parts of an item that make up all of it.
    """

    def one(key: Key) -> Coverage:
        below = tuple(one(part) for part in parts(key))
        return _class_of(lines.get(key, {}).values(), links.get(key, ()), below, looked=key in looked)

    return tuple((key, one(key)) for key in items)
