"""A program that uses aicop, frozen by PyInstaller in an environment of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import aicop
from aicop.crosswalk import crosswalk
from aicop.graph import graph
from aicop.interop import oscal

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.prefix) / "freezing" / "bin" / "python"
"""The interpreter that `make foreign` has set up with PyInstaller, and without the tools of formats."""

PROGRAM = """
import aicop
from aicop import cli
from aicop.crosswalk import crosswalk
from aicop.interop import formats

code = aicop.load("uk-ai-cop")
print(len(code), aicop.parse("UK Code 5.4.1"))
print(crosswalk("uk-ai-cop", "iso-iec-42001")["5.1"][0].says)
print(len(aicop.graph.graph(code).waves()))
print(len(formats.dumps("oscal", code)))
print(aicop.from_dict(aicop.Provision, aicop.to_dict(code["5.1"])) == code["5.1"])
cli.run(["show", "uk-ai-cop:5.1", "--format", "json", "--library", "none"])
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install aicop as a user does, freeze a program that uses it, and return the program."""
    if not PYTHON.is_file():
        pytest.fail(f"{PYTHON} does not exist; make foreign sets it up")
    folder = tmp_path_factory.mktemp("freezing")
    for name in ("src", "data"):
        shutil.copytree(
            ROOT / name, folder / "aicop" / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, folder / "aicop")
    # Not an editable installation, whose modules PyInstaller would have to be shown.
    install = ["pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation", "--force-reinstall"]
    _run(folder, "-m", *install, str(folder / "aicop"))
    (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
    # No option says anything about aicop.
    _run(folder, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "program.py")
    return folder / "dist" / "program" / "program"


def _run(folder: Path, *arguments: str) -> None:
    done = subprocess.run([PYTHON, *arguments], check=False, cwd=folder, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_frozen_program_has_all_modules_and_data(program: Path, tmp_path: Path) -> None:
    """It prints what it prints unfrozen, in an empty environment without Python."""
    done = subprocess.run([program], check=False, cwd=tmp_path, env={}, capture_output=True, text=True)  # noqa: S603 -- ours
    assert (done.returncode, done.stderr) == (0, "")
    code = aicop.load("uk-ai-cop")
    first, *shown = done.stdout.split("{", 1)
    assert first.splitlines() == [
        "72 uk-ai-cop@2025-01:5.4.1",
        crosswalk("uk-ai-cop", "iso-iec-42001")["5.1"][0].says,
        str(len(graph(code).waves())),
        str(len(oscal.dumps(code).encode())),
        "True",
    ]
    assert '"uk-ai-cop@2025-01:5.1"' in shown[0]
