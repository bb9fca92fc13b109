"""SKOS mapping relations by other authors."""

from __future__ import annotations

from typing import Any

import pytest

from aicop.errors import UnknownEdition
from aicop.interop import skos
from aicop.interop.skos.writer import _row
from aicop.vocabulary import MappingBasis, Predicate
from tests.examples import row
from tests.interop.skos.examples import EX, FILE, FILTERS, HEAD, LIST, V, faults, in_rdf, read, same, walk
from tests.interop.sssom.examples import x, y

pytestmark = FILTERS

WORDS = [
    ("skos:exactMatch", Predicate.EQUAL),
    ("skos:broadMatch", Predicate.SUBSET),
    ("skos:narrowMatch", Predicate.SUPERSET),
    ("skos:closeMatch", Predicate.RELATED),
    ("skos:relatedMatch", Predicate.ASSOCIATED),
    ("aicop:equal-to", Predicate.EQUAL),
    ("aicop:intersects-with", Predicate.INTERSECTS),
    ("aicop:no-relationship", Predicate.NONE),
]


@pytest.mark.parametrize(("word", "expected"), WORDS, ids=[word for word, _ in WORDS])
def test_foreign_relations_are_mappings(word: str, expected: Predicate) -> None:
    """Mapping relations are read by the table of relations, and the facts that they lack are reported."""
    reading = read(f"{HEAD} a:X-1 {word} b:X-1 .")
    facts = dict.fromkeys(("rationale", "confidence", "author", "date"))
    assert reading.mappings == (row(x("X-1"), expected, y("X-1"), basis=MappingBasis.IMPORTED, set=FILE, **facts),)
    assert reading.frameworks == ()
    assert reading.unstated[:4] == (
        "the author of 1 mapping",
        "the date of 1 mapping",
        "the rationale of 1 mapping",
        "the confidence of 1 mapping",
    )


def triples(text: str, **options: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 -- the arguments of ImportOptions
    """Return the source, predicate and target of each mapping of a file."""
    return [(str(one.source), one.predicate.value, str(one.target)) for one in read(HEAD + text, **options).mappings]


def test_mappings_of_a_scheme_in_the_file_are_of_its_framework() -> None:
    """Concepts of a scheme in the file are its elements; others are looked up in the given framework."""
    text = f"{LIST} ex:one skos:broadMatch two:X-1, a:X . ex:two skos:exactMatch two:X-2 ."
    assert set(triples(text, target="a")) == {
        ("their-list@3.1:1", "subset-of", "a@1:X-1"),
        ("their-list@3.1:1", "subset-of", "a@1:X"),
        ("their-list@3.1:1.2", "equal-to", "a@1:X-2"),
    }


def test_relations_stated_from_both_ends_are_read_once() -> None:
    """A pair has the direction in which more relations are stated, and one-way relations keep theirs."""
    text = """a:X-1 skos:exactMatch b:X-1 ; skos:broadMatch b:X . a:X-2 skos:narrowMatch b:Y-1 . a:Y skos:exactMatch b:Y .
    a:Y-1 skos:exactMatch b:X-2 . a:Y-2 skos:exactMatch b:Y-2 . b:X-1 skos:exactMatch a:X-1 . b:X skos:narrowMatch a:X-1 .
    b:Y-2 skos:narrowMatch a:X-2 . b:Y aicop:mitigates a:R . b:R aicop:corresponds-to a:R ."""
    assert sorted(triples(text)) == sorted(
        [
            ("a@1:X-1", "equal-to", "b@1:X-1"),
            ("a@1:X-1", "subset-of", "b@1:X"),
            ("a@1:X-2", "superset-of", "b@1:Y-1"),
            ("a@1:Y", "equal-to", "b@1:Y"),
            ("a@1:Y-1", "equal-to", "b@1:X-2"),
            ("a@1:Y-2", "equal-to", "b@1:Y-2"),
            ("a@1:X-2", "subset-of", "b@1:Y-2"),
            ("a@1:R", "corresponds-to", "b@1:R"),
            ("b@1:Y", "mitigates", "a@1:R"),
        ]
    )
    within = "a:X-1 skos:exactMatch a:Y-1 . a:Y-1 skos:exactMatch a:X-1 ."
    assert triples(within) == [("a@1:X-1", "equal-to", "a@1:Y-1")]
    even = "b:X-1 skos:exactMatch a:X-1 . a:X-2 skos:exactMatch b:X-2 ."
    assert triples(even) == [("a@1:X-2", "equal-to", "b@1:X-2"), ("a@1:X-1", "equal-to", "b@1:X-1")]


def test_a_relation_added_to_aicops_rows_is_a_mapping() -> None:
    """A relation that was added to an exported file is read, and those of its rows are not read twice."""
    item = walk(("X-1", "equal-to", "X-1"), ("X-2", "related-to", "X-2"), ("X-2", "subset-of", "X-2"))
    added = in_rdf(skos.dumps(item)).parse(data=f"{HEAD} a:Y skos:exactMatch b:Y . b:X-1 skos:exactMatch a:X-1 .")
    found = skos.loads(added.serialize(format="turtle"), FILE).mappings
    assert found[:3] == same(item)
    assert [(str(one.source), one.predicate, str(one.target)) for one in found[3:]] == [("a@1:Y", "equal-to", "b@1:Y")]


def test_rows_are_in_the_order_that_they_state() -> None:
    """Rows are sorted by their stated order, and those without a valid one come last."""
    rows = """ex:r1 a aicop:Mapping ; aicop:order 2 ; aicop:source a:X-1 ; aicop:predicate "nothing-found" .
    ex:r2 a aicop:Mapping ; aicop:order 1 ; aicop:source a:X-2 ; aicop:predicate "equal-to" ; aicop:target b:X-2 .
    ex:r0 a aicop:Mapping ; aicop:order "x" ; aicop:source a:Y-1 ; aicop:predicate "nothing-found" ; aicop:more "x" ."""
    assert [row[:2] for row in triples(rows)] == [
        ("a@1:X-2", "equal-to"),
        ("a@1:X-1", "nothing-found"),
        ("a@1:Y-1", "nothing-found"),
    ]
    assert read(HEAD + rows).dropped == ("1 value of aicop:more",)


def test_the_text_of_a_row_becomes_one_line() -> None:
    """Text is collapsed to one line, but a malformed digest is a fault."""
    node = 'ex:r a aicop:Mapping ; aicop:source a:X-1 ; aicop:predicate "nothing-found" ; aicop:rationale """Why,\n  so.""" '
    assert read(f"{HEAD}{node} .", target="b").mappings[0].rationale == "Why, so."
    assert [place for place, _ in faults(f'{HEAD}{node} ; aicop:source_digest """{"0" * 16}\n""" .', target="b")] == [
        f"<{V}r>, aicop:source_digest"
    ]


def test_each_side_has_one_framework() -> None:
    """Targets from two namespaces are a fault, since they would be looked up in one framework."""
    text = "a:X-1 skos:exactMatch ex:X-1, two:X-2 ."
    assert faults(HEAD + text, target="b") == [
        (
            f"<{EX}>, skos:exactMatch <https://example.org/w#X-2>",
            "begins with 'https://example.org/w#', but another target with 'https://example.org/v/'; say which framework each is (--resource IRI=FRAMEWORK)",
        )
    ]


def test_a_framework_that_is_named_must_exist() -> None:
    """An unknown target framework raises UnknownEdition."""
    with pytest.raises(UnknownEdition):
        read(f"{HEAD} a:X-1 skos:exactMatch ex:X-1 .", target="nobody")


def test_relations_of_one_pair_are_merged() -> None:
    """An exact match implies the close match and the mapping relation beside it."""
    reading = read(f"{HEAD} a:X-1 skos:exactMatch b:X-1 ; skos:closeMatch b:X-1 ; skos:mappingRelation b:X-1 .")
    assert [one.predicate for one in reading.mappings] == ["equal-to"]
    assert reading.dropped == ("2 further mappings of the same pairs, merged",)


def test_each_pair_of_schemes_is_a_set() -> None:
    """Mappings between each pair of schemes are a set named after both."""
    reading = read(f"{HEAD} a:X-1 skos:exactMatch b:X-1 . a:X-1 skos:exactMatch a:X-2 .")
    assert {one.set for one in reading.mappings} == {f"{FILE}: a@1 to b@1", f"{FILE}: a@1 to a@1"}


def test_an_added_relation_is_in_another_set() -> None:
    """An added relation is not attributed to the author of the row for the same pair."""
    item = walk(("X-1", "subset-of", "X-1"))
    added = in_rdf(skos.dumps(item)).parse(data=f"{HEAD} a:X-1 skos:narrowMatch b:X-1 .")
    found = skos.loads(added.serialize(format="turtle"), FILE).mappings
    assert [(one.predicate.value, one.set) for one in found] == [
        ("subset-of", FILE),
        ("superset-of", f"{FILE}, other relations"),
    ]


def test_rows_without_one_side_belong_to_the_other_rows() -> None:
    """A row without source or target is nothing-found, in the framework that the other rows of its set name."""
    one, other = x("X-1"), y("X-1")
    text = f"""{HEAD} ex:r1 a aicop:Mapping ; aicop:predicate "nothing-found" ; aicop:target b:Y ; aicop:order 1 .
    ex:r2 a aicop:Mapping ; aicop:predicate "nothing-found" ; aicop:source a:Y ; aicop:order 2 .
    ex:r3 a aicop:Mapping ; aicop:predicate "superset-of" ; aicop:source a:X-1 ; aicop:target b:X-1 ; aicop:order 3 ;
      aicop:strength 4 ; aicop:reverse_strength 10 ; aicop:reverse_remainder "Nothing." ."""
    first, second, third = read(text).mappings
    assert (first.source, first.target, first.searched) == (None, y("Y"), one.edition)
    assert (second.source, second.target, second.searched) == (x("Y"), None, other.edition)
    assert (third.strength, third.reverse_strength, third.reverse_remainder) == (4, 10, "Nothing.")


def test_a_row_without_a_source_is_written() -> None:
    """The node has no source, and its name depends on the target."""
    nodes = [_row(row(None, "nothing-found", y(name), searched=x("X-1").edition), 1, 0) for name in ("Y", "Y-1")]
    assert [node.get("aicop:source") for node in nodes] == [None, None]
    assert [node["aicop:target"] for node in nodes] == ["urn:aicop:b@1:Y", "urn:aicop:b@1:Y-1"]
    assert nodes[0]["@id"] != nodes[1]["@id"]


def test_a_relation_that_restates_a_row_under_another_iri_is_not_read_twice() -> None:
    """The target of the row and that of the relation are one element, as the named framework says."""
    text = f"""{HEAD} a:X-1 skos:exactMatch b:X-1 . ex:r a aicop:Mapping ; aicop:source a:X-1 ; aicop:predicate "equal-to" ;
      aicop:target ex:X-1 ; aicop:author "we" ."""
    [found] = read(text, target="b").mappings
    assert (str(found.target), found.author, found.set) == ("b@1:X-1", "we", FILE)
