"""The search index of a page."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.report.explorer.search_index import STOP_WORDS, normalise, search_index, words_of

if TYPE_CHECKING:
    from aicop.report.explorer.search_index import Entry

ENTRIES: list[Entry] = [
    {"key": "nist-csf@2.0:PR.DS-01", "title": "Data at rest", "kind": "control", "text": "data the data"},
    {"key": "uk-ai-cop@2025-01:5.1", "title": "Inventory", "kind": "provision", "text": "Rest", "aliases": ["ZETA 9"]},
    {"key": "uk-ai-cop@2025-01", "title": "The Code", "kind": "edition", "text": ""},
]


def found(index: dict[str, Any], word: str) -> list[tuple[int, int]]:
    """Return the entries and fields in which the index has a word."""
    place = index["words"].split(" ").index(word)
    return [divmod(number, 3) for number in itertools.accumulate(index["places"][place])]


def test_words_have_their_entries_and_best_fields() -> None:
    """A word in the id counts as id, even if the title and text have it too; a text counts least."""
    index = search_index(ENTRIES)
    assert index["entries"] == [
        ["nist-csf@2.0:PR.DS-01", "Data at rest", 0],
        ["uk-ai-cop@2025-01:5.1", "Inventory", 1, "ZETA 9"],
        ["uk-ai-cop@2025-01", "The Code", 2],
    ]
    assert index["kinds"] == ["control", "provision", "edition"]
    assert found(index, "data") == [(0, 1)]
    assert found(index, "rest") == [(0, 1), (1, 0)]
    assert found(index, "pr") == [(0, 2)]
    assert found(index, "zeta") == [(1, 2)]
    # An edition has its whole key as id.
    assert found(index, "uk") == [(2, 2)]
    assert not {"the", "at"} & set(index["words"].split(" "))
    assert set(index["stop"].split(" ")) == STOP_WORDS
    assert json.loads(json.dumps(index)) == index


def test_an_index_of_nothing_is_empty() -> None:
    """Nothing can be found in it."""
    assert search_index([]) == {
        "entries": [],
        "kinds": [],
        "stop": " ".join(sorted(STOP_WORDS)),
        "words": "",
        "places": [],
    }


@given(st.lists(st.text(max_size=20), max_size=8))
def test_words_are_sorted_as_javascript_compares_them(texts: list[str]) -> None:
    """Words are in the order of their UTF-16 code units, each once, and each has a place."""
    index = search_index({"key": "a@1:1", "title": text, "kind": "x", "text": ""} for text in texts)
    words = index["words"].split(" ") if index["words"] else []
    units = [word.encode("utf-16-be") for word in words]
    assert units == sorted(set(units))
    assert len(index["places"]) == len(words)
    assert all(index["places"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élan vital", "elan vital"),
        ("\u0130stanbul", "istanbul"),
        ("STRASSE stra\u00dfe", "strasse stra\u00dfe"),
        ("\u2163 \ufb01ne \uff21\uff22", "iv fine ab"),
        ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3"),
        ("ABC 12", "abc 12"),
    ],
)
def test_texts_are_made_alike(text: str, expected: str) -> None:
    """Accents, capitals and compatibility forms make no difference."""
    assert normalise(text) == expected
    assert normalise(expected) == expected


@given(st.text())
def test_making_alike_twice_changes_nothing(text: str) -> None:
    """A word of the index is already as a query would make it."""
    once = normalise(text)
    assert [normalise(word) for word in words_of(text)] == words_of(once)
