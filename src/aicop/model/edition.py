"""
Immutable records for editions: provisions, statements and guidance.

Records contain only data. Their few properties are computed from their own fields.

An absent list is ``()``. ``None`` means that the source does not state the fact, or that there is none; the
documentation of each field says which. Text fields are in aicop's own words unless their documentation says "as
printed". Printed order is the order of the document.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from aicop._notebook import html_table, one_line, shown
from aicop._pydantic import field_type
from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId
from aicop.model.converters import as_tuple
from aicop.vocabulary import (
    Attribution,
    Capacity,
    Event,
    Grade,
    Joiner,
    MeasureKind,
    Modality,
    RemarkKind,
    Role,
    Scenario,
    Status,
    ThreatKind,
)


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Source:
    """Where a record comes from and how it was obtained."""

    key: str
    """Unique within an edition."""
    document: str
    """The title of the publication."""
    locator: str
    """The place in the publication, such as a clause or a page."""
    grade: Grade
    read: str
    """The ISO date on which it was read."""
    note: str | None = None


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Annotation:
    """An observation by the authors of aicop about a record: a suspected erratum, or an interpretation."""

    observation: str
    reading: str
    """The interpretation that aicop uses."""
    reason: str
    erratum: bool
    """True if the text probably contains a mistake; False if it only allows more than one interpretation."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class EventDate:
    """A dated event in the history of an edition, such as its publication."""

    event: Event
    date: str
    """An ISO date, or an ISO month if the day is not known."""
    source: Source


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Edition:
    """One dated version of a document."""

    id: EditionId
    title: str
    """As printed."""
    publisher: str
    status: Status
    checked: str | None = None
    """The ISO day on which it was last checked to be current; None if it is not, or if the file does not state it."""
    force: str | None
    """Its legal status: voluntary or not. None only if a derived edition does not state it."""
    dates: tuple[EventDate, ...] = attrs.field(converter=as_tuple[EventDate, ...])
    supersedes: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """Documents that it replaces, by edition id if aicop ships them, otherwise by title."""
    implements: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """Documents whose substance it adopts without replacing them."""
    address: str | None
    """The official web address, or None if a derived edition has none."""
    identifiers: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """Numbers assigned by the publisher, such as work item numbers."""
    digest: str | None
    """SHA-256 of the copy that was read, as ``sha256:`` and 64 hexadecimal digits; None if not recorded in full."""
    licence: str | None
    """None only if a derived edition does not state it."""
    ships: str | None
    """The content that aicop may ship under the licence. None for a derived edition, which does not ship."""
    source: Source
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple[Annotation, ...])
    based_on: EditionId | None = None
    """The edition from which a derived edition inherits; None if the edition is complete in itself."""

    @property
    def published(self) -> str | None:
        """The ISO date or month of publication, or None if it is not known."""
        return next((item.date for item in self.dates if item.event is Event.PUBLISHED), None)


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ScopeStatement:
    """A document's statement about its scope: the systems, organisations or activities that it covers."""

    key: str
    """A key that is stable across editions, such as ``research-only`` or ``model-sellers``."""
    statement: str
    source: Source


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ActRole:
    """A role under Regulation (EU) 2024/1689, the AI Act, that a stakeholder can have."""

    role: str
    """The Act's own term, such as provider or deployer."""
    condition: str | None
    """The condition under which the stakeholder has this role; None if the document gives no condition."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Stakeholder:
    """A role as a document defines it."""

    role: Role
    definition: str
    ai_act_roles: tuple[ActRole, ...] = attrs.field(converter=as_tuple[ActRole, ...])
    """Hints given in EN 304 223; empty for other documents."""
    source: Source
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple[Annotation, ...])


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Term:
    """A term that a document defines."""

    name: str
    """As printed."""
    definition: str | None
    """None if the definition is not known; only that the document defines the term."""
    source: Source


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Citation:
    """A reference printed at the start of a principle."""

    printed: str
    """The tag as printed, such as ``OWASP 2024`` or ``[i.11]``."""
    document: str
    """The document that the tag refers to."""
    key: str | None
    """The id of the document in the framework ``cited-documents``; None if an edition of your own does not give it."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Phase:
    """A phase of the lifecycle; `aicop.Catalogue.phases` has them in printed order."""

    id: PhaseId
    title: str
    """As printed."""
    clause: str | None
    """The number of the ETSI clause; None in the Code."""
    stage: str | None
    """The ISO/IEC 22989 stage that the document assigns to the phase; None if it does not assign one."""
    source: Source


def _roles(roles: Iterable[Role] | None) -> tuple[Role, ...] | None:
    # Not `attrs.converters.optional`, which has no type for pyright.
    return None if roles is None else tuple(roles)


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Principle:
    """A principle: a heading that groups provisions and has no duties of its own."""

    id: PrincipleId
    title: str
    """As printed."""
    phase: PhaseId
    clause: str | None
    """The number of the ETSI clause; None in the Code."""
    applies_to: tuple[Role, ...] | None = attrs.field(converter=_roles)
    """
    The roles in the "primarily applies to" line, in printed order, or None if there is no such line.

    This line does not decide who has the duties; each statement names its own duty holders.
    """
    preamble: str | None
    """The text between the title and the first provision, or None if there is none."""
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple[Citation, ...])
    source: Source
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple[Annotation, ...])
    provisions: tuple[ProvisionId, ...] = attrs.field(default=(), converter=as_tuple[ProvisionId, ...])
    """The ids of its provisions and sub-provisions, in printed order."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Remark:
    """A remark beside a duty that binds nobody: an example, a rationale or an explanation."""

    kind: RemarkKind
    text: str


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Counterparty:
    """A party that a statement names, but does not bind."""

    role: Role | None
    """None if the party is not a defined stakeholder, such as staff, testers or cloud operators."""
    party: str
    """As printed, without the article."""
    capacity: Capacity
    attribution: Attribution


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Statement:
    """One normative verb with its duty holders, counterparties, condition and action."""

    ordinal: int
    """Its position in the provision, counted from 1."""
    modality: Modality
    duty_holders: tuple[Role, ...] = attrs.field(converter=as_tuple[Role, ...])
    """In printed order."""
    joiner: Joiner | None
    """The word between several duty holders; None if there is only one."""
    attribution: Attribution
    as_printed: str | None
    """The words that name the duty holders; None unless the attribution is ``stated``."""
    counterparties: tuple[Counterparty, ...] = attrs.field(converter=as_tuple[Counterparty, ...])
    """In printed order."""
    condition: str | None
    """The condition under which the statement applies; None if it always applies."""
    action: str
    """The required action, worded so that "<duty holders> <modality> <action>, when <condition>" is a sentence."""
    remarks: tuple[Remark, ...] = attrs.field(converter=as_tuple[Remark, ...])
    source: Source | None = None
    """The source of the statement; None if it is that of its provision."""

    def __repr__(self) -> str:
        return one_line(self, f"#{self.ordinal}: {self.who} {self.modality.value} {self.action}")

    @property
    def who(self) -> str:
        """The duty holders as a phrase, such as "Developer, Data Custodian and System Operator"."""
        *others, last = self.duty_holders
        return f"{', '.join(others)} {self.joiner} {last}" if others else str(last)


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Pointer:
    """A cross-reference by clause number in the text of a provision."""

    clause: str
    """As printed."""
    principle: PrincipleId
    """The principle that has this clause number."""
    purpose: str
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple[Annotation, ...])


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Threat:
    """A term of aicop's own threat vocabulary."""

    key: str
    title: str
    kind: ThreatKind
    definition: str


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class NotApplicable:
    """A scenario to which a measure does not apply, according to the Implementation Guide."""

    scenario: Scenario
    reason: str | None
    """The reason or the substitute measure that the Guide gives; None if it gives neither."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Measure:
    """An example measure from the Implementation Guide."""

    heading: str
    """As printed, but shortened if it is a whole sentence."""
    kind: MeasureKind
    """The category, chosen by the authors of aicop."""
    summary: str
    scenarios: tuple[Scenario, ...] = attrs.field(converter=as_tuple[Scenario, ...])
    """The scenarios for which the Guide gives a worked example."""
    not_applicable: tuple[NotApplicable, ...] = attrs.field(converter=as_tuple[NotApplicable, ...])
    fits: str | None
    """
    The number of the right provision, if the Guide probably lists the measure under a wrong one; otherwise None.

    The authors of aicop judged this.
    """


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Reference:
    """A document that the Implementation Guide cites for a provision."""

    document: str
    """A stable key for the document: in the guidance that ships, its id in the framework ``cited-documents``."""
    title: str
    """As printed."""
    publisher: str | None
    """None if neither the Guide nor the title names one."""
    locator: str | None
    """The part of the document that the Guide names, or None if it names none."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Guidance:
    """
    The Implementation Guide's entry for one provision of the Code.

    A provision of an ETSI edition has the entry of its counterpart in the Code, because the Guide uses UK numbers only.
    """

    number: str
    """The number that the Guide itself uses for the provision."""
    pages: tuple[int, ...] = attrs.field(converter=as_tuple[int, ...])
    threats: tuple[Threat, ...] = attrs.field(converter=as_tuple[Threat, ...])
    """The threats that the Guide describes for the provision, as terms of aicop's vocabulary, main threats first."""
    threat_summary: str
    measures: tuple[Measure, ...] = attrs.field(converter=as_tuple[Measure, ...])
    references: tuple[Reference, ...] = attrs.field(converter=as_tuple[Reference, ...])
    threats_from: str | None
    """The number of the entry that the Guide refers to for threats; None if this entry has its own."""
    measures_from: str | None
    """The number of the entry that the Guide refers to for measures; None if this entry has its own."""
    references_from: str | None
    """The number of the entry that the Guide refers to for references; None if it refers to no other entry."""
    slips: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """Mistakes in the Guide's entry that were not copied."""
    source: Source


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Provision:
    """A numbered provision and its statements; in the shipped editions it has one to three."""

    id: ProvisionId
    title: str
    """A short imperative title by the authors of aicop; the publications give provisions no titles."""
    principle: PrincipleId
    phase: PhaseId
    parent: ProvisionId | None
    """None for a top-level provision."""
    position: int
    """Its position in the edition, counted from 1."""
    statements: tuple[Statement, ...] = attrs.field(converter=as_tuple[Statement, ...])
    """In printed order."""
    pointers: tuple[Pointer, ...] = attrs.field(converter=as_tuple[Pointer, ...])
    footnotes: tuple[int, ...] = attrs.field(converter=as_tuple[int, ...])
    """The numbers of the footnotes that are marked in the text."""
    guidance: Guidance | None
    """None if no guide has an entry for the provision."""
    source: Source
    """The source of the number and statements; its grade says how they were obtained."""
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple[Annotation, ...])

    @property
    def number(self) -> str:
        """The number of the provision, as in its id."""
        return self.id.number

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """The verbs of all its statements, each once, in printed order."""
        return tuple(dict.fromkeys(statement.modality for statement in self.statements))

    @property
    def duty_holders(self) -> tuple[Role, ...]:
        """The duty holders of all its statements, each once, in printed order."""
        return tuple(dict.fromkeys(role for statement in self.statements for role in statement.duty_holders))

    def __repr__(self) -> str:
        return one_line(self, f"{self.id} {self.title}")

    def _repr_html_(self) -> str:
        columns = ("duty holders", "modality", "action", "condition")
        rows = [(said.duty_holders, said.modality, said.action, said.condition) for said in self.statements]
        return html_table(f"{self.id} {self.title}", columns, rows, len(rows))
