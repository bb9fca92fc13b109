"""What the search of the explorer finds: editions, principles, provisions, roles, frameworks and their elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.report.explorer.search_index import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.model.edition import Provision


def edition_entries(catalogue: Catalogue, graph: DependencyGraph) -> Iterator[Entry]:
    """Yield what can be found of an edition; provisions also by the words of their guidance and artefacts."""
    edition = catalogue.edition
    yield _entry(catalogue.id, edition.title, "edition", edition.publisher)
    for phase in catalogue.phases:
        yield _entry(phase.id, phase.title, "phase")
    for principle in catalogue.principles:
        yield _entry(principle.id, principle.title, "principle", principle.preamble)
    flows = {flow.provision: (*flow.produces, *flow.maintains, *flow.uses) for flow in graph.flows}
    for item in catalogue.values():
        artefacts = [artefact.title for artefact in flows.get(item.id, ())]
        yield _entry(item.id, item.title, "provision", *_provision_texts(item), *artefacts)
    for holder in catalogue.stakeholders:
        yield _entry(f"{catalogue.id}:{holder.role}", holder.role, "role", holder.definition)


def _provision_texts(item: Provision) -> Iterator[str | None]:
    for said in item.statements:
        yield from (said.who, said.modality, said.action, said.condition)
        yield from (other.party for other in said.counterparties)
        yield from (remark.text for remark in said.remarks)
    if item.guidance is not None:
        yield item.guidance.threat_summary
        yield from (threat.title for threat in item.guidance.threats)
        yield from (measure.heading for measure in item.guidance.measures)


def framework_entries(framework: Framework, *, wording: bool) -> Iterator[Entry]:
    """Yield a framework and its elements; the words of elements are found only with *wording*."""
    yield _entry(framework.id, framework.edition.title, "framework", framework.edition.publisher)
    for item in framework.controls:
        yield _entry(item.id, item.title or "", item.kind, item.words if wording else None)


def _entry(key: object, title: str, kind: str, *texts: str | None) -> Entry:
    return Entry(key=str(key), title=title, kind=kind, text=" ".join(filter(None, texts)))
