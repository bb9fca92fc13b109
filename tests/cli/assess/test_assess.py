"""The commands of assessments."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop import Library
from aicop.applicability import Fact
from aicop.assessment import Rule, check, load, load_all, next_steps
from aicop.interop import gate
from tests.cli.examples import FRAMEWORK, TO_CODE, library, table
from tests.cli.runner import records
from tests.cli.test_foreign_text import NASTY, run_harmless

if TYPE_CHECKING:
    from tests.cli.runner import Run

ON = ("--on", "2026-06-30")
BY = ("--on", "2026-06-15", "--by", "Ann")
TOML = """system = "{name}"
title = "Chat assistant"
unit = "Retail"
edition = "uk-ai-cop@2025-01"
roles = ["Developer", "System Operator"]
"""
VERDICTS = (
    "key,role,verdict,evidence,owner,due\n"
    "5.1,,pass,EV-1,Ann,\n5.2,,pass,,,\n8.3#1,,fail,,Bob,2026-06-01\n5.4#1,Developer,pass,,,\n"
)
FILES = {
    "assessments/chat/assessment.toml": TOML.format(name="chat"),
    "assessments/chat/verdicts.csv": VERDICTS,
    "assessments/chat/evidence.csv": "id,title,location,valid_until\nEV-1,List,evidence/list.csv,2026-01-01\n",
    "assessments/chat/controls.csv": "key,verdict,evidence\nown-controls:AC-1,pass,EV-1\nown-controls:LG-1,fail,\n",
    "evidence/list.csv": "a\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a library with an assessment, which is the working folder."""
    for part in ("assessments", "assessments/chat"):
        (tmp_path / "library" / part).mkdir(parents=True, exist_ok=True)
    _, name = library(tmp_path, FRAMEWORK | {"mappings/own.tsv": table(*TO_CODE)} | FILES)
    monkeypatch.chdir(name)
    return Path(name)


def lines(text: str) -> list[str]:
    """Return the lines of standard error without the one that names the library."""
    found, *rest = text.splitlines()
    assert found.startswith("Library: ")
    return rest


def test_systems_are_listed(aicop: Run, home: Path) -> None:
    """All systems of the library are listed with their facts."""
    [row] = records(aicop, "assess", "list")
    assert row == {
        "system": "chat",
        "title": "Chat assistant",
        "unit": "Retail",
        "owner": None,
        "edition": "uk-ai-cop@2025-01",
        "roles": ["Developer", "System Operator"],
        "inherits": [],
        "verdicts": 4,
    }
    assert lines(aicop("assess", "list")[2]) == ["1 system."]
    assert home.name == "library"


def test_an_assessment_is_started_from_roles(aicop: Run, home: Path) -> None:
    """The note says what follows from the roles; nothing is overwritten."""
    code, out, err = aicop(
        "assess", "init", "web-shop", "--role", "system operators", "--owner", "Ann", "--inherits", "chat"
    )
    assert (code, out) == (0, "")
    found = load(Library.open(home), "web-shop")
    [said] = lines(err)
    assert said.startswith(f"Wrote {found.folder}: System Operator; ")
    assert said.endswith(" of 88 statements.")
    assert (found.system.title, found.system.owner, [one.system.name for one in found.bases]) == (
        "Web shop",
        "Ann",
        ["chat"],
    )
    code, _, err = aicop("assess", "init", "web-shop", "--role", "developer")
    assert (code, "already exists; choose another name" in err) == (2, True)


def test_without_roles_and_facts_nothing_is_guessed(aicop: Run, home: Path) -> None:
    """Away from a terminal, the roles must be named."""
    code, _, err = aicop("assess", "init", "web")
    assert (code, "name the roles that are held with --role" in err) == (2, True)
    assert not (home / "assessments" / "web").exists()


def test_on_a_terminal_the_facts_are_asked(aicop: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fact is a question; the roles follow from the answers."""
    answers = {Fact.ADAPTS_WITHOUT_TRAINING.meaning, Fact.DEPLOYS_FOR_OTHERS.meaning}
    asked: list[str] = []

    def confirm(text: str, **more: object) -> bool:
        assert more == {"default": False, "err": True}
        asked.append(text)
        return text in answers

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("click.confirm", confirm)
    assert aicop("assess", "init", "web")[0] == 0
    assert asked == [fact.meaning for fact in Fact]
    found = load(Library.open(home), "web").system
    assert (found.roles, found.facts) == (
        ("Developer", "System Operator"),
        ("adapts-without-training", "deploys-for-others"),
    )


def test_a_verdict_is_recorded(aicop: Run, home: Path) -> None:
    """The row, its day and digest, and the history are those of the API."""
    code, out, err = aicop(
        *("assess", "record", "chat", "5.3", "Fail", "--reason", "R", "--evidence", "EV-1", "--owner", "Ann"),
        *("--assessor", "Bob", "--due", "2026-09-01", "--review", "2027-01-01", "--accepted-by", "C"),
        *("--accepted-until", "2026-12-31", "--note", "N", *BY),
    )
    assert (code, out, lines(err)) == (0, "", ["Recorded fail for chat: uk-ai-cop@2025-01:5.3#1."])
    about = load(Library.open(home), "chat")
    [row] = about.rows(about.statement_key("5.3"))
    assert (row.verdict, row.reason, row.evidence, row.owner, row.assessor, row.note) == (
        "fail",
        "R",
        ("EV-1",),
        "Ann",
        "Bob",
        "N",
    )
    assert (row.assessed, row.due, row.review, row.accepted_until) == (
        "2026-06-15",
        "2026-09-01",
        "2027-01-01",
        "2026-12-31",
    )
    assert [(item.row, item.recorded, item.by) for item in about.history] == [(row, "2026-06-15", "Ann")]


def test_a_verdict_out_of_scope_is_named(aicop: Run, home: Path) -> None:
    """It counts only with a reason, as 2.5 binds the Data Custodian alone."""
    said = lines(aicop("assess", "record", "chat", "2.5", "pass", *ON)[2])
    assert said == [
        "Recorded pass for chat: uk-ai-cop@2025-01:2.5#1.",
        "It does not count, because the statement is out of scope. It binds the Data Custodian; the roles held are: "
        "Developer, System Operator. If it applies all the same, add --reason.",
    ]
    said = lines(aicop("assess", "record", "chat", "2.5", "pass", "--reason", "We agreed to.", *ON)[2])
    assert said == ["Recorded pass for chat: uk-ai-cop@2025-01:2.5#1."]
    assert home.name == "library"


def test_a_verdict_is_recorded_for_roles_and_controls(aicop: Run, home: Path) -> None:
    """Each role gets a row; a verdict on a control has fewer columns, and the others are refused."""
    assert (
        aicop("assess", "record", "chat", "5.1", "pass", "--role", "developer", "--role", "system operator", *BY)[0]
        == 0
    )
    code, _, err = aicop("assess", "record", "chat", "own-controls:AC-2", "pass", "--note", "N", *BY)
    assert (code, lines(err)) == (0, ["Recorded pass for chat: own-controls@2026:AC-2."])
    about = load(Library.open(home), "chat")
    assert [row.role for row in about.rows(about.statement_key("5.1"))] == [None, "Developer", "System Operator"]
    assert [(row.key.local, row.note) for row in about.controls][-1] == ("AC-2", "N")
    for more in (("--role", "developer"), ("--due", "2026-01-01")):
        code, _, err = aicop("assess", "record", "chat", "own-controls:AC-2", "pass", *more, *BY)
        assert (code, "have no role, due, review or acceptance" in " ".join(err.split())) == (2, True)


def test_who_records_is_by_default_the_user(aicop: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name of the user, one must be given; without a day, it is today."""
    monkeypatch.setattr(getpass, "getuser", lambda: "ann")
    assert aicop("assess", "record", "chat", "5.3", "pass")[0] == 0
    [item] = load(Library.open(home), "chat").history
    assert item.by == "ann"
    # The day may change while the test runs.
    assert dt.date.fromisoformat(item.recorded) - dt.datetime.now(tz=dt.UTC).date() in {
        dt.timedelta(days) for days in (-1, 0, 1)
    }

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nobody)
    code, _, err = aicop("assess", "record", "chat", "5.3", "pass")
    assert (code, "the name of the user is not known; name who records it" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chat", "8.3", "pass"), "has 2 statements"),
        (("chat", "5.3", "passed"), "did you mean pass"),
        (("chat", "5.3", "pass", "--on", "30 June"), "'30 June' is not an ISO date"),
        (("chta", "5.3", "pass"), "did you mean chat"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_wrong_arguments_write_nothing(aicop: Run, home: Path, arguments: tuple[str, ...], message: str) -> None:
    """The exit code is that of wrong usage."""
    before = (home / "assessments" / "chat" / "verdicts.csv").read_bytes()
    code, out, err = aicop("assess", "record", *arguments)
    assert (code, out, message in err) == (2, "", True)
    assert (home / "assessments" / "chat" / "verdicts.csv").read_bytes() == before


def test_a_change_by_somebody_else_is_an_error(aicop: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the file changes while the command runs, nothing is written, and the exit code is that of a file."""
    path = home / "assessments" / "chat" / "verdicts.csv"
    real = load

    def slow(*arguments: object, **more: object) -> object:
        found = real(*arguments, **more)  # type: ignore[arg-type]
        path.write_text(VERDICTS + "5.5,,pass,,,\n", encoding="utf-8")
        return found

    monkeypatch.setattr("aicop.assessment.load", slow, raising=False)
    code, _, err = aicop("assess", "record", "chat", "5.3", "pass", *BY)
    assert (code, lines(err)) == (
        3,
        [
            "aicop: assessments/chat/verdicts.csv has changed since the assessment was read; nothing was written. "
            "Read it again, and repeat the change"
        ],
    )
    assert path.read_text(encoding="utf-8").endswith("5.5,,pass,,,\n")


def test_evidence_is_added_and_listed(aicop: Run, home: Path) -> None:
    """A file gets the next id and its digest, and what names it is listed; an address is taken as it is."""
    (home / "evidence" / "model.txt").write_text("x", encoding="utf-8")
    code, _, err = aicop(
        *("assess", "evidence", "add", "chat", "evidence/model.txt", "--for", "5.3", "--for", "own-controls:AC-1"),
        *(
            "--type",
            "record",
            "--title",
            "Model",
            "--valid-until",
            "2027-01-01",
            "--artefact",
            "threat-model",
            "--note",
            "N",
            *BY,
        ),
    )
    assert (code, lines(err)) == (0, ["EV-2: evidence/model.txt, linked to 2 keys."])
    code, _, err = aicop("assess", "evidence", "add", "chat", "https://example.org/a", "--id", "WEB", *BY)
    assert (code, lines(err)) == (0, ["WEB: https://example.org/a, linked to 0 keys."])
    (home / "evidence" / "model.txt").write_text("y", encoding="utf-8")
    rows = records(aicop, "assess", "evidence", "list", "chat", *ON)
    assert [(row["id"], row["state"], row["expired"], row["statements"], row["controls"]) for row in rows] == [
        ("EV-1", "present", "yes", ["5.1#1"], ["own-controls@2026:AC-1"]),
        ("EV-2", "changed", "no", ["5.3#1"], ["own-controls@2026:AC-1"]),
        ("WEB", "not checked", "no", [], []),
    ]
    assert lines(aicop("assess", "evidence", "list")[2]) == ["3 pieces of evidence of 1 system."]
    code, _, err = aicop("assess", "evidence", "add", "chat", "evidence/model.txt", *BY)
    assert (code, lines(err)) == (
        0,
        [
            "EV-3: evidence/model.txt, linked to 0 keys.",
            "EV-2 is the same file with other content: a verdict that names it stays stale until it is recorded again "
            "with --evidence EV-3.",
        ],
    )
    code, _, err = aicop("assess", "evidence", "add", "chat", "/etc/hostname", *BY)
    assert (code, "copy the file into it" in err) == (3, True)


def test_status_has_counts(aicop: Run, home: Path) -> None:
    """The rows are those of the API; states of shall and should are apart, and there is no percentage."""
    rows = records(aicop, "assess", "status", "chat", *ON)
    units = load(Library.open(home), "chat").status("2026-06-30").units
    assert [(row["key"], row["shall"], row["should"], row["in_scope"]) for row in rows] == [
        (unit.key, unit.shall, unit.should, unit.in_scope) for unit in units
    ]
    for row, unit in zip(rows, units, strict=True):
        counts = ("pass", "fail", "stale", "inconclusive", "not_assessed", "not_applicable", "out_of_scope")
        assert sum(row[name] for name in counts) == row["statements"] == unit.statements
        assert row["pass"] == unit.count("pass")
    assert [row["number"] for row in rows] == [f"P{place}" for place in range(1, 14)]
    [whole] = records(aicop, "assess", "status", "chat", *ON, "--by", "edition")
    assert (whole["key"], whole["number"]) == ("uk-ai-cop@2025-01", "uk-ai-cop@2025-01")
    code, out, err = aicop("assess", "status", "chat", *ON, "--role", "developer", "--by", "role")
    assert (code, "Developer" in out, "System Operator" in out, "%" in out) == (0, True, False, False)
    assert lines(err)[0].startswith("chat, uk-ai-cop@2025-01, on 2026-06-30: ")
    assert lines(err)[0].endswith("Filter: role Developer.")
    for form in ("table", "cards", "csv", "markdown"):
        assert aicop("assess", "status", "chat", *ON, "--format", form)[0] == 0


def test_several_systems_have_one_table(aicop: Run, home: Path) -> None:
    """By default there is one row per system, with its organisational unit."""
    assert aicop("assess", "init", "web", "--role", "end-user", "--unit", "IT")[0] == 0
    rows = records(aicop, "assess", "status", "--all", *ON)
    assert [(row["system"], row["unit"], row["key"], row["in_scope"]) for row in rows] == [
        ("chat", "Retail", "uk-ai-cop@2025-01", 87),
        ("web", "IT", "uk-ai-cop@2025-01", 1),
    ]
    out = aicop("assess", "status", "web", "chat", *ON)[1]
    assert out.splitlines()[0].split()[:2] == ["system", "unit"]
    assert out.index("web") < out.index("chat")
    # Columns that are asked for are those that are shown.
    assert aicop("assess", "status", "--all", *ON, "--columns", "key")[1].split()[0] == "key"
    assert len(load_all(Library.open(home))) == 2


@pytest.mark.parametrize("command", [("status",), ("next",), ("check", "--fail-on", "fail")], ids=lambda one: one[0])
def test_systems_must_be_named(aicop: Run, home: Path, command: tuple[str, ...]) -> None:
    """Without a system and without --all nothing is asked, nor with both, nor in a library without any."""
    for more in ((), ("chat", "--all")):
        code, _, err = aicop("assess", *command, *more)
        assert (code, "name one or more systems, or use --all" in err) == (2, True)
    for path in sorted((home / "assessments").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    code, _, err = aicop("assess", *command, "--all")
    assert (code, "the library has no assessments; make one with aicop assess init" in err) == (2, True)
    code, _, err = aicop("assess", *command, "chat", "--library", "none")
    assert (code, "make one with aicop init FOLDER" in err) == (2, True)


def test_next_steps_are_those_of_the_api(aicop: Run, home: Path) -> None:
    """They are in the order of work with their columns; what a limit leaves out is counted."""
    steps = next_steps(load(Library.open(home), "chat"), "2026-06-30")
    rows = records(aicop, "assess", "next", "chat", *ON)
    assert [(row["place"], row["key"], row["state"], row["blocks"]) for row in rows] == [
        (place, str(step.key), step.state.state, [item.number for item in step.blocks])
        for place, step in enumerate(steps, start=1)
    ]
    assert [row["usual_evidence"] for row in rows] == [list(step.usual_evidence) for step in steps]
    code, out, err = aicop("assess", "next", "chat", *ON, "--limit", "3", "--role", "developer")
    left = len(next_steps(load(Library.open(home), "chat"), "2026-06-30", role="developer")) - 3
    assert (code, len(records(aicop, "assess", "next", "chat", "--limit", "3"))) == (0, 3)
    assert lines(err) == [f"3 steps of 1 system on 2026-06-30; {left} more are left out. Filter: role Developer."]
    assert out.split()[:2] == ["place", "number"]
    assert aicop("assess", "init", "web", "--role", "end-user")[0] == 0
    assert aicop("assess", "next", "--all", *ON)[1].split()[:2] == ["system", "place"]


def test_what_is_relevant_is_listed(aicop: Run, home: Path) -> None:
    """Each row says how; a control that is relevant to nothing is named."""
    rows = records(aicop, "assess", "relevant", "chat")
    assert [(row["key"], row["relationship"], row["control"], row["verdict"], row["evidence"]) for row in rows] == [
        ("uk-ai-cop@2025-01:6.1", "superset-of", "own-controls@2026:AC-1", "pass", ["EV-1"])
    ]
    assert rows == records(aicop, "assess", "relevant", "chat", "6.1")
    assert lines(aicop("assess", "relevant", "chat")[2]) == [
        "1 row. Evidence is relevant to a provision; it does not satisfy it.",
        "Relevant to no provision: own-controls@2026:LG-1.",
    ]
    assert len(lines(aicop("assess", "relevant", "chat", "6.1")[2])) == 1
    assert home.exists()


def test_what_counts_towards_another_framework_is_listed(aicop: Run, home: Path) -> None:
    """The counts are those of the provisions, and the note has the denominators."""
    assert aicop("assess", "record", "chat", "6.1", "pass", *BY)[0] == 0
    rows = records(aicop, "assess", "towards", "chat", "own-controls", *ON)
    assert [
        (row["control"], row["title"], row["relationship"], row["key"], row["pass"], row["open"]) for row in rows
    ] == [
        ("own-controls@2026:AC-1", "Accounts are named", "subset-of", "uk-ai-cop@2025-01:6.1", 1, 0),
        ("own-controls@2026:AC-2", "Rights are reviewed", "intersects-with", "uk-ai-cop@2025-01:6.1", 1, 0),
    ]
    [said] = lines(aicop("assess", "towards", "chat", "own-controls", *ON)[2])
    assert said == (
        "2 of 4 requirements and mitigations of own-controls@2026 are mapped; nothing was found for 1, and 1 have no "
        "mapping. On 2026-06-30. A pass here is no verdict on a control."
    )
    assert home.exists()


def test_a_gate_fails_on_the_rules_that_are_named(aicop: Run, home: Path) -> None:
    """The exit code is 1 if a rule is broken, and the note counts for each rule."""
    code, out, err = aicop("assess", "check", "chat", "--fail-on", "fail", "--fail-on", "stale", *ON)
    assert code == 1
    assert [line.split(": ")[:2] for line in out.splitlines()] == [
        ["assessments/chat/verdicts.csv:4", "fail"],
        ["assessments/chat/verdicts.csv:2", "stale"],
    ]
    assert lines(err) == ["chat on 2026-06-30, broken: fail 1 of 87, stale 1 of 3."]
    code, out, _ = aicop("assess", "check", "chat", "--fail-on", "inconclusive", "--fail-on", "unreviewed", *ON)
    assert (code, out) == (0, "")
    code, _, err = aicop(
        "assess", "check", "chat", "--fail-on", "fail", *ON, "--phase", "secure-end-of-life", "--role", "developer"
    )
    assert (code, lines(err)) == (0, ["chat on 2026-06-30, broken: fail 0 of 2."])
    code, _, err = aicop("assess", "check", "chat", "--fail-on", "fial", *ON)
    assert (code, "did you mean fail" in err) == (2, True)
    code, _, err = aicop("assess", "check", "chat", "--fail-on", "fail", *ON, "--role", "affected entity")
    assert (code, "nothing was checked; no statement is in scope" in err) == (2, True)
    assert aicop("assess", "check", "chat", *ON)[0] == 2
    assert home.exists()


def test_a_gate_reports_in_every_format(aicop: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports are those of the API, with places as seen from the working folder."""
    rules = ("--fail-on", "fail", "--fail-on", "no-evidence")
    result = check(load(Library.open(home), "chat"), [Rule.FAIL, Rule.NO_EVIDENCE], "2026-06-30")
    for form in ("text", "junit", "sarif", "github", "markdown"):
        code, out, _ = aicop("assess", "check", "chat", *rules, *ON, "--format", form)
        assert (code, out) == (1, getattr(gate, form)([result]))
    monkeypatch.chdir(home.parent)
    more = ("--library", str(home))
    out = aicop("assess", "check", "chat", *rules, *ON, "--format", "github", *more)[1]
    assert out == gate.github([result], folder="library")
    assert "file=library/assessments/chat/verdicts.csv,line=4," in out
    [found] = json.loads(aicop("assess", "check", "chat", *rules, *ON, "--format", "json", *more)[1])
    assert (found["broken"], [item["rule"] for item in found["rules"]]) == (True, ["fail", "no-evidence"])
    assert [len(item["checked"]) for item in found["rules"]] == [87, 3]
    rows = aicop.rows("assess", "check", "chat", *rules, *ON, *more)
    assert [(row["rule"], row["key"], row["line"]) for row in rows] == [
        ("fail", "uk-ai-cop@2025-01:8.3#1", "4"),
        ("no-evidence", "uk-ai-cop@2025-01:5.2#1", "3"),
        ("no-evidence", "uk-ai-cop@2025-01:5.4#1", "5"),
    ]
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / "elsewhere")
    out = aicop("assess", "check", "chat", *rules, *ON, "--format", "github")[1]
    assert out == gate.github([result], folder=home.resolve().as_posix())


def test_a_gate_writes_several_reports(aicop: Run, home: Path) -> None:
    """Reports go to files beside the answer; nothing is overwritten without --force, and nothing else is written then."""
    arguments = (
        "assess",
        "check",
        "chat",
        "--fail-on",
        "fail",
        *ON,
        "--report",
        "sarif=a.sarif",
        "--report",
        "junit=b.xml",
    )
    code, out, err = aicop(*arguments)
    assert (code, bool(out)) == (1, True)
    assert [line.partition(":")[0] for line in lines(err)[:2]] == ["Wrote a.sarif", "Wrote b.xml"]
    assert json.loads((home / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    (home / "a.sarif").unlink()
    code, _, err = aicop(*arguments)
    assert (code, (home / "a.sarif").exists()) == (3, False)
    assert aicop(*arguments, "--force", "-o", "c.txt")[0] == 1
    assert (home / "c.txt").read_text(encoding="utf-8") == out
    for wrong in ("sarif", "sarif=", "saraf=a"):
        assert aicop("assess", "check", "chat", "--fail-on", "fail", "--report", wrong)[0] == 2


def test_a_badge_is_written(aicop: Run, home: Path) -> None:
    """It has counts; a file is not overwritten without --force."""
    code, out, _ = aicop("assess", "badge", "chat", *ON)
    assert (code, json.loads(out)) == (
        0,
        json.loads(gate.badge(load(Library.open(home), "chat").status("2026-06-30", "edition"))),
    )
    assert aicop("assess", "badge", "chat", *ON, "--modality", "should", "--label", "L", "-o", "b.json")[0] == 0
    assert json.loads((home / "b.json").read_text(encoding="utf-8"))["label"] == "L"
    assert aicop("assess", "badge", "chat", *ON, "-o", "b.json")[0] == 3


COMMANDS = (
    ("list",),
    ("status", "chat"),
    ("next", "chat", "--columns", "all"),
    ("relevant", "chat"),
    ("towards", "chat", "own-controls"),
    ("evidence", "list", "--columns", "all"),
    *(("check", "chat", "--fail-on", "fail", "--fail-on", "unreviewed", "-f", form) for form in ("text", "json", "csv", "github", "junit", "markdown", "sarif")),
    ("badge", "chat", "--label", NASTY),
    ("record", "chat", "5.3", "pass", "--note", NASTY, "--by", "Ann"),
    ("record", "chat", NASTY, "pass", "--by", "Ann"),
    ("record", "chat", "5.3", NASTY, "--by", "Ann"),
    ("record", "chat", "5.3", "pass", "--by", NASTY),
    ("record", NASTY, "5.3", "pass", "--by", "Ann"),
    ("init", NASTY, "--role", "developer"),
    ("init", "web", "--role", "developer", "--title", NASTY),
    ("evidence", "add", "chat", NASTY, "--by", "Ann"),
    ("evidence", "add", "chat", f"https://{NASTY}", "--by", "Ann"),
    ("check", "chat", "--fail-on", NASTY),
    ("check", "chat", "--fail-on", "fail", "--report", NASTY),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_nothing_harmful_is_printed(aicop: Run, home: Path, command: tuple[str, ...]) -> None:
    """Texts in files and arguments are shown escaped, on one line."""
    path = home / "assessments" / "chat"
    nasty = NASTY.replace('"', '""')
    (path / "verdicts.csv").write_text('key,verdict,note,reason\n5.1,fail,"a\n{0}","b\nFORGED"\n', encoding="utf-8")
    (path / "evidence.csv").write_text('id,title,note\nEV-1,List,"b\nFORGED"\n', encoding="utf-8")
    (path / "controls.csv").write_text('key,note\nown-controls:AC-1,"b\nFORGED"\n', encoding="utf-8")
    run_harmless(aicop, "assess", *command)
    (path / "verdicts.csv").write_text(f'key,verdict,note\n5.1,fail,"{nasty}"\n"{nasty}",pass,\n', encoding="utf-8")
    run_harmless(aicop, "assess", *command)
