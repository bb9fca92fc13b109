"""SKOS exports in rdflib: all frameworks and mapping sets, checked by the rules of SKOS."""

from __future__ import annotations

from importlib import import_module

import pytest

from aicop import frameworks, mappings
from aicop.crosswalk import Crosswalk
from aicop.errors import InvalidDocument
from aicop.frameworks import Framework, available
from aicop.interop import skos
from aicop.interop.common.identifiers import iri
from aicop.interop.common.rows import rows_of
from aicop.mappings import sets

rdflib = import_module("rdflib")
compare = import_module("rdflib.compare")
rules = import_module("tests.interop.skos.examples")

# rdflib's JSON-LD parser uses a class that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
FRAMEWORKS = {str(item.id): frameworks.load(item.id) for item in available()}
CROSSWALKS = {
    item.name: Crosswalk.from_mappings(
        mappings.load(item.name), frameworks.load(item.source), frameworks.load(item.target)
    )
    for item in sets()
}


@pytest.mark.parametrize("item", FRAMEWORKS.values(), ids=FRAMEWORKS)
def test_rdflib_finds_every_element(item: Framework) -> None:
    """Every element is a concept under its parent and in its scheme, and no rule of SKOS is broken."""
    graph = rdflib.Graph().parse(data=skos.dumps(item), format="json-ld")
    scheme = rdflib.URIRef(iri(item.id))
    assert set(graph.subjects(rdflib.SKOS.inScheme, scheme)) == {rdflib.URIRef(iri(one.id)) for one in item.controls}
    above = {(str(one), str(other)) for one, other in graph.subject_objects(rdflib.SKOS.broader)}
    assert above == {(iri(one.id), iri(one.parent)) for one in item.controls if one.parent is not None}
    assert {(other, one) for one, other in above} == {
        (str(one), str(other)) for one, other in graph.subject_objects(rdflib.SKOS.narrower)
    }
    assert rules.broken(graph) == []


@pytest.mark.parametrize("item", CROSSWALKS.values(), ids=CROSSWALKS)
def test_rdflib_finds_every_row(item: Crosswalk) -> None:
    """Every row but the joint ones is a node, and no rule of SKOS is broken."""
    graph = rdflib.Graph().parse(data=skos.dumps(item), format="json-ld")
    rows = rows_of(item, skos.FORMAT.predicates, joint=skos.FORMAT.joint).rows
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef("urn:aicop:Mapping")))) == len(rows)
    assert rules.broken(graph) == []


@pytest.mark.parametrize("form", ["turtle", "xml", "nt", "longturtle"])
def test_other_serialisations_are_equivalent(form: str) -> None:
    """Serialised by rdflib in another form, a file has the same graph and is read alike."""
    item = CROSSWALKS["uk-ai-cop@2025-01--iso-iec-42001@2023"]
    graph = rdflib.Graph().parse(data=skos.dumps(item), format="json-ld")
    text = graph.serialize(format=form)
    assert compare.isomorphic(graph, rdflib.Graph().parse(data=text, format="turtle" if "turtle" in form else form))
    assert skos.loads(text, "again.rdf") == skos.loads(skos.dumps(item), "again.rdf")


def test_errors_that_rdflib_accepts_are_refused() -> None:
    """An unknown SKOS property and a concept with two labels in one language are faults."""
    text = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:aicop:uk-ai-cop@2025-01:5.1> skos:bogusMatch <urn:aicop:iso-iec-42001@2023:A.4.2> .\n"
        '<urn:c> skos:topConceptOf <urn:s> ; skos:prefLabel "a"@en, "b"@en .\n'
    )
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 4
    with pytest.raises(InvalidDocument) as caught:
        skos.loads(text)
    assert [fault.path for fault in caught.value.faults] == [
        "<urn:c>, skos:prefLabel",
        "<urn:aicop:uk-ai-cop@2025-01:5.1>, skos:bogusMatch",
    ]
