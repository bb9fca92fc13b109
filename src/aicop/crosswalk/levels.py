"""Histories of crosswalks whose claims were propagated through the hierarchies, or merged."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

import attrs

from aicop.crosswalk.ends import joints_of, members_of
from aicop.crosswalk.hierarchy import MappedRelatives, partners_of
from aicop.crosswalk.history import SOURCE, TARGET, History, Keep, Omission, Tables
from aicop.crosswalk.joints import relatives_of, spread_links, spread_relations
from aicop.crosswalk.links import Links, inverse_links
from aicop.crosswalk.matrix import RelationMatrix, inverse
from aicop.crosswalk.unmatched import Unmatched, reverse_unmatched, spread_unmatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.claim import Path
    from aicop.crosswalk.hierarchy import Relatives
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, End, JointId
    from aicop.model.mapping import Mapping

Cell = TypeVar("Cell")
Kinds = frozenset[str] | None
"""Kinds of elements, or None for all kinds."""


@attrs.frozen
class Merged:
    """A history with one claim per pair: the intersection of the relations of all paths."""

    of: History

    @property
    def source(self) -> Framework:
        """The framework of the sources."""
        return self.of.source

    @property
    def target(self) -> Framework:
        """The framework of the targets."""
        return self.of.target

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """The underlying mappings."""
        return self.of.mappings

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """All frameworks that mappings belong to."""
        return self.of.frameworks

    @property
    def via(self) -> tuple[EditionId, ...]:
        """The editions between source and target."""
        return self.of.via

    @property
    def separate(self) -> bool:
        """Whether each path is a claim of its own: no."""
        return False

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What the history leaves out."""
        return self.of.omissions

    @property
    def dropped(self) -> tuple[Mapping, ...]:
        """The mappings that filters have removed."""
        return self.of.dropped

    @property
    def tables(self) -> Tables:
        """What is known."""
        return self.of.tables

    def paths(self, one: End, other: End) -> Iterable[Path]:
        """Return the paths of a pair."""
        return self.of.paths(one, other)

    def rows_at(self, side: int) -> Iterator[tuple[End, Mapping]]:
        """Yield the mappings on one side."""
        return self.of.rows_at(side)

    def filtered(self, keep: Keep) -> Merged:
        """Return what is left, merged."""
        return Merged(self.of.filtered(keep))


def _is_kept(framework: Framework, end: End, kinds: Kinds) -> bool:
    """Return True if an element is of one of the kinds; all members of a joint id must be."""
    return kinds is None or all(framework[key].kind in kinds for key in members_of(end))


def sides_of(tables: Tables) -> tuple[dict[End, None], dict[End, None]]:
    """Return all sources and all targets of which something is known, each as the keys of a dict."""
    found: tuple[dict[End, None], dict[End, None]] = {}, {}
    for table in (tables.matrix, tables.links):
        for one, row in table.items():
            found[SOURCE][one] = None
            found[TARGET].update(dict.fromkeys(row))
    for side in (SOURCE, TARGET):
        found[side].update(dict.fromkeys(tables.unmatched[side]))
    return found


def _pairs(matrix: RelationMatrix, links: Links) -> int:
    """Return the number of pairs of which something is known."""
    return sum(len(row.keys() | links.get(one, {}).keys()) for one, row in matrix.items()) + sum(
        len(row) for one, row in links.items() if one not in matrix
    )


@attrs.frozen
class Levels:
    """A history whose claims are propagated through both hierarchies, and kept between elements of the given kinds."""

    of: History
    source_kinds: Kinds
    target_kinds: Kinds

    @property
    def source(self) -> Framework:
        """The framework of the sources."""
        return self.of.source

    @property
    def target(self) -> Framework:
        """The framework of the targets."""
        return self.of.target

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """The underlying mappings."""
        return self.of.mappings

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """All frameworks that mappings belong to."""
        return self.of.frameworks

    @property
    def via(self) -> tuple[EditionId, ...]:
        """The editions between source and target."""
        return self.of.via

    @property
    def separate(self) -> bool:
        """Whether each path is a claim of its own: no."""
        return False

    @property
    def dropped(self) -> tuple[Mapping, ...]:
        """The mappings that filters have removed."""
        return self.of.dropped

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What the history leaves out, and how many pairs are between elements of other kinds."""
        _, count = self._cut
        if not count:
            return self.of.omissions
        return (*self.of.omissions, Omission(count, "between elements of other kinds"))

    @functools.cached_property
    def _joints(self) -> tuple[tuple[JointId, ...], tuple[JointId, ...]]:
        ones, others = sides_of(self.of.tables)
        return joints_of(ones), joints_of(others)

    @functools.cached_property
    def _relatives(self) -> tuple[Relatives, Relatives]:
        return relatives_of(self.source, self._joints[SOURCE]), relatives_of(self.target, self._joints[TARGET])

    @functools.cached_property
    def _near(self) -> MappedRelatives:
        """The mapped pairs between relatives of a source and of a target, all of which contribute to their relation."""
        known = self.of.tables
        there = partners_of(known.matrix, known.links)
        back = partners_of(inverse(known.matrix), inverse_links(known.links))
        return MappedRelatives(*self._relatives, there, back)

    @functools.cached_property
    def _cut(self) -> tuple[Tables, int]:
        """What is known between elements of the kinds, and how many other pairs there are."""
        known = self.of.tables
        ones, others = self._joints
        # Propagation works on sources, so the target's hierarchy is applied to the inverse.
        back = inverse(spread_relations(inverse(known.matrix), self.target, others))
        linked = inverse_links(spread_links(inverse_links(known.links), self.target, others))
        matrix = spread_relations(back, self.source, ones)
        links = spread_links(linked, self.source, ones)
        tables = Tables(
            self._of_kinds(matrix),
            self._of_kinds(links),
            (
                self._unmatched(SOURCE, self.source, self.source_kinds, known.unmatched[SOURCE]),
                reverse_unmatched(
                    self._unmatched(TARGET, self.target, self.target_kinds, reverse_unmatched(known.unmatched[TARGET]))
                ),
            ),
        )
        return tables, _pairs(matrix, links) - _pairs(tables.matrix, tables.links)

    def _of_kinds(self, table: dict[End, dict[End, Cell]]) -> dict[End, dict[End, Cell]]:
        if self.source_kinds is self.target_kinds is None:
            return table
        found = {}
        for one, row in table.items():
            if _is_kept(self.source, one, self.source_kinds):
                kept = {other: cell for other, cell in row.items() if _is_kept(self.target, other, self.target_kinds)}
                if kept:
                    found[one] = kept
        return found

    def _unmatched(self, side: int, framework: Framework, kinds: Kinds, stated: Unmatched) -> Unmatched:
        found = spread_unmatched(stated, framework, self._relatives[side])
        return {end: paths for end, paths in found.items() if _is_kept(framework, end, kinds)}

    @property
    def tables(self) -> Tables:
        """What is known between elements of the kinds."""
        return self._cut[0]

    def paths(self, one: End, other: End) -> Iterable[Path]:
        """Return the paths of a pair: those of all mapped pairs of its relatives, with steps of the hierarchies."""
        return dict.fromkeys(self._near.paths(one, other, self.of.paths))

    def rows_at(self, side: int) -> Iterator[tuple[End, Mapping]]:
        """Yield the mappings on one side."""
        return self.of.rows_at(side)

    def filtered(self, keep: Keep) -> Levels:
        """Return what is left, propagated."""
        return Levels(self.of.filtered(keep), self.source_kinds, self.target_kinds)
