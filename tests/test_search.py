"""Search in ids, titles and aicop's own text."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import search as search_module
from aicop.frameworks import Framework, load, loads
from aicop.search import MIN_SIMILARITY, _Index, _stem, _weights, search

if TYPE_CHECKING:
    from aicop.model import Control


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("LLM06:2025", "owasp-llm-top10@2025:LLM06:2025"),
        ("aml.m0018", "mitre-atlas@2026.07:AML.M0018"),
        ("leastmodelprivilege", "owasp-ai-exchange@2026-08-22:leastmodelprivilege"),
        ("human oversight means build", "uk-ai-cop@2025-01:4.1"),
        ("Post-market monitoring plan", "eu-ai-act@2024:Art.72"),
    ],
)
def test_the_best_hit_comes_first(text: str, first: str) -> None:
    """An id ranks before a title, more words before fewer, and a title before other text."""
    assert str(search(text)[0].control.id) == first


def test_own_columns_are_searched() -> None:
    """A word in a column of the user's own counts as one in the description, after one in the title."""
    own = loads(
        "id,kind,title,Owner\nA,control,Backups,Legal\nB,control,Legal hold,IT\n",
        "own.csv",
        framework="own",
        edition="1",
        title="Own",
    )
    assert [hit.control.id.local for hit in search("legal", [own])] == ["B", "A"]


def test_forms_of_a_word_are_the_same_word() -> None:
    """Plurals and verb forms match the same elements."""
    code = [load("uk-ai-cop")]
    assert [hit.control.id for hit in search("logging", code)] == [hit.control.id for hit in search("logs", code)]


def test_elements_with_all_words_exclude_others() -> None:
    """Elements with only some of the words are found only if none has all."""
    code = [load("uk-ai-cop")]
    both = search("audit trail", code)
    assert {hit.matched for hit in both} == {("audit", "trail")}
    assert len(search("trail", code)) >= len(both)
    assert {hit.matched for hit in search("audit qqqqq", code)} == {("audit",)}


def test_near_misses_name_the_similar_words() -> None:
    """A misspelt word matches similar words, which are named."""
    [hit, *_] = search("vulnrability disclosre", [load("uk-ai-cop")])
    assert str(hit.control.id) == "uk-ai-cop@2025-01:6.4"
    assert hit.matched == ("vulnrability", "disclosre")
    assert set(hit.near) >= {"vulnerability", "disclosure"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MFA", []),
        ("mfa", []),
        ("MAYOR", []),
        ("mfas", []),
        ("acess", ["own-1@1:C-1"]),
        ("ACESS", []),
        ("may", ["own-1@1:C-0"]),
        ("MFA access", ["own-1@1:C-1"]),
    ],
)
def test_short_words_and_acronyms_are_not_misspellings(text: str, found: list[str]) -> None:
    """MFA is not "may": only words of five letters or more that are not in capitals are replaced by similar ones."""
    own = made(1, ["Users may ask", "Access control", "The major risk"])
    assert [str(hit.control.id) for hit in search(text, [own])] == found


def test_empty_results_and_limits() -> None:
    """A search without hits is empty, and a limit is respected."""
    assert search("qqqqq", [load("uk-ai-cop")]) == ()
    assert search("", [load("uk-ai-cop")]) == ()
    assert search("data", []) == ()
    assert len(search("data", limit=3)) == 3


def made(number: int, titles: list[str]) -> Framework:
    """Return a framework with these titles."""
    rows = "".join(f"C-{place},control,{title}\n" for place, title in enumerate(titles))
    return loads(f"id,kind,title\n{rows}", "own.csv", framework=f"own-{number}", edition="1", title="Own")


def brute_force(text: str, frameworks: list[Framework]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return the answer by going through every element for each word, given titles and queries in lower case."""
    elements = [
        (item, re.findall(r"[a-z0-9]+", f"{item.id.local} {item.title or ''}".lower()))
        for one in frameworks
        for item in one.controls
    ]
    known = {_stem(word) for _, found in elements for word in found}
    asked = list(dict.fromkeys(re.findall(r"[a-z0-9]+", text)))
    asked = [word for word in asked if len(word) > 2 or not word.isalpha()] or asked
    long = [stem for stem in known if len(stem) >= 4]
    meant = {
        word: [_stem(word)]
        if _stem(word) in known
        else get_close_matches(_stem(word), long, 3, 0.8)
        if len(word) >= 5 and len(_stem(word)) >= 4
        else []
        for word in asked
    }
    ranked = []
    for place, (item, found) in enumerate(elements):
        here = {word: [form for form in found if _stem(form) in stems] for word, stems in meant.items()}
        here = {word: forms for word, forms in here.items() if forms}
        if here:
            own = {_stem(form) for form in re.findall(r"[a-z0-9]+", item.id.local.lower())}
            score = sum(4 if any(_stem(form) in own for form in forms) else 3 for forms in here.values())
            # Of several words with the same stem, the first is the one that is shown.
            first = {_stem(form): form for form in reversed(found)}
            near = [first[stem] for word in here if _stem(word) not in known for stem in meant[word] if stem in first]
            ranked.append(
                (
                    item.id.local.lower() != text.strip(),
                    -len(here),
                    -score,
                    place,
                    item,
                    tuple(here),
                    tuple(dict.fromkeys(near)),
                )
            )
    ranked.sort(key=lambda row: row[:4])
    complete = [row for row in ranked if len(row[5]) == len(asked)]
    return [(str(row[4].id), row[5], row[6]) for row in complete or ranked]


# Few letters, so that many words are similar and some are equal.
spelt = st.text("abcs", min_size=1, max_size=7)
phrases = st.lists(spelt, max_size=4).map(" ".join)


@given(st.lists(st.lists(phrases, min_size=1, max_size=6), min_size=1, max_size=3), st.one_of(phrases, st.just("c-0")))
def test_the_index_answers_like_a_look_at_every_element(titles: list[list[str]], text: str) -> None:
    """The same elements in the same order, with the same words."""
    frameworks = [made(number, some) for number, some in enumerate(titles)]
    found = search(text, frameworks, limit=1000)
    assert [(str(hit.control.id), hit.matched, hit.near) for hit in found] == brute_force(text, frameworks)


long_spelt = st.text("abcs", min_size=4, max_size=8)


@given(st.lists(long_spelt, min_size=1, max_size=30), long_spelt)
def test_no_similar_word_is_missed(words: list[str], text: str) -> None:
    """Every word of four letters or more that difflib calls similar is among those that are compared."""
    index = _Index((), {word: [] for word in words})
    assert set(get_close_matches(text, words, n=30, cutoff=MIN_SIMILARITY)) - {text} <= index.maybe_similar(text)


def test_a_framework_is_indexed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is searched with; another framework with the same content has an index of its own."""
    one, two = made(1, ["first"]), made(1, ["first"])
    indexed: list[Control] = []

    def record(item: Control) -> dict[str, tuple[int, str]]:
        indexed.append(item)
        return _weights(item)

    monkeypatch.setattr(search_module, "_weights", record)
    for frameworks in ([one], [one, load("stride")], (one,), [two], [one]):
        assert search("first", frameworks, limit=1)
    assert [item for item in indexed if item.id.edition.document == "own-1"] == [*one.controls, *two.controls]
