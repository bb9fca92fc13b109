"""The `Library` class: everything that can be asked at once, what ships and what is yours."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import attrs

from aicop.catalogue.catalogue import Catalogue
from aicop.catalogue.shipped import load as load_edition
from aicop.errors import AlreadyInLibrary, Fault, InvalidDocument, UnknownKey, count_phrase
from aicop.frameworks.edition_view import from_catalogue
from aicop.frameworks.framework import Framework
from aicop.frameworks.registry import FrameworkRegistry, OwnFramework
from aicop.frameworks.shipped import available
from aicop.keys.kinds import check_kind, kind_of
from aicop.library.parts import (
    OwnDependencies,
    OwnLineage,
    OwnMappings,
    additions_of,
    by_edition,
    by_id,
    by_pair,
    by_set,
    check_new,
    mapping_sets,
    merge_sets,
    with_bases,
    with_dropped,
)
from aicop.library.shown import library_html, library_repr
from aicop.lineage.lineages import Lineages
from aicop.manifest import editions as shipped_editions
from aicop.spelling import several

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from os import PathLike

    from aicop.crosswalk.contradictions import Contradiction
    from aicop.crosswalk.core import Crosswalk
    from aicop.crosswalk.coverage import CoverageReport
    from aicop.crosswalk.routes import KeyClaims
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.graph.edges import Additions
    from aicop.ids import EditionId, Key
    from aicop.keys.parser import Kind
    from aicop.library.check import KeyCheck
    from aicop.library.review import Review
    from aicop.lineage.comparison import Comparison
    from aicop.model.framework import FrameworkEdition
    from aicop.model.lineage import LineageRow
    from aicop.model.mapping import Mapping, MappingSet
    from aicop.search import Hit
    from aicop.vocabulary import DependencyKind

    Name = EditionId | str


# Crosswalks, search and graphs are imported by the methods that need them, because few callers need all of them.
# Not slotted, so that what is computed can be kept beside the fields.
@attrs.frozen(repr=False, kw_only=True, slots=False)
class Library:
    """
    Everything that can be asked at once: what ships, and the editions, frameworks and mappings that are yours.

    ``Library()`` is what ships, and `open` that and the files in a folder of yours. The methods ``with_...`` return a
    new library. Libraries are immutable, can be pickled, and are equal if they hold the same.

    >>> library = Library()
    >>> str(library.parse("UK Code 5.4.1"))
    'uk-ai-cop@2025-01:5.4.1'
    >>> library.crosswalk("etsi-en-304-223", "iso-iec-42001")["5.2.1-1"][0].says
    'intersects-with'
    """

    _editions: tuple[Catalogue, ...] = attrs.field(default=(), converter=by_id)
    _frameworks: tuple[OwnFramework, ...] = attrs.field(default=(), converter=by_id)
    _mappings: tuple[OwnMappings, ...] = attrs.field(default=(), converter=by_set)
    _dependencies: tuple[OwnDependencies, ...] = attrs.field(default=(), converter=by_edition)
    _lineages: tuple[OwnLineage, ...] = attrs.field(default=(), converter=by_pair)
    folder: Path | None = attrs.field(default=None, eq=False)
    """The folder that the library was read from; None for one that was not."""
    skipped: tuple[Fault, ...] = attrs.field(default=(), eq=False)
    """What was left out when the folder was read with *skip_invalid*, each with its place."""
    skipped_files: tuple[str, ...] = attrs.field(default=(), eq=False)
    """The files that were left out as a whole."""

    @classmethod
    def open(cls, folder: str | PathLike[str], *, skip_invalid: bool = False) -> Library:
        """
        Return what ships and what a folder holds.

        With *skip_invalid*, rows and files with faults are left out and listed in `skipped`.

        Raises:
            InvalidDocument: with all faults of all files, each with its place; then nothing is loaded.
            NoLibrary: the folder does not exist or is none of a library.
            OSError: a file in it cannot be read.
        """
        # Imported here: only a folder needs pydantic.
        from aicop.library.folder import read_folder

        path = Path(folder)
        found, faults, files = read_folder(cls(), path)
        if faults and not skip_invalid:
            message = f"{path}: {count_phrase(len(faults), 'error')}"
            raise InvalidDocument(message, faults)
        return attrs.evolve(found, folder=path, skipped=faults, skipped_files=files)

    @classmethod
    def find(cls, folder: str | None = None) -> Library:
        """
        Return the library that commands use: see `aicop.library.find_folder`; without a folder, what ships.

        Raises:
            InvalidDocument: with all faults of the files in the folder.
            NoLibrary: the folder does not exist or is none of a library.
            OSError: a file in it cannot be read.
        """
        from aicop.library.locate import find_folder

        found, _ = find_folder(folder)
        return cls() if found is None else cls.open(found)

    def __getstate__(self) -> dict[str, Any]:
        # Only the fields: everything else is computed from them.
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    __repr__ = library_repr
    _repr_html_ = library_html

    def with_edition(self, catalogue: Catalogue) -> Library:
        """
        Return a library that also holds an edition of yours and, if it is derived from another, its lineage.

        Raises:
            AlreadyInLibrary: the library holds another edition or framework under this id, or one ships.
        """
        if any(item == catalogue for item in self._editions):
            return self
        check_new(catalogue, Catalogue, self.registry.ids)
        return attrs.evolve(self, editions=(*self._editions, catalogue))

    def with_framework(self, framework: Framework, *, names: str | Iterable[str] = ()) -> Library:
        """
        Return a library that also holds a framework of yours, such as `aicop.frameworks.loads` returns.

        *names* are further names by which keys may refer to it.

        Raises:
            AlreadyInLibrary: the library holds another edition or framework under this id, or one ships.
        """
        own = OwnFramework(framework, several(names))
        if own in self._frameworks:
            return self
        check_new(framework, Framework, self.registry.ids)
        return attrs.evolve(self, frameworks=(*self._frameworks, own))

    def without_frameworks(self, editions: Iterable[EditionId]) -> Library:
        """Return a library without these frameworks of yours; the mappings that refer to them stay."""
        gone = frozenset(editions)
        return attrs.evolve(self, frameworks=(item for item in self._frameworks if item.id not in gone))

    def with_mappings(self, rows: Iterable[Mapping], *, name: str = "own mappings") -> Library:
        """
        Return a library that also holds mappings of yours, such as `aicop.mappings.loads` returns.

        *name* is the name of their set, which counts when libraries are compared; a folder names each set by the path
        of its file. Rows that the set holds already are not added again. Otherwise, an author judges a pair only once.

        Raises:
            AlreadyInLibrary: a set with this name ships.
            InvalidDocument: with all faults of all rows, such as unknown ids, impossible strengths, and pairs that
                their author has judged before.
        """
        from aicop.library.faults import mapping_faults_of, repetition_faults
        from aicop.mappings.shipped import sets

        listed = tuple(rows)
        if any(item.name == name for item in sets()):
            raise AlreadyInLibrary(name, "is a set of mappings that ships; use another name")
        # Only a valid mapping has two sides that can be compared with those of others.
        faults = mapping_faults_of(listed, name, self.framework)
        added = () if faults else tuple(mapping_sets(listed, name))
        if faults := faults or repetition_faults(listed, added, self._mappings, name):
            raise InvalidDocument.from_faults(faults)
        return attrs.evolve(self, mappings=merge_sets(self._mappings, added))

    def with_dependencies(self, edition: Name, *additions: Additions) -> Library:
        """
        Return a library that also holds dependencies and artefacts of yours, such as `aicop.graph.loads` returns.

        Raises:
            UnknownEdition: the library has no such edition.
            InvalidDocument: the additions repeat or contradict others.
        """
        own = self.catalogue(edition).id
        held = {item.edition: item for item in self._dependencies}
        known = held[own].additions if own in held else ()
        held[own] = OwnDependencies(own, (*known, *(item for item in additions if item not in known)))
        found = attrs.evolve(self, dependencies=held.values())
        # Built at once, so that repeated edges and cycles are reported here and not in a later question.
        for inheriting in (own, *(item.id for item in self._editions if own in with_bases(item) and own != item.id)):
            found.graph(inheriting)
        return found

    def with_lineage(self, old: Name, new: Name, rows: Iterable[LineageRow]) -> Library:
        """
        Return a library that also holds a lineage of yours, such as `aicop.lineage.loads` returns.

        Raises:
            UnknownEdition: the library has no such edition.
            AlreadyInLibrary: the library holds another lineage between the two editions, or one ships.
            InvalidDocument: with all faults of the rows.
        """
        ends = self.lineages.resolve(old), self.lineages.resolve(new)
        own = OwnLineage(*ends, tuple(rows))
        if own in self._lineages:
            return self
        pairs = [{item.old, item.new} for item in self.lineages.tables]
        if set(ends) in pairs or set(ends) <= set(shipped_editions()):
            raise AlreadyInLibrary(f"{ends[0]}--{ends[1]}", "is a lineage that the library already holds")
        found = attrs.evolve(self, lineages=(*self._lineages, own))
        _ = found.lineages  # Built at once, so that the faults of its rows are reported here.
        return found

    @functools.cached_property
    def registry(self) -> FrameworkRegistry:
        """Your frameworks and editions beside what ships, for reading files that refer to them."""
        views = (OwnFramework(from_catalogue(item)) for item in self._editions)
        return FrameworkRegistry((*self._frameworks, *views))

    @functools.cached_property
    def lineages(self) -> Lineages:
        """All lineages: those that ship, yours, and those of derived editions."""
        from aicop.catalogue.changes import derived_lineage

        tables = {(item.old, item.new): item.rows for item in self._lineages}
        tables |= {(item.base.id, item.id): derived_lineage(item) for item in self._editions if item.base is not None}
        names = {name for item in self._frameworks for name in (str(item.id), item.id.document)}
        return Lineages(tables, self._editions, names)

    @functools.cached_property
    def digest(self) -> str:
        """
        The SHA-256 digest of everything that the library holds, in hexadecimal digits.

        It does not depend on the order in which things were added, and not on columns of your own.
        """
        from aicop.library.digest import library_digest

        return library_digest(self._editions, self._frameworks, self._mappings, self._dependencies, self._lineages)

    @overload
    def parse(self, text: str | Key, edition: Name | None = None, *, kind: None = None) -> Key: ...
    @overload
    def parse(self, text: str | Key, edition: Name | None = None, *, kind: type[Kind]) -> Kind: ...
    def parse(self, text: str | Key, edition: Name | None = None, *, kind: type[Kind] | None = None) -> Key:
        """
        Return the id that a written key refers to, as `aicop.parse` does, in your frameworks and in what ships.

        Raises:
            TypeError: *text* is not text, or *kind* is not the class of an id.
            UnknownKey: no item exists under this key, or it is of another kind; the error states the likely mistake and
                the nearest keys.
            UnknownEdition: there is no such *edition*.
        """
        if kind is not None:
            return check_kind(kinds=kind_of(kind), found=self.parse(text, edition), written=str(text))
        try:
            return self.registry.parse(text, edition)
        except UnknownKey as error:
            raise with_dropped(error, edition, self._editions) from None

    def check(self, texts: str | Iterable[str], edition: Name | None = None) -> tuple[KeyCheck, ...]:
        """
        Return a verdict on each written key, in order; one text is one key.

        Raises:
            UnknownEdition: there is no such *edition*.
        """
        from aicop.library.check import KeyChecker

        return tuple(map(KeyChecker(self.parse, edition).key, several(texts)))

    def editions(self) -> tuple[EditionId, ...]:
        """Return the ids of the editions: those that ship in order of publication, then yours."""
        return self.lineages.editions()

    def catalogue(self, edition: Name) -> Catalogue:
        """
        Return the catalogue of an edition; the key or name of a document means its current edition.

        Raises:
            UnknownEdition: there is no such edition.
        """
        own = self.lineages.resolve(edition)
        return next((item for item in self._editions if item.id == own), None) or load_edition(own)

    def frameworks(self) -> tuple[FrameworkEdition, ...]:
        """Return the editions of the frameworks: those that ship, then yours; editions of the Code are not included."""
        return (*available(), *(item.framework.edition for item in self._frameworks))

    def framework(self, name: Name) -> Framework:
        """
        Return a framework by edition, key or name; an edition of the Code is viewed as one.

        Raises:
            UnknownEdition: there is no such framework, or several of yours have the name.
        """
        return self.registry.framework(name)

    def compare(self, old: Name, new: Name) -> Comparison:
        """
        Compare two editions, in either direction.

        Raises:
            UnknownEdition: there is no such edition, or both are the same.
            NoLineage: no lineage connects the editions.
        """
        return self.lineages.compare(old, new)

    def counterpart(self, item: Key | str, edition: Name) -> Key:
        """
        Return the counterpart of an item in another edition.

        Raises:
            UnknownEdition: there is no such edition.
            UnknownKey: *item* does not exist, or is not an item of an edition.
            NoSingleCounterpart: there is none or more than one; see `counterparts`.
            NoLineage: no lineage connects the editions.
        """
        return self.lineages.counterpart(item, edition)

    def counterparts(self, item: Key | str, edition: Name) -> tuple[Key, ...]:
        """
        Return all counterparts of an item in another edition; none if it was removed.

        Raises:
            UnknownEdition: there is no such edition.
            UnknownKey: *item* does not exist, or is not an item of an edition.
            NoLineage: no lineage connects the editions.
        """
        return self.lineages.counterparts(item, edition)

    def graph(self, edition: Name, *, kinds: str | Collection[DependencyKind | str] | None = None) -> DependencyGraph:
        """
        Return the dependency graph of an edition, with yours and those of its bases, of all or some *kinds*.

        Raises:
            UnknownEdition: there is no such edition.
            UnknownTerm: one of *kinds* does not exist.
            InvalidDocument: the dependencies repeat or contradict each other.
        """
        from aicop.graph.dependency_graph import graph

        catalogue = self.catalogue(edition)
        return graph(catalogue, *additions_of(catalogue, self._dependencies), kinds=kinds)

    def own_dependencies(self) -> tuple[EditionId, ...]:
        """Return the editions to which your dependencies and artefacts belong, in order."""
        return tuple(item.edition for item in self._dependencies)

    def mapping_sets(self) -> tuple[MappingSet, ...]:
        """Return the sets of mappings: those that ship, those of your lineages, and yours."""
        from aicop.mappings.shipped import sets

        return (*sets(), *(item.set for item in self._own_sets.values()))

    @functools.cached_property
    def _own_sets(self) -> dict[str, OwnMappings]:
        """The sets that do not ship, by name."""
        from aicop.library.lineage_sets import lineage_sets

        derived = {(item.base.id, item.id) for item in self._editions if item.base is not None}
        found = (*lineage_sets(self.lineages, derived, self.framework), *self._mappings)
        return {item.set.name: item for item in found}

    def mappings(self, name: str) -> tuple[Mapping, ...]:
        """
        Return the mappings of a set.

        Raises:
            UnknownTerm: no set has this name.
        """
        from aicop.mappings.shipped import load

        own = self._own_sets.get(name)
        return load(name) if own is None else own.rows

    def own_mappings(self) -> tuple[Mapping, ...]:
        """Return your mappings, by set and in order."""
        return tuple(row for item in self._mappings for row in item.rows)

    def lineage_ways(self, edition: EditionId) -> dict[EditionId, tuple[EditionId, ...]]:
        """Return the way to an edition or framework itself, and to each edition of its lineage; see `Lineages.ways`."""
        return self.lineages.ways(edition) if edition in self.editions() else {edition: (edition,)}

    def crosswalk(
        self, source: Name, target: Name, *, via: Name | Iterable[Name] | None = None, author: str | None = None
    ) -> Crosswalk:
        """
        Return the crosswalk between two frameworks, from your mappings and those that ship.

        It is composed through the frameworks in *via*; if that is empty, only mappings between the two count. Without
        *via*, these are combined with what follows from other editions of the source and the target; `Crosswalk.ways`
        says so. With *author*, only mappings by that author are used.

        Raises:
            UnknownEdition: there is no such framework.
            NoCrosswalk: there are no mappings for a step; the error suggests routes through other frameworks.
            UnknownTerm: no mapping is by *author*.
        """
        from aicop.crosswalk.routes import crosswalk_in

        return crosswalk_in(self, source, target, via=via, author=author)

    def crosswalk_cache(self) -> dict[tuple[EditionId, EditionId], Crosswalk]:
        """Return the dictionary in which crosswalks between two editions are kept once they are built."""
        found: dict[tuple[EditionId, EditionId], Crosswalk] = self.__dict__.setdefault("_crosswalks", {})
        return found

    def mappings_of(self, key: Key | str) -> tuple[KeyClaims, ...]:
        """
        Return the claims about an element and its statements in each framework; see `aicop.crosswalk.mappings_of`.

        Raises:
            UnknownKey: there is no such element.
        """
        from aicop.crosswalk.routes import mappings_of_in

        return mappings_of_in(self, key)

    def explain(self, one: Key | str, other: Key | str, *, via: Name | Iterable[Name] | None = None) -> str:
        """
        Return the claims about elements of two frameworks as plain text, with the mappings and rationales behind them.

        Raises:
            UnknownKey: one of the elements does not exist.
            NoCrosswalk: there are no mappings between their frameworks.
        """
        from aicop.crosswalk.routes import explain_in

        return explain_in(self, one, other, via=via)

    def coverage(
        self,
        source: Name,
        target: Name,
        *,
        via: Name | Iterable[Name] | None = None,
        denominator: str | Iterable[str] | None = None,
        strength: int | None = None,
    ) -> CoverageReport:
        """
        Return how far one framework is covered by another; see `Crosswalk.coverage`, and `crosswalk` for the errors.

        Coverage is about frameworks; it is not compliance.
        """
        return self.crosswalk(source, target, via=via).coverage(denominator=denominator, strength=strength)

    def changes_to_review(self, crosswalk: Crosswalk) -> tuple[LineageRow, ...]:
        """Return the changes between editions on which a crosswalk relies and that a person should review, in order."""
        from aicop.library.lineage_sets import changes_to_review

        return changes_to_review(crosswalk, self.lineages)

    def find_contradictions(self) -> tuple[Contradiction, ...]:
        """Return the contradictions among all mappings, yours and those that ship."""
        from aicop.crosswalk.contradictions import find_contradictions

        rows = [row for item in self.mapping_sets() for row in self.mappings(item.name)]
        editions = dict.fromkeys(edition for row in rows for edition in (row.source_edition, row.target_edition))
        return find_contradictions(rows, [self.framework(edition) for edition in editions])

    def search(self, text: str, within: str | Iterable[Name] | None = None, *, limit: int = 20) -> tuple[Hit, ...]:
        """
        Return the elements of all frameworks, or of those *within*, that contain words of *text*, the best match first.

        Raises:
            UnknownEdition: there is no such framework.
        """
        from aicop.search import search

        every = (*self.editions(), *(item.id for item in self.frameworks()))
        return search(text, map(self.framework, every if within is None else several(within)), limit=limit)

    def review(self) -> Review:
        """Return your mappings whose sources or targets have changed since they were judged, and why."""
        from aicop.library.review import review_of

        return review_of(self.own_mappings(), self.framework)
