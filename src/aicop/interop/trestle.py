"""
The CSV of mappings that compliance-trestle converts to OSCAL with its task ``csv-to-oscal-mc``.

The first row names the columns, in any case and with any number of leading dollar signs. The second row describes them
and is not data. Ids are those of OSCAL catalogs, several in one cell separated by spaces; an id that contains spaces is
written as the token that aicop's catalogs use for it. The resources are these catalogs, as files in the same directory.
A row without a relation and a target is a source without a mapping. Trestle turns unknown columns into properties, so
aicop adds columns for facts for which trestle has none. Trestle's coverage is *of the target by the source*, the
reverse of strength, and is written only if the relation determines it. `FORMAT` lists the facts that are lost.

Source: compliance-trestle 5.2, trestle/tasks/csv_to_oscal_mc.py; OSCAL 1.2, control mapping model.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from aicop.errors import (
    MAX_FAULTS,
    TOO_MANY_FAULTS,
    Fault,
    InvalidDocument,
    NothingToWrite,
    count_phrase,
    excerpt,
    reject,
)
from aicop.files.formulas import unescape_formula
from aicop.files.tables import TableReader, csv_text
from aicop.files.text import MAX_FILE_SIZE, TextCleaner
from aicop.ids import JOINER
from aicop.interop.common.builder import relation_or_fault
from aicop.interop.common.format import Format, ImportOptions, ImportResult
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.common.merging import (
    MAX_PAIRS,
    MERGED,
    OF_GROUPS,
    ROUNDED,
    StatedRow,
    confidence_of_share,
    for_members,
    merge_rows,
)
from aicop.interop.common.resolver import FrameworkResolver
from aicop.interop.common.rows import Rows, unstated_facts, with_targets
from aicop.interop.oscal.catalog_writer import groups
from aicop.interop.oscal.mapping_writer import FACTS, HOLDS
from aicop.mappings.rules import members
from aicop.mappings.writer import cells
from aicop.relations import Scheme, word_for
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.core import Crosswalk
    from aicop.frameworks.framework import Framework
    from aicop.ids import Key
    from aicop.interop.common.merging import Cells
    from aicop.interop.common.protocol import Sample
    from aicop.model.mapping import Mapping
    from aicop.relations import RelationSet

FORMAT = Format(
    name="trestle",
    title="compliance-trestle's CSV for its task csv-to-oscal-mc",
    suffix=".csv",
    writes=("crosswalk",),
    reads=("crosswalk",),
    predicates=HOLDS,
    joint=True,
    keeps="all fields of mappings except their set",
    loses=(
        "mappings of groups of controls: phases, principles, and elements of a framework with children but no parent",
        "predicates other than the five set relations and nothing-found, such as mitigates and related-to",
        "the set that a mapping belongs to",
        "two judgements of a pair by one author: they are merged into one",
    ),
    extra=None,
    resources=True,
)


# Searched in the raw first row, whose separator is not known yet.
_HEADER = re.compile(r"(?:^|[\t,;\"])\$*map_relationship\b", re.IGNORECASE)


def recognises(sample: Sample) -> bool:
    """Return whether the header has trestle's column of relationships."""
    return _HEADER.search(sample.first_row) is not None


_SOURCE, _TARGET = "Source_Resource", "Target_Resource"
_SOURCES, _TARGETS = "Map_Source_ID_Ref_list", "Map_Target_ID_Ref_list"
_RELATION, _CONFIDENCE, _COVERAGE = "Map_Relationship", "Map_Confidence_Score", "Map_Coverage"
_REQUIRED = (_SOURCE, _TARGET, _SOURCES, _TARGETS, _RELATION)
_NOTHING_FOUND = "nothing-found"
_OWN = {"rationale": "rationale", **FACTS}
"""Maps aicop's additional columns to the columns of `aicop.schema.mapping.ForeignRowSchema` with the same content."""
_DESCRIBED = {
    f"$${_SOURCE}": "the OSCAL catalog of the source",
    f"$${_TARGET}": "the OSCAL catalog of the target",
    f"$${_SOURCES}": "the ids of the sources",
    f"$${_TARGETS}": "the ids of the targets",
    f"$${_RELATION}": "the relationship of the sources to the targets",
    f"${_CONFIDENCE}": "how confident the author is",
    f"${_COVERAGE}": "how much of the target the source covers, where the relationship determines it",
    "rationale": "why the author judged so",
    "basis": "what the mapping is based on",
    "author": "who made the mapping",
    "date": "when the mapping was judged",
    "strength": "how much of what the source asks for the target asks for too, 0 to 10",
    "remainder": "what the source asks for and the target does not",
    "reverse-strength": "how much of what the target asks for the source asks for too, 0 to 10",
    "reverse-remainder": "what the target asks for and the source does not",
    "knowledge": "how the author knew the target",
    "settlement": "how two differing judgements were settled, and why",
    "source-digest": "the digest of the source when it was judged",
    "target-digest": "the digest of the target when it was judged",
    _NOTHING_FOUND: "yes if the whole of the other framework was searched and nothing in it is related",
}
"""Maps each column that is written to its description in the second row."""
_COVERED = {Relation.EQUAL: "100%", Relation.SUPERSET: "100%", Relation.NONE: "0%"}
"""The coverage of the target, as OSCAL defines it, for the relations that determine it."""
_SPOTS = {
    "source": _SOURCES,
    "target": _TARGETS,
    "relationship": _RELATION,
    "confidence": _CONFIDENCE,
    **{column: name for name, column in _OWN.items()},
}
"""Maps the columns of `ForeignRowSchema` to the columns of this file that a fault names."""
COLUMNS = 1_000
"""The maximum number of columns. Short rows are padded to the header, so it limits the memory of a row."""
_NUMBER = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?|\.[0-9]+)\s*(%?)", re.ASCII)
"""A number, or a percentage."""


def _line(row: Mapping, resources: tuple[str, str], sources: dict[Key, str], targets: dict[Key, str]) -> Iterator[str]:
    relation = None if row.predicate is Predicate.NOTHING else Relation(row.predicate.value)
    known = cells(row)
    # In the order of `_DESCRIBED`.
    yield from resources
    yield "" if row.source is None else " ".join(sources[key] for key in members(row.source))
    yield "" if row.target is None else " ".join(targets[key] for key in members(row.target))
    yield "" if relation is None else word_for(relation, Scheme.OSCAL) or ""
    yield "" if row.confidence is None else f"{row.confidence * 10}%"
    yield "" if relation is None else _COVERED.get(relation, "")
    yield from (known[column] for column in _OWN.values())
    yield "yes" if relation is None else ""


def _joined(ids: list[str]) -> str:
    """Return the cell for one side of a mapping, without repetitions."""
    return JOINER.join(dict.fromkeys(ids))


def rows(crosswalk: Crosswalk) -> Rows:
    """Return the rows of a crosswalk that the format can represent, and phrases that count the other rows."""
    found = with_targets(crosswalk, FORMAT.predicates)
    # The task reads controls and statements alone.
    no_controls = groups(crosswalk.source) | groups(crosswalk.target)
    kept: list[Mapping] = []
    left: list[Mapping] = []
    for row in found.rows:
        ends = (key for end in (row.source, row.target) if end is not None for key in members(end))
        (left if any(key in no_controls for key in ends) else kept).append(row)
    named = {key for row in left for end in (row.source, row.target) if end for key in members(end)} & no_controls
    shown = ", ".join(map(str, sorted(named, key=str)))
    said = f"{count_phrase(len(left), 'row')}: maps a group of controls ({shown})"
    return Rows(tuple(kept), (*found.omitted, *((said,) if left else ())))


def dumps(crosswalk: Crosswalk) -> str:
    """
    Write a crosswalk with one mapping per row.

    The resources are the catalogs of both frameworks, as files ``document@edition.json`` in the same directory.

    Raises:
        NothingToWrite: no row is a relation between two elements, and OSCAL does not allow an empty mapping.
    """
    source, target = crosswalk.source, crosswalk.target
    found = rows(crosswalk)
    if not found.rows:
        raise NothingToWrite(FORMAT.name, str(source.id), str(target.id), found.omitted)
    resources = f"{source.id}.json", f"{target.id}.json"
    known = oscal_ids(source), oscal_ids(target)
    return csv_text([_DESCRIBED, _DESCRIBED.values(), *(_line(row, resources, *known) for row in found.rows)])


def _plain(name: str) -> str:
    """Return the name of a column as trestle compares it: in lower case, without leading dollar signs."""
    return name.strip().lower().lstrip("$")


def _at(line: int, column: str) -> str:
    return f"line {line}, column {column!r}"


class _Rows:
    """Collects the mappings in a file per pair of frameworks, with the faults and counts of the dropped content."""

    def __init__(self, file: str, options: ImportOptions, pairs: Iterable[tuple[str, str]]) -> None:
        self.faults: list[Fault] = []
        self.counts: Counter[str] = Counter()
        self.found: dict[tuple[str, str], list[StatedRow]] = {}
        self._file, self._options = file, options
        self._resources: dict[tuple[str, str], Framework | None] = {}
        self._sides = FrameworkResolver(options, pairs)
        self.line = TextCleaner()
        self._pairs = 0
        self._stopped = False

    def _fault(self, line: int, column: str, said: str) -> None:
        self.faults.append(Fault(self._file, _at(line, column), said))

    def faults_of_options(self) -> tuple[Fault, ...]:
        """Return the faults of what the options say about the frameworks of the file."""
        return self._sides.faults(self._file)

    def is_enough(self, place: str) -> bool:
        """Return whether parsing has to stop; if there are too many faults, record this as a fault at *place*."""
        if len(self.faults) >= MAX_FAULTS and not self._stopped:
            self.faults.append(Fault(self._file, place, TOO_MANY_FAULTS))
            self._stopped = True
        return self._stopped

    def row(self, line: int, row: Cells) -> None:
        """Parse a row of cells by column; known columns have the names that `_columns` returns."""
        sources, targets, word = row[_SOURCES].split(), row[_TARGETS].split(), row[_RELATION].strip()
        # All cells are parsed before the first return, so that every fault of a row is reported.
        sides = [self._side(line, column, row[column].strip()) for column in (_SOURCE, _TARGET)]
        cells_ = self._confidence(line, row.get(_CONFIDENCE, "").strip())
        cells_ |= {column: self.line(row[name]) for name, column in _OWN.items() if row.get(name)}
        known: RelationSet | None = None
        if not word:
            if not self._is_unfound(line, row.get(_NOTHING_FOUND, ""), sources, targets):
                return
            cells_["relationship"] = Predicate.NOTHING.value
        elif (known := self._relation_of(line, row, sources, targets)) is None:
            return
        source, target = sides
        if source is None or target is None:
            return
        # Checked before the pairs are built, because two long lists of ids in one row give very many pairs.
        self._pairs += len(sources) * len(targets)
        if self._pairs > MAX_PAIRS:
            self._fault(line, _SOURCES, f"with this row the file maps more than {MAX_PAIRS:,} pairs; split the file")
            self._stopped = True
            return
        if known is not None and len(sources) > 1 and len(targets) > 1:
            # The strength and remainder of a group do not apply to its members. A row that loses them is counted.
            size = len(cells_)
            cells_, known = for_members(cells_, known, len(sources), len(targets))
            self.counts["groups"] += len(cells_) < size
        ones = [self._sides.key(source, one) for one in sources]
        others = [self._sides.key(target, other) for other in targets]
        # Several elements on one side are taken together, as in a joint mapping. A side without any stays empty.
        grouped = len(sources) > 1 and len(targets) > 1
        ends = itertools.product(ones, others) if grouped else [(_joined(ones), _joined(others))]
        self.found.setdefault((str(source.id), str(target.id)), []).extend(
            StatedRow(f"line {line}", {"source": one, "target": other, **cells_}, known) for one, other in ends
        )

    def _relation_of(self, line: int, row: Cells, sources: list[str], targets: list[str]) -> RelationSet | None:
        """Return the relation of the sources to the targets; record a fault and return None if there is none."""
        word = row[_RELATION].strip()
        before = len(self.faults)
        for column, listed in ((_SOURCES, sources), (_TARGETS, targets)):
            if not listed:
                self._fault(line, column, f"no id is given, but {excerpt(word)} needs a source and a target")
        if row.get(_NOTHING_FOUND):
            self._fault(line, _NOTHING_FOUND, f"must be empty, because the relationship is {excerpt(word)}")
        known = relation_or_fault(word, Scheme.OSCAL, self._file, _at(line, _RELATION))
        if isinstance(known, Fault):
            self.faults.append(known)
            return None
        # A coverage that the relation determines is redundant; any other coverage is dropped and counted.
        covered = row.get(_COVERAGE, "").strip()
        self.counts["coverages"] += covered not in {"", _COVERED.get(known.certain) if known.certain else None}
        return None if len(self.faults) > before else known

    def _is_unfound(self, line: int, nothing: str, sources: list[str], targets: list[str]) -> bool:
        """Return whether a row without a relation states that no counterpart was found for its elements."""
        if nothing not in {"", "yes"}:
            self._fault(line, _NOTHING_FOUND, f"must be yes or empty, not {excerpt(nothing)}")
        elif bool(sources) == bool(targets):
            self._fault(line, _RELATION, "no relationship is given" if sources else "no id is given")
        elif nothing:
            return True
        # Ids that are only listed as unmapped may never have been assessed, so they are dropped and counted.
        self.counts["sources"] += len(sources) if not targets else 0
        self.counts["targets"] += len(targets) if not sources else 0
        return False

    def _side(self, line: int, column: str, resource: str) -> Framework | None:
        """Return the framework of a resource, or None; a fault is recorded once per column and resource."""
        known = (column, resource)
        if known not in self._resources:
            found = self._sides.find("source" if column == _SOURCE else "target", resource)
            self._resources[known] = None if isinstance(found, str) else found
            if isinstance(found, str):
                self._fault(line, column, found)
        return self._resources[known]

    def _confidence(self, line: int, written: str) -> Cells:
        """Return a confidence of 0 to 1, or a percentage, as a cell of 0 to 10; empty if there is none."""
        if not written:
            return {}
        match = _NUMBER.fullmatch(written)
        share = float(match[1]) / (100 if match[2] else 1) if match else -1.0
        if not 0 <= share <= 1:
            said = f"{excerpt(written)} is neither a number from 0 to 1 nor a percentage up to 100%"
            self._fault(line, _CONFIDENCE, said)
            return {}
        found, rounded = confidence_of_share(share)
        self.counts["decimals"] += rounded
        return {"confidence": found}

    def mappings(self) -> Iterator[Mapping]:
        """Yield the mappings of each pair of frameworks, recording their faults."""
        spots = {column: f", column {name!r}" for column, name in _SPOTS.items()}
        for (source, target), several in self.found.items():
            if self.is_enough(several[0][0]):
                return
            options = ImportOptions(source=source, target=target, frameworks=self._options.frameworks)
            # Each pair of frameworks becomes a mapping set. If the file has several, each needs its own name.
            name = self._file if len(self.found) == 1 else f"{self._file}: {source} to {target}"
            try:
                found, again = merge_rows(several, file=self._file, options=options, spots=spots, name=name)
                self.counts.update(again)
                yield from found
            except InvalidDocument as error:
                self.faults += error.faults


_OMITTED_PHRASES = {
    "coverages": ("coverage of a target", "coverages of targets"),
    "decimals": ROUNDED,
    "groups": OF_GROUPS,
    **MERGED,
    "sources": ("source listed as unmapped", "sources listed as unmapped"),
    "targets": ("target listed as unmapped", "targets listed as unmapped"),
}
"""The phrases for dropped content, in the singular and the plural, by the names of the counts."""


def _columns(sheet: TableReader) -> list[str]:
    """
    Return the columns, with the canonical names of known columns, and skip the row of descriptions.

    Raises:
        InvalidDocument: columns are missing or repeated, there are too many, or the second row contains data.
    """
    if len(sheet.header) > COLUMNS:
        reject(sheet.file, sheet.place(), f"has {len(sheet.header):,} columns, but at most {COLUMNS:,} are read")
    spelt = {_plain(name): name.lstrip("$") for name in _DESCRIBED}
    plain = [_plain(name) for name in sheet.header]
    said = [f"the column {name!r} is missing" for name in _REQUIRED if _plain(name) not in plain]
    repeated = (name for name, count in Counter(plain).items() if count > 1)
    said += (f"the column {excerpt(spelt.get(name, name))} appears more than once" for name in repeated)
    if said:
        raise InvalidDocument.from_faults(tuple(Fault(sheet.file, sheet.place(), one) for one in said))
    columns = [spelt.get(name, name) for name in plain]
    # Trestle always drops the second row, so a table without descriptions would lose a mapping.
    described = dict(zip(columns, sheet.skip_row(), strict=False))
    word = described.get(_RELATION, "").strip()
    if not isinstance(relation_or_fault(word, Scheme.OSCAL, sheet.file, ""), Fault):
        reject(
            sheet.file,
            sheet.place(sheet.lines_before + 2),
            "holds data, but trestle ignores the second row; insert a row of descriptions above it",
        )
    return columns


def _resources(sheet: TableReader, columns: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the resources of source and target of each row, without the row of descriptions."""
    sheet.skip_row()
    places = [columns.index(name) for name in (_SOURCE, _TARGET)]
    for _, row in sheet.full_rows():
        if not isinstance(row, Fault):
            source, target = (unescape_formula(row[place]).strip() for place in places)
            yield source, target


def loads(content: bytes | str, file: str = "<text>.csv", options: ImportOptions = ImportOptions()) -> ImportResult:
    """
    Parse the CSV of compliance-trestle's task.

    The frameworks are those in *options*, otherwise those that the resources name. A relation between a group of
    sources and a group of targets is replaced by the relations that it implies for each pair of their members.

    Raises:
        UnknownEdition: *options* names a framework that does not exist.
        InvalidDocument: with all faults, each with its line; parsing stops after 100 faults, or at 100,000 pairs.
    """
    if len(content) > MAX_FILE_SIZE:
        reject(file, "", f"larger than {MAX_FILE_SIZE // 2**20} MiB")
    sheet = TableReader(content, file, skip_lines=options.skip_lines)
    columns = _columns(sheet)
    # The table is read twice only if the options say something about its resources.
    told = options.source or options.target or options.resources
    rows = _Rows(file, options, _resources(TableReader(content, file), columns) if told else ())
    others: Counter[str] = Counter()
    known = {name.lstrip("$") for name in _DESCRIBED}
    for line, row in sheet.full_rows():
        place = sheet.place(line)
        if rows.is_enough(place):
            break
        if isinstance(row, Fault):
            rows.faults.append(row)
            continue
        cells_ = dict(zip(columns, map(unescape_formula, row), strict=True))
        others.update(name for name, cell in cells_.items() if cell and name not in known)
        rows.row(line, cells_)
    mappings = tuple(rows.mappings())
    if rows.faults or rows.faults_of_options():
        # The faults of merged pairs come after those of rows, so all faults are sorted by line.
        in_order = sorted(rows.faults, key=lambda fault: int(re.findall("[0-9]+", fault.path)[0]))
        raise InvalidDocument.from_faults((*rows.faults_of_options(), *in_order))
    dropped = (
        *(count_phrase(count, *_OMITTED_PHRASES[name]) for name, count in rows.counts.items() if count),
        *rows.line.omission_phrases(),
        *(f"{count_phrase(count, 'cell')} of the column {excerpt(name)}" for name, count in others.items()),
    )
    return ImportResult(format=FORMAT.name, mappings=mappings, dropped=dropped, unstated=unstated_facts(mappings))
