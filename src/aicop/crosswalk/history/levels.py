"""Histories of crosswalks whose claims were propagated through the hierarchies, or merged."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.algebra.hierarchy import MappedRelatives, partners_of
from aicop.crosswalk.algebra.joints import relatives_of, spread_links, spread_relations
from aicop.crosswalk.algebra.links import Links, inverse_links
from aicop.crosswalk.algebra.matrix import RelationMatrix, inverse
from aicop.crosswalk.algebra.unmatched import Unmatched, reverse_unmatched, spread_unmatched
from aicop.crosswalk.ends import joints_of, members_of
from aicop.crosswalk.history.protocol import SOURCE, TARGET, Facts, History, Keep, Omission, Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from aicop.crosswalk.algebra.hierarchy import Relatives
    from aicop.crosswalk.path import Path
    from aicop.frameworks.framework import Framework
    from aicop.ids import End, JointId
    from aicop.model.mapping import Mapping

    Cell = TypeVar("Cell")

Kinds = frozenset[str] | None
"""Kinds of elements, or None for all kinds."""


@attrs.frozen
class Merged:
    """A history with one claim per pair: the intersection of the relations of all paths."""

    of: History

    @functools.cached_property
    def facts(self) -> Facts:
        """Those of the history, without separate claims."""
        return attrs.evolve(self.of.facts, separate=False)

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What the history leaves out."""
        return self.of.omissions

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

    @functools.cached_property
    def facts(self) -> Facts:
        """Those of the history, without separate claims."""
        return attrs.evolve(self.of.facts, separate=False)

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
        ones, others = self._joints
        return relatives_of(self.facts.source, ones), relatives_of(self.facts.target, others)

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
        source, target = self.facts.source, self.facts.target
        # Propagation works on sources, so the target's hierarchy is applied to the inverse.
        back = inverse(spread_relations(inverse(known.matrix), target, others))
        linked = inverse_links(spread_links(inverse_links(known.links), target, others))
        matrix = spread_relations(back, source, ones)
        links = spread_links(linked, source, ones)
        there, turned = known.unmatched[SOURCE], reverse_unmatched(known.unmatched[TARGET])
        tables = Tables(
            self._of_kinds(matrix),
            self._of_kinds(links),
            (
                self._unmatched(SOURCE, source, self.source_kinds, there),
                reverse_unmatched(self._unmatched(TARGET, target, self.target_kinds, turned)),
            ),
            known.open,
        )
        return tables, _pairs(matrix, links) - _pairs(tables.matrix, tables.links)

    def _of_kinds(self, table: dict[End, dict[End, Cell]]) -> dict[End, dict[End, Cell]]:
        if self.source_kinds is self.target_kinds is None:
            return table
        source, target = self.facts.source, self.facts.target
        found = {}
        for one, row in table.items():
            if _is_kept(source, one, self.source_kinds):
                kept = {other: cell for other, cell in row.items() if _is_kept(target, other, self.target_kinds)}
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
