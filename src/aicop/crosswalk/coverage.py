"""Coverage reports: every counted item is in one of five classes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from aicop._pydantic import field_type
from aicop.crosswalk.algebra.matrix import DISJOINT, INSIDE
from aicop.errors import count_phrase
from aicop.ids import EditionId, Key
from aicop.vocabulary import Coverage, Predicate, StrengthBand, band_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from aicop.crosswalk.algebra.matrix import RelationMatrix
    from aicop.ids import End


@field_type
@attrs.frozen
class Gap:
    """An item that is not fully covered, with its class, strength and remainders."""

    item: Key
    coverage: Coverage
    strength: int | None
    """
    The greatest strength of the claims about the item itself, 0 to 10; None if none is stated.

    Claims about a part of the item, or about several elements together, do not count: they do not say how much of the
    item is asked.
    """
    remainders: tuple[str, ...]
    """For each target, the part of the item, or of a part of it, that is not covered, as the mappings state it."""

    @property
    def band(self) -> StrengthBand | None:
        """The band of the strength; None if it is 0 or not stated."""
        return band_of(self.strength)


@field_type
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
    strengths: tuple[int | None, ...]
    """The strength of each item as in `Gap.strength`, in the order of `items`."""
    minimum: int | None = None
    """The strength below which claims were not counted; None if all were."""
    via: tuple[EditionId, ...] = ()
    """The editions through which the crosswalk was composed, in order; empty if it was not."""
    not_counted: int = 0
    """The number of claims that were not counted because their strength is below the minimum or not stated."""

    def of(self, coverage: Coverage) -> tuple[Key, ...]:
        """Return the ids of the items in one class, in order."""
        return tuple(key for key, known in self.items if known is coverage)

    @property
    def counts(self) -> dict[Coverage, int]:
        """The number of items in each of the five classes, in the order of `Coverage`."""
        found = Counter(known for _, known in self.items)
        return {known: found[known] for known in Coverage}

    @property
    def bands(self) -> dict[Coverage, dict[StrengthBand | None, int]]:
        """
        The number of items in each class and band of strength, in the order of `Coverage` and `StrengthBand`.

        None stands for items without a strength, or with strength 0.
        """
        classes = (known for _, known in self.items)
        found = Counter(zip(classes, map(band_of, self.strengths), strict=True))
        return {known: {band: found[known, band] for band in (*StrengthBand, None)} for known in Coverage}

    def __str__(self) -> str:
        said = ", ".join(f"{count} {known}" for known, count in self.counts.items())
        least = ""
        if self.minimum is not None:
            claims = count_phrase(self.not_counted, "claim")
            least = f" Not counted: {claims} with a strength below {self.minimum} or not stated."
        return f"{self.denominator}, mapped to {self.target}{self.way}: {said}.{least}"

    @property
    def way(self) -> str:
        """The editions in `via` as words that follow the target, such as " through uk-ai-cop@2025-01"; or ""."""
        return f" through {', '.join(map(str, self.via))}" if self.via else ""


def _class_of(masks: Iterable[int], links: Iterable[Predicate], parts: Iterable[Coverage], *, looked: bool) -> Coverage:
    """Return the class of one item from its masks, its links and the classes of its parts."""
    known, joined = tuple(masks), frozenset(links)
    below = frozenset(parts)
    if any(mask and not mask & ~INSIDE for mask in known) or below == {Coverage.COVERED}:
        return Coverage.COVERED
    # An item is partly covered only if an overlap is certain. A mitigated item is at most partly covered.
    shared = any(mask and not mask & DISJOINT for mask in known) or Predicate.MITIGATES in joined
    if shared or not below.isdisjoint({Coverage.COVERED, Coverage.PARTLY}):
        return Coverage.PARTLY
    # An item is open if it has mappings, but they neither establish nor exclude an overlap.
    if not looked and (any(mask != DISJOINT for mask in known) or joined):
        return Coverage.OPEN
    if known or looked or below == {Coverage.NOT_COVERED}:
        return Coverage.NOT_COVERED
    # If only some parts were reviewed, the others may have a counterpart.
    return Coverage.UNSEEN if below <= {Coverage.UNSEEN} else Coverage.OPEN


_FOUND = frozenset({Coverage.COVERED, Coverage.PARTLY})


def _with_minimum(known: Coverage, strong: Coverage) -> Coverage:
    """Return the class of an item, given that by all claims and that by the claims that are strong enough."""
    # To leave claims out is no judgement. An item of which nothing was found out stays open or not reviewed, and one
    # that no other claim is about is open.
    if known not in _FOUND:
        return known
    return Coverage.OPEN if strong is Coverage.UNSEEN else strong


def classifier(
    lines: RelationMatrix,
    links: Mapping[End, Iterable[Predicate]],
    looked: Collection[End],
    parts: Callable[[Key], tuple[Key, ...]],
    every: Callable[[Key], Coverage] | None = None,
) -> Callable[[Key], Coverage]:
    """
    Return a function that classifies an item. An item is covered if all its parts are, whatever its own mappings say.

    *looked* holds the items for which no counterpart was found. *parts* returns the parts of an item if together they
    equal it, and otherwise none. If claims are not counted because they are too weak, *every* classifies by all claims.
    """

    def one(key: Key) -> Coverage:
        below = tuple(one(part) for part in parts(key))
        found = _class_of(lines.get(key, {}).values(), links.get(key, ()), below, looked=key in looked)
        return found if every is None else _with_minimum(every(key), found)

    return one
