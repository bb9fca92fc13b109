"""A lock on a folder, so that two processes do not change its files at the same time."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """
    Wait until no other process holds the lock on a folder, and hold it.

    It is advisory, ends with the process, and leaves no file. Where the system or the disk has no such locks, nothing
    is locked.
    """
    try:
        import fcntl
    except ImportError:
        # Windows has no such module, and no lock on a folder.
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network disks have no locks.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
