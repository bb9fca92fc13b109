"""
Build the records of lineages, dependencies, frameworks and mappings from plain data, with one function per record.

`aicop.model.from_data` has the same for editions. They are apart, so that loading an edition builds no other classes.
"""

from __future__ import annotations

from aicop.ids import ControlId, EditionId, End, PrincipleId, ProvisionId, key_of_item
from aicop.model.dependency import Artefact, Dependency, Flow, Pass, PrincipleDependency
from aicop.model.framework import Control, FrameworkEdition
from aicop.model.from_data import Plain, source
from aicop.model.lineage import LineageRow
from aicop.model.mapping import Mapping, MappingSet
from aicop.vocabulary import (
    ArtefactKind,
    Basis,
    Change,
    DependencyKind,
    FrameworkStatus,
    Grade,
    Knowledge,
    LicenceClass,
    MappingBasis,
    Nature,
    Predicate,
    Role,
)


def lineage_row(data: dict[str, str], old: EditionId, new: EditionId) -> LineageRow:
    """Return a row of a lineage table, in which ``P5`` is the title of principle 5."""
    return LineageRow(
        # An empty id means that the other edition has no counterpart.
        old=key_of_item(old, data["old"]) if data["old"] else None,
        new=key_of_item(new, data["new"]) if data["new"] else None,
        changes=map(Change, data["changes"].split("; ")),
        # A missing text is an empty cell in a table, and None in a record.
        grade=Grade(data["grade"]),
        note=data["note"] or None,
        reverse_note=data["reverse_note"] or None,
        review=data["review"] or None,
        reverse_review=data["reverse_review"] or None,
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
    # Artefacts are added by `aicop.graph.edges`, which knows the flows as well.
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


def principle_dependency(
    data: dict[str, str], prerequisite: ProvisionId, dependant: PrincipleId
) -> PrincipleDependency:
    return PrincipleDependency(
        prerequisite=prerequisite,
        dependant=dependant,
        kind=DependencyKind(data["kind"]),
        basis=Basis(data["basis"]),
        rationale=data["rationale"],
        confidence=int(data["confidence"]),
    )


# A plain dictionary, because a look-up is much faster than a call of the enum.
_NATURES: dict[str, Nature] = {item.value: item for item in Nature}


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
        nature=_NATURES[data.get("nature") or natures[data["kind"]]],
        title=data.get("title") or None,
        words=data.get("words") or None,
        withdrawn=bool(data.get("withdrawn")),
        replaced_by=tuple(filter(None, (data.get("replaced_by") or "").split("; "))),
        amended=data.get("amended") or None,
        # A table that ships has neither.
        aliases=data.get("aliases", ()),
        extra=data.get("extra", {}).items(),
    )


def framework_edition(data: Plain) -> FrameworkEdition:
    licence_class = data.get("licence_class")
    origin = data.get("source")
    # A user's file has no facts about publication, so their defaults are those of a user's own framework.
    return FrameworkEdition(
        id=EditionId(data["framework"], data["edition"]),
        title=data["title"],
        publisher=data.get("publisher"),
        published=data.get("published"),
        status=FrameworkStatus(data.get("status", FrameworkStatus.OWN)),
        checked=data.get("checked"),
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


# Plain dictionaries, because a look-up is much faster than a call of an enum class, which counts in large tables.
_PREDICATES = {item.value: item for item in Predicate}
_BASES = {item.value: item for item in MappingBasis}
_KNOWLEDGE: dict[str | None, Knowledge | None] = {item.value: item for item in Knowledge}


def mapping(data: Plain, ends: tuple[End | None, End | None], name: str, searched: EditionId | None = None) -> Mapping:
    """
    Return the mapping of a table row, whose cells are text; *ends* are its source and target as ids.

    If one of them is None, *searched* is the edition in which nothing was found.

    Cells that are absent become None. A row without a basis counts as imported.
    """
    # A local name for the method, which is called a dozen times per row.
    cell = data.get
    strength, reverse_strength, confidence = cell("strength"), cell("reverse_strength"), cell("confidence")
    return Mapping(
        source=ends[0],
        predicate=_PREDICATES[data["relationship"]],
        target=ends[1],
        rationale=cell("rationale"),
        strength=int(strength) if strength else None,
        remainder=cell("remainder"),
        reverse_strength=int(reverse_strength) if reverse_strength else None,
        reverse_remainder=cell("reverse_remainder"),
        confidence=int(confidence) if confidence else None,
        basis=_BASES[data.get("basis", MappingBasis.IMPORTED.value)],
        author=cell("author"),
        date=cell("date"),
        knowledge=_KNOWLEDGE.get(cell("knowledge")),
        settlement=cell("settlement"),
        source_digest=cell("source_digest"),
        target_digest=cell("target_digest"),
        set=name,
        searched=searched,
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
