"""
Write SKOS as JSON-LD with an inline context: a scheme for an edition or framework, and a concept for each element.

The number of an element is written as its notation, the title as its preferred label, and the words as its definition.
Other facts are written as properties in aicop's namespace, `aicop.interop.common.identifiers.BASE`.

For a crosswalk, the file has both schemes, the relations between their concepts, and one aicop node per row with all
facts of the row. A relation is written as a SKOS property if SKOS has one, otherwise as an aicop property. It is not
written if rows of different authors contradict each other, or if SKOS forbids it: exact matches must not connect
concepts of which one is broader than another. The nodes of the rows are written in any case.

`FORMAT` lists the facts that are lost.

Source: SKOS Reference, W3C Recommendation of 18 August 2009; JSON-LD 1.1.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from aicop.crosswalk.core import Crosswalk
from aicop.errors import InvalidDocument, count_phrase
from aicop.files.json_text import drop_empty, dump_json
from aicop.frameworks.writer import own_columns
from aicop.ids import JointId
from aicop.interop.common.format import Format, ImportOptions, ImportResult
from aicop.interop.common.identifiers import iri, uuid
from aicop.interop.common.merging import MERGED
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
from aicop.interop.common.rows import Rows, own_columns_phrase, rows_of, single_ends, unstated_facts
from aicop.interop.skos.concept_reader import (
    ALWAYS,
    CONCEPT,
    DEFINED_BY,
    OF_CONCEPTS,
    OF_SCHEMES,
    PREFIXES,
    SCHEME,
    TYPE,
    Concepts,
    short,
)
from aicop.interop.skos.mapping_reader import OF_ROWS, ROW, Mappings, maps
from aicop.interop.skos.rdf import statements
from aicop.relations import ANY_RELATION, RELATED, RelationSet, Scheme, word_for
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework
    from aicop.ids import End
    from aicop.interop.common.properties import Properties
    from aicop.interop.common.protocol import Sample
    from aicop.interop.skos.rdf import Statements
    from aicop.model.mapping import Mapping as Row

__all__ = ["FORMAT", "dumps", "loads"]

FORMAT = Format(
    name="skos",
    title="SKOS in JSON-LD",
    suffix=".jsonld",
    writes=("edition", "framework", "crosswalk"),
    reads=("framework", "crosswalk"),
    predicates=tuple(Predicate),
    keeps="ids, hierarchy, order, titles, words, kinds, natures; verbs and duty holders of editions; all facts of rows",
    loses=(
        "the user's own columns of a framework",
        *OMITTED,
        "the order of several values, such as duty holders",
        "the name of the set that a row belongs to",
        "joint mappings, of several elements taken together",
        "separate judgements of one pair by the same author: merged into one when read",
    ),
    extra="rdf",
    resources=True,
)


_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|rdf:RDF)")
_TURTLE = re.compile(
    r"^[ \t]*(?:@prefix\s+[\w.-]*:\s*<|@base\s*<|(?i:prefix)\s+[\w.-]*:\s*<|(?i:base)\s*<|<[^<>\s]+>\s+<)", re.MULTILINE
)


def recognises(sample: Sample) -> bool:
    """Return whether a file is RDF: JSON-LD, XML, Turtle or N-Triples."""
    if isinstance(sample.json, list):
        return any(isinstance(item, dict) and "@id" in item for item in sample.json)
    if not {"@context", "@graph", "@id"}.isdisjoint(sample.fields):
        return True
    return _XML.match(sample.text) is not None or _TURTLE.search(sample.text) is not None


_NODES = ("hasTopConcept", "inScheme", "topConceptOf", "broader", "narrower", "exactMatch", "broadMatch", "narrowMatch")
_TYPED = {"@type": "@id"}
_DATES = {len("2026"): "gYear", len("2026-11"): "gYearMonth", len("2026-11-22"): "date"}
_SETS = {Predicate(relation.value): RelationSet([relation]) for relation in Relation} | {Predicate.RELATED: RELATED}
Node = dict[str, Any]


def _context(words: Iterable[str]) -> Node:
    """Return the context: the prefixes, and the properties whose values are nodes."""
    used = {prefix: PREFIXES[prefix] for prefix in ("aicop", "dc", "dct", "owl", "rdfs", "skos", "xsd")}
    nodes = [*(f"skos:{name}" for name in _NODES), "rdfs:seeAlso", "aicop:source", "aicop:target", *words]
    return used | dict.fromkeys(nodes, _TYPED)


def _in(language: str | None) -> Any:  # noqa: ANN401 -- a function
    """Return a function that tags text with *language*, or leaves it unchanged if the language is not known."""
    return lambda text: text if language is None else {"@language": language, "@value": text}


def _own(facts: Properties, *but: str) -> Node:
    """Return facts as aicop properties, except for the facts named in *but*."""
    items = ((name, value) for name, value in facts.items() if name not in but)
    return {f"aicop:{name}": list(value) if isinstance(value, tuple) else value for name, value in items}


def _date(written: str | None) -> Node | None:
    return None if written is None else {"@type": f"xsd:{_DATES[len(written)]}", "@value": written}


def _scheme(item: Catalogue | Framework) -> Node:
    """Return the concept scheme of an edition or framework."""
    framework = as_framework(item)
    edition, say = framework.edition, _in("en" if english(framework) else None)
    covers = scope(item)
    return drop_empty(
        {
            "@id": iri(framework.id),
            "@type": "skos:ConceptScheme",
            "dct:title": say(edition.title),
            "dct:description": covers and say(covers),
            "dc:publisher": edition.publisher,
            "dct:issued": _date(edition.published),
            "dc:rights": edition.licence,
            "rdfs:seeAlso": address(framework),
            "owl:versionInfo": framework.id.label,
            **_own(framework_properties(item), "key", "published", "licence"),
            "skos:hasTopConcept": [iri(one.id) for one in framework.controls if one.parent is None],
        }
    )


def _concepts(item: Catalogue | Framework) -> Iterator[Node]:
    """Yield the concepts of an edition or framework, in the publisher's order, which RDF itself does not keep."""
    framework = as_framework(item)
    say = _in("en" if english(framework) else None)
    facts, notes, scheme = element_properties(item), guidance_notes(item), iri(framework.id)
    for place, one in enumerate(framework.controls, start=1):
        yield drop_empty(
            {
                "@id": iri(one.id),
                "@type": "skos:Concept",
                "skos:notation": one.id.local,
                "skos:prefLabel": one.title and say(one.title),
                "skos:definition": one.words and say(one.words),
                "skos:note": [say(note) for note in notes.get(one.id, ())],
                "skos:inScheme": scheme,
                "skos:topConceptOf": scheme if one.parent is None else None,
                "skos:broader": one.parent and iri(one.parent),
                "skos:narrower": [iri(below.id) for below in framework.children(one.id)],
                **_own(facts[one.id], "key"),
                "aicop:order": place,
            }
        )


def _end(end: End | None) -> str | None:
    """Return the IRI of one side of a row, or None if nothing was found. Joint rows are not written."""
    assert not isinstance(end, JointId)
    return None if end is None else iri(end)


def _row(row: Row, place: int, seen_before: int) -> Node:
    """Return a row as a node; *seen_before*, a number, distinguishes rows that would otherwise get the same name."""
    facts = {
        "aicop:order": place,
        "aicop:source": _end(row.source),
        "aicop:predicate": row.predicate.value,
        "aicop:target": _end(row.target),
        "aicop:rationale": row.rationale,
        "aicop:strength": row.strength,
        "aicop:remainder": row.remainder,
        "aicop:reverse_strength": row.reverse_strength,
        "aicop:reverse_remainder": row.reverse_remainder,
        "aicop:confidence": row.confidence,
        "aicop:basis": row.basis.value,
        "aicop:author": row.author,
        "aicop:date": row.date,
        "aicop:knowledge": row.knowledge and row.knowledge.value,
        "aicop:settlement": row.settlement,
        "aicop:source_digest": row.source_digest,
        "aicop:target_digest": row.target_digest,
    }
    name = uuid("mapping", row.source or "", row.predicate, row.target or "", row.author or "", seen_before)
    return drop_empty({"@id": f"urn:uuid:{name}", "@type": "aicop:Mapping"} | facts)


def _rows(rows: Iterable[Row]) -> Iterator[Node]:
    before: Counter[tuple[object, ...]] = Counter()
    for place, row in enumerate(rows, start=1):
        same = row.source, row.predicate, row.target, row.author
        yield _row(row, place, before[same])
        before[same] += 1


def _relations(rows: Iterable[Row]) -> dict[str, dict[str, list[str]]]:
    """Return the relations that the rows together imply, by source and property; none for a contradicted pair."""
    known: dict[tuple[str, str], RelationSet] = {}
    found: list[tuple[str, str, str]] = []
    for row in rows:
        if row.predicate is not Predicate.NOTHING:
            source, target = single_ends(row)
            pair = iri(source), iri(target)
            if row.predicate in _SETS:
                known[pair] = known.get(pair, ANY_RELATION) & _SETS[row.predicate]
            else:
                found.append((pair[0], f"aicop:{row.predicate}", pair[1]))
    said = [
        (one, _relation_property(relations), other)
        for (one, other), relations in known.items()
        if not relations.contradiction
    ]
    apart = _never_equal(said)
    by: dict[str, dict[str, list[str]]] = {}
    # Several rows of a pair can state the same link.
    for one, word, other in dict.fromkeys((*(item for item in said if item not in apart), *found)):
        by.setdefault(one, {}).setdefault(word, []).append(other)
    return by


def _relation_property(known: RelationSet) -> str:
    """Return the property for a relation: the SKOS property if there is one, otherwise aicop's."""
    if known.certain is None:
        return f"aicop:{Predicate.RELATED}"
    word = word_for(known.certain, Scheme.SKOS)
    return f"aicop:{known.certain}" if word is None else f"skos:{word}"


def _never_equal(said: list[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """
    Return the SKOS relations that cannot be written together.

    Concepts that are connected by exact matches form a cluster. If a cluster also contains a broad or narrow match,
    none of its SKOS relations can be written.

    Source: SKOS Reference, S45 and S46: exactMatch is transitive, and never a broadMatch as well.
    """
    # Union-find, with path halving: concepts have the same head if they are connected by exact matches.
    heads: dict[str, str] = {}

    def head(node: str) -> str:
        while (above := heads.get(node, node)) != node:
            heads[node] = heads.get(above, above)
            node = above
        return node

    for one, word, other in said:
        if word == "skos:exactMatch":
            heads[head(one)] = head(other)
    within = [item for item in said if head(item[0]) == head(item[2]) and item[1].startswith("skos:")]
    torn = {head(one) for one, word, _ in within if word != "skos:exactMatch"}
    return {item for item in within if head(item[0]) in torn}


def rows(crosswalk: Crosswalk) -> Rows:
    """Return the rows of a crosswalk that are written, and phrases that count what is lost of it and its frameworks."""
    found = rows_of(crosswalk, FORMAT.predicates, joint=FORMAT.joint)
    ends = dict.fromkeys((crosswalk.source.id, crosswalk.target.id))
    own = (own_columns(item) for item in (crosswalk.source, crosswalk.target)[: len(ends)])
    # Both frameworks are in the file.
    lost = own_columns_phrase(list(dict.fromkeys(name for names in own for name in names)))
    return Rows(found.rows, (*found.omitted, *lost))


def dumps(item: Catalogue | Framework | Crosswalk) -> str:
    """Write an edition, a framework, or a crosswalk together with both its frameworks, as JSON-LD."""
    ends: list[Catalogue | Framework]
    if isinstance(item, Crosswalk):
        written = rows(item).rows
        # A crosswalk from a framework to itself has a single scheme.
        ends = [item.source] if item.source.id == item.target.id else [item.source, item.target]
    else:
        written, ends = (), [item]
    relations = _relations(written)
    graph: list[Node] = []
    for end in ends:
        graph.append(_scheme(end))
        graph += (node | relations.get(node["@id"], {}) for node in _concepts(end))
    graph += _rows(written)
    words = sorted({word for said in relations.values() for word in said if word.startswith("aicop:")})
    return dump_json({"@context": _context(words), "@graph": graph})


def _unread_properties(graph: Statements, concepts: Concepts, mappings: Mappings) -> Iterator[str]:
    """Yield phrases that count the content that is not imported."""
    kinds = {CONCEPT, SCHEME, ROW}
    groups = ((concepts.schemes, OF_SCHEMES), (concepts.concepts, OF_CONCEPTS), (mappings.nodes, OF_ROWS))
    left: Counter[str] = Counter()
    for node, said in graph.items():
        taken = ALWAYS.union(*(props for nodes, props in groups if node in nodes))
        for prop, values in said.items():
            # These three values of rdf:type have already been evaluated.
            # So has the property by which a concept names its scheme.
            used = {TYPE: kinds, DEFINED_BY: concepts.schemes}.get(prop, set())
            count = len(set(values) - used)
            if count and prop not in taken and not maps(prop):
                left[short(prop)] += count
    for (one, several), count in sorted(concepts.dropped.items()):
        yield count_phrase(count, one, several)
    for name, count in sorted(left.items()):
        yield count_phrase(count, f"value of {name}", f"values of {name}")
    yield from (count_phrase(mappings.lost[name], *said) for name, said in MERGED.items() if mappings.lost[name])
    yield from concepts.line.omission_phrases()


def loads(
    content: bytes | str,
    file: str = "<text>.jsonld",
    options: ImportOptions = ImportOptions(),
) -> ImportResult:
    """
    Read frameworks and mappings from SKOS.

    The serialisation, JSON-LD, RDF/XML, Turtle or N-Triples, is detected from the content. A scheme with an aicop IRI
    becomes the framework that this IRI names; any other scheme becomes a framework named after its title and version.
    The id of a concept is its notation or, if it has none, the last part of its IRI. Concepts outside the schemes of
    the file are looked up in the frameworks that *options* gives for the sources and targets of mappings.

    Raises:
        InvalidDocument: with all faults, each with its node and property.
        InvalidId: *options* gives the framework in the file an invalid key or label.
        UnknownEdition: *options* names a framework that does not exist.
        MissingExtra: rdflib is not installed.
    """
    graph = statements(content, file)
    concepts = Concepts(graph, file, options)
    mappings = Mappings(graph, concepts, file, options)
    if faults := (*concepts.faults, *mappings.faults):
        raise InvalidDocument.from_faults(faults)
    return ImportResult(
        format="skos",
        frameworks=concepts.frameworks,
        mappings=mappings.mappings,
        dropped=_unread_properties(graph, concepts, mappings),
        unstated=(*concepts.unstated_phrases(), *unstated_facts(mappings.mappings)),
        skipped=mappings.skipped,
    )
