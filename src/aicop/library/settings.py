"""Read the settings of a library: ``aicop.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

from aicop.errors import reject
from aicop.files.json_text import MAX_JSON_DEPTH
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
        value = _plain(tomllib.loads(decode(content, SETTINGS)))
    except tomllib.TOMLDecodeError as error:
        # The message ends with the place: "... (at line 3, column 5)".
        problem, _, place = str(error).rstrip(")").partition(" (at ")
        reject(SETTINGS, place, f"{problem[:1].lower()}{problem[1:]}; the settings must be TOML")
    except ValueError as error:
        # A number of thousands of digits, which Python refuses to convert.
        reject(SETTINGS, "", f"not TOML that can be read: {error}")
    except RecursionError:
        reject(SETTINGS, "", "nested too deeply")
    return check_in_part(SettingsSchema, value, SETTINGS)


def _plain(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 -- plain data
    """Return a value of TOML as JSON has it: dates become text. Raise RecursionError if it is nested too deeply."""
    if depth > MAX_JSON_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {name: _plain(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
