"""Artefacts that one party must hand over to another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from aicop.catalogue import loads as load_edition
from aicop.graph import graph, loads
from aicop.graph.handovers import duty_holders
from tests.examples import mini_edition, plain_statement

if TYPE_CHECKING:
    from aicop import Catalogue
    from aicop.graph import DependencyGraph


# What the text says of each: when it applies, and to whom. The process of 10.3 is agreed with End-users alone.
CONDITIONS = {
    ("data-use-notice", "Developer", "System Operator", "10.1"): "the Developer is an external entity",
    ("data-use-notice", "System Operator", "End-user", "10.1"): None,
    ("end-user-guidance", "Developer", "System Operator", "10.2"): "the Developer is an external entity",
    ("configuration-change-log", "Developer", "End-user", "8.3"): "these have access to the model",
    ("component-hashes", "Developer", "other stakeholders", "8.1.2"): (
        "model components are made available to other stakeholders"
    ),
    ("update-notice", "System Operator", "End-user", "7.4"): "they intend to update models",
    ("system-documentation", "Developer", "System Operator", "8.1"): None,
    ("incident-support-process", "Developer", "End-user", "10.3"): None,
    ("unresolved-threat-notice", "System Operator", "End-user", "3.2"): (
        "AI security threats have been found that Developers cannot resolve"
    ),
}


def test_the_condition_of_a_duty_travels_with_the_handover(code: Catalogue) -> None:
    """A stated handover has the condition of the statement that requires it, and an inferred one has none."""
    found = graph(code).handovers()
    stated = {(i.artefact.key, i.giver, i.receiver, i.provision.number): i.condition for i in found if i.stated}
    assert {key: stated[key] for key in CONDITIONS} == CONDITIONS
    assert not any(item.condition for item in found if not item.stated)
    assert not [key for key in stated if key[2] == "Affected Entity"]


def test_handovers_name_giver_receiver_and_strength(code: Catalogue) -> None:
    """A handover has the modality of its statement, and nobody hands over to themselves."""
    found = graph(code).handovers()
    modalities = {
        (i.artefact.key, i.giver, i.receiver, i.provision.number): i.modality.value for i in found if i.stated
    }
    assert modalities["system-documentation", "Developer", "System Operator", "8.1"] == "should"
    assert modalities["component-hashes", "Developer", "other stakeholders", "8.1.2"] == "shall"
    assert modalities["configuration-change-log", "Developer", "End-user", "8.3"] == "may"
    assert all(i.giver != i.receiver for i in found)
    assert [i.stated for i in found] == sorted((i.stated for i in found), reverse=True)
    assert graph(code).subgraph(phase="secure-end-of-life").handovers() == ()


def duty(modality: str, holder: str, to: str | None = None, when: str | None = None) -> dict[str, Any]:
    """Return the plain data of a statement, perhaps towards another role and under a condition."""
    more: dict[str, Any] = {} if when is None else {"condition": when}
    if to is not None:
        party = {"role": to, "party": f"{to}s", "capacity": "given", "attribution": "stated"}
        more["counterparties"] = [party]
    return plain_statement(modality, holder, "act", **more)


def parties(statements: dict[str, list[dict[str, Any]]], flows: list[dict[str, Any]]) -> DependencyGraph:
    """Return a graph of the small edition with these statements and these flows of the artefacts plan and log."""
    data = mini_edition()
    for phase in data["phases"]:
        for provision in phase["principles"][0]["provisions"]:
            provision["statements"] = statements.get(provision["number"], provision["statements"])
    catalogue = load_edition(json.dumps(data))
    kept = {"title": "T", "kind": "document", "definition": "D.", "evidence": ["it"]}
    source = {"key": "own", "document": "D", "locator": "L", "grade": "judgement", "read": "2026-11-29"}
    own = {"artefacts": [{"key": key} | kept for key in ("plan", "log")], "flows": flows, "source": source}
    return graph(catalogue, loads(json.dumps(own | {"edition": "mini-code@1"}), catalogue, "own.json"))


def rows(found: DependencyGraph) -> list[tuple[object, ...]]:
    """Return the handovers of a graph as plain values."""
    return [
        (i.provision.number, i.artefact.key, i.giver, i.receiver, i.modality.value, i.stated, i.condition)
        for i in found.handovers()
    ]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param([("may", "Developer", "End-user", "late")], ("may", "late"), id="one"),
        pytest.param(
            [("may", "Developer", "End-user", "late"), ("shall", "Developer", "System Operator", None)],
            ("may", "late"),
            id="only the one that names the receiver",
        ),
        pytest.param(
            [("may", "Developer", "End-user", "late"), ("shall", "System Operator", "End-user", None)],
            ("may", "late"),
            id="only the one whose duty it is",
        ),
        pytest.param(
            [(verb, "Developer", "End-user", "late") for verb in ("may", "shall", "should")],
            ("shall", "late"),
            id="the strongest under the same condition",
        ),
        pytest.param(
            [("should", "Developer", "End-user", "late"), ("can", "Developer", "End-user", None)],
            ("should", None),
            id="one of them always",
        ),
        pytest.param(
            [("can", "Developer", "End-user", "late"), ("may", "Developer", "End-user", "early")],
            ("may", None),
            id="two conditions",
        ),
        pytest.param(
            [("can", "Developer", "System Operator", "late"), ("shall", "End-user", None, "late")],
            ("shall", "late"),
            id="all of them if none names both",
        ),
    ],
)
def test_a_handover_is_as_strong_as_the_statements_that_ask_for_it(
    statements: list[tuple[str, str, str | None, str | None]], expected: tuple[str, str | None]
) -> None:
    """It has the strongest modality of those with its giver and receiver, and a condition if they share one."""
    flow = {"provision": "1.1", "passes": [{"artefact": "plan", "giver": "Developer", "receiver": "End-user"}]}
    found = parties({"1.1": [duty(*one) for one in statements]}, [flow])
    assert rows(found) == [("1.1", "plan", "Developer", "End-user", expected[0], True, expected[1])]


def test_a_handover_is_inferred_from_use_alone() -> None:
    """From each role that produces the artefact to each that uses it, unless a user produces it or it is stated."""
    statements = {
        "1.1": [duty("shall", "Developer", "End-user"), duty("shall", "System Operator")],
        "1.1.1": [duty("can", "Developer"), duty("shall", "End-user")],
        "2.1": [duty("can", "End-user"), duty("should", "Data Custodian"), duty("may", "End-user")],
    }
    flows: list[dict[str, Any]] = [
        # Data Custodians use both, and End-users get the plan from Developers in any case.
        {"provision": "2.1", "uses": ["log", "plan"]},
        {"provision": "1.2", "passes": [{"artefact": "log", "giver": "Developer", "receiver": "staff"}]},
        {"provision": "1.1", "passes": [{"artefact": "plan", "giver": "Developer", "receiver": "End-user"}]},
        {"provision": "1.1", "produces": ["plan"]},
        # An End-user produces the log too.
        {"provision": "1.1.1", "produces": ["log"]},
    ]
    found = parties(statements, flows)
    inferred = [
        ("2.1", "plan", "Developer", "Data Custodian", "should", False, None),
        ("2.1", "plan", "System Operator", "End-user", "should", False, None),
        ("2.1", "plan", "System Operator", "Data Custodian", "should", False, None),
    ]
    stated = [
        ("1.1", "plan", "Developer", "End-user", "shall", True, None),
        ("1.2", "log", "Developer", "staff", "shall", True, None),
    ]
    assert rows(found) == [*stated, *inferred]
    # In a part of the graph, production and stated handovers elsewhere count as well.
    assert rows(found.subgraph(phase="secure-stop")) == inferred
    assert rows(found.subgraph(phase="secure-start")) == stated


def test_duty_holders_are_named_once_in_printed_order() -> None:
    """Those of several statements, in the order of the statements."""
    found = parties({"1.1": [duty("can", name) for name in ("End-user", "Developer", "End-user")]}, []).catalogue
    assert duty_holders(found, found["1.1"].id) == ("End-user", "Developer")
