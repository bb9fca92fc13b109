"""Models for guidance files and for the threat vocabulary."""

from __future__ import annotations

from aicop.schema.base import SourceSchema, StrictSchema
from aicop.schema.types import Digest, DocumentKey, EditionLabel, Number, Ordinal, Slug, Text
from aicop.vocabulary import MeasureKind, Scenario, ThreatKind


class ThreatSchema(StrictSchema):
    key: Slug
    title: Text
    kind: ThreatKind
    definition: Text


class ThreatsSchema(StrictSchema):
    """The threat vocabulary: ``data/threats.json``."""

    source: SourceSchema
    threats: tuple[ThreatSchema, ...]


class NotApplicableSchema(StrictSchema):
    scenario: Scenario
    reason: Text | None = None


class MeasureSchema(StrictSchema):
    heading: Text
    kind: MeasureKind
    summary: Text
    scenarios: tuple[Scenario, ...] = ()
    not_applicable: tuple[NotApplicableSchema, ...] = ()
    fits: Number | None = None


class ReferenceSchema(StrictSchema):
    document: DocumentKey
    title: Text
    publisher: Text | None = None
    locator: Text | None = None


class GuidanceEntrySchema(StrictSchema):
    number: Number
    pages: tuple[Ordinal, ...]
    threats: tuple[Slug, ...]
    threats_from: Number | None = None
    threat_summary: Text
    measures: tuple[MeasureSchema, ...] = ()
    measures_from: Number | None = None
    references: tuple[ReferenceSchema, ...] = ()
    references_from: Number | None = None
    slips: tuple[Text, ...] = ()


class GuidanceSchema(StrictSchema):
    """A guide's entries for the provisions of one edition: ``data/guidance/<document>@<edition>.json``."""

    document: Slug
    edition: EditionLabel
    title: Text
    address: Text
    digest: Digest | None = None
    licence: Text
    source: SourceSchema
    entries: tuple[GuidanceEntrySchema, ...]
