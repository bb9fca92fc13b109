"""Status: the states of an assessment at a date, counted by statement, provision, principle, phase or role."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.status.states import State, StatementState, state_of_unit
from aicop.ids import EditionId, StatementId
from aicop.model.converters import as_tuple
from aicop.vocabulary import Modality, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aicop.catalogue.catalogue import Catalogue


class Level(Vocabulary):
    """The units of which a status can be asked."""

    STATEMENT = "statement"
    PROVISION = "provision"
    PRINCIPLE = "principle"
    PHASE = "phase"
    EDITION = "edition"
    ROLE = "role"


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Count:
    """The number of statements of a unit with a modality and a state."""

    modality: Modality
    state: State
    statements: int


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class UnitStatus:
    """The status of a unit: that of what it requires and that of what it recommends, and the counts behind them."""

    key: str
    """The canonical id of the unit, or the name of a role."""
    title: str
    shall: State | None
    """The state of its *shall* statements; None if it has none, so that it never passes by that."""
    should: State | None
    """The state of its *should* statements; None if it has none."""
    statements: int
    """The number of its statements."""
    in_scope: int
    """The number of its statements that are not out of scope."""
    counts: tuple[Count, ...] = attrs.field(converter=as_tuple[Count, ...])
    """The number of its statements by modality and state, without zeros; they add up to *statements*."""

    def count(self, *states: State | str, modality: Modality | str | None = None) -> int:
        """Return the number of its statements in any of these states, of all modalities or of one."""
        wanted = {State(state) for state in states}
        kind = None if modality is None else Modality(modality)
        return sum(
            item.statements for item in self.counts if item.state in wanted and (kind is None or item.modality is kind)
        )


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Status:
    """The status of a system at a date. It is about the system, and is not compliance."""

    system: str
    edition: EditionId
    on: str
    """The ISO date at which it was asked."""
    units: tuple[UnitStatus, ...] = attrs.field(converter=as_tuple[UnitStatus, ...])
    """The units of the level, in printed order; roles in the order of the vocabulary."""


_PLACES = {pair: place for place, pair in enumerate(itertools.product(Modality, State))}
"""The order of counts."""


def unit_status(key: str, title: str, states: Iterable[StatementState]) -> UnitStatus:
    """Return the status of a unit from the states of its statements."""
    listed = tuple(states)
    counted = Counter((item.modality, item.state) for item in listed)
    shall, should = (
        state_of_unit(item.state for item in listed if item.modality is modality)
        for modality in (Modality.SHALL, Modality.SHOULD)
    )
    return UnitStatus(
        key=key,
        title=title,
        shall=shall,
        should=should,
        statements=len(listed),
        in_scope=sum(item.state is not State.OUT_OF_SCOPE for item in listed),
        counts=[
            Count(modality=modality, state=state, statements=counted[modality, state])
            for modality, state in sorted(counted, key=_PLACES.__getitem__)
        ],
    )


def units_of(
    catalogue: Catalogue, actions: Mapping[StatementId, str], states: Sequence[StatementState], by: Level
) -> Iterator[UnitStatus]:
    """
    Yield the status of each unit of a level, in printed order; roles are none of them.

    *actions* are what the statements ask, by id, and *states* the states of all statements.
    """
    if by is Level.EDITION:
        yield unit_status(str(catalogue.id), catalogue.edition.title, states)
        return
    if by is Level.STATEMENT:
        yield from (unit_status(str(one.key), actions[one.key], [one]) for one in states)
        return
    inside: dict[object, list[StatementState]] = {}
    for one in states:
        item = catalogue[one.key.provision]
        unit = {Level.PROVISION: item.id, Level.PRINCIPLE: item.principle, Level.PHASE: item.phase}[by]
        inside.setdefault(unit, []).append(one)
    titles: list[tuple[object, str]]
    if by is Level.PROVISION:
        titles = [(item.id, item.title) for item in catalogue.values()]
    elif by is Level.PRINCIPLE:
        titles = [(owner.id, owner.title) for owner in catalogue.principles]
    else:
        titles = [(phase.id, phase.title) for phase in catalogue.phases]
    yield from (unit_status(str(key), title, inside.get(key, [])) for key, title in titles)
