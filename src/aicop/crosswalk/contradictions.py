"""
Detection of contradictions among mappings, each with a minimal set of mappings that cause it.

Each requirement or mitigation is regarded as a set. A mapping asserts that one set is contained in the other, or not,
that the two overlap, or that they are disjoint. Everything else follows by three rules: containment is transitive;
overlap is inherited upwards; disjointness is inherited downwards. So mappings are contradictory in exactly two cases:
they imply a containment that one of them denies, or an overlap of two elements that one of them calls disjoint. No
general search is needed. The tests compare the result with path consistency under the composition table, and with
models.

Parts are contained in their wholes, and the members of a joint id in all of them together. A mapping that found nothing
for an element denies that it overlaps with any element of the framework that was searched. The rules that a provision
is exactly the union of its statements, and that a joint id is no more than its members, are not used, so contradictions
that depend on them are not found.

The mappings of a contradiction are as few as possible, unless the search for them would take too long. It takes long if
thousands of mappings contradict each other, so that nearly everything follows from them in many ways. Then some
arguments are longer than necessary. They are still minimal: each of their mappings is needed.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.arguments import PART, Argument, Arguments, Assertions
from aicop.crosswalk.claim import mask_of
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import EditionId, End, JointId, Key
from aicop.mappings.shipped import load as load_rows
from aicop.mappings.shipped import sets
from aicop.model.mapping import Mapping
from aicop.relations import MASK, RELATED, RelationSet
from aicop.vocabulary import ASKING, Nature, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.frameworks.framework import Framework

_EQUAL, _SUBSET, _SUPERSET, _INTERSECTS, _NONE = (MASK[RelationSet([relation])] for relation in Relation)
_RELATED = MASK[RELATED]

_STEPS = 256
"""The steps from either end that the first search for an argument may look at."""


@attrs.frozen
class Contradiction:
    """Mappings that cannot all be true."""

    one: End
    other: End
    reason: str
    """A sentence that states the conflict."""
    mappings: tuple[Mapping, ...]
    """
    A minimal set of mappings that cannot all be true: the one that is contradicted, then the others in the order of the
    argument. Without any of the others, nothing contradicts the first.
    """
    parts: tuple[tuple[End, End], ...]
    """The pairs of a part and its whole, or of a member and its joint id, that the argument uses."""
    shortest: bool
    """
    Whether no argument against this mapping has fewer mappings.

    False if the search was cut short, which only happens if thousands of mappings contradict each other.
    """

    def __str__(self) -> str:
        lines = [self.reason]
        lines += (f"  {_sides(row)} ({row.author}, {row.set})" for row in self.mappings)
        lines += (f"  {part} is a part of {whole}" for part, whole in self.parts)
        return "\n".join(lines)


def _sides(row: Mapping) -> str:
    """Return a mapping in a few words, with the framework that was searched in place of a missing side."""
    return f"{row.source or row.searched} {row.predicate} {row.target or row.searched}"


Denial = tuple[int, int, bool]
"""Two numbered elements, and what is denied: that they overlap (True), or that the first is contained in the second."""


class _Known:
    """The assertions and denials of mappings and hierarchies, with numbers for elements and mappings."""

    def __init__(self, frameworks: dict[EditionId, Framework], rows: list[Mapping]) -> None:
        self._frameworks = frameworks
        self._natures: dict[End, Nature] = {}
        self._wholes: dict[End, Key | None] = {}
        for row in rows:
            for end in (row.source, row.target):
                if end is not None and end not in self._natures:
                    self._add(end)
        self.ends = sorted(self._wholes, key=self._position)
        """The elements by their numbers."""
        self.searched = list(dict.fromkeys(row.searched for row in rows if row.searched is not None))
        """The frameworks that were searched. They have the next numbers, as wholes of all their elements."""
        self.asserted = Assertions()
        # Elements and rows are numbered in an order that does not depend on that of the input. So the same one of
        # several equally short arguments is reported for any order of the input.
        self._numbers = {end: number for number, end in enumerate(self.ends)}
        self._everything = {edition: number for number, edition in enumerate(self.searched, len(self.ends))}
        self._add_parts()
        stated: list[tuple[int, int, int, Mapping]] = []
        self.denials: list[tuple[Mapping, tuple[Denial, ...]]] = []
        """What each mapping denies, in the order of the mappings; those that deny nothing are left out."""
        for row in rows:
            if row.source is None or row.target is None:
                self._deny_all(row)
                continue
            mask = mask_of(row.predicate, self._natures[row.source], self._natures[row.target])
            if mask is not None:
                one, other = self._numbers[row.source], self._numbers[row.target]
                self._deny(one, other, mask, row)
                if mask != _NONE:
                    stated.append((one, other, mask, row))
        stated.sort(key=_row_order)
        self.rows = [row for *_, row in stated]
        """The mappings that assert a containment or an overlap, by their numbers."""
        for one, other, mask, _ in stated:
            self.asserted.add_row(
                (one, other),
                inside=mask in {_EQUAL, _SUBSET},
                around=mask in {_EQUAL, _SUPERSET},
                beside=mask in {_INTERSECTS, _RELATED},
            )

    def _add(self, end: End) -> None:
        """Take up an element, the members of a joint id, and their wholes."""
        if isinstance(end, JointId):
            natures = [self._frameworks[end.edition][member].nature for member in end.members]
            # Set relations apply to a joint id if they apply to all its members.
            self._natures[end] = next((nature for nature in natures if nature not in ASKING), natures[0])
            self._wholes[end] = None
        else:
            self._natures[end] = self._frameworks[end.edition][end].nature
        for member in end.members if isinstance(end, JointId) else (end,):
            part: Key | None = member
            while part is not None and part not in self._wholes:
                whole = self._frameworks[part.edition].whole_of(part)
                self._wholes[part] = whole
                part = whole

    def _position(self, end: End) -> tuple[str, list[int]]:
        """Return a sort key: the framework, then the positions in it."""
        members = end.members if isinstance(end, JointId) else (end,)
        framework = self._frameworks[end.edition]
        return str(end.edition), [framework.position(member) for member in members]

    def _add_parts(self) -> None:
        """Record that parts are contained in their wholes."""
        numbers = self._numbers
        for end, whole in self._wholes.items():
            if whole is not None:
                self.asserted.add_part(numbers[end], numbers[whole])
            for member in end.members if isinstance(end, JointId) else ():
                self.asserted.add_part(numbers[member], numbers[end])
        for end in self._wholes if self._everything else ():
            if end.edition in self._everything:
                self.asserted.add_part(numbers[end], self._everything[end.edition])

    def _deny_all(self, row: Mapping) -> None:
        """Record that nothing was found for an element."""
        end = row.source or row.target
        # In a crosswalk of a framework with itself, the element itself is not meant.
        if end is not None and row.searched is not None and row.searched != end.edition:
            self.denials.append((row, ((self._numbers[end], self._everything[row.searched], True),)))

    def _deny(self, one: int, other: int, mask: int, row: Mapping) -> None:
        """Record the denials of a row, which other rows can contradict."""
        # Only denials can be contradicted, so equal-to and related-to have no entry.
        denials: dict[int, tuple[Denial, ...]] = {
            _SUPERSET: ((one, other, False),),
            _SUBSET: ((other, one, False),),
            _INTERSECTS: ((one, other, False), (other, one, False)),
            _NONE: ((one, other, True),),
        }
        if mask in denials:
            self.denials.append((row, denials[mask]))


def _row_order(stated: tuple[int, int, int, Mapping]) -> tuple[int | str, ...]:
    """Return a sort key that depends only on the content of a row."""
    one, other, _, row = stated
    return one, other, row.author or "", row.set, row.predicate, row.rationale or ""


def find_contradictions(
    rows: Iterable[Mapping] | None = None, frameworks: Iterable[Framework] = ()
) -> tuple[Contradiction, ...]:
    """
    Return the contradictions among mappings by any authors: among *rows*, or by default among all that ship.

    The hierarchies of the frameworks are taken into account; pass your own frameworks in *frameworks*. If a mapping
    denies an overlap or a containment that others imply, the result has one contradiction for it, in the order of the
    mappings.

    Raises:
        UnknownEdition: a mapping names a framework that neither ships nor is in *frameworks*.
        UnknownKey: a mapping names an element that its framework does not have.
    """
    kept = [row for item in sets() for row in load_rows(item.name)] if rows is None else list(rows)
    known = {item.id: item for item in frameworks}
    for row in kept:
        for edition in (end.edition if end is not None else row.searched for end in (row.source, row.target)):
            if edition is not None and edition not in known:
                known[edition] = load_framework(edition)
    return _Search(_Known(known, kept)).contradictions()


_Task = tuple[int, int, Argument | None]
"""The place of a mapping among those with denials, the first denial that is left, and an argument against it if known."""


class _Search:
    """The search for arguments against all denials of mappings."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        self._arguments = Arguments(known.asserted)
        self._found: dict[int, Contradiction] = {}
        """The contradictions by the places of the denials."""

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Return at most one contradiction for each mapping."""
        # The shortest argument of each mapping is searched with few steps first, then with more for those that are
        # left, as long as there are so few of them that each round takes no longer than the first. So the time grows
        # no worse than n log n, in whatever order the mappings are.
        left: list[_Task] = [(place, 0, None) for place in range(len(self._known.denials))]
        most, whole = _STEPS, _STEPS * len(left)
        while left and most * len(left) <= whole:
            left = [again for place, first, _ in left if (again := self._argue(place, first, most)) is not None]
            most *= 4
        for task in left:
            self._argue_at_length(*task)
        return tuple(self._found[place] for place in sorted(self._found))

    def _shortest(self, denial: Denial, most: float) -> tuple[Argument | None, bool]:
        one, other, apart = denial
        return (self._arguments.overlap if apart else self._arguments.containment)(one, other, most)

    def _argue(self, place: int, first: int, most: float) -> _Task | None:
        """Search the shortest argument against a mapping; return what is left to do if *most* steps are not enough."""
        row, denials = self._known.denials[place]
        for number, denial in enumerate(denials[first:], first):
            argument, certain = self._shortest(denial, most)
            if not certain:
                return place, number, argument
            if argument is not None:
                self._found[place] = self._contradiction(row, denial, argument)
                break
        return None

    def _argue_at_length(self, place: int, first: int, known: Argument | None) -> None:
        """Search any argument against a mapping; *known* is one against its denial number *first*."""
        row, denials = self._known.denials[place]
        for denial in denials[first:]:
            one, other, apart = denial
            if known is None:
                known = self._arguments.long(one, other, overlap=apart)
            else:
                known = self._arguments.reduced(known, one, other, overlap=apart)
            # Few elements are not connected by landmarks, and most of these are not connected at all. Whether they are
            # cannot be told without a search without limits.
            if known is None:
                known, _ = self._shortest(denial, inf)
            if known is not None:
                self._found[place] = self._contradiction(row, denial, known)
                break

    def _contradiction(self, row: Mapping, denial: Denial, argument: Argument) -> Contradiction:
        """Build a contradiction from the chains of its argument, each step once."""
        ends, (first, last, apart) = self._known.ends, denial
        steps = dict.fromkeys(step for chain in argument.chains for step in chain)
        one = ends[first]
        if last >= len(ends):
            # What was found is the element of that framework at which the argument ends.
            other = next(ends[part] for part, whole, _ in steps if whole == last)
            searched = self._known.searched[last - len(ends)]
            reason = (
                f"One mapping says that nothing in {searched} was found for {one}; others imply that {other} overlaps."
            )
        elif apart:
            other = ends[last]
            reason = f"One mapping says that {one} and {other} have nothing in common; others imply that they do."
        else:
            other = ends[last]
            reason = (
                f"One mapping says that {one} asks something that {other} does not; "
                f"others imply that {other} asks all of it."
            )
        parts = ((part, whole) for part, whole, number in steps if number == PART and whole < len(ends))
        return Contradiction(
            one,
            other,
            reason,
            (row, *(self._known.rows[number] for _, _, number in steps if number != PART)),
            tuple((ends[part], ends[whole]) for part, whole in parts),
            argument.shortest,
        )
