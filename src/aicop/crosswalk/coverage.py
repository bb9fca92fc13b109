"""Coverage reports: every counted item is in one of five classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import html_table, one_line, shown
from aicop._pydantic import field_type
from aicop.crosswalk.algebra.matrix import DISJOINT, INSIDE, RelationMatrix
from aicop.crosswalk.ways import Ways, way_phrase
from aicop.errors import count_phrase
from aicop.ids import End, Key
from aicop.tables import COVERAGE
from aicop.vocabulary import Coverage, Predicate, StrengthBand, band_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicop.tables import Row


@shown
@field_type
@attrs.frozen(repr=False)
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
    """
    What is not covered: for each target, the part of the item, or of a part of it, as the mappings state it; then the
    parts of the item that were not reviewed, or were reviewed and are not covered, unless the item is of that class.
    """
    contradictory: bool
    """Whether mappings about the item, or about a part of it, contradict each other."""

    @property
    def band(self) -> StrengthBand | None:
        """The band of the strength; None if it is 0 or not stated."""
        return band_of(self.strength)


@shown
@field_type
@attrs.frozen(repr=False)
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
    titles: tuple[str | None, ...]
    """The title of each item, in the order of `items`; None where the framework has none."""
    strengths: tuple[int | None, ...]
    """The strength of each item as in `Gap.strength`, in the order of `items`."""
    minimum: int | None
    """The strength below which claims were not counted; None if all were."""
    ways: Ways
    """The ways from the items to the target that the crosswalk combines; see `Crosswalk.ways`."""
    not_counted: int
    """The number of claims that were not counted because their strength is below the minimum or not stated."""
    contradictory: tuple[Key, ...]
    """The items about which, or about a part of which, mappings contradict each other, in order."""

    def of(self, coverage: Coverage) -> tuple[Key, ...]:
        """Return the ids of the items in one class, in order."""
        return tuple(key for key, known in self.items if known is coverage)

    def table(self) -> list[Row]:
        """
        Return one row per item that is counted, as data frames take them; `aicop.tables` describes the columns.

        >>> from aicop.crosswalk import crosswalk
        >>> row = crosswalk("uk-ai-cop", "iso-iec-42001").coverage().table()[0]
        >>> row["item"], row["class"]
        ('uk-ai-cop@2025-01:1.1', 'partly covered')
        """
        clash = frozenset(self.contradictory)
        return COVERAGE.rows(
            (key, title, known, strength, band_of(strength), key in clash)
            for (key, known), title, strength in zip(self.items, self.titles, self.strengths, strict=True)
        )

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

    def __repr__(self) -> str:
        said = ", ".join(f"{count} {known}" for known, count in self.counts.items() if count)
        return one_line(self, f"{self.denominator} by {self.target}{self.way}: {said}")

    def _repr_html_(self) -> str:
        bands = self.bands
        columns = ("class", "count", *(band or "no strength" for band in (*StrengthBand, None)))
        rows = [(known, count, *bands[known].values()) for known, count in self.counts.items()]
        return html_table(f"{self.denominator}, mapped to {self.target}{self.way}", columns, rows, len(rows))

    def __str__(self) -> str:
        said = ", ".join(f"{count} {known}" for known, count in self.counts.items())
        least = ""
        if self.minimum is not None:
            claims = count_phrase(self.not_counted, "claim")
            least = f" Not counted: {claims} with a strength below {self.minimum} or not stated."
        clash = ""
        if self.contradictory:
            clash = f" Mappings contradict each other about {', '.join(key.local for key in self.contradictory)}."
        return f"{self.denominator}, mapped to {self.target}{self.way}: {said}.{least}{clash}"

    @property
    def way(self) -> str:
        """The ways as words that follow the target, such as " through uk-ai-cop@2025-01"; empty if only direct."""
        return way_phrase(self.ways)


def shows_overlap(masks: Iterable[int], links: Iterable[Predicate]) -> bool:
    """Return True if it is certain that an item shares something with the target."""
    return any(mask and not mask & DISJOINT for mask in masks) or Predicate.MITIGATES in links


@attrs.frozen
class Evidence:
    """What is known of the elements of the source from the claims that count."""

    relations: RelationMatrix
    links: Mapping[End, Collection[Predicate]]
    unmatched: Collection[End]
    """The elements of which it is stated, or follows, that no counterpart was found."""
    open: Collection[End] = ()
    """The elements that are reached only through an element of which nothing is known."""
    weak: Collection[End] = ()
    """The elements that have claims of too little strength to count."""

    def contradictory(self, end: End) -> bool:
        """Return True if claims about an element cannot all be true: about a pair, or that nothing was found."""
        masks = self.relations.get(end, {}).values()
        return 0 in masks or (end in self.unmatched and shows_overlap(masks, self.links.get(end, ())))


def _class_of(evidence: Evidence, key: Key, parts: Iterable[Coverage]) -> Coverage:
    """Return the class of one item from what is known of it and from the classes of its parts."""
    known, joined = tuple(evidence.relations.get(key, {}).values()), evidence.links.get(key, ())
    looked = key in evidence.unmatched or key in evidence.weak
    below = frozenset(parts)
    # An item of which nothing was found cannot share anything, so that neither is known.
    if key in evidence.unmatched and shows_overlap(known, joined):
        return Coverage.OPEN
    if any(mask and not mask & ~INSIDE for mask in known) or below == {Coverage.COVERED}:
        return Coverage.COVERED
    # An item is partly covered only if an overlap is certain. A mitigated item is at most partly covered.
    if shows_overlap(known, joined) or not below.isdisjoint({Coverage.COVERED, Coverage.PARTLY}):
        return Coverage.PARTLY
    # An item is open if it has mappings, but they neither establish nor exclude an overlap.
    if not looked and (any(mask != DISJOINT for mask in known) or joined):
        return Coverage.OPEN
    if known or looked or below == {Coverage.NOT_COVERED}:
        return Coverage.NOT_COVERED
    # If only some parts were reviewed, the others may have a counterpart.
    return Coverage.UNSEEN if below <= {Coverage.UNSEEN} and key not in evidence.open else Coverage.OPEN


_FOUND = frozenset({Coverage.COVERED, Coverage.PARTLY})


def _with_minimum(known: Coverage, strong: Coverage) -> Coverage:
    """Return the class of an item, given that by all claims and that by the claims that are strong enough."""
    # To leave claims out is no judgement. An item of which nothing was found out stays open or not reviewed, and one
    # that no other claim is about is open.
    if known not in _FOUND:
        return known
    return Coverage.OPEN if strong is Coverage.UNSEEN else strong


def classifier(
    evidence: Evidence,
    parts: Callable[[Key], tuple[Key, ...]],
    every: Callable[[Key], Coverage] | None = None,
) -> Callable[[Key], Coverage]:
    """
    Return a function that classifies an item. An item is covered if all its parts are, whatever its own mappings say.

    *parts* returns the parts of an item if together they equal it, and otherwise none. If claims are not counted
    because they are too weak, *every* classifies by all claims.
    """

    def one(key: Key) -> Coverage:
        found = _class_of(evidence, key, [one(part) for part in parts(key)])
        return found if every is None else _with_minimum(every(key), found)

    return one
