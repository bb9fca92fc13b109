"""Models for edition files."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from aicop.schema.base import AnnotationSchema, SourceSchema, StrictSchema
from aicop.schema.types import Date, Digest, EditionLabel, Number, Ordinal, Slug, Text
from aicop.vocabulary import Attribution, Capacity, Event, Joiner, Modality, RemarkKind, Role, Status


class EventDateSchema(StrictSchema):
    event: Event
    date: Date
    source: Slug


class ScopeStatementSchema(StrictSchema):
    key: Slug
    statement: Text
    source: Slug


class ActRoleSchema(StrictSchema):
    role: Text
    condition: Text | None = None


class StakeholderSchema(StrictSchema):
    role: Role
    definition: Text
    ai_act_roles: tuple[ActRoleSchema, ...] = ()
    source: Slug
    annotations: tuple[AnnotationSchema, ...] = ()


class TermSchema(StrictSchema):
    name: Text
    definition: Text | None = None
    source: Slug


class CitationSchema(StrictSchema):
    printed: Text
    document: Text


class RemarkSchema(StrictSchema):
    kind: RemarkKind
    text: Text


class CounterpartySchema(StrictSchema):
    role: Role | None = None
    party: Text
    capacity: Capacity
    attribution: Attribution


class StatementSchema(StrictSchema):
    modality: Modality
    duty_holders: Annotated[tuple[Role, ...], Field(min_length=1)]
    joiner: Joiner | None = None
    attribution: Attribution
    as_printed: Text | None = None
    counterparties: tuple[CounterpartySchema, ...] = ()
    condition: Text | None = None
    action: Text
    remarks: tuple[RemarkSchema, ...] = ()


class PointerSchema(StrictSchema):
    clause: Text
    principle: Ordinal
    purpose: Text
    annotations: tuple[AnnotationSchema, ...] = ()


class ProvisionSchema(StrictSchema):
    number: Number
    title: Text
    parent: Number | None = None
    guidance: Number | None = None
    statements: Annotated[tuple[StatementSchema, ...], Field(min_length=1)]
    pointers: tuple[PointerSchema, ...] = ()
    footnotes: tuple[Ordinal, ...] = ()
    source: Slug
    annotations: tuple[AnnotationSchema, ...] = ()


class PrincipleSchema(StrictSchema):
    number: Ordinal
    title: Text
    clause: Number | None = None
    applies_to: tuple[Role, ...] | None = None
    preamble: Text | None = None
    citations: tuple[CitationSchema, ...] = ()
    source: Slug
    annotations: tuple[AnnotationSchema, ...] = ()
    provisions: Annotated[tuple[ProvisionSchema, ...], Field(min_length=1)]


class PhaseSchema(StrictSchema):
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    title: Text
    clause: Number | None = None
    stage: Text | None = None
    source: Slug
    principles: Annotated[tuple[PrincipleSchema, ...], Field(min_length=1)]


class EditionSchema(StrictSchema):
    """An edition file: ``data/editions/<document>@<edition>.json``."""

    document: Slug
    edition: EditionLabel
    title: Text
    publisher: Text
    status: Status
    force: Text
    dates: tuple[EventDateSchema, ...] = ()
    supersedes: tuple[Text, ...] = ()
    implements: tuple[Text, ...] = ()
    address: Text
    identifiers: tuple[Text, ...] = ()
    digest: Digest | None = None
    licence: Text
    ships: Text
    source: Slug
    annotations: tuple[AnnotationSchema, ...] = ()
    sources: tuple[SourceSchema, ...]
    scope: tuple[ScopeStatementSchema, ...] = ()
    stakeholders: tuple[StakeholderSchema, ...] = ()
    terms: tuple[TermSchema, ...] = ()
    guidance: Text | None = None
    phases: Annotated[tuple[PhaseSchema, ...], Field(min_length=1)]
