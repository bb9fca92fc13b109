"""The commit of Git that a folder is at, read from the files of Git without running it."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
"""A commit, in the SHA-1 or SHA-256 digest."""
_REFERENCE = re.compile(r"refs/[A-Za-z0-9][A-Za-z0-9._/+@-]*")
_MAX_SIZE = 16 * 2**20
"""The most bytes that are read of a file; a list of references can be long."""


def commit_of(folder: Path) -> str | None:
    """
    Return the commit that a folder is at: that of the nearest folder with ``.git`` in it, upwards.

    Git is not run, because the settings and hooks of a repository could make it run other programs. None means that it
    is not known: the folder is in no repository, nothing was committed yet, or its files cannot be read. Whether the
    folder has changes that were not committed is not known either.
    """
    try:
        place = folder.resolve()
        above = next((one / ".git" for one in (place, *place.parents) if (one / ".git").exists()), None)
        return None if above is None else _head(above)
    except (OSError, RuntimeError, ValueError):
        # What Git itself cannot read either, a circle of links, or a name that the system refuses.
        return None


def _head(marker: Path) -> str | None:
    """Return the commit that the head of a repository refers to; *marker* is its ``.git``."""
    home = marker
    if marker.is_file():
        # The folder of a worktree or submodule has a file that says where the rest is.
        home = marker.parent / _read(marker).removeprefix("gitdir:").strip()
    shared = home / "commondir"
    common = home / _read(shared).strip() if shared.is_file() else home
    said = _read(home / "HEAD").strip()
    if _COMMIT.fullmatch(said):
        return said
    name = said.removeprefix("ref:").strip()
    if not _REFERENCE.fullmatch(name) or ".." in PurePosixPath(name).parts:
        return None
    for place in (home, common):
        if (place / name).is_file():
            return _commit(_read(place / name).strip())
    packed = common / "packed-refs"
    lines = _read(packed).splitlines() if packed.is_file() else []
    return next((_commit(line.partition(" ")[0]) for line in lines if line.endswith(f" {name}")), None)


def _commit(text: str) -> str | None:
    return text if _COMMIT.fullmatch(text) else None


def _read(path: Path) -> str:
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as stream:
        return stream.read(_MAX_SIZE).decode(errors="replace")
