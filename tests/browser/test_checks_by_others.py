"""The scripts of the package under the checks of others: TypeScript, which reads their JSDoc, and ESLint."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SCRIPTS = HERE.parent.parent / "src" / "aicop" / "report"


def run(tool: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a tool that npm installed, in a folder, and return what it said."""
    modules = os.environ.get("AICOP_NODE_MODULES", "missing")
    path = Path(modules) / ".bin" / tool
    if not path.exists():
        pytest.fail(f"AICOP_NODE_MODULES is not set to a folder with {tool}")
    # ESLint leaves out what is not below the folder in which it runs.
    return subprocess.run([str(path), *arguments], check=False, capture_output=True, text=True, cwd=folder)  # noqa: S603 -- as above


def check(tool: str, settings: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the scripts of a folder with the settings that lie in another one."""
    if tool == "tsc":
        return run("tsc", "--project", str(settings / "tsconfig.json"), folder=folder)
    file = str(settings / "eslint.config.js")
    return run("eslint", "--config", file, "--no-config-lookup", "--max-warnings", "0", "**/*.js", folder=folder)


@pytest.mark.parametrize("tool", ["tsc", "eslint"])
def test_the_scripts_keep_the_rules(tool: str) -> None:
    """Every function has types in its comment that hold under the strict rules, and ESLint finds nothing."""
    done = check(tool, HERE, SCRIPTS)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("tool", "line", "said"),
    [
        ("tsc", "export function f(a) { return a; }", "implicitly has an 'any' type"),
        ("tsc", 'export const n = document.getElementById("a").id;', "possibly 'null'"),
        ("eslint", 'document.body.innerHTML = "";', "no-restricted-properties"),
        ("eslint", 'fetch("x");', "no-restricted-globals"),
        ("eslint", 'export const x = 1 == "1";', "eqeqeq"),
    ],
)
def test_mistakes_are_found(tmp_path: Path, tool: str, line: str, said: str) -> None:
    """A mistake in a script is an error, so that the checks above are no accident."""
    (tmp_path / "wrong.js").write_text(f"{line}\n", encoding="utf-8")
    shutil.copy(HERE / "eslint.config.js", tmp_path)
    settings = (
        (HERE / "tsconfig.json").read_text(encoding="utf-8").replace("../../src/aicop/report/**/*.js", "wrong.js")
    )
    (tmp_path / "tsconfig.json").write_text(settings, encoding="utf-8")
    done = check(tool, tmp_path, tmp_path)
    assert done.returncode != 0
    assert said in done.stdout
