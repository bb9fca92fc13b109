"""Which library is used."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from aicop.library import Library, find_folder
from aicop.library.locate import SETTINGS, VARIABLE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable is set, and the home directory is far away."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def _tree(root: Path, *settings: str) -> Path:
    """Make folders a/b/c, with settings in some of them, and return the deepest."""
    deepest = root / "a" / "b" / "c"
    deepest.mkdir(parents=True)
    for folder in settings:
        (root / folder / SETTINGS).write_text("", "utf-8")
    return deepest


def test_a_named_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name comes before the variable, and this before a folder above."""
    start = _tree(tmp_path, "a")
    monkeypatch.setenv(VARIABLE, "by-variable")
    assert find_folder("by-name", str(start)) == ("by-name", False)
    assert find_folder(None, str(start)) == ("by-variable", False)
    monkeypatch.setenv(VARIABLE, "")
    assert find_folder(None, str(start)) == (str(tmp_path / "a"), True)


@pytest.mark.parametrize("variable", [None, "x"])
def test_none_means_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str | None) -> None:
    """The word none, as a name or in the variable, means what ships, even below a library."""
    start = _tree(tmp_path, "a")
    if variable:
        monkeypatch.setenv(VARIABLE, variable)
    assert find_folder("none", str(start)) == (None, False)
    monkeypatch.setenv(VARIABLE, "none")
    assert find_folder(None, str(start)) == (None, False)


def test_the_nearest_folder_above_is_found(tmp_path: Path) -> None:
    """Of several folders with settings above the start, the nearest is used; the start itself counts."""
    start = _tree(tmp_path, ".", "a", "a/b/c")
    assert find_folder(None, str(start)) == (str(start), True)
    assert find_folder(None, str(start.parent)) == (str(tmp_path / "a"), True)


@pytest.mark.parametrize("marker", ["folder", "file"])
def test_the_search_ends_at_a_repository(tmp_path: Path, marker: str) -> None:
    """A folder with .git, which is a file in a worktree, is looked at, and nothing above it."""
    start = _tree(tmp_path, "a")
    git = tmp_path / "a" / "b" / ".git"
    if marker == "folder":
        git.mkdir()
    else:
        git.write_text("", "utf-8")
    assert find_folder(None, str(start)) == (None, False)
    (tmp_path / "a" / "b" / SETTINGS).write_text("", "utf-8")
    assert find_folder(None, str(start)) == (str(tmp_path / "a" / "b"), True)


def test_the_search_ends_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home directory is looked at, and nothing above it."""
    start = _tree(tmp_path, ".")
    monkeypatch.setenv("HOME", str(tmp_path / "a"))
    assert find_folder(None, str(start)) == (None, False)
    (tmp_path / "a" / SETTINGS).write_text("", "utf-8")
    assert find_folder(None, str(start)) == (str(tmp_path / "a"), True)


def test_the_search_ends_at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without settings anywhere, nothing is found, and the search ends."""
    monkeypatch.setattr(os.path, "isfile", lambda _: False)
    monkeypatch.setattr(os.path, "exists", lambda _: False)
    assert find_folder(None, "/") == (None, False)


def test_a_library_is_found_from_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`Library.find` opens what commands would use."""
    start = _tree(tmp_path, "a")
    monkeypatch.chdir(start)
    assert Library.find().folder == tmp_path / "a"
    assert Library.find("none").folder is None
    assert Library.find("none") == Library()
