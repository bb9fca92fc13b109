"""SKOS, written and read again."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import attrs
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings

from aicop import Catalogue, editions, load, mappings
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.frameworks import Framework, from_catalogue
from aicop.frameworks import load as load_framework
from aicop.frameworks import loads as own_framework
from aicop.interop import skos
from aicop.mappings import sets
from tests.interop.generated import crosswalks, frameworks
from tests.interop.generated import editions as drawn_editions
from tests.interop.skos.examples import FILE, FILTERS, HEAD, SKOS, broken, in_rdf, same, taken, walk, written
from tests.interop.snapshots import same_as_snapshot
from tests.interop.sssom.examples import SMALL

pytestmark = FILTERS

Node = dict[str, Any]
patient = settings(suppress_health_check=[HealthCheck.filter_too_much], max_examples=40)


def nodes(text: str) -> dict[str, Node]:
    """Return the nodes of an exported file by their names."""
    return {node["@id"]: node for node in json.loads(text)["@graph"]}


BREAKING = {
    "S9": "ex:a a skos:ConceptScheme, skos:Concept .",
    "S13": 'ex:a skos:prefLabel "x"@en ; skos:altLabel "x"@en .',
    "S14": 'ex:a skos:prefLabel "x"@en, "y"@en .',
    "S27": "ex:a skos:related ex:c ; skos:broader ex:b . ex:c skos:narrower ex:b .",
    "S46": "ex:a skos:exactMatch ex:b . ex:c skos:exactMatch ex:b ; skos:narrowMatch ex:a .",
}


@pytest.mark.parametrize(("rule", "text"), BREAKING.items(), ids=BREAKING)
def test_the_checks_of_skos_rules_find_violations(rule: str, text: str) -> None:
    """Each check of a rule of SKOS finds a graph that breaks it."""
    assert broken(rdflib.Graph().parse(data=f"{HEAD}{text}", format="turtle")) in ([rule], ["S27", rule][-1:])


def test_the_hand_made_edition_matches_its_snapshot(mini: Catalogue) -> None:
    """The output for the hand-made edition is byte for byte as before."""
    same_as_snapshot("skos-edition.jsonld", skos.dumps(mini))


def test_the_small_crosswalk_matches_its_snapshot() -> None:
    """The output for the small crosswalk is byte for byte as before."""
    same_as_snapshot("skos-crosswalk.jsonld", skos.dumps(SMALL))


def test_an_edition_is_a_scheme(mini: Catalogue) -> None:
    """An edition is a scheme with title, publisher, version, licence and top concepts."""
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
    """A provision has its number as notation, its title as label and its text as definition."""
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


def test_a_statement_has_its_verb_and_duty_holders(mini: Catalogue) -> None:
    """Verb, duty holders and counterparties of a statement are in aicop's own properties."""
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
    """A day, month or year has the matching XSD type."""
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


def test_the_language_is_stated_if_known(mini: Catalogue) -> None:
    """Editions are in English; titles of a user's framework have no language."""
    drawn = own_framework('{"framework": "own", "edition": "1", "title": "Eigene", "controls": []}', "o.json")
    assert json.loads(skos.dumps(drawn))["@graph"][0]["dct:title"] == "Eigene"
    labels = in_rdf(skos.dumps(mini)).objects(None, rdflib.SKOS.prefLabel)
    assert {label.language for label in labels if isinstance(label, rdflib.Literal)} == {"en"}


def test_the_context_is_in_the_file() -> None:
    """The context is inline, so that readers fetch nothing."""
    context = json.loads(skos.dumps(SMALL))["@context"]
    assert isinstance(context, dict)
    assert "@import" not in context
    assert "@context" not in json.dumps(json.loads(skos.dumps(SMALL))["@graph"])


def between(text: str) -> set[tuple[str, str, str]]:
    """Return the relations between concepts, as rdflib reads them."""
    graph = in_rdf(text)
    concepts = set(graph.subjects(rdflib.RDF.type, rdflib.SKOS.Concept))
    inner = {rdflib.SKOS.broader, rdflib.SKOS.narrower}
    return {
        (str(one), str(prop), str(other))
        for one, prop, other in graph
        if one in concepts and other in concepts and prop not in inner
    }


def relations(*triples: tuple[str, str, str]) -> set[tuple[str, str, str]]:
    """Return triples between the two small frameworks, given short names of properties."""
    starts = {"skos": SKOS, "aicop": "urn:aicop:"}
    whole = ((one, *word.split(":"), other) for one, word, other in triples)
    return {
        (f"urn:aicop:a@1:{one}", starts[start] + name, f"urn:aicop:b@1:{other}") for one, start, name, other in whole
    }


def test_skos_properties_are_used_only_for_true_relations() -> None:
    """As in SKOS, broadMatch leads to the broader concept; not-found rows have no relation."""
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
def test_contradicted_pairs_have_no_relation(
    claims: list[tuple[str, str, str]], expected: list[tuple[str, str, str]]
) -> None:
    """SKOS has no authors, so contradicted pairs get no relation, but every row is kept."""
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
def test_shipped_data_keeps_the_rules_of_skos_and_round_trips(item: Catalogue | Framework | Crosswalk) -> None:
    """No integrity condition is broken, and every element is restored, as is every row but the joint ones."""
    text = skos.dumps(item)
    assert broken(in_rdf(text)) == []
    reading = skos.loads(text, FILE)
    assert [written(one) for one in reading.frameworks] == taken(item)
    assert reading.mappings == (same(item) if isinstance(item, Crosswalk) else ())
    assert bool(reading.mappings) == isinstance(item, Crosswalk)


@patient
@given(frameworks())
def test_every_framework_round_trips(drawn: Framework) -> None:
    """Ids, hierarchy, order, kinds, natures, titles and words are restored, as is the framework's title."""
    (back,) = skos.loads(skos.dumps(drawn)).frameworks
    assert [written(back)] == taken(drawn)
    assert (back.edition.id, back.edition.title) == (drawn.edition.id, drawn.edition.title)


@patient
@given(drawn_editions())
def test_every_edition_round_trips(drawn: Catalogue) -> None:
    """An edition is restored as its framework view."""
    (back,) = skos.loads(skos.dumps(drawn)).frameworks
    assert written(back) == written(from_catalogue(drawn))


@patient
@given(crosswalks())
def test_every_crosswalk_round_trips(drawn: Crosswalk) -> None:
    """A crosswalk is restored without options, since its file holds both frameworks."""
    text = skos.dumps(drawn)
    assert skos.loads(text, FILE).mappings == same(drawn)
    assert broken(in_rdf(text)) == []


def test_writing_needs_neither_rdflib_nor_pydantic() -> None:
    """SKOS is written without rdflib, pydantic or PyYAML, which only reading needs."""
    program = "from aicop.interop import skos, sssom; from aicop.frameworks import load; skos.dumps(load('stride'))"
    code = f"{program}; import sys; print(sorted({{'rdflib', 'pydantic', 'yaml'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"
