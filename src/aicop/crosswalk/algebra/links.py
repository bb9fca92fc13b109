"""Links between elements, such as *mitigates*, which are outside the algebra of relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.algebra.matrix import inverse
from aicop.ids import End
from aicop.relations import MASK, RelationSet
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.crosswalk.algebra.matrix import RelationMatrix

Link = tuple[Predicate, bool]
"""The predicate of a link, and a flag that is True if its mapping was made in the other direction."""
Links = dict[End, dict[End, frozenset[Link]]]
"""Maps each source, then each target, to links."""

CONTAINS = MASK[RelationSet([Relation.EQUAL, Relation.SUPERSET])]


def inverse_links(links: Links) -> Links:
    """Return the links with source and target exchanged."""
    found: Links = {}
    for one, row in links.items():
        for other, several in row.items():
            found.setdefault(other, {})[one] = frozenset((link, not inverted) for link, inverted in several)
    return found


def union_of_links(*several: Links) -> Links:
    """Return a new table with the links of all given tables."""
    found: Links = {}
    for links in several:
        for one, row in links.items():
            for other, more in row.items():
                into = found.setdefault(one, {})
                into[other] = into.get(other, frozenset()) | more
    return found


def _carried_over(lines: RelationMatrix, links: Links, mask: int, link: Link) -> Iterator[tuple[End, End]]:
    """Yield the pairs that are connected by a relation that is certainly in *mask*, followed by *link*."""
    for one, row in lines.items():
        for middle, known in row.items():
            # An empty mask is a contradiction, which implies nothing.
            if known and not known & ~mask:
                yield from ((one, other) for other, several in links.get(middle, {}).items() if link in several)


def compose_links(first: tuple[RelationMatrix, Links], second: tuple[RelationMatrix, Links]) -> Links:
    """
    Return the links that follow from two steps, each with its relations and links.

    If an element mitigates a risk, so does every element that contains or equals it. Links have no other consequences.
    """
    straight, back = (Predicate.MITIGATES, False), (Predicate.MITIGATES, True)
    onward = _carried_over(first[0], second[1], CONTAINS, straight)
    # "Is mitigated by" follows the same rule with both steps reversed.
    returned = _carried_over(inverse(second[0]), inverse_links(first[1]), CONTAINS, straight)
    found: Links = {}
    for one, other in onward:
        found.setdefault(one, {})[other] = frozenset({straight})
    for other, one in returned:
        into = found.setdefault(one, {})
        into[other] = into.get(other, frozenset()) | {back}
    return found
