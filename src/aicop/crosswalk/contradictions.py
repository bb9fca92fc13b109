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

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.crosswalk.arguments import INTERSECTS, NONE, PART, SUBSET, SUPERSET, Argument, Arguments, Assertions
from aicop.crosswalk.claim import mask_of
from aicop.frameworks.shipped import load as load_framework
from aicop.ids import End, JointId, Key
from aicop.mappings.shipped import load as load_rows
from aicop.mappings.shipped import sets
from aicop.model.mapping import Mapping
from aicop.vocabulary import ASKING, Nature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId

_STEPS = 32
"""The steps from either end that the first search for an argument may look at."""
_FREE = 1_000_000
"""The steps from either end that all searches of a round may look at, however few mappings there are."""

Denial = tuple[int, int, bool]
"""Two numbered elements, and what is denied: that they overlap (True), or that the first is contained in the second."""

_DENIED: dict[int, tuple[tuple[bool, bool], ...]] = {
    SUPERSET: ((False, False),),
    SUBSET: ((True, False),),
    INTERSECTS: ((False, False), (True, False)),
    NONE: ((False, True),),
}
"""
The denials of a relation, which other mappings can contradict.

What is denied is that the source is contained in the target, or the reverse if the first value is True; if the second
is True, that they overlap. Relations that are not here deny nothing.
"""


@shown
@field_type
@attrs.frozen(repr=False)
class Contradiction:
    """Mappings that cannot all be true."""

    one: End
    other: End
    reason: str
    """A sentence that states the conflict."""
    mappings: tuple[Mapping, ...]
    """
    A minimal set of mappings that cannot all be true: first the one that is contradicted, then those that contradict
    it, in the order of the argument. Without any of these, the others do not contradict it.
    """
    parts: tuple[tuple[End, End], ...]
    """The pairs of a part and its whole, or of a member and its joint id, that the argument uses."""
    shortest: bool
    """
    Whether it is certain that no argument against the first mapping has fewer mappings.

    It is False if the search was cut short, which happens only among thousands of mappings that contradict each other.
    """

    def __str__(self) -> str:
        lines = [self.reason]
        lines += (f"  {_sides(row)} ({row.author}, {row.set})" for row in self.mappings)
        lines += (f"  {part} is a part of {whole}" for part, whole in self.parts)
        return "\n".join(lines)


def _sides(row: Mapping) -> str:
    """Return a mapping in a few words, with the framework that was searched in place of a missing side."""
    return f"{row.source or row.searched} {row.predicate} {row.target or row.searched}"


class _Known:
    """The assertions and denials of mappings and hierarchies, with numbers for elements."""

    def __init__(self, frameworks: dict[EditionId, Framework], rows: list[Mapping]) -> None:
        self._frameworks = frameworks
        self._places: dict[End, int] = {}
        """The elements in the order in which they come, each with its place."""
        self._natures: list[Nature] = []
        sides = [(self._place(row.source), self._place(row.target)) for row in rows]
        parts = self._parts()
        # Elements and rows are numbered in an order that does not depend on that of the input. So the same one of
        # several equally short arguments is reported for any order of the input.
        self.ends = self._in_order()
        """The elements by their numbers."""
        numbers = {self._places[end]: number for number, end in enumerate(self.ends)}
        self.asserted = Assertions()
        for part, whole in parts:
            self.asserted.add_part(numbers[part], numbers[whole])
        self.searched = sorted({row.searched for row in rows if row.searched is not None}, key=str)
        """The frameworks that were searched. They have the next numbers, as wholes of all their elements."""
        everything = {edition: number for number, edition in enumerate(self.searched, len(self.ends))}
        for number, end in enumerate(self.ends if everything else ()):
            if end.edition in everything:
                self.asserted.add_part(number, everything[end.edition])
        self.rows: list[Mapping] = []
        """The mappings, in their order; links are left out."""
        self.claims: list[tuple[int, int, int]] = []
        """The two elements of each mapping, and the relations that it allows, as a mask."""
        for row, (source, target) in zip(rows, sides, strict=True):
            claim = None
            if source < 0 or target < 0:
                # In a crosswalk of a framework with itself, the element itself is not meant.
                number = numbers[max(source, target)]
                if row.searched is not None and row.searched != self.ends[number].edition:
                    claim = number, everything[row.searched], NONE
            else:
                mask = mask_of(row.predicate, self._natures[source], self._natures[target])
                claim = None if mask is None else (numbers[source], numbers[target], mask)
            if claim is not None:
                self.rows.append(row)
                self.claims.append(claim)
        self.stated = sorted(range(len(self.claims)), key=self._order)
        """The places of the mappings by the numbers of their steps; those that only deny something have no steps."""
        for place in self.stated:
            self.asserted.add_row(*self.claims[place])

    def _place(self, end: End | None) -> int:
        """Return the place of an element, which is added if it is new; -1 for a missing side."""
        if end is None:
            return -1
        found = self._places.get(end)
        if found is None:
            found = self._places[end] = len(self._places)
            framework = self._frameworks[end.edition]
            if isinstance(end, JointId):
                natures = (framework[member].nature for member in end.members)
                # Set relations apply to a joint id if they apply to all its members.
                self._natures.append(next((nature for nature in natures if nature not in ASKING), Nature.REQUIREMENT))
            else:
                self._natures.append(framework[end].nature)
        return found

    def _parts(self) -> list[tuple[int, int]]:
        """Add all wholes and all members of joint ids; return the places of each part and its whole."""
        found = []
        waiting = list(self._places)
        while waiting:
            end = waiting.pop()
            if isinstance(end, JointId):
                pairs: list[tuple[Key, End]] = [(member, end) for member in end.members]
            else:
                whole = self._frameworks[end.edition].whole_of(end)
                pairs = [] if whole is None else [(end, whole)]
            for pair in pairs:
                waiting += (one for one in pair if one not in self._places)
                found.append((self._place(pair[0]), self._place(pair[1])))
        return found

    def _in_order(self) -> list[End]:
        """Return the elements by their frameworks, each in the publisher's order, then the joint ids."""
        known = sorted(self._frameworks.values(), key=lambda framework: str(framework.id))
        single = (key for framework in known for key in framework if key in self._places)
        joint = (end for end in self._places if isinstance(end, JointId))
        return [*single, *sorted(joint, key=str)]

    def _order(self, place: int) -> tuple[int | str, ...]:
        """Return a sort key that depends only on the content of a mapping."""
        (one, other, _), row = self.claims[place], self.rows[place]
        return one, other, row.author or "", row.set, row.predicate, row.rationale or ""

    def denials(self, place: int) -> list[Denial]:
        """Return what a mapping denies."""
        one, other, mask = self.claims[place]
        return [(other, one, apart) if turned else (one, other, apart) for turned, apart in _DENIED.get(mask, ())]


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
        for side in (row.source, row.target):
            edition = row.searched if side is None else side.edition
            if edition is not None and edition not in known:
                known[edition] = load_framework(edition)
    return _Search(_Known(known, kept)).contradictions()


_Task = tuple[int, int, Argument | None]
"""The place of a mapping, the first of its denials that is left, and an argument against that one if known."""


class _Search:
    """The search for arguments against all denials of mappings."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        self._arguments = Arguments(known.asserted)
        self._found: dict[int, Contradiction] = {}
        """The contradictions by the places of the mappings."""

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Return at most one contradiction for each mapping."""
        # The shortest argument against each mapping is searched with few steps first, then with more for those that
        # are left. No round takes much longer than the first, so the time grows no worse than n log n. The rounds are
        # for all mappings, so that nothing depends on their order.
        left: list[_Task] = [(place, 0, None) for place, (*_, mask) in enumerate(self._known.claims) if mask in _DENIED]
        most, limit = _STEPS, max(_STEPS * len(left), _FREE)
        while left and most * len(left) <= limit:
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
        for number, denial in enumerate(self._known.denials(place)[first:], first):
            argument, certain = self._shortest(denial, most)
            if not certain:
                return place, number, argument
            if argument is not None:
                self._found[place] = self._contradiction(place, denial, argument)
                break
        return None

    def _argue_at_length(self, place: int, first: int, known: Argument | None) -> None:
        """Search any argument against a mapping; *known* is one against its denial number *first*."""
        for denial in self._known.denials(place)[first:]:
            one, other, apart = denial
            if known is None:
                known = self._arguments.long(one, other, overlap=apart)
            else:
                known = self._arguments.minimal(known, one, other, overlap=apart)
            # Only a search without a limit tells whether elements are connected at all if landmarks do not connect
            # them. It is rare, and mostly ends soon because one of them has few others around it.
            if known is None:
                known, _ = self._shortest(denial, inf)
            if known is not None:
                self._found[place] = self._contradiction(place, denial, known)
                break

    def _contradiction(self, place: int, denial: Denial, argument: Argument) -> Contradiction:
        """Build a contradiction from the chains of its argument, each step once."""
        ends, (first, last, apart) = self._known.ends, denial
        steps = dict.fromkeys(step for chain in argument.chains for step in chain)
        one = ends[first]
        if last >= len(ends):
            # What was found is the element of that framework at which the argument ends.
            other = next(ends[part] for part, whole, _ in steps if whole == last)
            searched = self._known.searched[last - len(ends)]
            reason = f"One mapping says that nothing in {searched} overlaps with {one}; others imply that {other} does."
        elif apart:
            other = ends[last]
            reason = f"One mapping says that {one} and {other} have nothing in common; others imply that they do."
        else:
            other = ends[last]
            reason = (
                f"One mapping says that {one} asks something that {other} does not; "
                f"others imply that {other} asks all of it."
            )
        rows = (self._known.rows[self._known.stated[number]] for _, _, number in steps if number != PART)
        parts = ((part, whole) for part, whole, number in steps if number == PART and whole < len(ends))
        return Contradiction(
            one,
            other,
            reason,
            (self._known.rows[place], *rows),
            tuple((ends[part], ends[whole]) for part, whole in parts),
            argument.shortest,
        )
