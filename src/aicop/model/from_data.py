"""
Build the records of editions from plain data, one function per record, for shipped data and users' files alike.

Plain data is what ``json.loads`` returns. The functions do not validate it: the tests validate the packaged files, and
`aicop.schema` validates everything else before it gets here. Each function is named after the record that it returns.
"""

from __future__ import annotations

from typing import Any

from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId
from aicop.model.edition import (
    ActRole,
    Annotation,
    Citation,
    Counterparty,
    Edition,
    EventDate,
    Guidance,
    Measure,
    NotApplicable,
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
        checked=data.get("checked"),
        force=data.get("force"),
        dates=[
            EventDate(event=Event(item["event"]), date=item["date"], source=sources[item["source"]])
            for item in data.get("dates", ())
        ],
        supersedes=data.get("supersedes", ()),
        implements=data.get("implements", ()),
        address=data.get("address"),
        identifiers=data.get("identifiers", ()),
        digest=data.get("digest"),
        licence=data.get("licence"),
        ships=data.get("ships"),
        source=sources[data["source"]],
        annotations=notes(data),
        based_on=EditionId.parse(data["based_on"]) if "based_on" in data else None,
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


def citation(data: Plain) -> Citation:
    return Citation(printed=data["printed"], document=data["document"], key=data.get("key"))


def principle(data: Plain, phase_id: PhaseId, sources: Sources) -> Principle:
    applies_to = data.get("applies_to")
    return Principle(
        id=PrincipleId(phase_id.edition, data["number"]),
        title=data["title"],
        phase=phase_id,
        clause=data.get("clause"),
        applies_to=None if applies_to is None else [Role(role) for role in applies_to],
        preamble=data.get("preamble"),
        citations=map(citation, data.get("citations", ())),
        source=sources[data["source"]],
        annotations=notes(data),
        provisions=[ProvisionId(phase_id.edition, item["number"]) for item in data["provisions"]],
    )


def counterparty(data: Plain) -> Counterparty:
    role = data.get("role")
    return Counterparty(
        role=None if role is None else Role(role),
        party=data["party"],
        capacity=Capacity(data["capacity"]),
        attribution=Attribution(data["attribution"]),
    )


def statement(data: Plain, ordinal: int, sources: Sources) -> Statement:
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
        source=sources[data["source"]] if "source" in data else None,
    )


def pointer(data: Plain, edition_id: EditionId) -> Pointer:
    return Pointer(
        clause=data["clause"],
        principle=PrincipleId(edition_id, data["principle"]),
        purpose=data["purpose"],
        annotations=notes(data),
    )


def provision(  # noqa: PLR0913, PLR0917 -- what a provision is built of
    data: Plain, key: ProvisionId, owner: Principle, position: int, guidance: Guidance | None, sources: Sources
) -> Provision:
    edition_id = key.edition
    parent = data.get("parent")
    return Provision(
        id=key,
        title=data["title"],
        principle=owner.id,
        phase=owner.phase,
        parent=None if parent is None else ProvisionId(edition_id, parent),
        position=position,
        # The file contains neither ordinals nor positions: both follow from the order of the document.
        statements=[statement(item, place, sources) for place, item in enumerate(data["statements"], start=1)],
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
