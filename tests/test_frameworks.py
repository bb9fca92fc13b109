"""A framework that a user brings."""

from __future__ import annotations

import json

import pytest

from aicop.errors import Fault, InvalidDocument
from aicop.frameworks import loads
from aicop.ids import EditionId
from aicop.model import Control, Framework

OWN = Framework(
    id=EditionId("own", "2026"),
    title="Our controls",
    publisher=None,
    controls=(
        Control(id="AC", parent=None, kind="family", title="Access"),
        Control(id="AC-1", parent="AC", kind="control", title=None),
    ),
)
FACTS = {"framework": "own", "edition": "2026", "title": "Our controls"}
TSV = "id\tparent\tkind\ttitle\nAC\t\tfamily\tAccess\nAC-1\tAC\tcontrol\t\n"
JSON = FACTS | {
    "controls": [{"id": "AC", "kind": "family", "title": "Access"}, {"id": "AC-1", "parent": "AC", "kind": "control"}]
}


def test_the_same_framework_loads_from_every_format() -> None:
    """TSV, CSV and JSON."""
    assert loads(TSV, "own.tsv", **FACTS) == OWN
    assert loads(TSV.replace("\t", ","), "own.csv", **FACTS) == OWN
    assert loads(json.dumps(JSON)) == OWN


def test_faults_of_a_table_name_lines() -> None:
    """All at once."""
    content = "id\tparent\tkind\nA\tB\tx\nA\t\tx\nC\tD\tx\nD\tC\tx\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(content, "own.tsv", **FACTS)
    assert caught.value.faults == (
        Fault("own.tsv", "line 3", "A stands at line 2 already"),
        Fault("own.tsv", "line 2", "there is no control B"),
        Fault("own.tsv", "line 4", "C is below D is below C: a circle"),
    )


def test_faults_of_json_name_paths() -> None:
    """Like those of an edition."""
    broken = JSON | {"controls": [{"id": "A", "kind": "x", "parent": "A"}]}
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(broken), "own.json")
    assert caught.value.faults == (Fault("own.json", "controls[0].parent", "A is below A: a circle"),)


def test_json_holds_its_facts_itself() -> None:
    """Facts given beside it are not overlooked."""
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(JSON), "own.json", title="x")
    assert caught.value.faults == (Fault("own.json", "title", "given beside a file that holds it itself"),)


def test_facts_are_checked_like_fields() -> None:
    """A table without a title has no name."""
    with pytest.raises(InvalidDocument) as caught:
        loads(TSV, "own.tsv", framework="own")
    assert caught.value.faults == (
        Fault("own.tsv", "edition", "this field is missing"),
        Fault("own.tsv", "title", "this field is missing"),
    )
