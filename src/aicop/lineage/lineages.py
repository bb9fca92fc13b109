"""All lineages that can be asked at once: those that ship, and your own."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, overload

import attrs

from aicop._notebook import shown
from aicop._resources import read_table
from aicop.errors import (
    Fault,
    InvalidDocument,
    KeyMistake,
    NoLineage,
    NoSingleCounterpart,
    UnknownEdition,
    UnknownKey,
)
from aicop.ids import ControlId, EditionId, Key, PhaseId, PrincipleId, ProvisionId, StatementId, split_key
from aicop.keys.parser import parse
from aicop.lineage.comparison import Comparison
from aicop.manifest import editions as shipped_editions
from aicop.manifest import framework_as_edition, resolve_edition, ships, unknown_edition
from aicop.model.from_rows import lineage_row
from aicop.model.lineage import LineageRow
from aicop.vocabulary import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    # Only an annotation of a field needs it at run time, and nothing resolves that.
    from aicop.catalogue.catalogue import Catalogue  # noqa: TC004


def _as_tables(
    given: Mapping[tuple[EditionId, EditionId], Iterable[LineageRow]] | Iterable[Comparison],
) -> tuple[Comparison, ...]:
    """Return tables, given as rows by old and new edition or as comparisons, in order of their editions."""
    if isinstance(given, Mapping):
        given = [Comparison(old, new, rows) for (old, new), rows in given.items()]
    return tuple(sorted(given, key=lambda table: (table.old, table.new)))


def _as_names(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


def _as_catalogues(given: Iterable[Catalogue]) -> tuple[Catalogue, ...]:
    return tuple(sorted(given, key=lambda catalogue: catalogue.id))


# There is one file per pair of editions, from older to newer. All editions print their items in the same order, so the
# rows of the reverse direction need no sorting.
@functools.cache
def _shipped(old: EditionId, new: EditionId) -> Comparison:
    known = shipped_editions()
    if known.index(old) > known.index(new):
        return Comparison(old, new, (row.reversed() for row in _shipped(new, old).rows))
    return Comparison(old, new, (lineage_row(row, old, new) for row in read_table(f"lineage/{old}--{new}.tsv")))


@shown
@attrs.frozen(repr=False)
class Lineages:
    """
    The lineages between editions: those that ship, and tables of your own between editions that ship or are yours.

    *tables* are your own tables, as a mapping from pairs of editions, old and new, to rows; *catalogues* are your own
    editions. Where no table compares two editions, tables are chained through the editions in between.

    >>> lineages = Lineages()
    >>> [str(item) for item in lineages.counterparts("uk-ai-cop:8.3#2", "etsi-en-304-223")]
    ['etsi-en-304-223@2.1.1:5.2.4-3#2']

    Raises:
        InvalidDocument: with all faults of the tables: unknown editions and items, contradictory and repeated rows,
            items that no row accounts for, and tables or editions that ship already or are given twice.
    """

    tables: tuple[Comparison, ...] = attrs.field(default=(), converter=_as_tables)
    """Your own tables, by old and new edition; their rows are in printed order."""
    catalogues: tuple[Catalogue, ...] = attrs.field(default=(), converter=_as_catalogues)
    """Your own editions, in order of their ids."""
    frameworks: frozenset[str] = attrs.field(default=frozenset(), converter=_as_names, eq=False)
    """The editions and keys of your own frameworks, which errors tell from editions of documents."""
    # What was computed is kept, because a table may be chained and composed. None of it is a part of the value.
    _compared: dict[tuple[EditionId, EditionId], Comparison] = attrs.field(factory=dict, init=False, eq=False)
    _found: dict[tuple[EditionId, EditionId | str], dict[Key, tuple[Key, ...]]] = attrs.field(
        factory=dict, init=False, eq=False
    )
    # By the two editions, and whether the rows are those of statements.
    _rows: dict[tuple[EditionId, EditionId, bool], dict[Key, tuple[LineageRow, ...]]] = attrs.field(
        factory=dict, init=False, eq=False
    )

    def __attrs_post_init__(self) -> None:
        if not self.tables and not self.catalogues:
            return
        if faults := tuple(self._faults()):
            raise InvalidDocument.from_faults(faults)
        from aicop.lineage.chaining import with_provision_rows
        from aicop.lineage.order import in_printed_order

        tables = tuple(
            in_printed_order(
                Comparison(table.old, table.new, with_provision_rows(table.rows)),
                self._catalogue(table.old),
                self._catalogue(table.new),
            )
            for table in self.tables
        )
        # A frozen class can set its fields in no other way.
        object.__setattr__(self, "tables", tables)

    def _faults(self) -> Iterator[Fault]:
        from aicop.lineage.faults import table_faults

        shipped, own = shipped_editions(), [catalogue.id for catalogue in self.catalogues]
        for edition in dict.fromkeys(own):
            if edition in shipped or own.count(edition) > 1:
                yield Fault(f"editions/{edition}", "", "already ships" if edition in shipped else "given twice")
        seen: set[frozenset[EditionId]] = set()
        for table in self.tables:
            file, pair = f"lineage/{table.old}--{table.new}", frozenset((table.old, table.new))
            unknown = [str(edition) for edition in sorted(pair) if edition not in shipped and edition not in own]
            if len(pair) == 1:
                yield Fault(file, "", "an edition has no lineage with itself")
            elif unknown:
                yield Fault(file, "", f"unknown edition {' and '.join(unknown)}; add the catalogue")
            elif pair.issubset(shipped):
                yield Fault(file, "", "a lineage between these editions already ships")
            elif pair in seen:
                yield Fault(file, "", "a table between these editions is given twice")
            else:
                placed = ((f"rows[{place}]", row) for place, row in enumerate(table.rows))
                yield from table_faults(placed, self._catalogue(table.old), self._catalogue(table.new), file)
            seen.add(pair)

    def _catalogue(self, edition: EditionId) -> Catalogue:
        for catalogue in self.catalogues:
            if catalogue.id == edition:
                return catalogue
        # Imported here, because most look-ups need only the tables.
        from aicop.catalogue.shipped import load

        return load(edition)

    def editions(self) -> tuple[EditionId, ...]:
        """Return the editions that can be asked about: those that ship in order of publication, then your own."""
        return (*shipped_editions(), *(catalogue.id for catalogue in self.catalogues))

    def resolve(self, edition: EditionId | str) -> EditionId:
        """
        Return the id of an edition from an id or its written form.

        The key or name of a document means its current edition: of a document of your own, the one with the highest
        label.

        Raises:
            UnknownEdition: the edition neither ships nor is one of your own.
        """
        known = self.editions()
        if isinstance(edition, EditionId) and edition in known:
            return edition
        written = str(edition)
        try:
            return resolve_edition(written)
        except UnknownEdition as error:
            # The labels of one document are in ascending order.
            for own in reversed(self.catalogues):
                if written in {str(own.id), own.id.document}:
                    return own.id
            if written in self.frameworks:
                raise framework_as_edition(written, known) from error
            if error.advice:
                raise UnknownEdition(written, tuple(map(str, known)), error.advice) from error
            raise unknown_edition(written, map(str, known)) from error

    def related(self, edition: EditionId | str) -> tuple[EditionId, ...]:
        """
        Return the editions that lineages connect with an edition, the nearest first, without the edition itself.

        Raises:
            UnknownEdition: the edition neither ships nor is one of your own.
        """
        return tuple(self._before(self.resolve(edition)))[1:]

    def ways(self, edition: EditionId | str) -> dict[EditionId, tuple[EditionId, ...]]:
        """
        Return the shortest way from an edition to itself and to each edition that lineages connect with it.

        The nearest comes first. A way holds the editions that it passes, both ends included.

        Raises:
            UnknownEdition: the edition neither ships nor is one of your own.
        """
        start = self.resolve(edition)
        found: dict[EditionId, tuple[EditionId, ...]] = {start: (start,)}
        for there, here in self._before(start).items():
            if there != start:
                found[there] = (*found[here], there)
        return found

    def _before(self, start: EditionId) -> dict[EditionId, EditionId]:
        """Return each edition that can be reached from *start*, the nearest first, with the one before it."""
        known = self.editions()
        shipped = set(shipped_editions())
        direct = {frozenset((table.old, table.new)) for table in self.tables}
        found = {start: start}
        # The dictionary grows while it is read, so that editions come in order of distance.
        ahead = [start]
        for here in ahead:
            for there in known:
                if there not in found and (shipped.issuperset((here, there)) or frozenset((here, there)) in direct):
                    found[there] = here
                    ahead.append(there)
        return found

    def compare(self, old: EditionId | str, new: EditionId | str) -> Comparison:
        """
        Compare two editions, in either direction: *old* may be the newer one.

        Raises:
            UnknownEdition: an edition neither ships nor is one of your own, or both are the same.
            NoLineage: no lineage connects the editions.
        """
        first, second = self.resolve(old), self.resolve(new)
        if first == second:
            others = tuple(str(edition) for edition in self.editions() if edition != first)
            raise UnknownEdition(str(new), others, "an edition cannot be compared with itself; ")
        return self._compare(first, second)

    def _compare(self, old: EditionId, new: EditionId) -> Comparison:
        if (known := self._compared.get((old, new))) is None:
            known = self._compared[old, new] = self._computed(old, new)
        return known

    def _computed(self, old: EditionId, new: EditionId) -> Comparison:
        shipped = shipped_editions()
        if old in shipped and new in shipped:
            return _shipped(old, new)
        from aicop.lineage.order import in_printed_order

        for table in self.tables:
            if (table.old, table.new) == (old, new):
                return table
            if (table.old, table.new) == (new, old):
                back = Comparison(old, new, (row.reversed() for row in table.rows))
                return in_printed_order(back, self._catalogue(old), self._catalogue(new))
        known = self.editions()
        if known.index(old) > known.index(new):
            # Two ways can be equally short. Both directions must take the same one.
            back = Comparison(old, new, (row.reversed() for row in self._compare(new, old).rows))
            return in_printed_order(back, self._catalogue(old), self._catalogue(new))
        return self._chained(old, new)

    def _chained(self, old: EditionId, new: EditionId) -> Comparison:
        """Compare two editions through the fewest editions in between."""
        from aicop.lineage.chaining import compose, labelled
        from aicop.lineage.order import in_printed_order

        ways = self.ways(old)
        if new not in ways:
            raise NoLineage(str(old), str(new), map(str, list(ways)[1:]))
        steps = [labelled(self._compare(*pair)) for pair in itertools.pairwise(ways[new])]
        found = functools.reduce(lambda first, second: compose(first, second, self._count), steps)
        return in_printed_order(found, self._catalogue(old), self._catalogue(new))

    def _count(self, provision: ProvisionId) -> int:
        return len(self._catalogue(provision.edition)[provision].statements)

    def rows_of(self, item: Key, edition: EditionId | str) -> tuple[LineageRow, ...]:
        """
        Return the rows that state what became of a provision, statement or principle in another edition.

        There is one row per counterpart, in order; a single row without *new* if the item was removed. A row of a
        statement may follow from that of its provision. Empty for phases and roles, which lineages do not list, and in
        the item's own edition.

        Raises:
            UnknownEdition: an edition neither ships nor is one of your own.
            NoLineage: no lineage connects the editions.
        """
        home, target = self.resolve(item.edition), self.resolve(edition)
        if home == target or isinstance(item, PhaseId | ControlId):
            return ()
        parts = isinstance(item, StatementId)
        if (home, target, parts) not in self._rows:
            index: dict[Key, tuple[LineageRow, ...]] = {}
            for row in self.statements(home, target) if parts else self._compare(home, target).rows:
                if row.old is not None:
                    index[row.old] = (*index.get(row.old, ()), row)
            self._rows[home, target, parts] = index
        return self._rows[home, target, parts].get(item, ())

    def statements(self, old: EditionId | str, new: EditionId | str) -> tuple[LineageRow, ...]:
        """
        Return the rows of all statements, in printed order of the old edition.

        They are those of the comparison, and those that follow from its rows of provisions.
        Where no row says which statement is which, statements correspond by position if their provisions correspond
        one to one and have equally many. Otherwise, each statement of one provision may be any statement of the other.

        Raises:
            UnknownEdition: an edition neither ships nor is one of your own, or both are the same.
            NoLineage: no lineage connects the editions.
        """
        from aicop.lineage.chaining import statement_rows
        from aicop.lineage.order import in_printed_order

        whole = self.compare(old, new)
        found = Comparison(whole.old, whole.new, statement_rows(whole.rows, self._count))
        return in_printed_order(found, self._catalogue(whole.old), self._catalogue(whole.new)).rows

    @overload
    def counterparts(self, item: ProvisionId, edition: EditionId | str) -> tuple[ProvisionId, ...]: ...
    @overload
    def counterparts(self, item: StatementId, edition: EditionId | str) -> tuple[StatementId, ...]: ...
    @overload
    def counterparts(self, item: PrincipleId, edition: EditionId | str) -> tuple[PrincipleId, ...]: ...
    @overload
    def counterparts(self, item: PhaseId, edition: EditionId | str) -> tuple[PhaseId, ...]: ...
    @overload
    def counterparts(self, item: ControlId, edition: EditionId | str) -> tuple[ControlId, ...]: ...
    @overload
    def counterparts(self, item: Key | str, edition: EditionId | str) -> tuple[Key, ...]: ...
    def counterparts(self, item: Key | str, edition: EditionId | str) -> tuple[Key, ...]:
        """
        Return the counterparts of an item in another edition, in printed order, under their ids there.

        An item that was split has several, and one that was removed has none. Every item is its own counterpart in its
        own edition. Items are provisions, statements, principles, phases, and roles.

        Raises:
            UnknownEdition: *edition* neither ships nor is one of your own.
            UnknownKey: *item* cannot be parsed, does not exist, or is of another framework.
            NoLineage: no lineage connects the editions.
        """
        # Ids that were asked before need no parsing. Anything else is parsed, so that errors carry advice.
        if not isinstance(item, str) and (table := self._found.get((item.edition, edition))) is not None:
            found = table.get(item)
            if found is not None:
                return found
        return self._look_up(self._parsed(item), self.resolve(edition))

    def absence(self, item: Key | str, edition: EditionId | str) -> Change | None:
        """
        Return why an item has no counterpart in another edition, or None if it has one.

        *Added* if its own edition, or one on the way, was the later one and added it; otherwise *removed*.

        Raises:
            UnknownEdition: *edition* neither ships nor is one of your own.
            UnknownKey: *item* cannot be parsed, does not exist, or is of another framework.
            NoLineage: no lineage connects the editions.
        """
        known, target = self._parsed(item), self.resolve(edition)
        if self._look_up(known, target):
            return None
        ways, here = self._before(target), known.edition
        ends: tuple[Key, ...] = (known,)
        # The way of each edition to the target begins with the step that led to it.
        while others := tuple(other for end in ends for other in self._look_up(end, ways[here])):
            here, ends = ways[here], others
        return Change.ADDED if self._is_later(here, ways[here]) else Change.REMOVED

    def _is_later(self, edition: EditionId, than: EditionId) -> bool:
        """Return True if an edition is the later one of two that are compared directly."""
        for table in self.tables:
            if {table.old, table.new} == {edition, than}:
                return table.new == edition
        # Otherwise both ship, and those that ship are in the order of their dates.
        return max(edition, than, key=shipped_editions().index) == edition

    def _look_up(self, known: Key, target: EditionId) -> tuple[Key, ...]:
        """Return the counterparts of an item that exists."""
        if known.edition == target:
            return (known,)
        if isinstance(known, ControlId):
            return (ControlId(target, known.id),)
        # Phases have no rows of their own: a phase keeps its name.
        if isinstance(known, PhaseId):
            phase = PhaseId(target, known.slug)
            return (phase,) if any(one.id == phase for one in self._catalogue(target).phases) else ()
        pair = (known.edition, target)
        if pair not in self._found:
            index: dict[Key, tuple[Key, ...]] = {}
            for row in self._compare(*pair).rows:
                # Most statements have no rows of their own, and are found below.
                if row.old is not None:
                    index[row.old] = (*index.get(row.old, ()), *((row.new,) if row.new is not None else ()))
            self._found[pair] = index
        index = self._found[pair]
        if known not in index:
            if isinstance(known, PrincipleId):
                index[known] = self._principles(known, target)
            else:
                index[known] = tuple(row.new for row in self.rows_of(known, target) if row.new is not None)
        return index[known]

    def _principles(self, principle: PrincipleId, target: EditionId) -> tuple[PrincipleId, ...]:
        """Return the principles to which the provisions of a principle went, for tables without rows of principles."""
        there = self._catalogue(target)
        within = [item for item in self._catalogue(principle.edition).values() if item.principle == principle]
        found = {there[key].principle for item in within for key in self.counterparts(item.id, target)}
        return tuple(item.id for item in there.principles if item.id in found)

    def _parsed(self, item: Key | str) -> Key:
        """Return the id that *item* refers to; raise UnknownKey if no edition has it."""
        written = str(item)
        head, _ = split_key(written)
        for catalogue in reversed(self.catalogues):
            # A document that ships wins over an edition of your own of the same document, unless it is named in full.
            if head == str(catalogue.id) or (head == catalogue.id.document and not ships(head)):
                return catalogue.find(written)
        known = None if head in self.frameworks else parse(written)
        if known is None or known.edition not in shipped_editions():
            framework = head if known is None else known.edition
            advice = (
                f"{framework} is a framework, and only items of editions have counterparts: provisions, statements, "
                "principles, phases and roles."
            )
            raise UnknownKey(written, KeyMistake.OTHER_FRAMEWORK, advice)
        return known

    @overload
    def counterpart(self, item: ProvisionId, edition: EditionId | str) -> ProvisionId: ...
    @overload
    def counterpart(self, item: StatementId, edition: EditionId | str) -> StatementId: ...
    @overload
    def counterpart(self, item: PrincipleId, edition: EditionId | str) -> PrincipleId: ...
    @overload
    def counterpart(self, item: PhaseId, edition: EditionId | str) -> PhaseId: ...
    @overload
    def counterpart(self, item: ControlId, edition: EditionId | str) -> ControlId: ...
    @overload
    def counterpart(self, item: Key | str, edition: EditionId | str) -> Key: ...
    def counterpart(self, item: Key | str, edition: EditionId | str) -> Key:
        """
        Return the only counterpart of an item in another edition.

        Raises:
            NoSingleCounterpart: the item was removed, or has several counterparts.
            UnknownEdition: *edition* neither ships nor is one of your own.
            UnknownKey: *item* cannot be parsed, does not exist, or is of another framework.
            NoLineage: no lineage connects the editions.
        """
        found = self.counterparts(item, edition)
        if len(found) == 1:
            return found[0]
        known, target = self._parsed(item), self.resolve(edition)
        notes = {row.note: None for row in self.rows_of(known, target) if row.note}
        raise NoSingleCounterpart(str(known), str(target), map(str, found), " ".join(notes) or None)
