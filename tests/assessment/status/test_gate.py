"""Gates: rules, what breaks them, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.assessment import FileState, NothingToCheck, Rule, State, Verdict, check, load
from aicop.errors import UnknownKey, UnknownTerm
from aicop.model import Evidence, VerdictRow
from aicop.vocabulary import Modality, Role
from tests.assessment.examples import CODE, ON, assessment, system, verdict
from tests.assessment.files.test_reader import TOML, library

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.assessment import GateResult
    from aicop.ids import StatementId

KEYS = list(assessment().statements)


def found(result: GateResult) -> list[tuple[str, str, str | None]]:
    """Return the rule, statement and role of each finding."""
    return [(item.rule.value, item.key.local, item.role) for item in result.findings]


# A row for 5.1#1, a shall statement, the rules that it breaks, and the end of the message of the last one.
ROWS: list[tuple[str, dict[str, Any], set[str], str]] = [
    ("pass with evidence", {"evidence": ["EV-1"]}, set(), ""),
    ("pass without evidence", {}, {"no-evidence"}, "passes without evidence."),
    ("fail", {"said": "fail"}, {"fail"}, "5.1#1 fails."),
    ("accepted", {"said": "fail", "accepted_by": "C", "accepted_until": ON}, set(), ""),
    (
        "accepted until yesterday",
        {"said": "fail", "accepted_by": "C", "accepted_until": "2026-06-29"},
        {"fail"},
        "fails. Its risk was accepted until 2026-06-29.",
    ),
    ("inconclusive", {"said": "inconclusive"}, {"inconclusive"}, "is inconclusive."),
    (
        "stale by review",
        {"evidence": ["EV-1"], "review": "2026-06-29"},
        {"stale"},
        "passes, but is stale. The verdict was to be looked at again by 2026-06-29.",
    ),
    ("stale without evidence", {"review": "2026-06-29"}, {"stale", "no-evidence"}, "passes without evidence."),
    ("overdue", {"said": "not assessed", "due": "2026-06-29"}, {"open-shall", "overdue"}, "It was due on 2026-06-29; its state is not assessed."),
    ("overdue fail", {"said": "fail", "due": "2026-06-29"}, {"fail", "overdue"}, "its state is fail."),
    ("not overdue", {"evidence": ["EV-1"], "due": "2026-06-29"}, set(), ""),
    (
        "marked",
        {"evidence": ["EV-1"], "review_reason": "The verb has changed."},
        {"unreviewed"},
        "waits for a review. It is marked: The verb has changed.",
    ),
    (
        "changed",
        {"evidence": ["EV-1"], "digest": "0" * 16},
        {"unreviewed"},
        "waits for a review. The statement has changed since the verdict was given.",
    ),
    ("not applicable", {"said": "not applicable", "reason": "R"}, set(), ""),
]  # fmt: skip


@pytest.mark.parametrize(("row", "broken", "message"), [item[1:] for item in ROWS], ids=[item[0] for item in ROWS])
def test_a_row_breaks_the_rules_that_it_should(row: dict[str, Any], broken: set[str], message: str) -> None:
    """Each rule looks at what it names, and the message says what is wrong."""
    result = check(assessment(verdict("5.1#1", **row)), list(Rule), ON)
    mine = [item for item in result.findings if item.key.local == "5.1#1"]
    assert {item.rule.value for item in mine} == broken
    assert not message or mine[-1].message.endswith(message)
    assert result.broken
    assert [item.rule for item in result.rules] == list(Rule)


def test_a_changed_file_breaks_the_rule_of_stale_passes() -> None:
    """What is known of the files of evidence counts."""
    about = assessment(verdict("5.1#1", evidence=["EV-1"]), files={"EV-1": FileState.CHANGED})
    [item] = check(about, "stale", ON).findings
    assert (item.state, item.message.endswith("has changed since it was collected.")) == (State.STALE, True)


def test_open_requirements_are_those_without_a_verdict() -> None:
    """Of the 88 statements, the shall statements in scope must have one; counted without the gate."""
    shall = [key for key, one in assessment().statements.items() if one.modality is Modality.SHALL]
    mine = [key for key in shall if assessment().roles_bound(key)]
    result = check(assessment(verdict(str(mine[0]))), Rule.OPEN_SHALL, ON)
    [rule] = result.rules
    assert rule.checked == tuple(mine)
    assert [item.key for item in rule.findings] == mine[1:]
    assert check(assessment(*(verdict(str(key), "fail") for key in mine)), ["open shall"], ON).broken is False


def test_what_was_checked_is_counted() -> None:
    """A rule about passes has the passes as its denominator, one about open statements these."""
    about = assessment(verdict("5.1#1"), verdict("5.2#1", "fail"), verdict("5.3#1", "not applicable", reason="R"))
    counts = {item.rule.value: len(item.checked) for item in check(about, list(Rule), ON).rules}
    in_scope = sum(item.state is not State.OUT_OF_SCOPE for item in about.states(ON))
    assert counts == {
        "open-shall": sum(
            item.modality is Modality.SHALL and item.state is not State.OUT_OF_SCOPE for item in about.states(ON)
        ),
        "fail": in_scope,
        "inconclusive": in_scope,
        "stale": 1,
        "no-evidence": 1,
        "overdue": in_scope - 2,
        "unreviewed": 3,
    }


def test_each_role_is_checked_by_its_own_row() -> None:
    """A risk that one role accepts is none that the other accepts; roles that share a row are one finding."""
    accepted: dict[str, Any] = {"accepted_by": "C", "accepted_until": "2026-12-31"}
    rows = [
        verdict("5.1#1", "fail", role=Role.DEVELOPER, **accepted),
        verdict("5.1#1", "fail", role=Role.SYSTEM_OPERATOR),
    ]
    about = assessment(*rows)
    assert found(check(about, "fail", ON)) == [("fail", "5.1#1", "System Operator")]
    assert found(check(about, "fail", ON, role=["developer", "system operator"])) == [
        ("fail", "5.1#1", "System Operator")
    ]
    assert not check(about, "fail", ON, role="developer").broken
    # The state of both roles together does not pass as accepted either.
    assert "risk accepted" not in about.state("5.1#1", ON).flags
    shared = assessment(
        verdict("5.1#1"),
        verdict("5.1#1", "fail", role=Role.DATA_CUSTODIAN),
        system=system(roles=(Role.DEVELOPER, Role.SYSTEM_OPERATOR, Role.DATA_CUSTODIAN)),
    )
    assert found(check(shared, "no-evidence", ON)) == [("no-evidence", "5.1#1", None)]
    several = assessment(verdict("5.1#1", role=Role.SYSTEM_OPERATOR), verdict("5.1#1", role=Role.DEVELOPER))
    order = [role for role in CODE["5.1"].statements[0].duty_holders if role in several.system.roles]
    assert [role for _, _, role in found(check(several, "no-evidence", ON))] == order


def test_a_missing_row_of_a_role_is_found() -> None:
    """If one role has a verdict and another has none, the requirement is open for the other."""
    key = next(
        key
        for key, one in assessment().statements.items()
        if one.modality is Modality.SHALL and {Role.DEVELOPER, Role.SYSTEM_OPERATOR} <= set(one.duty_holders)
    )
    about = assessment(verdict(str(key), role=Role.DEVELOPER))
    roles = [item.role for item in check(about, "open-shall", ON).findings if item.key == key]
    assert roles == [Role.SYSTEM_OPERATOR]
    [item] = [item for item in check(about, "open-shall", ON).findings if item.key == key]
    assert item.message == f"{key} is a requirement without a verdict for the role System Operator."


def test_a_gate_can_be_limited_to_roles_and_phases() -> None:
    """Only statements that bind the role, or are in the phase, are checked; several are alternatives."""
    about = assessment(verdict("2.1#1", "fail"), verdict("5.1#1", "fail"), verdict("13.1#1", "fail"))
    assert found(check(about, "fail", ON, phase="secure-design")) == [("fail", "2.1#1", None)]
    both = check(about, "fail", ON, phase=["secure-design", "secure-end-of-life"], role="Developer")
    assert [key for _, key, _ in found(both)] == ["2.1#1", "13.1#1"]
    assert (both.roles, [phase.slug for phase in both.phases]) == (
        (Role.DEVELOPER,),
        ["secure-design", "secure-end-of-life"],
    )
    for key in both.rules[0].checked:
        assert Role.DEVELOPER in about.statements[key].duty_holders


def test_a_gate_that_checks_nothing_is_an_error() -> None:
    """No rules, and no statement in scope, must not look like a gate that holds."""
    about = assessment()
    with pytest.raises(NothingToCheck, match="chat: nothing was checked; name a rule: open-shall, fail"):
        check(about, [], ON)
    with pytest.raises(NothingToCheck, match="no statement is in scope; name other roles or phases"):
        check(about, "fail", ON, role="Affected Entity")
    with pytest.raises(UnknownTerm, match="did you mean stale"):
        check(about, "stal", ON)
    with pytest.raises(UnknownTerm):
        check(about, "fail", ON, role="janitor")
    with pytest.raises(UnknownKey):
        check(about, "fail", ON, phase="lunch")


def test_findings_have_their_place(tmp_path: Path) -> None:
    """A finding names the file and line of the row, or the file alone if there is no row."""
    about = load(library(tmp_path, chat={"verdicts.csv": "# Ours\nkey,verdict\n5.2,pass\n5.1,fail\n"}), "chat")
    [item] = check(about, "fail", ON).findings
    assert (item.file, item.line) == ("assessments/chat/verdicts.csv", 4)
    missing = check(about, "open-shall", ON).findings[0]
    assert (missing.file, missing.line) == ("assessments/chat/verdicts.csv", None)
    empty = load(library_in(tmp_path / "other"), "web")
    assert check(empty, "open-shall", ON).findings[0].file == "assessments/web/assessment.toml"


def library_in(folder: Path) -> Any:  # noqa: ANN401 -- a library
    """Return a library with a system without tables, in a new folder."""
    folder.mkdir()
    return library(folder, web={})


def test_the_place_of_an_inherited_verdict_is_in_the_other_system(tmp_path: Path) -> None:
    """Over any number of steps, the row that decides is named where it is."""
    about = library(
        tmp_path,
        chat={"assessment.toml": TOML.format(name="chat") + 'inherits = ["other", "middle"]\n'},
        other={},
        middle={"assessment.toml": TOML.format(name="middle") + 'inherits = ["cloud"]\n'},
        cloud={"verdicts.csv": "key,verdict\n5.2,pass\n5.1,fail\n"},
    )
    [item] = check(load(about, "chat"), "fail", ON).findings
    assert (item.file, item.line) == ("assessments/cloud/verdicts.csv", 3)
    assert item.message == "uk-ai-cop@2025-01:5.1#1 fails, by the verdict of cloud."


def test_an_inherited_verdict_may_break_the_rules_of_the_own_row() -> None:
    """The day by which it is due, and the mark, are in the row of the system itself or in the one that is inherited."""
    base = assessment(verdict("5.1#1", "fail", due="2026-06-20"), verdict("5.2#1", "fail"), system=system(name="cloud"))
    plan: dict[str, Any] = {"due": "2026-06-29", "review_reason": "Ask them."}
    about = assessment(*(verdict(key, "not assessed", **plan) for key in ("5.1#1", "5.2#1")), bases=(base,))
    assert [item.message for item in check(about, ["overdue", "unreviewed"], ON).findings] == [
        "uk-ai-cop@2025-01:5.1#1 is overdue, by the verdict of cloud. It was due on 2026-06-20; its state is fail.",
        "uk-ai-cop@2025-01:5.2#1 is overdue, by the verdict of cloud. It was due on 2026-06-29; its state is fail.",
        "uk-ai-cop@2025-01:5.1#1 waits for a review, by the verdict of cloud. It is marked: Ask them.",
        "uk-ai-cop@2025-01:5.2#1 waits for a review, by the verdict of cloud. It is marked: Ask them.",
    ]
    middle = assessment(verdict("5.2#1", "not assessed", **plan), system=system(name="middle"), bases=(base,))
    late = assessment(verdict("5.2#1", "not assessed", due="2026-12-31"), bases=(middle,))
    assert [item.message for item in check(late, "overdue", ON).findings] == [
        "uk-ai-cop@2025-01:5.1#1 is overdue, by the verdict of cloud. It was due on 2026-06-20; its state is fail.",
        "uk-ai-cop@2025-01:5.2#1 is overdue, by the verdict of cloud. Its state is fail.",
    ]


def test_rules_have_a_meaning() -> None:
    """Each rule is a sentence for people."""
    assert all(rule.meaning.endswith(".") for rule in Rule)


rows = st.builds(
    VerdictRow,
    key=st.sampled_from(KEYS[:12]),
    verdict=st.sampled_from(Verdict),
    reason=st.just("R."),
    evidence=st.sampled_from([(), ("EV-1",), ("EV-2",)]),
    due=st.none() | st.dates().map(str),
    review=st.none() | st.dates().map(str),
    digest=st.none() | st.just("0" * 16),
)


@given(st.lists(rows, unique_by=lambda row: row.key), st.dates())
def test_rules_agree_with_states(drawn: list[VerdictRow], on: Any) -> None:  # noqa: ANN401 -- a date
    """A statement breaks the rule of its state and no other of these; rules do not depend on each other."""
    pool = {name: Evidence(id=name, title="T", valid_until="2026-01-01") for name in ("EV-1", "EV-2")}
    about = assessment(*drawn, pool=pool)
    states = {item.key: item for item in about.states(on)}
    result = check(about, list(Rule), on)
    by_rule: dict[Rule, set[StatementId]] = {item.rule: {one.key for one in item.findings} for item in result.rules}
    for rule, state in ((Rule.FAIL, State.FAIL), (Rule.INCONCLUSIVE, State.INCONCLUSIVE), (Rule.STALE, State.STALE)):
        assert by_rule[rule] == {key for key, item in states.items() if item.state is state}
        assert check(about, rule, on).rules[0] == next(item for item in result.rules if item.rule is rule)
    for item in result.rules:
        assert {one.key for one in item.findings} <= set(item.checked)
        assert list(item.checked) == [key for key in about.statements if key in set(item.checked)]
        assert all(states[key].state is not State.OUT_OF_SCOPE for key in item.checked)
    assert result.broken == any(by_rule.values())
    assert CODE.id == result.edition
