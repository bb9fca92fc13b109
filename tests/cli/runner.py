"""Run the command line and read its output."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from aicop import cli

if TYPE_CHECKING:
    from pathlib import Path


Outcome = tuple[int, str, str]


class Run:
    """Runs the command line in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Outcome:
        """Run the command line and return its exit code, output and errors."""
        with pytest.raises(SystemExit) as caught:
            cli.run(list(arguments))
        out, err = self.capsys.readouterr()
        return int(caught.value.code or 0), out, err

    def rows(self, *arguments: str) -> list[dict[str, str]]:
        """Run it with CSV output and return the rows."""
        code, out, err = self(*arguments, "--format", "csv")
        assert code in {0, 1}, err
        return list(csv.DictReader(io.StringIO(out)))


def write(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


Rows = list[dict[str, Any]]


def records(aicop: Run, *arguments: str) -> Rows:
    """Run a command with JSON output and return its rows."""
    code, out, err = aicop(*arguments, "--format", "json")
    assert code in {0, 1}, err
    found: Rows = json.loads(out)
    return found
