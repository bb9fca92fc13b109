"""Search in ids, titles and aicop's own text."""

from __future__ import annotations

import pytest

from aicop.frameworks import load
from aicop.search import search


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


def test_empty_results_and_limits() -> None:
    """A search without hits is empty, and a limit is respected."""
    assert search("qqqqq", [load("uk-ai-cop")]) == ()
    assert search("", [load("uk-ai-cop")]) == ()
    assert len(search("data", limit=3)) == 3
