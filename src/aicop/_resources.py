"""Access to the files in the packages; no other module opens these files."""

from __future__ import annotations

import functools
import os
from importlib import import_module
from typing import TYPE_CHECKING

from aicop.errors import MissingData

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable


@functools.cache
def _folder() -> str | None:
    """Return the folder of the packaged data, or None if it is in a zip archive or the like."""
    [folder, *_] = import_module("aicop.data").__path__
    return folder if os.path.isdir(folder) else None  # noqa: PTH112 -- pathlib is slow to import


@functools.cache
def _root() -> Traversable:
    """Return the packaged data, wherever it is."""
    # Imported here, because it takes a third as many instructions as attrs, and is only needed without a folder.
    from importlib_resources import files

    return files("aicop.data")


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """
    Return the rows of a packaged table, each as a mapping from column to cell.

    *name* is the path below ``data/``. Cells are separated by tabs, and quotation marks have no special meaning.

    Raises:
        MissingData: the file is missing from the installation.
    """
    # Imported here, because the data of an edition is not in a table.
    import csv
    import io

    return tuple(csv.DictReader(io.StringIO(read(name)), delimiter="\t", quoting=csv.QUOTE_NONE))


def read(name: str) -> str:
    """
    Return the text of a packaged data file. *name* is the path below ``data/``.

    Raises:
        MissingData: the file is missing from the installation.
    """
    steps = name.split("/")
    try:
        if (folder := _folder()) is None:
            return _root().joinpath(*steps).read_text(encoding="utf-8")
        with open(os.path.join(folder, *steps), encoding="utf-8") as file:  # noqa: PTH118, PTH123 -- see above
            return file.read()
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise MissingData(f"data/{name}") from error


def read_file_of(package: str, name: str) -> str:
    """
    Return the text of a file that lies beside the modules of a package, such as a template.

    Raises:
        MissingData: the file is missing from the installation.
    """
    # Imported here, because a catalogue needs no such file.
    from importlib_resources import files

    try:
        return files(package).joinpath(*name.split("/")).read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise MissingData(f"{package}/{name}") from error
