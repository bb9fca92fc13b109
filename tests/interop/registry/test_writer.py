"""The registry of all ids."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import aicop
from aicop import Catalogue, UnknownEdition
from aicop.interop.registry import dumps
from aicop.interop.registry.schema import RegistrySchema
from aicop.schema.check import check_json

EXPECTED = Path(__file__).parent.parent.parent / "shipped" / "expected.tsv"


Plain = dict[str, Any]


@pytest.fixture(scope="module")
def registry() -> list[Plain]:
    """Return the editions of the whole registry."""
    value = check_json(RegistrySchema, dumps(), "registry.json")
    return list(value["editions"])


def test_it_holds_three_editions_of_13_and_72(registry: list[Plain]) -> None:
    """Three editions of 13 principles and 72 provisions are in order of publication."""
    assert [(item["key"], item["status"]) for item in registry] == [
        ("uk-ai-cop@2025-01", "current"),
        ("etsi-ts-104-223@1.1.1", "superseded"),
        ("etsi-en-304-223@2.1.1", "current"),
    ]
    for item in registry:
        assert (len(item["phases"]), len(item["principles"]), len(item["provisions"])) == (5, 13, 72)


def test_verbs_and_duty_holders_are_those_of_the_table(registry: list[Plain]) -> None:
    """Verbs and duty holders match the table made from the publications."""
    with EXPECTED.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    for edition, column, verb in ((0, "uk", "modality"), (1, "etsi", "modality_en"), (2, "etsi", "modality_en")):
        assert [
            (item["number"], statement["modality"], ";".join(statement["duty_holders"]), statement["attribution"])
            for item in registry[edition]["provisions"]
            for statement in item["statements"]
        ] == [(row[column], row[verb], row["holders"], row["attribution"]) for row in rows]


def test_every_key_can_be_parsed(registry: list[Plain]) -> None:
    """Ids, parents, statements and counterparts are valid keys."""
    keys = [
        key
        for item in registry
        for entry in item["provisions"]
        for key in (
            entry["key"],
            entry["principle"],
            entry["phase"],
            *filter(None, [entry["parent"]]),
            *(statement["key"] for statement in entry["statements"]),
            *entry["counterparts"].values(),
        )
    ]
    assert all(str(aicop.parse(key)) == key for key in keys)
    assert len(keys) > 3 * 72 * 6


def test_counterparts_are_symmetric(registry: list[Plain]) -> None:
    """Every provision has a counterpart in both other editions, which points back to it."""
    across = {entry["key"]: dict(entry["counterparts"]) for item in registry for entry in item["provisions"]}
    for key, others in across.items():
        assert len(others) == 2
        for edition, other in others.items():
            assert other.startswith(f"{edition}:")
            assert across[other][key.partition(":")[0]] == key
    assert across["uk-ai-cop@2025-01:5.4.1"]["etsi-en-304-223@2.1.1"] == "etsi-en-304-223@2.1.1:5.2.1-4.1"


def test_principle_10_has_no_applicability_line(registry: list[Plain]) -> None:
    """A missing applicability line is null, not an empty list."""
    lines = [item["applies_to"] for item in registry[0]["principles"]]
    assert lines[9] is None
    assert all(lines[:9])


def test_one_edition_has_counterparts_in_all_others(standard: Catalogue) -> None:
    """The registry of one edition names counterparts in the other editions."""
    [item] = json.loads(dumps(standard))["editions"]
    assert item["key"] == "etsi-en-304-223@2.1.1"
    assert set(item["provisions"][0]["counterparts"]) == {"uk-ai-cop@2025-01", "etsi-ts-104-223@1.1.1"}


def test_an_edition_of_a_user_has_no_registry(mini: Catalogue) -> None:
    """A user's edition is refused, since its counterparts are unknown."""
    with pytest.raises(UnknownEdition, match="contains only shipped editions"):
        dumps(mini)
