"""Compare an assessment at two dates, from its history and the present."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.editing.upgrading import carried_rows, edition_of_mark
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.states import State, StatementState
from aicop.assessment.status.units import Level, UnitStatus
from aicop.ids import StatementId
from aicop.library.library import Library
from aicop.model.converters import as_tuple
from aicop.vocabulary import Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.assessment.assessment import Assessment
    from aicop.ids import EditionId
    from aicop.model.assessment import VerdictRow
    from aicop.vocabulary import Role

    Which = tuple[StatementId, Role | None]


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class StateChange:
    """A statement whose state differs between two dates."""

    key: StatementId
    then: StatementState
    now: StatementState


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class UnitChange:
    """The status of a unit at two dates, also if it is the same."""

    then: UnitStatus
    now: UnitStatus

    @property
    def changed(self) -> bool:
        """Whether its status or one of its counts differs."""
        return self.then != self.now


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class CountChange:
    """The number of statements with a modality and a state at two dates."""

    modality: Modality
    state: State
    then: int
    now: int


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Progress:
    """What changed in an assessment between two dates."""

    system: str
    since: str
    until: str
    changes: tuple[StateChange, ...] = attrs.field(converter=as_tuple[StateChange, ...])
    """The statements whose state differs, in printed order."""
    units: tuple[UnitChange, ...] = attrs.field(converter=as_tuple[UnitChange, ...])
    """The status of each unit at both dates, in printed order."""
    counts: tuple[CountChange, ...] = attrs.field(converter=as_tuple[CountChange, ...])
    """The number of statements at both dates, by modality and state, without those that are zero at both."""
    undated: tuple[StatementId, ...] = attrs.field(converter=as_tuple[StatementId, ...])
    """The statements with a verdict that is neither recorded nor dated, which counts only as of today."""


def compare(
    assessment: Assessment,
    since: Day,
    until: Day,
    *,
    by: Level | str = "principle",
    library: Library | None = None,
) -> Progress:
    """
    Return what changed in an assessment between two dates.

    What was known at a date follows from the history: for each statement and role, the last row recorded by then. The
    first row that is known of a verdict counts from the day on which it was assessed. Verdicts changed by hand count
    from the day on which they were assessed; if that is not known, for *until* alone. Verdicts that were recorded
    before an upgrade are carried to the edition of today through the lineage of *library*, by default of what ships.
    Files of evidence count only for *until*, because nothing is known of how they were.

    Raises:
        ValueError: *since* is later than *until*, or one of them is not an ISO date.
        UnknownTerm: there is no such level.
        UnknownEdition: an edition of the history is not in the library.
        NoLineage: no lineage connects the editions.
    """
    first, last = day_of(since), day_of(until)
    if first > last:
        message = f"{first} is later than {last}; compare with an earlier date"
        raise ValueError(message)
    before = attrs.evolve(as_of(assessment, first, library=library), files={})
    after = as_of(assessment, last, library=library, with_undated=True)
    then, now = before.states(first), after.states(last)
    counted = [{(one.modality, one.state): 0 for one in (*then, *now)} for _ in range(2)]
    for counts, states in zip(counted, (then, now), strict=True):
        for one in states:
            counts[one.modality, one.state] += 1
    return Progress(
        system=assessment.system.name,
        since=first,
        until=last,
        changes=[
            StateChange(key=one.key, then=one, now=other)
            for one, other in zip(then, now, strict=True)
            if one.state is not other.state
        ],
        units=[
            UnitChange(then=one, now=other)
            for one, other in zip(before.status(first, by).units, after.status(last, by).units, strict=True)
        ],
        counts=[
            CountChange(
                modality=modality, state=state, then=counted[0][modality, state], now=counted[1][modality, state]
            )
            for modality in Modality
            for state in State
            if (modality, state) in counted[0]
        ],
        undated=dict.fromkeys(row.key for row, known in _by_hand(assessment) if known is None),
    )


def trend(
    assessment: Assessment, days: Iterable[Day], *, library: Library | None = None
) -> tuple[tuple[str, UnitStatus], ...]:
    """
    Return the status of the whole edition at several dates, each with its ISO date, in the order of *days*.

    What was known at a date follows from the history; see `compare`. Verdicts that are neither recorded nor dated count
    for the last of the dates.
    """
    asked = tuple(map(day_of, days))
    found = []
    for day in asked:
        known = as_of(assessment, day, library=library, with_undated=day == max(asked))
        [unit] = known.status(day, Level.EDITION).units
        found.append((day, unit))
    return tuple(found)


def as_of(assessment: Assessment, on: Day, *, library: Library | None = None, with_undated: bool = False) -> Assessment:
    """
    Return an assessment with the verdicts that were known at a date, in the edition of today; see `compare`.

    *with_undated* adds those that are neither recorded nor dated.

    Raises:
        UnknownEdition: an edition of the history is not in the library.
        NoLineage: no lineage connects the editions.
    """
    day = day_of(on)
    bases = tuple(as_of(base, day, library=library, with_undated=with_undated) for base in assessment.bases)
    edition = _edition_at(assessment, day)
    found = _recorded_rows(assessment, day, edition)
    rows: Iterable[VerdictRow]
    if edition == assessment.catalogue.id:
        for row, known in _by_hand(assessment):
            if with_undated if known is None else known <= day:
                found[row.key, row.role] = row
        if with_undated and all(item.recorded <= day for item in assessment.history):
            # What was deleted by hand is no longer there.
            found = {which: row for which, row in found.items() if which in _which(assessment)}
        rows = found.values()
    else:
        known_to = Library() if library is None else library
        system = attrs.evolve(assessment.system, edition=edition)
        catalogue = known_to.catalogue(edition)
        old = attrs.evolve(assessment, system=system, catalogue=catalogue, verdicts=(), bases=(), history=())
        rows = carried_rows(found.values(), assessment, old, known_to.lineages)
    return attrs.evolve(assessment, verdicts=tuple(rows), bases=bases)


def _which(assessment: Assessment) -> set[Which]:
    return {(row.key, row.role) for row in assessment.verdicts}


def _edition_at(assessment: Assessment, day: str) -> EditionId:
    """Return the edition that an assessment was against at a date."""
    edition = assessment.history[0].row.key.edition if assessment.history else assessment.catalogue.id
    for item in assessment.history:
        if item.recorded <= day and (target := edition_of_mark(item.by)) is not None:
            edition = target
    return edition


def _recorded_rows(assessment: Assessment, day: str, edition: EditionId) -> dict[Which, VerdictRow]:
    """Return the rows of an edition that had been recorded by a date."""
    seen: set[Which] = set()
    found: dict[Which, VerdictRow] = {}
    for item in assessment.history:
        which = (item.row.key, item.row.role)
        known = item.recorded
        if which not in seen and item.row.assessed is not None:
            # Nothing older is known of it, so that it held since it was assessed.
            known = min(known, item.row.assessed)
        seen.add(which)
        if known <= day and item.row.key.edition == edition:
            found[which] = item.row
    return found


def _by_hand(assessment: Assessment) -> Iterator[tuple[VerdictRow, str | None]]:
    """Yield the rows that are other than they were last recorded, each with the day since which it is so, if known."""
    last = {(item.row.key, item.row.role): item for item in assessment.history}
    for row in assessment.verdicts:
        item = last.get((row.key, row.role))
        if item is None:
            yield row, row.assessed
        elif item.row != row:
            # A date that is not later is probably that of the verdict before.
            is_later = row.assessed is not None and row.assessed > item.recorded
            yield row, row.assessed if is_later else None
