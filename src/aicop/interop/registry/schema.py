"""What the registry for embedders looks like: the model of which its JSON Schema is made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from aicop.schema.base import StrictSchema
from aicop.schema.types import Date, EditionKey, Number, Ordinal, Text
from aicop.vocabulary import Attribution, Grade, Joiner, Modality, Role, Status


class RegistryStatementSchema(StrictSchema):
    key: Text
    modality: Modality
    duty_holders: Annotated[tuple[Role, ...], Field(min_length=1)]
    joiner: Joiner | None
    attribution: Attribution


class RegistryProvisionSchema(StrictSchema):
    key: Text
    number: Number
    title: Text
    principle: Text
    phase: Text
    parent: Text | None
    grade: Grade
    statements: Annotated[tuple[RegistryStatementSchema, ...], Field(min_length=1)]
    counterparts: dict[EditionKey, Text]


class RegistryPrincipleSchema(StrictSchema):
    key: Text
    number: Ordinal
    title: Text
    phase: Text
    applies_to: tuple[Role, ...] | None


class RegistryPhaseSchema(StrictSchema):
    key: Text
    title: Text


class RegistryEditionSchema(StrictSchema):
    key: EditionKey
    title: Text
    names: tuple[Text, ...]
    publisher: Text
    published: Date | None
    status: Status
    supersedes: tuple[Text, ...]
    implements: tuple[Text, ...]
    address: Text
    phases: tuple[RegistryPhaseSchema, ...]
    principles: tuple[RegistryPrincipleSchema, ...]
    provisions: tuple[RegistryProvisionSchema, ...]


class RegistrySchema(StrictSchema):
    """
    The registry for embedders, ``docs/reference/registry.json``: literal ids per edition and their counterparts.

    Every list is in printed order. `applies_to` is null where a principle has no such line, and not who is bound.
    """

    format: Literal["aicop-registry"]
    version: Literal[1]
    editions: tuple[RegistryEditionSchema, ...]


PUBLISHED: tuple[type[BaseModel], ...] = (RegistrySchema,)
"""The model whose JSON Schema is published."""
