"""What the registry for embedders looks like: the model of which its JSON Schema is made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from aicop.schema.base import Document
from aicop.schema.types import Date, EditionKey, Number, Ordinal, Text
from aicop.vocabulary import Attribution, Grade, Joiner, Modality, Role, Status


class RegistryStatementDocument(Document):
    key: Text
    modality: Modality
    duty_holders: Annotated[tuple[Role, ...], Field(min_length=1)]
    joiner: Joiner | None
    attribution: Attribution


class RegistryProvisionDocument(Document):
    key: Text
    number: Number
    title: Text
    principle: Text
    phase: Text
    parent: Text | None
    grade: Grade
    statements: Annotated[tuple[RegistryStatementDocument, ...], Field(min_length=1)]
    counterparts: dict[EditionKey, Text]


class RegistryPrincipleDocument(Document):
    key: Text
    number: Ordinal
    title: Text
    phase: Text
    applies_to: tuple[Role, ...] | None


class RegistryPhaseDocument(Document):
    key: Text
    title: Text


class RegistryEditionDocument(Document):
    key: EditionKey
    title: Text
    names: tuple[Text, ...]
    publisher: Text
    published: Date | None
    status: Status
    supersedes: tuple[Text, ...]
    implements: tuple[Text, ...]
    address: Text
    phases: tuple[RegistryPhaseDocument, ...]
    principles: tuple[RegistryPrincipleDocument, ...]
    provisions: tuple[RegistryProvisionDocument, ...]


class RegistryDocument(Document):
    """
    The registry for embedders, ``docs/reference/registry.json``: literal ids per edition and their counterparts.

    Every list is in printed order. `applies_to` is null where a principle has no such line, and not who is bound.
    """

    format: Literal["aicop-registry"]
    version: Literal[1]
    editions: tuple[RegistryEditionDocument, ...]


PUBLISHED: tuple[type[BaseModel], ...] = (RegistryDocument,)
"""The model whose JSON Schema is published."""
