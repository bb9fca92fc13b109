"""The JSON Schemas that are published under ``docs/reference/schemas/``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aicop.schema.dependencies import ArtefactsSchema, DependencyRowSchema
from aicop.schema.edition import DerivedEditionSchema, EditionSchema
from aicop.schema.framework import FrameworkSchema, FrameworksSchema
from aicop.schema.guidance import GuidanceSchema, ThreatsSchema
from aicop.schema.lineage import LineageRowSchema
from aicop.schema.manifest import ManifestSchema
from aicop.schema.mapping import MappingRowSchema, MappingSetsSchema

if TYPE_CHECKING:
    from pydantic import BaseModel

PUBLISHED: tuple[type[BaseModel], ...] = (
    ArtefactsSchema,
    DependencyRowSchema,
    DerivedEditionSchema,
    EditionSchema,
    FrameworkSchema,
    FrameworksSchema,
    GuidanceSchema,
    LineageRowSchema,
    ManifestSchema,
    MappingRowSchema,
    MappingSetsSchema,
    ThreatsSchema,
)
"""The models of the files in `aicop.schema`; the interchange format ``registry`` has models of its own."""


def title_of(model: str) -> str:
    """
    Return the title of a model's JSON Schema, derived from the name of its class.

    >>> title_of("MappingRowSchema")
    'Mapping row'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.removesuffix("Schema")).capitalize()


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of *model* as plain data.

    Titles are plain words, and definitions are named without the suffix ``Schema`` of our classes.
    """

    def rename_references(value: Any) -> Any:  # noqa: ANN401 -- plain data
        if isinstance(value, list):
            return [rename_references(item) for item in value]
        if isinstance(value, dict):
            return {
                name: item.removesuffix("Schema")
                if name == "$ref" and isinstance(item, str)
                else rename_references(item)
                for name, item in value.items()
            }
        return value

    # Pydantic names definitions and references after the classes, and both must be renamed alike.
    found: dict[str, Any] = rename_references(model.model_json_schema())
    found["title"] = title_of(model.__name__)
    for name, definition in dict(found.get("$defs", {})).items():
        if name.endswith("Schema"):
            definition["title"] = title_of(name)
    if "$defs" in found:
        found["$defs"] = {name.removesuffix("Schema"): part for name, part in found["$defs"].items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | found
