"""
Build records from plain data, with one function per record, for shipped data and users' files alike.

Plain data is what ``json.loads`` returns. The functions do not validate it: the tests validate the packaged files, and
`aicop.schema` validates everything else before it gets here. Each function is named after the record that it returns.
"""

from __future__ import annotations

from typing import Any

from aicop.ids import ControlId, EditionId, Key, PhaseId, PrincipleId, ProvisionId
from aicop.model.edition import (
    ActRole,
    Annotation,
    Artefact,
    Citation,
    Counterparty,
    Dependency,
    Edition,
    EventDate,
    Flow,
    Guidance,
    LineageRow,
    Measure,
    NotApplicable,
    Pass,
    Phase,
    Pointer,
    Principle,
    Provision,
    Reference,
    Remark,
    ScopeStatement,
    Source,
    Stakeholder,
    Statement,
    Term,
    Threat,
)
from aicop.model.framework import Control, FrameworkEdition
from aicop.model.mapping import Mapping, MappingSet
from aicop.vocabulary import (
    ArtefactKind,
    Attribution,
    Basis,
    Capacity,
    Change,
    DependencyKind,
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

Plain = dict[str, Any]
Sources = dict[str, Source]


# If a file has the same fields as the record, they are passed on unchanged, except that enum values are converted.
def source(data: Plain) -> Source:
    return Source(**data | {"grade": Grade(data["grade"])})


def notes(data: Plain) -> tuple[Annotation, ...]:
    """Return the annotations of a record, or an empty tuple if it has none."""
    return tuple(Annotation(**item) for item in data.get("annotations", ()))


def edition(data: Plain, sources: Sources) -> Edition:
    return Edition(
        id=EditionId(data["document"], data["edition"]),
        title=data["title"],
        publisher=data["publisher"],
        status=Status(data["status"]),
        force=data["force"],
        dates=[
            EventDate(event=Event(item["event"]), date=item["date"], source=sources[item["source"]])
            for item in data.get("dates", ())
        ],
        supersedes=data.get("supersedes", ()),
        implements=data.get("implements", ()),
        address=data["address"],
        identifiers=data.get("identifiers", ()),
        digest=data.get("digest"),
        licence=data["licence"],
        ships=data["ships"],
        source=sources[data["source"]],
        annotations=notes(data),
    )


def scope_statement(data: Plain, sources: Sources) -> ScopeStatement:
    return ScopeStatement(key=data["key"], statement=data["statement"], source=sources[data["source"]])


def stakeholder(data: Plain, sources: Sources) -> Stakeholder:
    return Stakeholder(
        role=Role(data["role"]),
        definition=data["definition"],
        ai_act_roles=[
            ActRole(role=item["role"], condition=item.get("condition")) for item in data.get("ai_act_roles", ())
        ],
        source=sources[data["source"]],
        annotations=notes(data),
    )


def defined_term(data: Plain, sources: Sources) -> Term:
    return Term(name=data["name"], definition=data.get("definition"), source=sources[data["source"]])


def phase(data: Plain, edition_id: EditionId, sources: Sources) -> Phase:
    return Phase(
        id=PhaseId(edition_id, data["slug"]),
        title=data["title"],
        clause=data.get("clause"),
        stage=data.get("stage"),
        source=sources[data["source"]],
    )


def principle(data: Plain, phase_id: PhaseId, sources: Sources) -> Principle:
    applies_to = data.get("applies_to")
    return Principle(
        id=PrincipleId(phase_id.edition, data["number"]),
        title=data["title"],
        phase=phase_id,
        clause=data.get("clause"),
        applies_to=None if applies_to is None else map(Role, applies_to),
        preamble=data.get("preamble"),
        citations=[Citation(**item) for item in data.get("citations", ())],
        source=sources[data["source"]],
        annotations=notes(data),
    )


def counterparty(data: Plain) -> Counterparty:
    role = data.get("role")
    return Counterparty(
        role=None if role is None else Role(role),
        party=data["party"],
        capacity=Capacity(data["capacity"]),
        attribution=Attribution(data["attribution"]),
    )


def statement(data: Plain, ordinal: int) -> Statement:
    joiner = data.get("joiner")
    return Statement(
        ordinal=ordinal,
        modality=Modality(data["modality"]),
        duty_holders=map(Role, data["duty_holders"]),
        joiner=None if joiner is None else Joiner(joiner),
        attribution=Attribution(data["attribution"]),
        as_printed=data.get("as_printed"),
        counterparties=map(counterparty, data.get("counterparties", ())),
        condition=data.get("condition"),
        action=data["action"],
        remarks=[Remark(kind=RemarkKind(item["kind"]), text=item["text"]) for item in data.get("remarks", ())],
    )


def pointer(data: Plain, edition_id: EditionId) -> Pointer:
    return Pointer(
        clause=data["clause"],
        principle=PrincipleId(edition_id, data["principle"]),
        purpose=data["purpose"],
        annotations=notes(data),
    )


def provision(data: Plain, owner: Principle, position: int, guidance: Guidance | None, sources: Sources) -> Provision:
    edition_id = owner.id.edition
    parent = data.get("parent")
    return Provision(
        id=ProvisionId(edition_id, data["number"]),
        title=data["title"],
        principle=owner.id,
        phase=owner.phase,
        parent=None if parent is None else ProvisionId(edition_id, parent),
        position=position,
        # The file contains neither ordinals nor positions: both follow from the order of the document.
        statements=[statement(item, ordinal) for ordinal, item in enumerate(data["statements"], start=1)],
        pointers=[pointer(item, edition_id) for item in data.get("pointers", ())],
        footnotes=data.get("footnotes", ()),
        guidance=guidance,
        source=sources[data["source"]],
        annotations=notes(data),
    )


def threat(data: Plain) -> Threat:
    return Threat(**data | {"kind": ThreatKind(data["kind"])})


def measure(data: Plain) -> Measure:
    return Measure(
        heading=data["heading"],
        kind=MeasureKind(data["kind"]),
        summary=data["summary"],
        scenarios=map(Scenario, data.get("scenarios", ())),
        not_applicable=[
            NotApplicable(scenario=Scenario(item["scenario"]), reason=item.get("reason"))
            for item in data.get("not_applicable", ())
        ],
        fits=data.get("fits"),
    )


def reference(data: Plain) -> Reference:
    return Reference(
        document=data["document"],
        title=data["title"],
        publisher=data.get("publisher"),
        locator=data.get("locator"),
    )


def guidance(data: Plain, threats: dict[str, Threat], origin: Source) -> Guidance:
    return Guidance(
        number=data["number"],
        pages=data["pages"],
        threats=[threats[key] for key in data["threats"]],
        threat_summary=data["threat_summary"],
        measures=map(measure, data.get("measures", ())),
        references=map(reference, data.get("references", ())),
        threats_from=data.get("threats_from"),
        measures_from=data.get("measures_from"),
        references_from=data.get("references_from"),
        slips=data.get("slips", ()),
        source=origin,
    )


def _lineage_id(number: str, edition_id: EditionId) -> ProvisionId | PrincipleId:
    """Return the id for a number in a lineage file, where ``P5`` is the title of principle 5."""
    if number.startswith("P"):
        return PrincipleId(edition_id, int(number[1:]))
    return ProvisionId(edition_id, number)


def lineage_row(data: dict[str, str], old: EditionId, new: EditionId) -> LineageRow:
    return LineageRow(
        old=_lineage_id(data["old"], old),
        new=_lineage_id(data["new"], new),
        changes=map(Change, data["changes"].split("; ")),
        # A missing text is an empty cell in a table, and None in a record.
        grade=Grade(data["grade"]),
        note=data["note"] or None,
        review=data["review"] or None,
    )


def artefact(data: Plain) -> Artefact:
    return Artefact(**data | {"kind": ArtefactKind(data["kind"]), "external": data.get("external", False)})


def flow(data: Plain, provision_id: ProvisionId, artefacts: dict[str, Artefact]) -> Flow:
    return Flow(
        provision=provision_id,
        produces=[artefacts[key] for key in data.get("produces", ())],
        maintains=[artefacts[key] for key in data.get("maintains", ())],
        uses=[artefacts[key] for key in data.get("uses", ())],
        passes=[
            Pass(artefact=artefacts[item["artefact"]], giver=Role(item["giver"]), receiver=item["receiver"])
            for item in data.get("passes", ())
        ],
    )


def dependency(data: dict[str, str], prerequisite: ProvisionId, dependant: ProvisionId) -> Dependency:
    # Artefacts are added by `aicop.graph.dependencies`, which knows the flows as well.
    return Dependency(
        prerequisite=prerequisite,
        dependant=dependant,
        kind=DependencyKind(data["kind"]),
        basis=Basis(data["basis"]),
        rationale=data["rationale"],
        artefacts=(),
        confidence=int(data["confidence"]),
        suspect=data.get("suspect") == "yes",
    )


def control(data: Plain, edition_id: EditionId, natures: Plain) -> Control:
    """
    Return a control from a JSON object or a table row; *natures* gives the default nature of each kind.

    Optional fields may be absent or, as in a table, empty.
    """
    parent = data.get("parent")
    return Control(
        id=ControlId(edition_id, data["id"]),
        parent=ControlId(edition_id, parent) if parent else None,
        kind=data["kind"],
        # A user's file may give the nature of an element; otherwise the kind decides.
        nature=Nature(data.get("nature") or natures[data["kind"]]),
        title=data.get("title") or None,
        words=data.get("words") or None,
        withdrawn=bool(data.get("withdrawn")),
        replaced_by=tuple(filter(None, (data.get("replaced_by") or "").split("; "))),
    )


def framework_edition(data: Plain) -> FrameworkEdition:
    licence_class = data.get("licence_class")
    origin = data.get("source")
    # A user's file has no facts about publication, so the defaults here are for a user's own framework.
    return FrameworkEdition(
        id=EditionId(data["framework"], data["edition"]),
        title=data["title"],
        publisher=data.get("publisher"),
        published=data.get("published"),
        status=FrameworkStatus(data.get("status", FrameworkStatus.OWN)),
        licence=data.get("licence"),
        licence_class=None if licence_class is None else LicenceClass(licence_class),
        address=data.get("address"),
        ids_official=data.get("ids_official", True),
        titles=data.get("titles", "as given"),
        complete=data.get("complete", True),
        note=data.get("note"),
        # In the file, the source of a framework has no key of its own.
        source=None if origin is None else source(origin | {"key": data["framework"]}),
    )


# Plain dictionaries, because in large tables a look-up is much faster than calling an enum class.
_PREDICATES = {item.value: item for item in Predicate}
_BASES = {item.value: item for item in MappingBasis}
_KNOWLEDGE: dict[str | None, Knowledge | None] = {item.value: item for item in Knowledge}
# SSSOM writes a confidence as 0 to 1 with one decimal, aicop stores tenths. 0.0 and 1.0 may be written 0 and 1.
_TENTHS: dict[str | None, int] = {"0.0": 0, "1.0": 10, **{f"{number / 10:g}": number for number in range(11)}}


def mapping(data: Plain, ends: tuple[Key, Key | None], name: str) -> Mapping:
    """
    Return the mapping of a table row, whose cells are text; *ends* are its source and target as ids.

    Cells that are absent become None. A row without a basis counts as imported.
    """
    # A local name for the method, which is called a dozen times per row.
    cell = data.get
    strength = cell("strength")
    return Mapping(
        source=ends[0],
        predicate=_PREDICATES[data["predicate_id"]],
        target=ends[1],
        rationale=cell("comment"),
        strength=int(strength) if strength else None,
        remainder=cell("remainder"),
        confidence=_TENTHS.get(cell("confidence")),
        basis=_BASES[data.get("basis", MappingBasis.IMPORTED.value)],
        author=cell("author_label"),
        date=cell("mapping_date"),
        knowledge=_KNOWLEDGE.get(cell("knowledge")),
        settlement=cell("settlement"),
        source_digest=cell("subject_digest"),
        target_digest=cell("object_digest"),
        set=name,
    )


def mapping_set(data: Plain) -> MappingSet:
    return MappingSet(
        name=data["name"],
        source=EditionId.parse(data["source"]),
        target=EditionId.parse(data["target"]),
        title=data["title"],
        author=data["author"],
        basis=MappingBasis(data["basis"]),
        date=data["date"],
        licence=data["licence"],
        note=data.get("note"),
        method=data.get("method"),
    )
