"""Dependency graphs as plain data for the explorer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.records import to_plain
from aicop.report.explorer.drawing import drawing_data
from aicop.vocabulary import DependencyKind

if TYPE_CHECKING:
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.model.dependency import Dependency, Flow
    from aicop.report.explorer.editions import Plain
    from aicop.report.explorer.texts import Texts


def graph_data(graph: DependencyGraph, texts: Texts) -> Plain:
    """Return the dependencies of an edition, where they are drawn, and what flows in it."""
    return {
        "edition": str(graph.catalogue.id),
        "kinds": [kind.value for kind in DependencyKind],
        "edges": [_edge(item, texts) for item in graph.dependencies],
        "flows": [_flow(item) for item in graph.flows],
        "drawing": drawing_data(graph),
    }


def _edge(item: Dependency, texts: Texts) -> list[Any]:
    """Return the columns of a dependency: from, to, kind, basis, rationale, confidence, artefacts, suspect."""
    return [
        item.prerequisite.number,
        item.dependant.number,
        item.kind.value,
        item.basis.value,
        texts.place(item.rationale),
        item.confidence,
        [artefact.key for artefact in item.artefacts],
        int(item.suspect),
    ]


def _flow(item: Flow) -> Plain:
    return {
        "provision": str(item.provision),
        "produces": [artefact.key for artefact in item.produces],
        "maintains": [artefact.key for artefact in item.maintains],
        "uses": [artefact.key for artefact in item.uses],
        "passes": [
            {"artefact": one.artefact.key, "giver": one.giver.value, "receiver": one.receiver} for one in item.passes
        ],
    }


def artefacts_data(graph: DependencyGraph) -> dict[str, Any]:
    """Return the artefacts of a graph by key."""
    return {item.key: to_plain(item) for item in graph.artefacts}
