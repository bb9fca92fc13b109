"""The facts of a report."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import attrs
import pytest

from aicop import Library, Role
from aicop.assessment import AssessmentReport, Flag, Questionnaire, Scope, State, load, questionnaire, report
from aicop.errors import UnknownTerm
from aicop.library.commit import commit_of
from aicop.records import from_dict, to_dict, to_plain
from tests.assessment.examples import assessment, system, verdict
from tests.report.examples import LIBRARY, ON, facts, filled

FACTS = facts()
ACME = Path("docs/examples/acme")


def local(items: object) -> list[str]:
    """Return the keys of statements without their edition."""
    return [item.key.local for item in items]  # type: ignore[attr-defined]


def test_the_head_says_where_the_report_comes_from() -> None:
    """The day, version, digest and commit are stated; a library without a folder has no commit."""
    assert (FACTS.on, FACTS.version) == (ON, importlib.metadata.version("aicop"))
    assert (FACTS.library_digest, FACTS.commit) == (LIBRARY.digest, None)
    assert FACTS.edition_title == "Code of Practice for the Cyber Security of AI"
    library = Library.open(ACME)
    found = report(library, load(library, "chat-assistant"), "2026-11-30")
    assert found.commit == commit_of(ACME)
    assert found.library_digest == library.digest != LIBRARY.digest


def test_every_statement_is_in_one_state() -> None:
    """All 88 statements are listed, and the totals are theirs."""
    assert len(FACTS.statements) == FACTS.total.statements == 88
    for state in State:
        assert FACTS.total.count(state) == sum(one.state.state is state for one in FACTS.statements)
    assert sum(unit.statements for unit in FACTS.principles) == 88
    assert [unit.key for unit in FACTS.roles] == ["Developer", "System Operator"]
    assert (FACTS.limit, FACTS.left_out) == ((), 0)


def test_gaps_and_what_is_not_assessed_are_the_steps() -> None:
    """The steps are parted by whether there is a verdict, in the order of work."""
    assert set(local(FACTS.gaps)) == {"5.1#1", "5.2#1", "5.3#1", "8.3#1", "8.3#2", "12.1#1"}
    assert sorted((*local(FACTS.gaps), *local(FACTS.not_assessed))) == sorted(local(FACTS.steps))
    assert local(FACTS.gaps) == [key for key in local(FACTS.steps) if key in local(FACTS.gaps)]


def test_statements_say_whether_they_apply_and_why() -> None:
    """The reason is the rule, the roles that are bound, or that of a person."""
    by_key = {one.key.local: one for one in FACTS.statements}
    assert local(FACTS.out_of_scope) == ["2.5#1"]
    assert by_key["2.5#1"].scope is Scope.OUT_OF_SCOPE
    assert by_key["2.5#1"].because == "It binds the Data Custodian; the roles held are: Developer, System Operator."
    # A verdict that does not count is shown as such.
    assert [row.verdict.value for row in by_key["2.5#1"].rows] == ["pass"]
    assert by_key["2.5#1"].verdicts == ()
    assert local(FACTS.not_applicable) == ["10.3#1"]
    assert (by_key["10.3#1"].scope, by_key["10.3#1"].because) == (Scope.NOT_APPLICABLE, "Reason Text")
    assert (by_key["12.1#1"].scope, by_key["12.1#1"].because) == (Scope.IN_SCOPE, "It binds the System Operator.")
    overruled = report(LIBRARY, assessment(verdict("2.5#1", reason="We keep the data.")), ON)
    [one] = [item for item in overruled.statements if item.key.local == "2.5#1"]
    assert (one.scope, one.because, one.state.flags) == (
        Scope.IN_SCOPE,
        "We keep the data.",
        (Flag.NO_EVIDENCE, Flag.OVERRULED),
    )


def test_verdicts_of_single_roles_and_inherited_ones_are_those_that_decide() -> None:
    """A statement has the verdicts, evidence and owners of all its parts, and those of another system."""
    by_key = {one.key.local: one for one in FACTS.statements}
    assert [row.role for row in by_key["12.1#1"].verdicts] == [Role.SYSTEM_OPERATOR]
    assert by_key["6.3#1"].state.inherited_from == "platform"
    assert by_key["6.3#1"].evidence == ("EV-9",)
    assert by_key["5.2#1"].owners == ("Owner Text",)
    several = report(
        LIBRARY,
        assessment(
            verdict("2.2#1", role="Developer", evidence=["EV-1"], owner="A"),
            verdict("2.2#1", "fail", role="System Operator", evidence=["EV-1", "EV-2"], owner="A"),
        ),
        ON,
    )
    [one] = [item for item in several.statements if item.key.local == "2.2#1"]
    assert [(part.role, part.state) for part in one.parts] == [
        (Role.DEVELOPER, State.PASS),
        (Role.SYSTEM_OPERATOR, State.FAIL),
    ]
    assert (one.state.state, one.evidence, one.owners) == (State.FAIL, ("EV-1", "EV-2"), ("A",))


def test_flags_are_counted_with_their_statements() -> None:
    """Each flag that occurs has the statements that have it."""
    found = {flag: [key.local for key in keys] for flag, keys in FACTS.flags}
    assert found[Flag.NO_EVIDENCE] == ["5.3#1"]
    assert found[Flag.ACCEPTED] == ["8.3#1"]
    assert found[Flag.ACCEPTANCE_ENDED] == ["8.3#2"]
    assert found[Flag.MARKED] == ["5.3#1"]
    assert found[Flag.OVERDUE] == ["8.3#2"]
    assert Flag.OVERRULED not in found


def test_what_is_known_of_other_frameworks_is_relevant_or_named() -> None:
    """Controls that mappings relate to provisions are listed with their claims, and the others are named."""
    assert {str(item.row.key) for item in FACTS.relevant} == {"iso-iec-42001@2023:A.4.2"}
    assert [str(row.key) for row in FACTS.not_relevant] == ["iso-iec-42001@2023:A.2.2"]
    library = Library.open(ACME)
    found = report(library, load(library, "chat-assistant"), "2026-11-30")
    assert {item.claim.source.local for item in found.relevant if item.claim.source} == {"5.1", "6.1"}
    assert found.not_relevant == ()


def test_the_history_is_limited_to_the_dates() -> None:
    """With an earlier date, the history has what was recorded after it; the rest is counted."""
    assert [(one.recorded, one.by) for one in FACTS.history] == [("2026-05-01", "assessor"), ("2026-05-02", "assessor")]
    assert (FACTS.recorded_before, FACTS.recorded_after) == (1, 1)
    assert FACTS.progress is not None
    assert (FACTS.progress.since, FACTS.progress.until) == ("2026-03-01", ON)
    whole = facts(since=None)
    assert (len(whole.history), whole.recorded_before, whole.progress) == (3, 0, None)


def test_verdicts_changed_by_hand_are_named() -> None:
    """A verdict that is other than it was last recorded, or never was, is one that nobody is known to have changed."""
    recorded = {"5.1#1", "8.3#1"}
    assert {row.key.local for row in FACTS.by_hand} == {row.key.local for row in filled().verdicts} - recorded


def test_roles_limit_what_is_counted() -> None:
    """With a role, only statements that bind it are counted, and the others are counted as left out."""
    found = report(LIBRARY, filled(), ON, role="data custodian")
    assert found.limit == (Role.DATA_CUSTODIAN,)
    assert len(found.statements) + found.left_out == 88
    assert found.total.in_scope == 0
    operator = report(LIBRARY, filled(), ON, role=["System Operator"])
    assert all(one.roles == (Role.SYSTEM_OPERATOR,) for one in operator.statements)
    with pytest.raises(UnknownTerm, match="boss"):
        report(LIBRARY, filled(), ON, role="boss")


def test_dates_must_be_in_order() -> None:
    """A later date cannot be compared with, and a date must be one."""
    with pytest.raises(ValueError, match="2026-07-01 is later than 2026-06-30; compare with an earlier date"):
        report(LIBRARY, filled(), ON, since="2026-07-01")
    with pytest.raises(ValueError, match="'June' is not an ISO date"):
        report(LIBRARY, filled(), "June")


def test_nothing_is_a_score() -> None:
    """No field of a report is a share, and none is called a score, grade or compliance."""

    def fields(value: object) -> set[str]:
        if isinstance(value, dict):
            return {*value} | {name for item in value.values() for name in fields(item)}
        if isinstance(value, list):
            return {name for item in value for name in fields(item)}
        assert not isinstance(value, float)
        return set()

    names = fields(to_plain(FACTS))
    assert {"statements", "history"} <= names
    assert not any(word in name for name in names for word in ("score", "grade_of", "percent", "complian", "rating"))


def test_the_order_of_rows_does_not_matter() -> None:
    """An assessment with its verdicts in another order has the same report."""
    about = filled()
    other = attrs.evolve(about, verdicts=tuple(reversed(about.verdicts)))
    assert report(LIBRARY, other, ON) == report(LIBRARY, about, ON)


def test_a_report_survives_json() -> None:
    """A report, and questions to suppliers, are equal after they were written as JSON and read."""
    asked = questionnaire(LIBRARY, filled(), ON)
    assert from_dict(AssessmentReport, json.loads(json.dumps(to_dict(FACTS)))) == FACTS
    assert from_dict(Questionnaire, json.loads(json.dumps(to_dict(asked)))) == asked


def test_an_assessment_without_anything_has_a_report() -> None:
    """Without a row, every statement in scope is not assessed."""
    found = report(LIBRARY, assessment(system=system(roles=["Developer"])), ON)
    parts = (found.gaps, found.accepted, found.evidence, found.relevant, found.history, found.flags)
    assert not any(parts)
    assert found.total.count("not assessed") == found.total.in_scope
