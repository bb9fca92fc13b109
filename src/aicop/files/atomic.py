"""Atomic writes: a file is written completely or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aicop.errors import FileAlreadyExists

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_atomic(path: Path, content: bytes | Iterable[bytes], *, overwrite: bool = False) -> None:
    """
    Write a file completely, or leave it as it was before. With *overwrite*, an existing file is replaced.

    *content* may be given in parts. Symbolic links are followed. Devices and pipes are written to directly.

    Raises:
        FileAlreadyExists: the file exists and *overwrite* is false.
        OSError: the file cannot be written.
    """
    # Resolved first, so that a link stays a link and the file that it points to is replaced.
    place = path.resolve()
    parts = [content] if isinstance(content, bytes) else content
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder, not a file", str(path))
    if not place.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "the folder does not exist", str(place.parent))
    # A device or a pipe, such as /dev/stdout, cannot be replaced by a temporary file.
    if place.exists() and not place.is_file():
        with place.open("wb") as opened:
            opened.writelines(parts)
        return
    if place.exists() and not overwrite:
        raise FileAlreadyExists(str(path))
    # The temporary file is in the same folder, because a file can be renamed atomically only within a file system.
    try:
        handle, name = tempfile.mkstemp(prefix=".aicop.", dir=place.parent)
    except OSError as error:
        # The user knows the name of the target file, but not the name of the temporary file.
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.writelines(parts)
            opened.flush()
            os.fsync(opened.fileno())
        # Only the owner can read a temporary file, so it gets the permissions of the file that it replaces or, if there
        # is none, of a new file. The umask can only be read by setting it.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~mask)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
