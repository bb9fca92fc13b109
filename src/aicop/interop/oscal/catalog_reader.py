"""
Read OSCAL: a catalog becomes a framework, a mapping collection becomes mappings.

`aicop.interop.oscal.schema` defines the accepted structure. An OSCAL id that is not the id of the element is kept as an
alias, so that mappings in other files find it. Content that aicop cannot store is counted and reported.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from aicop.errors import Fault, InvalidId, count_phrase, excerpt, reject
from aicop.files.json_text import parse_json, without_garbage_collection
from aicop.files.text import TextCleaner
from aicop.ids import EditionId, split_key
from aicop.interop.common.builder import build_framework
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.identifiers import BASE
from aicop.interop.common.naming import UNKNOWN_EDITION, edition_for
from aicop.interop.oscal.catalog_writer import OWN_COLUMN, PREAMBLE
from aicop.interop.oscal.mapping_reader import read as read_mappings
from aicop.interop.oscal.schema import (
    HEAD,
    OSCAL,
    CatalogFile,
    Cells,
    CollectionFile,
    Plain,
    count_fields,
    omitted_phrases,
    ours,
)
from aicop.keys.control_index import fold
from aicop.schema.check import check_plain
from aicop.vocabulary import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_OTHERS = {
    "profile": "a profile, which only selects controls of a catalog (import that catalog, or the resolved profile)",
    "component-definition": "a component definition",
    "system-security-plan": "a system security plan",
    "assessment-plan": "an assessment plan",
    "assessment-results": "assessment results",
    "plan-of-action-and-milestones": "a plan of action and milestones",
}
_NATURES = frozenset({"", *Nature})
_ELEMENT = frozenset({"id", "class", "title", "params", "props", "links", "parts", "controls"})
_OF = {"control": _ELEMENT, "group": _ELEMENT | {"groups"}}
_PART = frozenset({"id", "name", "ns", "class", "props", "prose", "parts", "links"})
_CATALOG = frozenset({"uuid", "metadata", "groups", "controls", "back-matter"})


def _aliases(written: str | None, own: str) -> list[str]:
    """Return the OSCAL id of an element and a reference to it, as in a link, if that is not its id here."""
    return [] if written in {None, own} else [f"{written}", f"#{written}"]


class _Elements:
    """
    Collects the elements of a catalog, and counts the content that is not imported.

    Each element is kept with its sort key and its place in the file. Only catalogs that aicop wrote have sort keys: in
    a framework, an element is not always listed right after its parent, so the nesting alone loses the order.
    """

    def __init__(self, file: str, *, ours: bool) -> None:
        self.found: list[tuple[str, str, Plain]] = []
        self.counts: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.nameless = 0
        self.natureless = 0
        self.line = TextCleaner()
        self._file = file
        # In files that aicop wrote, these properties are read or can be derived, so they do not count as lost.
        self._used = {"key", "kind", "nature", "untitled"} if ours else set()
        self._shown = {"label", "sort-id"} if ours else set()
        self._last = ""
        self._own: Cells = {}

    def element(self, item: Plain, place: str, above: str, what: str) -> None:
        """Collect a group or control and everything below it; *above* is the id of its parent, or empty."""
        mine = self._props(item)
        own = above
        if mine is None:
            # If a withdrawn element has children, they move up to its parent.
            self.counts["withdrawn"] += 1
        else:
            # The key that aicop wrote is exact; the OSCAL id is a token made of it. Groups need not have an id at all.
            own = split_key(mine.get("key", ""))[1] or item.get("id") or self._named_by(place)
            self._take(item, place, above, what, mine, own)
            for name in ("params", "links"):
                self.counts[name] += len(item.get(name, ()))
            count_fields(item, _OF[what], self.counts)
        for below in ("groups", "controls") if what == "group" else ("controls",):
            for i, one in enumerate(item.get(below, ())):
                self.element(one, f"{place}.{below}[{i}]", own, below[:-1])

    def role(self, item: Plain, place: str) -> bool:
        """Collect a role as an element if aicop wrote it, and return whether it did."""
        mine = ours(item)
        if "key" in mine:
            words = self.line(item.get("description", ""))
            self._add(
                split_key(mine["key"])[1],
                place,
                _aliases(item.get("id"), split_key(mine["key"])[1]),
                kind="role",
                nature="role",
                title=self.line(item["title"]),
                words=words,
            )
        return "key" in mine

    def _add(self, own: str, place: str, aliases: list[str], extra: Cells | None = None, **cells: str) -> None:
        self.found.append((self._last, place, {"id": own, "aliases": aliases, "extra": extra, **cells}))

    def _named_by(self, place: str) -> str:
        self.nameless += 1
        return f"group-{'.'.join(str(int(i) + 1) for i in re.findall(r'[0-9]+', place))}"

    def _props(self, item: Plain) -> Cells | None:
        """Return the aicop properties of an element, and keep its own columns; None if OSCAL marks it as withdrawn."""
        mine = {}
        self._own = {}
        for prop in item.get("props", ()):
            name, ns = prop["name"], prop.get("ns", OSCAL)
            if ns == BASE and name in self._used:
                mine[name] = prop["value"]
            elif ns == OWN_COLUMN and self._used:
                self._own[prop.get("remarks", name)] = self.line(prop["value"])
            elif name == "status" and ns == OSCAL and prop["value"].lower() == "withdrawn":
                return None
            elif name not in self._shown:
                self.counts["props"] += 1
            elif name == "sort-id":
                self._last = prop["value"]
        return mine

    def _take(self, item: Plain, place: str, above: str, what: str, mine: Cells, own: str) -> None:  # noqa: PLR0913, PLR0917 -- what is known of an element
        nature = mine.get("nature", "")
        if nature not in _NATURES:
            said = f"{excerpt(nature)} is not a nature; use one of: {', '.join(Nature)}"
            self.faults.append(Fault(self._file, f"{place}.props", said))
        self.natureless += not nature
        kind = self.line(item.get("class", ""))
        # Some catalogs repeat the id in the class, which says nothing about the kind of element.
        if not kind or fold(kind) == fold(own):
            kind = what
        title = self.line(item["title"])
        words, statements = self._words(item.get("parts", ()), "overview" if what == "group" else "statement")
        cells = {"parent": above, "kind": self.line(mine.get("kind", "")) or kind, "nature": nature, "words": words}
        # OSCAL requires a title, so some catalogs repeat the id. aicop does too, but marks it with `untitled`.
        repeated = not mine and title == own
        self.counts["titles"] += repeated
        shown = "" if repeated or "untitled" in mine else title
        self._add(own, place, _aliases(item.get("id"), own), self._own, **cells, title=shown)
        for key, text, part in statements:
            names = _aliases(item["parts"][part].get("id"), key)
            spot = f"{place}.parts[{part}]"
            self._add(key, spot, names, parent=own, kind="statement", nature="requirement", words=text)

    def _words(self, parts: Iterable[Plain], wanted: str) -> tuple[str, list[tuple[str, str, int]]]:
        """Return the text of an element, and its statements that are aicop elements, with the index of their part."""
        texts: list[str] = []
        statements = []
        for i, part in enumerate(parts):
            if part["name"] != wanted or part.get("class") == PREAMBLE:
                self._leave(part)
                continue
            text = self.line(" ".join(self._prose(part)))
            texts.append(text)
            key = split_key(ours(part).get("key", ""))[1] if self._used else ""
            if key:
                # `_prose` has counted the key as a property that was not imported.
                self.counts["props"] -= 1
                statements.append((key, text, i))
        # Statements of an edition have no full stop, so they are joined as in `aicop.frameworks.edition_view`.
        return (". " if statements else " ").join(filter(None, texts)), statements

    def _prose(self, part: Plain) -> Iterator[str]:
        """Yield the text of a part and of the parts below it, and count the rest."""
        yield part.get("prose", "")
        for name in ("props", "links"):
            self.counts[name] += len(part.get(name, ()))
        count_fields(part, _PART, self.counts)
        for below in part.get("parts", ()):
            yield from self._prose(below)

    def _leave(self, part: Plain) -> None:
        """Count a part that is not imported, and the parts below it."""
        self.counts["parts"] += 1
        for below in part.get("parts", ()):
            self._leave(below)


def _publisher(head: Plain, line: TextCleaner) -> str | None:
    """Return the name of the party that issued a document, or None if no such party is named."""
    names = {party["uuid"]: party.get("name", "") for party in head.get("parties", ())}
    # OSCAL does not require a publisher, so the other roles are fallbacks, in this order.
    listed = (
        uuid
        for role in ("publisher", "creator", "author", "prepared-by")
        for one in head.get("responsible-parties", ())
        if one["role-id"] == role
        for uuid in one["party-uuids"]
    )
    return next(filter(None, (line(names.get(uuid, "")) for uuid in listed)), None)


def _edition_of_document(head: Plain, file: str, place: str) -> str | None:
    """
    Return the edition that a document written by aicop states, or None for any other document.

    Raises:
        InvalidDocument: the stated text is not the id of an edition.
    """
    written = ours(head).get("edition")
    if written is not None:
        try:
            EditionId.parse(written)
        except InvalidId as error:
            reject(file, f"{place}.props", str(error))
    return written


def _catalog(content: Plain, file: str, options: ImportOptions) -> ImportResult:
    catalog, head = content["catalog"], content["catalog"]["metadata"]
    stated = _edition_of_document(head, file, "catalog.metadata")
    elements = _Elements(file, ours=stated is not None)
    for name in (name for name in catalog if name in {"groups", "controls"}):
        for i, item in enumerate(catalog[name]):
            elements.element(item, f"catalog.{name}[{i}]", "", name[:-1])
    roles = [
        item for i, item in enumerate(head.get("roles", ())) if elements.role(item, f"catalog.metadata.roles[{i}]")
    ]
    counts = elements.counts
    publisher = _publisher(head, elements.line)
    count_fields(head, HEAD, counts)
    count_fields(catalog, _CATALOG, counts)
    count_fields(catalog.get("back-matter", {}), frozenset(), counts)
    # `count_fields` counts whole fields; take back the items of them that were imported.
    taken = publisher is not None
    counts.subtract({"roles": len(roles), "props": stated is not None, "parties": taken, "responsible-parties": taken})
    edition = edition_for(options, head["title"], head.get("version"), stated)
    facts = {"title": elements.line(head["title"]), "publisher": publisher}

    # The sort is stable, so elements without a sort key keep the order of the file.
    found = sorted(elements.found, key=lambda one: one[0])

    def spot(i: int, field: str) -> str:
        return f"{found[i][1]}.{'id' if field == 'parent' else field}"

    framework = build_framework(edition, facts, (cells for _, _, cells in found), file, spot, elements.faults)
    open_ = {
        "the id of {} (derived from the position)": (elements.nameless, "group"),
        "the nature of {} (assumed: requirement)": (elements.natureless, "element"),
        "the edition of {}": (edition.label == UNKNOWN_EDITION, "framework"),
    }
    return ImportResult(
        format=f"OSCAL {head['oscal-version'].removeprefix('v')} catalog",
        frameworks=(framework,),
        dropped=(*omitted_phrases(counts), *elements.line.omission_phrases()),
        unstated=[words.format(count_phrase(count, what)) for words, (count, what) in open_.items() if count],
    )


def loads(content: bytes | str, file: str, options: ImportOptions) -> ImportResult:
    """
    Read a catalog as a framework, or a mapping collection as mappings.

    Raises:
        InvalidDocument: with all faults, each with its place.
        InvalidId: *options* gives the framework in the file an invalid key or label.
        UnknownEdition: *options* names a framework that does not exist.
    """
    # Reading allocates many objects that all stay alive, so garbage collection would cost time and free nothing.
    with without_garbage_collection():
        return _read(content, file, options)


def _read(content: bytes | str, file: str, options: ImportOptions) -> ImportResult:
    value = parse_json(content, file)
    if not isinstance(value, dict):
        reject(file, "", f"must be a JSON object, not {type(value).__name__}")
    if "catalog" in value:
        check_plain(CatalogFile, value, file)
        return _catalog(value, file, options)
    if "mapping-collection" in value:
        held = value["mapping-collection"]
        if isinstance(held, dict) and isinstance(held.get("mappings"), dict):
            # OSCAL allows a single mapping to be written without a list around it.
            held["mappings"] = [held["mappings"]]
        check_plain(CollectionFile, value, file)
        return read_mappings(value, file, options)
    other = next((said for root, said in _OTHERS.items() if root in value), "no model of OSCAL")
    return reject(file, "", f"contains {other}; only a catalog or a mapping-collection can be imported")
