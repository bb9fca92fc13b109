"""Find the folder of the library to use: the one that is named, or the nearest one above the working directory."""

from __future__ import annotations

import os

SETTINGS = "aicop.toml"
"""The file that makes a folder a library."""
VARIABLE = "AICOP_LIBRARY"
"""The environment variable that names the folder of the library to use."""
NONE = "none"
"""The word for no folder: what ships alone."""


def find_folder(named: str | None = None, start: str = ".") -> tuple[str | None, bool]:
    """
    Return the folder of the library to use, or None for what ships alone, and whether it was found and not named.

    The folder is *named*, otherwise the value of the environment variable ``AICOP_LIBRARY``, otherwise the nearest
    folder with a file ``aicop.toml``, from *start* upwards. The search ends at a folder with ``.git`` in it and at the
    home directory, both of which are still looked at. The name ``none`` means what ships alone.
    """
    # os.path and not pathlib, which is slow to import and not needed by most commands.
    if chosen := named or os.environ.get(VARIABLE):
        return (None if chosen == NONE else chosen), False
    folder, home = os.path.abspath(start), os.path.expanduser("~")  # noqa: PTH100, PTH111 -- see above
    while True:
        if os.path.isfile(os.path.join(folder, SETTINGS)):  # noqa: PTH113, PTH118 -- see above
            return folder, True
        above = os.path.dirname(folder)  # noqa: PTH120 -- see above
        if folder in {above, home} or os.path.exists(os.path.join(folder, ".git")):  # noqa: PTH110, PTH118
            return None, False
        folder = above
