"""Results of gates in the formats of other tools."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.assessment import Rule, check
from aicop.errors import UnknownTerm, escape_text
from aicop.interop import gate
from aicop.vocabulary import Role
from tests.assessment.examples import ON, assessment, system, verdict

if TYPE_CHECKING:
    from aicop.assessment import GateResult

RULES = [Rule.FAIL, Rule.NO_EVIDENCE]


def result(**more: Any) -> GateResult:  # noqa: ANN401
    """Return a result with two findings: a fail for one role, and a pass without evidence."""
    rows = [verdict("5.1#1", "fail", role=Role.DEVELOPER), verdict("5.2#1", "pass", **more)]
    return check(assessment(*rows), RULES, ON, phase="secure-development")


def test_text_has_a_line_for_each_finding() -> None:
    """Each line begins with the file, as linters print it; without a folder it is the path in the library."""
    assert gate.text([result()], folder="our files").splitlines() == [
        "our files/assessments/chat/verdicts.csv: fail: uk-ai-cop@2025-01:5.1#1 fails for the role Developer.",
        "our files/assessments/chat/verdicts.csv: no-evidence: uk-ai-cop@2025-01:5.2#1 passes without evidence.",
    ]
    [found] = result(evidence=["EV-1"]).findings
    placed = attrs.evolve(found, line=7)
    rules = [attrs.evolve(result().rules[0], findings=[placed])]
    assert gate.text([attrs.evolve(result(), rules=rules)]).startswith("assessments/chat/verdicts.csv:7: fail: ")
    assert gate.text([]) == ""


def test_junit_has_a_case_for_each_statement_and_rule() -> None:
    """The suite counts what was checked and what is broken, and each failure says where."""
    one = result()
    root = ET.fromstring(gate.junit([one, one], folder="grc/"))  # noqa: S314 -- our own text
    suites = root.findall("testsuite")
    checked = sum(len(item.checked) for item in one.rules)
    assert (root.attrib["tests"], root.attrib["failures"]) == (str(2 * checked), "4")
    assert [(suite.attrib["name"], suite.attrib["tests"], suite.attrib["failures"]) for suite in suites] == [
        ("chat", str(checked), "2")
    ] * 2
    cases = suites[0].findall("testcase")
    assert len(cases) == checked
    failed = [case for case in cases if case.find("failure") is not None]
    assert [(case.attrib["classname"], case.attrib["name"]) for case in failed] == [
        ("chat.fail", "uk-ai-cop@2025-01:5.1#1"),
        ("chat.no-evidence", "uk-ai-cop@2025-01:5.2#1"),
    ]
    failure = failed[0].find("failure")
    assert failure is not None
    assert (failure.attrib["type"], failure.text) == (
        "fail",
        "grc/assessments/chat/verdicts.csv: uk-ai-cop@2025-01:5.1#1 fails for the role Developer.",
    )
    assert {item.attrib["name"]: item.attrib["value"] for item in root.iter("property")} == {
        "title": "Chat assistant",
        "edition": "uk-ai-cop@2025-01",
        "on": ON,
    }


def test_sarif_has_a_result_for_each_finding() -> None:
    """Each names its rule by id and index, and its place; the same finding has the same fingerprint."""
    log = json.loads(gate.sarif([result()], folder="our files"))
    [run] = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["fail", "no-evidence"]
    assert [(item["ruleId"], item["ruleIndex"]) for item in run["results"]] == [("fail", 0), ("no-evidence", 1)]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "our%20files/assessments/chat/verdicts.csv"},
        "region": {"startLine": 1},
    }
    assert run["results"][0]["properties"]["aicop"] == {
        "system": "chat",
        "key": "uk-ai-cop@2025-01:5.1#1",
        "role": "Developer",
        "state": "fail",
        "on": ON,
    }
    again = json.loads(gate.sarif([result(note="Another note.")]))["runs"][0]["results"]
    assert [item["partialFingerprints"] for item in again] == [item["partialFingerprints"] for item in run["results"]]
    assert len({item["partialFingerprints"]["aicop/v1"] for item in again}) == 2
    absolute = json.loads(gate.sarif([result()], folder="/home/a b"))["runs"][0]["results"][0]["locations"][0]
    assert absolute["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///home/a%20b/assessments/")
    assert json.loads(gate.sarif([]))["runs"][0]["results"] == []


def test_github_has_a_command_for_each_finding() -> None:
    """Commas and colons of properties are escaped, so that none ends one."""
    lines = gate.github([result()], folder="a,b:c").splitlines()
    assert lines == [
        "::error file=a%2Cb%3Ac/assessments/chat/verdicts.csv,line=1,title=chat%3A fail"
        "::uk-ai-cop@2025-01:5.1#1 fails for the role Developer.",
        "::error file=a%2Cb%3Ac/assessments/chat/verdicts.csv,line=1,title=chat%3A no-evidence"
        "::uk-ai-cop@2025-01:5.2#1 passes without evidence.",
    ]


def test_markdown_has_counts_and_findings() -> None:
    """The summary has the denominator of each rule, the filter, and a row for each finding; without any, no table."""
    text = gate.markdown([result()])
    assert text.startswith(
        "### Chat assistant (chat)\n\nuk-ai-cop@2025-01, 2026-06-30: 2 rules of 2 broken. "
        "Filter: phase secure-development.\n\n| rule | checked | broken |\n"
    )
    assert "| no-evidence | 1 | 1 |" in text
    assert "| fail | uk-ai-cop@2025-01:5.1\\#1 | uk-ai-cop@2025-01:5.1\\#1 fails for the role Developer. |" in text
    fine = gate.markdown([check(assessment(), "fail", ON, role=["developer", "system operator"])])
    assert "0 rules of 1 broken. Filter: role Developer or System Operator." in fine
    assert "finding" not in fine
    assert gate.markdown([result(), result()]).count("### ") == 2


NASTY = "\x1b[31m]]>&<\"'|`<b>*[a](http://b)::error::x%0A\r\n| a |\u202e{0}\x00\ud800"


def test_texts_of_the_user_are_escaped() -> None:
    """Whatever a title or a reason holds, each format stays what it is, and no line is forged."""
    about = assessment(verdict("5.1#1", review_reason=NASTY, evidence=["EV-1"]), system=system(title=NASTY))
    one = check(about, "unreviewed", ON)
    root = ET.fromstring(gate.junit([one]))  # noqa: S314 -- our own text
    [failure] = root.iter("failure")
    assert failure.attrib["message"].count("]]>&<\"'|") == 1
    log = json.loads(gate.sarif([one]))
    text = log["runs"][0]["results"][0]["message"]["text"]
    assert "{{0}}" in text
    assert re.search(r"(?<!\\)\]\(", text) is None
    [command] = gate.github([one]).splitlines()
    assert command.startswith("::error ")
    assert command.count("%250A") == 1
    assert len(gate.markdown([one]).splitlines()) == len(
        gate.markdown(
            [check(assessment(verdict("5.1#1", review_reason="R", evidence=["EV-1"])), "unreviewed", ON)]
        ).splitlines()
    )
    for written in (gate.text([one]), gate.junit([one]), gate.sarif([one]), gate.github([one]), gate.markdown([one])):
        written.encode()
        assert escape_text(written, keep="\n") == written


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_reported(title: str, reason: str) -> None:
    """XML and JSON are well formed, and there is one command and one row for each finding, for any texts."""
    about = assessment(verdict("5.1#1", review_reason=reason), system=system(title=title))
    one = check(about, "unreviewed", ON)
    ET.fromstring(gate.junit([one]).encode())  # noqa: S314 -- our own text
    assert len(json.loads(gate.sarif([one]).encode())["runs"][0]["results"]) == 1
    assert len(gate.github([one]).splitlines()) == 1
    assert len(gate.markdown([one]).split("\n")) == 12


BADGES: list[tuple[list[Any], dict[str, Any], str, str]] = [
    ([], {}, "uk-ai-cop@2025-01 shall", "0 pass, 58 not assessed of 58"),
    (
        [("5.1#1", "pass"), ("5.2#1", "fail"), ("5.3#1", "not applicable")],
        {"modality": "shall", "label": "AI security"},
        "AI security",
        "1 pass, 1 fail, 55 not assessed, 1 not applicable of 58",
    ),
    ([], {"modality": "can"}, "uk-ai-cop@2025-01 can", "none in scope"),
    ([], {"modality": ["shall", "can"]}, "uk-ai-cop@2025-01 shall or can", "0 pass, 58 not assessed of 58"),
]


@pytest.mark.parametrize(("rows", "more", "label", "message"), BADGES)
def test_a_badge_has_counts(rows: list[tuple[str, str]], more: dict[str, Any], label: str, message: str) -> None:
    """The message counts the statements by state with their denominator; the colour says nothing."""
    about = assessment(*(verdict(key, said, reason="R") for key, said in rows))
    for level in ("edition", "principle"):
        badge = json.loads(gate.badge(about.status(ON, level), **more))
        assert badge == {"schemaVersion": 1, "label": label, "message": message, "color": "blue"}
    assert "%" not in message
    with pytest.raises(UnknownTerm):
        gate.badge(about.status(ON), modality="must")
