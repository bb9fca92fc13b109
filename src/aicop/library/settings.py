"""Read the settings of a library: ``aicop.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

from aicop.errors import reject
from aicop.files.text import decode
from aicop.library.locate import SETTINGS


def loads(content: bytes) -> dict[str, Any]:
    """
    Parse the settings of a library and return them as plain data, with the tables that are absent left out.

    Raises:
        InvalidDocument: with the place where it is not TOML, or with all violations of the schema.
    """
    # Imported here, because pydantic is slow to import and only needed for files of a user.
    from aicop.schema.check import check_object
    from aicop.schema.settings import SettingsSchema

    try:
        value = tomllib.loads(decode(content, SETTINGS))
    except tomllib.TOMLDecodeError as error:
        # The message ends with the place: "... (at line 3, column 5)".
        problem, _, place = str(error).rstrip(")").partition(" (at ")
        reject(SETTINGS, place, f"{problem[:1].lower()}{problem[1:]}; the settings must be TOML")
    return check_object(SettingsSchema, _plain(value), SETTINGS)


def _plain(value: Any) -> Any:  # noqa: ANN401 -- plain data
    """Return a value of TOML as JSON has it: dates become text."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
