"""
The algebra of relations between two requirements: inversion, composition and union.

A `RelationSet` contains the relations that are still possible; the more is known, the fewer it contains. A composition
contains exactly the relations that the composition table allows. No other module translates the relation terms of other
formats.
"""

from __future__ import annotations

import functools
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from aicop._pydantic import field_type
from aicop.spelling import unknown_term
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


SYMBOL: Mapping[Relation, str] = MappingProxyType(
    dict(zip(Relation, ("=", "\u2282", "\u2283", "\u2229", "\u2205"), strict=True))
)
"""The symbols of set theory; the empty set means that the two have nothing in common."""

READING: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.EQUAL: "the source asks exactly what the target asks",
        Relation.SUBSET: "the target asks all that the source asks, and more",
        Relation.SUPERSET: "the source asks all that the target asks, and more",
        Relation.INTERSECTS: "they have something in common, and each asks something that the other does not",
        Relation.NONE: "they have nothing in common",
    }
)
"""The meaning of each relation, in plain words."""

INVERSE: Mapping[Relation, Relation] = MappingProxyType(
    {relation: relation for relation in Relation}
    | {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}
)
"""Maps each relation of a source to a target to the relation of the target to the source."""

_ALL_RELATIONS = frozenset(Relation)
# The names of RCC-5: equal, proper part, inverse of proper part, partial overlap, discrete.
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
The relations that are possible between a and c, given the first relation between a and b, the second between b and c.

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
The relations that are possible between the union of a and b, and c, given the relations of a to c and of b to c.

This table is aicop's own. The tests check both tables against all triples of non-empty subsets of a small set.
"""


def _relations(items: Iterable[Relation]) -> frozenset[Relation]:
    return frozenset(map(Relation, items))


@field_type
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
        """Return the relations that both sets allow; the result is empty if the sets contradict each other."""
        return RelationSet(self.relations & other.relations)

    def __str__(self) -> str:
        return "".join(SYMBOL[relation] for relation in self) or "contradiction"

    def __repr__(self) -> str:
        return f"<RelationSet {' '.join(self) or 'contradiction'}>"

    def inverse(self) -> RelationSet:
        """Return the relations that are possible between the target and the source."""
        return _inverse(self)

    def compose(self, other: RelationSet) -> RelationSet:
        """Return the possible relations between a and c, if these are between a and b, and *other* between b and c."""
        return _compose(self, other)

    @property
    def certain(self) -> Relation | None:
        """The relation if exactly one is possible, otherwise None."""
        return next(iter(self)) if len(self) == 1 else None

    @property
    def overlap_is_certain(self) -> bool:
        """Whether source and target certainly have something in common, whatever the exact relation."""
        return bool(self.relations) and Relation.NONE not in self.relations

    @property
    def nothing_known(self) -> bool:
        """Whether every relation is possible."""
        return len(self) == len(Relation)

    @property
    def contradiction(self) -> bool:
        """Whether no relation is possible, because the combined statements contradict each other."""
        return not self.relations


ANY_RELATION = RelationSet(Relation)
"""Every relation is possible: nothing is known."""

RELATED = RelationSet(relation for relation in Relation if relation is not Relation.NONE)
"""The two have something in common, but the relation is not stated, as in a published pair without a relation."""


PART = RelationSet([Relation.SUBSET, Relation.EQUAL])
"""The relation of a part to its whole, such as a provision to its principle or a control to its family."""


# There are only 32 sets, so the caches hold at most 32 inversions and 1,024 compositions.
@functools.cache
def _inverse(known: RelationSet) -> RelationSet:
    return RelationSet(INVERSE[relation] for relation in known)


@functools.cache
def _compose(first: RelationSet, second: RelationSet) -> RelationSet:
    return RelationSet(frozenset().union(*(COMPOSITION[one, other] for one in first for other in second)))


@functools.cache
def relation_of_union(first: RelationSet, second: RelationSet) -> RelationSet:
    """Return the possible relations of the union of a and b to c, given *first* of a to c and *second* of b to c."""
    return RelationSet(frozenset().union(*(UNION[one, other] for one in first for other in second)))


def reading(known: RelationSet) -> str | None:
    """
    Return what is certain in plain words, or None if nothing is: every relation is possible, or none is.

    >>> reading(RelationSet([Relation.EQUAL, Relation.SUBSET]))
    'the target asks all that the source asks; whether it asks more is not known'
    """
    if known.certain is not None:
        return READING[known.certain]
    if known.nothing_known or known.contradiction:
        return None
    if known.relations <= PART.relations:
        return "the target asks all that the source asks; whether it asks more is not known"
    if known.relations <= PART.inverse().relations:
        return "the source asks all that the target asks; whether it asks more is not known"
    if known.relations.isdisjoint({Relation.INTERSECTS, Relation.NONE}):
        return "one of them asks all that the other asks; which one is not known"
    # The source certainly asks more if it is no part of the target, and the other way round.
    source_more = PART.relations.isdisjoint(known.relations)
    target_more = PART.inverse().relations.isdisjoint(known.relations)
    certain = [
        *(["they have something in common"] if known.overlap_is_certain else []),
        *(["each asks something that the other does not"] if source_more and target_more else []),
        *(["the source asks something that the target does not"] if source_more and not target_more else []),
        *(["the target asks something that the source does not"] if target_more and not source_more else []),
    ]
    if not known.overlap_is_certain:
        unknown = "whether they have something in common is not known"
    elif source_more or target_more:
        unknown = f"whether the {'target' if source_more else 'source'} asks more is not known"
    else:
        unknown = "how much is not known"
    return "; ".join(filter(None, (", and ".join(certain), unknown)))


def predicate(known: RelationSet) -> Predicate:
    """Return the predicate for a set of relations, or the strongest one that claims no more than the set."""
    if known.certain is not None:
        return Predicate(known.certain.value)
    return Predicate.RELATED if known.overlap_is_certain else Predicate.ASSOCIATED


SETS: tuple[RelationSet, ...] = tuple(
    RelationSet(relation for bit, relation in enumerate(Relation) if mask >> bit & 1) for mask in range(32)
)
"""All relation sets. The index of each is its mask, in which bit n stands for the nth relation of `Relation`."""

MASK: Mapping[RelationSet, int] = MappingProxyType({known: mask for mask, known in enumerate(SETS)})
"""The mask of each relation set: its index in `SETS`."""


class Scheme(StrEnum):
    """The vocabularies that relation terms come from."""

    OSCAL = "OSCAL"
    NIST = "NIST IR 8477"
    CISO_ASSISTANT = "CISO Assistant"
    SKOS = "SKOS"
    OWL = "OWL and RDF Schema"
    SARIF = "SARIF"
    GEMARA = "Gemara"


# One row per scheme and one column per relation, in the order of `Relation`: the term to write, or None if the scheme
# has none. SKOS describes the object: broadMatch has the broader concept as its object (SKOS Reference, section 10).
# SARIF describes the target: a taxon into which all results of a rule fall is its superset (SARIF 2.1.0, 3.53.3).
_WRITTEN: Mapping[Scheme, tuple[str | None, ...]] = MappingProxyType(
    {
        Scheme.OSCAL: ("equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship"),
        Scheme.NIST: ("equal", "subset of", "superset of", "intersects with", "not related to"),
        Scheme.CISO_ASSISTANT: ("equal", "subset", "superset", "intersect", None),
        Scheme.SKOS: ("exactMatch", "broadMatch", "narrowMatch", None, None),
        Scheme.OWL: (None,) * len(Relation),
        Scheme.SARIF: ("equal", "superset", "subset", "incomparable", "disjoint"),
        Scheme.GEMARA: ("equivalent", None, "subsumes", None, "no-match"),
    }
)

# Terms that aicop reads but does not write, because they state less than a relation or are synonyms of another term.
_READ: Mapping[Scheme, Mapping[str, RelationSet]] = MappingProxyType(
    {
        Scheme.OSCAL: {"equivalent-to": RelationSet([Relation.EQUAL])},
        # CISO Assistant counts every row as coverage, even this one, so it is never written.
        Scheme.CISO_ASSISTANT: {"not_related": RelationSet([Relation.NONE])},
        Scheme.NIST: {"no relationship": RelationSet([Relation.NONE])},
        Scheme.SARIF: {"relevant": ANY_RELATION},
        # The mapping properties are special cases of the others, with the same direction (SKOS Reference, S41).
        Scheme.SKOS: {
            "relatedMatch": ANY_RELATION,
            "mappingRelation": ANY_RELATION,
            "closeMatch": RELATED,
            "broader": RelationSet([Relation.SUBSET]),
            "narrower": RelationSet([Relation.SUPERSET]),
            "related": ANY_RELATION,
        },
        # A subclass can be equal to its class (RDF Schema, section 3.4), so the exact relation is not known.
        Scheme.OWL: {
            **dict.fromkeys(
                ("owl:equivalentClass", "owl:equivalentProperty", "owl:sameAs"), RelationSet([Relation.EQUAL])
            ),
            **dict.fromkeys(("rdfs:subClassOf", "rdfs:subPropertyOf"), PART),
            "sssom:superClassOf": PART.inverse(),
            **dict.fromkeys(("owl:disjointWith", "owl:propertyDisjointWith"), RelationSet([Relation.NONE])),
        },
        Scheme.GEMARA: {"relates-to": RELATED, "supports": RELATED},
    }
)


def word_for(relation: Relation, scheme: Scheme) -> str | None:
    """
    Return a scheme's term for *source RELATION target*, or None if the scheme has no such term.

    >>> word_for(Relation.SUBSET, Scheme.SARIF)
    'superset'
    """
    return _WRITTEN[scheme][list(Relation).index(relation)]


def relation_from_word(word: str, scheme: Scheme) -> RelationSet:
    """
    Return the relations that a scheme's term allows, read as *source RELATION target*.

    Raises:
        UnknownTerm: the scheme has no such term.
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
