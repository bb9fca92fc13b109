"""Parse TOML of users."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

from aicop.errors import reject
from aicop.files.json_text import MAX_JSON_DEPTH
from aicop.files.text import decode


def parse_toml(content: bytes, file: str) -> dict[str, Any]:
    """
    Parse a TOML document, and return it as plain data in which dates and times are text.

    Raises:
        InvalidDocument: it is not UTF-8 or not TOML, or nested too deeply; with the place.
    """
    text = decode(content, file)
    try:
        value = _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        # The message ends with the place: "... (at line 3, column 5)".
        problem, _, place = str(error).rstrip(")").partition(" (at ")
        reject(file, place, f"not TOML: {problem[:1].lower()}{problem[1:]}")
    except ValueError as error:
        # A number of thousands of digits, which Python refuses to convert.
        reject(file, "", f"not TOML that can be read: {error}")
    except RecursionError:
        reject(file, "", "nested too deeply")
    assert isinstance(value, dict)
    return value


def _plain(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 -- plain data
    """Return a value of TOML as JSON has it: dates become text. Raise RecursionError if it is nested too deeply."""
    if depth > MAX_JSON_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {name: _plain(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
