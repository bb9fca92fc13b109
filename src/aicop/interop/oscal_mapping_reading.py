"""Reading the mapping collections of OSCAL as mappings."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from aicop.errors import Fault, InvalidDocument, UnknownEdition, excerpt
from aicop.frameworks import load as load_framework
from aicop.interop.base import Reading, open_facts
from aicop.interop.names import BASE, key_of
from aicop.interop.oscal_catalog import ids
from aicop.interop.oscal_document import HEAD, OSCAL, Cells, Plain, count_fields, left, ours
from aicop.interop.oscal_mapping import FACTS, NOTHING
from aicop.interop.taking import Naming, between_members, mappings_of, one_line, relations, slug
from aicop.relations import RelationSet, Scheme, predicate
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.framework_model import Mapping as Row
    from aicop.frameworks import Framework
    from aicop.ids import EditionId

Pair = tuple[str, Cells, RelationSet]
"""The place of a map, the cells of a row of it, and what is known of its two ends."""

_COLLECTION = frozenset({"uuid", "metadata", "mappings", "back-matter"})
_MAPPING = frozenset(
    {"uuid", "source-resource", "target-resource", "maps", "props", "source-gap-summary", "target-gap-summary"}
)
_MAP = frozenset({"uuid", "ns", "relationship", "sources", "targets", "confidence-score", "props", "remarks"})
_ITEM = frozenset({"type", "id-ref", "props"})
_SIDES = ("source", "target")
_EXACT = 1e-9
PAIRS = 100_000
"""How many pairs the maps of a file may speak of, each of its sources with each of its targets."""
_SPOTS = {
    "subject_id": ".sources",
    "object_id": ".targets",
    "predicate_id": ".relationship",
    "confidence": ".confidence-score",
    "comment": ".remarks",
    **dict.fromkeys(FACTS.values(), ".props"),
}
_UNFOUND = {"subject_id": ".value", "comment": ".remarks"}


def _of_file(href: str) -> str | None:
    """Give the edition after which a file is called, as those that are written here are."""
    name = PurePath(href).name.removesuffix(".json")
    return name if "@" in name else None


def _stated(resource: Plain) -> str | None:
    """Give the edition that a resource of the back matter says it is; None where it says none."""
    places = [link["href"] for link in resource.get("rlinks", ())]
    stated = (ours(resource).get("edition"), *map(key_of, places), *map(_of_file, places))
    return next(filter(None, stated), None)


class _Maps:
    """Goes through a mapping collection and keeps what is wrong and what is not taken."""

    def __init__(self, collection: Plain, file: str, naming: Naming) -> None:
        self.counts: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.rows: list[Row] = []
        self._file, self._naming = file, naming
        listed = collection.get("back-matter", {}).get("resources", ())
        self._resources = {f"#{item['uuid']}": _stated(item) for item in listed}
        self._tokens: dict[EditionId, Cells] = {}
        self._pairs = 0

    def mapping(self, item: Plain, place: str, name: str) -> None:
        """Take the maps of a mapping as a set that is called *name*."""
        sides = [self._side(item[f"{side}-resource"], f"{place}.{side}-resource", side) for side in _SIDES]
        known = [{} if side is None else self._keys(side) for side in sides]
        pairs = (row for i, one in enumerate(item["maps"]) for row in self._map(one, f"{place}.maps[{i}]", known))
        listed = (list(self._joined(pairs)), _SPOTS), (list(self._unfound(item, place)), _UNFOUND)
        for side in _SIDES:
            self.counts["gaps"] += len(item.get(f"{side}-gap-summary", {}).get("unmapped-controls", ()))
        count_fields(item, _MAPPING, self.counts)
        source, target = (None if side is None else str(side.id) for side in sides)
        if source and target:
            naming = Naming(source=source, target=target, frameworks=self._naming.frameworks)
            for rows, spots in listed:
                try:
                    self.rows += mappings_of(rows, file=self._file, naming=naming, spots=spots, name=name)
                except InvalidDocument as error:
                    self.faults += error.faults

    def _framework(self, name: str) -> Framework:
        own = (item for item in self._naming.frameworks if name in {str(item.id), item.id.document})
        found = next(own, None)
        return load_framework(name) if found is None else found

    def _keys(self, framework: Framework) -> Cells:
        """Give the key of each id that our catalogue of a framework has."""
        if framework.id not in self._tokens:
            self._tokens[framework.id] = {token: str(key) for key, token in ids(framework).items()}
        return self._tokens[framework.id]

    def _side(self, item: Plain, place: str, side: str) -> Framework | None:
        """Give the framework that a resource stands for: what the reader was told, else what the file says."""
        if (given := getattr(self._naming, side)) is not None:
            return self._framework(given)
        href = item["href"]
        stated = ours(item).get("edition"), self._resources.get(href), key_of(href), _of_file(href)
        found = next(filter(None, stated), None)
        said = f"{excerpt(href)} does not say which framework this is; name it as the {side} (--{side})"
        if found is not None:
            try:
                return self._framework(found)
            except UnknownEdition as error:
                said = str(error)
        self.faults.append(Fault(self._file, f"{place}.href", said))
        return None

    def _map(self, item: Plain, place: str, tokens: list[dict[str, str]]) -> Iterator[Pair]:
        """Yield a row for each pair of a map, with what is known of the pair."""
        cells = {
            "comment": one_line(item.get("remarks", "")),
            **self._score(item),
            **self._facts(item.get("props", ())),
        }
        known = relations(item["relationship"], Scheme.OSCAL, self._file, f"{place}.relationship")
        if item.get("ns", OSCAL) != OSCAL:
            said = f"{excerpt(item['ns'])} gives this word a meaning of its own; only those of OSCAL are read"
            known = Fault(self._file, f"{place}.ns", said)
        ends = [[self._end(one, tokens[i]) for one in item[f"{side}s"]] for i, side in enumerate(_SIDES)]
        count_fields(item, _MAP, self.counts)
        if isinstance(known, Fault):
            self.faults.append(known)
            return
        counts = len(ends[0]), len(ends[1])
        full = self._pairs > PAIRS
        self._pairs += counts[0] * counts[1]
        if self._pairs > PAIRS:
            if not full:
                said = f"with this map the file speaks of more than {PAIRS:,} pairs; divide it"
                self.faults.append(Fault(self._file, place, said))
            return
        each = between_members(known, *counts)
        for one, other in itertools.product(*ends):
            yield place, {"subject_id": one, "object_id": other, **cells}, each

    def _joined(self, pairs: Iterable[Pair]) -> Iterator[tuple[str, Cells]]:
        """Join what several maps say of the same pair, as those of several controls at once may."""
        found: dict[tuple[str, ...], Pair] = {}
        for place, cells, known in pairs:
            about = cells["subject_id"], cells["object_id"], cells.get("author_label", "")
            first = found.setdefault(about, (place, cells, known))
            if first[0] != place:
                both = first[2] & known
                self.counts["repeated"] += 1
                if both.contradiction:
                    said = f"what {first[0]} says of {' and '.join(about[:2])} contradicts it"
                    self.faults.append(Fault(self._file, f"{place}.relationship", said))
                else:
                    found[about] = first[0], first[1], both
        for place, cells, known in found.values():
            yield place, {**cells, "predicate_id": predicate(known).value}

    def _end(self, item: Plain, tokens: dict[str, str]) -> str:
        """Give the key of an end: ours, else that of the id in our catalogue, else the id as it is."""
        mine = ours(item).get("key")
        self.counts["props"] += len(item.get("props", ())) - (mine is not None)
        count_fields(item, _ITEM, self.counts)
        written: str = item["id-ref"]
        return mine or tokens.get(written, written)

    def _score(self, item: Plain) -> Cells:
        score = item.get("confidence-score", {})
        self.counts["confidence"] += "category" in score
        if "percentage" not in score:
            return {}
        tenths = round(score["percentage"] * 10)
        self.counts["decimals"] += abs(score["percentage"] * 10 - tenths) > _EXACT
        return {"confidence": f"{tenths / 10:g}"}

    def _facts(self, props: Iterable[Plain]) -> Cells:
        """Give the columns that our properties stand for."""
        cells = {}
        for prop in props:
            if prop.get("ns") == BASE and prop["name"] in FACTS:
                cells[FACTS[prop["name"]]] = prop["value"]
            else:
                self.counts["props"] += 1
        return cells

    def _unfound(self, item: Plain, place: str) -> Iterator[tuple[str, Cells]]:
        """Yield a row for each source for which nothing was found, from properties that a group ties together."""
        groups: dict[str, list[Plain]] = {}
        heads = []
        for i, prop in enumerate(item.get("props", ())):
            if prop.get("ns") == BASE and prop["name"] == NOTHING:
                heads.append((prop, f"{place}.props[{i}]"))
            else:
                groups.setdefault(prop.get("group", ""), []).append(prop)
        for head, where in heads:
            props = groups.pop(head["group"], []) if "group" in head else []
            sure = {prop["name"]: prop["value"] for prop in props if prop["name"] == "confidence"}
            facts = self._facts(prop for prop in props if prop["name"] != "confidence")
            cells = {"subject_id": head["value"], "predicate_id": Predicate.NOTHING.value, **sure, **facts}
            yield where, cells | {"comment": one_line(head.get("remarks", ""))}
        self.counts["props"] += sum(map(len, groups.values()))


def read(content: Plain, file: str, naming: Naming) -> Reading:
    """
    Read the plain data of a file that is as `CollectionFile` says.

    Raises:
        InvalidDocument: with all faults, each with its place.
        UnknownEdition: *naming* names a framework that does not exist.
    """
    collection = content["mapping-collection"]
    head = collection["metadata"]
    found = _Maps(collection, file, naming)
    name, several = slug(head["title"]), len(collection["mappings"]) > 1
    for i, item in enumerate(collection["mappings"]):
        found.mapping(item, f"mapping-collection.mappings[{i}]", f"{name}: {i + 1}" if several else name)
    if found.faults:
        raise InvalidDocument.from_faults(tuple(found.faults))
    count_fields(head, HEAD, found.counts)
    count_fields(collection, _COLLECTION, found.counts)
    return Reading(
        format=f"OSCAL {head['oscal-version'].removeprefix('v')} mapping-collection",
        mappings=found.rows,
        dropped=left(found.counts),
        unknown=open_facts(found.rows),
    )
