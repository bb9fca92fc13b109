"""The action and the hook with which other repositories check their assessments."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from aicop.assessment import Rule

ROOT = Path(__file__).parent.parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
TOML = 'system = "{}"\ntitle = "{}"\nedition = "uk-ai-cop@2025-01"\nroles = ["Developer"]\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return the folder of a repository with a library in it; the system chat has a fail, and web nothing."""
    (tmp_path / "grc").mkdir()
    (tmp_path / "grc" / "aicop.toml").touch()
    for name in ("chat", "web"):
        home = tmp_path / "grc" / "assessments" / name
        home.mkdir(parents=True)
        (home / "assessment.toml").write_text(TOML.format(name, name.title()), encoding="utf-8")
    (tmp_path / "grc" / "assessments" / "chat" / "verdicts.csv").write_text("key,verdict\n5.1,fail\n", encoding="utf-8")
    return tmp_path


def environment() -> dict[str, str]:
    """Return the environment of a step, with this installation first and without a library."""
    scripts = str(Path(sys.executable).parent)
    found = os.environ | {"PATH": scripts + os.pathsep + os.environ["PATH"]}
    return {name: value for name, value in found.items() if not name.startswith(("AICOP_", "GITHUB_", "GATE_"))}


def run(repository: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the step that checks with inputs of the action, and return its exit code, output and summary."""
    [step] = [step for step in ACTION["runs"]["steps"] if step["name"] == "Check"]
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    summary = repository / "summary.md"
    more = {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_STEP_SUMMARY": str(summary)}
    done = subprocess.run(  # noqa: S603 -- our own step
        ["bash", "-c", step["run"]],  # noqa: S607 -- as a runner does
        check=False,
        capture_output=True,
        text=True,
        cwd=repository,
        env=environment() | variables | more,
    )
    text = summary.read_text(encoding="utf-8") if summary.exists() else ""
    # A step that is wrong says so on standard error.
    return done.returncode, done.stdout, text + done.stderr


def test_the_action_fails_on_a_broken_rule(repository: Path) -> None:
    """Findings are annotations of the file in the repository; the summary and the reports are written."""
    code, out, text = run(
        repository,
        fail_on="fail, stale",
        library="grc",
        date="2026-06-30",
        sarif="a b.sarif",
        junit="c.xml",
    )
    assert code == 1
    assert out == (
        "::error file=grc/assessments/chat/verdicts.csv,line=2,title=chat%3A fail::uk-ai-cop@2025-01:5.1#1 fails.\n"
    )
    assert "### Chat (chat)\n" in text
    assert "### Web (web)\n" in text
    results = json.loads((repository / "a b.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [item["ruleId"] for item in results] == ["fail"]
    assert "<testsuites" in (repository / "c.xml").read_text(encoding="utf-8")


def test_the_action_passes_if_no_rule_is_broken(repository: Path) -> None:
    """Lists may be separated by line breaks, and the check limited to systems, roles and phases."""
    code, out, text = run(
        repository,
        fail_on="fail\nstale\n",
        systems=" web ",
        library="grc",
        date="2026-06-30",
        role="Developer\nSystem Operator",
        phase="secure-design",
    )
    assert (code, out) == (0, "")
    assert "Filter: role Developer or System Operator; phase secure-design." in text


@pytest.mark.parametrize(
    ("inputs", "problem"),
    [
        ({"fail_on": ""}, "--fail-on"),
        ({"fail_on": "fial"}, "did you mean fail"),
        ({"systems": "--all"}, "no assessment of '--all'"),
        ({"systems": "$(touch hacked); chat"}, "no assessment of"),
        ({"library": "none-such"}, "there is no such folder"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_wrong_inputs_are_errors(repository: Path, inputs: dict[str, str], problem: str) -> None:
    """No input is taken for an option or run as a command, and none makes the step succeed."""
    code, _, text = run(repository, **({"fail_on": "fail", "library": "grc"} | inputs))
    assert code in {2, 3}
    assert problem in text
    assert not (repository / "hacked").exists()


def test_the_action_describes_its_rules() -> None:
    """The description of the input names every rule, and inputs reach the script only as variables."""
    for rule in Rule:
        assert rule in ACTION["inputs"]["fail-on"]["description"]
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
    named: set[Any] = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert named == set(ACTION["inputs"])


def test_the_hook_runs_the_check(repository: Path) -> None:
    """Its entry and arguments are a command, which finds the library; it is asked for changes of assessments."""
    command = [*HOOK["entry"].split(), *HOOK["args"]]

    def hook() -> tuple[int, str]:
        done = subprocess.run(  # noqa: S603 -- our own
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=repository / "grc",
            env=environment() | {"COLUMNS": "300"},
        )
        return done.returncode, done.stdout

    code, out = hook()
    assert (code, "5.1#1 fails" in out) == (1, True)
    (repository / "grc" / "assessments" / "chat" / "verdicts.csv").unlink()
    assert hook()[0] == 0
    for path, expected in (("grc/assessments/chat/verdicts.csv", True), ("assessments/a/x", True), ("src/a.py", False)):
        assert bool(re.search(HOOK["files"], path)) == expected
    assert HOOK["pass_filenames"] is False
