"""The data door: the only module that touches the files of the package."""

from __future__ import annotations

from aicop.errors import MissingData


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
