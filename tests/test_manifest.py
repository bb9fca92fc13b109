"""Which editions there are."""

from __future__ import annotations

import pytest

from aicop import UnknownEdition, frameworks, load


@pytest.mark.parametrize(
    "edition", ["", "ukk", "uk-ai-cop@2026", "../uk-ai-cop@2025-01", "uk-ai-cop@2025-01\n", "x" * 10**6]
)
def test_unknown_editions_raise(edition: str) -> None:
    """With the list of those there are."""
    with pytest.raises(UnknownEdition) as caught:
        load(edition)
    assert caught.value.known == ("uk-ai-cop@2025-01", "etsi-ts-104-223@1.1.1", "etsi-en-304-223@2.1.1")
    assert caught.value.text == edition


def test_an_edition_known_of_and_not_carried_says_why() -> None:
    """The draft of 2024 is one."""
    with pytest.raises(UnknownEdition, match="the draft of May 2024 was replaced"):
        load("uk-ai-cop@2024-05")


@pytest.mark.parametrize(
    ("written", "likeliest"),
    [
        ("uk-ai-copp", ["uk-ai-cop@2025-01"]),
        ("etsi-en-304-223@2.1.2", ["etsi-en-304-223@2.1.1"]),
        ("nist-cfs", ["nist-csf@2.0"]),
        ("something else", []),
    ],
)
def test_an_edition_spelt_wrongly_is_near_those_it_may_mean(written: str, likeliest: list[str]) -> None:
    """Among editions and frameworks alike, by the name or by the whole key."""
    with pytest.raises(UnknownEdition) as caught:
        frameworks.load(written)
    assert [*caught.value.nearest[:1]] == likeliest
