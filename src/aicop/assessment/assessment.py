"""`Assessment`: what is known of one system against one edition."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from aicop.assessment.days import Day, day_of
from aicop.assessment.faults import verdict_faults
from aicop.assessment.states import OPEN, WORST_FIRST, Flag, State, StatementState
from aicop.assessment.status import Level, Status, unit_status, units_of
from aicop.catalogue.catalogue import Catalogue
from aicop.errors import Fault, InvalidDocument
from aicop.frameworks.edition_view import from_catalogue
from aicop.frameworks.framework import digest
from aicop.ids import StatementId
from aicop.model.assessment import Evidence, HistoryRow, System, Verdict, VerdictRow
from aicop.vocabulary import Role, Vocabulary, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.ids import ProvisionId
    from aicop.model.edition import Statement


class FileState(Vocabulary):
    """What is known of the file of a piece of evidence."""

    PRESENT = "present"
    MISSING = "missing"
    CHANGED = "changed"
    NOT_CHECKED = "not checked"
    """It has no location, or is at a web address, which is never fetched."""


_STATE_OF = {
    Verdict.FAIL: State.FAIL,
    Verdict.INCONCLUSIVE: State.INCONCLUSIVE,
    Verdict.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Verdict.NOT_ASSESSED: State.NOT_ASSESSED,
    Verdict.PASS: State.PASS,
}


# Not slotted, so that what is computed can be kept beside the fields.
@attrs.frozen(kw_only=True, repr=False, slots=False)
class Assessment:
    """
    What is known of one system against one edition. It is immutable; `with_verdicts` returns a changed copy.

    Status is about a system, and is never compliance. Every question takes the date at which it is asked.
    """

    system: System
    catalogue: Catalogue
    verdicts: tuple[VerdictRow, ...] = ()
    """In printed order, and then in the order of the roles."""
    evidence: tuple[Evidence, ...] = ()
    """The evidence in the file of this system, in the order of the file."""
    history: tuple[HistoryRow, ...] = ()
    """In the order in which it was recorded."""
    pool: Mapping[str, Evidence] = attrs.field(factory=dict)
    """The evidence of all systems of the library, by id."""
    files: Mapping[str, FileState] = attrs.field(factory=dict)
    """What is known of the file of each piece of evidence, by id."""
    bases: tuple[Assessment, ...] = ()
    """The assessments from which verdicts are inherited, in order."""
    folder: Path | None = attrs.field(default=None, eq=False)
    """The folder that it was read from; None for one that was not."""

    def __repr__(self) -> str:
        return f"<Assessment of {self.system.name} against {self.catalogue.id}: {len(self.verdicts)} verdicts>"

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "verdicts", tuple(sorted(self.verdicts, key=self._order)))

    def _order(self, row: VerdictRow) -> tuple[Any, ...]:
        return (*self._places[row.key], -1 if row.role is None else list(Role).index(row.role))

    @functools.cached_property
    def statements(self) -> dict[StatementId, Statement]:
        """The statements of the edition by id, in printed order."""
        return {
            StatementId(key, statement.ordinal): statement
            for key, item in self.catalogue.items()
            for statement in item.statements
        }

    @functools.cached_property
    def _places(self) -> dict[StatementId, tuple[int]]:
        return {key: (place,) for place, key in enumerate(self.statements)}

    @functools.cached_property
    def _rows(self) -> dict[StatementId, dict[Role | None, VerdictRow]]:
        found: dict[StatementId, dict[Role | None, VerdictRow]] = {}
        for row in self.verdicts:
            found.setdefault(row.key, {})[row.role] = row
        return found

    @functools.cached_property
    def _digests(self) -> dict[StatementId, str]:
        view = from_catalogue(self.catalogue)
        return {key: digest(view[key]) for key in self.statements}

    def digest(self, key: StatementId) -> str:
        """Return the digest of a statement as it is today, which a new verdict records."""
        return self._digests[key]

    def roles_bound(self, key: StatementId) -> tuple[Role, ...]:
        """
        Return the roles held that a statement binds, in the order in which it names them.

        A statement that binds the organisation binds every organisation to which its principle applies.
        """
        return tuple(role for role in self.statements[key].duty_holders if self._holds(role, key))

    def _holds(self, role: Role, key: StatementId) -> bool:
        if role is not Role.ORGANISATION:
            return role in self.system.roles
        applies_to = self.catalogue.principle(self.catalogue[key.provision].principle).applies_to
        return applies_to is None or not set(applies_to).isdisjoint(self.system.roles)

    def state(self, key: StatementId | ProvisionId | str, on: Day, *, role: Role | str | None = None) -> StatementState:
        """
        Return the state of a statement at a date, for all roles held or for one.

        Of several verdicts for different roles, the worst decides. A provision means its only statement.

        Raises:
            UnknownKey: there is no such statement, or the provision has several.
            UnknownTerm: there is no such role.
        """
        ordinal = self.catalogue.statement(key).ordinal
        found = self.catalogue.find(str(key))
        own = found if isinstance(found, StatementId) else StatementId(found, ordinal)  # type: ignore[arg-type]
        return self._state(own, day_of(on), None if role is None else term(Role, role))

    def states(self, on: Day, *, role: Role | str | None = None) -> tuple[StatementState, ...]:
        """
        Return the state of each statement at a date, in printed order.

        With *role*, only statements that bind it, each for this role alone.

        Raises:
            UnknownTerm: there is no such role.
        """
        day, wanted = day_of(on), None if role is None else term(Role, role)
        return tuple(
            self._state(key, day, wanted)
            for key, statement in self.statements.items()
            if wanted is None or wanted in statement.duty_holders
        )

    def _state(self, key: StatementId, day: str, role: Role | None) -> StatementState:
        """Return the state of a statement; see `state`."""
        rows = self._rows.get(key, {})
        bound = self.roles_bound(key) if role is None else tuple(one for one in self.roles_bound(key) if one is role)
        general = rows.get(None)
        if not bound:
            return self._beyond(key, day, role, rows)
        by_role = [(one, rows.get(one, general)) for one in bound] if rows.keys() - {None} else [(role, general)]
        found = [self._judged(key, day, one, row) for one, row in by_role]
        if len(found) == 1:
            return attrs.evolve(found[0], role=role)
        order = [*WORST_FIRST, State.NOT_APPLICABLE]
        worst = min(found, key=lambda item: order.index(item.state))
        flags = dict.fromkeys(flag for item in found for flag in item.flags)
        return attrs.evolve(worst, role=role, flags=tuple(flags))

    def _beyond(
        self, key: StatementId, day: str, role: Role | None, rows: Mapping[Role | None, VerdictRow]
    ) -> StatementState:
        """Return the state of a statement that binds no role held: out of scope, unless a row gives a reason."""
        row = next((one for one in rows.values() if one.reason is not None), None)
        if row is not None and role is None:
            found = self._judged(key, day, role, row)
            return attrs.evolve(found, flags=(*found.flags, Flag.OVERRULED))
        holders = self.statements[key].who
        held = ", ".join(self.system.roles)
        reason = f"It binds the {holders}; the roles held are: {held}."
        return self._made(key, role, State.OUT_OF_SCOPE, reasons=(reason,))

    def _made(  # noqa: PLR0913 -- the fields of a state
        self,
        key: StatementId,
        role: Role | None,
        state: State,
        *,
        row: VerdictRow | None = None,
        inherited_from: str | None = None,
        reasons: Iterable[str] = (),
        flags: Iterable[Flag] = (),
    ) -> StatementState:
        return StatementState(
            key=key,
            modality=self.statements[key].modality,
            role=role,
            state=state,
            verdict=row,
            inherited_from=inherited_from,
            reasons=tuple(reasons),
            flags=tuple(flags),
        )

    def _judged(self, key: StatementId, day: str, role: Role | None, row: VerdictRow | None) -> StatementState:
        """Return the state that a row decides, or that is inherited if there is no verdict."""
        if row is None or row.verdict is Verdict.NOT_ASSESSED:
            for base in self.bases:
                found = base._state(key, day, None)  # noqa: SLF001 -- the same class
                if found.state not in {State.NOT_ASSESSED, State.OUT_OF_SCOPE}:
                    source = found.inherited_from or base.system.name
                    flags = dict.fromkeys((*found.flags, Flag.INHERITED))
                    return attrs.evolve(found, role=role, inherited_from=source, flags=tuple(flags))
            return self._made(key, role, State.NOT_ASSESSED, row=row, flags=self._flags(row, State.NOT_ASSESSED, day))
        state, reasons = _STATE_OF[row.verdict], []
        if state is State.PASS:
            reasons = list(self._stale_because(row, day))
            state = State.STALE if reasons else state
        return self._made(key, role, state, row=row, reasons=reasons, flags=self._flags(row, state, day))

    def _stale_because(self, row: VerdictRow, day: str) -> Iterator[str]:
        """Yield why a pass is stale at a date; nothing if it is not."""
        for name in row.evidence:
            item = self.pool[name]
            if item.valid_until is not None and item.valid_until < day:
                yield f"The evidence {name} was valid until {item.valid_until}."
            known = self.files.get(name)
            if known is FileState.MISSING:
                yield f"The file of the evidence {name} is missing."
            elif known is FileState.CHANGED:
                yield f"The file of the evidence {name} has changed since it was collected."
        if row.review is not None and row.review < day:
            yield f"The verdict was to be looked at again by {row.review}."

    def _flags(self, row: VerdictRow | None, state: State, day: str) -> Iterator[Flag]:
        if row is None:
            return
        if row.verdict is Verdict.PASS and not row.evidence:
            yield Flag.NO_EVIDENCE
        if row.accepted_until is not None:
            yield Flag.ACCEPTED if row.accepted_until >= day else Flag.ACCEPTANCE_ENDED
        if row.due is not None and row.due < day and state in OPEN:
            yield Flag.OVERDUE
        if row.review_reason is not None:
            yield Flag.MARKED
        if row.digest is not None and row.digest != self.digest(row.key):
            yield Flag.CHANGED
        if any(self.files.get(name) is FileState.NOT_CHECKED for name in row.evidence):
            yield Flag.NOT_CHECKED

    def status(self, on: Day, by: Level | str = "principle") -> Status:
        """
        Return the status of the system at a date, by units of a level.

        *by* is one of statement, provision, principle, phase, edition and role. What a unit requires (*shall*) and
        recommends (*should*) have a status each; what it permits (*may*, *can*) has none, but is counted.

        Raises:
            UnknownTerm: there is no such level.
        """
        level, day = term(Level, by), day_of(on)
        if level is Level.ROLE:
            units = [unit_status(role, role, self.states(day, role=role)) for role in self.system.roles]
        else:
            actions = {key: statement.action for key, statement in self.statements.items()}
            units = list(units_of(self.catalogue, actions, self.states(day), level))
        return Status(system=self.system.name, edition=self.catalogue.id, on=day, units=units)

    def verdict_faults(self, rows: Iterable[tuple[str, VerdictRow]], file: str) -> Iterator[Fault]:
        """Yield every fault of verdicts that are to belong to this assessment, each of which follows its place."""
        bound = {key: self.roles_bound(key) for key in self.statements}
        return verdict_faults(rows, file, self.statements, bound, self.pool)

    def with_verdicts(self, rows: Iterable[VerdictRow]) -> Assessment:
        """
        Return an assessment in which these rows replace those of the same statement and role, or are added.

        Raises:
            InvalidDocument: with all faults: keys that are not statements of the edition, roles that a statement does
                not bind, evidence that does not exist, a missing reason.
        """
        listed = tuple(rows)
        located = [(f"row {number}", row) for number, row in enumerate(listed, start=1)]
        if faults := tuple(self.verdict_faults(located, "<rows>")):
            raise InvalidDocument.from_faults(faults)
        kept = {(row.key, row.role): row for row in (*self.verdicts, *listed)}
        return attrs.evolve(self, verdicts=tuple(kept.values()))
