"""Files that are written whole or not at all."""

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
    Write a file: it is there whole, or as it was before. With *overwrite* it may take the place of another.

    *content* may come in parts. A link is followed; a device or a pipe is written to.

    Raises:
        FileAlreadyExists: there is a file already, and *overwrite* is not given.
        OSError: it cannot be written.
    """
    place = path.resolve()
    parts = [content] if isinstance(content, bytes) else content
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder, not a file", str(path))
    if not place.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(place.parent))
    if place.exists() and not place.is_file():
        with place.open("wb") as opened:
            opened.writelines(parts)
        return
    if place.exists() and not overwrite:
        raise FileAlreadyExists(str(path))
    try:
        handle, name = tempfile.mkstemp(prefix=".aicop.", dir=place.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.writelines(parts)
            opened.flush()
            os.fsync(opened.fileno())
        # A temporary file is for its owner alone; this one gets what any new file would.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~mask)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
