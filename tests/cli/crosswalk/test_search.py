"""The command `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.runner import Run


def test_elements_are_found_by_their_words(aicop: Run) -> None:
    """The inventory of assets is found in the Code, its successors and ISO/IEC 27001, best first, up to the limit."""
    rows = aicop.rows("search", "inventory", "of", "assets", "--limit", "4")
    assert [row["key"] for row in rows] == [
        "uk-ai-cop@2025-01:5.1",
        "etsi-ts-104-223@1.1.1:5.2.1-1",
        "etsi-en-304-223@2.1.1:5.2.1-1",
        "iso-iec-27001@2022:A.5.9",
    ]
    assert rows[0] == {
        "key": "uk-ai-cop@2025-01:5.1",
        "kind": "provision",
        "title": "Maintain an inventory of assets and their interdependencies",
        "matched": "inventory; assets",
        "near": "",
    }


def test_elements_without_a_title_are_shown_by_their_text(aicop: Run) -> None:
    """A statement has no title, so its text is shown."""
    rows = {row["key"]: row for row in aicop.rows("search", "connectivity inventory", "--in", "uk-ai-cop")}
    found = rows["uk-ai-cop@2025-01:5.1#1"]
    assert (found["kind"], found["matched"]) == ("statement", "connectivity; inventory")
    assert "shall maintain a full inventory of their assets" in found["title"]


def test_misspelt_words_match_near_ones(aicop: Run) -> None:
    """A word that occurs nowhere matches the words near it, which are named, in the chosen frameworks only."""
    rows = aicop.rows("search", "asset inventroy", "--in", "uk-ai-cop", "--in", "iso-iec-27001")
    assert {row["key"].partition(":")[0] for row in rows} == {"uk-ai-cop@2025-01", "iso-iec-27001@2022"}
    assert (rows[0]["key"], rows[0]["near"]) == ("uk-ai-cop@2025-01:5.1", "inventory")


def test_no_hits_are_reported(aicop: Run) -> None:
    """A search without hits is an empty answer with exit code 0."""
    assert aicop("search", "zzzzqqq", "--format", "json") == (0, "[]\n", "0 hits in all frameworks.\n")
