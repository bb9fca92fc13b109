"""Frameworks, mappings and crosswalks as plain data for the explorer; figures are those of the API."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from aicop.errors import NoCrosswalk
from aicop.records import to_plain
from aicop.relations import reading
from aicop.vocabulary import StrengthBand, band_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.core import Crosswalk
    from aicop.crosswalk.path import Step
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId
    from aicop.library.library import Library
    from aicop.model.framework import Control
    from aicop.model.mapping import Mapping, MappingSet
    from aicop.relations import RelationSet
    from aicop.report.explorer.editions import Plain
    from aicop.report.explorer.texts import Texts

MAX_PATHS = 5
"""The number of paths that are shown of a claim; the page says how many others there are."""


def framework_data(framework: Framework, texts: Texts, *, wording: bool) -> Plain:
    """Return a framework with its elements; the words of elements and own columns only with *wording*."""
    facts: Plain = to_plain(framework.edition)
    source = facts.pop("source")
    return facts | {
        "key": str(framework.id),
        "source": source and {"document": source["document"], "locator": source["locator"], "grade": source["grade"]},
        "elements": [_element(item, texts, wording=wording) for item in framework.controls],
    }


def _element(item: Control, texts: Texts, *, wording: bool) -> list[Any]:
    """Return the columns of an element: id, parent, kind, nature, title, words, amended, withdrawn."""
    return [
        item.id.local,
        None if item.parent is None else item.parent.local,
        texts.place(item.kind),
        texts.place(item.nature.value),
        item.title,
        item.words if wording else None,
        item.amended,
        int(item.withdrawn),
    ]


class Crosswalks:
    """The crosswalks between chosen editions and frameworks, with the mappings behind their claims, each once."""

    def __init__(self, library: Library, texts: Texts) -> None:
        self._library = library
        self._texts = texts
        self._rows: dict[Mapping, int] = {}
        self._sets = {item.name: place for place, item in enumerate(library.mapping_sets())}
        self._says: dict[tuple[RelationSet | None, str | None, bool], tuple[str, str]] = {}
        self.readings: dict[str, str] = {}
        """What relationships mean in plain words, by the words of `Claim.says`."""

    @property
    def mappings(self) -> list[list[Any]]:
        """The mappings, by place; see `_mapping` for the columns."""
        return [self._mapping(row) for row in self._rows]

    def _mapping(self, row: Mapping) -> list[Any]:
        texts = (row.rationale, row.remainder, row.reverse_remainder, row.author, row.settlement)
        return [
            self._texts.place(row.source),
            row.predicate.value,
            self._texts.place(row.target),
            row.strength,
            row.reverse_strength,
            row.confidence,
            row.basis.value,
            row.date,
            None if row.knowledge is None else row.knowledge.value,
            self._sets.get(row.set),
            *map(self._texts.place, texts),
        ]

    def sets(self, chosen: Collection[EditionId]) -> Iterator[Plain | None]:
        """Yield the sets of mappings with what is known of their rows; None for a set of others than those *chosen*."""
        for item in self._library.mapping_sets():
            yield self._set(item) if {item.source, item.target} <= set(chosen) else None

    def _set(self, item: MappingSet) -> Plain:
        rows = self._library.mappings(item.name)
        facts: Plain = to_plain(item)
        return facts | {
            "rows": len(rows),
            "confidence": _counted(row.confidence for row in rows),
            "knowledge": _counted(None if row.knowledge is None else row.knowledge.value for row in rows),
            "strength": _counted(row.strength for row in rows),
            "settled": sum(row.settlement is not None for row in rows),
        }

    def between(self, editions: Iterable[EditionId], frameworks: Iterable[EditionId]) -> Iterator[Plain]:
        """
        Yield the crosswalk of each edition to each framework, and those between frameworks that have mappings.

        Crosswalks in which nothing is said are left out.
        """
        known = tuple(frameworks)
        for source in editions:
            for target in known:
                try:
                    walk = self._library.crosswalk(source, target)
                except NoCrosswalk:
                    continue
                if found := self._crosswalk(walk):
                    yield found
        pairs = dict.fromkeys((item.source, item.target) for item in self._library.mapping_sets())
        for source, target in pairs:
            if source in known and target in known:
                yield self._crosswalk(self._library.crosswalk(source, target)) or {}

    def _crosswalk(self, walk: Crosswalk) -> Plain | None:
        # Each claim is let go once its row is made: all claims together, with their paths, take much memory.
        claims = [self._claim(item) for item in walk.claims()]
        if not claims:
            return None
        return {
            "source": str(walk.source.id),
            "target": str(walk.target.id),
            "ways": [[str(edition) for edition in way] for way in walk.ways],
            "claims": claims,
            "omissions": [str(item) for item in walk.omissions],
            "coverage": [_coverage(walk), _coverage(walk.inverse())],
        }

    def _claim(self, item: Claim) -> list[Any]:
        says, says_back = self._words(item)
        return [
            self._texts.place(item.source),
            self._texts.place(item.target),
            self._texts.place(says),
            self._texts.place(says_back),
            item.strength,
            item.reverse_strength,
            item.confidence,
            int(item.suspect),
            self._texts.place(item.remainder),
            self._texts.place(item.reverse_remainder),
            [[self._step(step) for step in path] for path in item.paths[:MAX_PATHS]],
            len(item.paths),
            *([[self._texts.place(warning) for warning in item.warnings]] if item.warnings else []),
        ]

    def _words(self, item: Claim) -> tuple[str, str]:
        """Return what a claim says, read from its source and read from its target."""
        kind = (item.relations, item.link, item.inverted)
        if kind not in self._says:
            relations = None if item.relations is None else item.relations.inverse()
            back = attrs.evolve(item, relations=relations, inverted=not item.inverted)
            self._says[kind] = (item.says, back.says)
            for one in (item, back):
                if one.relations is not None and (plain := reading(one.relations)) is not None:
                    self.readings[one.says] = plain
        return self._says[kind]

    def _step(self, step: Step) -> int | list[Any]:
        """Return the place of a mapping, its complement if it is read in reverse, or a part and its whole."""
        if step.mapping is None:
            return [self._texts.place(step.source), self._texts.place(step.target), int(step.inverted)]
        place = self._rows.setdefault(step.mapping, len(self._rows))
        return ~place if step.inverted else place


def _counted(values: Iterable[object]) -> Plain:
    """Return how often each value occurs, by value; one that is not stated is empty."""
    found = Counter("" if value is None else str(value) for value in values)
    return dict(sorted(found.items()))


def _coverage(walk: Crosswalk) -> Plain:
    """Return how many elements of the source are in each class of coverage."""
    report = walk.coverage()
    return {
        "denominator": report.denominator,
        "counts": {known.value: count for known, count in report.counts.items()},
        "contradictory": len(report.contradictory),
    }


def bands() -> list[str | None]:
    """Return the band of each strength from 0 to 10."""
    found = map(band_of, range(11))
    return [None if band is None else band.value for band in found]


BANDS = [band.value for band in StrengthBand]
