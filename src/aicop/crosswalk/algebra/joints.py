"""
Propagation through a hierarchy that includes joint ids.

A joint id is exactly the union of its members. It is a whole beside the tree of the framework: an element can be a
member of several joint ids.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.crosswalk.algebra.hierarchy import Branches, lift_links, propagate_relations
from aicop.crosswalk.algebra.matrix import (
    DISJOINT,
    INSIDE,
    NOTHING_KNOWN,
    PART_OF,
    RelationMatrix,
    composition_table,
    union_table,
)
from aicop.crosswalk.ends import members_of
from aicop.crosswalk.path import Path, Step
from aicop.ids import JointId
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aicop.crosswalk.algebra.hierarchy import Relatives
    from aicop.crosswalk.algebra.links import Links
    from aicop.frameworks.framework import Framework
    from aicop.ids import End, Key

_MITIGATES = Predicate.MITIGATES, False


def member_mask(mask: int) -> int | None:
    """
    Return what a relation of a joint id says of each member, or None if nothing follows.

    If the union is equal to or a subset of the target, each member is a subset of it or equal. If the union has nothing
    in common with the target, neither has any member. What else could follow says too little to be a claim.
    """
    found = composition_table()[PART_OF][mask]
    return found if mask and (not found & ~INSIDE or found == DISJOINT) else None


def common_wholes(joint: JointId, wholes: Mapping[Key, Key]) -> Iterator[Key]:
    """Yield the elements that all members of a joint id are parts of, the nearest first."""
    chains = []
    for member in joint.members:
        chain, above = [], wholes.get(member)
        while above is not None:
            chain.append(above)
            above = wholes.get(above)
        chains.append(chain)
    nearest, *others = chains
    for above in nearest:
        if all(above in chain for chain in others):
            yield above


def _inner(joint: JointId, by_member: Mapping[Key, Sequence[JointId]]) -> Iterator[JointId]:
    """Yield the other joint ids all of whose members are members of this one."""
    members = frozenset(joint.members)
    for other in dict.fromkeys(other for member in joint.members for other in by_member[member]):
        if other != joint and members.issuperset(other.members):
            yield other


def _by_member(joints: Iterable[JointId]) -> dict[Key, list[JointId]]:
    found: dict[Key, list[JointId]] = {}
    for joint in joints:
        for member in joint.members:
            found.setdefault(member, []).append(joint)
    return found


def _with_members(lines: RelationMatrix, joints: Iterable[JointId]) -> RelationMatrix:
    """Return the relations with those that follow from joint ids for their members."""
    found: RelationMatrix = {end: dict(row) for end, row in lines.items()}
    for joint in joints:
        for target, mask in lines.get(joint, {}).items():
            if (known := member_mask(mask)) is not None:
                for member in joint.members:
                    into = found.setdefault(member, {})
                    into[target] = into.get(target, NOTHING_KNOWN) & known
    return found


def _lift(found: RelationMatrix, above: End, row: Mapping[End, int]) -> None:
    """Add to an element what follows from the relations of something that it contains."""
    union = union_table()
    for target, mask in row.items():
        into = found.setdefault(above, {})
        into[target] = into.get(target, NOTHING_KNOWN) & union[mask or NOTHING_KNOWN][NOTHING_KNOWN]


def _union_of_members(found: RelationMatrix, joint: JointId) -> dict[End, int]:
    """Return the relations of a joint id that follow from all its members."""
    union = union_table()
    rows = [found.get(member, {}) for member in joint.members]
    masks: dict[End, int] = {}
    for target in dict.fromkeys(target for row in rows for target in row):
        # A contradiction (mask 0) implies nothing.
        several = [row.get(target, NOTHING_KNOWN) or NOTHING_KNOWN for row in rows]
        masks[target] = functools.reduce(lambda known, mask: union[known][mask], several)
    return masks


def spread_relations(lines: RelationMatrix, framework: Framework, joints: Sequence[JointId]) -> RelationMatrix:
    """
    Propagate relations through the hierarchy of their sources, which are elements of *framework* or joint ids.

    *joints* are the joint ids to consider: those among the sources, and those that are asked about.
    """
    if not joints:
        return propagate_relations(lines, framework)
    found = propagate_relations(_with_members(lines, joints), framework)
    wholes, by_member = framework.whole_by_part(), _by_member(joints)
    # What was lifted to an element says nothing of its parts, so the order of these steps makes no difference.
    for joint in joints:
        for above in common_wholes(joint, wholes):
            _lift(found, above, lines.get(joint, {}))
    for joint in joints:
        for target, mask in _union_of_members(found, joint).items():
            into = found.setdefault(joint, {})
            into[target] = into.get(target, NOTHING_KNOWN) & mask
        for inner in _inner(joint, by_member):
            _lift(found, joint, lines.get(inner, {}))
    return found


def spread_links(links: Links, framework: Framework, joints: Sequence[JointId]) -> Links:
    """Return the links; if a part or member mitigates a risk, its wholes get the same link, and so do joint ids."""
    if not joints:
        return lift_links(links, framework)
    wholes = framework.whole_by_part()
    found: Links = {one: dict(row) for one, row in links.items()}

    def lift(below: End, above: End) -> None:
        for other, several in tuple(found.get(below, {}).items()):
            if _MITIGATES in several:
                into = found.setdefault(above, {})
                into[other] = into.get(other, frozenset()) | {_MITIGATES}

    for joint in joints:
        for above in common_wholes(joint, wholes):
            lift(joint, above)
    found = lift_links(found, framework)
    for joint in joints:
        for member in joint.members:
            lift(member, joint)
    return found


class JointBranches:
    """The relatives of each element, as `Branches` finds them, and of joint ids; joint ids are relatives as well."""

    def __init__(self, framework: Framework, joints: Sequence[JointId]) -> None:
        self._branches = Branches(framework)
        self._numbers: dict[End, int] = {joint: number for number, joint in enumerate(joints)}
        self._by_member = _by_member(joints)
        self._count = len(framework)

    def size(self, key: End) -> int:
        """Return about how many relatives an element has."""
        return sum(map(self._branches.size, members_of(key))) + len(self._numbers)

    def of(self, key: End) -> Iterator[End]:
        """Yield an element, then its relatives in the tree, then joint ids."""
        keys = dict.fromkeys(other for one in members_of(key) for other in self._branches.of(one))
        found: dict[End, None] = dict.fromkeys((key, *keys))
        found |= dict.fromkeys(joint for other in keys for joint in self._by_member.get(other, ()))
        ranks = {other: rank for other in found if (rank := self.rank(key, other)) is not None}
        return iter(sorted(ranks, key=ranks.__getitem__))

    def rank(self, key: End, other: End) -> int | None:
        """Return a number that orders the relatives of *key*, or None if *other* is not one of them."""
        if key == other:
            return 0
        if isinstance(key, JointId):
            if not any(self._is_near(one, other) for one in key.members):
                return None
            # Elements in the publisher's order behind the joint id itself, then other joint ids.
            return 1 + (
                self._count + self._numbers[other] if isinstance(other, JointId) else self._branches.place(other)
            )
        if isinstance(other, JointId):
            return self._count + self._numbers[other] if self._is_near(key, other) else None
        return self._branches.rank(key, other)

    def _is_near(self, key: Key, other: End) -> bool:
        """Return True if an element, or a member of a joint id, is in the branch of *key*."""
        return any(self._branches.rank(key, one) is not None for one in members_of(other))

    def steps(self, one: End, other: End) -> Path:
        """Return the path from an element to one of its relatives; empty if both are the same."""
        if one == other:
            return ()
        if not isinstance(one, JointId) and not isinstance(other, JointId):
            return self._branches.steps(one, other)
        if self._contains(other, one):
            return (Step(source=one, target=other, mapping=None, inverted=False),)
        if self._contains(one, other):
            return (Step(source=one, target=other, mapping=None, inverted=True),)
        # Neither contains the other, so the path leads through a member of a joint id, which both have in common.
        joint, end = (one, other) if isinstance(one, JointId) else (other, one)
        assert isinstance(joint, JointId)
        middle = next(member for member in joint.members if self._is_near(member, end))
        return (*self.steps(one, middle), *self.steps(middle, other))

    def _contains(self, whole: End, part: End) -> bool:
        """Return True if each element on one side is an element on the other side or a part of one."""
        wholes = members_of(whole)
        return all(any(self._branches.contains(above, key) for above in wholes) for key in members_of(part))


def relatives_of(framework: Framework, joints: Sequence[JointId]) -> Relatives:
    """Return the relatives of each element of a framework, and of joint ids if there are any."""
    return JointBranches(framework, joints) if joints else Branches(framework)
