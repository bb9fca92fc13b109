"""The history of a composed crosswalk: what follows from two crosswalks that share a framework."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.algebra.hierarchy import Partners, Relatives, equals_of, partners_of, wholes_above
from aicop.crosswalk.algebra.joints import common_wholes, relatives_of, spread_links, spread_relations
from aicop.crosswalk.algebra.links import Links, compose_links, inverse_links, union_of_links
from aicop.crosswalk.algebra.matrix import (
    INSIDE,
    NOTHING_KNOWN,
    RelationMatrix,
    compose,
    intersect,
    inverse,
    inverse_table,
)
from aicop.crosswalk.algebra.unmatched import Unmatched, reverse_unmatched, spread_unmatched
from aicop.crosswalk.ends import joints_of, order_of
from aicop.crosswalk.history.direct import mask_of_row
from aicop.crosswalk.history.levels import sides_of
from aicop.crosswalk.history.protocol import SOURCE, TARGET, Facts, History, Keep, Omission, Tables
from aicop.ids import ControlId, JointId
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Mapping as Table

    from aicop.crosswalk.algebra.links import Link
    from aicop.crosswalk.path import Path
    from aicop.ids import End, Key
    from aicop.model.mapping import Mapping


def _is_inside(mask: int) -> bool:
    """Return True if a relation is certainly equality or subset."""
    return bool(mask) and not mask & ~INSIDE


def _have_relatives(ends: Collection[End], others: Collection[End], wholes: Table[Key, Key]) -> bool:
    """Return True if some element of *ends* is a proper part of one of *others*."""
    return not wholes_above(ends, wholes).isdisjoint(others)


def _joins_items(one: End, other: End, links: Iterable[Link]) -> bool:
    """Return True if a lineage says that it is not known whether two elements of editions agree."""
    joined = any(link is Predicate.ASSOCIATED for link, _ in links)
    return joined and not isinstance(one, ControlId | JointId) and not isinstance(other, ControlId | JointId)


def _open_ends(
    near: tuple[RelationMatrix, Links],
    known: frozenset[End],
    far: tuple[Links, frozenset[End]],
    ahead: tuple[RelationMatrix, Links],
    there: Unmatched,
) -> frozenset[End]:
    """
    Return the ends of a step, *near*, that are open after the next one.

    They are those that a lineage joins with an element that leads on, and those that lead to one that is open. *far* is
    what the next step states: its links and its open ends. *ahead* and *there* are what it says at all levels.
    """
    relations, links = near
    far_links, far_open = far
    open_ahead = far_open | {
        one for one, row in far_links.items() if any(_joins_items(one, other, joins) for other, joins in row.items())
    }
    found = set(known)
    for one, row in links.items():
        for middle, joins in row.items():
            leads_on = middle in ahead[0] or middle in ahead[1] or middle in there or middle in open_ahead
            if leads_on and _joins_items(one, middle, joins):
                found.add(one)
    if open_ahead:
        found |= {one for table in (relations, links) for one, row in table.items() if not open_ahead.isdisjoint(row)}
    return frozenset(found)


@attrs.frozen
class _Middle:
    """What each side of a composition says of the elements of the framework in the middle, at all levels."""

    relatives: Relatives | None
    """None if no element on one side is a part or a whole of one on the other, so that levels make no difference."""
    first: tuple[RelationMatrix, Links]
    """From the sources to elements of the middle."""
    second: tuple[RelationMatrix, Links]
    """From elements of the middle to the targets."""
    there: Unmatched
    """The elements of the middle for which no counterpart was found in the target."""
    back: Unmatched
    """The elements of the middle for which no counterpart was found in the source."""


@attrs.frozen
class Composition:
    """What follows from a history that ends in a framework, and from another that begins there."""

    first: History
    second: History

    @functools.cached_property
    def facts(self) -> Facts:
        """Those of both steps, each mapping and framework once."""
        first, second = self.first.facts, self.second.facts
        return Facts(
            source=first.source,
            target=second.target,
            mappings=tuple(dict.fromkeys((*first.mappings, *second.mappings))),
            frameworks=tuple({item.id: item for item in (*first.frameworks, *second.frameworks)}.values()),
            ways=tuple((*there, first.target.id, *back) for there in first.ways for back in second.ways),
            dropped=tuple(dict.fromkeys((*first.dropped, *second.dropped))),
        )

    @functools.cached_property
    def _middle(self) -> _Middle:
        framework = self.first.facts.target
        before, after = self.first.tables, self.second.tables
        ends, begins = sides_of(before)[TARGET], sides_of(after)[SOURCE]
        joints = self._joints
        there, back = after.unmatched[SOURCE], before.unmatched[TARGET]
        wholes = framework.whole_by_part()
        if not joints and not _have_relatives(ends, begins, wholes) and not _have_relatives(begins, ends, wholes):
            # Levels make no difference here, and a large flat framework is not walked.
            return _Middle(None, (before.matrix, before.links), (after.matrix, after.links), there, back)
        relatives = relatives_of(framework, joints)
        # Propagation works on sources, and the middle is the target of the first step.
        matrix = inverse(spread_relations(inverse(before.matrix), framework, joints))
        links = inverse_links(spread_links(inverse_links(before.links), framework, joints))
        return _Middle(
            relatives,
            (matrix, links),
            (spread_relations(after.matrix, framework, joints), spread_links(after.links, framework, joints)),
            spread_unmatched(there, framework, relatives, ends),
            reverse_unmatched(spread_unmatched(reverse_unmatched(back), framework, relatives, begins)),
        )

    @functools.cached_property
    def tables(self) -> Tables:
        """
        What follows for sources and targets.

        In each composition one side is as stated, and the other is propagated through the hierarchy of the middle.
        Propagated on both sides, parts of one whole would meet through it, from which nothing follows.
        """
        before, after, middle = self.first.tables, self.second.tables, self._middle
        stated = (before.matrix, before.links), (after.matrix, after.links)
        if middle.relatives is None:
            matrix, links = compose(before.matrix, after.matrix), compose_links(*stated)
        else:
            matrix = intersect(compose(before.matrix, middle.second[0]), compose(middle.first[0], after.matrix))
            links = union_of_links(compose_links(stated[0], middle.second), compose_links(middle.first, stated[1]))
            matrix = self._without_consequences(matrix)
        return Tables(matrix, links, (self._unmatched_sources(), self._unmatched_targets()), self._open())

    def _open(self) -> tuple[frozenset[End], frozenset[End]]:
        """Return the sources and targets that something reaches only through an element of which nothing is known."""
        first, second, middle = self.first.tables, self.second.tables, self._middle
        turned = inverse(middle.first[0]), inverse_links(middle.first[1])
        return (
            _open_ends(
                (first.matrix, first.links),
                first.open[SOURCE],
                (second.links, second.open[SOURCE]),
                middle.second,
                middle.there,
            ),
            _open_ends(
                (inverse(second.matrix), inverse_links(second.links)),
                second.open[TARGET],
                (inverse_links(first.links), first.open[TARGET]),
                turned,
                middle.back,
            ),
        )

    def _without_consequences(self, matrix: RelationMatrix) -> RelationMatrix:
        """
        Return the relations without those that follow from others by the hierarchies of source and target.

        The others are those of rows that meet at the same element. Two editions have counterparts at all levels. A row
        to a provision would lead not only to its counterpart, but also to the wholes and parts of that.
        """
        alike = equals_of(self.first.facts.target)
        meeting: RelationMatrix = {}
        for one, row in self.first.tables.matrix.items():
            into = meeting[one] = dict(row)
            for middle in row.keys() & alike.keys():
                assert not isinstance(middle, JointId)
                for same in alike[middle]:
                    into[same] = into.get(same, NOTHING_KNOWN) & (row[middle] or NOTHING_KNOWN)
        direct = compose(meeting, self.second.tables.matrix)
        source, target = self.facts.source, self.facts.target
        ones, others = joints_of(direct), joints_of({other: None for row in direct.values() for other in row})
        back = inverse(spread_relations(inverse(direct), target, others))
        follows = spread_relations(back, source, ones)
        found: RelationMatrix = {}
        for one, row in matrix.items():
            stated, known = direct.get(one, {}), follows.get(one, {})
            kept = {
                other: mask
                for other, mask in row.items()
                # A contradiction implies nothing.
                if other in stated
                or (
                    (not known.get(other) or known[other] & ~mask)
                    and not (self._joints and self._is_above_joints(one, other))
                )
            }
            if kept:
                found[one] = kept
        return found

    @functools.cached_property
    def _joints(self) -> tuple[JointId, ...]:
        return joints_of((*sides_of(self.first.tables)[TARGET], *sides_of(self.second.tables)[SOURCE]))

    def _is_above_joints(self, one: End, other: End) -> bool:
        """
        Return True if a pair is only connected by a joint id and a whole of it, although its members lead on.

        The whole would be open in all its parts because of some of them.
        """
        begun, ended = (partners.get(end, {}) for partners, end in zip(self._partners, (one, other), strict=True))
        return all(itertools.starmap(self._is_above_joint, self._meetings(begun, ended)))

    def _is_above_joint(self, before: End, after: End) -> bool:
        """Return True if one end of a meeting is a joint id whose members lead on, and the other a whole of it."""
        joint, above, ahead = (before, after, 0) if isinstance(before, JointId) else (after, before, 1)
        return (
            isinstance(joint, JointId)
            and above in tuple(common_wholes(joint, self.first.facts.target.whole_by_part()))
            and all(member in self._ahead[ahead] for member in joint.members)
        )

    def _unmatched_sources(self) -> Unmatched:
        """Return the sources that are equal to or a subset of an element without a counterpart in the target."""
        there = self._middle.there
        found: dict[End, list[Path]] = {}
        for one, row in self.first.tables.matrix.items() if there else ():
            for middle, mask in row.items():
                if middle in there and _is_inside(mask):
                    ways = itertools.product(self.first.paths(one, middle), there[middle])
                    found.setdefault(one, []).extend((*before, *after) for before, after in ways)
        return {one: tuple(dict.fromkeys(paths)) for one, paths in found.items()}

    def _unmatched_targets(self) -> Unmatched:
        """Return the targets that are equal to or a subset of an element without a counterpart in the source."""
        back, turned = self._middle.back, inverse_table()
        found: dict[End, list[Path]] = {}
        for middle, row in self.second.tables.matrix.items() if back else ():
            for other, mask in row.items() if middle in back else ():
                if _is_inside(turned[mask]):
                    ways = itertools.product(back[middle], self.second.paths(middle, other))
                    found.setdefault(other, []).extend((*before, *after) for before, after in ways)
        return {other: tuple(dict.fromkeys(paths)) for other, paths in found.items()}

    @functools.cached_property
    def _partners(self) -> tuple[Partners, Partners]:
        """The elements of the middle to which each source is mapped, and those to which each target is."""
        before, after = self.first.tables, self.second.tables
        return (
            partners_of(before.matrix, before.links),
            partners_of(inverse(after.matrix), inverse_links(after.links)),
        )

    def paths(self, one: End, other: End) -> Iterable[Path]:
        """
        Return the paths of a pair, in the order of the elements in the middle.

        If an element that the source is mapped to is a part or a whole of one that is mapped to the target, the path
        has a step between them.
        """
        # Paths are computed when a claim is read, since most claims never are.
        begun, ended = (partners.get(end, {}) for partners, end in zip(self._partners, (one, other), strict=True))
        place = order_of(self.first.facts.target)
        found: dict[Path, None] = {}
        for before, after in sorted(self._meetings(begun, ended), key=lambda pair: (place(pair[0]), place(pair[1]))):
            between = self._middle.relatives.steps(before, after) if self._middle.relatives is not None else ()
            for start, end in itertools.product(self.first.paths(one, before), self.second.paths(after, other)):
                found[*start, *between, *end] = None
        return tuple(found)

    def _meetings(self, begun: Table[End, object], ended: Table[End, object]) -> Iterator[tuple[End, End]]:
        """Yield the pairs of elements of the middle, the same or relatives, through which two rows meet."""
        # The longer row is only asked, never walked: otherwise an element of many pairs is walked for each of them.
        few, many = sorted((begun, ended), key=len)
        relatives = self._middle.relatives
        for mine in few:
            if relatives is None:
                near: Iterable[End] = (mine,) if mine in many else ()
            elif len(many) <= relatives.size(mine):
                near = (other for other in many if relatives.rank(mine, other) is not None)
            else:
                near = (other for other in relatives.of(mine) if other in many)
            for other in near:
                yield (mine, other) if few is begun else (other, mine)

    def rows_at(self, side: int) -> Iterator[tuple[End, Mapping]]:
        """Yield the mappings of the first or last step on one side."""
        return (self.second if side else self.first).rows_at(side)

    def filtered(self, keep: Keep) -> Composition:
        """Return the composition of what is left of both steps."""
        return Composition(self.first.filtered(keep), self.second.filtered(keep))

    @functools.cached_property
    def omissions(self) -> tuple[Omission, ...]:
        """What each step leaves out, and the mappings that lead no further."""
        there = self._lost(SOURCE)
        back = self._lost(TARGET)
        return tuple(dict.fromkeys((*self.first.omissions, *self.second.omissions, *there, *back)))

    def _lost(self, side: int) -> Iterator[Omission]:
        """Yield what is lost of one step: of the first for `SOURCE`, of the second for `TARGET`."""
        # The second step is read backwards, from the outer framework to the one in the middle, as the first is.
        middle = self._middle
        if side == SOURCE:
            step, far = self.first, self.facts.target.id
            relations, links = middle.second
        else:
            step, far = self.second, self.facts.source.id
            relations, links = inverse(middle.first[0]), inverse_links(middle.first[1])
        between, used = self.first.facts.target.id, self._used
        known = {item.id: item for item in step.facts.frameworks}
        silent = f"nothing was found, which says nothing about {far}"
        no_partner = f"the element of {between} is not mapped to {far}"
        no_link = f"a link leads to {between} or on to {far}, and does not carry over"
        superfluous = "their consequences follow from mappings at another level too"
        lost: dict[str, dict[Mapping, None]] = {no_partner: {}, no_link: {}, silent: {}, superfluous: {}}
        ends = {row: end for end, row in step.rows_at(1 - side)}
        # A mapping that says that nothing was found has an end on one side only.
        ends |= {row: end for end, row in step.rows_at(side) if row.source is None or row.target is None}
        # Of mappings with the same content in several sets, one counts.
        counted = set(step.facts.mappings) - used
        for row, end in ends.items():
            if row not in counted:
                continue
            if row.source is None or row.target is None:
                reason = silent
            elif mask_of_row(row, known[row.source.edition], known[row.target.edition]) is None:
                reason = no_link if end in relations or end in links else no_partner
            elif end in relations:
                reason = superfluous
            else:
                reason = no_link if end in links else no_partner
            lost[reason][row] = None
        yield from (Omission(len(rows), reason, tuple(rows)) for reason, rows in lost.items() if rows)

    @functools.cached_property
    def _ahead(self) -> tuple[Partners, Partners]:
        """The targets to which each element of the middle is mapped, and the sources."""
        before, after = self.first.tables, self.second.tables
        return (
            partners_of(after.matrix, after.links),
            partners_of(inverse(before.matrix), inverse_links(before.links)),
        )

    @functools.cached_property
    def _used(self) -> frozenset[Mapping]:
        """The mappings of both steps that some claim is based on."""
        tables = self.tables
        begun: dict[tuple[End, End], None] = {}
        ended: dict[tuple[End, End], None] = {}
        near, far = self._partners
        for table in (tables.matrix, tables.links):
            for one, row in table.items():
                for other in row:
                    for before, after in self._meetings(near.get(one, {}), far.get(other, {})):
                        begun[one, before] = None
                        ended[after, other] = None
        paths = itertools.chain(
            *(self.first.paths(*pair) for pair in begun),
            *(self.second.paths(*pair) for pair in ended),
            *(some for unmatched in tables.unmatched for some in unmatched.values()),
        )
        return frozenset(step.mapping for path in paths for step in path if step.mapping is not None)
