"""How far a crosswalk covers its source: the claims that count, the classes of the items, and their gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.algebra.hierarchy import equals_of, parts_by_whole, wholes_above
from aicop.crosswalk.algebra.joints import relatives_of, spread_links, spread_relations
from aicop.crosswalk.algebra.links import Links
from aicop.crosswalk.algebra.matrix import DISJOINT, NOTHING_KNOWN, RelationMatrix
from aicop.crosswalk.algebra.unmatched import Unmatched, spread_unmatched
from aicop.crosswalk.building import checked_score
from aicop.crosswalk.coverage import CoverageReport, Evidence, Gap, classifier
from aicop.crosswalk.denominator import Scoped, Words, counted_items
from aicop.crosswalk.ends import members_of
from aicop.crosswalk.history.protocol import SOURCE
from aicop.ids import End, JointId, Key
from aicop.relations import MASK
from aicop.vocabulary import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.path import Path
    from aicop.crosswalk.queries import Claims
    from aicop.frameworks.framework import Framework


@attrs.frozen
class _Counted:
    """What is known of the sources from the claims that count."""

    matrix: RelationMatrix
    links: Links
    unmatched: Unmatched
    """The sources without a counterpart."""
    open: frozenset[End]
    """The sources that are reached only through an element of which nothing is known."""
    weak: frozenset[End] = frozenset()
    """The sources that have claims of too little strength to count."""
    not_counted: int = 0


def _mapped_ends(path: Path, one: End, other: End) -> tuple[End, End]:
    """Return the ends of a path without the steps between a member and its joint id, which are the first and last."""
    first, last = path[0], path[-1]
    return (
        first.target if first.mapping is None and isinstance(first.target, JointId) else one,
        last.source if last.mapping is None and isinstance(last.source, JointId) else other,
    )


def _is_of_joint(item: Claim, one: End, other: End, relations: RelationMatrix) -> bool:
    """Return True if a claim about a member follows on each path from a joint claim, which is one of its own."""
    pairs = [_mapped_ends(path, one, other) for path in item.paths]
    return all(pair != (one, other) and pair[1] in relations.get(pair[0], ()) for pair in pairs)


def _counted(claims: Claims, minimum: int | None) -> _Counted:
    """Return what is known from claims of at least this strength, or from all claims."""
    known = claims.history.tables
    if minimum is None:
        return _Counted(known.matrix, known.links, known.unmatched[SOURCE], known.open[SOURCE])
    matrix: RelationMatrix = {}
    links: Links = {}
    weak: set[End] = set()
    not_counted = 0
    for item in claims.all():
        one, other = item.source, item.target
        if one is None or other is None or _is_of_joint(item, one, other, known.matrix):
            # What follows for a member follows again from the joint claim, if that counts.
            continue
        mask = None if item.relations is None else MASK[item.relations]
        # No strength is needed to say that two elements have nothing in common.
        if mask != DISJOINT and (item.strength is None or item.strength < minimum):
            not_counted += 1
            if item.strength is not None:
                # Somebody looked, and found too little.
                weak.add(one)
                continue
            mask = NOTHING_KNOWN
        if mask is not None:
            into = matrix.setdefault(one, {})
            into[other] = into.get(other, NOTHING_KNOWN) & mask
        else:
            assert item.link is not None
            row = links.setdefault(one, {})
            row[other] = row.get(other, frozenset()) | {(item.link, item.inverted)}
    return _Counted(matrix, links, known.unmatched[SOURCE], known.open[SOURCE], frozenset(weak), not_counted)


def _about_items(counted: _Counted, claims: Claims) -> RelationMatrix:
    """Return the relations of all elements of the source that follow from the claims that count."""
    source = claims.history.facts.source
    joints = claims.joints
    lines = spread_relations(counted.matrix, source, joints)
    for joint in joints:
        # A joint claim from which nothing follows for a member is still a claim that mentions it.
        for member in joint.members:
            into = lines.setdefault(member, {})
            for other in counted.matrix.get(joint, {}):
                into.setdefault(other, NOTHING_KNOWN)
    return lines


@attrs.frozen
class _Hierarchy:
    """The parts and wholes of the source."""

    parts: dict[Key, list[Key]]
    full: frozenset[Key]
    equals: dict[Key, list[Key]]

    @classmethod
    def of(cls, framework: Framework) -> _Hierarchy:
        """Return the hierarchy of a framework."""
        wholes = framework.whole_by_part()
        return cls(parts_by_whole(wholes), framework.complete_wholes, equals_of(framework))

    def unions(self, key: Key) -> tuple[Key, ...]:
        """Return the parts of an item if together they equal it, and otherwise none."""
        return tuple(self.parts[key]) if key in self.full else ()

    def same(self, key: Key) -> list[Key]:
        """Return an item and the elements that are the same requirement."""
        return self.equals.get(key, [key])

    def below(self, key: Key, claims: Claims) -> list[End]:
        """Return an item, the elements that equal it, its direct parts, and the joint ids of all of them."""
        below: list[End] = list(dict.fromkeys((key, *self.same(key), *self.parts.get(key, ()))))
        if claims.joints:
            below += dict.fromkeys(joint for end in below for joint in claims.joints_with(end))
        return below


def _evidence(counted: _Counted, claims: Claims, tree: _Hierarchy) -> Evidence:
    """Return what is known of all elements of the source from the claims that count."""
    source, joints = claims.history.facts.source, claims.joints
    lifted = spread_links(counted.links, source, joints)
    links = {one: frozenset(link for row in several.values() for link, _ in row) for one, several in lifted.items()}
    nothing = spread_unmatched(counted.unmatched, source, relatives_of(source, joints)) if counted.unmatched else {}
    # A claim that is too weak says nothing about the parts of its source.
    weak = {same for end in counted.weak if not isinstance(end, JointId) for same in tree.same(end)}
    opened = {same for end in counted.open for key in members_of(end) for same in tree.same(key)}
    return Evidence(_about_items(counted, claims), links, nothing.keys(), opened, weak)


def _clashing(evidence: Evidence, source: Framework) -> set[Key]:
    """Return the elements about which claims contradict each other, and the wholes of these."""
    ends = filter(evidence.contradictory, {*evidence.relations, *evidence.unmatched})
    found = {member for end in ends for member in members_of(end)}
    return found | wholes_above(found, source.whole_by_part())


@attrs.frozen
class _Measured:
    """A report, and what it is based on."""

    report: CoverageReport
    tree: _Hierarchy
    class_of: Callable[[Key], Coverage]
    """Classifies an element by the claims that count."""


def _measure(
    claims: Claims, scope: Iterable[Scoped] | str | None, denominator: Words | None, strength: int | None
) -> _Measured:
    """Return how far the source is covered by the target, and the hierarchy of the source."""
    source = claims.history.facts.source
    minimum = checked_score("strength", strength)
    items, said = counted_items(source, scope, denominator)
    tree = _Hierarchy.of(source)
    counted = _counted(claims, minimum)
    known = _evidence(counted, claims, tree)
    every = known if minimum is None else _evidence(_counted(claims, None), claims, tree)
    class_of = classifier(every, tree.unions)
    if minimum is not None:
        class_of = classifier(known, tree.unions, class_of)
    clashing = _clashing(every, source)
    stated = claims.strengths
    # The strength of a part, or of several elements together, says nothing about how much of the item is asked.
    strengths = tuple(max((stated[end] for end in tree.same(key) if end in stated), default=None) for key in items)
    report = CoverageReport(
        denominator=said,
        target=str(claims.history.facts.target.id),
        items=tuple((key, class_of(key)) for key in items),
        titles=tuple(source[key].title for key in items),
        strengths=strengths,
        minimum=minimum,
        ways=claims.history.facts.ways,
        not_counted=counted.not_counted,
        contradictory=tuple(key for key in items if not clashing.isdisjoint(tree.same(key))),
    )
    return _Measured(report, tree, class_of)


def coverage(
    claims: Claims, scope: Iterable[Scoped] | str | None, denominator: Words | None, strength: int | None
) -> CoverageReport:
    """Return how far the source is covered by the target; see `Crosswalk.coverage`."""
    return _measure(claims, scope, denominator, strength).report


def _heading(key: Key, item: Claim) -> str:
    """Return the label of a claim in the gap of *key*: its target, preceded by its source if that is not *key*."""
    assert item.source is not None
    assert item.target is not None
    return item.target.local if item.source == key else f"{item.source.local} to {item.target.local}"


_LEFT = frozenset({Coverage.NOT_COVERED, Coverage.UNSEEN})


def _parts_left(key: Key, known: Coverage, measured: _Measured) -> Iterator[str]:
    """Yield the parts of an item that have no counterpart, each with its class, if the item itself is of another."""
    for part in measured.tree.unions(key):
        if (below := measured.class_of(part)) in _LEFT and below is not known:
            yield f"{part.local}: {below}"


def gaps(
    claims: Claims, scope: Iterable[Scoped] | str | None, denominator: Words | None, strength: int | None
) -> tuple[Gap, ...]:
    """Return the items that are not fully covered, with details; see `Crosswalk.gaps`."""
    measured = _measure(claims, scope, denominator, strength)
    report, tree = measured.report, measured.tree
    clashing = frozenset(report.contradictory)
    found = []
    for (key, known), number in zip(report.items, report.strengths, strict=True):
        if known is not Coverage.COVERED:
            ends = tree.below(key, claims)
            # The remainder of a mitigation is a gap of the risk, not of the measure that mitigates it.
            own = [
                item
                for end in ends
                for item in claims.of(end)
                if item.target is not None and item.remainder and (item.link is None or item.inverted)
            ]
            left = dict.fromkeys(f"{_heading(key, item)}: {item.remainder}" for item in own)
            left |= dict.fromkeys(_parts_left(key, known, measured))
            found.append(Gap(key, known, number, tuple(left), key in clashing))
    return tuple(found)
