"""Editions with a valid form that contradict themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from aicop.catalogue import loads
from aicop.errors import InvalidDocument
from tests.examples import mini_edition

if TYPE_CHECKING:
    from collections.abc import Callable


def faults(change: Callable[[dict[str, Any]], object]) -> list[tuple[str, str]]:
    """Break the hand-made edition and return its faults of consistency."""
    data = mini_edition()
    change(data)
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(data), "mini.json")
    return [(fault.path, fault.problem) for fault in caught.value.faults]


def provisions(data: dict[str, Any], principle: int = 0) -> list[dict[str, Any]]:
    """Return the provisions of a principle."""
    found: list[dict[str, Any]] = data["phases"][principle]["principles"][0]["provisions"]
    return found


FIRST, SECOND = "phases[0].principles[0].provisions", "phases[1].principles[0].provisions"
INCONSISTENT: list[tuple[str, Callable[[dict[str, Any]], object], list[tuple[str, str]]]] = [
    (
        "repeated number",
        lambda d: provisions(d, 1)[0].update(number="1.2"),
        [
            (f"{SECOND}[0].number", f"1.2 is already used at {FIRST}[2].number"),
            (f"{SECOND}[0].number", "1.2 must begin with 2. in this principle"),
        ],
    ),
    (
        "missing parent",
        lambda d: provisions(d)[1].update(parent="1.9"),
        [
            (f"{FIRST}[1].parent", "there is no provision 1.9"),
            (f"{FIRST}[1].parent", "1.1.1 is not numbered as a sub-provision of 1.9"),
        ],
    ),
    (
        "circle of parents",
        lambda d: provisions(d)[0].update(parent="1.1.1"),
        [
            (f"{FIRST}[0].parent", "the parents form a cycle: 1.1 is below 1.1.1 is below 1.1"),
            (f"{FIRST}[0].parent", "1.1 is not numbered as a sub-provision of 1.1.1"),
        ],
    ),
    (
        "own parent",
        lambda d: provisions(d)[0].update(parent="1.1"),
        [(f"{FIRST}[0].parent", "the parents form a cycle: 1.1 is below 1.1")],
    ),
    (
        "missing source",
        lambda d: provisions(d)[0].update(source="x"),
        [(f"{FIRST}[0].source", "the source 'x' is not listed in sources")],
    ),
    (
        "missing source of the edition",
        lambda d: d.update(source="x"),
        [("source", "the source 'x' is not listed in sources")],
    ),
    (
        "repeated slug and number",
        lambda d: (d["phases"][1].update(slug="secure-start"), d["phases"][1]["principles"][0].update(number=1)),
        [
            ("phases[1].slug", "secure-start is already used at phases[0].slug"),
            ("phases[1].principles[0].number", "1 is already used at phases[0].principles[0].number"),
            (f"{SECOND}[0].number", "2.1 must begin with 1. in this principle"),
            (f"{SECOND}[1].number", "2.10 must begin with 1. in this principle"),
        ],
    ),
    (
        "repeated source",
        lambda d: d["sources"].append(d["sources"][0]),
        [("sources[1].key", "text is already used at sources[0].key")],
    ),
    (
        "pointer to nowhere",
        lambda d: provisions(d)[0].update(pointers=[{"clause": "9", "principle": 9, "purpose": "x"}]),
        [(f"{FIRST}[0].pointers[0].principle", "there is no principle 9")],
    ),
    (
        "joiner without need",
        lambda d: provisions(d)[0]["statements"][0].update(joiner="and"),
        [(f"{FIRST}[0].statements[0].joiner", "a single duty holder takes no joiner; remove it")],
    ),
    (
        "joiner missing, role twice",
        lambda d: provisions(d)[0]["statements"][0].update(duty_holders=["Developer", "Developer"]),
        [
            (f"{FIRST}[0].statements[0].duty_holders", "a role appears more than once"),
            (
                f"{FIRST}[0].statements[0].joiner",
                "several duty holders need a joiner, the word between them: 'and' or 'or' or 'and/or'",
            ),
        ],
    ),
    (
        "implied and printed",
        lambda d: provisions(d)[0]["statements"][0].update(attribution="implied"),
        [
            (
                f"{FIRST}[0].statements[0].as_printed",
                "required if the attribution is 'stated', and not allowed otherwise",
            )
        ],
    ),
    (
        "guide entry without guide",
        lambda d: provisions(d)[0].update(guidance="1.1"),
        [(f"{FIRST}[0].guidance", "the guide has no entry 1.1")],
    ),
    (
        "wrong order",
        lambda d: provisions(d).reverse(),
        [
            (f"{FIRST}[1].number", "1.1.1 is out of order after 1.2"),
            (f"{FIRST}[2].number", "1.1 is out of order after 1.1.1"),
        ],
    ),
    (
        "clause that the numbers do not have",
        lambda d: d["phases"][0]["principles"][0].update(clause="5.1.1"),
        [
            (f"{FIRST}[{i}].number", f"{n} must begin with 5.1.1- in this principle")
            for i, n in enumerate(["1.1", "1.1.1", "1.2"])
        ],
    ),
    (
        "repeated term, of an unknown source",
        lambda d: d.update(terms=[{"name": "a", "source": "text"}, {"name": "a", "source": "x"}]),
        [
            ("terms[1].name", "a is already used at terms[0].name"),
            ("terms[1].source", "the source 'x' is not listed in sources"),
        ],
    ),
    (
        "unknown guide",
        lambda d: d.update(guidance="../x"),
        [("guidance", "no such guide ships with aicop; use one of: uk-ai-cop@2025-01")],
    ),
    (
        "several at once",
        lambda d: (provisions(d)[1].update(parent="1.9", source="x"), provisions(d, 1)[0].update(number="1.2")),
        [
            (f"{SECOND}[0].number", f"1.2 is already used at {FIRST}[2].number"),
            (f"{FIRST}[1].parent", "there is no provision 1.9"),
            (f"{FIRST}[1].parent", "1.1.1 is not numbered as a sub-provision of 1.9"),
            (f"{SECOND}[0].number", "1.2 must begin with 2. in this principle"),
            (f"{FIRST}[1].source", "the source 'x' is not listed in sources"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"), [row[1:] for row in INCONSISTENT], ids=[row[0] for row in INCONSISTENT]
)
def test_every_inconsistency_is_reported(
    change: Callable[[dict[str, Any]], object], expected: list[tuple[str, str]]
) -> None:
    """All inconsistencies are raised at once, each with its place."""
    assert faults(change) == expected
