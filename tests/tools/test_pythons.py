"""Interpreters of other versions of Python."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pythons

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [version for version in pythons.supported() if version != "{}.{}".format(*sys.version_info[:2])]


def interpreter(path: Path, version: str, code: int = 0) -> Path:
    """Write a program that says that it is a version of Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {version}\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_versions_are_found_on_the_path_and_then_in_pyenv(tmp_path: Path) -> None:
    """A program that is another version, or does not run, is passed over, as pyenv's names for what is not active are."""
    one, other = OTHERS[:2]
    first, pyenv = tmp_path / "bin", tmp_path / "pyenv"
    interpreter(first / f"python{one}", one)
    interpreter(first / f"python{other}", other, code=127)
    inner = interpreter(pyenv / "versions" / f"{other}.4" / "bin" / f"python{other}", other)
    spare = interpreter(pyenv / "versions" / f"{one}.9" / "bin" / f"python{one}", one)
    assert pythons.interpreters(str(first), pyenv) == {one: first / f"python{one}", other: inner}
    interpreter(first / f"python{one}", "3.5")
    assert pythons.interpreters(str(first), pyenv)[one] == spare
    assert pythons.interpreters("", tmp_path / "nowhere") == {}


def test_all_versions_that_are_promised_are_looked_for() -> None:
    """The versions come from pyproject.toml, without the lines that are about Python 3 as a whole."""
    assert pythons.supported() == ["3.11", "3.12", "3.13"]
