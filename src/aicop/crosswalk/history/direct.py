"""Histories of crosswalks that are not composed: mappings, and what is made of them without a third framework."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.algebra.joints import member_mask
from aicop.crosswalk.algebra.links import inverse_links, union_of_links
from aicop.crosswalk.algebra.matrix import (
    EQUAL,
    NOTHING_KNOWN,
    PART_OF,
    composition_table,
    intersect,
    inverse,
    inverse_table,
)
from aicop.crosswalk.algebra.unmatched import reverse_unmatched, union_of_unmatched
from aicop.crosswalk.claim import mask_of
from aicop.crosswalk.ends import members_of, nature_of
from aicop.crosswalk.figures import RELATION
from aicop.crosswalk.history.protocol import SOURCE, TARGET, Facts, History, Keep, Omission, Tables
from aicop.crosswalk.path import Path, Step, reverse_path
from aicop.frameworks.framework import Framework
from aicop.ids import EditionId, End, JointId
from aicop.model.mapping import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.algebra.links import Link, Links
    from aicop.crosswalk.algebra.matrix import RelationMatrix
    from aicop.crosswalk.algebra.unmatched import Unmatched

Pairs = dict[tuple[End, End], list[Path]]


def edition_of(framework: Framework) -> EditionId:
    """Return the edition, by which histories compare frameworks."""
    return framework.id


def _member_step(member: End, joint: End) -> Step:
    return Step(source=member, target=joint, mapping=None, inverted=False)


def mask_of_row(row: Mapping, source: Framework, target: Framework) -> int | None:
    """Return the relations that a mapping between two frameworks allows, or None for a link."""
    assert row.source is not None
    assert row.target is not None
    if row.predicate in RELATION:
        # The natures of the ends, which take longer to look up, make no difference.
        return RELATION[row.predicate]
    return mask_of(row.predicate, nature_of(source, row.source), nature_of(target, row.target))


def assertion_of(path: Path, source: Framework, target: Framework) -> int | Link:
    """Return what a path of one mapping asserts: its mask, composed with the steps from or to members, or its link."""
    then, turned = composition_table(), inverse_table()
    found = EQUAL
    for step in path:
        if step.mapping is None:
            mask = turned[PART_OF] if step.inverted else PART_OF
        else:
            ends = (target, source) if step.inverted else (source, target)
            known = mask_of_row(step.mapping, *ends)
            if known is None:
                return step.mapping.predicate, step.inverted
            mask = turned[known] if step.inverted else known
        found = then[found][mask]
    return found


# A repr would list all mappings and elements; that of the crosswalk is printed instead.
@attrs.frozen(repr=False)
class Rows:
    """Mappings from one framework to another."""

    source: Framework = attrs.field(eq=edition_of)
    target: Framework = attrs.field(eq=edition_of)
    mappings: tuple[Mapping, ...]
    dropped: tuple[Mapping, ...] = attrs.field(default=(), eq=False)
    """The mappings that filters have removed."""

    @functools.cached_property
    def facts(self) -> Facts:
        """Both frameworks, and the mappings, each of which is a claim of its own."""
        return Facts(
            source=self.source,
            target=self.target,
            mappings=self.mappings,
            frameworks=(self.source, self.target),
            separate=True,
            dropped=self.dropped,
        )

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """The mappings that filters have removed."""
        reason = f"from {self.source.id} to {self.target.id}, not matched by the filter"
        return (Omission(len(self.dropped), reason, self.dropped),) if self.dropped else ()

    def _member_paths(self, row: Mapping, mask: int) -> Iterator[tuple[Path, int]]:
        """Yield the paths of what follows from a joint mapping for the members, each with its mask."""
        assert row.source is not None
        assert row.target is not None
        there, back = (members_of(end) if isinstance(end, JointId) else () for end in (row.source, row.target))
        turned = inverse_table()
        step = Step(source=row.source, target=row.target, mapping=row, inverted=False)
        if (known := member_mask(mask)) is not None:
            for member in there:
                yield (_member_step(member, row.source), step), known
        if (known := member_mask(turned[mask])) is not None:
            for member in back:
                yield (step, _member_step(member, row.target).reverse()), turned[known]

    @functools.cached_property
    def _index(self) -> tuple[Tables, Pairs]:
        """The tables, and the paths of each pair."""
        matrix: RelationMatrix = {}
        links: Links = {}
        unmatched: tuple[Unmatched, Unmatched] = ({}, {})
        pairs: Pairs = {}

        # If a pair has several mappings, their relations intersect: each of them rules out some relations.
        def relate(path: Path, mask: int) -> None:
            one, other = path[0].source, path[-1].target
            assert one is not None
            assert other is not None
            into = matrix.setdefault(one, {})
            into[other] = into.get(other, NOTHING_KNOWN) & mask
            pairs.setdefault((one, other), []).append(path)

        for row in self.mappings:
            one, other = row.source, row.target
            step = Step(source=one, target=other, mapping=row, inverted=False)
            if one is None or other is None:
                side, end = (TARGET, other) if one is None else (SOURCE, one)
                assert end is not None
                table = unmatched[side]
                table[end] = (*table.get(end, ()), (step,))
                for member in end.members if isinstance(end, JointId) else ():
                    below = _member_step(member, end)
                    # A path about a target begins with the mapping, which has no source.
                    path: Path = (step, below.reverse()) if side == TARGET else (below, step)
                    table[member] = (*table.get(member, ()), path)
                continue
            mask = mask_of_row(row, self.source, self.target)
            if mask is None:
                linked = links.setdefault(one, {})
                linked[other] = linked.get(other, frozenset()) | {(row.predicate, False)}
                pairs.setdefault((one, other), []).append((step,))
                continue
            relate((step,), mask)
            if isinstance(one, JointId) or isinstance(other, JointId):
                for way, known in self._member_paths(row, mask):
                    relate(way, known)
        return Tables(matrix, links, unmatched), pairs

    @property
    def tables(self) -> Tables:
        """What the mappings state, and what follows from joint ones for their members."""
        return self._index[0]

    def paths(self, one: End, other: End) -> Iterable[Path]:
        """Return the paths of a pair, in the order of the mappings."""
        return self._index[1].get((one, other), ())

    def rows_at(self, side: int) -> Iterator[tuple[End, Mapping]]:
        """Yield the mappings that have an end on one side, each with this end."""
        for row in self.mappings:
            end = row.target if side else row.source
            if end is not None:
                yield end, row

    def filtered(self, keep: Keep) -> Rows:
        """Return the mappings that pass a test."""
        kept: list[Mapping] = []
        lost = list(self.dropped)
        for row in self.mappings:
            (kept if keep(row) else lost).append(row)
        return Rows(self.source, self.target, tuple(kept), tuple(lost))


@attrs.frozen
class Inverse:
    """A history read from target to source."""

    of: History

    @functools.cached_property
    def facts(self) -> Facts:
        """Those of the history, read from the other end."""
        known = self.of.facts
        return attrs.evolve(
            known,
            source=known.target,
            target=known.source,
            frameworks=known.frameworks[::-1],
            ways=tuple(way[::-1] for way in known.ways),
        )

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What the history leaves out."""
        return self.of.omissions

    @functools.cached_property
    def tables(self) -> Tables:
        """What is known, with source and target exchanged."""
        known = self.of.tables
        there, back = map(reverse_unmatched, known.unmatched)
        return Tables(inverse(known.matrix), inverse_links(known.links), (back, there), known.open[::-1])

    def paths(self, one: End, other: End) -> Iterable[Path]:
        """Return the paths of a pair, each reversed."""
        return map(reverse_path, self.of.paths(other, one))

    def rows_at(self, side: int) -> Iterator[tuple[End, Mapping]]:
        """Yield the mappings on the other side."""
        return self.of.rows_at(1 - side)

    def filtered(self, keep: Keep) -> Inverse:
        """Return the inverse of what is left."""
        return Inverse(self.of.filtered(keep))


def inverted(history: History) -> History:
    """Return a history read from target to source; inverting twice restores it."""
    return history.of if isinstance(history, Inverse) else Inverse(history)


def _content(path: Path) -> tuple[object, ...]:
    """Return what a path consists of, apart from the names of the sets of its mappings."""
    return tuple((step.source, step.target, step.mapping and step.mapping.content) for step in path)


def _once(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the first of all paths that have the same content."""
    found = tuple(paths)
    # Most pairs have a single path, which need not be compared with any other.
    if len(found) > 1:
        first: dict[object, Path] = {}
        for path in found:
            first.setdefault(_content(path), path)
        found = tuple(first.values())
    return found


def _distinct(rows: Iterable[Mapping]) -> tuple[Mapping, ...]:
    """Return the mappings, each once. One that is in several sets is listed once too."""
    # Only mappings between the same elements can have the same content, so few of them have to be compared.
    alike: dict[object, dict[Mapping, Mapping]] = {}
    found = []
    for row in dict.fromkeys(rows):
        group = alike.setdefault((row.source, row.predicate, row.target), {})
        if not group or row.content not in group:
            found.append(row)
        group.setdefault(row.content, row)
    return tuple(found)


@attrs.frozen
class Combination:
    """Several histories between the same frameworks, taken together."""

    parts: tuple[History, ...]
    """Two or more histories, none of them a combination."""

    @functools.cached_property
    def facts(self) -> Facts:
        """Those of all parts, each once."""
        parts = [part.facts for part in self.parts]
        return Facts(
            source=parts[0].source,
            target=parts[0].target,
            mappings=_distinct(row for part in parts for row in part.mappings),
            frameworks=tuple({item.id: item for part in parts for item in part.frameworks}.values()),
            ways=tuple(dict.fromkeys(way for part in parts for way in part.ways)),
            separate=all(part.separate for part in parts),
            dropped=tuple(dict.fromkeys(row for part in parts for row in part.dropped)),
        )

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What the parts leave out."""
        return tuple(dict.fromkeys(item for part in self.parts for item in part.omissions))

    @functools.cached_property
    def tables(self) -> Tables:
        """What the parts know together."""
        known = [part.tables for part in self.parts]
        there, back = (union_of_unmatched(*(item.unmatched[side] for item in known)) for side in (SOURCE, TARGET))
        return Tables(
            intersect(*(item.matrix for item in known)),
            union_of_links(*(item.links for item in known)),
            ({one: _once(paths) for one, paths in there.items()}, {one: _once(paths) for one, paths in back.items()}),
            (
                frozenset().union(*(item.open[SOURCE] for item in known)),
                frozenset().union(*(item.open[TARGET] for item in known)),
            ),
        )

    def paths(self, one: End, other: End) -> Iterable[Path]:
        """Return the paths of all parts. One that is in several parts or sets is returned once."""
        return _once(path for part in self.parts for path in part.paths(one, other))

    def rows_at(self, side: int) -> Iterator[tuple[End, Mapping]]:
        """Yield the mappings of all parts on one side."""
        return iter(dict.fromkeys(pair for part in self.parts for pair in part.rows_at(side)))

    def filtered(self, keep: Keep) -> Combination:
        """Return the combination of what is left of the parts."""
        return Combination(tuple(part.filtered(keep) for part in self.parts))


def combined(first: History, second: History) -> History:
    """Return the combination of two histories between the same frameworks; a history counts once."""
    parts: list[History] = []
    for one in (first, second):
        for part in one.parts if isinstance(one, Combination) else (one,):
            # Not a set, because hashing would visit every mapping.
            if part not in parts:
                parts.append(part)
    return parts[0] if len(parts) == 1 else Combination(tuple(parts))
