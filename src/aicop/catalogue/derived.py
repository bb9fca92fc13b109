"""
Build a derived edition: its base, with provisions added, changed and dropped.

A derived edition inherits from the catalogue of its base and not from a copy of it, so that corrections of the base
reach it. Every record gets an id of the derived edition, and a number never means two different provisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from aicop.catalogue.catalogue import Catalogue
from aicop.catalogue.derived_faults import derived_faults, guide_entries
from aicop.errors import InvalidDocument
from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId, clause_order
from aicop.keys.edition_index import Index
from aicop.model.derived import ChangedProvision, DroppedProvision
from aicop.model.from_data import (
    defined_term,
    edition,
    notes,
    pointer,
    provision,
    scope_statement,
    source,
    stakeholder,
    statement,
)
from aicop.vocabulary import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.model.edition import Guidance, Phase, Principle, Provision, Source


Plain = dict[str, Any]


def build_derived(data: Plain, base: Catalogue, file: str) -> Catalogue:
    """
    Build the catalogue of a derived edition from plain data that `aicop.schema` has validated.

    Raises:
        InvalidDocument: with every inconsistency, within the file and between the file and its base.
    """
    # A null means the same as an absent field.
    data = {"status": "current"} | {name: value for name, value in data.items() if value is not None}
    for part in ("own", "changed", "dropped"):
        data[part] = [{name: value for name, value in item.items() if value is not None} for item in data.get(part, ())]
    # Every record needs a source. Those that name none have that of the edition, and that is the first by default.
    data.setdefault("source", data["sources"][0]["key"])
    if faults := tuple(derived_faults(data, base, file)):
        raise InvalidDocument.from_faults(faults)
    for item in (*data["own"], *data["changed"]):
        item.setdefault("source", data["source"])
    sources = {item["key"]: source(item) for item in data["sources"]}
    record = edition(data, sources)
    phases = tuple(attrs.evolve(item, id=PhaseId(record.id, item.id.slug)) for item in base.phases)
    principles = tuple(
        attrs.evolve(item, id=PrincipleId(record.id, item.id.number), phase=PhaseId(record.id, item.phase.slug))
        for item in base.principles
    )
    provisions = tuple(_provisions(data, base, principles, sources))
    principles = tuple(
        attrs.evolve(owner, provisions=[item.id for item in provisions if item.principle == owner.id])
        for owner in principles
    )
    return Catalogue(
        edition=record,
        phases=phases,
        principles=principles,
        scope=tuple(scope_statement(item, sources) for item in data["scope"]) if "scope" in data else base.scope,
        stakeholders=tuple(stakeholder(item, sources) for item in data["stakeholders"])
        if "stakeholders" in data
        else base.stakeholders,
        terms=tuple(defined_term(item, sources) for item in data["terms"]) if "terms" in data else base.terms,
        threats=base.threats,
        provisions=provisions,
        index=_index(record.id, phases, principles, provisions),
        base=base,
        changed=tuple(
            ChangedProvision(
                provision=ProvisionId(record.id, item["number"]),
                changes=_most_significant_first(item["changes"]),
                note=item["note"],
                reverse_note=item.get("reverse_note"),
            )
            for item in sorted(data["changed"], key=_order)
        ),
        dropped=tuple(
            DroppedProvision(provision=ProvisionId(base.id, item["number"]), reason=item["reason"])
            for item in sorted(data["dropped"], key=_order)
        ),
    )


def _order(item: Plain) -> tuple[tuple[int, ...], ...]:
    return clause_order(item["number"])


def _most_significant_first(changes: list[str]) -> tuple[Change, ...]:
    """Return the kinds of change without duplicates, the most significant first."""
    return tuple(kind for kind in reversed(Change) if kind in changes)


def _provisions(
    data: Plain, base: Catalogue, principles: tuple[Principle, ...], sources: dict[str, Source]
) -> Iterator[Provision]:
    """Yield the provisions of the derived edition in printed order: inherited, changed and own ones."""
    guides = guide_entries(base)
    owners = {owner.id.number: owner for owner in principles}
    changed = {item["number"]: item for item in data["changed"]}
    dropped = {item["number"] for item in data["dropped"]}
    found = [
        _inherited(item, owners[item.principle.number], changed.get(item.id.number, {}), guides, sources)
        for item in base.values()
        if item.id.number not in dropped
    ]
    for item in data["own"]:
        owner = owners[item["principle"]]
        key = ProvisionId(owner.id.edition, item["number"])
        found.append(provision(item, key, owner, 0, guides.get(item.get("guidance", "")), sources))
    turn = {owner.id: place for place, owner in enumerate(principles)}
    found.sort(key=lambda item: (turn[item.principle], clause_order(item.id.number)))
    return (attrs.evolve(item, position=position) for position, item in enumerate(found, start=1))


def _inherited(
    item: Provision, owner: Principle, change: Plain, guides: dict[str, Guidance], sources: dict[str, Source]
) -> Provision:
    """Return a provision of the base under its id in the derived edition, with the fields that *change* gives."""
    new = owner.id.edition
    given: dict[str, Any] = {}
    if change:
        given["source"] = sources[change["source"]]
    if "title" in change:
        given["title"] = change["title"]
    if "guidance" in change:
        given["guidance"] = guides[change["guidance"]]
    if "statements" in change:
        given["statements"] = [
            statement(one, place, sources) for place, one in enumerate(change["statements"], start=1)
        ]
    if "footnotes" in change:
        given["footnotes"] = change["footnotes"]
    if "annotations" in change:
        given["annotations"] = notes(change)
    if "pointers" in change:
        given["pointers"] = [pointer(one, new) for one in change["pointers"]]
    else:
        given["pointers"] = [
            attrs.evolve(one, principle=PrincipleId(new, one.principle.number)) for one in item.pointers
        ]
    return attrs.evolve(
        item,
        id=ProvisionId(new, item.id.number),
        principle=owner.id,
        phase=owner.phase,
        parent=None if item.parent is None else ProvisionId(new, item.parent.number),
        **given,
    )


def _index(
    edition_id: EditionId,
    phases: tuple[Phase, ...],
    principles: tuple[Principle, ...],
    provisions: tuple[Provision, ...],
) -> Index:
    """Return the index of numbers and names, built from the fields that it reads from an edition file."""
    inside: dict[PhaseId | PrincipleId, list[Plain]] = {item.id: [] for item in phases}
    inside |= {item.id: [] for item in principles}
    for one in provisions:
        inside[one.principle].append({"number": one.id.number, "statements": one.statements})
    for owner in principles:
        below = inside[owner.id]
        inside[owner.phase].append({"number": owner.id.number, "clause": owner.clause, "provisions": below})
    return Index.from_plain(
        {
            "document": edition_id.document,
            "edition": edition_id.label,
            "phases": [{"slug": item.id.slug, "clause": item.clause, "principles": inside[item.id]} for item in phases],
        }
    )
