"""What makes our classes field types of pydantic and others; pydantic is imported when it asks for itself."""

from __future__ import annotations

TYPE_CHECKING = False  # Importing `typing` costs more than this module.
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Kind = TypeVar("Kind", bound=type[Any])

NOT_PLAIN = {"aicop_plain": False}
"""
The metadata of a field that a record has not got as plain data, because it follows from others or is no data.

The class of such a record has a class method ``__aicop_from_plain__``, which makes it of the other fields and of the
library that was named for ids, or None.
"""


def is_record_class(kind: object) -> bool:
    """Return True if something is a class whose instances can be written as plain data, field by field."""
    both = ("__attrs_attrs__", "__get_pydantic_core_schema__")
    return isinstance(kind, type) and all(hasattr(kind, name) for name in both)


def plain_fields(kind: type[Any]) -> list[Any]:
    """Return the fields of a record that it has as plain data, as attrs describes them."""
    return [field for field in kind.__attrs_attrs__ if field.init and field.metadata != NOT_PLAIN]


def _core_schema(cls: type[Any], _: object, handler: Any) -> Any:  # noqa: ANN401 -- types of pydantic
    from aicop._field_types import core_schema_of

    return core_schema_of(cls, handler)


class _Serializer:
    """The serializer of a class, by which pydantic writes an instance where the type says nothing about it."""

    def __get__(self, _: object, cls: type[Any]) -> Any:  # noqa: ANN401 -- types of pydantic
        from aicop._field_types import serializer_of

        # Mypy does not know that a class has a hash.
        return serializer_of(cls)  # type: ignore[arg-type]


class OneOf:
    """Marks a union of ids, which pydantic reads at once: a wrong key is one error, and not one for each class."""

    def __get_pydantic_core_schema__(self, union: Any, _: object) -> Any:  # noqa: ANN401 -- types of pydantic
        """Return the schema by which pydantic reads and writes an id of one of the classes."""
        from aicop._field_types import core_schema_of_union

        return core_schema_of_union(union)


def field_type(cls: Kind) -> Kind:
    """Make a class a field type of pydantic: see `aicop._field_types`."""
    # Not a base class, because records inherit nothing.
    cls.__get_pydantic_core_schema__ = classmethod(_core_schema)
    # Pydantic asks for it where a field is `Any`, for defaults in JSON Schemas, and for `serialize_as_any`.
    cls.__pydantic_serializer__ = _Serializer()
    return cls


def value_type(cls: Kind) -> Kind:
    """
    Make a class a field type of pydantic, and hide from other libraries that attrs has written it.

    A value is text wherever it is written. msgspec and cattrs write and read a class of attrs field by field, and
    msgspec lets no hook change that.
    """
    # From Python 3.13, attrs also writes the second, which would look for the first.
    for name in ("__attrs_attrs__", "__replace__"):
        if name in vars(cls):
            delattr(cls, name)
    return field_type(cls)
