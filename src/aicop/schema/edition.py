"""The file of an edition."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from aicop.schema.base import AnnotationDocument, Document, SourceDocument
from aicop.schema.types import Date, Digest, EditionLabel, Number, Ordinal, Slug, Text
from aicop.vocabulary import Attribution, Capacity, Event, Joiner, Modality, RemarkKind, Role, Status


class EventDateDocument(Document):
    event: Event
    date: Date
    source: Slug


class ScopeStatementDocument(Document):
    key: Slug
    statement: Text
    source: Slug


class ActRoleDocument(Document):
    role: Text
    condition: Text | None = None


class StakeholderDocument(Document):
    role: Role
    definition: Text
    ai_act_roles: tuple[ActRoleDocument, ...] = ()
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()


class TermDocument(Document):
    name: Text
    definition: Text | None = None
    source: Slug


class CitationDocument(Document):
    printed: Text
    document: Text


class RemarkDocument(Document):
    kind: RemarkKind
    text: Text


class CounterpartyDocument(Document):
    role: Role | None = None
    party: Text
    capacity: Capacity
    attribution: Attribution


class StatementDocument(Document):
    modality: Modality
    duty_holders: Annotated[tuple[Role, ...], Field(min_length=1)]
    joiner: Joiner | None = None
    attribution: Attribution
    as_printed: Text | None = None
    counterparties: tuple[CounterpartyDocument, ...] = ()
    condition: Text | None = None
    action: Text
    remarks: tuple[RemarkDocument, ...] = ()


class PointerDocument(Document):
    clause: Text
    principle: Ordinal
    purpose: Text
    annotations: tuple[AnnotationDocument, ...] = ()


class ProvisionDocument(Document):
    number: Number
    title: Text
    parent: Number | None = None
    guidance: Number | None = None
    statements: Annotated[tuple[StatementDocument, ...], Field(min_length=1)]
    pointers: tuple[PointerDocument, ...] = ()
    footnotes: tuple[Ordinal, ...] = ()
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()


class PrincipleDocument(Document):
    number: Ordinal
    title: Text
    clause: Number | None = None
    applies_to: tuple[Role, ...] | None = None
    preamble: Text | None = None
    citations: tuple[CitationDocument, ...] = ()
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()
    provisions: Annotated[tuple[ProvisionDocument, ...], Field(min_length=1)]


class PhaseDocument(Document):
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    title: Text
    clause: Number | None = None
    stage: Text | None = None
    source: Slug
    principles: Annotated[tuple[PrincipleDocument, ...], Field(min_length=1)]


class EditionDocument(Document):
    """An edition file: ``data/editions/<document>@<edition>.json``."""

    document: Slug
    edition: EditionLabel
    title: Text
    publisher: Text
    status: Status
    force: Text
    dates: tuple[EventDateDocument, ...] = ()
    supersedes: tuple[Text, ...] = ()
    implements: tuple[Text, ...] = ()
    address: Text
    identifiers: tuple[Text, ...] = ()
    digest: Digest | None = None
    licence: Text
    ships: Text
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()
    sources: tuple[SourceDocument, ...]
    scope: tuple[ScopeStatementDocument, ...] = ()
    stakeholders: tuple[StakeholderDocument, ...] = ()
    terms: tuple[TermDocument, ...] = ()
    guidance: Text | None = None
    phases: Annotated[tuple[PhaseDocument, ...], Field(min_length=1)]
