"""The models of the registry for embedders, from which its JSON Schema is generated."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from aicop.schema.base import StrictSchema
from aicop.schema.types import Date, Day, EditionKey, Number, Ordinal, Text
from aicop.vocabulary import Attribution, Grade, Joiner, Modality, Role, Status


class RegistryStatementSchema(StrictSchema):
    """A statement: one normative verb with its duty holders."""

    key: Text
    modality: Modality
    duty_holders: Annotated[tuple[Role, ...], Field(min_length=1)]
    joiner: Joiner | None
    attribution: Attribution
    grade: Grade


class RegistryProvisionSchema(StrictSchema):
    """A provision, with its counterpart in each other edition."""

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
    """A principle, which groups provisions and binds nobody itself."""

    key: Text
    number: Ordinal
    title: Text
    phase: Text
    applies_to: tuple[Role, ...] | None


class RegistryPhaseSchema(StrictSchema):
    """A phase of the lifecycle, which groups principles."""

    key: Text
    title: Text


class RegistryEditionSchema(StrictSchema):
    """An edition of a document, with its phases, principles and provisions."""

    key: EditionKey
    title: Text
    names: tuple[Text, ...]
    publisher: Text
    published: Date | None
    status: Status
    checked: Day | None
    supersedes: tuple[Text, ...]
    implements: tuple[Text, ...]
    address: Text
    phases: tuple[RegistryPhaseSchema, ...]
    principles: tuple[RegistryPrincipleSchema, ...]
    provisions: tuple[RegistryProvisionSchema, ...]


class RegistrySchema(StrictSchema):
    """
    The registry for embedders, ``docs/reference/registry.json``: the ids of each edition and their counterparts.

    Every list is in printed order. `applies_to` is the "primarily applies to" line of a principle, null if it has none;
    it does not determine who has the duties. `checked` is the day on which an edition was last checked to be current,
    null if it is not.
    """

    format: Literal["aicop-registry"]
    version: Literal[1]
    editions: tuple[RegistryEditionSchema, ...]


PUBLISHED: tuple[type[BaseModel], ...] = (RegistrySchema,)
"""The models whose JSON Schemas are published."""
