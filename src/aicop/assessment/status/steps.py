"""What to do next: the open statements in an order of work, with what is owed and what waits for them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.roles import Roles, roles_of
from aicop.assessment.status.states import Flag, State, StatementState
from aicop.ids import ProvisionId, StatementId
from aicop.model.converters import as_tuple
from aicop.model.dependency import Artefact
from aicop.vocabulary import Modality, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.assessment.assessment import Assessment
    from aicop.graph.dependency_graph import DependencyGraph

_PERMISSIONS = frozenset({Modality.MAY, Modality.CAN})
_TO_REVIEW = frozenset({Flag.MARKED, Flag.CHANGED})


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class NextStep:
    """A statement on which something is to be done."""

    key: StatementId
    title: str
    """The title of its provision."""
    action: str
    """What it asks."""
    state: StatementState
    """Its state, with the reasons, the flags and the verdict."""
    roles: tuple[Role, ...] = attrs.field(converter=as_tuple[Role, ...])
    """The roles held that it binds."""
    owner: str | None
    """Who works on it; None if no row says so."""
    due: str | None
    """The ISO date by which it is to be done; None if no row says so."""
    waits_for: tuple[ProvisionId, ...] = attrs.field(converter=as_tuple[ProvisionId, ...])
    """The provisions on which its provision depends and which are open too, in printed order."""
    blocks: tuple[ProvisionId, ...] = attrs.field(converter=as_tuple[ProvisionId, ...])
    """The provisions that depend on its provision and are open too, in printed order."""
    artefacts: tuple[Artefact, ...] = attrs.field(converter=as_tuple[Artefact, ...])
    """The artefacts that its provision has people produce or maintain; each names the usual evidence for it."""

    @property
    def usual_evidence(self) -> tuple[str, ...]:
        """The usual forms of evidence for its artefacts, each once."""
        return tuple(dict.fromkeys(form for item in self.artefacts for form in item.evidence))


def next_steps(
    assessment: Assessment, on: Day, *, graph: DependencyGraph | None = None, role: Roles | None = None
) -> tuple[NextStep, ...]:
    """
    Return the statements on which something is to be done at a date, in the order of work.

    They are those that fail, are stale, inconclusive or not assessed, and those whose verdict waits for a review. A
    permission (*may*, *can*) without a verdict is not one of them. The order, and what waits for what, are those of
    *graph*, which `Library.graph` returns with your own dependencies; by default, of the dependencies that ship. Only
    the dependencies that plans follow count; see `aicop.graph.DependencyGraph.waves`. With *role*, which may be
    several, only statements that bind one of them are returned.

    Raises:
        UnknownTerm: there is no such role.
    """
    # Imported here, because a status needs no graph.
    from aicop.graph.dependency_graph import graph as graph_of
    from aicop.graph.filters import dependency_filter

    day, wanted, catalogue = day_of(on), roles_of(role), assessment.catalogue
    whole = graph if graph is not None else graph_of(catalogue)
    steps = {item.key: item for item in assessment.states(day) if _is_step(item)}
    open_provisions = {key.provision for key in steps}
    before, after = defaultdict(set), defaultdict(set)
    follows = dependency_filter(None)
    for edge in whole.dependencies:
        if follows(edge) and {edge.prerequisite, edge.dependant} <= open_provisions:
            before[edge.dependant].add(edge.prerequisite)
            after[edge.prerequisite].add(edge.dependant)
    printed = {key: place for place, key in enumerate(catalogue)}
    flows = {flow.provision: (*flow.produces, *flow.maintains) for flow in whole.flows}
    shown = {item.key: item for item in assessment.states(day, role=wanted) if _is_step(item)}
    return tuple(
        NextStep(
            key=key,
            title=catalogue[key.provision].title,
            action=assessment.statements[key].action,
            state=shown[key],
            roles=[one for one in assessment.roles_bound(key) if wanted is None or one in wanted],
            owner=_stated(assessment, key, "owner"),
            due=_stated(assessment, key, "due"),
            waits_for=sorted(before[key.provision], key=printed.__getitem__),
            blocks=sorted(after[key.provision], key=printed.__getitem__),
            artefacts=dict.fromkeys(flows.get(key.provision, ())),
        )
        for key in _in_order(whole, assessment)
        if key in shown
    )


def _is_step(item: StatementState) -> bool:
    if item.modality in _PERMISSIONS and item.state is State.NOT_ASSESSED:
        return False
    return item.open or not _TO_REVIEW.isdisjoint(item.flags)


def _in_order(graph: DependencyGraph, assessment: Assessment) -> Iterator[StatementId]:
    """Yield all statements in the order of work, those of a provision in printed order."""
    place = {key: number for number, key in enumerate(graph.order().sequence)}
    # What is not in the graph, which may be a part of one, comes last.
    yield from sorted(assessment.statements, key=lambda key: place.get(key.provision, len(place)))


def _stated(assessment: Assessment, key: StatementId, column: str) -> str | None:
    """Return the cell of the first row of a statement that has one; a day is the earliest."""
    found = [value for row in assessment.rows(key) if (value := getattr(row, column)) is not None]
    return min(found, default=None) if column == "due" else next(iter(found), None)
