"""Find elements by what is written in them: ids, titles and our own words, with near misses."""

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

_ID, _TITLE, _WORDS = 4, 3, 1
_SHORT = 2
"""Words of so many letters or fewer, such as "of", are not looked for beside longer ones."""
MIN_SIMILARITY = 0.8
"""How alike a word must be to one that is there, 0 to 1, to be taken for it when it is not."""


@attrs.frozen
class Hit:
    """An element that was found."""

    control: Control
    matched: tuple[str, ...]
    """The words of the question that were found in it, in the question's order."""
    near: tuple[str, ...]
    """The words of it that stand for those of the question that nobody uses."""


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


@functools.cache
def _stem(word: str) -> str:
    """Cut what makes plurals and verb forms, so that "logging" finds "logs"; crude, the same on both sides."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > len(ending):
            root = word.removesuffix(ending)
            return root[:-1] if len(root) > len("abc") and root[-1] == root[-2] else root
    return word


def _index_words(controls: Iterable[Control]) -> Iterator[tuple[Control, dict[str, tuple[int, str]]]]:
    """Yield each element with the stems in it, each with its weight and the word as it stands there."""
    for item in controls:
        weights: dict[str, tuple[int, str]] = {}
        for text, weight in ((item.id.local, _ID), (item.title or "", _TITLE), (item.words or "", _WORDS)):
            for token in _tokens(text):
                weights.setdefault(_stem(token), (weight, token))
        yield item, weights


@functools.cache
def _shipped_frameworks() -> tuple[Framework, ...]:
    return (*map(load_framework, editions()), *(load_framework(item.id) for item in available()))


def search(text: str, frameworks: Iterable[Framework] | None = None, *, limit: int = 20) -> tuple[Hit, ...]:
    """
    Find the elements in which words of *text* stand, the best first; of all that ships, or of *frameworks*.

    When some elements have all the words, only these are given. A word in an id counts most, then in a title, then in
    our own words. A word that nobody uses is replaced by those near it. At most *limit* are given, and never
    one in which nothing was found.

    >>> str(search("audit trail", [load_framework("uk-ai-cop")])[0].control.id)
    'uk-ai-cop@2025-01:2.3'
    """
    found = [pair for framework in frameworks or _shipped_frameworks() for pair in _index_words(framework.controls)]
    everything = dict.fromkeys(token for _, weights in found for token in weights)
    tokens = list(dict.fromkeys(_tokens(text)))
    asked = [word for word in tokens if len(word) > _SHORT or not word.isalpha()] or tokens
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
            hits.append(((not whole, -len(matched), -score, place), Hit(item, matched, tuple(near))))
    ranked = [hit for _, hit in sorted(hits, key=lambda pair: pair[0])]
    complete = [hit for hit in ranked if len(hit.matched) == len(asked)]
    return tuple((complete or ranked)[:limit])
