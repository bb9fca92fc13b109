"""The commands that write reports, Statements of Applicability, questionnaires and the history."""

from __future__ import annotations

import io
import json
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.assessment.files.test_reader import TOML, library
from tests.interop.test_assessment_workbook import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.runner import Run

FILES = {
    "verdicts.csv": "key,verdict,assessed,reason\n5.1,fail,2026-01-05,\n7.3,not applicable,,No model of others.\n",
    "history.csv": "key,verdict,assessed,recorded,by,Ticket\n5.1,inconclusive,,2026-01-02,assessor,T-1\n",
}
ON = ("--on", "2026-06-30")


@pytest.fixture
def ours(tmp_path: Path) -> tuple[str, str]:
    """Return the option for a library with two systems."""
    library(tmp_path, chat=FILES, other={})
    return "--library", str(tmp_path)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the library, after making it the working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(aicop: Run, path: Path, *arguments: str) -> bytes:
    """Run a command that writes a file, and return its content."""
    code, out, err = aicop(*arguments, "-o", str(path))
    assert (code, out) == (0, ""), err
    assert f"Wrote {path}: " in err
    return path.read_bytes()


def test_the_ending_of_the_file_says_how_a_report_is_written(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """A report is HTML, Markdown, a workbook or JSON; capitals do not matter."""
    command = ("assess", "report", "chat", *ON, "--since", "2026-01-03", *ours)
    assert written(aicop, tmp_path / "r.html", *command).startswith(b"<!doctype html>\n")
    text = written(aicop, tmp_path / "r.MD", *command).decode()
    assert text.startswith("# ")
    assert "## Changes" in text
    assert "Gaps" in opened(written(aicop, tmp_path / "r.xlsx", *command)).sheetnames
    facts = json.loads(written(aicop, tmp_path / "r.json", *command))
    assert (facts["on"], facts["progress"]["since"], len(facts["statements"])) == ("2026-06-30", "2026-01-03", 88)
    # Without a file, it is Markdown.
    assert aicop(*command)[:2] == (0, text)


def test_a_statement_of_applicability_is_written(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """It is HTML, Markdown, a workbook or CSV."""
    command = ("assess", "soa", "chat", *ON, *ours)
    assert b"Statement of Applicability" in written(aicop, tmp_path / "s.html", *command)
    text = written(aicop, tmp_path / "s.md", *command).decode()
    assert "Statement of Applicability" in text
    assert "Statement of Applicability" in opened(written(aicop, tmp_path / "s.xlsx", *command)).sheetnames
    table = written(aicop, tmp_path / "s.csv", *command).decode()
    assert table.startswith("statement,title,asks,verb,applies,why,")
    assert "not applicable,No model of others." in table
    assert aicop(*command)[:2] == (0, text)


def test_roles_limit_a_report(aicop: Run, ours: tuple[str, str]) -> None:
    """--role says what is left out."""
    code, out, _ = aicop("assess", "report", "chat", "--role", "developer", *ON, *ours)
    assert code == 0
    assert "**Limited to**: Developer; statements that bind other roles alone, which are left out: " in out


MISTAKES = [
    (
        ("report", "chat", "-o", "r.pdf"),
        "Error: the ending of r.pdf says what to write; use one of: .html, .md, .xlsx, .json",
    ),
    (
        ("soa", "chat", "-o", "s.json"),
        "Error: the ending of s.json says what to write; use one of: .html, .md, .xlsx, .csv",
    ),
    (("report", "chat", "--since", "2030-01-01"), "2030-01-01 is later than 2026-06-30; compare with an earlier day"),
    (("report", "chat", "--since", "soon"), "'soon' is not an ISO date"),
    (("report", "chat", "--role", "boss"), "'boss' is not a role"),
    (("report", "chad"), "did you mean chat"),
    (("questionnaire", "chad", "-o", "q.xlsx"), "did you mean chat"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=[" ".join(row[0]) for row in MISTAKES])
def test_mistakes_are_explained(
    aicop: Run, ours: tuple[str, str], arguments: tuple[str, ...], message: str, here: Path
) -> None:
    """A mistake is reported with what to do, and nothing is written."""
    before = {*here.iterdir()}
    code, out, err = aicop("assess", *arguments, *ON, *ours)
    assert (code, out) == (2, "")
    assert message in err
    assert {*here.iterdir()} == before


@pytest.mark.parametrize("command", [("report", "r.html"), ("soa", "r.csv"), ("questionnaire", "r.xlsx")])
def test_files_are_not_overwritten(aicop: Run, ours: tuple[str, str], tmp_path: Path, command: tuple[str, str]) -> None:
    """A file that exists stays as it is, unless --force is given."""
    path = tmp_path / command[1]
    path.write_text("mine")
    arguments = ("assess", command[0], "chat", "-o", str(path), *ours)
    assert aicop(*arguments)[0] == 3
    assert path.read_text() == "mine"
    assert aicop(*arguments, "--force")[0] == 0
    assert path.read_bytes() != b"mine"


def test_a_questionnaire_is_written(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """The workbook has the questions that apply; the others are named."""
    path = tmp_path / "q.xlsx"
    code, out, err = aicop("assess", "questionnaire", "chat", *ON, "-o", str(path), *ours)
    assert (code, out) == (0, "")
    assert "24 questions for uk-ai-cop@2025-01.\n" in err
    assert "Not asked, because their statements are out of scope or not applicable: EV-1 (7.3#1); " in err
    assert opened(path.read_bytes()).sheetnames == ["About", "About you", "Questions"]


def test_a_questionnaire_says_what_the_edition_lacks(aicop: Run, tmp_path: Path) -> None:
    """Questions about statements that a derived edition dropped are named."""
    from tests.examples import derived_edition

    editions = tmp_path / "editions"
    editions.mkdir()
    data = derived_edition("uk-ai-cop@2025-01", dropped=[{"number": "7.3", "reason": "No models of others."}])
    (editions / "acme-code@2026.json").write_text(json.dumps(data))
    library(tmp_path, chat={"assessment.toml": TOML.format(name="chat").replace("uk-ai-cop@2025-01", "acme-code@2026")})
    code, _, err = aicop("assess", "questionnaire", "chat", "-o", str(tmp_path / "q.xlsx"), "--library", str(tmp_path))
    assert code == 0
    assert err.splitlines()[1:] == [
        "24 questions for acme-code@2026.",
        "Not asked, because acme-code@2026 has no such statement: EV-1, EV-2, EV-3.",
    ]


def test_the_history_is_listed(aicop: Run, ours: tuple[str, str]) -> None:
    """Each row of the history is a row, whose columns are those of the table."""
    [row] = aicop.rows("assess", "history", "--all", *ours)
    assert (row["system"], row["place"], row["verdict"], row["recorded"], row["by"]) == (
        "chat",
        "1",
        "inconclusive",
        "2026-01-02",
        "assessor",
    )
    code, out, err = aicop("assess", "history", "chat", *ours)
    assert (code, err) == (0, "1 row of 1 system.\n")
    assert out.splitlines()[0].split() == ["system", "recorded", "by", "key", "role", "verdict"]


def test_the_history_is_written_as_parquet(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """With an ending of Parquet, the file has your own columns too; an empty history keeps the columns."""
    content = written(aicop, tmp_path / "h.parquet", "assess", "history", "--all", *ours)
    [row] = import_module("pyarrow.parquet").read_table(io.BytesIO(content)).to_pylist()
    assert (row["system"], row["place"], row["Ticket"]) == ("chat", 1, "T-1")
    empty = written(aicop, tmp_path / "e.PARQUET", "assess", "history", "other", *ours)
    found = import_module("pyarrow.parquet").read_table(io.BytesIO(empty))
    assert (found.num_rows, found.schema.names[0]) == (0, "system")
