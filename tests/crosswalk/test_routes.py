"""Shipped crosswalks, and routes through other frameworks."""

from __future__ import annotations

import pytest

from aicop.crosswalk import crosswalk, explain
from aicop.errors import NoCrosswalk, UnknownTerm
from tests.crosswalk.examples import facts


def test_shipped_crosswalks_are_found_in_either_direction() -> None:
    """Crosswalks are found directly, inverted, and composed through named frameworks."""
    there, back = crosswalk("uk-ai-cop", "mitre-atlas"), crosswalk("mitre-atlas", "uk-ai-cop")
    assert facts(there.inverse()) == facts(back)
    with pytest.raises(UnknownTerm, match="'Nobody' is not an author of mappings"):
        crosswalk("uk-ai-cop", "cited-documents", author="Nobody")
    assert str(crosswalk("EN 304 223", "AI Act").source.id) == "etsi-en-304-223@2.1.1"
    through = crosswalk("etsi-en-304-223", "iso-iec-42001", via=["uk-ai-cop"])
    assert [claim.says for claim in through["5.2.1-1"]] == ["intersects-with"] * 4


def test_a_pair_without_mappings_suggests_routes() -> None:
    """The error lists routes through other frameworks, shortest first, or none."""
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk("nist-ssdf", "iso-iec-27001")
    assert caught.value.chains[0] == "nist-ssdf@1.1 -> nist-csf@2.0 -> iso-iec-27001@2022"
    with pytest.raises(NoCrosswalk) as caught:
        crosswalk("uk-ai-cop", "ncsc-caf")
    assert caught.value.chains == ()


def test_two_keys_are_explained_wherever_they_come_from() -> None:
    """`explain` finds the crosswalk from the frameworks of the two keys."""
    assert explain("uk-ai-cop:5.1", "ISO 42001 A.4.2").startswith("uk-ai-cop@2025-01:5.1 (Maintain")
    assert "equal-to" in explain("EN 5.2.1-1", "UK 5.1")
