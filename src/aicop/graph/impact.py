"""Impact: the provisions that are at risk if others fail, grouped by how the failure reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import html_table, one_line, shown
from aicop._pydantic import field_type
from aicop.errors import count_phrase
from aicop.graph.handovers import duty_holders
from aicop.ids import ProvisionId
from aicop.model.converters import as_tuple
from aicop.model.dependency import Dependency
from aicop.model.edition import Statement
from aicop.vocabulary import DependencyKind, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import networkx as nx

    from aicop.catalogue.catalogue import Catalogue
    from aicop.graph.filters import Follows


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class AtRisk:
    """A provision that is at risk if others fail."""

    id: ProvisionId
    distance: int
    """The length of the shortest path to it, in dependencies."""
    through: ProvisionId | None
    """The direct dependant through which the failure arrives; None if this provision is one itself."""
    entry: DependencyKind
    """The kind of the first step of the path. If there are several, it is the strongest."""
    step: Dependency
    """The last step of the path; `Impact.path` has all of them."""
    kinds: tuple[DependencyKind, ...] = attrs.field(converter=as_tuple[DependencyKind, ...])
    """The kinds of the last step on all shortest paths, the strongest first."""
    certain: bool
    """True if the failure is certain, because ``requires`` dependencies alone lead to it; otherwise it is at risk."""
    statements: tuple[Statement, ...]
    duty_holders: tuple[Role, ...]
    """The duty holders of its statements, without duplicates."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ImpactGroup:
    """The provisions that a failure reaches in the same way."""

    kind: DependencyKind
    """The kind of the first step from the provisions that fail."""
    through: ProvisionId | None
    """The direct dependant through which the failure arrives; None if the members are direct dependants."""
    members: tuple[AtRisk, ...] = attrs.field(converter=as_tuple[AtRisk, ...])
    """The nearest first, then in printed order."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Impact:
    """What is at risk if provisions fail, as `DependencyGraph.impact` returns it."""

    start: tuple[ProvisionId, ...] = attrs.field(converter=as_tuple[ProvisionId, ...])
    """The provisions that fail."""
    at_risk: tuple[AtRisk, ...] = attrs.field(converter=as_tuple[AtRisk, ...])
    """The nearest first, then in printed order."""
    aside: tuple[Dependency, ...] = attrs.field(converter=as_tuple[Dependency, ...])
    """The dependencies that lead on from `start` and `at_risk` to other provisions, and were not followed."""
    beyond: tuple[ProvisionId, ...] = attrs.field(converter=as_tuple[ProvisionId, ...])
    """The provisions to which `aside` leads, with all their direct and indirect dependants, unless they are at risk."""
    _steps: Mapping[ProvisionId, Dependency] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_steps", {item.id: item.step for item in self.at_risk})

    def __repr__(self) -> str:
        failing = ", ".join(item.number for item in self.start)
        # The numbers come last, because there may be many.
        counted = count_phrase(len(self.at_risk), "provision")
        return one_line(self, f"of {failing}: {counted} at risk, {len(self.beyond)} beyond")

    def _repr_html_(self) -> str:
        columns = ("distance", "key", "fails", "kinds", "duty_holders")
        rows = [
            (item.distance, item.id, "fails too" if item.certain else "at risk", item.kinds, item.duty_holders)
            for item in self.at_risk
        ]
        return html_table(repr(self)[1:-1], columns, rows, len(rows))

    @property
    def groups(self) -> tuple[ImpactGroup, ...]:
        """
        The provisions at risk by how the failure reaches them.

        The groups of direct dependants come first, the strongest kind first. Then there is one group for each direct
        dependant through which the failure reaches others, in printed order.
        """
        found: dict[tuple[DependencyKind, ProvisionId | None], list[AtRisk]] = {}
        for item in self.at_risk:
            found.setdefault((item.entry, item.through), []).append(item)
        direct = [(kind, None) for kind in DependencyKind]
        # Failures reach others only through direct dependants, which are in printed order already.
        indirect = [(item.entry, item.id) for item in self.at_risk]
        return tuple(
            ImpactGroup(kind=way[0], through=way[1], members=found[way]) for way in [*direct, *indirect] if way in found
        )

    def path(self, item: ProvisionId) -> tuple[Dependency, ...] | None:
        """
        Return a shortest path from a provision that fails to *item*, or None if *item* is not at risk.

        The path has the strongest dependency for each step, and is empty if *item* itself fails. Of several shortest
        paths it is the one that comes first in printed order, compared from the last step.
        """
        found: list[Dependency] = []
        while item in self._steps:
            found.append(self._steps[item])
            item = found[-1].prerequisite
        return tuple(reversed(found)) if item in self.start else None


def impact(
    catalogue: Catalogue,
    graph: nx.MultiDiGraph[ProvisionId],
    position: Mapping[ProvisionId, int],
    start: tuple[ProvisionId, ...],
    follows: Follows,
) -> Impact:
    """Return what is at risk if *start* fails; see `aicop.graph.DependencyGraph.impact`."""
    certain = set(_reach(graph, start, lambda item: follows(item) and item.kind is DependencyKind.REQUIRES))
    strength = {kind: place for place, kind in enumerate(DependencyKind)}
    found: dict[ProvisionId, AtRisk] = {}
    front, seen = list(start), set(start)
    left: list[Dependency] = []
    # Breadth-first search: each round finds the provisions at the next distance, with all steps that lead to them.
    while front:
        reached: dict[ProvisionId, list[Dependency]] = {}
        for item in _steps(graph, front):
            if item.dependant not in seen:
                if follows(item):
                    reached.setdefault(item.dependant, []).append(item)
                else:
                    left.append(item)
        front = sorted(reached, key=position.__getitem__)
        seen.update(front)
        for one in front:
            steps = sorted(reached[one], key=lambda item: (position[item.prerequisite], strength[item.kind]))
            before = found.get(steps[0].prerequisite)
            kinds = sorted({item.kind for item in steps}, key=strength.__getitem__)
            found[one] = AtRisk(
                id=one,
                distance=before.distance + 1 if before else 1,
                through=(before.through or before.id) if before else None,
                entry=before.entry if before else kinds[0],
                step=steps[0],
                kinds=kinds,
                certain=one in certain,
                statements=catalogue[one].statements,
                duty_holders=duty_holders(catalogue, one),
            )
    aside = sorted(
        # What was left aside in one round may have been reached in a later one.
        (item for item in left if item.dependant not in seen),
        key=lambda item: (position[item.dependant], position[item.prerequisite], strength[item.kind]),
    )
    beyond = _reach(graph, {item.dependant for item in aside}, lambda item: item.dependant not in seen)
    return Impact(start=start, at_risk=found.values(), aside=aside, beyond=sorted(beyond, key=position.__getitem__))


def _steps(graph: nx.MultiDiGraph[ProvisionId], front: Iterable[ProvisionId]) -> Iterator[Dependency]:
    """Yield the dependencies on the provisions in *front*."""
    edges: Iterable[tuple[ProvisionId, ProvisionId, Dependency]] = graph.out_edges(front, data="dependency")
    return (item for _, _, item in edges)


def _reach(
    graph: nx.MultiDiGraph[ProvisionId], start: Iterable[ProvisionId], wanted: Callable[[Dependency], bool]
) -> set[ProvisionId]:
    """Return *start* and all provisions to which the wanted dependencies lead from it."""
    seen = set(start)
    front = list(seen)
    while front:
        front = list({item.dependant for item in _steps(graph, front) if wanted(item)} - seen)
        seen.update(front)
    return seen
