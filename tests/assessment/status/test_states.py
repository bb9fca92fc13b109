"""The state of a statement at a date, and of units."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Role, UnknownKey, parse
from aicop.assessment import Assessment, FileState, Flag, State
from aicop.assessment.status.statements import statements_of
from aicop.assessment.status.states import WORST_FIRST, state_of_unit
from aicop.errors import Fault, InvalidDocument, UnknownTerm
from aicop.model import Evidence, VerdictRow
from tests.assessment.examples import CODE, ON, assessment, system, verdict

OLD = Evidence(id="EV-1", title="Old", valid_until="2026-06-29")
LAST = Evidence(id="EV-1", title="Last day", valid_until=ON)

# A statement with its row, the state that the rules give at the date, and the flags.
ROWS: list[tuple[str, dict[str, Any], dict[str, Any], State, set[Flag]]] = [
    ("pass without evidence", {"said": "pass"}, {}, State.PASS, {Flag.NO_EVIDENCE}),
    ("pass with evidence", {"said": "pass", "evidence": ["EV-1"]}, {}, State.PASS, set()),
    (
        "evidence of yesterday",
        {"said": "pass", "evidence": ["EV-2", "EV-1"]},
        {"pool": {"EV-1": OLD}},
        State.STALE,
        set(),
    ),
    ("last day of evidence", {"said": "pass", "evidence": ["EV-1"]}, {"pool": {"EV-1": LAST}}, State.PASS, set()),
    (
        "missing file",
        {"said": "pass", "evidence": ["EV-1"]},
        {"files": {"EV-1": FileState.MISSING}},
        State.STALE,
        set(),
    ),
    (
        "changed file",
        {"said": "pass", "evidence": ["EV-1"]},
        {"files": {"EV-1": FileState.CHANGED}},
        State.STALE,
        set(),
    ),
    (
        "web address",
        {"said": "pass", "evidence": ["EV-1"]},
        {"files": {"EV-1": FileState.NOT_CHECKED}},
        State.PASS,
        {Flag.NOT_CHECKED},
    ),
    ("review passed", {"said": "pass", "evidence": ["EV-1"], "review": "2026-06-29"}, {}, State.STALE, set()),
    ("review today", {"said": "pass", "evidence": ["EV-1"], "review": ON}, {}, State.PASS, set()),
    ("fail with old evidence", {"said": "fail", "evidence": ["EV-1"]}, {"pool": {"EV-1": OLD}}, State.FAIL, set()),
    (
        "fail that is accepted",
        {"said": "fail", "accepted_by": "CISO", "accepted_until": ON},
        {},
        State.FAIL,
        {Flag.ACCEPTED},
    ),
    (
        "acceptance that has ended",
        {"said": "fail", "accepted_by": "CISO", "accepted_until": "2026-06-29"},
        {},
        State.FAIL,
        {Flag.ACCEPTANCE_ENDED},
    ),
    ("overdue", {"said": "inconclusive", "due": "2026-06-29"}, {}, State.INCONCLUSIVE, {Flag.OVERDUE}),
    ("due today", {"said": "not assessed", "due": ON}, {}, State.NOT_ASSESSED, set()),
    ("done before it is due", {"said": "pass", "evidence": ["EV-1"], "due": "2026-06-29"}, {}, State.PASS, set()),
    ("not applicable", {"said": "not applicable", "reason": "No model."}, {}, State.NOT_APPLICABLE, set()),
    (
        "marked for review",
        {"said": "fail", "review_reason": "The strength has changed."},
        {},
        State.FAIL,
        {Flag.MARKED},
    ),
    ("other digest", {"said": "fail", "digest": "0" * 16}, {}, State.FAIL, {Flag.CHANGED}),
]


@pytest.mark.parametrize(("row", "more", "state", "flags"), [item[1:] for item in ROWS], ids=[item[0] for item in ROWS])
def test_the_state_follows_from_the_row_and_the_date(
    row: dict[str, Any], more: dict[str, Any], state: State, flags: set[Flag]
) -> None:
    """The first rule that applies decides; what a person should know besides is a flag."""
    pool = {name: Evidence(id=name, title=name) for name in ("EV-1", "EV-2")} | more.get("pool", {})
    found = assessment(verdict("5.1#1", **row), **more | {"pool": pool}).state("5.1#1", ON)
    assert (found.state, set(found.flags)) == (state, flags)
    assert bool(found.reasons) == (state is State.STALE)


def test_a_stale_pass_says_why() -> None:
    """Every cause is named: each piece of evidence that counts no more, and the date of the review."""
    row = verdict("5.1#1", evidence=["EV-1", "EV-2"], review="2026-01-01")
    pool = {"EV-1": OLD, "EV-2": Evidence(id="EV-2", title="T")}
    about = assessment(row, pool=pool, files={"EV-1": FileState.CHANGED, "EV-2": FileState.MISSING})
    assert about.state("5.1", dt.date(2026, 6, 30)).reasons == (
        "The evidence EV-1 was valid until 2026-06-29.",
        "The file of the evidence EV-1 has changed since it was collected.",
        "The file of the evidence EV-2 is missing.",
        "The verdict was to be looked at again by 2026-01-01.",
    )


def test_a_statement_without_a_row_is_not_assessed() -> None:
    """No row and a row without a verdict are the same."""
    found = assessment(verdict("5.1#1", "not assessed", owner="Ann"))
    assert [found.state(key, ON).state for key in ("5.1#1", "5.2#1")] == [State.NOT_ASSESSED] * 2
    assert [found.state(key, ON).open for key in ("5.1#1", "5.2#1")] == [True, True]


def test_statements_of_other_roles_are_out_of_scope() -> None:
    """A statement that binds no role held is out of scope, and says which roles it binds."""
    found = assessment(system=system(roles=(Role.DATA_CUSTODIAN,))).state("6.5#1", ON)
    assert (found.state, found.verdict) == (State.OUT_OF_SCOPE, None)
    [reason] = found.reasons
    assert reason.endswith("the roles held are: Data Custodian.")
    assert not found.open


def test_a_person_can_overrule_what_is_out_of_scope() -> None:
    """A row with a reason brings a statement into scope; one without a reason does not."""
    only = system(roles=(Role.DATA_CUSTODIAN,))
    without = assessment(verdict("6.5#1"), system=only)
    assert without.state("6.5#1", ON).state is State.OUT_OF_SCOPE
    found = assessment(verdict("6.5#1", reason="We run it too."), system=only).state("6.5#1", ON)
    assert (found.state, found.flags) == (State.PASS, (Flag.NO_EVIDENCE, Flag.OVERRULED))
    # For a role that is not held, it stays out of scope.
    about = assessment(verdict("6.5#1", reason="We run it too."), system=only)
    assert about.state("6.5#1", ON, role="Developer").state is State.OUT_OF_SCOPE


def test_duties_of_the_organisation_bind_those_to_which_the_principle_applies() -> None:
    """Principle 1 binds organisations; it applies to developers, operators and custodians, but not to end-users."""
    [holder] = CODE["1.1"].statements[0].duty_holders
    assert holder is Role.ORGANISATION
    assert assessment().state("1.1#1", ON).state is State.NOT_ASSESSED
    assert assessment(system=system(roles=(Role.END_USER,))).state("1.1#1", ON).state is State.OUT_OF_SCOPE


def test_the_worst_of_the_roles_decides() -> None:
    """A statement that binds several roles held may have a verdict for each; without a role, the worst counts."""
    holders = CODE["5.1"].statements[0].duty_holders
    assert set(holders) >= {Role.DEVELOPER, Role.SYSTEM_OPERATOR}
    rows = [verdict("5.1#1"), verdict("5.1#1", "fail", role=Role.DEVELOPER)]
    about = assessment(*rows)
    assert about.state("5.1#1", ON).state is State.FAIL
    assert set(about.state("5.1#1", ON).flags) == {Flag.NO_EVIDENCE}
    assert about.state("5.1#1", ON, role="developer").state is State.FAIL
    # The row without a role holds for the others.
    assert about.state("5.1#1", ON, role=Role.SYSTEM_OPERATOR).state is State.PASS
    half = assessment(verdict("5.1#1", role=Role.DEVELOPER))
    assert half.state("5.1#1", ON).state is State.NOT_ASSESSED
    assert half.state("5.1#1", ON, role="System Operator").role is Role.SYSTEM_OPERATOR


def test_a_statement_without_a_verdict_takes_that_of_a_base() -> None:
    """The first system that has a verdict counts, over any number of steps, and its name is told."""
    cloud = assessment(verdict("5.1#1"), verdict("5.2#1"), system=system(name="cloud"))
    middle = assessment(verdict("5.1#1", "not assessed"), system=system(name="middle"), bases=(cloud,))
    other = assessment(verdict("5.1#1", "fail"), system=system(name="other"))
    about = assessment(verdict("5.2#1", "fail"), verdict("5.1#1", "not assessed", owner="Ann"), bases=(middle, other))
    found = about.state("5.1#1", ON)
    assert (found.state, found.inherited_from) == (State.PASS, "cloud")
    assert found.flags == (Flag.NO_EVIDENCE, Flag.INHERITED)
    # One's own verdict takes precedence.
    assert (about.state("5.2#1", ON).state, about.state("5.2#1", ON).inherited_from) == (State.FAIL, None)
    assert about.state("5.3#1", ON).state is State.NOT_ASSESSED


def test_what_is_inherited_is_due_on_the_day_of_the_own_row() -> None:
    """Somebody is to do here what the base has not done, and to look at it again."""
    base = assessment(verdict("5.1#1", "fail"), verdict("5.2#1", evidence=("EV-1",)), system=system(name="cloud"))
    plan: dict[str, Any] = {"due": "2026-06-29", "review_reason": "Ask them."}
    about = assessment(*(verdict(key, "not assessed", **plan) for key in ("5.1#1", "5.2#1")), bases=(base,))
    assert about.state("5.1#1", ON).flags == (Flag.OVERDUE, Flag.MARKED, Flag.INHERITED)
    # What passes is not overdue.
    assert about.state("5.2#1", ON).flags == (Flag.MARKED, Flag.INHERITED)


def test_what_does_not_exist_is_an_error() -> None:
    """An unknown key, a provision with several statements, an unknown role and a date that is none are refused."""
    about = assessment()
    for key in ("99.1", "8.3"):
        with pytest.raises(UnknownKey):
            about.state(key, ON)
    with pytest.raises(UnknownTerm):
        about.states(ON, role="janitor")
    with pytest.raises(ValueError, match="30 June"):
        about.states("30 June")


def test_states_are_those_of_all_statements_in_printed_order() -> None:
    """Each of the 88 statements has one state; for a role, only those that bind it have one."""
    found = assessment().states(ON)
    assert [str(item.key) for item in found] == [
        f"{key}#{one.ordinal}" for key, item in CODE.items() for one in item.statements
    ]
    assert len(found) == 88
    assert [str(item.key) for item in assessment().states(ON, role="End-user")] == ["uk-ai-cop@2025-01:5.4#1"]


# Units by hand: the states of their statements, and what they are together.
UNITS = [
    ([], None),
    (["pass", "pass"], State.PASS),
    (["pass", "not applicable", "out of scope"], State.PASS),
    (["pass", "not assessed"], State.NOT_ASSESSED),
    (["not assessed", "inconclusive"], State.INCONCLUSIVE),
    (["inconclusive", "stale"], State.STALE),
    (["stale", "fail"], State.FAIL),
    (["not applicable", "out of scope"], State.NOT_APPLICABLE),
    (["not applicable"], State.NOT_APPLICABLE),
    (["out of scope", "out of scope"], State.OUT_OF_SCOPE),
]


@pytest.mark.parametrize(("states", "expected"), UNITS)
def test_a_unit_has_the_worst_state_of_its_statements(states: list[str], expected: State | None) -> None:
    """Fail is worse than stale, stale than inconclusive, that than not assessed, and that than pass."""
    assert state_of_unit(map(State, states)) == expected


@given(st.lists(st.sampled_from(State), max_size=8), st.randoms())
def test_a_unit_does_not_depend_on_order_or_grouping(states: list[State], random: Any) -> None:  # noqa: ANN401
    """The state of a unit is that of its parts together, in any order."""
    shuffled = list(states)
    random.shuffle(shuffled)
    assert state_of_unit(shuffled) == state_of_unit(states)
    for cut in range(len(states) + 1):
        parts = [state_of_unit(part) for part in (states[:cut], states[cut:])]
        assert state_of_unit(one for one in parts if one is not None) == state_of_unit(states)


def test_no_state_of_a_unit_is_better_than_a_part() -> None:
    """A unit passes only if none of its statements is open."""
    for pair in itertools.product(State, repeat=2):
        if state_of_unit(pair) is State.PASS:
            assert not set(pair) & set(WORST_FIRST[:-1])


def test_an_assessment_is_short_to_print() -> None:
    """The repr names the system, the edition and the number of verdicts."""
    found: Assessment = assessment(verdict("5.1#1"))
    assert repr(found) == "<Assessment of chat against uk-ai-cop@2025-01: 1 verdict>"


def test_a_risk_is_accepted_only_for_all_roles_that_fail() -> None:
    """Of two fails for different roles, one that nobody accepts decides, and the whole does not pass as accepted."""
    accepted: dict[str, Any] = {"accepted_by": "C", "accepted_until": "2026-12-31"}
    one = verdict("5.1#1", "fail", role=Role.DEVELOPER, **accepted)
    for more, expected in (({}, set()), (accepted, {Flag.ACCEPTED})):
        other = verdict("5.1#1", "fail", role=Role.SYSTEM_OPERATOR, **more)
        assert set(assessment(one, other).state("5.1#1", ON).flags) == expected


def test_states_can_be_those_of_several_roles() -> None:
    """Only statements that bind one of the roles are asked, each for these roles alone."""
    about = assessment(verdict("5.1#1", role=Role.DEVELOPER), verdict("5.1#1", "fail", role=Role.SYSTEM_OPERATOR))
    both = about.states(ON, role=["developer", "system operator"])
    assert {item.key for item in both} == {
        item.key for role in ("developer", "system operator") for item in about.states(ON, role=role)
    }
    assert about.state("5.1#1", ON, role=["developer", "end-user"]).state is State.PASS
    assert about.state("5.1#1", ON, role=["developer", "system operator"]).state is State.FAIL
    assert {item.role for item in both} == {None}
    [operator] = [item for item in about.states(ON, role="system operator") if item.key.local == "5.1#1"]
    assert (operator.role, operator.state) == (Role.SYSTEM_OPERATOR, State.FAIL)


def test_rows_and_keys_of_statements() -> None:
    """The rows of a statement are those that it has, that for all roles first."""
    about = assessment(verdict("5.1#1", role=Role.DEVELOPER), verdict("5.1#1", "fail"))
    key = about.statement_key("UK Code 5.1")
    assert [row.role for row in about.rows(key)] == [None, Role.DEVELOPER]
    assert about.rows(about.statement_key("5.2#1")) == ()
    assert next(iter(about.statements)).local == "1.1#1"
    with pytest.raises(UnknownKey):
        about.statement_key("P5")


def test_the_statements_of_an_edition_are_computed_once() -> None:
    """Assessments against one edition share them; of many editions, only the last ones are kept."""
    first = statements_of(CODE)
    assert statements_of(CODE) is first
    for _ in range(20):
        statements_of(attrs.evolve(CODE))
    assert statements_of(CODE) is not first


@pytest.mark.parametrize("key", ["uk-ai-cop@2025-01:5.1", "etsi-en-304-223@2.1.1:5.1.1-1#1"])
def test_a_verdict_is_about_a_statement_of_the_edition(key: str) -> None:
    """A verdict that was made by hand for anything else is refused with its key."""
    row = VerdictRow(key=parse(key))  # type: ignore[arg-type]
    with pytest.raises(InvalidDocument) as caught:
        assessment(verdict("5.1#1"), row)
    assert caught.value.faults == (Fault("verdicts", "row 2, column 'key'", f"the edition has no statement {key}"),)
