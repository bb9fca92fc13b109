"""
Read SSSOM/TSV: the header, and the ids, predicates and facts of each row.

This module also defines the names that `aicop.interop.sssom.writer` uses.

Source: SSSOM 1.0, data model and SSSOM/TSV.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs

from aicop.errors import MAX_FAULTS, TOO_MANY_FAULTS, Fault, InvalidDocument, count_phrase, excerpt, quote_field, reject
from aicop.files.text import TextCleaner
from aicop.files.yaml_text import parse_yaml
from aicop.frameworks.shipped import available
from aicop.ids import split_key
from aicop.interop.common.builder import relation_or_fault
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.identifiers import BASE, day, key_from_iri
from aicop.interop.common.merging import MERGED, ROUNDED, confidence_of_share, merge_rows, stated_row
from aicop.interop.common.resolver import NamedResources
from aicop.interop.common.rows import unstated_facts
from aicop.interop.sssom.table import split_header, table
from aicop.manifest import editions
from aicop.mappings.columns import SSSOM as COLUMN_NAMES
from aicop.relations import Scheme, predicate
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.interop.common.merging import StatedRow
    from aicop.model.mapping import Mapping as Row

SKOS = "http://www.w3.org/2004/02/skos/core#"
SSSOM = "https://w3id.org/sssom/"
BUILT_IN = {
    "linkml": "https://w3id.org/linkml/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS,
    "sssom": SSSOM,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that a header may omit, and may not redefine."""
NO_TERM_FOUND = f"{SSSOM}NoTermFound"
_NOTHING = frozenset({NO_TERM_FOUND, f"{SSSOM}NoMapping"})
"""Both names of the object of a row that states that nothing was found; the second is the older one."""
_LITERAL = "rdfs literal"
"""The type of a subject or object that is a text, without an id."""
EXTENSIONS = (
    *("basis", "knowledge", "month", "object_digest"),
    *("remainder", "reverse_remainder", "reverse_strength", "settlement", "strength", "subject_digest"),
)
"""
aicop's fields for which SSSOM has no slot, in the order of their properties.

``month`` is written if only the month of a judgement is known, since ``mapping_date`` must be a day.
"""

_VERSIONS = ("1.0", "1.1")
_WORDS = {f"{BASE}{word}": word for word in Predicate if word is not Predicate.NOTHING}
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MAX_NUMBER_LENGTH = 30
"""More characters than any program writes for a floating-point number."""
_READ_SLOTS = {"subject_id", "predicate_id", "object_id", "author_label", "mapping_date", "confidence", "comment"}
_TEXTS = ("author_label", "comment", "remainder", "reverse_remainder", "settlement")
OURS = {theirs: ours for ours, theirs in COLUMN_NAMES.items()}
"""aicop's column for each slot of SSSOM, and each of the extensions, whose name differs."""
_SIDES = {"subject_id": "source", "object_id": "target"}
_OTHERS = tuple((name, BUILT_IN[name]) for name in ("owl", "rdfs", "sssom"))
"""The prefixes of the predicates of `aicop.relations.Scheme.OWL`, each with the beginning of the IRI."""


class _Header:
    """
    The header: its prefixes, the extension slots of aicop, and its other facts.

    Raises:
        InvalidDocument: with all faults of the header.
    """

    def __init__(self, lines: list[str], file: str) -> None:
        value = parse_yaml("\n".join(line[1:] for line in lines), file) if lines else None
        if not isinstance(value, dict | None):
            reject(file, "the header", "must be a YAML mapping of names to values")
        self.facts: dict[str, Any] = value or {}
        self.version: str | None = None
        self._faults: list[Fault] = []
        self._file = file
        self._prefixes = self._prefix_map()
        self.slots = self._own_slots()
        if (version := self.facts.get("sssom_version")) is not None:
            self.version = str(version)
            if self.version not in _VERSIONS:
                said = f"version {excerpt(self.version)} is not supported; use {' or '.join(_VERSIONS)}"
                self._fault("sssom_version", said)
        if self._faults:
            raise InvalidDocument.from_faults(tuple(self._faults))

    def _fault(self, place: str, problem: str) -> None:
        self._faults.append(Fault(self._file, place, problem))

    def _prefix_map(self) -> dict[str, str]:
        """Return the beginning of an IRI for each prefix; record faults."""
        given = self.facts.get("curie_map") or {}
        if not isinstance(given, dict):
            self._fault("curie_map", "must be a YAML mapping of prefixes to IRIs")
            return {}
        for prefix, start in given.items():
            place = f"curie_map.{quote_field(prefix)}"
            if not isinstance(start, str) or not start:
                self._fault(place, "must be the beginning of an IRI")
            elif start != BUILT_IN.get(prefix, start):
                self._fault(place, f"SSSOM defines {prefix} as {BUILT_IN[prefix]}; use another prefix")
        return BUILT_IN | given

    def _own_slots(self) -> dict[str, str]:
        """Return the aicop fields in extension slots, by slot; record faults."""
        given = self.facts.get("extension_definitions") or []
        if not isinstance(given, list):
            self._fault("extension_definitions", "must be a list")
            return {}
        found: dict[str, str] = {}
        for item in given:
            # SSSOM requires malformed definitions to be ignored.
            slot, meaning = (item.get("slot_name"), item.get("property")) if isinstance(item, dict) else (None, None)
            if isinstance(slot, str) and isinstance(meaning, str) and not self._faults:
                name = (self.expand(meaning) or "").removeprefix(BASE)
                if name in EXTENSIONS and (slot in _READ_SLOTS or name in found.values()):
                    said = (
                        f"defines {excerpt(slot)}, which is a slot of SSSOM; use another name"
                        if slot in _READ_SLOTS
                        else f"defines {name} more than once"
                    )
                    self._fault("extension_definitions", said)
                elif name in EXTENSIONS:
                    found[slot] = name
        return found

    def prefixes(self) -> list[str]:
        """Return the prefixes that the file defines itself."""
        return [prefix for prefix in self._prefixes if prefix not in BUILT_IN]

    def expand(self, curie: str) -> str | None:
        """Return the IRI of a CURIE, or None if it has no prefix or an unknown one."""
        prefix, colon, local = curie.partition(":")
        start = self._prefixes.get(prefix)
        return None if start is None or not colon else f"{start}{local}"

    def editions(self, options: ImportOptions) -> ImportOptions:
        """Return the options, with the known editions that the header states for sides that the options do not name."""
        own = {str(item.id) for item in options.frameworks}
        shipped = {str(item.id) for item in available()} | set(map(str, editions()))
        stated: dict[str, Any] = {}
        for slot, side in (("subject_source", "source"), ("object_source", "target")):
            edition = (self.expand(str(self.facts.get(slot))) or "").removeprefix(BASE)
            if getattr(options, side) is None and edition in own | shipped:
                stated[side] = edition
        return attrs.evolve(
            options, source=stated.get("source", options.source), target=stated.get("target", options.target)
        )

    def unread(self, propagated: bool) -> list[str]:  # noqa: FBT001 -- whether rows use the header's date
        """Return the names of the header's facts that are not imported, in alphabetical order."""
        taken = {"curie_map", "extension_definitions", "sssom_version"} | ({"mapping_date"} if propagated else set())
        for side in ("subject_source", "object_source"):
            if (self.expand(str(self.facts.get(side))) or "").startswith(BASE):
                # The keys in the rows state the edition as well.
                taken |= {side, f"{side}_version"}
        return sorted(name for name, value in self.facts.items() if name not in taken and value is not None)


class _Rows:
    """Converts the rows, collects faults in their ids and predicates, and counts the content that is not imported."""

    def __init__(self, header: _Header, file: str, options: ImportOptions) -> None:
        self._header, self._file = header, file
        self._homes = {"subject_id": options.source, "object_id": options.target}
        self._named = NamedResources(options)
        self._known: dict[tuple[str, str], str] = {}
        self._foreign: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.dropped: Counter[str] = Counter()
        self.nothing: Counter[str] = Counter()
        self.rounded = 0
        self.line = TextCleaner()
        self.again: Counter[str] = Counter()
        self.unfound = 0

    def _fault(self, line: int, column: str, problem: str) -> None:
        self.faults.append(Fault(self._file, f"line {line}, column {column!r}", problem))

    def unused(self, header: _Header) -> tuple[Fault, ...]:
        """Return a fault for each resource in the options that is no prefix of an id in the file."""
        return self._named.unused(self._file, header.prefixes())

    def _expand(self, line: int, column: str, curie: str) -> str | None:
        """Return the IRI of a CURIE; record a fault and return None if it cannot be expanded."""
        found = self._header.expand(curie)
        if found is None:
            prefix, colon, _ = curie.partition(":")
            said = f"the prefix {excerpt(prefix)} is not in the curie_map of the header; add it there"
            self._fault(line, column, said if colon else f"must be a CURIE (prefix:id), not {excerpt(curie)}")
        return found

    def _end(self, line: int, column: str, curie: str) -> str | None:
        """Return the key or id of a subject or object; record a fault and return None if it is invalid."""
        # The same few ids occur in many rows, so each is looked up once.
        known = self._known.get((column, curie))
        if known is None and (known := self._looked_up(line, column, curie)) is not None:
            self._known[column, curie] = known
        return known

    def _looked_up(self, line: int, column: str, curie: str) -> str | None:
        """Return the key in an aicop IRI, otherwise the id in the framework that the options name for this side."""
        whole = self._expand(line, column, curie)
        if whole is None or whole in _NOTHING:
            return whole and NO_TERM_FOUND
        if (key := key_from_iri(whole)) is not None:
            return key
        prefix, _, local = curie.partition(":")
        start = whole.removesuffix(local)
        if (named := self._named.framework(prefix, start)) is not None:
            return f"{named.id}:{unquote(local)}"
        if self._homes[column] is None:
            side = _SIDES[column]
            self._fault(
                line, column, f"{excerpt(curie)} is not an id of aicop; name the framework of the {side}s (--{side})"
            )
            return None
        # Foreign ids are identified only by the part after the prefix, so all ids of a side must have the same prefix.
        first = self._foreign.setdefault(column, start)
        if first != start:
            said = f"begins with {excerpt(start)}, but an earlier id with {excerpt(first)}; say which framework each is"
            self._fault(line, column, f"{said} (--resource {prefix}=FRAMEWORK)")
            return None
        return unquote(local)

    def _predicate(self, line: int, curie: str) -> Predicate | None:
        """Return the predicate of a row; record a fault and return None if it states no relation that aicop knows."""
        column = "predicate_id"
        whole = self._expand(line, column, curie)
        if whole is None:
            return None
        if whole in _WORDS:
            return _WORDS[whole]
        # The file may use other prefixes than usual.
        usual = next((f"{name}:{whole.removeprefix(start)}" for name, start in _OTHERS if whole.startswith(start)), "")
        if not whole.startswith(SKOS) and not usual:
            said = (
                f"is not a predicate of aicop; use one of: {', '.join(_WORDS.values())}"
                if whole.startswith(BASE)
                else "does not say how the two are related; use a mapping property of SKOS, or leave the row out "
                "(--skip-invalid)"
            )
            self._fault(line, column, f"{excerpt(curie)} {said}")
            return None
        place = f"line {line}, column {column!r}"
        word, scheme = (usual, Scheme.OWL) if usual else (whole.removeprefix(SKOS), Scheme.SKOS)
        found = relation_or_fault(word, scheme, self._file, place)
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        return predicate(found)

    def _confidence(self, line: int, text: str) -> str:
        """Return a share from 0 to 1 as a confidence from 0 to 10, rounded down; record a fault for anything else."""
        # The length is checked first, since converting a very long number is slow, and no program writes one.
        value = float(text) if len(text) <= _MAX_NUMBER_LENGTH and _NUMBER.fullmatch(text) else -1.0
        if not 0 <= value <= 1:
            self._fault(line, "confidence", f"must be a number from 0 to 1, not {excerpt(text)}")
            return ""
        found, rounded = confidence_of_share(value)
        self.rounded += rounded
        return found

    def row(self, line: int, cells: dict[str, str]) -> dict[str, str] | None:
        """
        Return the cells of a row by aicop's columns, as `aicop.interop.common.merging.merge_rows` expects them.

        Return None if the row has a fault, which is recorded, or is not imported, which is counted.
        """
        before = len(self.faults)
        if literals := [name for name in ("subject_type", "object_type") if cells.get(name) == _LITERAL]:
            self._fault(line, literals[0], "maps a text (rdfs literal); only mappings of ids are read, remove the row")
            return None
        modifier = cells.pop("predicate_modifier", None)
        if modifier is not None:
            said = "'Not' negates the predicate, and negated rows cannot be imported; remove the row"
            other = f"must be empty or 'Not', not {excerpt(modifier)}"
            self._fault(line, "predicate_modifier", said if modifier == "Not" else other)
        word = self._predicate(line, cells["predicate_id"]) if "predicate_id" in cells else None
        ends = {side: self._end(line, side, cells[side]) for side in _SIDES if side in cells}
        row = self._read_facts(line, cells)
        if len(self.faults) > before:
            return None
        unfound = [side for side, key in ends.items() if key == NO_TERM_FOUND]
        if len(unfound) > 1:
            self.unfound += 1
            return None
        if unfound:
            # With any other predicate, the row states only that no element has this one relation to the other side.
            said = cells.get("predicate_id", "")
            if self._header.expand(said) != f"{BASE}{Predicate.RELATED}":
                self.nothing[said] += 1
                return None
            word, ends[unfound[0]] = Predicate.NOTHING, ""
        found = {side: key for side, key in ends.items() if key is not None}
        told = row | found | ({} if word is None else {"predicate_id": word.value})
        return {OURS.get(name, name): cell for name, cell in told.items()}

    def _read_facts(self, line: int, cells: dict[str, str]) -> dict[str, str]:
        """Return the cells of a row by slot, with values in the form of aicop."""
        slots = self._header.slots
        taken = {slots.get(name, name): cell for name, cell in cells.items() if name in _READ_SLOTS or name in slots}
        for name in cells.keys() - _READ_SLOTS - slots.keys():
            # aicop's own field for the basis is more precise than the justification, which is derived from it.
            if name != "mapping_justification" or "basis" not in taken:
                self.dropped[name] += 1
        # `month` is used only if the date is the first day of that month; otherwise the date has been edited.
        month = taken.pop("month", None)
        if month is not None and day(month) == taken.get("mapping_date"):
            taken["mapping_date"] = month
        elif month is not None:
            self.dropped["month"] += 1
        if "author_label" in taken:
            # SSSOM separates several values with a bar, and escapes bars within a value.
            authors = re.split(r"(?<!\\)\|", taken["author_label"])
            taken["author_label"] = "; ".join(author.replace(r"\|", "|") for author in authors)
        if "confidence" in taken:
            taken["confidence"] = self._confidence(line, taken["confidence"])
        return taken | {name: self.line(taken[name]) for name in _TEXTS if name in taken}


def _omission_phrases(header: _Header, rows: _Rows, propagated: bool) -> Iterator[str]:  # noqa: FBT001 -- as in `unread`
    """Yield phrases that count the content that is not imported."""
    if unread := header.unread(propagated):
        yield f"{count_phrase(len(unread), 'field')} of the header: {', '.join(map(quote_field, unread))}"
    labels = rows.dropped.pop("subject_label", 0) + rows.dropped.pop("object_label", 0)
    if labels:
        yield f"{count_phrase(labels, 'label')} of subjects and objects (titles come from the frameworks)"
    for name, count in sorted(rows.dropped.items()):
        yield f"{count_phrase(count, 'value')} of the column {excerpt(name)}"
    for word, count in sorted(rows.nothing.items()):
        yield f"{count_phrase(count, 'row')}: no counterpart found with {excerpt(word)}"
    if rows.unfound:
        yield f"{count_phrase(rows.unfound, 'row')}: neither a subject nor an object"
    if rows.rounded:
        yield count_phrase(rows.rounded, *ROUNDED)
    yield from (count_phrase(rows.again[name], *said) for name, said in MERGED.items() if rows.again[name])
    yield from rows.line.omission_phrases()


def _line(fault: Fault) -> int:
    """Return the line that a fault names, or 0 if it names none."""
    found = re.match(r"line ([0-9]+)", fault.path)
    return int(found[1]) if found else 0


def _by_frameworks(rows: Iterable[StatedRow]) -> dict[str, list[StatedRow]]:
    """Return the rows for each pair of editions that their ids name; ids without an edition name none."""
    found: dict[str, list[StatedRow]] = {}
    for row in rows:
        source, target = (split_key(row.cells.get(side, ""))[0] for side in ("source", "target"))
        found.setdefault(" to ".join(one if "@" in one else "" for one in (source, target)), []).append(row)
    return found


def loads(
    content: bytes | str,
    file: str = "<text>.sssom.tsv",
    options: ImportOptions = ImportOptions(),
) -> ImportResult:
    """
    Read the mappings of an SSSOM/TSV file with an embedded header.

    Ids with an aicop prefix are read as keys. For any other id, the part after the prefix is looked up in the framework
    that *options* gives for the sources or the targets.

    Raises:
        InvalidDocument: with all faults, each with its line; reading stops once there are `MAX_FAULTS`.
        UnknownEdition: *options* names a framework that does not exist.
        MissingExtra: PyYAML, which the header needs, is not installed.
    """
    lines, stream = split_header(content, file)
    header = _Header(lines, file)
    columns, listed = table(stream, len(lines), file)
    found = [(line, {name: cell for name, cell in zip(columns, row, strict=False) if cell}) for line, row in listed]
    # In SSSOM, the header can state a slot for all rows. It applies only if no row has a value of its own.
    date = header.facts.get("mapping_date")
    propagated = date is not None and not any("mapping_date" in cells for _, cells in found)
    rows = _Rows(header, file, options)

    def read_rows() -> Iterator[StatedRow]:
        for line, cells in found:
            if len(rows.faults) >= MAX_FAULTS:
                rows.faults.append(Fault(file, f"line {line}", TOO_MANY_FAULTS))
                return
            row = rows.row(line, cells | ({"mapping_date": str(date)} if propagated else {}))
            if row is not None:
                yield stated_row(f"line {line}", row)

    slots = dict.fromkeys(_READ_SLOTS, "") | header.slots
    spots = {OURS.get(name or slot, name or slot): f", column {slot!r}" for slot, name in slots.items()}
    mappings: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    known = header.editions(options)
    # Without named prefixes, all rows are between two frameworks, which is checked.
    sets = _by_frameworks(read_rows()) if options.resources else {"": read_rows()}
    for ends, stated in sets.items():
        try:
            name = f"{file}: {ends}" if len(sets) > 1 else file
            merged, again = merge_rows(stated, file=file, options=known, spots=spots, name=name)
            mappings += merged
            rows.again.update(again)
        except InvalidDocument as error:
            faults += error.faults
    # Both lists are in the order of the file, and are merged in that order.
    faults = (*faults, *rows.unused(header))
    if faults := (*faults, *rows.faults):
        raise InvalidDocument.from_faults(tuple(sorted(faults, key=_line)))
    return ImportResult(
        format=f"sssom {header.version}" if header.version else "sssom",
        mappings=mappings,
        dropped=_omission_phrases(header, rows, propagated),
        unstated=unstated_facts(mappings),
    )
