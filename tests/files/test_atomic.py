"""Files that are written completely or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from aicop.errors import FileAlreadyExists
from aicop.files.atomic import write_atomic


def test_a_file_is_written(tmp_path: Path) -> None:
    """A file is written with its content, and no temporary file is left."""
    write_atomic(tmp_path / "a.json", b"one")
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.json", b"one")]


def test_a_new_file_is_as_readable_as_any(tmp_path: Path) -> None:
    """A new file's mode follows the umask, not that of a temporary file."""
    (tmp_path / "plain").write_bytes(b"")
    write_atomic(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    """An existing file is overwritten only on request, and then keeps its mode."""
    path = tmp_path / "a.json"
    path.write_bytes(b"one")
    path.chmod(0o600)
    with pytest.raises(FileAlreadyExists, match=r"a\.json already exists; use --force to overwrite it"):
        write_atomic(path, b"two")
    assert path.read_bytes() == b"one"
    write_atomic(path, b"two", overwrite=True)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed write leaves the old file and no temporary one."""
    path = tmp_path / "a.json"
    path.write_bytes(b"one")

    def full(_: int) -> None:
        message = "no space left"
        raise OSError(message)

    # Fail after the temporary file has been written and before it replaces the old one.
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write_atomic(path, b"two", overwrite=True)
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("a.json", b"one")]


def test_a_link_is_followed(tmp_path: Path) -> None:
    """The link's target is written, and the link stays a link."""
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomic(tmp_path / "link", b"two", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"two"


def test_a_device_is_written_to_and_not_replaced() -> None:
    """A device is written to rather than replaced, with or without overwriting."""
    for over in (False, True):
        write_atomic(Path(os.devnull), b"two", overwrite=over)
        assert Path(os.devnull).is_char_device()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """Writing to a folder, or into a missing one, raises an error that names it."""
    with pytest.raises(IsADirectoryError, match="is a folder, not a file"):
        write_atomic(tmp_path, b"", overwrite=True)
    with pytest.raises(FileNotFoundError, match="the folder does not exist") as caught:
        write_atomic(tmp_path / "none" / "a.json", b"")
    assert caught.value.filename == str(tmp_path / "none")


def test_a_permission_error_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file, not the temporary one."""

    def closed(**_: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere/.a.json.x")

    monkeypatch.setattr(tempfile, "mkstemp", closed)
    with pytest.raises(PermissionError) as caught:
        write_atomic(tmp_path / "a.json", b"")
    assert caught.value.filename == str(tmp_path / "a.json")


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    """The temporary file's name does not depend on that of the file."""
    path = tmp_path / ("x" * 255)
    write_atomic(path, b"whole")
    assert path.read_bytes() == b"whole"
