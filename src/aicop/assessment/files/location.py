"""Where evidence is: a path in the folder of the library, or a web address."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

OUTSIDE = "must be a path within the folder of the library, without '..', or a web address; copy the file into it"
"""What to do with a path that leads out of the folder."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_address(location: str) -> bool:
    """Return whether a location is a web address, which is never fetched."""
    return _ADDRESS.match(location) is not None


def is_inside(location: str) -> bool:
    """
    Return whether a location is a web address, or a path that cannot lead out of the folder of the library.

    >>> is_inside("evidence/list.csv"), is_inside("https://example.org/list"), is_inside("../list.csv")
    (True, True, False)
    """
    if is_address(location):
        return True
    path = PurePosixPath(location)
    return not (path.is_absolute() or ".." in path.parts or PureWindowsPath(location).is_absolute())
