"""Fixtures for tests of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.examples import FROM_CODE, TO_CODE, framework, mappings
from tests.cli.runner import Run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def aicop(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line and returns its exit code, output and errors."""
    return Run(capsys)


@pytest.fixture
def ours(tmp_path: Path) -> tuple[str, ...]:
    """Return the options that add the user's own framework and its mappings to the Code."""
    return (*framework(tmp_path), *mappings(tmp_path, *TO_CODE))


@pytest.fixture
def both(tmp_path: Path, ours: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same options, with mappings that another author made in the other direction."""
    return (*ours, *mappings(tmp_path, *FROM_CODE, name="back.tsv"))
