"""
The search index of a page: the words of everything on it, as compact plain data for `search.js`.

`normalise` and `words_of` do the same as the functions of these names in JavaScript, so that a word of a query meets
the same word of the index.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from aicop.ids import split_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Entry(TypedDict):
    """What can be found."""

    key: str
    """The canonical key, which is also the address on the page."""
    title: str
    kind: str
    """What it is, such as provision or control."""
    text: str
    """More words by which it is found, such as what a statement asks."""
    aliases: NotRequired[Sequence[str]]
    """Other ids or numbers of it, such as a clause; they are found like its own id."""


_STOP = """
a an and are as at be by for from has have in is it its not of on or so than that the their them they this to was were
which who with
"""
STOP_WORDS = frozenset(_STOP.split())
"""Words that find nothing, because nearly every text has them."""
_KEY, _TITLE, _TEXT = 2, 1, 0
_FIELDS = 3


def normalise(text: str) -> str:
    """
    Return a text in small letters without accents, in which letters of one meaning are one letter.

    >>> normalise("Élan ﬁve Ⅷ")
    'elan five viii'
    """
    if text.isascii():
        return text.lower()
    # Compatibility forms first, because some of them have capitals and marks. A sigma differs at the end of a word.
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in parts if not unicodedata.category(char).startswith("M"))
    return bare.lower().replace("\N{GREEK SMALL LETTER FINAL SIGMA}", "\N{GREEK SMALL LETTER SIGMA}")


def words_of(text: str) -> list[str]:
    """
    Return the words of a text, which are its runs of letters and digits.

    >>> words_of("AML.T0020: Poison Training Data")
    ['aml', 't0020', 'poison', 'training', 'data']
    """
    return re.findall(r"[^\W_]+", normalise(text))


def search_index(entries: Iterable[Entry]) -> dict[str, Any]:
    """
    Return the index of *entries*, which are found in this order if they match equally well.

    *words* are sorted by UTF-16 code units, as JavaScript compares text. For each word, *places* has the differences
    between the numbers ``3 * entry + field``, where a field is 2 for the id, 1 for the title and 0 for the text; the
    best field of an entry counts.
    """
    listed = list(entries)
    kinds = {kind: i for i, kind in enumerate(dict.fromkeys(item["kind"] for item in listed))}
    places: dict[str, list[int]] = {}
    for number, item in enumerate(listed):
        for word, field in _fields(item).items():
            places.setdefault(word, []).append(_FIELDS * number + field)
    words = sorted(places, key=lambda word: word.encode("utf-16-be"))
    return {
        "entries": [[item["key"], item["title"], kinds[item["kind"]], *item.get("aliases", ())] for item in listed],
        "kinds": list(kinds),
        "stop": " ".join(sorted(STOP_WORDS)),
        "words": " ".join(words),
        "places": [[after - before for before, after in itertools.pairwise([0, *places[word]])] for word in words],
    }


def _fields(item: Entry) -> dict[str, int]:
    """Return the words of an entry, each with the best field in which it is found."""
    _, local = split_key(item["key"])
    texts = {
        _TEXT: [item["text"]],
        _TITLE: [item["title"]],
        _KEY: [local or item["key"], *item.get("aliases", ())],
    }
    # The best field comes last, and wins.
    found = {word: field for field, parts in texts.items() for part in parts for word in words_of(part)}
    return {word: field for word, field in found.items() if word not in STOP_WORDS}
