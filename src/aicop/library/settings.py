"""Read the settings of a library: ``aicop.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

from aicop.errors import reject
from aicop.files.text import decode
from aicop.library.locate import SETTINGS

if TYPE_CHECKING:
    from aicop.errors import Fault


def loads(content: bytes) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """
    Parse the settings of a library, and return what of them is valid as plain data, with the faults of the rest.

    Raises:
        InvalidDocument: it is not TOML; with the place.
    """
    # Imported here, because pydantic is slow to import and only needed for files of a user.
    from aicop.schema.check import check_in_part
    from aicop.schema.settings import SettingsSchema

    try:
        value = tomllib.loads(decode(content, SETTINGS))
    except tomllib.TOMLDecodeError as error:
        # The message ends with the place: "... (at line 3, column 5)".
        problem, _, place = str(error).rstrip(")").partition(" (at ")
        reject(SETTINGS, place, f"{problem[:1].lower()}{problem[1:]}; the settings must be TOML")
    return check_in_part(SettingsSchema, _plain(value), SETTINGS)


def _plain(value: Any) -> Any:  # noqa: ANN401 -- plain data
    """Return a value of TOML as JSON has it: dates become text."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
