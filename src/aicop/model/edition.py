"""
The records: frozen values without behaviour beyond what their own fields say.

An absent list is ``()``. ``None`` means that the source does not say, or that there is none; each field tells which.
Text fields are in our own words unless their documentation says "as printed".
"""

from __future__ import annotations

from html import escape

import attrs

from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId
from aicop.model.converters import as_tuple
from aicop.vocabulary import (
    ArtefactKind,
    Attribution,
    Basis,
    Capacity,
    Change,
    DependencyKind,
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


@attrs.frozen(kw_only=True)
class Source:
    """Where a record comes from and how it was obtained."""

    key: str
    """Unique within an edition."""
    document: str
    """The publication, by title."""
    locator: str
    """The part of it."""
    grade: Grade
    read: str
    """The ISO day on which it was read."""
    note: str | None = None


@attrs.frozen(kw_only=True)
class Annotation:
    """An observation of ours on a record: a suspected erratum, or a reading that others may not share."""

    observation: str
    reading: str
    """How we take the text in spite of it."""
    reason: str
    erratum: bool
    """Whether the publisher probably made a slip; otherwise the text is merely open to more than one reading."""


@attrs.frozen(kw_only=True)
class EventDate:
    """A date in the life of an edition."""

    event: Event
    date: str
    """An ISO day, or an ISO month where no day is known."""
    source: Source


@attrs.frozen(kw_only=True)
class Edition:
    """One dated version of a document."""

    id: EditionId
    title: str
    """As printed."""
    publisher: str
    status: Status
    force: str
    """What following it means in law: voluntary or not."""
    dates: tuple[EventDate, ...] = attrs.field(converter=as_tuple)
    supersedes: tuple[str, ...] = attrs.field(converter=as_tuple)
    """Documents it replaces, by edition id where aicop has them, else by title."""
    implements: tuple[str, ...] = attrs.field(converter=as_tuple)
    """Documents whose substance it takes over without replacing them."""
    address: str
    """Official address."""
    identifiers: tuple[str, ...] = attrs.field(converter=as_tuple)
    """Numbers that the publisher gave it: work items and the like."""
    digest: str | None
    """SHA-256 of the copy that was read, as ``sha256:`` and 64 digits; None where it is not recorded in full."""
    licence: str
    ships: str
    """What the licence lets aicop ship."""
    source: Source
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple)

    @property
    def published(self) -> str | None:
        """The ISO day or month on which it was published; None where that is not known."""
        return next((item.date for item in self.dates if item.event is Event.PUBLISHED), None)


@attrs.frozen(kw_only=True)
class ScopeStatement:
    """One thing that a document says on what or whom it covers."""

    key: str
    """Stable across editions: ``research-only``, ``model-sellers``."""
    statement: str
    source: Source


@attrs.frozen(kw_only=True)
class ActRole:
    """A role of Regulation (EU) 2024/1689 that a stakeholder can have."""

    role: str
    """The Act's word: provider, deployer."""
    condition: str | None
    """When; None where the document gives no condition."""


@attrs.frozen(kw_only=True)
class Stakeholder:
    """A role as a document defines it."""

    role: Role
    definition: str
    ai_act_roles: tuple[ActRole, ...] = attrs.field(converter=as_tuple)
    """The EN's hints; empty elsewhere."""
    source: Source
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple)


@attrs.frozen(kw_only=True)
class Term:
    """A term that a document defines."""

    name: str
    """As printed."""
    definition: str | None
    """None where it is known that the document defines the term, but not how."""
    source: Source


@attrs.frozen(kw_only=True)
class Citation:
    """A reference printed at the head of a principle."""

    printed: str
    """The tag as printed: ``OWASP 2024``, ``[i.11]``."""
    document: str
    """What the tag stands for."""


@attrs.frozen(kw_only=True)
class Phase:
    """A phase of the lifecycle, in printed order in its catalogue."""

    id: PhaseId
    title: str
    """As printed."""
    clause: str | None
    """The ETSI clause; None in the Code."""
    stage: str | None
    """The ISO/IEC 22989 stage that the document gives it; None where it gives none."""
    source: Source


@attrs.frozen(kw_only=True)
class Principle:
    """A principle: a heading over provisions, with no duties of its own."""

    id: PrincipleId
    title: str
    """As printed."""
    phase: PhaseId
    clause: str | None
    """The ETSI clause; None in the Code."""
    applies_to: tuple[Role, ...] | None = attrs.field(converter=attrs.converters.optional(as_tuple))
    """The "primarily applies to" line, in its order; None where there is no such line. Not who carries the duties."""
    preamble: str | None
    """Text between the title and the first provision; None where there is none."""
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple)
    source: Source
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple)


@attrs.frozen(kw_only=True)
class Remark:
    """Something said beside a duty that binds nobody."""

    kind: RemarkKind
    text: str


@attrs.frozen(kw_only=True)
class Counterparty:
    """Somebody whom a statement names without binding them."""

    role: Role | None
    """None for parties that are no defined stakeholder: staff, testers, cloud operators."""
    party: str
    """As printed, without article."""
    capacity: Capacity
    attribution: Attribution


@attrs.frozen(kw_only=True)
class Statement:
    """One normative verb and what hangs on it."""

    ordinal: int
    """Its place in the provision, from 1."""
    modality: Modality
    duty_holders: tuple[Role, ...] = attrs.field(converter=as_tuple)
    """In printed order."""
    joiner: Joiner | None
    """None for a single duty holder."""
    attribution: Attribution
    as_printed: str | None
    """The words that name the duty holders; None unless they are stated."""
    counterparties: tuple[Counterparty, ...] = attrs.field(converter=as_tuple)
    """In printed order."""
    condition: str | None
    """When the statement applies; None when always."""
    action: str
    """What is asked, so that "<duty holders> <modality> <action>, when <condition>" reads as a sentence."""
    remarks: tuple[Remark, ...] = attrs.field(converter=as_tuple)

    @property
    def who(self) -> str:
        """The duty holders with the word between them: Developer, Data Custodian and System Operator."""
        *others, last = self.duty_holders
        return f"{', '.join(others)} {self.joiner} {last}" if others else str(last)


@attrs.frozen(kw_only=True)
class Pointer:
    """A place where the text of a provision sends the reader to another clause by its number."""

    clause: str
    """As printed."""
    principle: PrincipleId
    """What that clause is."""
    purpose: str
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple)


@attrs.frozen(kw_only=True)
class Threat:
    """A term of the threat vocabulary. Ours."""

    key: str
    title: str
    kind: ThreatKind
    definition: str


@attrs.frozen(kw_only=True)
class NotApplicable:
    """A scenario for which the Guide says that a measure does not apply."""

    scenario: Scenario
    reason: str | None
    """The Guide's reason or substitute; None where it gives none."""


@attrs.frozen(kw_only=True)
class Measure:
    """An example measure of the Implementation Guide."""

    heading: str
    """As printed, shortened where it is a sentence."""
    kind: MeasureKind
    """Our classification."""
    summary: str
    scenarios: tuple[Scenario, ...] = attrs.field(converter=as_tuple)
    """For which the Guide works an example."""
    not_applicable: tuple[NotApplicable, ...] = attrs.field(converter=as_tuple)
    fits: str | None
    """The number of the provision to which its content belongs where the Guide prints it elsewhere; our judgement."""


@attrs.frozen(kw_only=True)
class Reference:
    """A document that the Implementation Guide names beside a provision."""

    document: str
    """A stable key."""
    title: str
    """As printed."""
    publisher: str | None
    """None where neither the Guide nor the title names one."""
    locator: str | None
    """The part that the Guide names; None where it names none."""


@attrs.frozen(kw_only=True)
class Guidance:
    """
    What the Implementation Guide has beside one provision of the Code.

    In the ETSI editions it is the entry of the Code's counterpart; the Guide itself knows UK numbers only.
    """

    number: str
    """The Guide's own number for the provision."""
    pages: tuple[int, ...] = attrs.field(converter=as_tuple)
    threats: tuple[Threat, ...] = attrs.field(converter=as_tuple)
    """What the Guide's threat cell describes, in terms of our vocabulary, the main ones first."""
    threat_summary: str
    measures: tuple[Measure, ...] = attrs.field(converter=as_tuple)
    references: tuple[Reference, ...] = attrs.field(converter=as_tuple)
    threats_from: str | None
    """The number to which the Guide sends the reader for threats; None where it has its own."""
    measures_from: str | None
    """The number to which the Guide sends the reader for measures; None where it has its own."""
    references_from: str | None
    """The number to which the Guide sends the reader for references; None where it does not."""
    slips: tuple[str, ...] = attrs.field(converter=as_tuple)
    """Mistakes in the Guide's row that were not carried over."""
    source: Source


@attrs.frozen(kw_only=True)
class Provision:
    """A provision: one to three statements under a number."""

    id: ProvisionId
    title: str
    """A short imperative title of ours; the publications give provisions none."""
    principle: PrincipleId
    phase: PhaseId
    parent: ProvisionId | None
    """None for a top-level provision."""
    position: int
    """Its place in the edition, from 1."""
    statements: tuple[Statement, ...] = attrs.field(converter=as_tuple)
    """In printed order."""
    pointers: tuple[Pointer, ...] = attrs.field(converter=as_tuple)
    footnotes: tuple[int, ...] = attrs.field(converter=as_tuple)
    """Numbers of the footnotes marked in it."""
    guidance: Guidance | None
    """None where no guide has an entry for it."""
    source: Source
    """Whose grade says how number and statements are known."""
    annotations: tuple[Annotation, ...] = attrs.field(converter=as_tuple)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(', '.join(said.duty_holders))}</td><td>{said.modality}</td><td>{escape(said.action)}</td>"
            f"<td>{escape(said.condition or '')}</td></tr>"
            for said in self.statements
        )
        head = "<tr><th>who</th><th>how strongly</th><th>what</th><th>when</th></tr>"
        return f"<b>{escape(str(self.id))}</b> {escape(self.title)}<table>{head}{rows}</table>"


@attrs.frozen(kw_only=True)
class LineageRow:
    """How one provision, or one principle's title, of an edition became its counterpart in another."""

    old: ProvisionId | PrincipleId
    new: ProvisionId | PrincipleId
    changes: tuple[Change, ...] = attrs.field(converter=as_tuple)
    """All kinds of change, the weightiest first; never empty."""
    grade: Grade
    note: str | None
    """What changed; None where nothing did."""
    review: str | None
    """Why a person should look at it; None where nobody needs to."""


@attrs.frozen(kw_only=True)
class Artefact:
    """Something that provisions have people produce, keep, use or pass on. Ours."""

    key: str
    title: str
    kind: ArtefactKind
    definition: str
    evidence: tuple[str, ...] = attrs.field(converter=as_tuple)
    """Usual forms in which it is shown."""
    external: bool
    """Whether it comes from outside: no provision produces it."""


@attrs.frozen(kw_only=True)
class Pass:
    """An artefact that a provision has one party give to another."""

    artefact: Artefact
    giver: Role
    receiver: str
    """A role's word, or another party in lower case: staff, public."""


@attrs.frozen(kw_only=True)
class Flow:
    """What one provision does with artefacts."""

    provision: ProvisionId
    produces: tuple[Artefact, ...] = attrs.field(converter=as_tuple)
    maintains: tuple[Artefact, ...] = attrs.field(converter=as_tuple)
    uses: tuple[Artefact, ...] = attrs.field(converter=as_tuple)
    """Those of other provisions on which meeting this one well draws."""
    passes: tuple[Pass, ...] = attrs.field(converter=as_tuple)


@attrs.frozen(kw_only=True)
class Dependency:
    """That one provision depends on another, how, and why."""

    prerequisite: ProvisionId
    dependant: ProvisionId
    kind: DependencyKind
    basis: Basis
    rationale: str
    artefacts: tuple[Artefact, ...] = attrs.field(converter=as_tuple)
    """Those that flow from the prerequisite to the dependant."""
    confidence: int | None
    """0 to 10: how sure we are that a second careful reader would say the same; None for computed dependencies."""
    suspect: bool
    """Whether the text probably points to the wrong place."""
