"""Plans: provisions in waves that can be worked on in parallel, and the longest chain through the waves."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import html_table, shown
from aicop._pydantic import field_type
from aicop.errors import count_phrase
from aicop.graph.order import order_of_work
from aicop.ids import ProvisionId
from aicop.model.converters import as_tuple
from aicop.model.dependency import Dependency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aicop.graph.filters import Follows


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class WaveMember:
    """
    A provision in a wave, with the dependencies that lead to it.

    Those that the waves follow are in `after` and `unmet`. The others are advice and are in the other three.
    """

    id: ProvisionId
    after: tuple[Dependency, ...] = attrs.field(default=(), converter=as_tuple[Dependency, ...])
    """The followed dependencies on earlier waves, which are the reason for this wave."""
    unmet: tuple[Dependency, ...] = attrs.field(default=(), converter=as_tuple[Dependency, ...])
    """The followed dependencies on this wave or a later one, which lie on cycles."""
    better_after: tuple[Dependency, ...] = attrs.field(default=(), converter=as_tuple[Dependency, ...])
    """The advice for the order inside the wave. Two provisions may each be better after the other."""
    helped_by: tuple[Dependency, ...] = attrs.field(default=(), converter=as_tuple[Dependency, ...])
    """The advice that is met, because the prerequisite is in an earlier wave."""
    revisit_after: tuple[Dependency, ...] = attrs.field(default=(), converter=as_tuple[Dependency, ...])
    """The advice that is not met, because the prerequisite is in a later wave."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Wave:
    """Provisions that can be worked on in parallel."""

    number: int
    """The first wave has the number 1."""
    members: tuple[WaveMember, ...] = attrs.field(converter=as_tuple[WaveMember, ...])
    """In printed order."""

    def __repr__(self) -> str:
        return f"<Wave {self.number}: {count_phrase(len(self.members), 'provision')}>"

    def _repr_html_(self) -> str:
        columns = ("key", "after", "unmet", "better_after", "helped_by", "revisit_after")
        rows = (
            (item.id, *([one.prerequisite.number for one in getattr(item, name)] for name in columns[1:]))
            for item in self.members
        )
        return html_table(repr(self)[1:-1], columns, rows, len(self.members))


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class PathStep:
    """A provision on a critical path."""

    id: ProvisionId
    weight: float
    reasons: tuple[Dependency, ...] = attrs.field(converter=as_tuple[Dependency, ...])
    """The followed dependencies on the provision before, the strongest first; empty for the first provision."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class CriticalPath:
    """The longest chain of dependencies that a plan follows."""

    steps: tuple[PathStep, ...] = attrs.field(converter=as_tuple[PathStep, ...])
    """In the order of work."""
    unmet: tuple[Dependency, ...] = attrs.field(converter=as_tuple[Dependency, ...])
    """The followed dependencies that waves do not meet, because they lie on cycles. No chain has them."""
    aside: tuple[Dependency, ...] = attrs.field(converter=as_tuple[Dependency, ...])
    """The dependencies that were not followed."""

    @property
    def length(self) -> float:
        """The sum of the weights of the provisions: their number, unless there are other weights."""
        return sum(step.weight for step in self.steps)

    def __repr__(self) -> str:
        return f"<CriticalPath of length {self.length}: {count_phrase(len(self.steps), 'provision')}>"

    def _repr_html_(self) -> str:
        rows = (
            (place, step.id, step.weight, [f"{one.kind.value}: {one.rationale}" for one in step.reasons])
            for place, step in enumerate(self.steps, start=1)
        )
        return html_table(repr(self)[1:-1], ("place", "key", "weight", "reasons"), rows, len(self.steps))


def wave_numbers(ids: Sequence[ProvisionId], followed: Sequence[Dependency]) -> dict[ProvisionId, int]:
    """Return the number of the wave of each provision, from 1; *ids* are in printed order."""
    before = defaultdict(list)
    for item in followed:
        before[item.dependant].append(item.prerequisite)
    found: dict[ProvisionId, int] = {}
    # The order visits prerequisites first. One that has no wave yet comes later in a cycle, and is not met.
    for one in order_of_work(ids, followed).sequence:
        found[one] = 1 + max((found[other] for other in before[one] if other in found), default=0)
    return found


def waves(ids: Sequence[ProvisionId], dependencies: Sequence[Dependency], follows: Follows) -> tuple[Wave, ...]:
    """Return the provisions in waves; see `aicop.graph.DependencyGraph.waves`."""
    number = wave_numbers(ids, [item for item in dependencies if follows(item)])
    found: dict[ProvisionId, dict[str, list[Dependency]]] = {one: {} for one in ids}
    for item in dependencies:
        before, after = number[item.prerequisite], number[item.dependant]
        if follows(item):
            part = "after" if before < after else "unmet"
        elif before < after:
            part = "helped_by"
        else:
            part = "better_after" if before == after else "revisit_after"
        found[item.dependant].setdefault(part, []).append(item)
    members = defaultdict(list)
    for one in ids:
        members[number[one]].append(WaveMember(id=one, **found[one]))
    return tuple(Wave(number=one, members=members[one]) for one in sorted(members))


def critical_path(
    ids: Sequence[ProvisionId],
    dependencies: Sequence[Dependency],
    follows: Follows,
    weights: Mapping[ProvisionId, float],
) -> CriticalPath:
    """Return the longest chain; see `aicop.graph.DependencyGraph.critical_path`."""
    for one, weight in weights.items():
        if weight < 0 or not math.isfinite(weight):
            message = f"the weight of {one} is {weight}, and must be a finite number that is not negative"
            raise ValueError(message)
    followed = [item for item in dependencies if follows(item)]
    number = wave_numbers(ids, followed)
    after: dict[ProvisionId, dict[ProvisionId, list[Dependency]]] = {one: {} for one in ids}
    unmet = []
    for item in followed:
        if number[item.prerequisite] < number[item.dependant]:
            after[item.prerequisite].setdefault(item.dependant, []).append(item)
        else:
            unmet.append(item)
    # From the last wave to the first, so that the longest chains from all dependants are known.
    position = {one: place for place, one in enumerate(ids)}
    longest: dict[ProvisionId, float] = {}

    def rank(one: ProvisionId) -> tuple[float, int]:
        return -longest[one], position[one]

    following: dict[ProvisionId, ProvisionId] = {}
    for one in sorted(ids, key=number.__getitem__, reverse=True):
        longest[one] = weights.get(one, 1)
        if after[one]:
            following[one] = min(after[one], key=rank)
            longest[one] += longest[following[one]]
    steps: list[PathStep] = []
    reasons: list[Dependency] = []
    here = min(ids, key=rank, default=None)
    while here is not None:
        steps.append(PathStep(id=here, weight=weights.get(here, 1), reasons=reasons))
        there = following.get(here)
        reasons = [] if there is None else after[here][there]
        here = there
    return CriticalPath(steps=steps, unmet=unmet, aside=[item for item in dependencies if not follows(item)])
