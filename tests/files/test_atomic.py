"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from aicop.errors import FileAlreadyExists
from aicop.files.atomic import write_atomic


def test_a_file_is_written(tmp_path: Path) -> None:
    """With the content given, and nothing beside it."""
    write_atomic(tmp_path / "a.json", b"one")
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.json", b"one")]


def test_a_new_file_is_as_readable_as_any(tmp_path: Path) -> None:
    """By the mask of the process, not for its owner alone."""
    (tmp_path / "plain").write_bytes(b"")
    write_atomic(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Unless it is asked to be written over; then it keeps its mode."""
    path = tmp_path / "a.json"
    path.write_bytes(b"one")
    path.chmod(0o600)
    with pytest.raises(FileAlreadyExists, match=r"a\.json already exists; use --force to overwrite it"):
        write_atomic(path, b"two")
    assert path.read_bytes() == b"one"
    write_atomic(path, b"two", overwrite=True)
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
        write_atomic(path, b"two", overwrite=True)
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.json", b"one")]


def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file that it names is written, and the link stays one."""
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomic(tmp_path / "link", b"two", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"two"


def test_a_device_is_written_to_and_not_replaced() -> None:
    """Whether or not it may take the place of another."""
    for over in (False, True):
        write_atomic(Path(os.devnull), b"two", overwrite=over)
        assert Path(os.devnull).is_char_device()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nor is there a file in a folder that is not there."""
    with pytest.raises(IsADirectoryError, match="is a folder, not a file"):
        write_atomic(tmp_path, b"", overwrite=True)
    with pytest.raises(FileNotFoundError, match="the folder does not exist") as caught:
        write_atomic(tmp_path / "none" / "a.json", b"")
    assert caught.value.filename == str(tmp_path / "none")


def test_where_nothing_may_be_written_the_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was asked for, not as it would be called on the way."""

    def closed(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere/.a.json.x")

    monkeypatch.setattr(tempfile, "mkstemp", closed)
    with pytest.raises(PermissionError) as caught:
        write_atomic(tmp_path / "a.json", b"")
    assert caught.value.filename == str(tmp_path / "a.json")


def test_a_name_may_be_as_long_as_the_system_lets_it(tmp_path: Path) -> None:
    """The temporary file has a short one of its own."""
    path = tmp_path / ("x" * 255)
    write_atomic(path, b"whole")
    assert path.read_bytes() == b"whole"
