"""The algebra of relations, and words of other schemes."""

from __future__ import annotations

import itertools

import pytest

from aicop import relations
from aicop.errors import UnknownTerm
from aicop.relations import (
    ANY_RELATION,
    COMPOSITION,
    INVERSE,
    MASK,
    READING,
    RELATED,
    SYMBOL,
    UNION,
    RelationSet,
    Scheme,
    predicate,
    reading,
    relation_from_word,
    relation_of_union,
    word_for,
)
from aicop.vocabulary import Predicate, Relation

UNIVERSE = range(1, 2**4)
"""The non-empty subsets of four things, as masks of bits."""


SETS = [RelationSet(c) for n in range(6) for c in itertools.combinations(Relation, n)]
NEUTRAL = RelationSet([Relation.EQUAL])


def between(first: int, second: int) -> Relation:
    """Return the relation of two non-empty sets, given as bits."""
    if first == second:
        return Relation.EQUAL
    if not first & second:
        return Relation.NONE
    if first & second == first:
        return Relation.SUBSET
    return Relation.SUPERSET if first & second == second else Relation.INTERSECTS


def test_composition_is_that_of_sets() -> None:
    """All triples of non-empty subsets of six elements give exactly the composition table."""
    found: dict[tuple[Relation, Relation], set[Relation]] = {}
    # Six elements are enough to show every possible result.
    for a, b in itertools.product(range(1, 64), repeat=2):
        first = between(a, b)
        for c in range(1, 64):
            found.setdefault((first, between(b, c)), set()).add(between(a, c))
    assert found == {pair: set(result) for pair, result in COMPOSITION.items()}
    assert all(INVERSE[between(a, b)] is between(b, a) for a, b in itertools.product(range(1, 64), repeat=2))


def test_there_are_thirty_two_sets() -> None:
    """All thirty-two sets of relations are distinct, whatever the order of their members."""
    assert len(set(SETS)) == len(SETS) == 32
    assert {RelationSet(reversed(list(known))) for known in SETS} == set(SETS)


@pytest.mark.parametrize("known", SETS, ids=repr)
def test_laws_of_one(known: RelationSet) -> None:
    """Inverting twice is the identity, equal is neutral, and properties follow from the members."""
    assert known.inverse().inverse() == known
    assert known.compose(NEUTRAL) == NEUTRAL.compose(known) == known
    assert known & ANY_RELATION == known & known == known
    assert list(known) == [relation for relation in Relation if relation in known]
    assert known.contradiction == (len(known) == 0)
    assert known.nothing_known == (known == ANY_RELATION)
    assert known.certain == (list(known)[0] if len(known) == 1 else None)  # noqa: RUF015 -- the plain form
    assert known.overlap_is_certain == (0 < len(known & RELATED) == len(known))


def test_laws_of_two_and_three() -> None:
    """Composition is associative, and its inverse is the composition of inverses in the other order."""
    for one, other in itertools.product(SETS, repeat=2):
        assert one.compose(other).inverse() == other.inverse().compose(one.inverse())
        assert one & other == other & one
    for one, other, third in itertools.product(SETS, repeat=3):
        assert one.compose(other).compose(third) == one.compose(other.compose(third))


def test_a_set_is_shown_in_symbols_and_words() -> None:
    """The text of a set has symbols, and its repr has words."""
    assert str(RelationSet([Relation.SUBSET, Relation.EQUAL])) == "=\u2282"
    assert repr(RelationSet([Relation.NONE, Relation.EQUAL])) == "<RelationSet equal-to no-relationship>"
    assert str(RelationSet([])) == "contradiction"
    assert repr(RelationSet([])) == "<RelationSet contradiction>"
    assert RelationSet(["subset-of"]).certain is Relation.SUBSET  # type: ignore[list-item]
    with pytest.raises(ValueError, match="bogus-relation"):
        RelationSet(["bogus-relation"])  # type: ignore[list-item]


# equal, subset, superset, intersects, none
SYMBOLS = "=\u2282\u2283\u2229\u2205"
READINGS = (
    "the source asks exactly what the target asks",
    "the target asks all that the source asks, and more",
    "the source asks all that the target asks, and more",
    "they have something in common, and each asks something that the other does not",
    "they have nothing in common",
)


def test_every_relation_has_its_tables() -> None:
    """Every relation has a symbol, a reading, an inverse, and a row and column of the composition table."""
    assert [SYMBOL[relation] for relation in Relation] == list(SYMBOLS)
    assert tuple(READING[relation] for relation in Relation) == READINGS
    assert set(SYMBOL) == set(READING) == set(INVERSE) == set(Relation)
    assert set(COMPOSITION) == set(itertools.product(Relation, repeat=2))


def test_the_mask_of_a_set_has_a_bit_for_each_relation() -> None:
    """Bit n of the mask of a set stands for the nth relation, and masks are the indexes of all sets."""
    values = dict(zip(Relation, (1, 2, 4, 8, 16), strict=True))
    assert {known: sum(values[relation] for relation in known) for known in SETS} == MASK
    assert [MASK[known] for known in relations.SETS] == list(range(32))


WORDS = [
    (Scheme.OSCAL, "subset-of", [Relation.SUBSET]),
    (Scheme.OSCAL, "equivalent-to", [Relation.EQUAL]),
    (Scheme.NIST, "superset of", [Relation.SUPERSET]),
    (Scheme.NIST, "no relationship", [Relation.NONE]),
    (Scheme.CISO_ASSISTANT, "intersect", [Relation.INTERSECTS]),
    (Scheme.SKOS, "broadMatch", [Relation.SUBSET]),
    (Scheme.SKOS, "narrowMatch", [Relation.SUPERSET]),
    (Scheme.SKOS, "relatedMatch", list(Relation)),
    (Scheme.SARIF, "superset", [Relation.SUBSET]),
    (Scheme.SARIF, "subset", [Relation.SUPERSET]),
    (Scheme.SARIF, "incomparable", [Relation.INTERSECTS]),
    (Scheme.CISO_ASSISTANT, "not_related", [Relation.NONE]),
    (Scheme.GEMARA, "subsumes", [Relation.SUPERSET]),
    (Scheme.SARIF, "relevant", list(Relation)),
    (Scheme.SKOS, "mappingRelation", list(Relation)),
    (Scheme.SKOS, "closeMatch", list(RELATED)),
    (Scheme.SKOS, "broader", [Relation.SUBSET]),
    (Scheme.SKOS, "narrower", [Relation.SUPERSET]),
    (Scheme.SKOS, "related", list(Relation)),
    (Scheme.OWL, "owl:equivalentClass", [Relation.EQUAL]),
    (Scheme.OWL, "owl:equivalentProperty", [Relation.EQUAL]),
    (Scheme.OWL, "owl:sameAs", [Relation.EQUAL]),
    (Scheme.OWL, "rdfs:subClassOf", [Relation.EQUAL, Relation.SUBSET]),
    (Scheme.OWL, "rdfs:subPropertyOf", [Relation.EQUAL, Relation.SUBSET]),
    (Scheme.OWL, "sssom:superClassOf", [Relation.EQUAL, Relation.SUPERSET]),
    (Scheme.OWL, "owl:disjointWith", [Relation.NONE]),
    (Scheme.OWL, "owl:propertyDisjointWith", [Relation.NONE]),
    (Scheme.GEMARA, "relates-to", list(RELATED)),
    (Scheme.GEMARA, "supports", list(RELATED)),
]


@pytest.mark.parametrize(("scheme", "word", "meant"), WORDS, ids=[f"{row[0]} {row[1]}" for row in WORDS])
def test_foreign_words_are_read_in_one_direction(scheme: Scheme, word: str, meant: list[Relation]) -> None:
    """Words are read as source RELATION target, whichever end the scheme names."""
    assert list(relation_from_word(word, scheme)) == meant


# Each from the publication of its scheme: equal, subset, superset, intersects, none.
WRITTEN = {
    "OSCAL": ("equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship"),
    "NIST IR 8477": ("equal", "subset of", "superset of", "intersects with", "not related to"),
    "CISO Assistant": ("equal", "subset", "superset", "intersect", None),
    "SKOS": ("exactMatch", "broadMatch", "narrowMatch", None, None),
    "SARIF": ("equal", "superset", "subset", "incomparable", "disjoint"),
    "Gemara": ("equivalent", None, "subsumes", None, "no-match"),
    # Its words are read, and not written.
    "OWL and RDF Schema": (None, None, None, None, None),
}


def test_words_are_those_of_their_schemes() -> None:
    """Each scheme is called by its name, and has the terms of its publication."""
    found = {str(scheme): tuple(word_for(relation, scheme) for relation in Relation) for scheme in Scheme}
    assert found == WRITTEN


@pytest.mark.parametrize("scheme", Scheme)
def test_written_words_round_trip(scheme: Scheme) -> None:
    """Each written word is read as the same relation, and no two relations share a word."""
    written = [(relation, word) for relation in Relation if (word := word_for(relation, scheme)) is not None]
    assert [relation_from_word(word, scheme).certain for _, word in written] == [relation for relation, _ in written]
    assert len({word for _, word in written}) == len(written)


@pytest.mark.parametrize(
    ("scheme", "word"), [(Scheme.OSCAL, "bogus-relation"), (Scheme.SKOS, "subset-of"), (Scheme.NIST, "")]
)
def test_foreign_words_that_do_not_exist_raise(scheme: Scheme, word: str) -> None:
    """Unknown words raise UnknownTerm rather than being guessed."""
    with pytest.raises(UnknownTerm, match=f"is not a relation of {scheme}; use one of: "):
        relation_from_word(word, scheme)


def test_the_union_table_is_that_of_sets() -> None:
    """All triples of non-empty subsets of four elements give exactly the union table."""
    found: dict[tuple[Relation, Relation], set[Relation]] = {}
    for one, other, target in itertools.product(UNIVERSE, repeat=3):
        found.setdefault((between(one, target), between(other, target)), set()).add(between(one | other, target))
    assert {pair: frozenset(results) for pair, results in found.items()} == dict(UNION)
    for first, second in itertools.product(SETS, repeat=2):
        possible = set().union(*(found[pair] for pair in itertools.product(first, second)))
        assert relation_of_union(first, second) == RelationSet(possible)


PREDICATES = [
    (RelationSet([Relation.SUBSET]), Predicate.SUBSET),
    (RELATED, Predicate.RELATED),
    (RelationSet([Relation.SUBSET, Relation.EQUAL]), Predicate.RELATED),
    (RelationSet([Relation.INTERSECTS, Relation.NONE]), Predicate.ASSOCIATED),
    (ANY_RELATION, Predicate.ASSOCIATED),
]


@pytest.mark.parametrize(("known", "expected"), PREDICATES)
def test_a_predicate_claims_no_more_than_what_is_known(known: RelationSet, expected: Predicate) -> None:
    """The predicate is one relation, or related if something is shared, or otherwise associated."""
    assert predicate(known) is expected


CERTAIN = {
    "they have something in common": {*Relation} - {Relation.NONE},
    "they have nothing in common": {Relation.NONE},
    "the target asks all that the source asks": {Relation.EQUAL, Relation.SUBSET},
    "the source asks all that the target asks": {Relation.EQUAL, Relation.SUPERSET},
    "one of them asks all that the other asks": {Relation.EQUAL, Relation.SUBSET, Relation.SUPERSET},
    "the source asks something that the target does not": {*Relation} - {Relation.EQUAL, Relation.SUBSET},
    "the target asks something that the source does not": {*Relation} - {Relation.EQUAL, Relation.SUPERSET},
    "each asks something that the other does not": {Relation.INTERSECTS, Relation.NONE},
}
"""Words that say something certain, and the relations in which it is true."""


_EQ, _SUB, _SUP, _INT, _NONE = Relation
OPEN = {
    "whether it asks more is not known": ({_EQ, _SUB}, {_EQ, _SUP}),
    "which one is not known": ({_SUB, _SUP}, {_EQ, _SUB, _SUP}),
    "whether the target asks more is not known": ({_SUP, _INT},),
    "whether the source asks more is not known": ({_SUB, _INT},),
    "how much is not known": ({_EQ, _INT}, {_EQ, _SUB, _INT}, {_EQ, _SUP, _INT}, {_SUB, _SUP, _INT}, {*RELATED}),
}
"""What stays open, for each set of several relations in which something is shared."""


@pytest.mark.parametrize("known", [known for known in SETS if len(known) > 1 and known != ANY_RELATION], ids=str)
def test_the_words_for_several_relations_say_what_is_certain(known: RelationSet) -> None:
    """They say all that is true in each of the relations and does not follow from the rest, then what stays open."""
    true = {words: when for words, when in CERTAIN.items() if known.relations <= when}
    certain = [words for words, when in true.items() if not any(other < when for other in true.values())]
    still = [words for words, sets in OPEN.items() if set(known) in sets]
    if _NONE in known:
        still = ["whether they have something in common is not known"]
    assert len(still) == 1
    assert reading(known) == "; ".join([", and ".join(certain)] * bool(certain) + still)


def test_one_relation_has_its_own_words() -> None:
    """If only one relation is possible, its own reading is all that there is to say."""
    assert tuple(reading(RelationSet([relation])) for relation in Relation) == READINGS


@pytest.mark.parametrize("known", [RelationSet([]), ANY_RELATION], ids=["contradiction", "anything"])
def test_no_words_say_what_is_certain_if_nothing_is(known: RelationSet) -> None:
    """A contradiction, and what leaves everything possible, has no plain words."""
    assert reading(known) is None
