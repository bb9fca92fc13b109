"""
What every file must look like, whoever wrote it: models that mirror the files one to one.

`aicop.gate` holds files against them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from aicop.cells import (
    TEN,
    TENTHS,
    Date,
    Day,
    Digest,
    DocumentKey,
    EditionKey,
    EditionLabel,
    Number,
    Ordinal,
    ShortDigest,
    Slug,
    Text,
)
from aicop.ids import NUMBER
from aicop.vocabulary import (
    ArtefactKind,
    Attribution,
    Capacity,
    Change,
    Event,
    FrameworkStatus,
    Grade,
    Joiner,
    Knowledge,
    LicenceClass,
    MappingBasis,
    MeasureKind,
    Modality,
    Nature,
    Predicate,
    RemarkKind,
    Role,
    Scenario,
    Status,
    ThreatKind,
)


class Document(BaseModel):
    """Strict: a field more or less is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceDocument(Document):
    key: Slug
    document: Text
    locator: Text
    grade: Grade
    read: Day
    note: Text | None = None


class AnnotationDocument(Document):
    observation: Text
    reading: Text
    reason: Text
    erratum: bool


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


class RegisteredEditionDocument(Document):
    edition: EditionLabel
    note: Text


class RegisteredDocument(Document):
    key: Slug
    names: tuple[Text, ...]
    editions: Annotated[tuple[EditionLabel, ...], Field(min_length=1)]
    not_carried: tuple[RegisteredEditionDocument, ...] = ()


class RegisterDocument(Document):
    """Which documents and editions there are, and how people write them: ``data/manifest.json``."""

    documents: tuple[RegisteredDocument, ...]
    guides: tuple[Text, ...]


class LineageRowDocument(Document):
    """A row of ``data/lineage/<old>--<new>.tsv``; `changes` holds kinds of change, the weightiest first, by "; "."""

    old: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    new: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    changes: Annotated[str, StringConstraints(pattern=rf"^(?:{'|'.join(Change)})(?:; (?:{'|'.join(Change)}))*$")]
    grade: Grade
    note: Text | Literal[""] = ""
    review: Text | Literal[""] = ""


class ArtefactDocument(Document):
    key: Slug
    title: Text
    kind: ArtefactKind
    definition: Text
    evidence: Annotated[tuple[Text, ...], Field(min_length=1)]
    external: bool = False


class PassDocument(Document):
    artefact: Slug
    giver: Role
    receiver: Text


class FlowDocument(Document):
    provision: Number
    produces: tuple[Slug, ...] = ()
    maintains: tuple[Slug, ...] = ()
    uses: tuple[Slug, ...] = ()
    passes: tuple[PassDocument, ...] = ()


class ArtefactsDocument(Document):
    """Artefacts and what the provisions of one edition do with them: ``data/artefacts.json``."""

    edition: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*@[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*$")]
    source: SourceDocument
    artefacts: tuple[ArtefactDocument, ...]
    flows: tuple[FlowDocument, ...] = ()


class DependencyRowDocument(Document):
    """
    A row of ``data/dependencies/<edition>.tsv``.

    A ``P`` and a number stand for each top-level provision of a principle. `edition` limits the row to one edition.
    """

    prerequisite: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    dependant: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    kind: Literal["refers", "requires", "informs", "triggers"]
    basis: Literal["printed", "guide", "editorial"]
    suspect: Literal["yes", ""] = ""
    edition: str = ""
    confidence: Annotated[str, StringConstraints(pattern=r"^(?:10|[0-9])$")]
    rationale: Text


class ControlDocument(Document):
    """An element of a framework; also a row of a framework's table."""

    id: Annotated[Text, StringConstraints(max_length=100)]
    parent: Text | None = None
    kind: Text
    title: Text | None = None
    nature: Nature | None = None
    words: Text | None = None


class FrameworkDocument(Document):
    """Another catalogue, or an organisation's own control library."""

    framework: Slug
    edition: EditionLabel
    title: Text
    publisher: Text | None = None
    controls: tuple[ControlDocument, ...]


class ListedControlDocument(Document):
    """A row of ``data/frameworks/<framework>@<edition>.tsv``; `replaced_by` holds ids, by "; "."""

    id: Text
    parent: Text | Literal[""] = ""
    kind: Text
    title: Text | Literal[""] = ""
    withdrawn: Literal["yes", ""] = ""
    replaced_by: Text | Literal[""] = ""


class FrameworkSourceDocument(Document):
    document: Text
    locator: Text
    grade: Grade
    read: Day


class ListedFrameworkDocument(Document):
    framework: Slug
    edition: EditionLabel
    names: tuple[Text, ...]
    edition_names: tuple[Text, ...]
    title: Text
    publisher: Text
    published: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(?:-[0-9]{2}){0,2}$")] | None = None
    status: FrameworkStatus
    licence: Text
    licence_class: LicenceClass
    address: Text
    ids_official: bool
    titles: Text
    complete: bool
    natures: dict[str, Nature]
    apart: tuple[Text, ...] = ()
    pattern: Text | None = None
    note: Text | None = None
    source: FrameworkSourceDocument


class FrameworkRegisterDocument(Document):
    """
    Which editions of frameworks there are: ``data/frameworks.json``.

    Of several editions of one framework, the first is meant by its bare name. `natures` gives the nature of each kind;
    the kinds in `apart` are no parts of what they are printed under.
    """

    frameworks: tuple[ListedFrameworkDocument, ...]


class MappingRowDocument(Document):
    """
    A row of a crosswalk: the columns are slots of SSSOM, those from `strength` on extensions of ours.

    `subject_id` and `object_id` are keys as `aicop.parse` reads them; `confidence` is 0 to 1 with one decimal, as in
    SSSOM; `strength` 0 to 10.
    """

    subject_id: Text
    predicate_id: Predicate
    object_id: Text | Literal[""] = ""
    author_label: Text
    mapping_date: Date
    confidence: Annotated[str, StringConstraints(pattern=TENTHS)]
    comment: Text
    basis: MappingBasis
    strength: Annotated[str, StringConstraints(pattern=TEN)] = ""
    remainder: Text | Literal[""] = ""
    knowledge: Knowledge | Literal[""] = ""
    settlement: Text | Literal[""] = ""
    subject_digest: ShortDigest | Literal[""] = ""
    object_digest: ShortDigest | Literal[""] = ""


class ForeignRowDocument(MappingRowDocument):
    """A row of a crosswalk in another format, which may leave open who says so, when, why and how surely."""

    author_label: Text | Literal[""] = ""
    mapping_date: Date | Literal[""] = ""
    confidence: Annotated[str, StringConstraints(pattern=TENTHS)] | Literal[""] = ""
    comment: Text | Literal[""] = ""
    basis: MappingBasis = MappingBasis.IMPORTED


class MappingSetDocument(Document):
    name: Text
    source: EditionKey
    target: EditionKey
    title: Text
    author: Text
    basis: MappingBasis
    date: Date
    confidence: Annotated[str, StringConstraints(pattern=TENTHS)] | None = None
    comment: Text | None = None
    licence: Text
    note: Text | None = None
    method: Text | None = None


class MappingSetsDocument(Document):
    """
    The sets of mappings that ship: ``data/crosswalks.json``.

    Author, basis, date, confidence and comment hold for the rows of a set that have none of their own.
    """

    sets: tuple[MappingSetDocument, ...]


PUBLISHED: tuple[type[BaseModel], ...] = (
    ArtefactsDocument,
    DependencyRowDocument,
    EditionDocument,
    FrameworkDocument,
    FrameworkRegisterDocument,
    GuidanceDocument,
    LineageRowDocument,
    MappingRowDocument,
    MappingSetsDocument,
    RegisterDocument,
    ThreatsDocument,
)
"""The models whose JSON Schema is published under ``docs/reference/schemas/``."""
