"""
Atomic writes: a file, or a set of files, is written completely or not at all.

The content goes into temporary files beside the files to be written, whose names begin with ``.aicop.``. They are
removed whatever happens, unless the process is killed at once, without a signal that it can handle.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from aicop.errors import FileAlreadyExists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Content = bytes | Iterable[bytes]

_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK})
"""What file systems without hard links answer."""


def write_atomic(path: Path, content: Content, *, overwrite: bool = False) -> None:
    """
    Write a file completely, or leave it as it was before. With *overwrite*, an existing file is replaced.

    *content* may be given in parts. Symbolic links are followed. Devices and pipes are written to directly.

    Raises:
        FileAlreadyExists: the file exists and *overwrite* is false, even if it appeared while it was being written.
        OSError: the file cannot be written; the error names it.
    """
    place = _resolve(path)
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder, not a file", str(path))
    # A device or a pipe, such as /dev/stdout, cannot be replaced by a temporary file.
    if path.exists() and not path.is_file():
        with _naming(path), path.open("wb") as opened:
            opened.writelines(_parts(content))
        return
    if not place.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "the folder does not exist", str(place.parent))
    write_set({path: content}, overwrite=overwrite)


def write_set(contents: Mapping[Path, Content], *, overwrite: bool = False) -> None:
    """
    Write all of several files, or leave everything as it was before. Missing folders are made.

    Raises:
        FileAlreadyExists: a file exists and *overwrite* is false, even if it appeared while they were being written.
        OSError: a file cannot be written; the error names it.
    """
    made: list[Path] = []
    files = [_File(path) for path in contents]
    try:
        for file, content in zip(files, contents.values(), strict=True):
            with _naming(file.path):
                _make_folder(file.place.parent, made)
                file.prepare(_parts(content), overwrite=overwrite)
        # Everything that takes long, or needs room, has been done.
        for file in files:
            with _naming(file.path):
                file.publish(overwrite=overwrite)
    except BaseException:
        for file in reversed(files):
            file.undo()
            file.clean()
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    for file in files:
        file.clean()


class _File:
    """A file to be written: first beside its place, then at it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Resolved first, so that a link stays a link and the file that it points to is replaced.
        self.place = _resolve(path)
        mark = os.urandom(8).hex()
        self._new = self.place.with_name(f".aicop.{mark}.new")
        self._old = self.place.with_name(f".aicop.{mark}.old")
        self._written: os.stat_result | None = None
        # Whether an empty file holds the place until the content is moved there.
        self._claimed = False

    def prepare(self, parts: Iterable[bytes], *, overwrite: bool) -> None:
        """Write the content beside the place."""
        exists = self.place.exists()
        if exists and not self.place.is_file():
            raise FileExistsError(errno.EEXIST, "is not a file", str(self.path))
        if exists and not overwrite:
            raise FileAlreadyExists(str(self.path))
        with self._new.open("xb") as opened:
            # The permissions of the file that it replaces, before it has any content that others could read.
            if exists:
                self._new.chmod(self.place.stat().st_mode & 0o777)
            opened.writelines(parts)
            opened.flush()
            os.fsync(opened.fileno())
            self._written = os.fstat(opened.fileno())

    def publish(self, *, overwrite: bool) -> None:
        """Move the content to the place, and keep what was there until `clean`."""
        if overwrite:
            if self.place.exists() and not _link(self.place, self._old):
                shutil.copy2(self.place, self._old)
            self._new.replace(self.place)
            return
        try:
            # Unlike renaming, this fails if the file exists by now.
            if not _link(self._new, self.place):
                self.place.open("xb").close()
                self._claimed = True
                self._new.replace(self.place)
        except FileExistsError as error:
            raise FileAlreadyExists(str(self.path)) from error

    def undo(self) -> None:
        """Restore what was at the place; do nothing if it was not published."""
        if self._written is None or not self.place.exists():
            return
        if self._claimed or os.path.samestat(self._written, self.place.stat()):
            if self._old.exists():
                self._old.replace(self.place)
            else:
                self.place.unlink()

    def clean(self) -> None:
        """Remove what is beside the place."""
        self._new.unlink(missing_ok=True)
        self._old.unlink(missing_ok=True)


def _parts(content: Content) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content


def _resolve(path: Path) -> Path:
    """
    Return the file that a path leads to.

    Raises:
        OSError: symbolic links lead in a circle.
    """
    try:
        place = path.resolve()
    except RuntimeError:
        # Python 3.11 and 3.12 raise this for a circle. Later versions return a path that still is a link.
        place = path
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return place


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder with those above it, and add those that did not exist to *made*."""
    if not folder.is_dir():
        _make_folder(folder.parent, made)
        folder.mkdir(exist_ok=True)
        made.append(folder)


def _link(old: Path, new: Path) -> bool:
    """Link a second name to a file, and return whether the file system can do so."""
    try:
        new.hardlink_to(old)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return False
    return True


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Raise errors of the operating system with the name of *path*, which the user knows, instead of no other name."""
    try:
        yield
    except FileAlreadyExists:
        raise
    except OSError as error:
        known = error.filename is not None and not Path(error.filename).name.startswith(".aicop.")
        if known or error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
