"""
Dependencies between provisions as records, from three sources: typed rows, parents and flows of artefacts.

One set of rows uses the numbers of one edition. Lineage translates these numbers for all other shipped editions. A
derived edition inherits the records of its base, except those of dropped provisions.

Dependencies that follow from flows are computed, with the kind ``informs``. If a typed row of this kind joins the same
two provisions, it takes precedence and receives the artefacts.
"""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING, Any

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop._resources import read, read_table
from aicop.catalogue.shipped import load
from aicop.errors import Fault, InvalidDocument
from aicop.files.source import content_of
from aicop.ids import EditionId, PrincipleId, ProvisionId
from aicop.lineage import counterpart
from aicop.manifest import editions
from aicop.model.dependency import Artefact, Dependency, Flow, PrincipleDependency
from aicop.model.from_rows import artefact, dependency, flow, principle_dependency
from aicop.vocabulary import Basis, DependencyKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.files.source import Source

WRITTEN_IN = EditionId("uk-ai-cop", "2025-01")
"""The edition whose numbers the shipped rows use."""

Row = tuple[str, dict[str, str]]
"""The place of a row in its file, and its cells by column."""

if TYPE_CHECKING:
    Across = Callable[[ProvisionId], ProvisionId]
    """Returns the provision of the edition of the graph that has this id in the edition of the rows."""


@shown
@field_type
@attrs.frozen(repr=False)
class Additions:
    """Artefacts, flows and dependencies of an edition; a user's own ones are added to those that ship."""

    artefacts: tuple[Artefact, ...] = ()
    flows: tuple[Flow, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    of_principles: tuple[PrincipleDependency, ...] = ()


def _provision_numbers(number: str, written_in: Catalogue) -> tuple[str, ...]:
    """Return *number* itself or, for a principle such as ``P5``, the numbers of its top-level provisions."""
    if not number.startswith("P"):
        return (number,)
    owner = written_in.principle(number).id
    return tuple(item.id.number for item in written_in.values() if item.principle == owner and item.parent is None)


def _is_unknown(number: str, written_in: Catalogue) -> bool:
    """Return whether the edition has no such provision, or no such principle if *number* begins with ``P``."""
    if number.startswith("P"):
        return PrincipleId(written_in.id, int(number[1:])) not in {item.id for item in written_in.principles}
    return ProvisionId(written_in.id, number) not in written_in


def _row_faults(rows: list[Row], written_in: Catalogue, file: str) -> Iterator[Fault]:
    """Yield a fault for each unknown number, each dependency on itself and each repeated row."""
    seen: dict[tuple[str | None, ...], str] = {}
    for place, row in rows:
        for column in ("prerequisite", "dependant"):
            if _is_unknown(row[column], written_in):
                yield Fault(file, f"{place}, column {column!r}", f"{row[column]} does not exist in {written_in.id}")
        if row["prerequisite"] == row["dependant"]:
            yield Fault(file, place, f"{row['dependant']} cannot depend on itself")
        # Rows that differ only in their edition are not duplicates: each applies to its own edition.
        triple = (row["prerequisite"], row["dependant"], row["kind"])
        key = (*triple, row.get("edition") or None)
        if key in seen:
            yield Fault(file, place, f"{' '.join(triple)} is already given at {seen[key]}")
        seen.setdefault(key, place)


def _artefact_faults(
    data: dict[str, Any], known: dict[str, Artefact], written_in: Catalogue, file: str
) -> Iterator[Fault]:
    """Yield a fault for each repeated artefact key, and for each unknown provision or artefact in a flow."""
    keys = dict(known)
    for i, item in enumerate(data["artefacts"]):
        if item["key"] in keys:
            yield Fault(file, f"artefacts[{i}].key", f"the artefact {item['key']} already exists; use another key")
        keys[item["key"]] = artefact(item)
    for i, item in enumerate(data.get("flows", ())):
        if _is_unknown(item["provision"], written_in):
            yield Fault(file, f"flows[{i}].provision", f"{item['provision']} does not exist in {written_in.id}")
        named = [
            *(
                (f"{part}[{j}]", key)
                for part in ("produces", "maintains", "uses")
                for j, key in enumerate(item.get(part, ()))
            ),
            *((f"passes[{j}].artefact", given["artefact"]) for j, given in enumerate(item.get("passes", ()))),
        ]
        for place, key in named:
            if key not in keys:
                yield Fault(file, f"flows[{i}].{place}", f"there is no artefact {key}")


def _renumber(text: str, across: Across, written_in: Catalogue) -> str:
    """Replace the provision numbers in a rationale with those of the edition that *across* leads to."""

    def replacement(match: re.Match[str]) -> str:
        own = ProvisionId(written_in.id, match[0])
        return across(own).number if own in written_in else match[0]

    # The pattern matches two or three parts, as in 5.4.1, but not within a longer number or an ETSI number such as
    # 5.2.1-4.1.
    return re.sub(r"(?<![0-9.-])[0-9]+(?:\.[0-9]+){1,2}(?![0-9-])(?!\.[0-9])", replacement, text)


def _dependencies(rows: list[dict[str, str]], across: Across, written_in: Catalogue) -> Iterator[Dependency]:
    """Yield the dependencies of provisions; a principle as prerequisite stands for its top-level provisions."""
    named = {(row["prerequisite"], row["dependant"], row["kind"]) for row in rows}
    for row in rows:
        if row["dependant"].startswith("P"):
            continue
        for before in _provision_numbers(row["prerequisite"], written_in):
            # A row that names the provision takes precedence over a row that names its principle.
            if before == row["prerequisite"] or (before, row["dependant"], row["kind"]) not in named:
                ends = (across(written_in[number].id) for number in (before, row["dependant"]))
                yield dependency(row | {"rationale": _renumber(row["rationale"], across, written_in)}, *ends)


def _of_principles(
    rows: list[dict[str, str]], edition: EditionId, across: Across, written_in: Catalogue
) -> Iterator[PrincipleDependency]:
    """Yield the dependencies of whole principles; principles have the same number in every edition."""
    for row in rows:
        if row["dependant"].startswith("P"):
            principle = PrincipleId(edition, int(row["dependant"][1:]))
            told = row | {"rationale": _renumber(row["rationale"], across, written_in)}
            for before in _provision_numbers(row["prerequisite"], written_in):
                yield principle_dependency(told, across(written_in[before].id), principle)


@functools.cache
def _load_shipped(edition: EditionId) -> Additions:
    """Return the shipped records for an edition; a user's edition has none."""
    if edition not in editions():
        return Additions()
    written_in = load(WRITTEN_IN)
    data = json.loads(read("artefacts.json"))
    file = f"dependencies/{WRITTEN_IN}.tsv"
    # Line 1 is the header.
    rows = [(f"line {number}", row) for number, row in enumerate(read_table(file), start=2)]

    def across(item: ProvisionId) -> ProvisionId:
        return counterpart(item, edition)

    return _build(data, rows, edition, across, written_in, {}, file)


def _build(  # noqa: PLR0913, PLR0917 -- what a file holds, and where it belongs
    data: dict[str, Any],
    rows: list[Row],
    edition: EditionId,
    across: Across,
    written_in: Catalogue,
    known: dict[str, Artefact],
    file: str,
) -> Additions:
    """
    Check and build the records of a file for *edition*.

    *written_in* is the edition whose numbers the file uses, and *across* leads from it to *edition*. *known* holds
    artefacts that the file may use without defining them.
    """
    faults = (*_artefact_faults(data, known, written_in, file), *_row_faults(rows, written_in, file))
    if faults:
        raise InvalidDocument.from_faults(faults)
    own = {item["key"]: artefact(item) for item in data["artefacts"]}
    flows = [flow(item, across(written_in[item["provision"]].id), known | own) for item in data.get("flows", ())]
    here = [row for _, row in rows if row.get("edition") in {None, "", str(edition)}]
    return Additions(
        tuple(own.values()),
        tuple(flows),
        tuple(_dependencies(here, across, written_in)),
        tuple(_of_principles(here, edition, across, written_in)),
    )


def _same(item: ProvisionId) -> ProvisionId:
    """Return *item*, as a user's file has the numbers of its own edition."""
    return item


@attrs.frozen
class Gathered:
    """The records of an edition, and what a derived edition did not inherit."""

    records: Additions
    skipped: Additions = attrs.field(factory=Additions)


def catalogue_of(edition: Catalogue | EditionId | str) -> Catalogue:
    """
    Return the catalogue of an edition that ships, or the catalogue itself.

    Raises:
        UnknownEdition: no such edition ships.
    """
    return load(edition) if isinstance(edition, EditionId | str) else edition


def gather(catalogue: Catalogue, *additions: Additions) -> Gathered:
    """
    Return all records of an edition, and the records of its base that were skipped.

    The records that ship come first, then those of *additions*. A derived edition begins with the records of its base.
    *additions* may contain records of the base too, or of an edition on which the base is based; they are inherited
    like those that ship. Skipped are the flows of dropped provisions and all dependencies from or to them, including
    those that are computed.
    """
    base = catalogue.base
    if base is None:
        return Gathered(_merge(_load_shipped(catalogue.id), *additions))
    above = set()
    step: Catalogue | None = base
    while step is not None:
        above.add(step.id)
        step = step.base
    of_base = _part(additions, lambda item: _editions(item) <= above)
    own = _part(additions, lambda item: not _editions(item) <= above)
    # Artefacts belong to no edition, and each must be counted once.
    found = gather(base, attrs.evolve(of_base, artefacts=())).records
    here = {item.number: item for item in catalogue}
    inherited = Additions(
        found.artefacts,
        tuple(
            attrs.evolve(item, provision=here[item.provision.number])
            for item in found.flows
            if item.provision.number in here
        ),
        tuple(
            attrs.evolve(item, prerequisite=here[item.prerequisite.number], dependant=here[item.dependant.number])
            for item in found.dependencies
            if {item.prerequisite.number, item.dependant.number} <= here.keys()
        ),
        tuple(
            attrs.evolve(
                item,
                prerequisite=here[item.prerequisite.number],
                dependant=PrincipleId(catalogue.id, item.dependant.number),
            )
            for item in found.of_principles
            if item.prerequisite.number in here
        ),
    )
    skipped = Additions(
        flows=tuple(item for item in found.flows if item.provision.number not in here),
        dependencies=tuple(
            item
            for item in complete(base, found)
            if not {item.prerequisite.number, item.dependant.number} <= here.keys()
        ),
        of_principles=tuple(item for item in found.of_principles if item.prerequisite.number not in here),
    )
    return Gathered(_merge(inherited, own), skipped)


_Record = Flow | Dependency | PrincipleDependency


def _editions(item: _Record) -> set[EditionId]:
    """Return the editions whose provisions a record names."""
    if isinstance(item, Flow):
        return {item.provision.edition}
    return {item.prerequisite.edition, item.dependant.edition}


def _part(additions: tuple[Additions, ...], wanted: Callable[[_Record], bool]) -> Additions:
    """Return the wanted flows and dependencies of several additions, and all their artefacts."""
    whole = _merge(*additions)
    return Additions(
        whole.artefacts,
        tuple(item for item in whole.flows if wanted(item)),
        tuple(item for item in whole.dependencies if wanted(item)),
        tuple(item for item in whole.of_principles if wanted(item)),
    )


def _merge(*parts: Additions) -> Additions:
    """Return several additions as one, in order."""
    return Additions(
        tuple(item for part in parts for item in part.artefacts),
        tuple(item for part in parts for item in part.flows),
        tuple(item for part in parts for item in part.dependencies),
        tuple(item for part in parts for item in part.of_principles),
    )


def loads(
    source: Source,
    edition: Catalogue | EditionId | str,
    file: str | None = None,
    *additions: Additions,
    skip_lines: Collection[int] = (),
) -> Additions:
    """
    Parse a user's own artefacts and flows (JSON) or a table of dependencies for an edition.

    *source* is a path, an open file, the content of a file, a dict with the fields of the JSON, or the rows of a table
    as dictionaries. *file* is its name for messages; the default is that of the path or open file. If the name ends in
    ``.json``, it is read as JSON. Content without a name is JSON if it begins with a brace.

    The file uses the numbers of *edition*: a catalogue, which may be a user's own or a derived edition, or the id, key
    or name of an edition that ships. Flows may refer to the
    artefacts that ship, and to those of *additions*. The formats are those of ``data/artefacts.json`` and
    ``data/dependencies/``. Pass the result to `graph`. The rows on *skip_lines* of a table are left out.

    Raises:
        InvalidDocument: with all violations of the schema or, if there are none, with every unknown number or artefact
            and every repeated row; also if the file is for another edition.
        OSError: the file cannot be read.
    """
    content, file, is_json = content_of(source, file)
    catalogue = catalogue_of(edition)
    from aicop.schema.check import check_json
    from aicop.schema.check_table import check_table
    from aicop.schema.dependencies import ArtefactsSchema, DependencyRowSchema

    # A user's file may not redefine an artefact that exists, but its flows may use it.
    known = {item.key: item for item in artefacts(catalogue, *additions)}
    if is_json and isinstance(content, str | bytes):
        data = check_json(ArtefactsSchema, content, file)
        if data["edition"] != str(catalogue.id):
            problem = f"this file is for {data['edition']}, but the catalogue is {catalogue.id}"
            raise InvalidDocument.from_faults((Fault(file, "edition", problem),))
        return _build(data, [], catalogue.id, _same, catalogue, known, file)
    rows = check_table(DependencyRowSchema, content, file, skip_lines=skip_lines)
    strange = tuple(
        Fault(
            file, f"{place}, column 'edition'", f"this row is for {row['edition']}, but the catalogue is {catalogue.id}"
        )
        for place, row in rows
        if row.get("edition") not in {None, str(catalogue.id)}
    )
    if strange:
        raise InvalidDocument.from_faults(strange)
    return _build({"artefacts": []}, rows, catalogue.id, _same, catalogue, known, file)


def _parents(catalogue: Catalogue) -> Iterator[Dependency]:
    """Yield, for each sub-provision, the dependency on its parent."""
    for item in catalogue.values():
        if item.parent is not None:
            yield Dependency(
                prerequisite=item.parent,
                dependant=item.id,
                kind=DependencyKind.REFINES,
                basis=Basis.PRINTED,
                rationale=f"{item.id.number} is a sub-provision of {item.parent.number}.",
                artefacts=(),
                confidence=None,
                suspect=False,
            )


def _flowing(flows: tuple[Flow, ...]) -> dict[tuple[ProvisionId, ProvisionId], tuple[Artefact, ...]]:
    """Return the artefacts that flow from a producing to a using provision, for each such pair."""
    producers: dict[Artefact, list[ProvisionId]] = {}
    for item in flows:
        for made in item.produces:
            producers.setdefault(made, []).append(item.provision)
    found: dict[tuple[ProvisionId, ProvisionId], tuple[Artefact, ...]] = {}
    for item in flows:
        for used in item.uses:
            for producer in producers.get(used, ()):
                if producer != item.provision:
                    pair = (producer, item.provision)
                    found[pair] = (*found.get(pair, ()), used)
    return found


def flows(edition: Catalogue | EditionId | str, *additions: Additions) -> tuple[Flow, ...]:
    """Return the flows of artefacts in an edition: inherited and shipped ones first, then those of *additions*."""
    return gather(catalogue_of(edition), *additions).records.flows


def artefacts(edition: Catalogue | EditionId | str, *additions: Additions) -> tuple[Artefact, ...]:
    """Return the artefacts of an edition: inherited and shipped ones first, then those of *additions*."""
    return gather(catalogue_of(edition), *additions).records.artefacts


def dependencies(edition: Catalogue | EditionId | str, *additions: Additions) -> tuple[Dependency, ...]:
    """
    Return all dependencies of an edition, sorted by dependant, then prerequisite, then kind.

    Provisions are in printed order, and the strongest kind comes first. A user's edition has the dependencies on
    parents and those of *additions*, and a derived edition also those of its base.
    """
    catalogue = catalogue_of(edition)
    return complete(catalogue, gather(catalogue, *additions).records)


def complete(catalogue: Catalogue, records: Additions) -> tuple[Dependency, ...]:
    """Return the dependencies in *records* and those that are computed, from parents and from flows, sorted."""
    flowing = _flowing(records.flows)
    informing = {
        (item.prerequisite, item.dependant) for item in records.dependencies if item.kind is DependencyKind.INFORMS
    }
    found = [*_parents(catalogue)]
    # Only `informs` means that one provision uses the output of another, so only such a row carries artefacts.
    for item in records.dependencies:
        carried = flowing.get((item.prerequisite, item.dependant), ())
        found.append(attrs.evolve(item, artefacts=carried) if item.kind is DependencyKind.INFORMS else item)
    # The other flows have no typed row, so each becomes a dependency of its own.
    for (before, after), carried in flowing.items():
        if (before, after) not in informing:
            titles = ", ".join(item.title for item in carried)
            found.append(
                Dependency(
                    prerequisite=before,
                    dependant=after,
                    kind=DependencyKind.INFORMS,
                    basis=Basis.ARTEFACT_FLOW,
                    rationale=f"{after.number} uses what {before.number} produces: {titles}.",
                    artefacts=carried,
                    confidence=None,
                    suspect=False,
                )
            )
    strongest = list(DependencyKind)
    return tuple(sorted(found, key=lambda item: (item.dependant, item.prerequisite, strongest.index(item.kind))))
