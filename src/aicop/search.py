"""Search elements by the words of their ids, titles, descriptions and own columns, with tolerance for misspelling."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import one_line, shown
from aicop._pydantic import field_type
from aicop.frameworks.framework import Framework
from aicop.frameworks.shipped import available
from aicop.frameworks.shipped import load as load_framework
from aicop.manifest import editions
from aicop.model.framework import Control
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The weight of a word by where it is found.
_ID, _TITLE, _WORDS = 4, 3, 1
_SHORT = 2
"""Words of this many letters or fewer, such as "of", are ignored if the query has longer ones."""
MIN_SIMILARITY = 0.8
"""The minimum similarity, from 0 to 1, at which a known word replaces a query word that occurs nowhere."""


_WORD = r"[^\W_]+"
_MIN_LETTERS = 5
"""Shorter words of the query are never replaced by similar ones: with one letter changed they are other words."""
_MIN_STEM = 4
"""No word of the query is replaced by, or compared by, a shorter stem."""
_MAX_INDEXES = 128
"""The number of frameworks, the most recently searched ones, whose indexes are kept."""


@shown
@field_type
@attrs.frozen(repr=False)
class Hit:
    """An element found by a search."""

    control: Control
    matched: tuple[str, ...]
    """The query words found in the element, in the order of the query."""
    near: tuple[str, ...]
    """The element's own words that are similar to query words; only for query words that occur nowhere."""

    def __repr__(self) -> str:
        return one_line(self, f"{self.control.id} {self.control.title or self.control.words or ''}")


def _tokens(text: str) -> list[str]:
    return re.findall(_WORD, text.casefold())


@functools.lru_cache(maxsize=2**15)
def _stem(word: str) -> str:
    """Remove the endings of plurals and verb forms, so that "logging" finds "logs"."""
    # A crude stemmer is enough, because query and index are treated alike. Longer endings are tried first.
    for ending in ("ations", "ation", "ings", "ing", "ies", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > len(ending):
            root = word.removesuffix(ending)
            # A doubled letter is an artefact of the ending: "logging" becomes "log", not "logg".
            return root[:-1] if len(root) > len("abc") and root[-1] == root[-2] else root
    return word


def _weights(item: Control) -> dict[str, tuple[int, str]]:
    """Return the stems of an element, each with its weight and the word as written."""
    weights: dict[str, tuple[int, str]] = {}
    # The heaviest text comes first, and `setdefault` keeps the first weight of a stem.
    own = ((cell, _WORDS) for _, cell in item.extra)
    for text, weight in ((item.id.local, _ID), (item.title or "", _TITLE), (item.words or "", _WORDS), *own):
        for token in _tokens(text):
            weights.setdefault(_stem(token), (weight, token))
    return weights


def _pairs(word: str) -> Iterator[tuple[str, int]]:
    """Yield all two neighbouring letters of a word, each with the number of the same pairs so far."""
    seen: Counter[str] = Counter()
    for letters in map("".join, itertools.pairwise(word)):
        seen[letters] += 1
        yield letters, seen[letters]


# Equality is not used. There are no slots, because a cached property needs a place.
@attrs.frozen(eq=False, slots=False)
class _Index:
    """The words of one framework."""

    controls: tuple[Control, ...]
    places: dict[str, list[tuple[int, int, str]]]
    """For each stem: the positions of the elements that contain it, its weight there, and the word as written."""

    @functools.cached_property
    def _stems_by_pair(self) -> dict[tuple[str, int], list[str]]:
        """The stems by their pairs of neighbouring letters; built when a word is first found nowhere."""
        found: dict[tuple[str, int], list[str]] = {}
        for stem in filter(lambda known: len(known) >= _MIN_STEM, self.places):
            for pair in _pairs(stem):
                found.setdefault(pair, []).append(stem)
        return found

    def maybe_similar(self, stem: str) -> set[str]:
        """Return all stems of `_MIN_STEM` letters or more with a similarity of `MIN_SIMILARITY`, and few others."""
        # The similarity of words with s letters together, of which m in each match those of the other, is 2 m / s. The
        # letters that match are in at most s - 2 m + 1 runs, because something else is between two runs. A run of k
        # letters has k - 1 pairs, so the words have 3 m - s - 1 pairs in common: s / 5 - 1 at a similarity of 0.8. At
        # that similarity, s is at least five thirds of the letters of either word.
        counts = Counter(itertools.chain.from_iterable(self._stems_by_pair.get(pair, ()) for pair in _pairs(stem)))
        needed = (len(stem) - 1) // 3
        return {known for known, count in counts.items() if count >= needed}


@attrs.frozen(eq=False)
class _Identity:
    """A framework compared by identity, because `Framework` has the equality of a mapping and therefore no hash."""

    framework: Framework

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.framework is self.framework

    def __hash__(self) -> int:
        return id(self.framework)


@functools.lru_cache(maxsize=_MAX_INDEXES)
def _index(of: _Identity) -> _Index:
    controls = of.framework.controls
    places: dict[str, list[tuple[int, int, str]]] = {}
    for position, item in enumerate(controls):
        for stem, (weight, written) in _weights(item).items():
            places.setdefault(stem, []).append((position, weight, written))
    return _Index(controls, places)


@functools.cache
def _shipped_frameworks() -> tuple[Framework, ...]:
    return (*map(load_framework, editions()), *(load_framework(item.id) for item in available()))


def search(text: str, frameworks: Iterable[Framework] | None = None, *, limit: int = 20) -> tuple[Hit, ...]:
    """
    Return the elements that contain words of *text*, the best match first.

    The search covers *frameworks*, by default all that ship; an empty list means none. If some elements contain all the
    words, only these are returned. An element whose id is exactly *text* comes first, then elements that match more
    words. A word counts most in an id, less in a title, and least in a description or a column of your own. A word
    that occurs nowhere is replaced by similar ones, unless it has fewer than five letters or is written in capitals,
    like an acronym. At most *limit* elements are returned.

    >>> str(search("audit trail", [load_framework("uk-ai-cop")])[0].control.id)
    'uk-ai-cop@2025-01:2.3'
    """
    searched = _shipped_frameworks() if frameworks is None else frameworks
    indexes = [_index(_Identity(framework)) for framework in searched]
    tokens = list(dict.fromkeys(_tokens(text)))
    asked = [word for word in tokens if len(word) > _SHORT or not word.isalpha()] or tokens
    # The query words that are found nowhere, and for each query word the stems to look for: its own, or up to three
    # similar ones.
    missing = {word for word in asked if not any(_stem(word) in index.places for index in indexes)}
    acronyms = {word.casefold() for word in re.findall(_WORD, text) if word.isupper()}
    meant = {word: _similar_stems(word, indexes) if word in missing - acronyms else [_stem(word)] for word in asked}
    whole = text.strip().casefold()
    hits = []
    for order, index in enumerate(indexes):
        for position, here in _matches(index, meant).items():
            score = sum(max(weight for weight, _ in places) for places in here.values())
            exact = index.controls[position].id.local.casefold() == whole
            # The positions break ties, so that equally good elements keep the order of their frameworks.
            hits.append(((not exact, -len(here), -score, order, position), here))
    hits.sort(key=lambda pair: pair[0])
    complete = [hit for hit in hits if len(hit[1]) == len(asked)]
    return tuple(
        Hit(
            indexes[order].controls[position],
            tuple(here),
            tuple(dict.fromkeys(written for word in here if word in missing for _, written in here[word])),
        )
        for (*_, order, position), here in (complete or hits)[:limit]
    )


def _similar_stems(word: str, indexes: Iterable[_Index]) -> list[str]:
    """Return up to three known stems similar to that of *word*, the most similar first; none if the word is short."""
    stem = _stem(word)
    if len(word) < _MIN_LETTERS or len(stem) < _MIN_STEM:
        return []
    candidates = set().union(*(index.maybe_similar(stem) for index in indexes))
    return close(stem, candidates, n=3, cutoff=MIN_SIMILARITY)


def _matches(index: _Index, meant: dict[str, list[str]]) -> dict[int, dict[str, list[tuple[int, str]]]]:
    """Return the query words that each element contains by its position, with their weights and forms in it."""
    found: dict[int, dict[str, list[tuple[int, str]]]] = {}
    for word, stems in meant.items():
        for stem in stems:
            for position, weight, written in index.places.get(stem, ()):
                found.setdefault(position, {}).setdefault(word, []).append((weight, written))
    return found
