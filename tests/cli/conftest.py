"""Fixtures for tests of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.examples import FROM_CODE, TO_CODE, library, mappings, table
from tests.cli.runner import Run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def aicop(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line and returns its exit code, output and errors."""
    return Run(capsys)


@pytest.fixture
def ours(tmp_path: Path) -> tuple[str, str]:
    """Return the option that chooses a library with a framework and its mappings to the Code."""
    return mappings(tmp_path, *TO_CODE)


@pytest.fixture
def both(tmp_path: Path, ours: tuple[str, str]) -> tuple[str, str]:
    """Return the option for the same library, with mappings that another author made in the other direction."""
    library(tmp_path, {"mappings/back.tsv": table(*FROM_CODE)})
    return ours


@pytest.fixture(autouse=True)
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the library of the person who runs the tests out of them."""
    monkeypatch.delenv("AICOP_LIBRARY", raising=False)
