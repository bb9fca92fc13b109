"""The command `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop.cli.output import OutputFormat
from tests.cli.examples import TO_ACT, TO_ISO, bare, mapped, mappings, row
from tests.cli.runner import Run, records

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pair_is_explained_in_words(aicop: Run) -> None:
    """The text gives the relationship in plain words, strength, remainder, and the row with rationale and author."""
    [row] = [
        one for one in mapped(TO_ISO) if (one["source"], bare(one["target"])) == ("uk-ai-cop@2025-01:5.1", "A.4.2")
    ]
    code, out, err = aicop("explain", "uk-ai-cop:5.1", "ISO 42001 A.4.2")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "uk-ai-cop@2025-01:5.1 (Maintain an inventory of assets and their interdependencies) to "
        "iso-iec-42001@2023:A.4.2 (Resource documentation): intersects-with.",
        "  In plain words: they have something in common, and each asks something that the other does not.",
        f"  Strength: {row['strength']} of 10.",
        f"  Not covered: {row['remainder']}.",
        f"  In reverse: strength {row['reverse_strength']} of 10.",
        f"  In reverse, not covered: {row['reverse_remainder']}.",
        f"  - uk-ai-cop@2025-01:5.1 intersects-with iso-iec-42001@2023:A.4.2: {row['rationale']} "
        "(editorial, aicop editors, 2026-11-30, confidence 6 of 10)",
    ]


def test_a_pair_is_explained_from_either_end(aicop: Run) -> None:
    """From the target's end, the figures of the two directions swap."""
    [row] = [
        one for one in mapped(TO_ISO) if (one["source"], bare(one["target"])) == ("uk-ai-cop@2025-01:5.1", "A.4.2")
    ]
    _, out, _ = aicop("explain", "ISO 42001 A.4.2", "uk-ai-cop:5.1")
    assert out.startswith("iso-iec-42001@2023:A.4.2 (Resource documentation) to uk-ai-cop@2025-01:5.1 ")
    assert [line.strip() for line in out.splitlines() if "trength" in line or "not covered" in line.casefold()] == [
        f"Strength: {row['reverse_strength']} of 10.",
        f"Not covered: {row['reverse_remainder']}.",
        f"In reverse: strength {row['strength']} of 10.",
        f"In reverse, not covered: {row['remainder']}.",
    ]


@pytest.mark.parametrize(
    ("ends", "relationship"),
    [
        (("uk-ai-cop:5.1", "iso-iec-42001:A.4.2"), "intersects-with"),
        (("uk-ai-cop:P5", "iso-iec-42001:A.4.2"), "superset-of or intersects-with"),
        (("uk-ai-cop:1.1", "eu-ai-act:Art.9(5)(c)"), "no-relationship"),
        (("uk-ai-cop:2.6", "owasp-agentic-top10:ASI01"), "mitigates"),
        (("owasp-agentic-top10:ASI01", "uk-ai-cop:2.6"), "is mitigated by"),
        (("nist-csf:GV.OC-02", "ISO 27001 A.5.20", "--via", "nist-sp-800-53"), "nothing is known"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_pair_is_a_row_for_programs(aicop: Run, ends: tuple[str, ...], relationship: str) -> None:
    """JSON, CSV and text give the same relationship, whether it was stated or derived from parts."""
    [row] = records(aicop, "explain", *ends)
    assert row["relationship"] == relationship
    assert [one["relationship"] for one in aicop.rows("explain", *ends)] == [relationship]
    assert f": {relationship}.\n" in aicop("explain", *ends)[1]


def test_a_pair_without_mappings_is_reported(aicop: Run) -> None:
    """A pair that no mapping connects is a sentence in text and an empty list in JSON."""
    ends = ("explain", "uk-ai-cop:5.1", "ISO 42001 A.10.2")
    message = "No mapping connects uk-ai-cop@2025-01:5.1 and iso-iec-42001@2023:A.10.2.\n"
    assert aicop(*ends) == (0, message, "")
    assert aicop(*ends, "--format", "json")[:2] == (0, "[]\n")


def test_not_found_rows_are_explained_in_every_format(aicop: Run) -> None:
    """Every format gives the reason why nothing in the Act was found for 1.1."""
    [row] = [
        one
        for one in mapped(TO_ACT)
        if (one["source"], one["relationship"]) == ("uk-ai-cop@2025-01:1.1", "nothing-found")
    ]
    for form in OutputFormat:
        code, out, _ = aicop("explain", "uk-ai-cop:1.1", "eu-ai-act:Art.11(1)", "--format", form)
        assert code == 0
        assert "nothing found" in out
        assert row["rationale"].partition(" (")[0] in " ".join(out.split())


def test_items_that_are_mapped_together_are_explained(aicop: Run, tmp_path: Path) -> None:
    """A joint key is explained as such; for one of its members the joint mapping is named."""
    own = mappings(tmp_path, row("own-controls:AC-1|own-controls:AC-2", "intersects-with", "uk-ai-cop:6.1", "7"))
    joint = "own-controls@2026:AC-1|own-controls@2026:AC-2"
    for written in (joint, "own-controls:AC-1|AC-2"):
        code, out, err = aicop("explain", written, "uk-ai-cop:6.1", *own)
        assert (code, err) == (0, "")
        assert out.startswith(joint)
        assert "  Strength: 7 of 10.\n" in out
        assert [found["source"] for found in records(aicop, "explain", written, "uk-ai-cop:6.1", *own)] == [joint]
    for ends in (("own-controls:AC-1", "uk-ai-cop:6.1"), ("uk-ai-cop:6.1", "own-controls:AC-1")):
        code, out, err = aicop("explain", *ends, *own)
        assert (code, err, out.startswith("No mapping connects ")) == (0, "", True)
        assert out.splitlines()[1].startswith("Mapped together with other items: ")
        assert joint in out
        code, out, err = aicop("explain", *ends, *own, "--format", "json")
        assert (code, out.strip(), err.startswith("Mapped together with other items: ")) == (0, "[]", True)
    for wrong in ("own-controls:AC-1|AC-9", "own-controls:AC-9|AC-1", "own-controls:AC-9"):
        assert aicop("explain", wrong, "uk-ai-cop:6.1", *own)[0] == 2
