"""Coverage reports: every counted item is in one of five classes."""

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
    """An item that is not fully covered, with its class, strength and remainders."""

    item: Key
    coverage: Coverage
    strength: int | None
    """The greatest strength of its mappings, 0 to 10; None if none is stated."""
    remainders: tuple[str, ...]
    """For each target, the part of the item, or of a part of it, that is not covered, as the mappings state it."""


@attrs.frozen
class CoverageReport:
    """
    The coverage of a set of items, the denominator.

    Each item is in one of five classes. Items that no mapping mentions have a class of their own and are not counted as
    not covered.
    """

    denominator: str
    """A description of the counted items, such as ``72 provisions and sub-provisions of uk-ai-cop@2025-01``."""
    target: str
    """The edition of the framework that covers the items."""
    items: tuple[tuple[Key, Coverage], ...]
    """Each item of the denominator with its class, in order."""

    def of(self, coverage: Coverage) -> tuple[Key, ...]:
        """Return the ids of the items in one class, in order."""
        return tuple(key for key, known in self.items if known is coverage)

    @property
    def counts(self) -> dict[Coverage, int]:
        """The number of items in each of the five classes, in the order of `Coverage`."""
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
    # An item is partly covered only if an overlap is certain. A mitigated item is at most partly covered.
    shared = any(mask and not mask & _DISJOINT for mask in known) or Predicate.MITIGATES in joined
    if shared or not {Coverage.COVERED, Coverage.PARTLY}.isdisjoint(below):
        return Coverage.PARTLY
    # An item is open if it has mappings, but they neither establish nor exclude an overlap.
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

    *looked* holds the items for which no counterpart was found. *parts* returns the parts of an item if together they
    equal it, and otherwise none.
    """

    def one(key: Key) -> Coverage:
        below = tuple(one(part) for part in parts(key))
        return _class_of(lines.get(key, {}).values(), links.get(key, ()), below, looked=key in looked)

    return tuple((key, one(key)) for key in items)
