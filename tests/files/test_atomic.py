"""Files that are written completely or not at all."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pytest

from aicop.errors import FileAlreadyExists
from aicop.files.atomic import write_atomic, write_set

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    opened = Path.open

    def closed(path: Path, mode: str = "r") -> IO[bytes]:
        if path.name.startswith(".aicop."):
            raise PermissionError(13, "Permission denied", str(path))
        return cast("IO[bytes]", opened(path, mode))

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(PermissionError) as caught:
        write_atomic(tmp_path / "a.json", b"")
    assert caught.value.filename == str(tmp_path / "a.json")


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    """The temporary file's name does not depend on that of the file."""
    path = tmp_path / ("x" * 255)
    write_atomic(path, b"whole")
    assert path.read_bytes() == b"whole"


def names(folder: Path) -> list[str]:
    """Return the names of everything in a folder."""
    return sorted(item.name for item in folder.iterdir())


def no_links(path: Path, target: Path) -> None:
    """Refuse a hard link, as many network file systems do."""
    raise OSError(errno.EPERM, "Operation not permitted", str(target), None, str(path))


@pytest.fixture(params=["links", "no links"])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test on a file system with hard links, and on one without."""
    if request.param == "no links":
        monkeypatch.setattr(Path, "hardlink_to", no_links)


@pytest.mark.usefixtures("file_system")
def test_a_file_that_appears_during_the_write_is_kept(tmp_path: Path) -> None:
    """Without overwriting, a file that somebody else makes meanwhile is not replaced."""
    path = tmp_path / "a.json"

    def content() -> Iterator[bytes]:
        yield b"ours"
        path.write_bytes(b"theirs")

    with pytest.raises(FileAlreadyExists):
        write_atomic(path, content())
    assert (names(tmp_path), path.read_bytes()) == (["a.json"], b"theirs")


@pytest.mark.usefixtures("file_system")
def test_files_are_written(tmp_path: Path) -> None:
    """A file is written and replaced, and nothing else is left."""
    path = tmp_path / "a.json"
    write_atomic(path, b"one")
    write_atomic(path, b"two", overwrite=True)
    assert (names(tmp_path), path.read_bytes()) == (["a.json"], b"two")


@pytest.mark.usefixtures("file_system")
@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, OSError])
def test_a_set_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], *, overwrite: bool
) -> None:
    """If the last file cannot be moved to its place, the first are as they were, and new folders are removed."""
    old, new, last = tmp_path / "old", tmp_path / "a" / "b" / "new", tmp_path / "last"
    if overwrite:
        old.write_bytes(b"before")
    before = names(tmp_path)
    moves = {name: getattr(Path, name) for name in ("replace", "hardlink_to")}

    def failing(name: str) -> None:
        def move(path: Path, other: Path) -> None:
            if last in {path, other}:
                raise error
            moves[name](path, other)

        monkeypatch.setattr(Path, name, move)

    failing("replace")
    if moves["hardlink_to"] is not no_links:
        failing("hardlink_to")
    with pytest.raises(error):
        write_set(dict.fromkeys((old, new, last), b"after"), overwrite=overwrite)
    assert names(tmp_path) == before
    assert not overwrite or old.read_bytes() == b"before"


def test_an_odd_error_of_linking_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only file systems without links are written to without them; another error is raised, with the file's name."""

    def broken(_: Path, __: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "hardlink_to", broken)
    with pytest.raises(OSError, match="Input/output error") as caught:
        write_atomic(tmp_path / "a", b"")
    assert caught.value.filename == str(tmp_path / "a")
    assert names(tmp_path) == []


def test_a_set_writes_no_device_and_no_folder(tmp_path: Path) -> None:
    """In a set, a path that exists and is no file is refused, and nothing is written."""
    with pytest.raises(FileExistsError, match="is not a file"):
        write_set({tmp_path / "a": b"", Path(os.devnull): b""}, overwrite=True)
    assert names(tmp_path) == []


def test_a_circle_of_links_is_named(tmp_path: Path) -> None:
    """Links that lead in a circle are an error with the path."""
    for one, other in ("ab", "ba"):
        (tmp_path / one).symlink_to(tmp_path / other)
    with pytest.raises(OSError, match="symbolic links") as caught:
        write_atomic(tmp_path / "a", b"", overwrite=True)
    assert (caught.value.errno, caught.value.filename) == (errno.ELOOP, str(tmp_path / "a"))


def test_a_full_device_is_named() -> None:
    """A device that is full is an error with its path."""
    with pytest.raises(OSError, match="No space") as caught:
        write_atomic(Path("/dev/full"), b"x")
    assert caught.value.filename == "/dev/full"


def test_a_file_that_grows_too_large_is_named(tmp_path: Path) -> None:
    """If there is no room for the content, the error has the path, and nothing is left."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="too large") as caught:
            write_atomic(tmp_path / "a", [b"x" * 600] * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert caught.value.filename == str(tmp_path / "a")
    assert names(tmp_path) == []


def test_an_error_of_the_content_keeps_its_own_name(tmp_path: Path) -> None:
    """An error about another file, from which the content comes, is not blamed on the file to be written."""

    def content() -> Iterator[bytes]:
        yield (tmp_path / "other").read_bytes()

    with pytest.raises(FileNotFoundError) as caught:
        write_atomic(tmp_path / "a", content())
    assert caught.value.filename == str(tmp_path / "other")


def test_a_pipe_behind_a_link_is_written_to() -> None:
    """What is no file, also behind a link such as /dev/stdout, is written to."""
    reading, writing = os.pipe()
    write_atomic(Path(f"/proc/self/fd/{writing}"), b"x")
    assert os.read(reading, 1) == b"x"
    os.close(reading)
    os.close(writing)
