"""
The algebra of relations: what is known of how two requirements stand to each other, and what follows from it.

A `RelationSet` holds the relations that are possible. It gets smaller as more is known; composition never claims one
more or one less than the table allows. The words of other formats are translated here and nowhere else.
"""

from __future__ import annotations

import functools
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from aicop.spelling import unknown_term
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


SYMBOL: Mapping[Relation, str] = MappingProxyType(
    dict(zip(Relation, ("=", "\u2282", "\u2283", "\u2229", "\u2205"), strict=True))
)
"""Signs of set theory; the last one says that nothing is shared."""

READING: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.EQUAL: "the source asks exactly what the target asks",
        Relation.SUBSET: "the target asks all that the source asks, and more",
        Relation.SUPERSET: "the source asks all that the target asks, and more",
        Relation.INTERSECTS: "they ask something in common, and each asks something that the other does not",
        Relation.NONE: "they ask nothing in common",
    }
)
"""Each relation in plain words."""

INVERSE: Mapping[Relation, Relation] = MappingProxyType(
    {relation: relation for relation in Relation}
    | {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}
)
"""The relation of the target to the source."""

_ALL_RELATIONS = frozenset(Relation)
_EQ, _PP, _PPI, _PO, _DR = Relation

COMPOSITION: Mapping[tuple[Relation, Relation], frozenset[Relation]] = MappingProxyType(
    {
        (first, second): frozenset(result)
        for first, row in {
            _DR: (_ALL_RELATIONS, (_DR, _PO, _PP), (_DR, _PO, _PP), (_DR,), (_DR,)),
            _PO: ((_DR, _PO, _PPI), _ALL_RELATIONS, (_PO, _PP), (_DR, _PO, _PPI), (_PO,)),
            _PP: ((_DR,), (_DR, _PO, _PP), (_PP,), _ALL_RELATIONS, (_PP,)),
            _PPI: ((_DR, _PO, _PPI), (_PO, _PPI), (_PO, _PP, _PPI, _EQ), (_PPI,), (_PPI,)),
            _EQ: ((_DR,), (_PO,), (_PP,), (_PPI,), (_EQ,)),
        }.items()
        for second, result in zip((_DR, _PO, _PP, _PPI, _EQ), row, strict=True)
    }
)
"""
What stays possible between a and c when a stands to b as the first says, and b to c as the second.

Source: the composition table of the region connection calculus RCC-5, of which these are the five base relations.
"""


UNION: Mapping[tuple[Relation, Relation], frozenset[Relation]] = MappingProxyType(
    {
        (first, second): frozenset(result)
        for first, row in {
            _DR: ((_DR,), (_PO,), (_PO,), (_PPI,), (_PPI,)),
            _PO: ((_PO,), (_PO, _PPI), (_PO, _PPI), (_PPI,), (_PPI,)),
            _PP: ((_PO,), (_PO, _PPI), (_PP, _EQ), (_PPI,), (_EQ,)),
            _PPI: ((_PPI,),) * 5,
            _EQ: ((_PPI,), (_PPI,), (_EQ,), (_PPI,), (_EQ,)),
        }.items()
        for second, result in zip((_DR, _PO, _PP, _PPI, _EQ), row, strict=True)
    }
)
"""
What stays possible between a joined with b, and c, when a stands to c as the first says and b to c as the second.

Ours; the tests check it, as they do the table above, against all triples of non-empty subsets of a small set.
"""


def _relations(items: Iterable[Relation]) -> frozenset[Relation]:
    return frozenset(map(Relation, items))


@attrs.frozen(repr=False, cache_hash=True)
class RelationSet:
    """
    The relations that are possible between a source and a target; one of 32 values.

    >>> RelationSet([Relation.SUBSET]).compose(RelationSet([Relation.INTERSECTS]))
    <RelationSet subset-of intersects-with no-relationship>
    """

    relations: frozenset[Relation] = attrs.field(converter=_relations)

    def __iter__(self) -> Iterator[Relation]:
        return (relation for relation in Relation if relation in self.relations)

    def __len__(self) -> int:
        return len(self.relations)

    def __contains__(self, relation: object) -> bool:
        return relation in self.relations

    def __and__(self, other: RelationSet) -> RelationSet:
        """Join what two accounts of the same pair know; empty when they contradict each other."""
        return RelationSet(self.relations & other.relations)

    def __str__(self) -> str:
        return "".join(SYMBOL[relation] for relation in self) or "contradiction"

    def __repr__(self) -> str:
        return f"<RelationSet {' '.join(self) or 'contradiction'}>"

    def inverse(self) -> RelationSet:
        """Give what is known of the target's relation to the source."""
        return _inverse(self)

    def compose(self, other: RelationSet) -> RelationSet:
        """Give what is known of a and c, when this is known of a and b, and *other* of b and c."""
        return _compose(self, other)

    @property
    def certain(self) -> Relation | None:
        """The relation, when only one is possible."""
        return next(iter(self)) if len(self) == 1 else None

    @property
    def overlap_is_certain(self) -> bool:
        """Whether something is shared, whatever the exact relation."""
        return bool(self.relations) and Relation.NONE not in self.relations

    @property
    def nothing_known(self) -> bool:
        """Whether every relation is possible."""
        return len(self) == len(Relation)

    @property
    def contradiction(self) -> bool:
        """Whether no relation is possible: what was joined cannot all be true."""
        return not self.relations


ANY_RELATION = RelationSet(Relation)
"""Nothing is known."""

RELATED = RelationSet(relation for relation in Relation if relation is not Relation.NONE)
"""Related, the type not stated: what a published pair without a relation asserts."""


@functools.cache
def _inverse(known: RelationSet) -> RelationSet:
    return RelationSet(INVERSE[relation] for relation in known)


@functools.cache
def _compose(first: RelationSet, second: RelationSet) -> RelationSet:
    return RelationSet(frozenset().union(*(COMPOSITION[one, other] for one in first for other in second)))


@functools.cache
def relation_of_union(first: RelationSet, second: RelationSet) -> RelationSet:
    """Return what is known of a and b taken together to c, given *first* of a and c, and *second* of b and c."""
    return RelationSet(frozenset().union(*(UNION[one, other] for one in first for other in second)))


def predicate(known: RelationSet) -> Predicate:
    """Give the word by which a mapping says what is known, or the strongest that says no more."""
    if known.certain is not None:
        return Predicate(known.certain.value)
    return Predicate.RELATED if known.overlap_is_certain else Predicate.ASSOCIATED


PART = RelationSet([Relation.SUBSET, Relation.EQUAL])
"""A part to its whole: a provision to its principle, a control to its family."""


SETS: tuple[RelationSet, ...] = tuple(
    RelationSet(relation for bit, relation in enumerate(Relation) if mask >> bit & 1) for mask in range(32)
)
"""All relation sets; the place of each is its mask, whose bits stand for relations, in the order of `Relation`."""

MASK: Mapping[RelationSet, int] = MappingProxyType({known: mask for mask, known in enumerate(SETS)})


class Scheme(StrEnum):
    """Where relation words come from."""

    OSCAL = "OSCAL"
    NIST = "NIST IR 8477"
    CISO_ASSISTANT = "CISO Assistant"
    SKOS = "SKOS"
    SARIF = "SARIF"
    GEMARA = "Gemara"


# A row a scheme, a column a relation in the order of `Relation`: the word to write, or None where the scheme has none
# that says it. SKOS names the object: broadMatch has the broader concept as its object (SKOS Reference, section 10).
# SARIF names the target: a rule all of whose results fall into a taxon has it as a superset (SARIF 2.1.0, 3.53.3).
_WRITTEN: Mapping[Scheme, tuple[str | None, ...]] = MappingProxyType(
    {
        Scheme.OSCAL: ("equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship"),
        Scheme.NIST: ("equal", "subset of", "superset of", "intersects with", "not related to"),
        Scheme.CISO_ASSISTANT: ("equal", "subset", "superset", "intersect", None),
        Scheme.SKOS: ("exactMatch", "broadMatch", "narrowMatch", None, None),
        Scheme.SARIF: ("equal", "superset", "subset", "incomparable", "disjoint"),
        Scheme.GEMARA: ("equivalent", None, "subsumes", None, "no-match"),
    }
)

# Words that are read and not written: they say less, or the same as another.
_READ: Mapping[Scheme, Mapping[str, RelationSet]] = MappingProxyType(
    {
        Scheme.OSCAL: {"equivalent-to": RelationSet([Relation.EQUAL])},
        # Their engine counts every row as coverage, this one too: it is never written.
        Scheme.CISO_ASSISTANT: {"not_related": RelationSet([Relation.NONE])},
        Scheme.NIST: {"no relationship": RelationSet([Relation.NONE])},
        Scheme.SARIF: {"relevant": ANY_RELATION},
        Scheme.SKOS: {"relatedMatch": ANY_RELATION, "mappingRelation": ANY_RELATION, "closeMatch": RELATED},
        Scheme.GEMARA: {"relates-to": RELATED, "supports": RELATED},
    }
)


def word_for(relation: Relation, scheme: Scheme) -> str | None:
    """
    Give a scheme's word for *source RELATION target*; None where it has none.

    >>> word_for(Relation.SUBSET, Scheme.SARIF)
    'superset'
    """
    return _WRITTEN[scheme][list(Relation).index(relation)]


def relation_from_word(word: str, scheme: Scheme) -> RelationSet:
    """
    Give what a scheme's word says of *source RELATION target*.

    Raises:
        UnknownTerm: the scheme has no such word.
    """
    words = {
        written: RelationSet([relation])
        for written, relation in zip(_WRITTEN[scheme], Relation, strict=True)
        if written is not None
    }
    words |= _READ.get(scheme, {})
    try:
        return words[word]
    except KeyError:
        vocabulary = f"relation of {scheme}"
        raise unknown_term(vocabulary, word, tuple(words)) from None
