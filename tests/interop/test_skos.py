"""SKOS: what is written and that it keeps the rules of SKOS, what comes back, and what is wrong with files of others."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NoReturn

import attrs
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aicop import Catalogue, editions, load, mappings
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import AicopError, Fault, InvalidDocument, InvalidId, MissingExtra, UnknownEdition
from aicop.frameworks import Framework, from_catalogue
from aicop.frameworks import load as load_framework
from aicop.frameworks import loads as own_framework
from aicop.interop import skos
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.properties import as_framework
from aicop.interop.common.rows import rows_of
from aicop.interop.skos import rdf as skos_reading
from aicop.interop.skos.concept_reader import _natural
from aicop.interop.skos.rdf import Literal, Statements, Value
from aicop.mappings import sets
from aicop.vocabulary import MappingBasis, Nature, Predicate
from tests.examples import A, B, row
from tests.interop.generated import crosswalks, frameworks
from tests.interop.generated import editions as drawn_editions
from tests.interop.snapshots import same_as_snapshot
from tests.interop.test_sssom import SMALL, x, y

if TYPE_CHECKING:
    from pathlib import Path

# The reader of JSON-LD in rdflib uses a class that rdflib has deprecated, and its queries names that pyparsing has.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*deprecated.* use:DeprecationWarning"),
]
FILE = "theirs.ttl"
SKOS = "http://www.w3.org/2004/02/skos/core#"
Node = dict[str, Any]
patient = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None, max_examples=40
)


def nodes(text: str) -> dict[str, Node]:
    """Give the nodes of a file of ours by their names."""
    return {node["@id"]: node for node in json.loads(text)["@graph"]}


def in_rdf(text: str) -> rdflib.Graph:
    """Read a file of ours by rdflib alone."""
    return rdflib.Graph().parse(data=text, format="json-ld")


# The integrity conditions of the SKOS Reference, each as a query for what breaks it. The paths go along what it says of
# its properties: which imply others, hold both ways, or are passed on.
_UP = "(skos:broader|^skos:narrower|skos:broadMatch|^skos:narrowMatch|skos:broaderTransitive|^skos:narrowerTransitive)"
_RELATED = "(skos:related|^skos:related|skos:relatedMatch|^skos:relatedMatch)"
RULES = {
    "S9": "?a a skos:ConceptScheme, skos:Concept",
    "S13": (
        "{ ?a skos:prefLabel ?l ; skos:altLabel|skos:hiddenLabel ?l } UNION { ?a skos:altLabel ?l ; skos:hiddenLabel ?l }"
    ),
    "S14": "?a skos:prefLabel ?l, ?m . FILTER (?l != ?m && lang(?l) = lang(?m))",
    "S27": f"?a {_RELATED} ?b . ?a {_UP}+ ?b",
    "S46": (
        "?a (skos:exactMatch|^skos:exactMatch)+ ?b . "
        "?a (skos:broadMatch|^skos:narrowMatch|skos:relatedMatch|^skos:relatedMatch) ?b"
    ),
}


def broken(graph: rdflib.Graph) -> list[str]:
    """Give the rules of SKOS that a graph breaks."""
    return [
        rule for rule, pattern in RULES.items() if list(graph.query(f"PREFIX skos: <{SKOS}> SELECT ?a {{ {pattern} }}"))
    ]


BREAKING = {
    "S9": "ex:a a skos:ConceptScheme, skos:Concept .",
    "S13": 'ex:a skos:prefLabel "x"@en ; skos:altLabel "x"@en .',
    "S14": 'ex:a skos:prefLabel "x"@en, "y"@en .',
    "S27": "ex:a skos:related ex:c ; skos:broader ex:b . ex:c skos:narrower ex:b .",
    "S46": "ex:a skos:exactMatch ex:b . ex:c skos:exactMatch ex:b ; skos:narrowMatch ex:a .",
}


@pytest.mark.parametrize(("rule", "text"), BREAKING.items(), ids=BREAKING)
def test_what_breaks_a_rule_of_skos_would_be_seen(rule: str, text: str) -> None:
    """The checks below can fail, each for its own reason."""
    assert broken(rdflib.Graph().parse(data=f"{HEAD}{text}", format="turtle")) in ([rule], ["S27", rule][-1:])


HEAD = (
    f"@prefix skos: <{SKOS}> .\n@prefix dct: <http://purl.org/dc/terms/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix ex: <https://example.org/v/> .\n@prefix two: <https://example.org/w#> .\n@prefix a: <urn:aicop:a@1:> .\n"
    "@prefix b: <urn:aicop:b@1:> .\n@prefix aicop: <urn:aicop:> .\n"
)
LIST = """
ex: a skos:ConceptScheme ; dct:title "Their List"@en, "Ihre Liste"@de ; owl:versionInfo "v3.1" ; dct:publisher "They" .
ex:one a skos:Concept ; skos:inScheme ex: ; skos:notation "1" ; skos:prefLabel "One"@en, "Eins"@de ; skos:altLabel "I" .
ex:ten a skos:Concept ; skos:topConceptOf ex: ; skos:notation "1.10" ; skos:broader ex:one ; skos:definition "Ask  it."@en .
ex:two a skos:Concept ; skos:inScheme ex: ; skos:notation "1.2" .
ex:one skos:narrower ex:two .
"""


Element = tuple[str, str | None, str, Nature | None, str | None, str | None]


def written(framework: Framework) -> list[Element]:
    """Give what a framework says of each element, ids as they are written."""
    return [
        (str(one.id), None if one.parent is None else str(one.parent), one.kind, one.nature, one.title, one.words)
        for one in framework.controls
    ]


def taken(item: Crosswalk | Framework | Catalogue) -> list[list[Element]]:
    """Give the same as it comes back of all that was written."""
    ends = [item.source, item.target] if isinstance(item, Crosswalk) else [as_framework(item)]
    frameworks = {one.id: written(one) for one in sorted(ends, key=lambda one: str(one.id))}
    return list(frameworks.values())


def same(item: Crosswalk, file: str = FILE) -> tuple[Any, ...]:
    """Give the rows that a crosswalk writes, as members of the set that the file is."""
    return tuple(attrs.evolve(one, set=file) for one in rows_of(item, skos.FORMAT.predicates).rows)


def read(text: bytes | str, **options: Any) -> ImportResult:  # noqa: ANN401 -- the arguments of ImportOptions
    """Read a file of somebody else."""
    return skos.loads(text, FILE, ImportOptions(**{"frameworks": (A, B)} | options))


def test_the_hand_made_edition_is_written_as_before(mini: Catalogue) -> None:
    """Byte by byte."""
    same_as_snapshot("skos-edition.jsonld", skos.dumps(mini))


def test_the_small_crosswalk_is_written_as_before() -> None:
    """Byte by byte."""
    same_as_snapshot("skos-crosswalk.jsonld", skos.dumps(SMALL))


def test_an_edition_is_a_scheme(mini: Catalogue) -> None:
    """With its title, publisher, version and licence, and its phases and roles on top."""
    scheme = nodes(skos.dumps(mini))["urn:aicop:mini-code@1"]
    assert scheme == {
        "@id": "urn:aicop:mini-code@1",
        "@type": "skos:ConceptScheme",
        "dct:title": {"@language": "en", "@value": "The Mini Code"},
        "dc:publisher": "Nobody",
        "dc:rights": "CC0",
        "rdfs:seeAlso": "https://example.org/mini",
        "owl:versionInfo": "1",
        "aicop:status": "current",
        "aicop:force": "None.",
        "aicop:licence_of_the_publication": "CC0",
        "skos:hasTopConcept": ["urn:aicop:mini-code@1:secure-start", "urn:aicop:mini-code@1:secure-stop"],
    }


def test_a_provision_is_a_concept_among_its_neighbours(mini: Catalogue) -> None:
    """The number is the notation, the title the preferred label, our words the definition."""
    assert nodes(skos.dumps(mini))["urn:aicop:mini-code@1:1.1"] == {
        "@id": "urn:aicop:mini-code@1:1.1",
        "@type": "skos:Concept",
        "skos:notation": "1.1",
        "skos:prefLabel": {"@language": "en", "@value": "Title of 1.1"},
        "skos:definition": {"@language": "en", "@value": "Developer shall begin"},
        "skos:inScheme": "urn:aicop:mini-code@1",
        "skos:broader": "urn:aicop:mini-code@1:P1",
        "skos:narrower": ["urn:aicop:mini-code@1:1.1%231", "urn:aicop:mini-code@1:1.1.1"],
        "aicop:kind": "provision",
        "aicop:nature": "requirement",
        "aicop:phase": "secure-start",
        "aicop:grade": "direct",
        "aicop:order": 3,
    }


def test_a_statement_says_who_must_do_what_how_strongly(mini: Catalogue) -> None:
    """In properties of ours."""
    statement = nodes(skos.dumps(mini))["urn:aicop:mini-code@1:1.2%232"]
    assert {name: value for name, value in statement.items() if name.startswith("aicop:")} == {
        "aicop:kind": "statement",
        "aicop:nature": "requirement",
        "aicop:phase": "secure-start",
        "aicop:modality": "should",
        "aicop:duty_holders": ["System Operator"],
        "aicop:attribution": "stated",
        "aicop:counterparties": ["Developer (source)"],
        "aicop:order": 9,
    }


def test_dates_are_as_exact_as_they_are_known() -> None:
    """A day, a month or a year, each with its type."""
    types = {
        "uk-ai-cop": ("date", "2025-01-31"),
        "nist-ai-rmf": ("gYearMonth", "2023-01"),
        "iso-iec-42001": ("gYear", "2023"),
    }
    for name, (kind, date) in types.items():
        framework = load_framework(name)
        known = attrs.evolve(framework.edition, published=date)
        issued = json.loads(skos.dumps(attrs.evolve(framework, edition=known)))["@graph"][0]["dct:issued"]
        assert issued == {"@type": f"xsd:{kind}", "@value": date}


def test_the_language_is_told_where_it_is_known(mini: Catalogue) -> None:
    """Our words are English; in which language a user's titles are, nobody says."""
    drawn = own_framework('{"framework": "own", "edition": "1", "title": "Eigene", "controls": []}', "o.json")
    assert json.loads(skos.dumps(drawn))["@graph"][0]["dct:title"] == "Eigene"
    labels = in_rdf(skos.dumps(mini)).objects(None, rdflib.SKOS.prefLabel)
    assert {label.language for label in labels if isinstance(label, rdflib.Literal)} == {"en"}


def test_the_context_stands_in_the_file() -> None:
    """Nothing has to be fetched to understand it."""
    context = json.loads(skos.dumps(SMALL))["@context"]
    assert isinstance(context, dict)
    assert "@import" not in context
    assert "@context" not in json.dumps(json.loads(skos.dumps(SMALL))["@graph"])


def between(text: str) -> set[tuple[str, str, str]]:
    """Give what is said of concepts of two schemes, as rdflib reads it."""
    graph = in_rdf(text)
    concepts = set(graph.subjects(rdflib.RDF.type, rdflib.SKOS.Concept))
    inner = {rdflib.SKOS.broader, rdflib.SKOS.narrower}
    return {
        (str(one), str(prop), str(other))
        for one, prop, other in graph
        if one in concepts and other in concepts and prop not in inner
    }


def relations(*triples: tuple[str, str, str]) -> set[tuple[str, str, str]]:
    """Give triples between the two small frameworks, properties by their short names."""
    starts = {"skos": SKOS, "aicop": "urn:aicop:"}
    whole = ((one, *word.split(":"), other) for one, word, other in triples)
    return {
        (f"urn:aicop:a@1:{one}", starts[start] + name, f"urn:aicop:b@1:{other}") for one, start, name, other in whole
    }


def test_relations_are_properties_of_skos_only_where_they_are_true() -> None:
    """SKOS names the object: broadMatch leads to the broader one. For what was not found there is no relation."""
    assert between(skos.dumps(SMALL)) == relations(
        ("X-1", "skos:exactMatch", "X-1"),
        ("X-1", "skos:broadMatch", "X"),
        ("X", "skos:narrowMatch", "X-1"),
        ("X-2", "aicop:intersects-with", "X-2"),
        ("X-2", "aicop:no-relationship", "Y-1"),
        ("Y", "aicop:related-to", "Y"),
        ("Y-1", "aicop:associated-with", "Y-1"),
        ("Y-1", "aicop:mitigates", "R"),
        ("R", "aicop:corresponds-to", "R"),
    )


def walk(*claims: tuple[str, str, str]) -> Crosswalk:
    """Make a crosswalk of claims, each by a maker of its own."""
    rows = [row(x(one), word, y(other), author=f"maker {n}") for n, (one, word, other) in enumerate(claims)]
    return Crosswalk.from_mappings(rows, A, B)


TOGETHER = {
    "two makers agree": ([("X-1", "equal-to", "X-1")] * 2, [("X-1", "skos:exactMatch", "X-1")]),
    "one knows more": (
        [("X-1", "related-to", "X-1"), ("X-1", "subset-of", "X-1")],
        [("X-1", "skos:broadMatch", "X-1")],
    ),
    "a link beside": (
        [("X-1", "mitigates", "R"), ("X-1", "associated-with", "R")],
        [("X-1", "aicop:mitigates", "R"), ("X-1", "aicop:associated-with", "R")],
    ),
    "they contradict": ([("X-1", "equal-to", "X-1"), ("X-1", "subset-of", "X-1")], []),
    "they contradict beyond SKOS": ([("X-1", "related-to", "X-1"), ("X-1", "no-relationship", "X-1")], []),
    "it follows that they contradict": (
        [
            ("X-1", "equal-to", "X-1"),
            ("X-2", "equal-to", "X-1"),
            ("X-2", "equal-to", "X-2"),
            ("X-1", "subset-of", "X-2"),
            ("X-2", "intersects-with", "Y"),
            ("Y", "equal-to", "Y"),
            ("Y", "superset-of", "Y-1"),
        ],
        [("X-2", "aicop:intersects-with", "Y"), ("Y", "skos:exactMatch", "Y"), ("Y", "skos:narrowMatch", "Y-1")],
    ),
}


@pytest.mark.parametrize(("claims", "expected"), TOGETHER.values(), ids=TOGETHER)
def test_what_makers_contradict_is_no_relation(
    claims: list[tuple[str, str, str]], expected: list[tuple[str, str, str]]
) -> None:
    """SKOS has no makers, so that no relation is picked; the rows with their makers remain, and come back."""
    item = walk(*claims)
    text = skos.dumps(item)
    assert between(text) == relations(*expected)
    assert broken(in_rdf(text)) == []
    assert skos.loads(text, FILE).mappings == same(item)


WHOLE: dict[str, Catalogue | Framework | Crosswalk] = {
    **{str(edition): load(edition) for edition in editions()},
    **{name: load_framework(name) for name in ("iso-iec-42001", "mitre-atlas", "owasp-llm-top10", "cosai-risk-map")},
    **{
        item.name: Crosswalk.from_mappings(
            mappings.load(item.name), load_framework(item.source), load_framework(item.target)
        )
        for item in sets()
        if "nist-sp-800-53" not in item.name
    },
    "composed": crosswalk("etsi-en-304-223", "iso-iec-42001", via="uk-ai-cop"),
    "inverted": crosswalk("iso-iec-42001", "uk-ai-cop"),
}


@pytest.mark.parametrize("item", WHOLE.values(), ids=WHOLE)
def test_what_is_written_keeps_the_rules_of_skos_and_comes_back(item: Catalogue | Framework | Crosswalk) -> None:
    """No integrity condition is broken; every element and every row is as it was."""
    text = skos.dumps(item)
    assert broken(in_rdf(text)) == []
    reading = skos.loads(text, FILE)
    assert [written(one) for one in reading.frameworks] == taken(item)
    assert reading.mappings == (same(item) if isinstance(item, Crosswalk) else ())
    assert bool(reading.mappings) == isinstance(item, Crosswalk)


@patient
@given(frameworks())
def test_every_framework_comes_back(drawn: Framework) -> None:
    """Ids, hierarchy, order, kinds, natures, titles and words; its own title too."""
    (back,) = skos.loads(skos.dumps(drawn)).frameworks
    assert [written(back)] == taken(drawn)
    assert (back.edition.id, back.edition.title) == (drawn.edition.id, drawn.edition.title)


@patient
@given(drawn_editions())
def test_every_edition_comes_back(drawn: Catalogue) -> None:
    """As the framework that it can be seen as."""
    (back,) = skos.loads(skos.dumps(drawn)).frameworks
    assert written(back) == written(from_catalogue(drawn))


@patient
@given(crosswalks())
def test_every_crosswalk_comes_back(drawn: Crosswalk) -> None:
    """Without anything beside the file: both its frameworks stand in it; and the rules of SKOS are kept."""
    text = skos.dumps(drawn)
    assert skos.loads(text, FILE).mappings == same(drawn)
    assert broken(in_rdf(text)) == []


@pytest.mark.parametrize("form", ["json-ld", "turtle", "xml", "nt"])
def test_any_writing_of_rdf_says_the_same(form: str, mini: Catalogue) -> None:
    """The text tells which it is, whatever the file is called."""
    for item in (mini, SMALL):
        again = in_rdf(skos.dumps(item)).serialize(format=form)
        reading = skos.loads(again.encode(), FILE)
        assert [written(one) for one in reading.frameworks] == taken(item)
        assert reading.mappings == (same(SMALL) if item is SMALL else ())


def test_writing_needs_neither_rdflib_nor_pydantic() -> None:
    """Both are for reading alone."""
    told = "from aicop.interop import skos, sssom; from aicop.frameworks import load; skos.dumps(load('stride'))"
    code = f"{told}; import sys; print(sorted({{'rdflib', 'pydantic', 'yaml'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


def test_without_rdflib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(MissingExtra) as caught:
        read(HEAD)
    assert (caught.value.extra, caught.value.packages) == ("rdf", "rdflib")


def test_a_scheme_of_others_is_a_framework() -> None:
    """By title and version; in the order of its ids, each concept after what it stands under, English first."""
    reading = read(HEAD + LIST)
    (framework,) = reading.frameworks
    assert (str(framework.id), framework.edition.title, framework.edition.publisher) == (
        "their-list@3.1",
        "Their List",
        "They",
    )
    assert [(str(one.id), one.parent and str(one.parent), one.title, one.words) for one in framework.controls] == [
        ("their-list@3.1:1", None, "One", None),
        ("their-list@3.1:1.2", "their-list@3.1:1", None, None),
        ("their-list@3.1:1.10", "their-list@3.1:1", None, "Ask  it."),
    ]
    assert {one.kind for one in framework.controls} == {"concept"}
    assert reading.dropped == (
        "1 further dct:title",
        "1 further skos:prefLabel",
        "1 value of skos:altLabel",
    )
    assert reading.unstated == ("the nature of 3 elements, each taken as a requirement",)
    assert reading.format == "skos"


def test_a_scheme_can_be_named() -> None:
    """By who reads it; only one can."""
    assert str(read(HEAD + LIST, framework="mine", edition="7").frameworks[0].id) == "mine@7"
    with pytest.raises(InvalidId):
        read(HEAD + LIST, framework="Not a key")
    two_lists = f"{HEAD}{LIST} two:t skos:topConceptOf two:s ."
    assert faults(two_lists, edition="7") == [("", "holds 2 schemes, so that none of them can be named '7'")]
    assert [str(one.id) for one in read(two_lists).frameworks] == ["their-list@3.1", "s@unknown"]
    assert read(two_lists).unstated[0] == "the edition of 1 framework"


def test_languages_are_taken_in_order() -> None:
    """English, then what states no language, then the first; a variety of English is English."""
    labels = ['"a"@de, "b"@en-GB, "c"@enm', '"a"@de, "b"', '"b"@de, "c"@fr']
    for label in labels:
        assert (
            read(f"{HEAD} ex:c skos:topConceptOf ex:s ; skos:prefLabel {label} .").frameworks[0].controls[0].title
            == "b"
        )


def test_ids_are_notations_else_the_end_of_the_name() -> None:
    """A notation that is a number is read as it is written."""
    text = f"""{HEAD} ex:s skos:hasTopConcept ex:A-1, ex:b%20c, <https://example.org/v/x#y>, ex:n, [ skos:notation "blank" ] .
    ex:n skos:notation 5.10, "7"^^ex:other ."""
    reading = read(text)
    assert {str(one.id) for one in reading.frameworks[0].controls} == {
        f"s@unknown:{name}" for name in ("A-1", "b c", "y", "5.10", "blank")
    } or {str(one.id) for one in reading.frameworks[0].controls} == {
        f"s@unknown:{name}" for name in ("A-1", "b c", "y", "7", "blank")
    }
    assert "1 further skos:notation" in reading.dropped


def test_concepts_without_any_scheme_are_a_framework_of_their_own() -> None:
    """And it is said that they have none."""
    reading = read(f'{HEAD} ex:a a skos:Concept ; skos:notation "A" . ex:b skos:broader ex:a .')
    assert [str(one.id) for one in reading.frameworks[0].controls] == [
        "concepts-without-a-scheme@unknown:A",
        "concepts-without-a-scheme@unknown:b",
    ]
    assert reading.unstated[0] == "the scheme of 2 concepts"
    assert str(read(f"{HEAD} ex:a a skos:Concept .", framework="mine").frameworks[0].id) == "mine@unknown"


def test_what_stands_outside_is_counted() -> None:
    """Concepts in no scheme where there is one, broader ones elsewhere, several broader ones, empty schemes, classes."""
    text = f"""{HEAD} ex:s skos:hasTopConcept ex:a, ex:b, ex:c . ex:c skos:broader ex:b, ex:a, two:far . ex:z a skos:Concept .
    ex:c a ex:Sort ; ex:own "o" ; skos:related ex:a ; skos:exactMatch a:X-1 . two:s a skos:ConceptScheme . ex:col skos:inScheme ex:s ."""
    reading = read(text)
    assert {str(one.id): one.parent and str(one.parent) for one in reading.frameworks[0].controls} == {
        "s@unknown:a": None,
        "s@unknown:b": None,
        "s@unknown:c": "s@unknown:a",
    }
    assert reading.dropped == (
        "1 broader concept outside the scheme",
        "1 concept that is in no scheme",
        "1 further broader concept",
        "1 scheme without concepts",
        "1 value of <https://example.org/v/own>",
        "1 value of rdf:type",
        "1 value of skos:related",
    )


def test_a_concept_may_be_in_several_schemes() -> None:
    """Then it is an element of each framework."""
    text = f'{HEAD} ex:s skos:hasTopConcept ex:a . two:s dct:title "T" ; skos:hasTopConcept ex:a, two:b .'
    assert [[str(one.id) for one in item.controls] for item in read(text).frameworks] == [
        ["s@unknown:a"],
        ["t@unknown:a", "t@unknown:b"],
    ]


def test_an_own_edition_under_another_name_keeps_its_numbers() -> None:
    """The notation is the number still."""
    reading = skos.loads(skos.dumps(A), FILE, ImportOptions(framework="mine"))
    assert [str(one.id) for one in reading.frameworks[0].controls] == [
        str(one.id).replace("a@1", "mine@1") for one in A.controls
    ]


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
def test_relations_of_others_are_mappings(word: str, expected: Predicate) -> None:
    """By the table of relations; who says so and why is open."""
    reading = read(f"{HEAD} a:X-1 {word} b:X-1 .")
    facts = dict.fromkeys(("rationale", "confidence", "author", "date"))
    assert reading.mappings == (row(x("X-1"), expected, y("X-1"), basis=MappingBasis.IMPORTED, set=FILE, **facts),)
    assert reading.frameworks == ()
    assert reading.unstated[:4] == (
        "the maker of 1 mapping",
        "the date of 1 mapping",
        "the reason of 1 mapping",
        "the confidence of 1 mapping",
    )


def said(text: str, **options: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 -- the arguments of ImportOptions
    """Give the mappings of a file in short."""
    return [(str(one.source), one.predicate.value, str(one.target)) for one in read(HEAD + text, **options).mappings]


def test_mappings_of_a_scheme_in_the_file_are_of_its_framework() -> None:
    """Its concepts are called as there; those elsewhere are looked up where one says."""
    text = f"{LIST} ex:one skos:broadMatch two:X-1, a:X . ex:two skos:exactMatch two:X-2 ."
    assert set(said(text, target="a")) == {
        ("their-list@3.1:1", "subset-of", "a@1:X-1"),
        ("their-list@3.1:1", "subset-of", "a@1:X"),
        ("their-list@3.1:1.2", "equal-to", "a@1:X-2"),
    }


def test_what_is_said_from_both_ends_is_taken_once() -> None:
    """From the end from which more is said; a relation that holds from one end only stays as it is."""
    text = """a:X-1 skos:exactMatch b:X-1 ; skos:broadMatch b:X . a:X-2 skos:narrowMatch b:Y-1 . a:Y skos:exactMatch b:Y .
    a:Y-1 skos:exactMatch b:X-2 . a:Y-2 skos:exactMatch b:Y-2 . b:X-1 skos:exactMatch a:X-1 . b:X skos:narrowMatch a:X-1 .
    b:Y-2 skos:narrowMatch a:X-2 . b:Y aicop:mitigates a:R . b:R aicop:corresponds-to a:R ."""
    assert sorted(said(text)) == sorted(
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
    assert said(within) == [("a@1:X-1", "equal-to", "a@1:Y-1")]
    even = "b:X-1 skos:exactMatch a:X-1 . a:X-2 skos:exactMatch b:X-2 ."
    assert said(even) == [("a@1:X-2", "equal-to", "b@1:X-2"), ("a@1:X-1", "equal-to", "b@1:X-1")]


def test_a_relation_beyond_our_rows_is_a_mapping_too() -> None:
    """What somebody added to a file of ours is not lost; what our rows say is not taken twice."""
    item = walk(("X-1", "equal-to", "X-1"), ("X-2", "related-to", "X-2"), ("X-2", "subset-of", "X-2"))
    added = in_rdf(skos.dumps(item)).parse(data=f"{HEAD} a:Y skos:exactMatch b:Y . b:X-1 skos:exactMatch a:X-1 .")
    found = skos.loads(added.serialize(format="turtle"), FILE).mappings
    assert found[:3] == same(item)
    assert [(str(one.source), one.predicate, str(one.target)) for one in found[3:]] == [("a@1:Y", "equal-to", "b@1:Y")]


def test_rows_are_in_the_order_that_they_state() -> None:
    """And one without a place comes last."""
    rows = """ex:r1 a aicop:Mapping ; aicop:order 2 ; aicop:source a:X-1 ; aicop:predicate "nothing-found" .
    ex:r2 a aicop:Mapping ; aicop:order 1 ; aicop:source a:X-2 ; aicop:predicate "equal-to" ; aicop:target b:X-2 .
    ex:r0 a aicop:Mapping ; aicop:order "x" ; aicop:source a:Y-1 ; aicop:predicate "nothing-found" ; aicop:more "x" ."""
    assert [row[:2] for row in said(rows)] == [
        ("a@1:X-2", "equal-to"),
        ("a@1:X-1", "nothing-found"),
        ("a@1:Y-1", "nothing-found"),
    ]
    assert read(HEAD + rows).dropped == ("1 value of aicop:more",)


def test_the_text_of_a_row_becomes_one_line() -> None:
    """As everywhere; a digest is no text, and has its form or is a fault."""
    node = 'ex:r a aicop:Mapping ; aicop:source a:X-1 ; aicop:predicate "nothing-found" ; aicop:rationale """Why,\n  so.""" '
    assert read(f"{HEAD}{node} .").mappings[0].rationale == "Why, so."
    assert [place for place, _ in faults(f'{HEAD}{node} ; aicop:source_digest """{"0" * 16}\n""" .')] == [
        f"<{V}r>, aicop:source_digest"
    ]


def faults(text: bytes | str, **options: Any) -> list[tuple[str, str]]:  # noqa: ANN401 -- the arguments of ImportOptions
    """Give place and problem of every fault of a file."""
    with pytest.raises(InvalidDocument) as caught:
        read(text, **options)
    assert {fault.file for fault in caught.value.faults} == {FILE}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


ELSEWHERE = "stands elsewhere, and nothing is fetched; write the context out here"
NO_NAME = "is text, where a name is wanted"
V = "https://example.org/v/"
EX = "urn:aicop:a@1:X-1"
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
LINES = ("a" * 99 + "\n") * 1002
WRONG: dict[str, tuple[bytes | str, list[tuple[str, str]]]] = {
    "a remote context": (
        '{"@context": "https://example.org/c.jsonld", "@graph": []}',
        [("@context", ELSEWHERE)],
    ),
    "remote contexts everywhere": (
        json.dumps(
            {
                "@context": [{"t": {"@id": "urn:t", "@context": "file:///c"}}, "c.jsonld"],
                "@graph": [{"@context": {"@import": "https://example.org/c"}}],
            }
        ),
        [
            ("@context[1]", ELSEWHERE),
            ("@context[0].t.@context", ELSEWHERE),
            ("@graph[0].@context.@import", "points to a context elsewhere; nothing is fetched, so write it out here"),
        ],
    ),
    "remote contexts in lists": (
        '{"@context": [{}, [["http://127.0.0.1:8000/evil"], {"t": {"@id": "urn:t", "@context": [["t.jsonld"]]}}]]}',
        [("@context[1][0][0]", ELSEWHERE), ("@context[1][1].t.@context[0][0]", ELSEWHERE)],
    ),
    "a context in a context": ('{"@context": {"@context": [["file:///c"]]}}', [("@context.@context[0][0]", ELSEWHERE)]),
    "a context under a name not to be printed": (
        json.dumps({"a\n\x1b": {"@context": "c"}}),
        [(r"'a\n\x1b'.@context", ELSEWHERE)],
    ),
    "XML as a value": (
        f'{RDF_XML} xmlns:e="urn:e#">\n<e:a><e:p\nrdf:parseType="Literal">\n<b/></e:p></e:a></rdf:RDF>',
        [("line 3", "has XML as a value (rdf:parseType), which is not read")],
    ),
    "XML as a value by a name in two halves": (
        f'{RDF_XML} xmlns:h="http://www.w3.org/1999/02/22-rdf-syntax-ns#parse" xmlns:e="urn:e#">'
        '<e:a><e:p h:Type="any"><b/></e:p></e:a></rdf:RDF>',
        [("line 1", "has XML as a value (rdf:parseType), which is not read")],
    ),
    "endless text in XML": (
        f'{RDF_XML} xmlns:e="urn:e#"><e:a><e:p>{LINES}</e:p></e:a></rdf:RDF>',
        [("line 1001", "has a text of more than 100,000 characters")],
    ),
    "names not to be printed": (
        json.dumps({"@id": "urn:\x1b[2J", "urn:p\x1b": 1, f"{SKOS}broader": "b", "@type": f"{SKOS}Concept"}),
        [(r"<'urn:\x1b[2J'>, skos:broader", f"'b' {NO_NAME}")],
    ),
    "long names": (
        f'{HEAD} <urn:{"x" * 300}> skos:exactMatch "b" .',
        [(f"<'urn:{'x' * 54}… (304 characters)>, skos:exactMatch", f"'b' {NO_NAME}")],
    ),
    "a key twice": ('{"@graph": [], "@graph": []}', [("", "the key '@graph' stands here more than once")]),
    "no JSON": (
        '[{"@id": 1,}]',
        [("line 1, column 12", "not JSON: Expecting property name enclosed in double quotes")],
    ),
    "JSON that is no JSON-LD": ('{"@context": 5}', [("", "not JSON-LD: cannot be understood")]),
    "a document type": (
        f'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY e "x">]>\n{RDF_XML}/>',
        [("line 2", "declares a document type or an entity, which is not read")],
    ),
    "an entity alone": (
        f"{RDF_XML}>\n<!ENTITY e 'x'></rdf:RDF>",
        [("line 2", "declares a document type or an entity, which is not read")],
    ),
    "another encoding": (
        '<?xml version="1.0" encoding="utf-7"?><r/>',
        [("line 1", "says that it is in utf-7; save the file as UTF-8")],
    ),
    "broken XML": (f"<!-- -->\n{RDF_XML}>", [("line 2", "not RDF/XML: no element found")]),
    "broken Turtle": (f"{HEAD}\nex:a skos:broader ; .", [("line 10", "not Turtle: objectList expected")]),
    "Turtle that breaks off": (
        f"{HEAD}ex:a skos:broader",
        [("line 9", "not Turtle: breaks off in the middle of a statement")],
    ),
    "no RDF": ("Not RDF at all.", [("line 1", "not Turtle: expected directive or statement")]),
    "endless nesting": ("[" * 5000, [("", "nested too deeply")]),
    "no UTF-8": (b"\xff", [("line 1", "byte 0xff is not UTF-8; save the file as UTF-8")]),
    "a scheme that is a concept": (
        f"{HEAD} ex:s a skos:ConceptScheme, skos:Concept .",
        [(f"<{V}s>", "is a scheme and a concept at once, which SKOS rules out")],
    ),
    "a circle": (
        f"{HEAD} ex:s skos:hasTopConcept ex:a, ex:b, ex:c . ex:a skos:broader ex:b . ex:a skos:narrower ex:b . ex:c skos:broader ex:c .",
        [
            (f"<{V}a>, skos:broader", "a is below b is below a: a circle"),
            (f"<{V}c>, skos:broader", "c is below c: a circle"),
        ],
    ),
    "an id twice": (
        f'{HEAD} ex:s skos:hasTopConcept ex:a, ex:b . ex:a skos:notation "1" . ex:b skos:notation "1" .',
        [(f"<{V}b>", f"1 stands at <{V}a> already")],
    ),
    "two labels in a language": (
        f'{HEAD} ex:s skos:hasTopConcept ex:a . ex:a skos:prefLabel "x"@en, "y"@en, "z", "w", "v"@de .',
        [
            (f"<{V}a>, skos:prefLabel", "stands here 2 times in no stated language; SKOS wants one"),
            (f"<{V}a>, skos:prefLabel", "stands here 2 times in en; SKOS wants one"),
        ],
    ),
    "a number that was rounded": (
        '{"@id": "urn:c", "http://www.w3.org/2004/02/skos/core#notation": 5.10, '
        '"http://www.w3.org/2004/02/skos/core#topConceptOf": {"@id": "urn:s"}}',
        [("<urn:c>, skos:notation", "5.1 is a number, which may have been written otherwise; write it in quotes")],
    ),
    "a concept that nothing names": (
        f"{HEAD} ex:s skos:hasTopConcept [] .",
        [
            ("a node without a name", "has no skos:notation either, so that nothing tells it from others"),
        ],
    ),
    "text for a name": (
        f'{HEAD} ex:a a skos:Concept ; skos:broader "b" ; skos:exactMatch "c" .',
        [
            (f"<{V}a>, skos:broader", f"'b' {NO_NAME}"),
            (f"<{V}a>, skos:exactMatch", f"'c' {NO_NAME}"),
        ],
    ),
    "a nature that there is not": (
        f'{HEAD} ex:s skos:hasTopConcept ex:a . ex:a aicop:nature "good" .',
        [
            (
                f"<{V}a>, aicop:nature",
                "must be one of requirement, mitigation, risk, technique, role, stage, document, heading, not 'good'",
            )
        ],
    ),
    "a scheme of ours that cannot be": (
        f"{HEAD} aicop:no skos:hasTopConcept ex:a .",
        [("<urn:aicop:no>", "'no' is not an edition id such as 'etsi-en-304-223@2.1.1'")],
    ),
    "two schemes of one name": (
        f"{HEAD} ex:s skos:hasTopConcept ex:a . two:s skos:hasTopConcept two:a .",
        [("<https://example.org/w#s>", f"becomes s@unknown, and so does <{V}s>")],
    ),
    "a relation that is none": (
        f"{HEAD} a:X-1 skos:mappingRelation b:X-1 ; skos:nearMatch b:X-1 .",
        [
            (
                f"<{EX}>, skos:nearMatch",
                "'nearMatch' is not a relation of SKOS; use one of: exactMatch, broadMatch, narrowMatch, relatedMatch, mappingRelation, closeMatch",
            ),
        ],
    ),
    "ends that nobody knows": (
        f"{HEAD} ex:q skos:exactMatch b:X-1, b:X-9 . a:X-1 skos:exactMatch [] .",
        [
            (
                f"<{V}q>, skos:exactMatch <urn:aicop:b@1:X-1>",
                f"<{V}q> is no concept of a scheme in this file and no id of ours; name the framework of the sources (--source)",
            ),
            (
                f"<{V}q>, skos:exactMatch <urn:aicop:b@1:X-9>",
                f"<{V}q> is no concept of a scheme in this file and no id of ours; name the framework of the sources (--source)",
            ),
            (
                f"<{EX}>, skos:exactMatch a node without a name",
                "a node without a name is no concept of a scheme in this file and no id of ours; name the framework of the targets (--target)",
            ),
        ],
    ),
    "a claim twice": (
        f"{HEAD} a:X-1 skos:exactMatch b:X-1 ; skos:broadMatch b:X-1 .",
        [
            (
                f"<{EX}>, skos:exactMatch <urn:aicop:b@1:X-1>",
                f"what <{EX}>, skos:broadMatch <urn:aicop:b@1:X-1> says of a@1:X-1 and b@1:X-1 contradicts it",
            )
        ],
    ),
    "rows": (
        f"""{HEAD} ex:r1 a aicop:Mapping ; aicop:source a:X-1, a:X-2 ; aicop:predicate ex:p ; aicop:confidence 11 .
        ex:r2 a aicop:Mapping ; aicop:source "x" ; aicop:target ex:t .
        ex:r3 a aicop:Mapping ; aicop:predicate "equals" ; aicop:source a:X-1 ; aicop:target b:X-1 .
        ex:r4 a aicop:Mapping ; aicop:predicate "equal-to" ; aicop:target b:Z ; aicop:strength 3 .""",
        [
            (f"<{V}r1>, aicop:source", "stands here more than once"),
            (f"<{V}r1>, aicop:predicate", "is a name, where text is wanted"),
            (f"<{V}r1>, aicop:confidence", "'11' is not 0 to 10"),
            (f"<{V}r2>, aicop:source", NO_NAME),
            (
                f"<{V}r2>, aicop:target",
                f"<{V}t> is no concept of a scheme in this file and no id of ours; name the framework of the targets (--target)",
            ),
            (
                f"<{V}r3>, aicop:predicate",
                "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, "
                "mitigates, cites, corresponds-to, nothing-found, not 'equals'; did you mean 'equal-to'?",
            ),
            (f"<{V}r4>, aicop:source", "this field is missing"),
            (f"<{V}r4>, aicop:target", "'b@1:Z': b@1 has no 'Z'."),
            (
                f"<{V}r4>, aicop:strength",
                "equal-to means that the target asks all that the source asks: strength 10, not 3",
            ),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_every_fault_has_its_place(
    text: bytes | str, expected: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The node and the property, or the line; all of a file at once; and nothing is fetched for any of them."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    assert faults(text) == expected


def test_one_framework_stands_on_a_side() -> None:
    """Names under two beginnings would be looked up in one framework, though they come from two."""
    text = "a:X-1 skos:exactMatch ex:X-1, two:X-2 ."
    assert faults(HEAD + text, target="b") == [
        (
            f"<{EX}>, skos:exactMatch <https://example.org/w#X-2>",
            "begins with 'https://example.org/w#', and another with 'https://example.org/v/': one framework a side",
        )
    ]


def test_a_framework_that_is_named_must_exist() -> None:
    """The same error as everywhere."""
    with pytest.raises(UnknownEdition):
        read(f"{HEAD} a:X-1 skos:exactMatch ex:X-1 .", target="nobody")


def test_a_hundred_faults_are_shown() -> None:
    """The rest is counted."""
    lines = (f'ex:c{number} a skos:Concept ; skos:broader "x" .' for number in range(250))
    text = "\n".join(lines)
    found = faults(HEAD + text)
    assert len(found) == 250
    with pytest.raises(InvalidDocument) as caught:
        read(HEAD + text)
    assert str(caught.value).count("\n") == 102
    assert str(caught.value).endswith("\n  and 149 more")


def test_rdflib_is_left_as_it_was() -> None:
    """How it writes values, and what it warns of, is the program's own affair."""
    before = rdflib.NORMALIZE_LITERALS
    read(HEAD)
    assert (rdflib.NORMALIZE_LITERALS, before) == (True, True)


def test_no_file_is_read_for_a_context(tmp_path: Path) -> None:
    """Neither in a list of lists nor where the look at the contexts would miss it."""
    there = tmp_path / "c.jsonld"
    there.write_text('{"@context": {"c": "http://www.w3.org/2004/02/skos/core#Concept"}}', encoding="utf-8")
    text = json.dumps({"@context": [[there.as_uri()]], "@id": "urn:c", "@type": "c"})
    assert list(in_rdf(text)), "rdflib alone reads it"
    assert faults(text) == [("@context[0][0]", ELSEWHERE)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(skos_reading, "_contexts", lambda _: ())
        assert faults(text) == [("", "needs a context from elsewhere, and nothing is fetched")]
    assert list(in_rdf(text)), "rdflib is as before"


def test_other_threads_keep_their_rdflib(tmp_path: Path) -> None:
    """What this library forbids itself is not forbidden to the program that uses it."""
    there = tmp_path / "c.jsonld"
    there.write_text('{"@context": {"c": "urn:k"}}', encoding="utf-8")
    text = json.dumps({"@context": there.as_uri(), "@id": "urn:c", "@type": "c"})
    with skos_reading._bounded_parsing(FILE), ThreadPoolExecutor(1) as pool:
        assert len(pool.submit(in_rdf, text).result()) == 1


def test_several_threads_read_at_once() -> None:
    """Values come as they are written in each, and rdflib is left as it was."""
    text = "<urn:c> a skos:Concept ; skos:notation 5.10 ; skos:topConceptOf <urn:s> .\n"
    more = "".join(f"ex:c{number} skos:broader <urn:c> .\n" for number in range(200))
    with ThreadPoolExecutor(4) as pool:
        read_ones = list(pool.map(read, [HEAD + text + more] * 12))
    assert {str(one.frameworks[0].controls[0].id) for one in read_ones} == {"s@unknown:5.10"}
    assert rdflib.NORMALIZE_LITERALS is True


def test_nodes_without_a_name_come_in_one_order() -> None:
    """By what they say and what is said of them, and not by the names that rdflib makes up."""
    words = [f"{number} says so" for number in range(5)]
    rows = "".join(
        f"""[] a aicop:Mapping ; aicop:source a:X-1 ; aicop:target b:X-1 ; aicop:predicate "equal-to" ;
        aicop:basis "own" ; aicop:author "{word}" ; aicop:rationale "Why." .\n"""
        for word in reversed(words)
    )
    found = [[one.author for one in read(HEAD + rows).mappings] for _ in range(4)]
    assert found == [words] * 4


def test_nodes_that_differ_only_in_what_they_lead_to_have_an_order() -> None:
    """A node without a name is told from others by the nodes without a name around it."""
    text = HEAD + "".join(f'[] ex:p [ ex:p [ ex:p "{number}" ] ] .\n' for number in (2, 0, 1))

    def ends(graph: Statements) -> list[Value]:
        starts = [node for node in graph if not any(node in said[f"{V}p"] for said in graph.values())]
        found: list[Value] = []
        for start in starts:
            node: Value = start
            while isinstance(node, str):
                node = graph[node][f"{V}p"][0]
            found.append(node)
        return found

    first = skos_reading.statements(text, FILE)
    assert sorted(ends(first)) == [Literal(str(number), "", "") for number in range(3)]
    assert all(skos_reading.statements(text, FILE) == first for _ in range(4))


def test_what_tells_nodes_apart_is_looked_for_only_so_far() -> None:
    """A long chain of nodes without a name is read all the same."""
    depth = 30
    graph = skos_reading.statements(f"{HEAD} [] ex:p {'[ ex:p ' * depth} 1 {']' * depth} .", FILE)
    assert len(graph) == depth + 1


def test_numbers_of_any_length_have_their_order() -> None:
    """As people count, without making a number of thousands of digits, which Python refuses."""
    long = "9" * 5000
    assert sorted([f"a{long}1", "a10", f"a{long}", "a9", "a09b"], key=_natural) == [
        *("a9", "a09b", "a10", f"a{long}", f"a{long}1")
    ]
    assert faults(f'{HEAD} ex:s skos:hasTopConcept ex:c . ex:c skos:notation "{long}" .') == [
        (f"<{V}c>", f"'{'9' * 58}… (5000 characters) cannot be an id")
    ]


TITLES = {
    "ex:list%1B%0A": "list",
    "<urn:%0A%1B>": "unknown@unknown",
    "[]": "unknown@unknown",
}


@pytest.mark.parametrize(("scheme", "title"), TITLES.items(), ids=TITLES)
def test_the_title_of_a_scheme_is_one_line(scheme: str, title: str) -> None:
    """Taken from its name where it states none, and its key where that gives none either."""
    found = read(f"{HEAD} {scheme} skos:hasTopConcept ex:c .").frameworks[0]
    assert found.edition.title == title


def test_what_is_left_is_named_so_that_it_can_be_printed() -> None:
    """Whatever a property is called."""
    text = json.dumps({"@id": "urn:c", "urn:p\x1b": 1, f"{SKOS}\x07": 2, f"urn:{'x' * 300}": 3})
    assert read(text).dropped == (
        r"1 value of 'skos:\x07'",
        r"1 value of <'urn:p\x1b'>",
        f"1 value of <'urn:{'x' * 54}… (304 characters)>",
    )


@pytest.mark.parametrize("start", ["", "{", "[{", "<?xml", "<rdf:RDF", HEAD])
@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_whatever_the_bytes_only_faults_are_raised(start: str, content: bytes | str) -> None:
    """No error of a parser below gets through."""
    whole = start.encode() + content if isinstance(content, bytes) else start + content
    try:
        read(whole)
    except AicopError as error:
        assert all(isinstance(fault, Fault) for fault in getattr(error, "faults", ()))


def test_what_is_not_text_where_text_is_taken_is_counted() -> None:
    """A publisher with an address, a label of its own, and a second title under another name."""
    reading = read(
        f"{HEAD} ex: a skos:ConceptScheme ; dct:title 'T' ; <http://www.w3.org/2000/01/rdf-schema#label> 'Other', 'T' ; dct:publisher ex:org ; owl:versionInfo '1' . "
        "ex:a a skos:Concept ; skos:inScheme ex: ; skos:prefLabel ex:label ; skos:notation ex:n ; skos:definition 'a\u200bb' ."
    )
    (framework,) = reading.frameworks
    assert (framework.edition.title, framework.edition.publisher) == ("T", None)
    assert framework.controls[0].words == "ab"
    assert reading.dropped == (
        "1 dct:publisher that is no text",
        "1 further rdfs:label",
        "1 skos:notation that is no text",
        "1 skos:prefLabel that is no text",
        "1 character that cannot be printed",
    )


def test_two_relations_of_one_pair_are_joined() -> None:
    """An exact match is a close one, and any of them is a mapping relation."""
    reading = read(f"{HEAD} a:X-1 skos:exactMatch b:X-1 ; skos:closeMatch b:X-1 ; skos:mappingRelation b:X-1 .")
    assert [one.predicate for one in reading.mappings] == ["equal-to"]
    assert reading.dropped == ("2 mappings of pairs that are mapped before, joined",)


def test_what_two_pairs_of_schemes_say_are_two_sets() -> None:
    """Each called by its ends."""
    reading = read(f"{HEAD} a:X-1 skos:exactMatch b:X-1 . a:X-1 skos:exactMatch a:X-2 .")
    assert {one.set for one in reading.mappings} == {f"{FILE}: a@1 to b@1", f"{FILE}: a@1 to a@1"}


def test_a_relation_that_our_rows_do_not_say_is_in_a_set_of_its_own() -> None:
    """Who says it is not who made the row of the same pair."""
    item = walk(("X-1", "subset-of", "X-1"))
    added = in_rdf(skos.dumps(item)).parse(data=f"{HEAD} a:X-1 skos:narrowMatch b:X-1 .")
    found = skos.loads(added.serialize(format="turtle"), FILE).mappings
    assert [(one.predicate.value, one.set) for one in found] == [
        ("subset-of", FILE),
        ("superset-of", f"{FILE}, beyond the rows"),
    ]
