"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from aicop.errors import FileThere
from aicop.writing import write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written(tmp_path: Path) -> None:
    """With the content given, and nothing beside it."""
    write(tmp_path / "a.json", b"one")
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.json", b"one")]


def test_a_new_file_is_as_readable_as_any(tmp_path: Path) -> None:
    """By the mask of the process, not for its owner alone."""
    (tmp_path / "plain").write_bytes(b"")
    write(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Unless it is asked to be written over; then it keeps its mode."""
    path = tmp_path / "a.json"
    path.write_bytes(b"one")
    path.chmod(0o600)
    with pytest.raises(FileThere, match=r"a\.json is there already; --force writes over it"):
        write(path, b"two")
    assert path.read_bytes() == b"one"
    write(path, b"two", over=True)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_fails_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor a temporary one, and what was there stays."""
    path = tmp_path / "a.json"
    path.write_bytes(b"one")

    def full(_: int) -> None:
        message = "no space left"
        raise OSError(message)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write(path, b"two", over=True)
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.json", b"one")]
