"""The command `consistency`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aicop.mappings import load as load_rows
from aicop.mappings import sets
from tests.cli.examples import DATA, mapped, mappings, printed, row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.runner import Run


def test_shipped_mappings_are_consistent(aicop: Run) -> None:
    """All rows of all sets are counted, and none contradicts the others."""
    # Sets with a file are counted without the library; those derived from editions have no file.
    files = sum(len(printed(f"mappings/{path.name}")) for path in (DATA / "mappings").glob("*.tsv"))
    held = sum(len(load_rows(item.name)) for item in sets() if not (DATA / f"mappings/{item.name}.tsv").exists())
    assert aicop("consistency", "--format", "json") == (0, "[]\n", f"{files + held:,} mappings: 0 contradictions.\n")


@pytest.mark.parametrize(
    ("own", "reason", "parts"),
    [
        (("uk-ai-cop:5.1", "no-relationship", "iso-iec-42001:A.4.2"), "have nothing in common", []),
        (
            ("uk-ai-cop:P5", "no-relationship", "iso-iec-42001:A.4.2"),
            "have nothing in common",
            ["uk-ai-cop@2025-01:5.1 in uk-ai-cop@2025-01:P5"],
        ),
        (("uk-ai-cop:5.1", "subset-of", "iso-iec-42001:A.4.2"), "asks something that", []),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_own_rows_that_contradict_shipped_ones_are_found(
    aicop: Run, tmp_path: Path, own: tuple[str, str, str], reason: str, parts: list[str]
) -> None:
    """A row that contradicts a shipped one gives exit code 1; both rows and the parts that link them are reported."""
    option = mappings(tmp_path, row(*own))
    code, out, err = aicop("consistency", *option, "--format", "json")
    [found] = json.loads(out)
    assert code == 1
    assert err.endswith(" mappings: 1 contradiction.\n")
    assert reason in found["reason"]
    assert found["parts"] == parts
    assert sorted(found["rows"]) == sorted(
        [
            "uk-ai-cop@2025-01:5.1 intersects-with iso-iec-42001@2023:A.4.2 (aicop editors)",
            " ".join((*(one.replace("cop:", "cop@2025-01:").replace("42001:", "42001@2023:") for one in own), "(Us)")),
        ]
    )
    assert aicop("consistency", *option)[0] == 1


def test_an_own_row_contradicts_that_nothing_was_found_for_a_control(aicop: Run, tmp_path: Path) -> None:
    """What NIST relates to a part of 5.1 overlaps with 5.1, so it cannot be that nothing in the Code was found for it."""
    unfound = {row["target"] for row in mapped("uk-ai-cop@2025-01--nist-ai-rmf@1.0") if not row["source"]}
    related = {
        row["source"]
        for row in mapped("nist-ai-rmf@1.0--iso-iec-42001@2023")
        if row["target"] == "iso-iec-42001@2023:A.4.2"
    }
    assert unfound & related == {"nist-ai-rmf@1.0:MEASURE 2.1"}
    own = mappings(tmp_path, row("iso-iec-42001:A.4.2", "subset-of", "uk-ai-cop:5.1"))
    code, out, err = aicop("consistency", *own, "--format", "json")
    mine = "iso-iec-42001@2023:A.4.2 subset-of uk-ai-cop@2025-01:5.1 (Us)"
    assert code == 1
    assert err.endswith(" mappings: 2 contradictions.\n")
    assert {tuple(sorted(found["rows"])) for found in json.loads(out)} == {
        (mine, "uk-ai-cop@2025-01:5.1 intersects-with iso-iec-42001@2023:A.4.2 (aicop editors)"),
        (
            mine,
            "nist-ai-rmf@1.0:MEASURE 2.1 nothing-found in uk-ai-cop@2025-01 (aicop editors)",
            "nist-ai-rmf@1.0:MEASURE 2.1 related-to iso-iec-42001@2023:A.4.2 (NIST)",
        ),
    }


def test_own_frameworks_are_checked_for_contradictions(aicop: Run, tmp_path: Path) -> None:
    """A family with no relationship to 6.1 contradicts its own control being a subset of 6.1."""
    own = mappings(
        tmp_path,
        row("own-controls:AC", "no-relationship", "uk-ai-cop:6.1"),
        row("own-controls:AC-1", "subset-of", "uk-ai-cop:6.1"),
    )
    code, out, err = aicop("consistency", *own, "--format", "json")
    [found] = json.loads(out)
    assert code == 1
    assert err.endswith(" mappings: 1 contradiction.\n")
    assert found["parts"] == ["own-controls@2026:AC-1 in own-controls@2026:AC"]
    assert sorted(found["rows"]) == [
        "own-controls@2026:AC no-relationship uk-ai-cop@2025-01:6.1 (Us)",
        "own-controls@2026:AC-1 subset-of uk-ai-cop@2025-01:6.1 (Us)",
    ]


def test_own_frameworks_that_agree_are_consistent(aicop: Run, ours: tuple[str, ...]) -> None:
    """Mappings that agree give exit code 0 and are counted with the shipped ones."""
    total = int(aicop("consistency", "-f", "json")[2].split()[0].replace(",", ""))
    assert aicop("consistency", *ours, "-f", "json") == (0, "[]\n", f"{total + 3:,} mappings: 0 contradictions.\n")


def test_a_search_without_a_find_is_contradicted_by_a_find(aicop: Run, both: tuple[str, ...]) -> None:
    """One author found nothing in the Code for logs, and another found a provision."""
    code, out, err = aicop("consistency", *both, "--format", "json")
    [found] = json.loads(out)
    assert (code, err.endswith(" mappings: 1 contradiction.\n")) == (1, True)
    assert sorted(found["rows"]) == [
        "own-controls@2026:LG-1 nothing-found in uk-ai-cop@2025-01 (Us)",
        "uk-ai-cop@2025-01:6.2 intersects-with own-controls@2026:LG-1 (Them)",
    ]
