"""The facts of a report on an assessment, at a date: what `aicop.report.assessment` and others write."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.reporting.register import (
    AcceptedRisk,
    EvidenceEntry,
    HistoryEntry,
    accepted_risks,
    evidence_register,
    history_log,
)
from aicop.assessment.status.comparing import Progress, compare
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.relevance import Relevant, relevant, without_relevance
from aicop.assessment.status.roles import Roles, roles_of
from aicop.assessment.status.states import Flag, State, StatementState
from aicop.assessment.status.steps import NextStep, next_steps
from aicop.assessment.status.units import Level, UnitStatus
from aicop.ids import EditionId, PrincipleId, StatementId
from aicop.library.commit import commit_of
from aicop.model.assessment import ControlRow, System, VerdictRow
from aicop.model.converters import as_tuple
from aicop.vocabulary import Role, Vocabulary

if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment
    from aicop.library.library import Library


class Scope(Vocabulary):
    """Whether a statement applies to a system, as a Statement of Applicability says it."""

    IN_SCOPE = "in scope"
    NOT_APPLICABLE = "not applicable"
    """A person decided so, and stated the reason."""
    OUT_OF_SCOPE = "out of scope"
    """It binds no role that is held."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ReportedStatement:
    """A statement in a report, with its state and the verdicts on it."""

    key: StatementId
    title: str
    """The title of its provision."""
    principle: PrincipleId
    action: str
    """What it asks, in our own words."""
    condition: str | None
    """When it applies; None if always."""
    who: str
    """The duty holders that it names, whether or not their roles are held."""
    roles: tuple[Role, ...] = attrs.field(converter=as_tuple[Role, ...])
    """The roles held that it binds."""
    state: StatementState
    parts: tuple[StatementState, ...] = attrs.field(converter=as_tuple[StatementState, ...])
    """The states of single roles if one of them has a verdict of its own; otherwise the state alone."""
    rows: tuple[VerdictRow, ...] = attrs.field(converter=as_tuple[VerdictRow, ...])
    """Its rows in ``verdicts.csv``. They do not count if it is out of scope."""

    @property
    def scope(self) -> Scope:
        """Whether it applies to the system."""
        return _SCOPES.get(self.state.state, Scope.IN_SCOPE)

    @property
    def because(self) -> str:
        """Why it applies to the system or not: the rule, or the reason that a person stated."""
        if self.scope is Scope.OUT_OF_SCOPE:
            return " ".join(self.state.reasons)
        if self.scope is Scope.NOT_APPLICABLE or Flag.OVERRULED in self.state.flags:
            return " ".join(dict.fromkeys(row.reason for row in self.verdicts if row.reason is not None))
        return f"It binds the {self.who}."

    @property
    def verdicts(self) -> tuple[VerdictRow, ...]:
        """The verdicts that decide its state, one for each role that has its own; inherited ones too."""
        return tuple(dict.fromkeys(part.verdict for part in self.parts if part.verdict is not None))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of the evidence that these verdicts name, each once."""
        return tuple(dict.fromkeys(name for row in self.verdicts for name in row.evidence))

    @property
    def owners(self) -> tuple[str, ...]:
        """Who works on it, as these verdicts say, each once."""
        return tuple(dict.fromkeys(row.owner for row in self.verdicts if row.owner is not None))


_SCOPES = {State.NOT_APPLICABLE: Scope.NOT_APPLICABLE, State.OUT_OF_SCOPE: Scope.OUT_OF_SCOPE}


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class AssessmentReport:
    """
    What is known of one system against one edition at a date. It is not a statement of compliance, and has no score.

    Everything is counted: the statements by state, and what is left out.
    """

    system: System
    edition: EditionId
    edition_title: str
    on: str
    """The ISO date of the report."""
    limit: tuple[Role, ...] = attrs.field(converter=as_tuple[Role, ...])
    """The roles that the report is limited to; none for all roles held."""
    left_out: int
    """The number of statements that are not in the report, because they bind other roles alone."""
    version: str
    """The version of aicop that made the report."""
    library_digest: str
    """The digest of the library, which changes with anything in it; see `aicop.Library.digest`."""
    commit: str | None
    """The commit of Git that the folder of the library is at; None if it is not known."""
    total: UnitStatus
    """The status of the whole edition."""
    principles: tuple[UnitStatus, ...] = attrs.field(converter=as_tuple[UnitStatus, ...])
    roles: tuple[UnitStatus, ...] = attrs.field(converter=as_tuple[UnitStatus, ...])
    """The status for each role held; a statement that binds several is counted for each of them."""
    statements: tuple[ReportedStatement, ...] = attrs.field(converter=as_tuple[ReportedStatement, ...])
    """In printed order; with a limit, those that bind one of its roles."""
    steps: tuple[NextStep, ...] = attrs.field(converter=as_tuple[NextStep, ...])
    """On what something is to be done, in the order of work; see `next_steps`."""
    accepted: tuple[AcceptedRisk, ...] = attrs.field(converter=as_tuple[AcceptedRisk, ...])
    """The risks that are or were accepted, in printed order."""
    evidence: tuple[EvidenceEntry, ...] = attrs.field(converter=as_tuple[EvidenceEntry, ...])
    """The evidence of the system, and what it uses of others."""
    relevant: tuple[Relevant, ...] = attrs.field(converter=as_tuple[Relevant, ...])
    """What is known of elements of other frameworks and is relevant to provisions, in printed order."""
    not_relevant: tuple[ControlRow, ...] = attrs.field(converter=as_tuple[ControlRow, ...])
    """The verdicts on elements of other frameworks that no mapping relates to a provision."""
    progress: Progress | None
    """What changed since an earlier date; None if no such date was asked for."""
    history: tuple[HistoryEntry, ...] = attrs.field(converter=as_tuple[HistoryEntry, ...])
    """What was recorded by the date of the report and, if an earlier date was asked for, after that."""
    recorded_before: int
    """The number of rows of the history that were recorded by the earlier date."""
    recorded_after: int
    """The number of rows of the history that were recorded after the date of the report, and are in its states."""
    by_hand: tuple[VerdictRow, ...] = attrs.field(converter=as_tuple[VerdictRow, ...])
    """The verdicts that are other than they were last recorded, so that nobody knows who changed them."""

    @property
    def gaps(self) -> tuple[NextStep, ...]:
        """The steps that have a verdict: it is a fail, stale or inconclusive, or waits for a review."""
        return tuple(step for step in self.steps if step.state.state is not State.NOT_ASSESSED)

    @property
    def not_assessed(self) -> tuple[NextStep, ...]:
        """The steps that have no verdict."""
        return tuple(step for step in self.steps if step.state.state is State.NOT_ASSESSED)

    @property
    def out_of_scope(self) -> tuple[ReportedStatement, ...]:
        """The statements that are out of scope by rule, because they bind no role that is held."""
        return self._in(State.OUT_OF_SCOPE)

    @property
    def not_applicable(self) -> tuple[ReportedStatement, ...]:
        """The statements that a person found not applicable, with a reason."""
        return self._in(State.NOT_APPLICABLE)

    def _in(self, state: State) -> tuple[ReportedStatement, ...]:
        return tuple(one for one in self.statements if one.state.state is state)

    @property
    def flags(self) -> tuple[tuple[Flag, tuple[StatementId, ...]], ...]:
        """Each flag that statements in scope have, in the order of the vocabulary, with these statements."""
        found = ((flag, tuple(one.key for one in self.statements if flag in one.state.flags)) for flag in Flag)
        return tuple(pair for pair in found if pair[1])


def report(
    library: Library, assessment: Assessment, on: Day, *, since: Day | None = None, role: Roles | None = None
) -> AssessmentReport:
    """
    Return the facts of a report on an assessment at a date.

    With *since*, it has what changed between that date and *on*, for all roles. With *role*, which may be several,
    only statements that bind one of them are counted and listed. Nothing is fetched, and no program is run.

    Raises:
        ValueError: *since* is later than *on*, or one of them is not an ISO date.
        UnknownTerm: there is no such role.
        UnknownEdition: an edition of the history is not in the library.
        NoLineage: no lineage connects the editions of the history.
    """
    day, wanted = day_of(on), roles_of(role)
    first = None if since is None else day_of(since)
    progress = None if first is None else compare(assessment, first, day, library=library)
    limit = None if wanted is None else tuple(one for one in Role if one in wanted)
    [total] = assessment.status(day, Level.EDITION, role=limit).units
    statements = tuple(_statements(assessment, day, limit))
    found, history = _relevant(library, assessment, statements), history_log(assessment)
    return AssessmentReport(
        system=assessment.system,
        edition=assessment.catalogue.id,
        edition_title=assessment.catalogue.edition.title,
        on=day,
        limit=limit or (),
        left_out=len(assessment.statements) - len(statements),
        version=version("aicop"),
        library_digest=library.digest,
        commit=None if library.folder is None else commit_of(library.folder),
        total=total,
        principles=assessment.status(day, Level.PRINCIPLE, role=limit).units,
        roles=assessment.status(day, Level.ROLE, role=limit).units,
        statements=statements,
        steps=next_steps(assessment, day, graph=library.graph(assessment.catalogue.id), role=limit),
        accepted=accepted_risks(assessment, day, limit),
        evidence=evidence_register(assessment, {one.key: one.evidence for one in statements}, day),
        relevant=found,
        not_relevant=without_relevance(assessment, library),
        progress=progress,
        history=[one for one in history if one.recorded <= day and (first is None or one.recorded > first)],
        recorded_before=0 if first is None else sum(one.recorded <= first for one in history),
        recorded_after=sum(one.recorded > day for one in history),
        by_hand=_by_hand(assessment),
    )


def _statements(assessment: Assessment, day: str, limit: tuple[Role, ...] | None) -> list[ReportedStatement]:
    states = assessment.states(day, role=limit)
    found = []
    for state, parts in zip(states, assessment.states_by_row(day, role=limit), strict=True):
        item, statement = assessment.catalogue[state.key.provision], assessment.statements[state.key]
        found.append(
            ReportedStatement(
                key=state.key,
                title=item.title,
                principle=item.principle,
                action=statement.action,
                condition=statement.condition,
                who=statement.who,
                roles=[one for one in assessment.roles_bound(state.key) if limit is None or one in limit],
                state=state,
                parts=parts,
                rows=assessment.rows(state.key),
            )
        )
    return found


def _relevant(
    library: Library, assessment: Assessment, statements: tuple[ReportedStatement, ...]
) -> tuple[Relevant, ...]:
    if not assessment.controls:
        return ()
    provisions = dict.fromkeys(one.key.provision for one in statements)
    return tuple(item for key in provisions for item in relevant(assessment, library, key))


def _by_hand(assessment: Assessment) -> tuple[VerdictRow, ...]:
    last = {(item.row.key, item.row.role): item.row for item in assessment.history}
    return tuple(row for row in assessment.verdicts if last.get((row.key, row.role)) != row)
