"""Shipped frameworks."""

from __future__ import annotations

import pytest

from aicop import UnknownEdition, frameworks


@pytest.mark.parametrize(
    ("written", "edition"),
    [
        ("nist-csf", "nist-csf@2.0"),
        ("ISO/IEC 42001", "iso-iec-42001@2023"),
        ("owasp-llm-top10", "owasp-llm-top10@2026"),
        ("owasp-llm-top10@2025", "owasp-llm-top10@2025"),
        ("OWASP LLM Top 10 2025", "owasp-llm-top10@2025"),
        ("mitre-atlas", "mitre-atlas@2026.07"),
        ("nist-ssdf", "nist-ssdf@1.1"),
        ("uk-ai-cop", "uk-ai-cop@2025-01"),
        ("EN 304 223", "etsi-en-304-223@2.1.1"),
    ],
)
def test_a_framework_is_found_by_key_name_and_edition(written: str, edition: str) -> None:
    """Without an edition, the current one is loaded."""
    assert str(frameworks.load(written).id) == edition


def test_an_unknown_framework_is_refused() -> None:
    """The error lists the available editions, those of the Code first."""
    with pytest.raises(UnknownEdition) as caught:
        frameworks.load("csa-aicm")
    assert caught.value.known[0] == "uk-ai-cop@2025-01"
    assert "mitre-atlas@5.0.1" in caught.value.known


def test_a_known_edition_that_does_not_ship_is_explained() -> None:
    """The error says why the edition does not ship, and lists those that do instead of similar names."""
    with pytest.raises(UnknownEdition) as caught:
        frameworks.load("etsi-en-304-223@2.0.0")
    assert caught.value.advice.startswith("V2.0.0 was the draft")
    assert caught.value.nearest == ()
    assert {"etsi-en-304-223@2.1.1", "nist-csf@2.0"} <= set(caught.value.known)
