"""What a library holds beside editions and frameworks: mappings, dependencies and lineages of your own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from aicop._notebook import shown
from aicop.errors import AlreadyInLibrary, UnknownKey, count_phrase
from aicop.ids import EditionId, split_key
from aicop.manifest import editions as shipped_editions
from aicop.manifest import framework_entries
from aicop.model.converters import as_tuple
from aicop.model.lineage import LineageRow
from aicop.model.mapping import Mapping, MappingSet
from aicop.vocabulary import MappingBasis

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sized

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework

    # Not imported when the program runs, because few commands need graphs.
    from aicop.graph.edges import Additions  # noqa: TC004


def _row_order(row: Mapping) -> tuple[str, ...]:
    return str(row.source), str(row.target), row.author or "", row.predicate, row.rationale or ""


def _in_order(rows: Iterable[Mapping]) -> tuple[Mapping, ...]:
    """Return the rows without duplicates, in an order that does not depend on the order in which they were added."""
    return tuple(sorted(dict.fromkeys(rows), key=_row_order))


@shown
@attrs.frozen(repr=False)
class OwnMappings:
    """A set of your own mappings between two editions."""

    set: MappingSet
    rows: tuple[Mapping, ...] = attrs.field(converter=_in_order)


def _only(values: Iterable[str | None]) -> str | None:
    """Return the value if there is exactly one, otherwise None."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def mapping_sets(rows: Iterable[Mapping], name: str) -> Iterator[OwnMappings]:
    """Yield one set for each pair of editions among *rows*; the facts that all rows of a set share are facts of it."""
    pairs: dict[tuple[EditionId, EditionId], list[Mapping]] = {}
    for row in rows:
        pairs.setdefault((row.source_edition, row.target_edition), []).append(row)
    for (source, target), listed in pairs.items():
        own = name if len(pairs) == 1 else f"{name}: {source}--{target}"
        bases = Counter(row.basis for row in listed)
        found = MappingSet(
            name=own,
            source=source,
            target=target,
            title=own,
            author=_only(row.author for row in listed),
            basis=bases.popitem()[0] if len(bases) == 1 else MappingBasis.OWN,
            date=_only(row.date for row in listed),
        )
        yield OwnMappings(found, [attrs.evolve(row, set=own) for row in listed])


def merge_sets(held: Iterable[OwnMappings], added: Iterable[OwnMappings]) -> Iterable[OwnMappings]:
    """Return the sets of mappings *held* with the rows of *added* in the sets with their names."""
    found = {item.set.name: item for item in held}
    for item in added:
        known = found.get(item.set.name)
        merged = item if known is None else next(mapping_sets((*known.rows, *item.rows), item.set.name))
        found[merged.set.name] = merged
    return found.values()


@shown
@attrs.frozen(repr=False)
class OwnDependencies:
    """Your own dependencies, artefacts and flows of artefacts in one edition."""

    edition: EditionId
    additions: tuple[Additions, ...] = attrs.field(converter=as_tuple["Additions", ...])


def with_bases(catalogue: Catalogue) -> tuple[EditionId, ...]:
    """Return an edition and those that it is based on, the farthest first."""
    return (*(with_bases(catalogue.base) if catalogue.base is not None else ()), catalogue.id)


def additions_of(catalogue: Catalogue, held: Iterable[OwnDependencies]) -> tuple[Additions, ...]:
    """Return what is added to an edition: first to those that it is based on, because it inherits that."""
    known = tuple(held)
    return tuple(
        one for edition in with_bases(catalogue) for item in known if item.edition == edition for one in item.additions
    )


@shown
@attrs.frozen(repr=False)
class OwnLineage:
    """Your own lineage between two editions."""

    old: EditionId
    new: EditionId
    rows: tuple[LineageRow, ...] = attrs.field(converter=as_tuple[LineageRow, ...])


# Parts are kept in order, so that the order in which they are added makes no difference.
def by_id(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return editions or frameworks in the order of their ids."""
    return tuple(sorted(items, key=lambda item: item.id))


def by_set(items: Iterable[OwnMappings]) -> tuple[OwnMappings, ...]:
    """Return mappings in the order of the names of their sets."""
    return tuple(sorted(items, key=lambda item: item.set.name))


def by_edition(items: Iterable[OwnDependencies]) -> tuple[OwnDependencies, ...]:
    """Return dependencies in the order of their editions."""
    return tuple(sorted(items, key=lambda item: item.edition))


def by_pair(items: Iterable[OwnLineage]) -> tuple[OwnLineage, ...]:
    """Return lineages in the order of their editions."""
    return tuple(sorted(items, key=lambda item: (item.old, item.new)))


def with_dropped(error: UnknownKey, edition: EditionId | str | None, editions: Iterable[Catalogue]) -> UnknownKey:
    """Return the error for a key or, if a derived edition has dropped what it names, one that says so and why."""
    head, local = split_key(error.text.strip())
    named, number = (head, local) if local else (str(edition or ""), head)
    for item in editions:
        if named not in {str(item.id), item.id.document}:
            continue
        step: Catalogue | None = item
        while step is not None:
            for dropped in step.dropped:
                if number == dropped.provision.number or number.startswith(f"{dropped.provision.number}#"):
                    said = f"{step.id} dropped {dropped.provision}: {dropped.reason}"
                    return UnknownKey(error.text, error.mistake, said, (str(dropped.provision),))
            step = step.base
    return error


def check_class(value: object, wanted: type[object], package: str) -> None:
    """Raise TypeError if *value* is not what a library holds; *package* has the function that reads plain data."""
    if not isinstance(value, wanted):
        message = f"a {wanted.__name__} is expected, not {type(value).__name__}; {package}.loads reads plain data"
        raise TypeError(message)


def check_new(item: Catalogue | Framework, wanted: type[Catalogue | Framework], held: Collection[EditionId]) -> None:
    """Raise AlreadyInLibrary if an edition or framework ships under the id of *item*, or is among those held."""
    check_class(item, wanted, wanted.__module__.rpartition(".")[0])
    edition = item.id
    if edition in {*shipped_editions(), *(item.id for item in framework_entries())}:
        raise AlreadyInLibrary(str(edition), "ships with aicop; use another key or another edition")
    if edition in held:
        raise AlreadyInLibrary(str(edition), "is already in the library, with other content")


def own_phrase(
    editions: Sized,
    frameworks: Sized,
    mappings: Iterable[OwnMappings],
    dependencies: Iterable[OwnDependencies],
    lineages: Sized,
) -> str:
    """Return counts of what a library holds that does not ship; empty if it holds nothing."""
    counts = (
        (len(editions), "edition", "editions"),
        (len(frameworks), "framework", "frameworks"),
        (sum(len(item.rows) for item in mappings), "mapping", "mappings"),
        (sum(len(item.additions) for item in dependencies), "file of dependencies", "files of dependencies"),
        (len(lineages), "lineage", "lineages"),
    )
    return ", ".join(count_phrase(count, noun, plural) for count, noun, plural in counts if count)
