"""The data door: the only module that touches the files of the package."""

from __future__ import annotations

import csv
import io

from aicop.errors import MissingData


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """
    Return the rows of a packaged table by its path below ``data/``, each by column; nothing in it is quoted.

    Raises:
        MissingData: the installation lacks it.
    """
    return tuple(csv.DictReader(io.StringIO(read(name)), delimiter="\t", quoting=csv.QUOTE_NONE))


def read(name: str) -> str:
    """
    Give the text of a packaged data file, by its path below ``data/``.

    Raises:
        MissingData: the installation lacks it.
    """
    # Imported here: it costs as much as everything else that `import aicop` does.
    from importlib_resources import files

    try:
        return files("aicop.data").joinpath(*name.split("/")).read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise MissingData(f"data/{name}") from error
