"""Search over ids, titles and own words."""

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
def test_the_best_comes_first(text: str, first: str) -> None:
    """An id before a title, more words before fewer, a title before our words."""
    assert str(search(text)[0].control.id) == first


def test_forms_of_a_word_are_the_same_word() -> None:
    """Plurals and verb forms."""
    code = [load("uk-ai-cop")]
    assert [hit.control.id for hit in search("logging", code)] == [hit.control.id for hit in search("logs", code)]


def test_elements_with_all_the_words_stand_alone() -> None:
    """Those with some of them are given only when none has all."""
    code = [load("uk-ai-cop")]
    both = search("audit trail", code)
    assert {hit.matched for hit in both} == {("audit", "trail")}
    assert len(search("trail", code)) >= len(both)
    assert {hit.matched for hit in search("audit qqqqq", code)} == {("audit",)}


def test_near_misses_are_told() -> None:
    """With the words that stand there."""
    [hit, *_] = search("vulnrability disclosre", [load("uk-ai-cop")])
    assert str(hit.control.id) == "uk-ai-cop@2025-01:6.4"
    assert hit.matched == ("vulnrability", "disclosre")
    assert set(hit.near) >= {"vulnerability", "disclosure"}


def test_nothing_found_is_nothing() -> None:
    """And no more is given than asked."""
    assert search("qqqqq", [load("uk-ai-cop")]) == ()
    assert search("", [load("uk-ai-cop")]) == ()
    assert len(search("data", limit=3)) == 3
