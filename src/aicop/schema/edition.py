"""Models for edition files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from aicop.schema.base import AnnotationSchema, SourceSchema, StrictSchema
from aicop.schema.types import (
    Date,
    Day,
    Digest,
    DocumentKey,
    EditionKey,
    EditionLabel,
    Number,
    Ordinal,
    PhaseSlug,
    Slug,
    Text,
)
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
    key: DocumentKey | None = None


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
    source: Slug | None = None


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
    slug: PhaseSlug
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
    checked: Day | None = None
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


class OwnProvisionSchema(ProvisionSchema):
    """A provision that the base does not have, under one of the principles of the base."""

    principle: Ordinal
    source: Slug | None = None  # type: ignore[assignment]


class ChangedProvisionSchema(StrictSchema):
    """
    A provision of the base with the fields that differ, each in full; what is absent is inherited.

    `note` states what changed, read from the base to this edition, and `reverse_note` the same the other way round.
    """

    number: Number
    changes: Annotated[
        tuple[Literal["spelling", "footnote", "wording", "pointer", "reference", "strength", "scope of duty"], ...],
        Field(min_length=1),
    ]
    note: Text
    reverse_note: Text | None = None
    title: Text | None = None
    guidance: Number | None = None
    statements: Annotated[tuple[StatementSchema, ...], Field(min_length=1)] | None = None
    pointers: tuple[PointerSchema, ...] | None = None
    footnotes: tuple[Ordinal, ...] | None = None
    source: Slug | None = None
    annotations: tuple[AnnotationSchema, ...] | None = None


class DroppedProvisionSchema(StrictSchema):
    number: Number
    reason: Text


class DerivedEditionSchema(StrictSchema):
    """
    An edition that is based on another one: ``editions/<document>@<edition>.json`` with the field `based_on`.

    `own`, `changed` and `dropped` are the differences from the base. Everything else is inherited from it.
    """

    based_on: EditionKey
    document: Slug
    edition: EditionLabel
    title: Text
    publisher: Text
    status: Status = Status.CURRENT
    checked: Day | None = None
    force: Text | None = None
    dates: tuple[EventDateSchema, ...] = ()
    supersedes: tuple[Text, ...] = ()
    implements: tuple[Text, ...] = ()
    address: Text | None = None
    identifiers: tuple[Text, ...] = ()
    digest: Digest | None = None
    licence: Text | None = None
    source: Slug | None = None
    annotations: tuple[AnnotationSchema, ...] = ()
    sources: Annotated[tuple[SourceSchema, ...], Field(min_length=1)]
    scope: tuple[ScopeStatementSchema, ...] | None = None
    stakeholders: tuple[StakeholderSchema, ...] | None = None
    terms: tuple[TermSchema, ...] | None = None
    own: tuple[OwnProvisionSchema, ...] = ()
    changed: tuple[ChangedProvisionSchema, ...] = ()
    dropped: tuple[DroppedProvisionSchema, ...] = ()
