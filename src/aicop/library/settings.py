"""Read the settings of a library: ``aicop.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.files.toml_text import parse_toml
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

    value = parse_toml(content, SETTINGS)
    return check_in_part(SettingsSchema, value, SETTINGS)
