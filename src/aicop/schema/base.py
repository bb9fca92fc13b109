"""Base classes shared by the models of all files."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from aicop.schema.types import Day, Slug, Text
from aicop.vocabulary import Grade


class StrictSchema(BaseModel):
    """A strict model: missing and unknown fields are errors, and values are not converted to another type."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceSchema(StrictSchema):
    key: Slug
    document: Text
    locator: Text
    grade: Grade
    read: Day
    note: Text | None = None


class AnnotationSchema(StrictSchema):
    observation: Text
    reading: Text
    reason: Text
    erratum: bool
