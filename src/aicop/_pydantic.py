"""What makes our classes field types of pydantic, which is imported when pydantic itself asks."""

from __future__ import annotations

TYPE_CHECKING = False  # Importing `typing` costs more than this module.
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Kind = TypeVar("Kind", bound=type[Any])


def _core_schema(cls: type[Any], _: object, handler: Any) -> Any:  # noqa: ANN401 -- types of pydantic
    from aicop._field_types import core_schema_of

    return core_schema_of(cls, handler)


def field_type(cls: Kind) -> Kind:
    """Make a class a field type of pydantic: see `aicop._field_types`."""
    # Not a base class, because records inherit nothing.
    cls.__get_pydantic_core_schema__ = classmethod(_core_schema)
    return cls
