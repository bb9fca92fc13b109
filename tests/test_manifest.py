"""The editions that ship."""

from __future__ import annotations

import pytest

from aicop import UnknownEdition, frameworks, load


@pytest.mark.parametrize(
    "edition", ["", "ukk", "uk-ai-cop@2026", "../uk-ai-cop@2025-01", "uk-ai-cop@2025-01\n", "x" * 10**6]
)
def test_unknown_editions_raise(edition: str) -> None:
    """The error has the full text and the available editions."""
    with pytest.raises(UnknownEdition) as caught:
        load(edition)
    assert caught.value.known == ("uk-ai-cop@2025-01", "etsi-ts-104-223@1.1.1", "etsi-en-304-223@2.1.1")
    assert caught.value.text == edition


def test_a_known_edition_that_does_not_ship_is_explained() -> None:
    """The error for the draft of May 2024 says why it does not ship."""
    with pytest.raises(UnknownEdition, match="the draft of May 2024 was replaced"):
        load("uk-ai-cop@2024-05")


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("uk-ai-cop", "uk-ai-cop@2025-01"),
        ("UK", "uk-ai-cop@2025-01"),
        ("dsit code of practice", "uk-ai-cop@2025-01"),
        ("NCSC AI Code of Practice", "uk-ai-cop@2025-01"),
        ("DSIT and NCSC AI Cybersecurity Code of Practice", "uk-ai-cop@2025-01"),
        ("UK Government's Code", "uk-ai-cop@2025-01"),
        ("AI CoP", "uk-ai-cop@2025-01"),
        ("EN304223", "etsi-en-304-223@2.1.1"),
        ("etsi_ts_104_223", "etsi-ts-104-223@1.1.1"),
    ],
)
def test_an_edition_is_found_by_the_names_that_keys_may_have(name: str, edition: str) -> None:
    """With and without its issuers, and in any spacing."""
    assert str(load(name).id) == edition


@pytest.mark.parametrize("name", ["Code", "NCSC", "UK 5.4", "GPAI Code of Practice", "DSIT-"])
def test_other_names_are_no_editions(name: str) -> None:
    """An issuer, or a common word, is not the name of a document."""
    with pytest.raises(UnknownEdition):
        load(name)


@pytest.mark.parametrize(
    ("written", "likeliest"),
    [
        ("uk-ai-copp", ["uk-ai-cop@2025-01"]),
        ("etsi-en-304-223@2.1.2", ["etsi-en-304-223@2.1.1"]),
        ("nist-cfs", ["nist-csf@2.0"]),
        ("something else", []),
    ],
)
def test_a_misspelt_edition_is_reported_with_the_nearest(written: str, likeliest: list[str]) -> None:
    """Similar names or keys of editions and frameworks are suggested."""
    with pytest.raises(UnknownEdition) as caught:
        frameworks.load(written)
    assert [*caught.value.nearest[:1]] == likeliest


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("owasp", {"owasp-llm-top10", "owasp-agentic-top10", "owasp-ml-top10"}),
        ("ISO", {"iso-iec-27001", "iso-iec-42001"}),
        ("owasp@2025", {"owasp-llm-top10"}),
        ("---", set()),
    ],
)
def test_a_part_of_a_name_means_those_that_have_it(written: str, meant: set[str]) -> None:
    """The name of a publisher is not similar to the names of its frameworks, but all of them are suggested."""
    with pytest.raises(UnknownEdition) as caught:
        frameworks.load(written)
    assert {edition.partition("@")[0] for edition in caught.value.nearest} >= meant
    assert bool(caught.value.nearest) == bool(meant)
