"""The library that a command uses."""

from __future__ import annotations

from aicop.cli.output import note_skipped
from aicop.cli.streams import note
from aicop.library.library import Library
from aicop.library.locate import find_folder


def open_library(named: str | None, *, skip_invalid: bool = False) -> Library:
    """Return the library that a command uses, and report its folder if it was found and not named."""
    folder, found = find_folder(named)
    if folder is None:
        return Library()
    if found:
        note(f"Library: {folder}.")
    library = Library.open(folder, skip_invalid=skip_invalid)
    note_skipped(library.skipped, library.skipped_files)
    return library
