"""What one party must pass to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.graph import graph

if TYPE_CHECKING:
    from aicop import Catalogue


def test_handovers_tell_who_owes_whom_what(code: Catalogue) -> None:
    """With the strength of the statement that asks for it, and nobody to themselves."""
    found = graph(code).handovers()
    told = {(i.artefact.key, i.giver, i.receiver, i.provision.number): i.modality.value for i in found if i.stated}
    assert told["system-documentation", "Developer", "System Operator", "8.1"] == "should"
    assert told["component-hashes", "Developer", "other stakeholders", "8.1.2"] == "shall"
    assert told["configuration-change-log", "Developer", "End-user", "8.3"] == "may"
    assert all(i.giver != i.receiver for i in found)
    assert [i.stated for i in found] == sorted((i.stated for i in found), reverse=True)
    assert graph(code).subgraph(phase="secure-end-of-life").handovers() == ()
