"""
The rules that a single mapping must keep: which sides it has, its strengths, and the natures of its elements.

They hold for rows of files and for records alike, and import nothing that is slow to import.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.errors import count_phrase
from aicop.ids import JOINER, JointId
from aicop.vocabulary import ASKING, Nature, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aicop.ids import End, Key
    from aicop.model.mapping import Mapping

MAX_STRENGTH = 10
"""The maximum strength, and the maximum confidence, of a mapping."""

_SET = frozenset({Predicate.EQUAL, Predicate.SUBSET, Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.NONE})
_THREATS = frozenset({Nature.RISK, Nature.TECHNIQUE})
# Two elements can correspond to each other if both have the same one of these natures.
_LIKE = _THREATS | {Nature.ROLE, Nature.STAGE}
LINKS = frozenset({Predicate.MITIGATES, Predicate.CITES, Predicate.CORRESPONDS})
"""Predicates outside the algebra: a pair may have one mapping per such predicate in addition to a relationship."""
_ZERO = frozenset({Predicate.NONE, Predicate.NOTHING})


def strength_fault(predicate: Predicate, strength: int | None) -> str | None:
    """Return an error message if the relationship does not allow this strength, otherwise None."""
    if strength is None:
        return None
    if predicate in {Predicate.EQUAL, Predicate.SUBSET} and strength != MAX_STRENGTH:
        return f"{predicate} requires strength {MAX_STRENGTH}, not {strength}: the target asks all that the source asks"
    if predicate in _ZERO and strength != 0:
        return f"{predicate} requires strength 0, not {strength}"
    if predicate in {Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.MITIGATES} and not 0 < strength < MAX_STRENGTH:
        return f"{predicate} requires a strength of 1 to 9, not {strength}"
    return None


def reverse_strength_fault(predicate: Predicate, strength: int | None) -> str | None:
    """Return an error message if the relationship does not allow this reverse strength, otherwise None."""
    if strength is None:
        return None
    if predicate is Predicate.MITIGATES:
        # Its strength is a share of the risk, and a risk asks nothing of the measure.
        return f"{predicate} has no reverse strength; leave it empty"
    if predicate in {Predicate.EQUAL, Predicate.SUPERSET} and strength != MAX_STRENGTH:
        return (
            f"{predicate} requires reverse strength {MAX_STRENGTH}, not {strength}: "
            "the source asks all that the target asks"
        )
    if predicate in _ZERO and strength != 0:
        return f"{predicate} requires reverse strength 0, not {strength}"
    if predicate in {Predicate.SUBSET, Predicate.INTERSECTS} and not 0 < strength < MAX_STRENGTH:
        return f"{predicate} requires a reverse strength of 1 to 9, not {strength}"
    return None


@functools.cache
def nature_fault(predicate: Predicate, source: Nature, target: Nature) -> str | None:
    """Return an error message if the predicate cannot relate elements of these natures, otherwise None."""
    if predicate in _SET and (source not in ASKING or target not in ASKING):
        other = next(nature for nature in (source, target) if nature not in ASKING)
        return f"{predicate} needs a requirement or mitigation on both sides, not a {other}"
    if predicate is Predicate.MITIGATES and target not in _THREATS:
        return f"{predicate} needs a risk or technique as its target, not a {target}"
    if predicate is Predicate.MITIGATES and source not in ASKING:
        return f"{predicate} needs a requirement or mitigation as its source, not a {source}"
    if predicate is Predicate.CITES and target is not Nature.DOCUMENT:
        return f"{predicate} needs a document as its target, not a {target}"
    if predicate is Predicate.CORRESPONDS and (source is not target or source not in _LIKE):
        return f"{predicate} needs two risks, techniques, roles or stages, not a {source} and a {target}"
    return None


def side_fault(predicate: Predicate, *, source: bool, target: bool) -> tuple[str, str] | None:
    """
    Return the side that is wrong and an error message, or None if a row has the sides that its relationship needs.

    *source* and *target* are true if the row has this side. *nothing-found* has one side, all others have both.
    """
    if predicate is Predicate.NOTHING:
        if source and target:
            return "target", (
                f"{predicate} has a source and a target; leave empty the side on which nothing was found, "
                f"or write {Predicate.NONE} if only these two were compared"
            )
        return None if source or target else ("source", f"{predicate} needs a source or a target")
    missing = "target" if source else "source"
    return None if source and target else (missing, f"{predicate} needs a {missing}")


def members(end: End) -> tuple[Key, ...]:
    """Return the elements of one side of a mapping: one, or the members of a joint id."""
    return end.members if isinstance(end, JointId) else (end,)


def judgement(row: Mapping) -> tuple[object, ...]:
    """
    Return what no two mappings may share: the sides, the author, and the predicate if it is a link.

    An author judges a pair once, and may add one mapping per link.
    """
    return row.source, row.target, row.searched, row.author, row.predicate if row.predicate in LINKS else None


def repetition(source: End | None, target: End | None, where: str, author: str | None) -> str:
    """Return an error message for a mapping whose author has judged the same sides before; *where* is the place."""
    first = f"{where}, by {author}" if author else where
    if source is None or target is None:
        return f"{Predicate.NOTHING} for {source or target} is already in {first}"
    return f"{source} is already mapped to {target} in {first}"


def digest_fault(end: End | None, digests: str | None) -> str | None:
    """Return an error message if a side of a mapping has more or fewer digests than ids, otherwise None."""
    if end is None or digests is None:
        return None
    stated, ids = digests.count(JOINER) + 1, len(members(end))
    if stated == ids:
        return None
    advice = f"write one for each id, joined by {JOINER} in the order of the ids, or none"
    return f"states {count_phrase(stated, 'digest')} for {count_phrase(ids, 'id')}; {advice}"


def pair_faults(
    predicate: Predicate, source: End, target: End, natures: Callable[[Key], Nature]
) -> Iterator[tuple[str, str]]:
    """
    Yield each fault of the two sides of a row taken together, after the column to which it belongs; "" if to both.

    *natures* returns the nature of an element.
    """
    if isinstance(source, JointId) and isinstance(target, JointId):
        yield "", "has several ids on both sides; only one side can be joint"
    ones, others = members(source), members(target)
    found: dict[str, None] = {}
    for one in ones:
        if one in others:
            yield "", f"maps {one} to itself"
        # The members of a joint id often share a nature, and then a fault too.
        for other in others:
            if said := nature_fault(predicate, natures(one), natures(other)):
                found[said] = None
    for said in found:
        yield "relationship", said


def _number_fault(name: str, value: object) -> str | None:
    """Return an error message if a value is neither None nor a whole number from 0 to 10."""
    # True and False are ints as well.
    if value is None or (type(value) is int and 0 <= value <= MAX_STRENGTH):
        return None
    return f"the {name} must be a whole number from 0 to {MAX_STRENGTH}, not {value!r}"


def mapping_faults(row: Mapping, natures: Callable[[Key], Nature]) -> Iterator[str]:
    """
    Yield an error message for each rule that a record breaks; none for a valid one.

    *natures* returns the nature of an element.
    """
    numbers = {
        "strength": (row.strength, strength_fault),
        "reverse strength": (row.reverse_strength, reverse_strength_fault),
        "confidence": (row.confidence, None),
    }
    for name, (value, rule) in numbers.items():
        said = _number_fault(name, value) or (rule(row.predicate, value) if rule else None)
        if said:
            yield said
    for side, end, digests in (
        ("source", row.source, row.source_digest),
        ("target", row.target, row.target_digest),
    ):
        if said := digest_fault(end, digests):
            yield f"the {side} {said}"
    if wrong := side_fault(row.predicate, source=row.source is not None, target=row.target is not None):
        yield wrong[1]
    if row.source is not None and row.target is not None:
        for _, said in pair_faults(row.predicate, row.source, row.target, natures):
            yield said
    elif row.searched is None:
        yield "does not say in which framework nothing was found; set `searched`"
