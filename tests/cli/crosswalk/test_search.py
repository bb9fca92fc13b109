"""The command search."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.runner import Run


def test_elements_are_found_by_their_words(aicop: Run) -> None:
    """The inventory of assets is found in the Code and in ISO/IEC 27001, the best first and no more than asked."""
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


def test_elements_without_a_title_are_shown_by_our_words(aicop: Run) -> None:
    """A statement has no title, and is shown by what it says."""
    rows = {row["key"]: row for row in aicop.rows("search", "connectivity inventory", "--in", "uk-ai-cop")}
    found = rows["uk-ai-cop@2025-01:5.1#1"]
    assert (found["kind"], found["matched"]) == ("statement", "connectivity; inventory")
    assert "shall maintain a full inventory of their assets" in found["title"]


def test_misspelt_words_are_near_others(aicop: Run) -> None:
    """A word that nobody uses stands for those near it, which are named; the frameworks are those chosen."""
    rows = aicop.rows("search", "asset inventroy", "--in", "uk-ai-cop", "--in", "iso-iec-27001")
    assert {row["key"].partition(":")[0] for row in rows} == {"uk-ai-cop@2025-01", "iso-iec-27001@2022"}
    assert (rows[0]["key"], rows[0]["near"]) == ("uk-ai-cop@2025-01:5.1", "inventory")


def test_that_nothing_is_found_is_told(aicop: Run) -> None:
    """An empty answer is no error."""
    assert aicop("search", "zzzzqqq", "--format", "json") == (0, "[]\n", "0 hits in all frameworks.\n")
