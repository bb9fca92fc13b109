"""
Read mappings between concepts of two schemes: SKOS mapping relations, aicop's own relations, and aicop's rows.

If a relation is also stated by a row, or is stated from both ends, it becomes a single mapping.

Source: SKOS Reference, W3C Recommendation of 18 August 2009, section 10.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import attrs

from aicop import frameworks
from aicop.errors import TOO_MANY_FAULTS, Fault, InvalidDocument, UnknownEdition, excerpt
from aicop.ids import split_key
from aicop.interop.common.builder import relation_or_fault
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import BASE, key_from_iri
from aicop.interop.common.merging import merge_rows, stated_row
from aicop.interop.common.resolver import NamedResources
from aicop.interop.skos.concept_reader import SKOS, TYPE, Concepts, last, place_of
from aicop.interop.skos.rdf import BLANK
from aicop.relations import INVERSE, Scheme, predicate
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.frameworks.framework import Framework
    from aicop.interop.skos.rdf import Statements, Value
    from aicop.model.mapping import Mapping as Row

ROW = f"{BASE}Mapping"
"""The class of aicop's rows."""
FIELDS = {
    "source": "source",
    "predicate": "relationship",
    "target": "target",
    "author": "author",
    "date": "date",
    "confidence": "confidence",
    "rationale": "rationale",
    "basis": "basis",
    "strength": "strength",
    "remainder": "remainder",
    "reverse_strength": "reverse_strength",
    "reverse_remainder": "reverse_remainder",
    "knowledge": "knowledge",
    "settlement": "settlement",
    "source_digest": "source_digest",
    "target_digest": "target_digest",
}
"""The properties of aicop's rows, each with its column for `aicop.interop.common.merging.merge_rows`."""
OF_ROWS = {f"{BASE}{field}" for field in (*FIELDS, "order")}
LINKS = {f"{BASE}{word}": word for word in Predicate if word is not Predicate.NOTHING}
"""aicop's own properties between concepts, each with its predicate."""
_TEXTS = {"author", "rationale", "remainder", "reverse_remainder", "settlement"}
_ENDS = ("source", "target")
_NO_NODE = "must be a node, not text"
_INVERTED = {
    **{Predicate(one.value): Predicate(other.value) for one, other in INVERSE.items()},
    **{word: word for word in (Predicate.RELATED, Predicate.ASSOCIATED, Predicate.CORRESPONDS)},
}
"""The inverse of each predicate; predicates not listed here have no inverse."""


def maps(prop: str) -> bool:
    """Return whether a property relates concepts of two schemes."""
    local = prop.removeprefix(SKOS) if prop.startswith(SKOS) else ""
    return prop in LINKS or local.endswith("Match") or local == "mappingRelation"


class _Row(NamedTuple):
    """A statement that becomes a mapping: its sort (``row`` or ``relation``), its place, and its cells by column."""

    sort: str
    place: str
    cells: dict[str, str]

    def ends(self) -> tuple[str, str]:
        """Return the editions of source and target; an edition is empty if only the options name the framework."""
        one, other = (split_key(self.cells.get(column, ""))[0] for column in ("source", "target"))
        return one if "@" in one else "", other if "@" in other else ""


class _Claim(NamedTuple):
    """A relation that the file states between two concepts."""

    source: str
    target: str
    word: Predicate
    place: str

    def inverse(self) -> _Claim | None:
        """Return the same claim from target to source, or None if its predicate has no inverse."""
        word = _INVERTED.get(self.word)
        return None if word is None else _Claim(self.target, self.source, word, self.place)


class Mappings:
    """The mappings in a file, and the faults that were found in them."""

    def __init__(self, graph: Statements, concepts: Concepts, file: str, options: ImportOptions) -> None:
        self._graph, self._concepts, self._file = graph, concepts, file
        self._homes = {"source": options.source, "target": options.target}
        # A framework of the user, or a shipped one, takes precedence over its copy in the file.
        known = {item.id for item in options.frameworks}
        own = (item for item in concepts.frameworks if item.id not in known and not _ships(item))
        self._options = ImportOptions(
            source=options.source, target=options.target, frameworks=(*options.frameworks, *own)
        )
        self._given = [_edition_text(name, options) for name in (options.source, options.target)]
        self._resources = NamedResources(options)
        self._skips = options.skip_invalid
        self.faults: list[Fault] = []
        self.nodes: set[str] = {node for node, said in graph.items() if ROW in said.get(TYPE, ())}
        self._foreign: dict[str, str] = {}
        self.lost: Counter[str] = Counter()
        """Counts of the losses when several relations of a pair are merged into one mapping."""
        rows = [*self._of_nodes(), *self._of_claims()]
        self.mappings: tuple[Row, ...] = tuple(self._check_groups(rows))
        self.skipped: tuple[Fault, ...] = ()
        """The faults of the mappings that were left out."""
        if self._skips:
            # All faults so far are those of single mappings.
            self.skipped, self.faults = tuple(self.faults), []
        self.faults += self._resources.unused(file, dict.fromkeys(self._foreign.values()))

    def _fault(self, place: str, problem: str) -> None:
        self.faults.append(Fault(self._file, place, problem))

    def _of_nodes(self) -> Iterator[_Row]:
        """Yield aicop's rows in the order that the file states; skip rows with faults."""
        for node in sorted(self.nodes, key=lambda node: (self._concepts.place(node), node)):
            before = len(self.faults)
            cells = dict(self._cells(node, self._graph[node]))
            if len(self.faults) == before:
                yield _Row("row", place_of(node), cells)

    def _cells(self, node: str, said: dict[str, tuple[Value, ...]]) -> Iterator[tuple[str, str]]:
        """Yield the cells of a row, each with its column; record faults."""
        for field, column in FIELDS.items():
            # RDF allows any number of values for a property, but a cell has one.
            place = place_of(node, f"{BASE}{field}")
            for number, value in enumerate(said.get(f"{BASE}{field}", ())):
                if number:
                    self._fault(place, "has more than one value")
                elif isinstance(value, str) != (field in _ENDS):
                    self._fault(place, "must be text, not a node" if isinstance(value, str) else _NO_NODE)
                elif isinstance(value, str):
                    yield column, self._end(field, value, place)
                else:
                    yield column, self._concepts.line(value.text) if field in _TEXTS else value.text

    def _end(self, side: str, node: str, place: str) -> str:
        """Return the key of a concept, or its id in a framework of the options; record a fault if it has neither."""
        key = self._concepts.keys.get(node) or self._key_of_alias(side, node) or key_from_iri(node)
        if key is not None:
            return key
        start = _start(node)
        if start and (named := self._resources.framework(start)) is not None:
            return f"{named.id}:{last(node)}"
        if self._homes[side] is None or not start:
            said = "is neither a concept of a scheme in this file nor an id of aicop; name the framework of the"
            self._fault(place, f"{place_of(node)} {said} {side}s (--{side})")
            return ""
        # Foreign ids are identified only by the ends of their IRIs, so all ids of one side must be from one framework.
        first = self._foreign.setdefault(side, start)
        if first != start:
            said = f"begins with {excerpt(start)}, but another {side} with {excerpt(first)}"
            self._fault(place, f"{said}; say which framework each is (--resource IRI=FRAMEWORK)")
        return last(node)

    def _key_of_alias(self, side: str, node: str) -> str | None:
        """Return the key of the concept with this IRI in the user's own frameworks, that of the side first, or None."""
        home = self._homes[side]
        own = sorted(self._options.frameworks, key=lambda item: home not in {item.id.document, str(item.id)})
        found = (item.key_of_alias(node) for item in own)
        return next((str(key) for key in found if key is not None), None)

    def _of_claims(self) -> Iterator[_Row]:
        """Yield the relations that aicop's rows do not state; all relations between two schemes get one direction."""
        said = set(self._rows())
        claims = list(self._claims())
        ways = Counter((self._label(claim.source), self._label(claim.target)) for claim in claims)
        # The direction of aicop's rows outweighs the direction of all claims together.
        ways.update({(self._label(one), self._label(other)): len(claims) for one, other, _ in said})
        # Claims in the chosen direction come first, so that faults name them and not their inverses.
        for claim in sorted(claims, key=lambda claim: not self._from_here(claim, ways)):
            taken = claim if self._from_here(claim, ways) else claim.inverse() or claim
            turned = taken.inverse()
            if (taken.source, taken.target, taken.word) in said or (
                turned is not None and (turned.source, turned.target, turned.word) in said
            ):
                continue
            said.add((taken.source, taken.target, taken.word))
            before = len(self.faults)
            ends = [self._end(side, node, taken.place) for side, node in zip(_ENDS, taken[:2], strict=True)]
            if len(self.faults) == before:
                cells = {"source": ends[0], "relationship": taken.word.value, "target": ends[1]}
                yield _Row("relation", taken.place, cells)

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield source, target and predicate of aicop's rows as written, before any check."""
        for node in self.nodes:
            parts = (self._graph[node].get(f"{BASE}{field}", ("",))[0] for field in ("source", "target", "predicate"))
            one, other, word = (part if isinstance(part, str) else part.text for part in parts)
            yield one, other, word

    def _claims(self) -> Iterator[_Claim]:
        """Yield the claims of all mapping properties; record properties that SKOS does not have as faults."""
        for node, said in self._graph.items():
            for prop in filter(maps, said):
                word = self._word(prop, place_of(node, prop))
                for other in self._concepts.nodes(node, prop):
                    if word is not None:
                        yield _Claim(node, other, word, f"{place_of(node, prop)} {place_of(other)}")

    def _word(self, prop: str, place: str) -> Predicate | None:
        if prop in LINKS:
            return LINKS[prop]
        known = relation_or_fault(prop.removeprefix(SKOS), Scheme.SKOS, self._file, place)
        if isinstance(known, Fault):
            self.faults.append(known)
            return None
        return predicate(known)

    def _label(self, node: str) -> str:
        """Return the edition of a concept, or the beginning of its IRI if it is not known."""
        key = self._concepts.keys.get(node) or key_from_iri(node)
        return split_key(key)[0] if key is not None else _start(node)

    def _from_here(self, claim: _Claim, ways: Counter[tuple[str, str]]) -> bool:
        """Return whether most claims between the two schemes have this direction; ties are broken alphabetically."""
        way = self._label(claim.source), self._label(claim.target)
        return (-ways[way], way) <= (-ways[way[::-1]], way[::-1])

    def _searching(self, source: str, target: str) -> ImportOptions:
        """Return the options for rows between two editions; one of them is empty if no row of the group names it."""
        given = self._options
        # In a file with two frameworks, what was searched for an element of one of them is the other.
        return attrs.evolve(
            given,
            source=given.source or (None if source else self._other_than(target)),
            target=given.target or (None if target else self._other_than(source)),
        )

    def _other_than(self, edition: str) -> str | None:
        """Return the other framework of a file with two, or None if *edition* is not one of exactly two."""
        held = [str(item.id) for item in self._concepts.frameworks]
        others = [one for one in held if one != edition]
        return others[0] if len(others) == 1 and len(held) > 1 else None

    def _ends(self, row: _Row) -> tuple[str, str]:
        """Return the editions of source and target, as the row states them or as the options do."""
        one, other = row.ends()
        return one or self._given[0], other or self._given[1]

    def _check_groups(self, rows: list[_Row]) -> Iterator[Row]:
        """Yield the mappings, merged and checked for each sort of row and each pair of editions."""
        groups: dict[tuple[str, str, str], list[_Row]] = {}
        whole = [row for row in rows if "source" in row.cells and "target" in row.cells]
        # A row without a counterpart has one edition only; it joins the first group with the same edition on that side.
        first: dict[tuple[str, int, str], tuple[str, str]] = {}
        for row in whole:
            for side, edition in enumerate(self._ends(row)):
                first.setdefault((row.sort, side, edition), self._ends(row))
        for row in rows:
            ends = self._ends(row)
            if "target" not in row.cells:
                ends = first.get((row.sort, 0, ends[0]), ends)
            elif "source" not in row.cells:
                ends = first.get((row.sort, 1, ends[1]), ends)
            groups.setdefault((row.sort, *ends), []).append(row)
        # A mapping set is named after the file, and after its editions too if there are several sets.
        alone = len({(source, target) for _, source, target in groups}) == 1
        told: set[tuple[object, ...]] = set()
        # Rows come first, because a relation that restates a row may be written with another IRI.
        for (sort, source, target), group in sorted(groups.items(), key=lambda item: item[0][0] == "relation"):
            spots = {column: f", aicop:{field}" for field, column in FIELDS.items()} if sort == "row" else {}
            name = self._file if alone else f"{self._file}: {source} to {target}"
            if sort == "relation" and ("row", source, target) in groups:
                name += ", other relations"
            for found in self._merged(group, self._searching(source, target), spots, name):
                pair = found.source, found.predicate, found.target
                if sort == "row" or pair not in told:
                    yield found
                told.add(pair)

    def _merged(self, rows: list[_Row], options: ImportOptions, spots: dict[str, str], name: str) -> tuple[Row, ...]:
        """Return the mappings of a group; if a row has faults, none, or those of the other rows with `skip_invalid`."""
        left = rows
        while True:
            listed = (stated_row(row.place, row.cells) for row in left)
            try:
                found, again = merge_rows(listed, file=self._file, options=options, spots=spots, name=name)
            except InvalidDocument as error:
                told = [fault for fault in error.faults if fault.problem != TOO_MANY_FAULTS]
                self.faults += told if self._skips else error.faults
                wrong = {re.sub(r", aicop:\w+\Z", "", fault.path) for fault in told}
                left = [row for row in left if row.place not in wrong]
                if not self._skips:
                    return ()
            else:
                self.lost.update(again)
                return found


def _edition_text(name: str | None, options: ImportOptions) -> str:
    """Return the edition of a framework that the options name; empty if they name none, or one that is not known."""
    try:
        return "" if name is None else str(options.frameworks.framework(name).id)
    except UnknownEdition:
        return ""


def _start(node: str) -> str:
    """Return the beginning of an IRI, without its last part; empty for a blank node."""
    found = re.match(r"(.*[/#:])[^/#:]+$", node)
    return "" if found is None or node.startswith(BLANK) else found[1]


def _ships(framework: Framework) -> bool:
    try:
        frameworks.load(framework.id)
    except UnknownEdition:
        return False
    return True
