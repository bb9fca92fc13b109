"""
Read the frameworks and mappings of CISO Assistant libraries.

The id of an element is the reference of its node, or the end of its URN if the reference is missing or not unique. It
is shortened if it is too long, and gets a number if another element has it. The URN is kept as an alias, so that
mappings in another library find the element; so is a reference that is not the id. In libraries that aicop wrote, the
annotations are read as well.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from aicop.errors import (
    Fault,
    InvalidDocument,
    InvalidId,
    UnknownEdition,
    count_phrase,
    excerpt,
    join_path,
    quote_field,
    reject,
)
from aicop.files.text import TextCleaner, one_line
from aicop.files.yaml_text import parse_yaml
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import EditionId
from aicop.interop.ciso_assistant.node_ids import aliases_of, ids_of
from aicop.interop.ciso_assistant.schema import (
    FrameworkSchema,
    LibrarySchema,
    MappingSchema,
    NodeSchema,
    SetSchema,
    shape_faults,
    unread_fields,
)
from aicop.interop.ciso_assistant.urns import (
    FRAMEWORK,
    NODE,
    SHIPPED,
    edition_from_reference,
    ours,
    own_id,
    read_annotation,
    tail,
    urn,
)
from aicop.interop.ciso_assistant.urns import node as node_urn
from aicop.interop.common.builder import MAX_ID_LENGTH, build_framework, relation_or_fault
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.merging import MERGED, StatedRow, merge_rows, stated_row
from aicop.interop.common.naming import edition_for
from aicop.interop.common.resolver import NamedResources, SideOptions
from aicop.interop.common.rows import unstated_facts
from aicop.mappings.rules import strength_fault
from aicop.relations import Scheme, predicate
from aicop.vocabulary import Nature, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.frameworks.framework import Framework
    from aicop.model.mapping import Mapping as Row

Plain = dict[str, Any]

_RATIONALES = frozenset({"syntactic", "semantic", "functional"})
_WORDS = {
    "translations": "translation",
    "annotation": "annotation",
    "importance": "importance",
    "typical_evidence": "note on typical evidence|notes on typical evidence",
    "reference_controls": "link to a reference control|links to reference controls",
    "threats": "link to a threat|links to threats",
    "questions": "question",
    "implementation_groups": "assignment to an implementation group|assignments to implementation groups",
    "rationale": "kind of rationale|kinds of rationale",
    "said": "rationale besides the one in the annotation|rationales besides those in annotations",
    "lines": "line of an annotation|lines of annotations",
    **{name: "|".join(said) for name, said in MERGED.items()},
    "shortened": f"id shortened to {MAX_ID_LENGTH} characters|ids shortened to {MAX_ID_LENGTH} characters",
    "numbered": "id with a number added, because another element has it"
    "|ids with a number added, because other elements have them",
    "references": "reference that cannot be used as an id|references that cannot be used as ids",
    "strength": "strength that does not fit its relation|strengths that do not fit their relations",
    "inverse": "mapping set that is the inverse of another|mapping sets that are the inverses of others",
}
"""The singular of each kind of content that is not imported and, after a bar, its plural if it is irregular."""
_SIDES = ("source", "target")
_INVERTED = {"subset": "superset", "superset": "subset"}
_IMPLIED = frozenset({"depth"})
_NODE_FACTS = ("kind", "nature", "title")


def read(content: bytes | str, file: str, options: ImportOptions, row_facts: Iterable[str]) -> ImportResult:
    """
    Read a library; *row_facts* names the columns of a mapping that aicop writes to its annotation.

    Raises:
        InvalidDocument: with all faults, each with its place.
        InvalidId: *options* gives a framework in the file an invalid key or label.
        UnknownEdition: *options* names a framework that does not exist.
        MissingExtra: PyYAML is not installed.
    """
    value = parse_yaml(content, file)
    if not isinstance(value, dict):
        reject(file, "", f"must be a mapping, not {type(value).__name__}")
    return _Library(value, file, options, tuple(row_facts)).read()


def _size(value: object) -> int:
    """Return the number of items of a list or mapping, and 1 for any other value."""
    return len(value) if isinstance(value, dict | list) else 1


def _count_claims(part: Plain, *, turned: bool = False) -> Counter[tuple[str, str, str]]:
    """Count the claims of a set by source, target and relationship, or those of its inverse if *turned*."""
    ends = ("target", "source") if turned else ("source", "target")
    rows = part["requirement_mappings"]
    return Counter(
        (
            *(row[f"{end}_requirement_urn"].lower() for end in ends),
            _INVERTED.get(row["relationship"], row["relationship"]) if turned else row["relationship"],
        )
        for row in rows
    )


class _Library:
    """Reads a library, collects its faults, and counts the content that is not imported."""

    def __init__(self, value: Plain, file: str, options: ImportOptions, row_facts: tuple[str, ...]) -> None:
        self._value, self._file, self._options, self._row_facts = value, file, options, row_facts
        self._faults: list[Fault] = []
        self._left: Counter[str] = Counter()
        self._line = TextCleaner()
        self._fields: dict[str, set[str]] = {"the library": set(), "frameworks": set(), "mapping sets": set()}
        self._frameworks: list[Framework] = []
        # By URN in lower case: the written key of each node in the file, and the edition of each framework.
        self._keys: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        self._ends: dict[str, dict[str, str]] = {}
        self._aliased: dict[str, bool] = {}
        self._names: set[str] = set()
        self._natureless = 0
        self._resources = NamedResources(options)
        self._sides = SideOptions(ImportOptions(), (), lambda *_: False)

    def _text(self, value: object) -> str:
        return "" if value is None else self._line(str(value))

    def _fault(self, place: str, said: str) -> None:
        self._faults.append(Fault(self._file, place, said))

    def _settle(self) -> None:
        """Raise `InvalidDocument` if any fault has been recorded."""
        if self._faults:
            raise InvalidDocument.from_faults(tuple(self._faults))

    def read(self) -> ImportResult:
        """
        Return the content of the library.

        Raises:
            InvalidDocument: with all faults of the first step that finds any, because each step relies on the previous
                ones.
        """
        self._faults += shape_faults(LibrarySchema, self._value, self._file)
        self._settle()
        frameworks, sets = self._parts("framework"), self._parts("requirement_mapping_set")
        for place, part in frameworks:
            self._faults += shape_faults(FrameworkSchema, part, self._file, place)
        for place, part in sets:
            self._faults += shape_faults(SetSchema, part, self._file, place)
        self._settle()
        self._fields["the library"] = unread_fields(self._value, LibrarySchema)
        for place, part in frameworks:
            self._framework(place, part)
        self._settle()
        straight = list(self._straight(sets))
        self._resolve_sides(straight)
        mappings = [row for place, part in straight for row in self._set(place, part)]
        urns = (part[f"{side}_framework_urn"] for _, part in sets for side in _SIDES)
        self._faults += self._resources.unused(self._file, urns)
        self._settle()
        return ImportResult(
            format="ciso-assistant",
            frameworks=self._frameworks,
            mappings=mappings,
            dropped=self._omission_phrases(),
            unstated=(*self._open_natures(), *unstated_facts(mappings)),
        )

    def _parts(self, name: str) -> list[tuple[str, Any]]:
        """Return the frameworks or the sets, each with its place; the name of their field may be singular or plural."""
        objects = self._value["objects"]
        fields = (name, f"{name}s")
        if all(field in objects for field in fields):
            self._fault(f"objects.{fields[1]}", f"cannot be used together with objects.{name}; remove one of the two")
        found: list[tuple[str, Any]] = []
        for field in fields:
            part, place = objects.get(field), f"objects.{field}"
            if part is not None:
                found += (
                    [(join_path(place, i), one) for i, one in enumerate(part)]
                    if isinstance(part, list)
                    else [(place, part)]
                )
        return found

    def _open_natures(self) -> Iterator[str]:
        """Yield a phrase with the number of elements of unknown nature: they are not assessable and state none."""
        # Such a node can be a heading or an explanation, or its parts can be requirements.
        if self._natureless:
            said = "element that is not assessable", "elements that are not assessable"
            yield f"the nature of {count_phrase(self._natureless, *said)} (assumed: requirement)"

    def _omission_phrases(self) -> Iterator[str]:
        """Yield phrases that count the content that is not imported."""
        for of, fields in self._fields.items():
            if fields:
                yield f"fields of {of}: {', '.join(map(quote_field, sorted(fields)))}"
        # The unary plus removes zero counts, for example of annotations whose lines were all read.
        for name, count in (+self._left).items():
            shown = quote_field(name)
            one, _, several = _WORDS.get(name, f"field {shown}|fields {shown}").partition("|")
            yield count_phrase(count, one, several or None)
        for name, part in self._value["objects"].items():
            if part and name.removesuffix("s") not in {"framework", "requirement_mapping_set"}:
                yield f"objects.{quote_field(name)}: {_size(part) if isinstance(part, list) else 1:,}"
        yield from self._line.omission_phrases()

    def _edition(self, place: str, part: Plain, title: str) -> EditionId | None:
        """Return the edition id for a framework; record a fault and return None if it is invalid."""
        stated = None
        if ours(part["urn"]):
            stated = edition_from_reference(one_line(str(part["ref_id"])))
            try:
                EditionId.parse(stated)
            except InvalidId as error:
                self._fault(f"{place}.ref_id", str(error))
                return None
        found = edition_for(self._options, title, str(self._value["version"]), stated)
        if any(one.id == found for one in self._frameworks):
            self._fault(place, f"{found} is already the id of another framework in this library")
        return found

    def _framework(self, place: str, part: Plain) -> None:
        nodes, title = part["requirement_nodes"], self._text(part.get("name")) or one_line(str(part["ref_id"]))
        references = [self._text(node.get("ref_id")) for node in nodes]
        ids = ids_of(nodes, references, self._left)
        mine = ours(part["urn"])
        places = self._places(f"{place}.requirement_nodes", nodes)
        controls: list[Plain] = [
            self._control(f"{place}.requirement_nodes[{i}]", node, mine=mine)
            | {
                "id": ids[i],
                "aliases": aliases_of(node["urn"], references[i], ids[i], mine=mine),
                "parent": None if (above := places.get((node.get("parent_urn") or "").lower())) is None else ids[above],
            }
            for i, node in enumerate(nodes)
        ]
        edition = self._edition(place, part, title)
        # A framework built from faulty nodes would report the same faults again.
        if self._faults or edition is None:
            return

        # Faults name the field that the id was taken from.
        def spot(i: int, field: str) -> str:
            told_by = {"id": "ref_id" if ids[i] == references[i] else "urn", "parent": "parent_urn"}
            return f"{place}.requirement_nodes[{i}].{told_by.get(field, field)}"

        said = self._read_annotation(part, ["title"]) if mine else {}
        about = {
            "title": self._text(said.get("title")) or title,
            "publisher": self._text(self._value.get("provider")) or None,
        }
        try:
            self._frameworks.append(build_framework(edition, about, controls, self._file, spot))
        except InvalidDocument as error:
            self._faults += error.faults
        self._homes[part["urn"].lower()] = str(edition)
        self._keys |= {node["urn"].lower(): f"{edition}:{own}" for node, own in zip(nodes, ids, strict=True)}
        self._fields["frameworks"] |= unread_fields(part, FrameworkSchema) - ({"annotation"} if mine else set())
        if repeated := sum(one not in {"", own} for one, own in zip(references, ids, strict=True)):
            self._left["references"] += repeated

    def _read_annotation(self, item: Plain, names: Iterable[str]) -> dict[str, str]:
        """Return the facts with the given names from an annotation that aicop wrote, and count its other lines."""
        annotation = str(item.get("annotation") or "")
        found = read_annotation(annotation, names)
        self._left["lines"] += sum(map(bool, annotation.split("\n"))) - len(found)
        return found

    def _places(self, place: str, nodes: Sequence[Plain]) -> dict[str, int]:
        """Return the index of each node by URN; record repeated URNs and missing parents as faults."""
        found: dict[str, int] = {}
        for i, node in enumerate(nodes):
            if (first := found.setdefault(node["urn"].lower(), i)) != i:
                self._fault(f"{place}[{i}].urn", f"{excerpt(node['urn'])} is already used at {place}[{first}].urn")
        for i, node in enumerate(nodes):
            above = node.get("parent_urn")
            if above and above.lower() not in found:
                self._fault(f"{place}[{i}].parent_urn", f"no requirement node has the URN {excerpt(above)}")
        return found

    def _control(self, place: str, node: Plain, *, mine: bool) -> Plain:
        """Return the facts about the element of a node, and count the facts that are not imported."""
        stated = self._read_annotation(node, _NODE_FACTS) if mine else {}
        more = {name: text for name, said in stated.items() if (text := self._text(said))}
        if more.get("nature", Nature.REQUIREMENT) not in set(Nature):
            self._fault(
                f"{place}.annotation", f"{excerpt(more['nature'])} is not a nature; use one of: {', '.join(Nature)}"
            )
        for name in sorted(unread_fields(node, NodeSchema) - _IMPLIED - ({"annotation"} if mine else set())):
            self._left[name] += _size(node[name])
        plain: Plain = {
            "kind": "requirement" if node.get("assessable") else "heading",
            "title": self._text(node.get("name")),
            "words": self._text(node.get("description")),
        }
        self._natureless += "nature" not in more and not node.get("assessable")
        return plain | more

    def _resolve_sides(self, sets: Sequence[tuple[str, Plain]]) -> None:
        """Resolve the frameworks that the options mean by source and target."""
        named = {(side, part[f"{side}_framework_urn"].lower()): part for _, part in sets for side in _SIDES}
        pairs = [(part["source_framework_urn"].lower(), part["target_framework_urn"].lower()) for _, part in sets]
        # The frameworks of the file itself can be named too.
        options = attrs.evolve(self._options, frameworks=(*self._frameworks, *self._options.frameworks))
        self._resources = NamedResources(options)
        self._sides = SideOptions(
            options, pairs, lambda *one: one in named and self._stated_home(one[0], named[one]) is not None
        )
        for problem in self._sides.problems:
            self._fault("", problem)

    def _straight(self, sets: Sequence[tuple[str, Plain]]) -> Iterator[tuple[str, Plain]]:
        """Yield the sets, except for sets by aicop that are the inverse of another set in the file."""
        there = {part["urn"].lower(): _count_claims(part) for _, part in sets}
        skipped: set[str] = set()
        for place, part in sets:
            own = part["urn"].lower()
            turned = read_annotation(str(part.get("annotation") or ""), ["inverse_of"]).get("inverse_of", "").lower()
            # A set with additional claims is read: somebody has added to it, so it is not just an inverse.
            if ours(own) and turned in there.keys() - skipped and _count_claims(part, turned=True) <= there[turned]:
                self._left["inverse"] += 1
                skipped.add(own)
                continue
            yield place, part

    def _at_hand(self, name: str) -> Framework:
        """Return the framework with this name from the file, otherwise the user's, otherwise the shipped one."""
        known = (*self._frameworks, *self._options.frameworks)
        own = (one for one in known if name in {one.id.document, str(one.id)})
        found = next(own, None)
        return load_framework(name) if found is None else found

    def _edition_called(self, name: str) -> str:
        """Return the id, as text, of the edition with this name."""
        return str(self._at_hand(name).id)

    def _home(self, side: str, place: str, part: Plain) -> str | None:
        """Return the edition on a side of a set; record a fault and return None if it is not known."""
        given = part[f"{side}_framework_urn"]
        named = self._resources.framework(given, given.lower())
        named = self._sides.framework(side, given.lower()) if named is None else named
        home = self._stated_home(side, part) if named is None else str(named.id)
        if home is None:
            said = (
                f"{excerpt(given)} is not a known framework; add it to your library, or say which it is with "
                f"--resource URN=FRAMEWORK, or --{side} if it is the only one"
            )
            self._fault(f"{place}.{side}_framework_urn", said)
        return home

    def _stated_home(self, side: str, part: Plain) -> str | None:
        """Return the edition that the URN on a side of a set names, or None if it is not known."""
        given = part[f"{side}_framework_urn"]
        if (home := self._homes.get(given.lower())) is not None:
            return home
        name = tail(given.lower(), FRAMEWORK)
        if ours(given):
            # A URN is in lower case. The annotation has the original case, and is used if it agrees with the URN.
            stated = read_annotation(str(part.get("annotation") or ""), [side]).get(side, "")
            name = (
                stated if urn("framework", stated.replace("@", "_")) == given.lower() else edition_from_reference(name)
            )
        for called in dict.fromkeys((name, SHIPPED.get(name, name))):
            with contextlib.suppress(UnknownEdition):
                return self._edition_called(called)
        return None

    def _set(self, place: str, part: Plain) -> tuple[Row, ...]:
        """Return the mappings of a set; if it has faults, record them and return no mappings."""
        mine = ours(part["urn"])
        homes = {side: self._home(side, place, part) for side in _SIDES}
        rows: list[StatedRow] = []
        for i, item in enumerate(part["requirement_mappings"]):
            spot = f"{place}.requirement_mappings[{i}]"
            ends = (self._end(spot, item, side, part, homes[side]) for side in homes)
            cells = dict(zip(("source", "target"), ends, strict=True))
            rows.append(stated_row(spot, cells | self._row(spot, item, mine=mine)))
        self._fields["mapping sets"] |= unread_fields(part, SetSchema) - ({"annotation"} if mine else set())
        if None in homes.values():
            return ()
        spots = dict.fromkeys(self._row_facts, ".annotation") | {
            "source": ".source_requirement_urn",
            "target": ".target_requirement_urn",
            "relationship": ".relationship",
            "strength": ".strength_of_relationship",
        }
        options = ImportOptions(frameworks=(*self._frameworks, *self._options.frameworks))
        # The name distinguishes the mappings of different sets, so a repeated name gets a number.
        name = self._text(part["name"])
        numbered = itertools.chain([name], (f"{name}: {number}" for number in itertools.count(2)))
        name = next(one for one in numbered if one not in self._names)
        self._names.add(name)
        try:
            found, again = merge_rows(rows, file=self._file, options=options, spots=spots, name=name)
        except InvalidDocument as error:
            self._faults += error.faults
            return ()
        self._left.update(again)
        return found

    def _end(self, place: str, item: Plain, side: str, part: Plain, home: str | None) -> str:
        """Return the key of a source or target as text; whether it exists is checked later."""
        given = item[f"{side}_requirement_urn"].lower()
        if (key := self._keys.get(given)) is not None:
            return key
        # In other libraries, the URN of a node can have any base; in aicop's, it has the base of the framework.
        framework = part[f"{side}_framework_urn"].lower()
        if ours(framework) and not given.startswith(f"{framework.replace(':framework:', ':req_node:', 1)}:"):
            self._fault(f"{place}.{side}_requirement_urn", f"{excerpt(given)} is not a node of {excerpt(framework)}")
        own = tail(given, NODE)
        if home is None:
            return own
        known = self._at_hand(home)
        if (named := known.key_of_alias(given)) is not None:
            return str(named)
        if ours(given):
            return self._of_urns(home).get(own) or f"{home}:{own_id(given)}"
        # The end of a URN is only a guess at the id. If the element with this id is known by another URN of the same
        # library, the guess is wrong, so the whole URN is looked up instead, and reported as unknown.
        guessed = known.get(f"{home}:{own}") if self._has_aliases(home) else None
        start = given.removesuffix(own)
        other = guessed is not None and any(alias.startswith(start) for alias in guessed.aliases)
        return f"{home}:{given if other else own}"

    def _has_aliases(self, home: str) -> bool:
        """Return whether any element of an edition has an alias; frameworks that ship have none."""
        if home not in self._aliased:
            self._aliased[home] = any(item.aliases for item in self._at_hand(home).controls)
        return self._aliased[home]

    def _of_urns(self, home: str) -> dict[str, str]:
        """Return the keys of an edition's elements, as text, by the end of their URN, if the ends are unique."""
        # The end of a URN has lost case and punctuation, so it cannot be converted back into an id.
        if home not in self._ends:
            found = [(tail(node_urn(key), NODE), str(key)) for key in self._at_hand(home)]
            counts = Counter(end for end, _ in found)
            self._ends[home] = {end: key for end, key in found if counts[end] == 1}
        return self._ends[home]

    def _row(self, place: str, item: Plain, *, mine: bool) -> dict[str, str]:
        """Return the facts of a mapping, by column, without its source and target."""
        known = relation_or_fault(item["relationship"], Scheme.CISO_ASSISTANT, self._file, f"{place}.relationship")
        if isinstance(known, Fault):
            self._faults.append(known)
        # After a fault the rows are not used, so any predicate will do.
        said = Predicate.RELATED if isinstance(known, Fault) else predicate(known)
        rationale, annotation = self._text(item.get("rationale")), item.get("annotation")
        # The field can contain one of three kinds of rationale; any other text is itself a rationale.
        if rationale in _RATIONALES:
            self._left["rationale"] += 1
            rationale = ""
        if mine and rationale:
            self._left["said"] += 1
        comment = " ".join(filter(None, (rationale, self._text(annotation))))
        strength = item.get("strength_of_relationship")
        # In a library by aicop, a strength that does not fit its relation is a fault, which is found later.
        if not mine and strength_fault(said, strength):
            self._left["strength"] += 1
            strength = None
        for name in sorted(unread_fields(item, MappingSchema)):
            self._left[name] += _size(item[name])
        return {"relationship": said, "strength": "" if strength is None else str(strength)} | (
            self._read_annotation(item, self._row_facts) if mine else {"rationale": comment}
        )
