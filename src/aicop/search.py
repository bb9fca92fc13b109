"""Search elements by the words of their ids, titles and descriptions, with tolerance for misspelling."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from aicop.frameworks.shipped import available
from aicop.frameworks.shipped import load as load_framework
from aicop.manifest import editions
from aicop.model.framework import Control
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.frameworks.framework import Framework

# The weight of a matching word: in an id, in a title, and in a description.
_ID, _TITLE, _WORDS = 4, 3, 1
_SHORT = 2
"""Words of this many letters or fewer, such as "of", are ignored if the query has longer ones."""
MIN_SIMILARITY = 0.8
"""The minimum similarity, from 0 to 1, at which a known word replaces a query word that occurs nowhere."""


@attrs.frozen
class Hit:
    """An element found by a search."""

    control: Control
    matched: tuple[str, ...]
    """The query words found in the element, in the order of the query."""
    near: tuple[str, ...]
    """The element's own words that are similar to query words; only for query words that occur nowhere."""


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


@functools.cache
def _stem(word: str) -> str:
    """Remove the endings of plurals and verb forms, so that "logging" finds "logs"."""
    # A crude stemmer is enough, because query and index are treated alike. Longer endings are tried first.
    for ending in ("ations", "ation", "ings", "ing", "ies", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > len(ending):
            root = word.removesuffix(ending)
            # A doubled letter is an artefact of the ending: "logging" becomes "log", not "logg".
            return root[:-1] if len(root) > len("abc") and root[-1] == root[-2] else root
    return word


def _index_words(controls: Iterable[Control]) -> Iterator[tuple[Control, dict[str, tuple[int, str]]]]:
    """Yield each element with a mapping from each of its stems to its weight and the word as written."""
    for item in controls:
        weights: dict[str, tuple[int, str]] = {}
        # The heaviest text comes first, and `setdefault` keeps the first weight of a stem.
        for text, weight in ((item.id.local, _ID), (item.title or "", _TITLE), (item.words or "", _WORDS)):
            for token in _tokens(text):
                weights.setdefault(_stem(token), (weight, token))
        yield item, weights


@functools.cache
def _shipped_frameworks() -> tuple[Framework, ...]:
    return (*map(load_framework, editions()), *(load_framework(item.id) for item in available()))


def search(text: str, frameworks: Iterable[Framework] | None = None, *, limit: int = 20) -> tuple[Hit, ...]:
    """
    Return the elements that contain words of *text*, the best match first.

    The search covers *frameworks*, by default all that ship. If some elements contain all the words, only these are
    returned. An element whose id is exactly *text* comes first, then elements that match more words. A word counts most
    in an id, less in a title, and least in a description. A word that occurs nowhere is replaced by similar ones. At
    most *limit* elements are returned.

    >>> str(search("audit trail", [load_framework("uk-ai-cop")])[0].control.id)
    'uk-ai-cop@2025-01:2.3'
    """
    found = [pair for framework in frameworks or _shipped_frameworks() for pair in _index_words(framework.controls)]
    everything = dict.fromkeys(token for _, weights in found for token in weights)
    tokens = list(dict.fromkeys(_tokens(text)))
    asked = [word for word in tokens if len(word) > _SHORT or not word.isalpha()] or tokens
    # Each query word with the stems to search for: its own or, if no element contains it, up to three similar ones.
    meant = {
        word: (_stem(word),)
        if _stem(word) in everything
        else tuple(close(_stem(word), everything, n=3, cutoff=MIN_SIMILARITY))
        for word in asked
    }
    hits = []
    for place, (item, weights) in enumerate(found):
        here = {word: [weights[form] for form in forms if form in weights] for word, forms in meant.items()}
        matched = tuple(word for word in asked if here[word])
        if matched:
            score = sum(max(weight for weight, _ in here[word]) for word in matched)
            near = dict.fromkeys(
                written for word in matched if _stem(word) not in everything for _, written in here[word]
            )
            whole = item.id.local.casefold() == text.strip().casefold()
            # The position breaks ties, so that equally good elements keep the order of their frameworks.
            hits.append(((not whole, -len(matched), -score, place), Hit(item, matched, tuple(near))))
    ranked = [hit for _, hit in sorted(hits, key=lambda pair: pair[0])]
    complete = [hit for hit in ranked if len(hit.matched) == len(asked)]
    return tuple((complete or ranked)[:limit])
