"""Access to the packaged data; no other module opens these files."""

from __future__ import annotations

import csv
import functools
import io
from typing import TYPE_CHECKING

from aicop.errors import MissingData

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable


@functools.cache
def _root() -> Traversable:
    """Return the folder of the packaged data, which takes as long to find as a small file to read."""
    # Imported here, because it costs as much as the rest of `import aicop`.
    from importlib_resources import files

    return files("aicop.data")


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """
    Return the rows of a packaged table, each as a mapping from column to cell.

    *name* is the path below ``data/``. Cells are separated by tabs, and quotation marks have no special meaning.

    Raises:
        MissingData: the file is missing from the installation.
    """
    return tuple(csv.DictReader(io.StringIO(read(name)), delimiter="\t", quoting=csv.QUOTE_NONE))


def read(name: str) -> str:
    """
    Return the text of a packaged data file. *name* is the path below ``data/``.

    Raises:
        MissingData: the file is missing from the installation.
    """
    try:
        return _root().joinpath(*name.split("/")).read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise MissingData(f"data/{name}") from error
