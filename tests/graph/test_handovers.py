"""Artefacts that one party must hand over to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.graph import graph

if TYPE_CHECKING:
    from aicop import Catalogue


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
