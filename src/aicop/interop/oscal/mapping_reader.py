"""Read OSCAL mapping collections as mappings."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

from aicop.errors import Fault, InvalidDocument, excerpt
from aicop.files.text import TextCleaner
from aicop.ids import JOINER
from aicop.interop.common.builder import relation_or_fault
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.identifiers import BASE
from aicop.interop.common.merging import MAX_PAIRS, StatedRow, confidence_of_share, for_members, merge_rows
from aicop.interop.common.naming import key_from_title
from aicop.interop.common.resolver import FrameworkResolver, edition_in
from aicop.interop.common.rows import unstated_facts
from aicop.interop.oscal.mapping_writer import FACTS, NO_SOURCE_FOUND, NOTHING_FOUND
from aicop.interop.oscal.schema import HEAD, OSCAL, Cells, Plain, count_fields, omitted_phrases, ours
from aicop.relations import Scheme
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.frameworks.framework import Framework
    from aicop.model.mapping import Mapping as Row

_COLLECTION = frozenset({"uuid", "metadata", "mappings", "back-matter"})
_MAPPING = frozenset(
    {"uuid", "source-resource", "target-resource", "maps", "props", "source-gap-summary", "target-gap-summary"}
)
_MAP = frozenset({"uuid", "ns", "relationship", "sources", "targets", "confidence-score", "props", "remarks"})
_ITEM = frozenset({"type", "id-ref", "props"})
_SIDES = ("source", "target")
# The path of each column in the file, relative to its row.
_SPOTS = {
    "source": ".sources",
    "target": ".targets",
    "relationship": ".relationship",
    "confidence": ".confidence-score",
    "rationale": ".remarks",
    **dict.fromkeys(FACTS.values(), ".props"),
}
_UNFOUND = {"source": ".value", "target": ".value", "rationale": ".remarks"}
_HEADS = {NOTHING_FOUND: "source", NO_SOURCE_FOUND: "target"}
"""The properties that name an element without a counterpart, each with the side of the element."""


def _edition_of_resource(resource: Plain) -> str | None:
    """Return the edition that a back-matter resource names in a property or in a link, or None."""
    places = [link["href"] for link in resource.get("rlinks", ())]
    stated = (ours(resource).get("edition"), *map(edition_in, places))
    return next(filter(None, stated), None)


class _Maps:
    """Reads the mappings of a collection, collects their faults, and counts the content that is not imported."""

    def __init__(self, collection: Plain, file: str, options: ImportOptions) -> None:
        self.counts: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.rows: list[Row] = []
        # The name of the mapping set between two editions, its maps, and its elements without a counterpart.
        self._sets: dict[tuple[str, str], tuple[str, list[StatedRow], list[StatedRow]]] = {}
        self._file, self._options = file, options
        listed = collection.get("back-matter", {}).get("resources", ())
        self._resources = {f"#{item['uuid']}": _edition_of_resource(item) for item in listed}
        # What the file states about each side of each href.
        self._stated: dict[tuple[str, str], str | None] = {}
        pairs = []
        for item in collection["mappings"]:
            ends = [item[f"{side}-resource"] for side in _SIDES]
            pairs.append((ends[0]["href"], ends[1]["href"]))
            for side, end in zip(_SIDES, ends, strict=True):
                known = ours(end).get("edition") or self._resources.get(end["href"])
                self._stated[side, end["href"]] = self._stated.get((side, end["href"])) or known
        self._sides = FrameworkResolver(options, pairs, lambda *one: (self._stated[one],))
        self._pairs = 0
        self._line = TextCleaner()

    def mapping(self, item: Plain, place: str, name: str) -> None:
        """Collect the maps of one mapping; *name* is that of its mapping set, if it is the first of its frameworks."""
        sides = [self._side(item[f"{side}-resource"], f"{place}.{side}-resource", side) for side in _SIDES]
        maps = [row for i, one in enumerate(item["maps"]) for row in self._map(one, f"{place}.maps[{i}]", sides)]
        for side in _SIDES:
            self.counts["gaps"] += len(item.get(f"{side}-gap-summary", {}).get("unmapped-controls", ()))
        count_fields(item, _MAPPING, self.counts)
        # If a framework is unknown, `_side` has recorded a fault, and the ids of its elements cannot be checked.
        source, target = (None if side is None else str(side.id) for side in sides)
        if source and target:
            _, listed, unfound = self._sets.setdefault((source, target), (name, [], []))
            listed.extend(maps)
            unfound.extend(self._unfound(item, place))

    def merge(self) -> None:
        """Merge the maps between two frameworks, whose author judges a pair only once in a file, and check them."""
        for (source, target), (name, maps, unfound) in self._sets.items():
            options = ImportOptions(source=source, target=target, frameworks=self._options.frameworks)
            for rows, spots in ((maps, _SPOTS), (unfound, _UNFOUND)):
                try:
                    found, again = merge_rows(rows, file=self._file, options=options, spots=spots, name=name)
                    self.rows += found
                    self.counts.update(again)
                except InvalidDocument as error:
                    self.faults += error.faults

    def faults_of_options(self) -> tuple[Fault, ...]:
        """Return the faults of what the options say about the frameworks of the file."""
        return self._sides.faults(self._file)

    def omission_phrases(self) -> tuple[str, ...]:
        """Return one phrase with a count for each kind of content that is not imported."""
        return (*omitted_phrases(self.counts), *self._line.omission_phrases())

    def _side(self, item: Plain, place: str, side: str) -> Framework | None:
        """Return the framework that a resource refers to; record a fault and return None if it is not known."""
        href = item["href"]
        found = self._sides.find(side, href)
        if isinstance(found, str):
            self.faults.append(Fault(self._file, f"{place}.href", found))
            return None
        return found

    def _map(self, item: Plain, place: str, sides: list[Framework | None]) -> Iterator[StatedRow]:
        """Yield the row of a map, or a row per pair of its sources and targets if it has several of both."""
        cells: Cells = {
            "rationale": self._line(item.get("remarks", "")),
            **self._score(item),
            **self._facts(item.get("props", ())),
        }
        known = relation_or_fault(item["relationship"], Scheme.OSCAL, self._file, f"{place}.relationship")
        # In a namespace other than OSCAL's, only the author of the file knows the meaning of the relationship.
        if item.get("ns", OSCAL) != OSCAL:
            said = f"the relationship is defined by {excerpt(item['ns'])}; only those defined by OSCAL can be read"
            known = Fault(self._file, f"{place}.ns", said)
        # Only different elements count, since the id of a control and of its statement mean the same.
        ends = [
            list(dict.fromkeys(self._end(one, sides[i]) for one in item[f"{side}s"])) for i, side in enumerate(_SIDES)
        ]
        count_fields(item, _MAP, self.counts)
        if isinstance(known, Fault):
            self.faults.append(known)
            return
        counts = len(ends[0]), len(ends[1])
        # The number of pairs is a product, so a small file could demand billions. Only the first map beyond the limit
        # is reported.
        full = self._pairs > MAX_PAIRS
        self._pairs += counts[0] * counts[1]
        if self._pairs > MAX_PAIRS:
            if not full:
                said = f"with this map the file has more than {MAX_PAIRS:,} pairs of source and target; split the file"
                self.faults.append(Fault(self._file, place, said))
            return
        if 1 in counts:
            # Several elements on one side are taken together, as in a joint mapping.
            yield StatedRow(place, {"source": JOINER.join(ends[0]), "target": JOINER.join(ends[1]), **cells}, known)
            return
        # Strength and remainder describe groups as a whole; `for_members` removes them from the pairs of a group.
        size = len(cells)
        cells, known = for_members(cells, known, *counts)
        self.counts["members"] += len(cells) < size
        for one, other in itertools.product(*ends):
            yield StatedRow(place, {"source": one, "target": other, **cells}, known)

    def _end(self, item: Plain, side: Framework | None) -> str:
        """Return the key of a source or target: the aicop key if stated, otherwise the key for its id, or the id."""
        mine = ours(item).get("key")
        self.counts["props"] += len(item.get("props", ())) - (mine is not None)
        count_fields(item, _ITEM, self.counts)
        written: str = item["id-ref"]
        return mine or (written if side is None else self._sides.key(side, written))

    def _score(self, item: Plain) -> Cells:
        score = item.get("confidence-score", {})
        # A confidence given as a category has no numeric value, so it is dropped and counted.
        self.counts["confidence"] += "category" in score
        if "percentage" not in score:
            return {}
        found, rounded = confidence_of_share(score["percentage"])
        self.counts["decimals"] += rounded
        return {"confidence": found}

    def _facts(self, props: Iterable[Plain]) -> Cells:
        """Return the columns encoded in aicop properties; only the first property of each column counts."""
        cells: Cells = {}
        for prop in props:
            if prop.get("ns") == BASE and FACTS.get(prop["name"], "") not in {"", *cells}:
                cells[FACTS[prop["name"]]] = prop["value"]
            else:
                self.counts["props"] += 1
        return cells

    def _unfound(self, item: Plain, place: str) -> Iterator[StatedRow]:
        """Yield one row per element without a counterpart; properties of one row have the same group."""
        groups: dict[str, list[Plain]] = {}
        heads = []
        for i, prop in enumerate(item.get("props", ())):
            if prop.get("ns") == BASE and prop["name"] in _HEADS:
                heads.append((prop, f"{place}.props[{i}]"))
            else:
                groups.setdefault(prop.get("group", ""), []).append(prop)
        for head, where in heads:
            props = groups.pop(head["group"], []) if "group" in head else []
            sure = {prop["name"]: prop["value"] for prop in props if prop["name"] == "confidence"}
            facts = self._facts(prop for prop in props if prop["name"] != "confidence")
            cells = {_HEADS[head["name"]]: head["value"], "relationship": Predicate.NOTHING.value, **sure, **facts}
            yield StatedRow(where, cells | {"rationale": self._line(head.get("remarks", ""))}, None)
        self.counts["props"] += sum(map(len, groups.values()))


def read(content: Plain, file: str, options: ImportOptions) -> ImportResult:
    """
    Return the mappings of a file that has been validated as a `CollectionFile`.

    Raises:
        InvalidDocument: with all faults, each with its place.
        UnknownEdition: *options* names a framework that does not exist.
    """
    collection = content["mapping-collection"]
    head = collection["metadata"]
    found = _Maps(collection, file, options)
    name, several = key_from_title(head["title"]), len(collection["mappings"]) > 1
    for i, item in enumerate(collection["mappings"]):
        found.mapping(item, f"mapping-collection.mappings[{i}]", f"{name}: {i + 1}" if several else name)
    found.merge()
    if faults := (*found.faults_of_options(), *found.faults):
        raise InvalidDocument.from_faults(faults)
    count_fields(head, HEAD, found.counts)
    count_fields(collection, _COLLECTION, found.counts)
    return ImportResult(
        format=f"OSCAL {head['oscal-version'].removeprefix('v')} mapping-collection",
        mappings=found.rows,
        dropped=found.omission_phrases(),
        unstated=unstated_facts(found.rows),
    )
