"""Print the interpreters of the later versions of Python that aicop supports and this machine has, one on each line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PREFIX = "Programming Language :: Python :: 3."
VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"


def supported() -> list[str]:
    """Return the versions that pyproject.toml names, such as "3.12"."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [f"3.{name.removeprefix(PREFIX)}" for name in project["classifiers"] if name.startswith(PREFIX)]


def version_of(python: str | Path) -> str:
    """Return the version of an interpreter; empty if it does not run, as a name for a version that is not there."""
    done = subprocess.run([python, "-c", VERSION], check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def interpreters(path: str, pyenv: Path) -> dict[str, Path]:
    """
    Return the interpreters of the supported versions, by version, but not of that which runs this.

    They are looked for in the folders of *path*, and then among the versions of *pyenv*.
    """
    ours = "{}.{}".format(*sys.version_info[:2])
    found = {}
    for version in supported():
        named = shutil.which(f"python{version}", path=path)
        others = sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"))
        for python in (*([Path(named)] if named is not None else []), *others):
            if version != ours and version not in found and version_of(python) == version:
                found[version] = python
    return found


if __name__ == "__main__":
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    there = interpreters(os.environ.get("PATH", ""), home)
    for python in there.values():
        print(python)
    ours = "{}.{}".format(*sys.version_info[:2])
    if missing := [version for version in supported() if version not in {ours, *there}]:
        print(f"not installed, and not tested: Python {', '.join(missing)}", file=sys.stderr)
