"""
Write crosswalks as OSCAL mapping collections, with one map per row.

OSCAL has terms for the five relations, but not for links. It has no field for strength either: its own coverage has the
opposite direction, *of the target by the source*. Strength and other facts without a field are written as properties in
aicop's namespace.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from aicop.errors import NothingToWrite
from aicop.ids import StatementId
from aicop.interop.common.identifiers import oscal_ids, uuid
from aicop.interop.common.rows import with_targets
from aicop.interop.oscal.catalog_writer import UNDATED, document, json_object, metadata, own, resource
from aicop.mappings.rules import members
from aicop.relations import Scheme, word_for
from aicop.vocabulary import Coverage, MappingBasis, Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.core import Crosswalk
    from aicop.ids import Key
    from aicop.interop.common.rows import Rows
    from aicop.model.mapping import Mapping as Row

Plain = dict[str, Any]

HOLDS = frozenset({*(Predicate(relation.value) for relation in Relation), Predicate.NOTHING})
"""The predicates that can be written in OSCAL."""
NOTHING_FOUND = "nothing-found"
"""The property of a mapping that names a source without a counterpart."""
NO_SOURCE_FOUND = "no-source-found"
"""The property of a mapping that names a target without a counterpart."""

FACTS = {
    "basis": "basis",
    "author": "author",
    "date": "date",
    "strength": "strength",
    "remainder": "remainder",
    "reverse-strength": "reverse_strength",
    "reverse-remainder": "reverse_remainder",
    "knowledge": "knowledge",
    "settlement": "settlement",
    "source-digest": "source_digest",
    "target-digest": "target_digest",
}
"""The names of aicop's properties of a row, each with its column in `aicop.schema.mapping.ForeignRowSchema`."""

_METHOD = (
    "OSCAL requires one of three methods. The data record the basis and the author of each row, but not the method: "
    "automation means that all rows were computed, and hybrid that at least one was not."
)


def _facts(row: Row, **more: str) -> list[Plain]:
    """Return the facts of a row for which OSCAL has no field, as properties."""
    given = {
        "basis": row.basis.value,
        "author": row.author,
        "date": row.date,
        "strength": None if row.strength is None else str(row.strength),
        "remainder": row.remainder,
        "reverse-strength": None if row.reverse_strength is None else str(row.reverse_strength),
        "reverse-remainder": row.reverse_remainder,
        "knowledge": None if row.knowledge is None else row.knowledge.value,
        "settlement": row.settlement,
        "source-digest": row.source_digest,
        "target-digest": row.target_digest,
    }
    return [own(name, value, **more) for name, value in given.items() if value]


def _item(key: Key, known: dict[Key, str]) -> Plain:
    """Return a source or target of a map. OSCAL maps only controls and statements, so a group is called a control."""
    kind = "statement" if isinstance(key, StatementId) else "control"
    return {"type": kind, "id-ref": known[key], "props": [own("key", str(key))]}


def _maps(rows: Iterable[Row], sources: dict[Key, str], targets: dict[Key, str]) -> Iterator[Plain]:
    seen: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        assert row.source is not None
        assert row.target is not None
        about = (row.source, row.predicate, row.target, row.author, row.set)
        # The number makes the UUIDs of rows different if they agree in all of these facts.
        seen[about] += 1
        yield json_object(
            uuid=uuid("map", *about, seen[about]),
            relationship=word_for(Relation(row.predicate.value), Scheme.OSCAL),
            # A map with several sources, or several targets, is about all of them together.
            sources=[_item(key, sources) for key in members(row.source)],
            targets=[_item(key, targets) for key in members(row.target)],
            # The percentage of OSCAL is a share from 0 to 1.
            confidence_score=None if row.confidence is None else {"percentage": row.confidence / 10},
            props=_facts(row),
            remarks=row.rationale,
        )


def _unfound(rows: Iterable[Row]) -> Iterator[Plain]:
    """Yield the properties of elements without a counterpart; the properties of one row have the same group."""
    for number, row in enumerate(rows, start=1):
        group = f"{NOTHING_FOUND}-{number}"
        reason = {"remarks": row.rationale} if row.rationale else {}
        name, end = (NOTHING_FOUND, row.source) if row.target is None else (NO_SOURCE_FOUND, row.target)
        yield own(name, str(end), group=group, **reason)
        if row.confidence is not None:
            yield own("confidence", str(row.confidence), group=group)
        yield from _facts(row, group=group)


def _gaps(crosswalk: Crosswalk, mapped: set[Key], known: dict[Key, str]) -> tuple[Plain | None, str | None, bool]:
    """
    Return the gap summary of sources without a map, and a sentence about which of them were judged.

    The last value is True if all of them were.
    """
    classes = crosswalk.coverage().items
    lists = {
        "judged, and no counterpart was found": Coverage.NOT_COVERED,
        "never judged": Coverage.UNSEEN,
    }
    found = {
        words: [known[key] for key, coverage in classes if coverage is wanted and key not in mapped]
        for words, wanted in lists.items()
    }
    told = {words: names for words, names in found.items() if names}
    if not told:
        return None, None, True
    places = (f"list {number} was {words}" for number, words in enumerate(told, start=1))
    ends = (crosswalk.source.id, crosswalk.target.id)
    # The empty name begins a list in the UUID, so that it changes when a control moves from one list to the other.
    summary = {
        "uuid": uuid("gaps", *ends, *(name for names in told.values() for name in ("", *names))),
        "unmapped-controls": [{"with-ids": names} for names in told.values()],
    }
    remarks = f"Of the unmapped controls of the source, {'; '.join(places)}."
    return summary, remarks, not any(coverage is Coverage.UNSEEN and key not in mapped for key, coverage in classes)


def _provenance(rows: tuple[Row, ...], crosswalk: Crosswalk, *, complete: bool) -> Plain:
    computed = all(row.basis is MappingBasis.DERIVED for row in rows)
    judged = all(row.basis is MappingBasis.EDITORIAL for row in rows)
    ends = f"the requirements of {crosswalk.source.id} and those of {crosswalk.target.id}"
    return {
        "method": "automation" if computed else "hybrid",
        # Editorial rows compare the actions that each side requires. NIST IR 8477, section 4.3, calls this functional.
        "matching-rationale": "functional" if judged else "semantic",
        "status": "complete" if complete else "not-complete",
        "mapping-description": f"Relationships between {ends}. Always read source RELATIONSHIP target.",
        "remarks": _METHOD,
    }


def rows(crosswalk: Crosswalk) -> Rows:
    """Return the rows of a crosswalk that OSCAL can express, and phrases that count the other rows."""
    return with_targets(crosswalk, HOLDS)


def of_crosswalk(crosswalk: Crosswalk) -> str:
    """
    Write a crosswalk as a mapping collection.

    Raises:
        NothingToWrite: no row relates two elements, and OSCAL does not allow an empty mapping.
    """
    source, target = crosswalk.source, crosswalk.target
    found = rows(crosswalk)
    mapped = tuple(row for row in found.rows if row.source is not None and row.target is not None)
    if not mapped:
        raise NothingToWrite("oscal", str(source.id), str(target.id), found.omitted)
    known = oscal_ids(source)
    summary, told, judged = _gaps(
        crosswalk, {key for row in mapped if row.source for key in members(row.source)}, known
    )
    dates = [row.date for row in found.rows if row.date is not None]
    last = max(dates, default=UNDATED)
    resources = [resource(item.id, item.edition.title) for item in (source, target)]
    mapping = json_object(
        uuid=uuid("mapping", source.id, target.id),
        source_resource={"type": "catalog", "href": f"#{resources[0]['uuid']}"},
        target_resource={"type": "catalog", "href": f"#{resources[1]['uuid']}"},
        maps=list(_maps(mapped, known, oscal_ids(target))),
        props=list(_unfound(row for row in found.rows if row.source is None or row.target is None)),
        remarks=told,
        source_gap_summary=summary,
    )
    return document(
        "mapping-collection",
        {
            "metadata": metadata(f"Mapping from {source.id} to {target.id}", last, last),
            "provenance": _provenance(
                mapped, crosswalk, complete=target.edition.complete and not found.omitted and judged
            ),
            "mappings": [mapping],
            # Source and target can be the same framework, which is listed once.
            "back-matter": {"resources": list({item["uuid"]: item for item in resources}.values())},
        },
    )
