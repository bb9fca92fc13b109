"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aicop.errors import FileThere

if TYPE_CHECKING:
    from collections.abc import Iterable


def write(path: Path, content: bytes | Iterable[bytes], *, over: bool = False) -> None:
    """
    Write a file: it is there whole, or as it was before. With *over* it may take the place of another.

    *content* may come in parts.

    Raises:
        FileThere: there is a file already, and *over* is not given.
        OSError: it cannot be written.
    """
    if path.exists() and not over:
        raise FileThere(str(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.writelines([content] if isinstance(content, bytes) else content)
            opened.flush()
            os.fsync(opened.fileno())
        # A temporary file is for its owner alone; this one gets what any new file would.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
