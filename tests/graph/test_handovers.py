"""Artefacts that one party must hand over to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.graph import graph

if TYPE_CHECKING:
    from aicop import Catalogue


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
