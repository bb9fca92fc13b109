"""How far a crosswalk covers its source: the claims that count, the classes of the items, and their gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.algebra.hierarchy import parts_by_whole
from aicop.crosswalk.algebra.joints import relatives_of, spread_links, spread_relations
from aicop.crosswalk.algebra.links import Links
from aicop.crosswalk.algebra.matrix import DISJOINT, NOTHING_KNOWN, RelationMatrix
from aicop.crosswalk.algebra.unmatched import Unmatched, spread_unmatched
from aicop.crosswalk.building import checked_score
from aicop.crosswalk.coverage import CoverageReport, Gap, classify
from aicop.crosswalk.denominator import Words, counted_items
from aicop.crosswalk.history.protocol import SOURCE
from aicop.ids import End, Key
from aicop.relations import MASK
from aicop.vocabulary import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.queries import Claims
    from aicop.frameworks.framework import Framework


@attrs.frozen
class _Counted:
    """What is known of the sources from the claims that count."""

    matrix: RelationMatrix
    links: Links
    unmatched: Unmatched
    """The sources without a counterpart, or whose claims are too weak to count."""
    left_out: int


def _counted(claims: Claims, minimum: int | None) -> _Counted:
    """Return what is known from claims of at least this strength, or from all claims."""
    known = claims.history.tables
    if minimum is None:
        return _Counted(known.matrix, known.links, known.unmatched[SOURCE], 0)
    matrix: RelationMatrix = {}
    links: Links = {}
    unmatched, left_out = dict(known.unmatched[SOURCE]), 0
    for item in claims.all():
        one, other = item.source, item.target
        if one is None or other is None or (claims.history.facts.separate and item.derived):
            # What follows for a member follows again from the joint claim, if that counts.
            continue
        mask = None if item.relations is None else MASK[item.relations]
        # No strength is needed to say that two elements have nothing in common.
        if mask != DISJOINT and (item.strength is None or item.strength < minimum):
            left_out += 1
            if item.strength is not None:
                # Somebody looked, and found too little.
                unmatched.setdefault(one, ((),))
                continue
            mask = NOTHING_KNOWN
        if mask is not None:
            into = matrix.setdefault(one, {})
            into[other] = into.get(other, NOTHING_KNOWN) & mask
        else:
            assert item.link is not None
            row = links.setdefault(one, {})
            row[other] = row.get(other, frozenset()) | {(item.link, item.inverted)}
    return _Counted(matrix, links, unmatched, left_out)


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

    wholes: dict[Key, Key]
    parts: dict[Key, list[Key]]
    full: frozenset[Key]

    @classmethod
    def of(cls, framework: Framework) -> _Hierarchy:
        """Return the hierarchy of a framework."""
        wholes = framework.whole_by_part()
        return cls(wholes, parts_by_whole(wholes), framework.complete_wholes)

    def below(self, key: Key, claims: Claims) -> list[End]:
        """Return an item, its direct parts, the whole that it equals if it is the only part, and its joint ids."""
        below: list[End] = [key, *self.parts.get(key, ())]
        above = self.wholes.get(key)
        if above in self.full and len(self.parts[above]) == 1:
            # If a union has a single part, the part equals the whole, such as a provision with one statement.
            below.append(above)
        if claims.joints:
            below += dict.fromkeys(joint for end in below for joint in claims.joints_with(end))
        return below


def coverage(
    claims: Claims, scope: Iterable[Key | str] | None, denominator: Words | None, strength: int | None
) -> CoverageReport:
    """Return how far the source is covered by the target; see `Crosswalk.coverage`."""
    source = claims.history.facts.source
    minimum = checked_score("strength", strength)
    items, said = counted_items(source, scope, denominator)
    counted = _counted(claims, minimum)
    lines = _about_items(counted, claims)
    joints = claims.joints
    lifted = spread_links(counted.links, source, joints)
    links = {one: [link for several in row.values() for link, _ in several] for one, row in lifted.items()}
    tree = _Hierarchy.of(source)
    parts, full = tree.parts, tree.full
    looked = spread_unmatched(counted.unmatched, source, relatives_of(source, joints)) if counted.unmatched else {}
    found = classify(items, lines, links, looked, lambda key: tuple(parts[key]) if key in full else ())
    known = claims.strengths
    strengths = tuple(
        max((known[end] for end in tree.below(key, claims) if end in known), default=None) for key in items
    )
    return CoverageReport(
        denominator=said,
        target=str(claims.history.facts.target.id),
        items=found,
        strengths=strengths,
        minimum=minimum,
        left_out=counted.left_out,
    )


def _heading(key: Key, item: Claim) -> str:
    """Return the label of a claim in the gap of *key*: its target, preceded by its source if that is not *key*."""
    assert item.source is not None
    assert item.target is not None
    return item.target.local if item.source == key else f"{item.source.local} to {item.target.local}"


def gaps(
    claims: Claims, scope: Iterable[Key | str] | None, denominator: Words | None, strength: int | None
) -> tuple[Gap, ...]:
    """Return the items that are not fully covered, with details; see `Crosswalk.gaps`."""
    report = coverage(claims, scope, denominator, strength)
    tree = _Hierarchy.of(claims.history.facts.source)
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
            found.append(Gap(key, known, number, tuple(left)))
    return tuple(found)
