"""
SARIF 2.1.0: an edition or a framework as a taxonomy that scanner rules can refer to. Written only.

`dumps` writes a whole log. A scanner that writes its own log takes the objects that it needs from `taxonomy` and
`reference`.

Each element is a taxon. It has a relationship of kind ``superset`` to the element that it is a part of, and one of kind
``relevant`` to a parent that it is not a part of. A crosswalk is written as two taxonomies; the taxa of the first have
relationships to taxa of the second. The kind describes the *target* of a relationship. Links such as *mitigates* have
no kind in SARIF and are written as ``relevant``. The exact predicate, and all other facts for which SARIF has no field,
are in the property bag ``properties.aicop``. `FORMAT` lists the facts that are lost.

Source: SARIF 2.1.0, 3.19.3 (taxonomies), 3.49 (taxa), 3.53 (relationships) and 3.54 (how a component is found).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aicop.crosswalk.core import Crosswalk
from aicop.files.json_text import drop_empty, dump_json
from aicop.ids import EditionId
from aicop.interop.common.format import Format
from aicop.interop.common.identifiers import day, uuid
from aicop.interop.common.properties import (
    OMITTED,
    address,
    as_framework,
    element_properties,
    english,
    framework_properties,
    guidance_notes,
    scope,
)
from aicop.interop.common.rows import rows_of, single_ends
from aicop.keys.parser import parse
from aicop.library.library import Library
from aicop.records import to_plain
from aicop.relations import Scheme, word_for
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework
    from aicop.ids import Key
    from aicop.interop.common.protocol import Sample
    from aicop.model.mapping import Mapping as Row

Plain = dict[str, Any]

FORMAT = Format(
    name="sarif",
    title="SARIF 2.1.0, taxonomies",
    suffix=".sarif",
    writes=("edition", "framework", "crosswalk"),
    reads=(),
    predicates=frozenset(Predicate) - {Predicate.NOTHING},
    keeps="ids, parents, kinds, natures, titles, words; for editions also verbs, duty holders, conditions and remarks; "
    "all facts of mappings",
    loses=(
        "elements without a counterpart: a SARIF relationship needs both sides",
        "joint mappings, of several elements taken together",
        "dates that are only a month or a year: written as the first day",
        "the language of other frameworks, which SARIF assumes to be American English",
        "the user's own columns of a framework",
        *OMITTED,
    ),
    extra=None,
)


def recognises(sample: Sample) -> bool:
    """Return whether a file is a SARIF log, which has a list of runs."""
    return "runs" in sample.fields


SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_RELEVANT = "relevant"
_KINDS: Mapping[Predicate, str | None] = MappingProxyType(
    {Predicate(relation.value): word_for(relation, Scheme.SARIF) for relation in Relation}
)
"""The kind for each set relation; all other predicates are written as `_RELEVANT`."""


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def _bag(facts: Mapping[str, Any]) -> Plain:
    """Return the facts without empty values as a property bag with one property, ``aicop``."""
    return {"aicop": {_camel(name): value for name, value in facts.items() if value is not None}}


def _text(words: str | None) -> Plain | None:
    """Return *words* as a plain text message, or None if there are none."""
    if not words:
        return None
    # In messages, braces are placeholders and ``[text](target)`` is a link, so both are escaped.
    return {"text": words.replace("{", "{{").replace("}", "}}").replace("](", "\\](")}


def _component(edition: EditionId) -> Plain:
    # Each edition is a component of its own, because a run can contain two editions of one document.
    return {"name": str(edition), "guid": uuid("taxonomy", edition)}


def _reference(key: Key) -> Plain:
    # SARIF 2.1.0, 3.52.4 and 3.54.4: without an index, which would point into the extensions of the tool.
    return {"id": key.local, "guid": uuid("taxon", key), "toolComponent": _component(key.edition)}


def _above(framework: Framework, key: Key) -> Iterator[Plain]:
    """Yield the relationships to the parent and to the whole of an element, which are usually the same element."""
    parent, union = framework[key].parent, framework.whole_of(key)
    for other in dict.fromkeys((parent, union)):
        if other is not None:
            # SARIF 2.1.0, 3.53.3: the kind describes the target, and the whole is a superset of the part.
            yield {
                "target": _reference(other),
                "kinds": ["superset" if other == union else _RELEVANT],
                "properties": _bag({"parent": other == parent}),
            }


def _across(row: Row, target: Plain) -> Plain:
    """Return a mapping as a relationship from the taxon of its source to a *target*."""
    facts = {
        "predicate": row.predicate,
        "strength": row.strength,
        "remainder": row.remainder,
        "reverse_strength": row.reverse_strength,
        "reverse_remainder": row.reverse_remainder,
        "confidence": row.confidence,
        "basis": row.basis,
        "author": row.author,
        "date": row.date,
        "knowledge": row.knowledge,
        "settlement": row.settlement,
        "source_digest": row.source_digest,
        "target_digest": row.target_digest,
        "set": row.set,
    }
    return drop_empty(
        {
            "target": target,
            "kinds": [_KINDS.get(row.predicate) or _RELEVANT],
            "description": _text(row.rationale),
            "properties": _bag(facts),
        }
    )


def _taxonomy(item: Catalogue | Framework, across: Mapping[Key, list[Plain]] = MappingProxyType({})) -> Plain:
    """Return a framework as a taxonomy; *across* maps keys to relationships to another taxonomy."""
    framework = as_framework(item)
    facts, remarks, edition = element_properties(item), guidance_notes(item), framework.edition
    taxa = [
        drop_empty(
            {
                "id": one.id.local,
                "guid": uuid("taxon", one.id),
                "name": one.title,
                "shortDescription": _text(framework.title(one.id) or f"{one.kind} {one.id.local}"),
                "fullDescription": _text(one.words),
                "help": _text("\n".join(remarks.get(one.id, ()))),
                "relationships": [*_above(framework, one.id), *across.get(one.id, ())],
                "properties": _bag(facts[one.id]),
            }
        )
        for one in framework.controls
    ]
    return (
        _component(framework.id)
        | drop_empty(
            {
                "fullName": f"{edition.title}, {edition.id.label}",
                "version": edition.id.label,
                "releaseDateUtc": day(edition.published) if edition.published else None,
                "organization": edition.publisher,
                "informationUri": address(framework),
                # Without a language, SARIF assumes en-US; only the language of aicop's own words is known.
                "language": "en-GB" if english(framework) else None,
                "shortDescription": _text(edition.title),
                "fullDescription": _text(scope(item)),
                "contents": ["localizedData", "nonLocalizedData"],
                "isComprehensive": edition.complete,
                "properties": _bag(framework_properties(item)),
            }
        )
        | {"taxa": taxa}
    )


def _taxonomies(item: Catalogue | Framework | Crosswalk) -> list[Plain]:
    if not isinstance(item, Crosswalk):
        return [_taxonomy(item)]
    across: dict[Key, list[Plain]] = {}
    for row in rows_of(item, FORMAT.predicates, joint=FORMAT.joint).rows:
        source, target = single_ends(row)
        across.setdefault(source, []).append(_across(row, _reference(target)))
    # A crosswalk of a framework with itself needs the taxonomy only once.
    others = [] if item.target.id == item.source.id else [_taxonomy(item.target)]
    return [_taxonomy(item.source, across), *others]


def taxonomy(item: Catalogue | Framework | EditionId | str, *, library: Library | None = None) -> Plain:
    """
    Return an edition or a framework as a ``toolComponent`` object, to be listed under ``taxonomies`` of a run.

    It is plain data, the same as `dumps` writes. A name is looked up in *library*, by default in what ships.

    >>> found = taxonomy("uk-ai-cop")
    >>> found["name"], len(found["taxa"])
    ('uk-ai-cop@2025-01', 183)

    Raises:
        UnknownEdition: there is no such edition or framework.
    """
    found: Plain = to_plain(
        _taxonomy(_named(item, library or Library()) if isinstance(item, str | EditionId) else item)
    )
    return found


def _named(name: EditionId | str, library: Library) -> Catalogue | Framework:
    """Return an edition or a framework by its name; an edition as a catalogue, which has more properties."""
    found = library.framework(name)
    return library.catalogue(found.id) if found.id in library.editions() else found


def reference(key: Key | str, *, library: Library | None = None) -> Plain:
    """
    Return a ``reportingDescriptorReference`` object for an element, to be listed under ``taxa`` of a result.

    The same object is the ``target`` of a rule's relationship to the element. It names the taxonomy of the element's
    edition. A key is looked up in *library*, by default in what ships; an id is taken as it is.

    >>> reference("UK Code 5.4.1")["id"]
    '5.4.1'

    Raises:
        UnknownKey: there is no such element.
    """
    return _reference((parse if library is None else library.parse)(key))


def dumps(item: Catalogue | Framework | Crosswalk) -> str:
    """
    Write an edition, a framework or a crosswalk as a SARIF log with one run, which has taxonomies but no results.

    >>> import json
    >>> from aicop import load
    >>> taxonomy = json.loads(dumps(load("uk-ai-cop")))["runs"][0]["taxonomies"][0]
    >>> next(taxon["name"] for taxon in taxonomy["taxa"] if taxon["id"] == "5.4.1")
    'Check and sanitise data and inputs'
    """
    run = {"tool": {"driver": {"name": "aicop"}}, "taxonomies": _taxonomies(item)}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dump_json(log)
