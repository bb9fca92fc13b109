"""
The structure of a CISO Assistant library, as far as aicop reads it.

The required fields are those that the loader of CISO Assistant requires.

Source: REQUIRED_FIELDS of StoredLibrary and of the importers of frameworks, nodes and sets of mappings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from aicop.errors import Fault, InvalidDocument
from aicop.schema.check import check_json

if TYPE_CHECKING:
    from collections.abc import Iterator

Given = Annotated[str, Field(min_length=1)]
Word = Annotated[str, Field(strict=False)]
"""Text, or a number if somebody left out the quotes."""


class _Schema(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="ignore", frozen=True, strict=True, coerce_numbers_to_str=True
    )


class NodeSchema(_Schema):
    """A requirement node."""

    urn: Given
    ref_id: Word | None = None
    name: Word | None = None
    description: Word | None = None
    assessable: bool | None = None
    parent_urn: str | None = None


class FrameworkSchema(_Schema):
    """A framework."""

    urn: Given
    ref_id: Word
    name: Word | None = None
    requirement_nodes: Annotated[tuple[NodeSchema, ...], Field(min_length=1)]


class MappingSchema(_Schema):
    """A mapping of one node to another."""

    source_requirement_urn: Given
    target_requirement_urn: Given
    relationship: str
    strength_of_relationship: Annotated[int, Field(ge=0, le=10)] | None = None
    rationale: Word | None = None
    annotation: Word | None = None


class SetSchema(_Schema):
    """A set of mappings between two frameworks."""

    urn: Given
    name: Word
    source_framework_urn: Given
    target_framework_urn: Given
    requirement_mappings: tuple[MappingSchema, ...]


class LibrarySchema(_Schema):
    """A library; its objects are validated one by one."""

    urn: Given
    name: Word
    version: Word
    provider: Word | None = None
    objects: dict[str, Any]


def shape_faults(model: type[BaseModel], value: object, file: str, place: str = "") -> Iterator[Fault]:
    """Yield the faults in the structure of *value*, the part of a file at *place*."""
    if not isinstance(value, dict):
        yield Fault(file, place, f"must be a mapping, not {type(value).__name__}")
        return
    try:
        # Strict models accept a list for a tuple only in JSON, so the value is serialised.
        check_json(model, json.dumps(value, ensure_ascii=False), file)
    except InvalidDocument as error:
        yield from (Fault(file, f"{place}.{one.path}".strip("."), one.problem) for one in error.faults)


def unread_fields(value: dict[str, Any], model: type[BaseModel]) -> set[str]:
    """Return the names of the non-empty fields of *value* that are not in *model*."""
    return {name for name, given in value.items() if given not in (None, "", [], {})} - model.model_fields.keys()
