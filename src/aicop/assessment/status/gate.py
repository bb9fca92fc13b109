"""Gates: rules that an assessment must keep at a date, and where it breaks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.errors import NothingToCheck
from aicop.assessment.files.parsing import FOLDER, SYSTEM, VERDICTS
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.roles import Roles, roles_of
from aicop.assessment.status.states import Flag, State, StatementState
from aicop.ids import EditionId, PhaseId, StatementId
from aicop.model.assessment import Verdict
from aicop.model.converters import as_tuple
from aicop.vocabulary import Modality, Role, Vocabulary, term

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from aicop.assessment.assessment import Assessment
    from aicop.catalogue.catalogue import PhaseFilter
    from aicop.model.assessment import VerdictRow


class Rule(Vocabulary):
    """What a gate asks of every statement in scope to which it applies."""

    OPEN_SHALL = "open-shall"
    """Every *shall* statement has a verdict."""
    FAIL = "fail"
    """No verdict is a fail, unless its risk is accepted at the date."""
    INCONCLUSIVE = "inconclusive"
    """No verdict is inconclusive."""
    STALE = "stale"
    """No pass is stale."""
    NO_EVIDENCE = "no-evidence"
    """Every pass names evidence."""
    OVERDUE = "overdue"
    """Nothing that is open was due before the date."""
    UNREVIEWED = "unreviewed"
    """No verdict waits for a person: none is marked for review, and no statement has changed since its verdict."""

    @property
    def meaning(self) -> str:
        """The rule as a sentence."""
        return _MEANINGS[self]


_MEANINGS: Mapping[Rule, str] = {
    Rule.OPEN_SHALL: "Every shall statement in scope has a verdict.",
    Rule.FAIL: "No statement in scope fails, unless its risk is accepted.",
    Rule.INCONCLUSIVE: "No verdict in scope is inconclusive.",
    Rule.STALE: "No pass in scope is stale.",
    Rule.NO_EVIDENCE: "Every pass in scope names evidence.",
    Rule.OVERDUE: "Nothing open is past the day on which it was due.",
    Rule.UNREVIEWED: "No verdict in scope waits for a review.",
}


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Finding:
    """A statement that breaks a rule, and where its verdict is written."""

    rule: Rule
    key: StatementId
    role: Role | None
    """The role whose row it is, or that has none; None if it is that of all roles held."""
    state: State
    message: str
    """What is wrong, in a sentence."""
    file: str
    """The file by its path in the folder of the library, such as ``assessments/chat/verdicts.csv``."""
    line: int | None
    """The line of the verdict; None if there is no row."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class RuleResult:
    """What a gate found for one of its rules."""

    rule: Rule
    checked: tuple[StatementId, ...] = attrs.field(converter=as_tuple[StatementId, ...])
    """The statements in scope to which the rule applies, in printed order."""
    findings: tuple[Finding, ...] = attrs.field(converter=as_tuple[Finding, ...])
    """The statements that break it, in printed order."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class GateResult:
    """What a gate found for a system at a date. It says which rules were broken, and nothing about compliance."""

    system: str
    title: str
    edition: EditionId
    on: str
    """The ISO date at which it was asked."""
    roles: tuple[Role, ...] = attrs.field(converter=as_tuple[Role, ...])
    """The roles that it was limited to; empty for all roles held."""
    phases: tuple[PhaseId, ...] = attrs.field(converter=as_tuple[PhaseId, ...])
    """The phases that it was limited to; empty for all."""
    rules: tuple[RuleResult, ...] = attrs.field(converter=as_tuple[RuleResult, ...])
    """One for each rule, in the order in which they were given."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all rules, rule by rule."""
        return tuple(one for item in self.rules for one in item.findings)

    @property
    def broken(self) -> bool:
        """Whether a rule is broken."""
        return any(item.findings for item in self.rules)


def check(
    assessment: Assessment,
    rules: Rule | str | Iterable[Rule | str],
    on: Day,
    *,
    role: Roles | None = None,
    phase: PhaseFilter | None = None,
) -> GateResult:
    """
    Return which of the *rules* an assessment breaks at a date, with every statement that breaks them and its place.

    Only statements in scope are checked: those that bind a role held, or were brought into scope by a person; with
    *role* or *phase*, which may be several, only those of these roles or phases.

    Raises:
        UnknownTerm: there is no such rule or role.
        UnknownKey: there is no such phase.
        NothingToCheck: there are no rules, or there is no statement in scope.
    """
    given = tuple(dict.fromkeys(term(Rule, one) for one in ((rules,) if isinstance(rules, str) else rules)))
    if not given:
        raise NothingToCheck(assessment.system.name, f"name a rule: {', '.join(Rule)}")
    day, roles = day_of(on), roles_of(role)
    catalogue = assessment.catalogue
    several = (phase,) if isinstance(phase, str | PhaseId) else phase or ()
    phases = tuple(dict.fromkeys(catalogue.phase(one).id for one in several))
    found = [
        states
        for states in assessment.states_by_row(day, role=roles)
        if states[0].state is not State.OUT_OF_SCOPE
        and (not phases or catalogue[states[0].key.provision].phase in phases)
    ]
    if not found:
        raise NothingToCheck(assessment.system.name, "no statement is in scope; name other roles or phases")
    return GateResult(
        system=assessment.system.name,
        title=assessment.system.title,
        edition=catalogue.id,
        on=day,
        roles=[one for one in Role if roles is not None and one in roles],
        phases=phases,
        rules=[_result(assessment, one, found, day) for one in given],
    )


def _result(assessment: Assessment, rule: Rule, found: Iterable[Sequence[StatementState]], day: str) -> RuleResult:
    applies, breaks = _APPLIES.get(rule), _BREAKS[rule]
    checked: list[StatementId] = []
    findings: list[Finding] = []
    for states in found:
        subject = states if applies is None else [item for item in states if applies(item)]
        if subject:
            checked.append(subject[0].key)
            findings += (_finding(assessment, rule, item, day) for item in _each_row(subject) if breaks(item))
    return RuleResult(rule=rule, checked=checked, findings=findings)


def _each_row(states: Sequence[StatementState]) -> Collection[StatementState]:
    """Return one state per row: roles without a row of their own share one."""
    if len(states) == 1:
        return states
    found: dict[object, StatementState] = {}
    for item in states:
        found.setdefault(item.role if item.verdict is None else id(item.verdict), item)
    return found.values()


def _is_pass(item: StatementState) -> bool:
    return item.verdict is not None and item.verdict.verdict is Verdict.PASS


_APPLIES: Mapping[Rule, Callable[[StatementState], bool]] = {
    Rule.OPEN_SHALL: lambda item: item.modality is Modality.SHALL,
    Rule.STALE: _is_pass,
    Rule.NO_EVIDENCE: _is_pass,
    Rule.OVERDUE: lambda item: item.open,
    Rule.UNREVIEWED: lambda item: item.verdict is not None,
}
"""To which statements in scope a rule applies, if not to all."""
_BREAKS: Mapping[Rule, Callable[[StatementState], bool]] = {
    Rule.OPEN_SHALL: lambda item: item.state is State.NOT_ASSESSED,
    Rule.FAIL: lambda item: item.state is State.FAIL and Flag.ACCEPTED not in item.flags,
    Rule.INCONCLUSIVE: lambda item: item.state is State.INCONCLUSIVE,
    Rule.STALE: lambda item: item.state is State.STALE,
    Rule.NO_EVIDENCE: lambda item: Flag.NO_EVIDENCE in item.flags,
    Rule.OVERDUE: lambda item: Flag.OVERDUE in item.flags,
    Rule.UNREVIEWED: lambda item: Flag.MARKED in item.flags or Flag.CHANGED in item.flags,
}


def _finding(assessment: Assessment, rule: Rule, item: StatementState, day: str) -> Finding:
    file, line = place_of(assessment, item)
    return Finding(
        rule=rule,
        key=item.key,
        role=_role_of(item),
        state=item.state,
        message=_message(rule, item, () if item.inherited_from is None else assessment.rows(item.key), day),
        file=file,
        line=line,
    )


def _role_of(item: StatementState) -> Role | None:
    """Return the role whose row decides a state, or that has none; None for a row of all roles."""
    return item.role if item.verdict is None else item.verdict.role


def _message(rule: Rule, item: StatementState, own: Sequence[VerdictRow], day: str) -> str:
    """Return what is wrong with a statement, in a sentence or two; *own* are rows beside one that is inherited."""
    role = _role_of(item)
    whose = f" for the role {role}" if role is not None else ""
    whose += f", by the verdict of {item.inherited_from}" if item.inherited_from is not None else ""
    more = " ".join(_details(rule, item, own, day))
    return f"{item.key} {_SAYS[rule]}{whose}.{f' {more}' if more else ''}"


_SAYS: Mapping[Rule, str] = {
    Rule.OPEN_SHALL: "is a requirement without a verdict",
    Rule.FAIL: "fails",
    Rule.INCONCLUSIVE: "is inconclusive",
    Rule.STALE: "passes, but is stale",
    Rule.NO_EVIDENCE: "passes without evidence",
    Rule.OVERDUE: "is overdue",
    Rule.UNREVIEWED: "waits for a review",
}
"""What is wrong with a statement that breaks a rule, after its key."""


def _details(rule: Rule, item: StatementState, own: Sequence[VerdictRow], day: str) -> Iterator[str]:
    """Yield the sentences that say more about what is wrong."""
    row = item.verdict
    if rule is Rule.STALE:
        yield from item.reasons
    if row is None:
        return
    if rule is Rule.FAIL and row.accepted_until is not None:
        yield f"Its risk was accepted until {row.accepted_until}."
    if rule is Rule.OVERDUE:
        # None if the day is that of a system between the two, which inherits as well.
        due = min((one.due for one in (row, *own) if one.due is not None and one.due < day), default=None)
        yield f"It was due on {due}; its state is {item.state}." if due is not None else f"Its state is {item.state}."
    if rule is Rule.UNREVIEWED:
        yield from (f"It is marked: {one.review_reason}" for one in (row, *own) if one.review_reason is not None)
    if rule is Rule.UNREVIEWED and Flag.CHANGED in item.flags:
        yield "The statement has changed since the verdict was given."


def place_of(assessment: Assessment, item: StatementState) -> tuple[str, int | None]:
    """
    Return the file of the verdict that decides a state, by its path in the folder of the library, and its line.

    The line is None if there is no row. Without ``verdicts.csv``, the file is ``assessment.toml``.
    """
    home = _home(assessment, item.inherited_from) if item.inherited_from is not None else assessment
    name = home.system.name
    known = home.origin.digests
    file = VERDICTS if not known or f"{name}/{VERDICTS}" in known else SYSTEM
    line = None if item.verdict is None else home.origin.line(item.verdict)
    return f"{FOLDER}/{name}/{file}", line


def _home(assessment: Assessment, name: str) -> Assessment:
    """Return the assessment of a system that is inherited from, over any number of steps."""
    if assessment.system.name == name:
        return assessment
    found = (_home(base, name) for base in assessment.bases)
    return next((one for one in found if one.system.name == name), assessment)
