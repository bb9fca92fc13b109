"""Models for the settings of a user's library: ``aicop.toml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from aicop.schema.base import StrictSchema
from aicop.schema.types import COLUMN, Date, EditionKey, Text
from aicop.vocabulary import MappingBasis, Nature

Column = Annotated[str, StringConstraints(pattern=COLUMN)]
"""The name of one of our columns."""


class DefaultsSchema(StrictSchema):
    """Facts of mappings whose rows and files do not state them."""

    author: Text | None = None
    date: Date | None = None
    basis: MappingBasis | None = None


class FrameworkSettingsSchema(StrictSchema):
    """What the table of a framework cannot hold; the table is ``frameworks/<framework>@<edition>``."""

    title: Text | None = None
    publisher: Text | None = None
    names: tuple[Text, ...] = ()
    kind: Text | None = None
    natures: dict[str, Nature] = Field(default_factory=dict)
    columns: dict[str, Column] = Field(default_factory=dict)
    sheet: Text | None = None
    header: Annotated[int, Field(ge=1)] | None = None


class MappingSettingsSchema(DefaultsSchema):
    """What a file of mappings does not state."""

    source: Text | None = None
    target: Text | None = None
    columns: dict[str, Column] = Field(default_factory=dict)
    sheet: Text | None = None
    header: Annotated[int, Field(ge=1)] | None = None


class SettingsSchema(StrictSchema):
    """The settings of a library: ``aicop.toml``."""

    defaults: DefaultsSchema = Field(default_factory=DefaultsSchema)
    framework: dict[EditionKey, FrameworkSettingsSchema] = Field(default_factory=dict)
    mappings: dict[str, MappingSettingsSchema] = Field(default_factory=dict)
