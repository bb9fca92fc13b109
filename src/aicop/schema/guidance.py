"""The files of guides beside an edition, and of the threat vocabulary."""

from __future__ import annotations

from aicop.schema.base import Document, SourceDocument
from aicop.schema.types import Digest, DocumentKey, EditionLabel, Number, Ordinal, Slug, Text
from aicop.vocabulary import MeasureKind, Scenario, ThreatKind


class ThreatDocument(Document):
    key: Slug
    title: Text
    kind: ThreatKind
    definition: Text


class ThreatsDocument(Document):
    """The threat vocabulary: ``data/threats.json``."""

    source: SourceDocument
    threats: tuple[ThreatDocument, ...]


class NotApplicableDocument(Document):
    scenario: Scenario
    reason: Text | None = None


class MeasureDocument(Document):
    heading: Text
    kind: MeasureKind
    summary: Text
    scenarios: tuple[Scenario, ...] = ()
    not_applicable: tuple[NotApplicableDocument, ...] = ()
    fits: Number | None = None


class ReferenceDocument(Document):
    document: DocumentKey
    title: Text
    publisher: Text | None = None
    locator: Text | None = None


class GuidanceEntryDocument(Document):
    number: Number
    pages: tuple[Ordinal, ...]
    threats: tuple[Slug, ...]
    threats_from: Number | None = None
    threat_summary: Text
    measures: tuple[MeasureDocument, ...] = ()
    measures_from: Number | None = None
    references: tuple[ReferenceDocument, ...] = ()
    references_from: Number | None = None
    slips: tuple[Text, ...] = ()


class GuidanceDocument(Document):
    """What a guide says beside the provisions of one edition: ``data/guidance/<document>@<edition>.json``."""

    document: Slug
    edition: EditionLabel
    title: Text
    address: Text
    digest: Digest | None = None
    licence: Text
    source: SourceDocument
    entries: tuple[GuidanceEntryDocument, ...]
