"""
Read SKOS concept schemes as frameworks, with their concepts as the elements.

The IRI of a concept is kept as an alias, so that mappings in other files find it. If a concept has several broader
concepts, or labels in several languages, only one is imported and the others are counted.

Source: SKOS Reference, W3C Recommendation of 18 August 2009.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from aicop.errors import Fault, InvalidDocument, InvalidId, count_phrase, excerpt
from aicop.files.text import TextCleaner, one_line
from aicop.ids import EditionId
from aicop.interop.common.builder import build_framework
from aicop.interop.common.identifiers import BASE, key_from_iri
from aicop.interop.common.naming import edition_for
from aicop.interop.skos.rdf import BLANK, XSD, Literal, Statements, Value, printable_name
from aicop.vocabulary import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.frameworks.framework import Framework
    from aicop.interop.common.format import ImportOptions

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
OWL = "http://www.w3.org/2002/07/owl#"
PREFIXES = {"aicop": BASE, "dc": DC, "dct": DCT, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}
"""The prefixes that shorten the names of properties in messages."""
TYPE = f"{RDF}type"
CONCEPT = f"{SKOS}Concept"
SCHEME = f"{SKOS}ConceptScheme"
_IN, _TOP_OF, _TOP = f"{SKOS}inScheme", f"{SKOS}topConceptOf", f"{SKOS}hasTopConcept"
_BROADER, _NARROWER = f"{SKOS}broader", f"{SKOS}narrower"
_NOTATION, _LABEL, _DEFINITION = f"{SKOS}notation", f"{SKOS}prefLabel", f"{SKOS}definition"
_KIND, _NATURE, _ORDER = f"{BASE}kind", f"{BASE}nature", f"{BASE}order"
DEFINED_BY = f"{RDFS}isDefinedBy"
"""The property by which a concept can name its scheme, in files that do not state it in the terms of SKOS."""
_TITLES = (f"{DCT}title", f"{DC}title", f"{RDFS}label", _LABEL)
_VERSIONS = (f"{OWL}versionInfo", f"{DCT}hasVersion")
_PUBLISHERS = (f"{DC}publisher", f"{DCT}publisher")
ALWAYS = {_IN, _TOP_OF, _TOP, _BROADER, _NARROWER}
"""Properties that connect concepts with each other and with schemes."""
OF_SCHEMES = {*_TITLES, *_VERSIONS, *_PUBLISHERS}
"""The properties of schemes that are imported."""
OF_CONCEPTS = {_NOTATION, _LABEL, _DEFINITION, _KIND, _NATURE, _ORDER}
"""The properties of concepts that are imported."""
_BINARY = {f"{XSD}double", f"{XSD}float"}
_NATURES = tuple(item.value for item in Nature)
_LAST = 10**9
"""The position of a node that states none."""
Place = tuple[int, tuple[tuple[int, int, str], ...], str]


def short(name: str) -> str:
    """
    Return the name of a property with a known prefix, or the whole IRI in angle brackets.

    >>> short("http://www.w3.org/2004/02/skos/core#broader")
    'skos:broader'
    """
    for prefix, start in PREFIXES.items():
        if name.startswith(start):
            return printable_name(f"{prefix}:{name.removeprefix(start)}")
    return f"<{printable_name(name)}>"


def place_of(node: str, prop: str = "") -> str:
    """Return the place of a node, or of a property of it, as faults name it."""
    where = "a blank node" if node.startswith(BLANK) else f"<{printable_name(node)}>"
    return f"{where}, {short(prop)}" if prop else where


def last(name: str) -> str:
    """
    Return the last part of an IRI.

    >>> last("https://example.org/terms#AC%202")
    'AC 2'
    """
    return unquote(re.split(r"[/#:]", name.rstrip("/#:"))[-1])


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key for text that compares the numbers in it by their value."""
    parts = re.split(r"([0-9]+)", text)
    # Numbers are compared by their length and then as text, since `int` refuses text of thousands of digits.
    return tuple(
        (0, len(part.lstrip("0")), part.lstrip("0")) if index % 2 else (1, 0, part) for index, part in enumerate(parts)
    )


class Concepts:
    """The frameworks in a file, the keys of their concepts, and the faults that were found."""

    def __init__(self, graph: Statements, file: str, options: ImportOptions) -> None:
        self._graph, self._file, self._options = graph, file, options
        self.faults: list[Fault] = []
        self.dropped: Counter[tuple[str, str]] = Counter()
        """Counts of the content that is not imported, by its singular and plural."""
        self.line: TextCleaner = TextCleaner()
        self.natureless: int = 0
        self.versionless: int = 0
        self.schemeless: int = 0
        self.numbered: int = 0
        self.keys: dict[str, str] = {}
        """The key of each concept, by IRI."""
        # The domains and ranges of SKOS properties determine the class of a node, even if the node has no type.
        self.schemes: set[str] = self._nodes_of_kind(
            SCHEME, _objects_of(graph, _IN, _TOP_OF), _subjects_of(graph, _TOP)
        )
        found = _subjects_of(graph, _TOP_OF, _BROADER, _NARROWER), _objects_of(graph, _TOP)
        self.concepts: set[str] = self._nodes_of_kind(CONCEPT, *found)
        # SKOS Reference, S9: the two classes are disjoint.
        for node in sorted(self.schemes & self.concepts):
            self._fault(
                place_of(node), "is both a scheme and a concept, which SKOS does not allow; make it one of them"
            )
        self._above = self._hierarchy()
        self.frameworks: tuple[Framework, ...] = tuple(self._frameworks())

    def _fault(self, place: str, problem: str) -> None:
        self.faults.append(Fault(self._file, place, problem))

    def _nodes_of_kind(self, kind: str, *more: Iterable[str]) -> set[str]:
        return {node for node, said in self._graph.items() if kind in said.get(TYPE, ())}.union(*more)

    def _values(self, node: str, prop: str) -> tuple[Value, ...]:
        return self._graph.get(node, {}).get(prop, ())

    def nodes(self, node: str, prop: str) -> Iterator[str]:
        """Yield the nodes that a property leads to; record text as a fault."""
        for value in self._values(node, prop):
            if isinstance(value, str):
                yield value
            else:
                self._fault(place_of(node, prop), f"must be a node, not the text {excerpt(value.text)}")

    def _texts(self, node: str, *props: str) -> list[tuple[str, Literal]]:
        return [(prop, value) for prop in props for value in self._values(node, prop) if isinstance(value, Literal)]

    def _text(self, node: str, *props: str) -> str | None:
        """
        Return the text of a property, or None if there is none, and count the texts that are not chosen.

        English is preferred, then text without a language, then the alphabetically first language.
        Within a language, the property whose IRI comes first in the alphabet is used.
        """
        self._leave_names(node, *props)
        texts = self._texts(node, *props)
        if not texts:
            return None
        _, taken = min(texts, key=_label_preference)
        for prop, value in texts:
            if value is not taken and value.text != taken.text:
                self.dropped[f"further {short(prop)}", f"further {short(prop)}"] += 1
        return self.line(taken.text) or None

    def _leave_names(self, node: str, *props: str) -> None:
        """Count the values that are nodes although text is expected."""
        for prop in props:
            if names := sum(isinstance(value, str) for value in self._values(node, prop)):
                self.dropped[f"{short(prop)} that is not text", f"{short(prop)} that are not text"] += names

    def _label(self, node: str) -> str | None:
        """Return the preferred label; record a fault if a language has more than one (SKOS Reference, S14)."""
        languages = Counter(value.language for _, value in self._texts(node, _LABEL))
        for language, count in languages.items():
            if count > 1:
                where = f"in {printable_name(language)}" if language else "without a language"
                said = f"has {count} values {where}; SKOS allows one per language"
                self._fault(place_of(node, _LABEL), said)
        return self._text(node, _LABEL)

    def _hierarchy(self) -> dict[str, set[str]]:
        """Return the broader concepts of each concept, stated by either of the two inverse properties."""
        above: dict[str, set[str]] = {}
        for node in self._graph:
            for other in self.nodes(node, _BROADER):
                above.setdefault(node, set()).add(other)
            for other in self.nodes(node, _NARROWER):
                above.setdefault(other, set()).add(node)
        return above

    def _members(self) -> dict[str, set[str]]:
        """
        Return the concepts of each scheme; without any scheme, all concepts are in a scheme with an empty name.

        A concept for which no scheme is stated belongs to the one that it is defined by, otherwise to those of its
        broader concepts.
        """
        members: dict[str, set[str]] = {scheme: set() for scheme in sorted(self.schemes)}
        for node in self._graph:
            for scheme in (*self.nodes(node, _IN), *self.nodes(node, _TOP_OF)):
                if node in self.concepts:
                    members[scheme].add(node)
            for concept in self.nodes(node, _TOP):
                members[node].add(concept)
        alone = self.concepts.difference(*members.values())
        if alone and not members:
            self.schemeless = len(alone)
            return {"": alone}
        for node in sorted(alone):
            # The property is no part of SKOS, so it may have other values, and text.
            for value in self._values(node, DEFINED_BY):
                if isinstance(value, str) and value in members:
                    members[value].add(node)
        self._add_narrower(members)
        alone = self.concepts.difference(*members.values())
        if alone:
            self.dropped["concept that is in no scheme", "concepts that are in no scheme"] += len(alone)
        return members

    def _add_narrower(self, members: dict[str, set[str]]) -> None:
        """Add the concepts that are in no scheme to the schemes of the concepts that they are narrower than."""
        below: dict[str, list[str]] = {}
        alone = self.concepts.difference(*members.values())
        for node in alone:
            for other in self._above.get(node, ()):
                below.setdefault(other, []).append(node)
        for concepts in members.values():
            waiting = list(concepts)
            while waiting:
                new = [node for node in below.get(waiting.pop(), ()) if node not in concepts]
                concepts.update(new)
                waiting += new

    def _frameworks(self) -> Iterator[Framework]:
        """Yield a framework for each scheme that has concepts; record faults for schemes that cannot become one."""
        found = self._members()
        members = {scheme: concepts for scheme, concepts in found.items() if concepts}
        if empty := len(found) - len(members):
            self.dropped["scheme without concepts", "schemes without concepts"] += empty
        # Several frameworks cannot have the same name.
        given = self._options.framework or self._options.edition
        if given and len(members) > 1:
            self._fault("", f"has {len(members)} schemes, but only one can be named {excerpt(given)}; split the file")
            return
        seen: set[EditionId] = set()
        for scheme, concepts in members.items():
            edition, facts = self._about(scheme)
            if edition is None:
                continue
            # Two schemes can have the same title and version, or IRIs with the same end.
            self.numbered += edition in seen
            numbers = itertools.count(2)
            key = edition.document
            while edition in seen:
                edition = EditionId(f"{key}-{next(numbers)}", edition.label)
            seen.add(edition)
            try:
                yield self._framework(edition, facts, concepts)
            except InvalidDocument as error:
                self.faults += error.faults

    def _about(self, scheme: str) -> tuple[EditionId | None, dict[str, str | None]]:
        """Return the edition for a scheme, or None if its aicop edition is invalid, and the other facts."""
        title = self._text(scheme, *_TITLES) or self._options.framework or _title(scheme)
        version = self._text(scheme, *_VERSIONS)
        stated = key_from_iri(scheme)
        if stated is None and version is None and self._options.edition is None:
            self.versionless += 1
        facts = {"title": title, "publisher": self._text(scheme, *_PUBLISHERS)}
        if stated is not None:
            try:
                EditionId.parse(stated)
            except InvalidId as error:
                self._fault(place_of(scheme), str(error))
                return None, facts
        return edition_for(self._options, title, version, stated), facts

    def _framework(self, edition: EditionId, facts: dict[str, str | None], concepts: set[str]) -> Framework:
        """
        Return the framework of a scheme, in the order that the file states, or depth first if it does not state one.

        Raises:
            InvalidDocument: ids are invalid or repeated, or the hierarchy has a cycle.
        """
        ids = {node: self._id(edition, node) for node in sorted(concepts)}
        order = {node: (self.place(node), _natural(name), node) for node, name in ids.items()}
        parents = {node: self._parent(node, order) for node in sorted(ids, key=order.__getitem__)}
        stated = all(place < _LAST for place, _, _ in order.values())
        listed = list(parents) if stated else _depth_first(parents)
        for node in listed:
            # A concept can be in several schemes; mappings refer to it in the first of them.
            self.keys.setdefault(node, f"{edition}:{ids[node]}")
        elements = []
        for node in listed:
            parent = parents[node]
            more: dict[str, Any] = {
                "id": ids[node],
                "parent": None if parent is None else ids[parent],
                "aliases": _aliases(node),
            }
            elements.append(more | self._element(node))
        spots = {"id": "", "parent": _BROADER}
        return build_framework(edition, facts, elements, self._file, lambda i, field: place_of(listed[i], spots[field]))

    def _id(self, edition: EditionId, node: str) -> str:
        """Return the id of a concept: from its aicop IRI, otherwise its notation, otherwise the end of its IRI."""
        # An aicop IRI counts only in the scheme of its own edition.
        key = key_from_iri(node) or ""
        if key.startswith(f"{edition}:"):
            return key.removeprefix(f"{edition}:")
        self._leave_names(node, _NOTATION)
        notations = self._texts(node, _NOTATION)
        if len(notations) > 1:
            self.dropped["further skos:notation", "further skos:notation"] += len(notations) - 1
        if notations:
            _, notation = notations[0]
            # JSON-LD numbers are parsed as binary numbers, so 5.10 has already become 5.1.
            if notation.datatype in _BINARY:
                number = printable_name(notation.text)
                said = f"{number} is a number, so its original spelling is lost; write it in quotes"
                self._fault(place_of(node, _NOTATION), said)
            return self.line(notation.text)
        if node.startswith(BLANK):
            self._fault(place_of(node), "has neither an IRI nor a skos:notation; give it one of them")
        return self.line(last(node))

    def place(self, node: str) -> int:
        """Return the position of a node, which files that aicop wrote state; `_LAST` if it states none."""
        for _, value in self._texts(node, _ORDER):
            if re.fullmatch(r"[0-9]{1,9}", value.text):
                return int(value.text)
        return _LAST

    def _parent(self, node: str, order: dict[str, Place]) -> str | None:
        """Return the first broader concept in the same scheme, or None, and count the others."""
        above = self._above.get(node, set())
        inside = sorted(above & order.keys(), key=order.__getitem__)
        if outside := len(above) - len(inside):
            self.dropped["broader concept outside the scheme", "broader concepts outside the scheme"] += outside
        if len(inside) > 1:
            self.dropped["further broader concept", "further broader concepts"] += len(inside) - 1
        return inside[0] if inside else None

    def _element(self, node: str) -> dict[str, str | None]:
        """Return the facts of a concept except for its id and parent."""
        nature = self._text(node, _NATURE)
        if nature is None:
            self.natureless += 1
        elif nature not in _NATURES:
            self._fault(place_of(node, _NATURE), f"must be one of {', '.join(_NATURES)}, not {excerpt(nature)}")
            nature = None
        return {
            "kind": self._text(node, _KIND) or "concept",
            "nature": nature,
            "title": self._label(node),
            "words": self._text(node, _DEFINITION),
        }

    def unstated_phrases(self) -> Iterator[str]:
        """Yield one phrase with a count for each kind of fact that the file does not state."""
        if self.schemeless:
            yield f"the scheme of {count_phrase(self.schemeless, 'concept')}"
        if self.numbered:
            yield f"a name of its own for {count_phrase(self.numbered, 'framework')} (a number was added)"
        if self.versionless:
            yield f"the edition of {count_phrase(self.versionless, 'framework')}"
        if self.natureless:
            yield f"the nature of {count_phrase(self.natureless, 'element')} (assumed: requirement)"


def _aliases(node: str) -> list[str]:
    """Return the IRI of a concept as its alias; an IRI of aicop is a key, and a blank node has none."""
    return [] if node.startswith(BLANK) or key_from_iri(node) is not None else [node]


def _title(scheme: str) -> str:
    """Return a title, derived from the IRI, for a scheme without a title; empty if the scheme has no IRI."""
    if scheme.startswith(BLANK):
        return ""
    return one_line(last(scheme)) if scheme else "Concepts without a scheme"


def _objects_of(graph: Statements, *props: str) -> set[str]:
    return {
        value for said in graph.values() for prop in props for value in said.get(prop, ()) if isinstance(value, str)
    }


def _subjects_of(graph: Statements, *props: str) -> set[str]:
    return {node for node, said in graph.items() if not said.keys().isdisjoint(props)}


def _label_preference(item: tuple[str, Literal]) -> tuple[object, ...]:
    """Return a sort key that puts English first, then text without a language, then other languages by their tag."""
    language = item[1].language
    return language.partition("-")[0] != "en", language, *item


def _depth_first(parents: dict[str, str | None]) -> list[str]:
    """Return the concepts depth first; concepts in a cycle, which cannot be reached from a root, come last."""
    below: dict[str | None, list[str]] = {}
    for node, parent in parents.items():
        below.setdefault(parent, []).append(node)
    found: dict[str, None] = {}
    waiting = below.get(None, [])[::-1]
    while waiting:
        node = waiting.pop()
        found[node] = None
        waiting += below.get(node, [])[::-1]
    return [*found, *(node for node in parents if node not in found)]
