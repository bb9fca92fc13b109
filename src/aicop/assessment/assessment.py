"""`Assessment`: what is known of one system against one edition."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from aicop._pydantic import NOT_PLAIN, field_type
from aicop.assessment.files.faults import control_faults, numbered, verdict_faults
from aicop.assessment.files.origin import Origin
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.roles import Roles, roles_of
from aicop.assessment.status.statements import Bound, Statements, statements_of
from aicop.assessment.status.states import OPEN, SEVERITY, Flag, State, StatementState
from aicop.assessment.status.units import Level, Status, unit_status, units_of
from aicop.catalogue.catalogue import Catalogue
from aicop.catalogue.shipped import load
from aicop.errors import Fault, InvalidDocument, UnknownEdition, count_phrase, excerpt
from aicop.ids import ProvisionId, StatementId
from aicop.model.assessment import ControlRow, Evidence, HistoryRow, System, Verdict, VerdictRow
from aicop.model.converters import as_tuple
from aicop.vocabulary import Role, Vocabulary, term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from aicop.assessment.files.faults import Located
    from aicop.library.library import Library
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


_ROLES = {role: place for place, role in enumerate(Role)}


# Not slotted, so that what is computed can be kept beside the fields.
@field_type
@attrs.frozen(kw_only=True, repr=False, slots=False)
class Assessment:
    """
    What is known of one system against one edition. It is immutable; `with_verdicts` returns a changed copy.

    Status is about a system, and is never compliance. Every question takes the date at which it is asked.

    As plain data it has no catalogue, which is that of the edition of its system, and no folder that it was read from.

    Raises:
        InvalidDocument: a verdict is about something that is not a statement of the edition.
    """

    system: System
    catalogue: Catalogue = attrs.field(metadata=NOT_PLAIN)
    verdicts: tuple[VerdictRow, ...] = attrs.field(default=(), converter=as_tuple[VerdictRow, ...])
    """In printed order, and then in the order of the roles."""
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=as_tuple[Evidence, ...])
    """The evidence in the file of this system, in the order of the file."""
    controls: tuple[ControlRow, ...] = attrs.field(default=(), converter=as_tuple[ControlRow, ...])
    """Verdicts and evidence on elements of other frameworks, such as your own controls, in the order of the file."""
    history: tuple[HistoryRow, ...] = attrs.field(default=(), converter=as_tuple[HistoryRow, ...])
    """In the order in which it was recorded."""
    pool: Mapping[str, Evidence] = attrs.field(factory=dict)
    """The evidence of all systems of the library, by id."""
    files: Mapping[str, FileState] = attrs.field(factory=dict)
    """What is known of the file of each piece of evidence, by id."""
    bases: tuple[Assessment, ...] = attrs.field(default=(), converter=as_tuple["Assessment", ...])
    """The assessments from which verdicts are inherited, in order."""
    folder: Path | None = attrs.field(default=None, eq=False, metadata=NOT_PLAIN)
    """The folder that it was read from; None for one that was not."""
    origin: Origin = attrs.field(factory=Origin, eq=False, metadata=NOT_PLAIN)
    """The files that it was read from; see `save`."""

    def __repr__(self) -> str:
        count = count_phrase(len(self.verdicts), "verdict")
        return f"<Assessment of {self.system.name} against {self.catalogue.id}: {count}>"

    def __attrs_post_init__(self) -> None:
        try:
            rows = tuple(sorted(self.verdicts, key=self._order))
        except KeyError:
            # Rows that were read have been checked, so that only rows that were made by hand are checked here.
            faults = self.verdict_faults(numbered(self.verdicts), "verdicts", None)
            raise InvalidDocument.from_faults(tuple(faults)) from None
        object.__setattr__(self, "verdicts", rows)

    @classmethod
    def __aicop_from_plain__(cls, fields: dict[str, Any], library: Library | None) -> Assessment:
        """
        Return the assessment of its fields as plain data. Its edition is one of the library, or else one that ships.

        Raises:
            InvalidDocument: with all faults: an unknown edition, verdicts that cannot be, bases of other editions.
        """
        system: System = fields["system"]
        try:
            catalogue = load(system.edition) if library is None else library.catalogue(system.edition)
        except UnknownEdition as error:
            raise InvalidDocument.from_faults((Fault("", "system.edition", str(error)),)) from error
        verdicts, controls = fields.pop("verdicts", ()), fields.pop("controls", ())
        empty = cls(catalogue=catalogue, **fields)
        faults = [
            *empty.verdict_faults(numbered(verdicts), "verdicts", empty.pool),
            *empty.control_faults(numbered(controls), "controls", empty.pool),
        ]
        located = [Fault("", f"{fault.file}, {fault.path}", fault.problem) for fault in faults]
        located += [
            Fault("", f"bases[{number}].system.edition", f"must be {catalogue.id}, not {base.catalogue.id}")
            for number, base in enumerate(empty.bases)
            if base.catalogue.id != catalogue.id
        ]
        if located:
            raise InvalidDocument.from_faults(tuple(located))
        return attrs.evolve(empty, verdicts=verdicts, controls=controls)

    def _order(self, row: VerdictRow) -> tuple[int, int]:
        return self._statements.places[row.key], -1 if row.role is None else _ROLES[row.role]

    @functools.cached_property
    def _statements(self) -> Statements:
        return statements_of(self.catalogue)

    @functools.cached_property
    def _bound(self) -> Bound:
        return self._statements.bound(self.system.roles)

    @property
    def statements(self) -> Mapping[StatementId, Statement]:
        """The statements of the edition by id, in printed order."""
        return MappingProxyType(self._statements.by_id)

    @functools.cached_property
    def _general(self) -> dict[StatementId, VerdictRow]:
        """The verdicts for all roles held, by statement."""
        return {row.key: row for row in self.verdicts if row.role is None}

    @functools.cached_property
    def _by_role(self) -> dict[StatementId, dict[Role, VerdictRow]]:
        """The verdicts for one role, by statement."""
        found: dict[StatementId, dict[Role, VerdictRow]] = {}
        for row in self.verdicts:
            if row.role is not None:
                found.setdefault(row.key, {})[row.role] = row
        return found

    def statement_key(self, written: StatementId | ProvisionId | str) -> StatementId:
        """
        Return the id of a statement of the edition by its id or written key. A provision means its only statement.

        Raises:
            UnknownKey: there is no such statement, or the provision has several.
        """
        known = self._statements.by_text.get(str(written))
        if known is not None:
            return known
        ordinal = self.catalogue.statement(written).ordinal
        found = self.catalogue.find(str(written))
        assert isinstance(found, StatementId | ProvisionId)
        return found if isinstance(found, StatementId) else StatementId(found, ordinal)

    def digest(self, key: StatementId) -> str:
        """Return the digest of a statement as it is today, which a new verdict records."""
        return self._statements.digests[key]

    def rows(self, key: StatementId) -> tuple[VerdictRow, ...]:
        """Return the verdicts on a statement, that for all roles first; none if there is no row."""
        general = self._general.get(key)
        return (*(() if general is None else (general,)), *self._by_role.get(key, {}).values())

    def roles_bound(self, key: StatementId) -> tuple[Role, ...]:
        """
        Return the roles held that a statement binds, in the order in which it names them.

        A statement that binds the organisation binds every organisation to which its principle applies.
        """
        return self._bound[key]

    def state(self, key: StatementId | ProvisionId | str, on: Day, *, role: Roles | None = None) -> StatementState:
        """
        Return the state of a statement at a date, for all roles held or for some.

        Of several verdicts for different roles, the worst decides. A provision means its only statement.

        Raises:
            UnknownKey: there is no such statement, or the provision has several.
            UnknownTerm: there is no such role.
        """
        wanted = roles_of(role)
        return self._worst(self._parts(self.statement_key(key), day_of(on), wanted), wanted)

    def states(self, on: Day, *, role: Roles | None = None) -> tuple[StatementState, ...]:
        """
        Return the state of each statement at a date, in printed order.

        With *role*, which may be several, only statements that bind one of them, each for these roles alone.

        Raises:
            UnknownTerm: there is no such role.
        """
        wanted = roles_of(role)
        return tuple(self._worst(found, wanted) for found in self.states_by_row(on, role=wanted))

    def states_by_row(self, on: Day, *, role: Roles | None = None) -> tuple[tuple[StatementState, ...], ...]:
        """
        Return for each statement the states that its verdicts decide: one, or one per role if a role has its own row.

        The order and *role* are those of `states`.

        Raises:
            UnknownTerm: there is no such role.
        """
        asked = day_of(on), roles_of(role)
        # The last answer is kept, because a status and a gate mostly ask about the same day.
        if self.__dict__.get("_asked") != asked:
            day, wanted = asked
            found = tuple(
                self._parts(key, day, wanted)
                for key, statement in self._statements.by_id.items()
                if wanted is None or not wanted.isdisjoint(statement.duty_holders)
            )
            self.__dict__.update(_asked=asked, _answer=found)
        answer: tuple[tuple[StatementState, ...], ...] = self.__dict__["_answer"]
        return answer

    def _worst(self, found: tuple[StatementState, ...], roles: frozenset[Role] | None) -> StatementState:
        """Return the state of a statement from those that its verdicts decide; see `state`."""
        role = next(iter(roles)) if roles is not None and len(roles) == 1 else None
        if len(found) == 1:
            return found[0] if found[0].role is role else attrs.evolve(found[0], role=role)
        # Of two fails, the one whose risk nobody accepts is worse.
        worst = min(found, key=lambda item: (SEVERITY[item.state], Flag.ACCEPTED in item.flags))
        flags = dict.fromkeys(flag for item in found for flag in item.flags)
        if Flag.ACCEPTED not in worst.flags:
            flags.pop(Flag.ACCEPTED, None)
        return attrs.evolve(worst, role=role, flags=tuple(flags))

    def _parts(self, key: StatementId, day: str, roles: frozenset[Role] | None) -> tuple[StatementState, ...]:
        """Return the states that the verdicts on a statement decide; one if all roles share it."""
        bound = self._bound[key]
        if roles is not None:
            bound = tuple(one for one in bound if one in roles)
        only = next(iter(roles)) if roles is not None and len(roles) == 1 else None
        if not bound:
            return (self._beyond(key, day, only, self.rows(key) if roles is None else ()),)
        general, by_role = self._general.get(key), self._by_role.get(key)
        if by_role is None:
            return (self._judged(key, day, only, general),)
        return tuple(self._judged(key, day, one, by_role.get(one, general)) for one in bound)

    def _beyond(self, key: StatementId, day: str, role: Role | None, rows: Iterable[VerdictRow]) -> StatementState:
        """Return the state of a statement that binds no role held: out of scope, unless a row gives a reason."""
        row = next((one for one in rows if one.reason is not None), None)
        if row is not None:
            found = self._judged(key, day, role, row)
            return attrs.evolve(found, flags=(*found.flags, Flag.OVERRULED))
        holders = self._statements.by_id[key].who
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
            modality=self._statements.by_id[key].modality,
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
                found = base._worst(base._parts(key, day, None), None)  # noqa: SLF001 -- the same class
                if found.state not in {State.NOT_ASSESSED, State.OUT_OF_SCOPE}:
                    source = found.inherited_from or base.system.name
                    # The day by which it is due here, and a mark, are those of the row of its own as well.
                    flags = dict.fromkeys((*found.flags, *self._flags(row, found.state, day), Flag.INHERITED))
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
        if row.digest is not None and row.digest != self._statements.digests[row.key]:
            yield Flag.CHANGED
        if any(self.files.get(name) is FileState.NOT_CHECKED for name in row.evidence):
            yield Flag.NOT_CHECKED

    def status(self, on: Day, by: Level | str = "principle", *, role: Roles | None = None) -> Status:
        """
        Return the status of the system at a date, by units of a level.

        *by* is one of statement, provision, principle, phase, edition and role. What a unit requires (*shall*) and
        recommends (*should*) have a status each; what it permits (*may*, *can*) has none, but is counted. With *role*,
        which may be several, only statements that bind one of them are counted.

        Raises:
            UnknownTerm: there is no such level or role.
        """
        level, day, wanted = term(Level, by), day_of(on), roles_of(role)
        if level is Level.ROLE:
            held = [one for one in self.system.roles if wanted is None or one in wanted]
            units = [unit_status(one, one, self.states(day, role=one)) for one in held]
        else:
            actions = {key: statement.action for key, statement in self._statements.by_id.items()}
            units = list(units_of(self.catalogue, actions, self.states(day, role=wanted), level))
        return Status(system=self.system.name, edition=self.catalogue.id, on=day, units=units)

    def verdict_faults(
        self, rows: Iterable[Located[VerdictRow]], file: str, pool: Collection[str] | None
    ) -> Iterator[Fault]:
        """Yield every fault of verdicts that are to belong to this assessment; *pool* has the ids of all evidence."""
        return verdict_faults(rows, file, self._statements.by_id, self._bound, pool)

    def with_verdicts(self, rows: Iterable[VerdictRow]) -> Assessment:
        """
        Return an assessment in which these rows replace those of the same statement and role, or are added.

        Raises:
            InvalidDocument: with all faults: keys that are not statements of the edition, roles that a statement does
                not bind, evidence that does not exist, a missing reason.
        """
        listed = tuple(rows)
        if faults := tuple(self.verdict_faults(numbered(listed), "verdicts", self.pool)):
            raise InvalidDocument.from_faults(faults)
        kept = {(row.key, row.role): row for row in (*self.verdicts, *listed)}
        return attrs.evolve(self, verdicts=tuple(kept.values()))

    def with_evidence(self, items: Iterable[Evidence]) -> Assessment:
        """
        Return an assessment in which these pieces of evidence replace those of its own with the same ids, or are added.

        Raises:
            InvalidDocument: with a fault for each id that is one of another system, because all systems share one pool.
        """
        listed = tuple(items)
        own = {item.id: item for item in self.evidence}
        faults = tuple(
            Fault("evidence", f"row {place}, column 'id'", f"the evidence {excerpt(item.id)} is that of another system")
            for place, item in enumerate(listed, start=1)
            if item.id in self.pool and item.id not in own
        )
        if faults:
            raise InvalidDocument.from_faults(faults)
        added = {item.id: item for item in listed}
        return attrs.evolve(self, evidence=tuple((own | added).values()), pool={**self.pool, **added})

    def with_controls(self, rows: Iterable[ControlRow]) -> Assessment:
        """
        Return an assessment in which these rows replace those of the same element of another framework, or are added.

        Raises:
            InvalidDocument: with all faults: evidence that does not exist, a missing reason, elements of the edition
                itself.
        """
        listed = tuple(rows)
        if faults := tuple(self.control_faults(numbered(listed), "controls", self.pool)):
            raise InvalidDocument.from_faults(faults)
        return attrs.evolve(self, controls=tuple({row.key: row for row in (*self.controls, *listed)}.values()))

    def control_faults(
        self, rows: Iterable[Located[ControlRow]], file: str, pool: Collection[str] | None
    ) -> Iterator[Fault]:
        """Yield every fault of verdicts on elements of other frameworks; *pool* has the ids of all evidence."""
        return control_faults(rows, file, self.catalogue.id, pool)
