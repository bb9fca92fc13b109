"""Names by which a source refers to an element: kept on import, and found by mappings in a separate file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop import frameworks
from aicop.errors import InvalidDocument
from aicop.interop import ciso_assistant, oscal, skos
from aicop.interop.common.format import ImportOptions

if TYPE_CHECKING:
    from aicop.frameworks import Framework

CASES = Path(__file__).parent.parent / "cases" / "import"
HOUSE = ImportOptions(framework="house", edition="1")


def house() -> Framework:
    """Return the framework of the case, as it is kept in a file after the import."""
    content = (CASES / "11-ciso-urn-differs-library.yaml").read_bytes()
    [found] = ciso_assistant.loads(content, "library.yaml", HOUSE).frameworks
    assert frameworks.loads(frameworks.dumps(found), "house@1.json") == found
    return found


def test_the_urns_of_a_library_are_kept() -> None:
    """Each element has the URN of its node as an alias; it resolves with and without the framework in front."""
    found = house()
    urn = "urn:demo:risk:req_node:house:3.5.2"
    assert {str(key): item.aliases for key, item in found.items()} == {
        "house@1:ART-1": ("urn:demo:risk:req_node:house:art1",),
        "house@1:3.5.1": (urn,),
        "house@1:3.5.2": ("urn:demo:risk:req_node:house:3.5.3",),
    }
    for written in (urn, f"house:{urn}", f"house@1:{urn}"):
        assert str(found.key(written)) == "house@1:3.5.1"
    assert found.key_of_alias("3.5.1") is None
    assert str(found.key("3.5.2")) == "house@1:3.5.2"


@pytest.mark.parametrize(("case", "expected"), [("wrong", "house@1:3.5.1"), ("lost", "house@1:ART-1")])
@pytest.mark.parametrize("source", ["house", "house@1", None])
def test_a_mapping_in_another_library_finds_the_node(case: str, expected: str, source: str | None) -> None:
    """The node is found by its URN, even if the end of the URN is the id of another node, or of none."""
    content = (CASES / f"11-ciso-urn-differs-map-{case}.yaml").read_bytes()
    options = ImportOptions(frameworks=(house(),), source=source)
    [row] = ciso_assistant.loads(content, "map.yaml", options).mappings
    assert (str(row.source), str(row.target)) == (expected, "nist-csf@2.0:GV.OC-01")


def test_a_node_that_the_library_does_not_have_is_not_guessed() -> None:
    """A URN of the same library that no node has is reported, even if its end is the id of a node."""
    content = (CASES / "11-ciso-urn-differs-map-wrong.yaml").read_text(encoding="utf-8")
    content = content.replace("req_node:house:3.5.2", "req_node:house:3.5.1")
    with pytest.raises(InvalidDocument) as caught:
        ciso_assistant.loads(content.encode(), "map.yaml", ImportOptions(frameworks=(house(),)))
    [fault] = caught.value.faults
    assert fault.path.endswith("requirement_mappings[0].source_requirement_urn")
    assert "urn:demo:risk:req_node:house:3.5.1" in fault.problem
    # Another packager's URNs say nothing about those of this library, so the end of the URN is all there is.
    content = content.replace("urn:demo:risk:req_node", "urn:other:risk:req_node")
    [row] = ciso_assistant.loads(content.encode(), "map.yaml", ImportOptions(frameworks=(house(),))).mappings
    assert str(row.source) == "house@1:3.5.1"


def test_a_reference_that_is_not_the_id_is_kept_unless_it_is_ambiguous() -> None:
    """A reference that is too long for an id is an alias; references that are read as another id are none."""
    text = (CASES / "11-ciso-urn-differs-library.yaml").read_text(encoding="utf-8")
    long = "x" * 101
    [found] = ciso_assistant.loads(
        text.replace("ref_id: ART-1", f"ref_id: {long}").replace("ref_id: 3.5.2", "ref_id: 3.5.1").encode(), "l.yaml"
    ).frameworks
    assert [(item.id.local, item.aliases[1:]) for item in found.controls] == [
        ("art1", (long,)),
        ("3.5.2", ()),
        ("3.5.3", ()),
    ]


def test_urns_with_capitals_are_found_as_written_and_in_lower_case() -> None:
    """CISO Assistant lowers the case of URNs, so mappings may have either."""
    text = (CASES / "11-ciso-urn-differs-library.yaml").read_text(encoding="utf-8")
    [found] = ciso_assistant.loads(text.replace("house:art1", "house:Art1").encode(), "l.yaml", HOUSE).frameworks
    urn = "urn:demo:risk:req_node:house:Art1"
    assert str(found.key(urn)) == str(found.key(urn.lower())) == "house@1:ART-1"


def test_files_of_aicop_need_no_aliases() -> None:
    """What aicop wrote refers to elements by keys, from which its URNs and IRIs are computed."""
    original = frameworks.load("stride")
    for module in (ciso_assistant, skos):
        content = module.dumps(original)
        [found] = module.loads(content.encode() if isinstance(content, str) else content, "x").frameworks
        assert found.controls == original.controls


CATALOG = {
    "catalog": {
        "uuid": "11111111-1111-4111-8111-111111111111",
        "metadata": {
            "title": "House",
            "oscal-version": "1.1.2",
            "props": [{"name": "edition", "ns": "urn:aicop:", "value": "house@1"}],
        },
        "controls": [
            {
                "id": "x-5.1",
                "title": "Doors",
                "props": [{"name": "key", "ns": "urn:aicop:", "value": "house@1:5.1"}],
                "parts": [{"id": "x-5.1_smt", "name": "statement", "prose": "Doors are locked."}],
            },
            {"id": "ac-1", "title": "Keys"},
        ],
    }
}
COLLECTION = {
    "mapping-collection": {
        "uuid": "22222222-2222-4222-8222-222222222222",
        "metadata": {"title": "Map", "oscal-version": "1.2.0"},
        "mappings": [
            {
                "uuid": "33333333-3333-4333-8333-333333333333",
                "source-resource": {"type": "catalog", "href": "house"},
                "target-resource": {"type": "catalog", "href": "csf"},
                "maps": [
                    {
                        "uuid": "44444444-4444-4444-8444-444444444444",
                        "relationship": "intersects-with",
                        "sources": [{"type": "control", "id-ref": "x-5.1"}],
                        "targets": [{"type": "control", "id-ref": "GV.OC-01"}],
                    }
                ],
            }
        ],
    }
}


def test_oscal_ids_are_kept_if_they_are_not_the_ids() -> None:
    """A control has its OSCAL id and the reference to it as aliases; an id that is the same needs none."""
    [found] = oscal.loads(json.dumps(CATALOG).encode(), "catalog.json", ImportOptions(framework="mine")).frameworks
    assert [(str(item.id), item.aliases) for item in found.controls] == [
        ("mine@1:5.1", ("x-5.1", "#x-5.1")),
        ("mine@1:ac-1", ()),
    ]
    assert str(found.key("#x-5.1")) == "mine@1:5.1"
    assert str(found.key("#ac-1")) == "mine@1:ac-1"


@pytest.mark.parametrize("written", ["x-5.1", "#x-5.1", "x-5.1_smt"])
def test_a_mapping_of_oscal_finds_the_control_by_alias(written: str) -> None:
    """The OSCAL id is found even if the framework has another key now; its whole statement means the control."""
    content = json.dumps(CATALOG).encode()
    [found] = oscal.loads(content, "catalog.json", ImportOptions(framework="mine")).frameworks
    options = ImportOptions(frameworks=(found,), source="mine", target="nist-csf")
    value = json.dumps(COLLECTION).replace("x-5.1", written)
    [row] = oscal.loads(value.encode(), "map.json", options).mappings
    assert (str(row.source), str(row.target)) == ("mine@1:5.1", "nist-csf@2.0:GV.OC-01")


TERMS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <https://example.org/terms#> .
t:scheme a skos:ConceptScheme .
t:c17 a skos:Concept ; skos:inScheme t:scheme ; skos:notation "A1" .
t:A1 a skos:Concept ; skos:inScheme t:scheme ; skos:notation "B1" .
[] a skos:Concept ; skos:inScheme t:scheme ; skos:notation "C1" .
"""
CLAIM = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <https://example.org/terms#> .
t:A1 skos:closeMatch <urn:aicop:nist-csf@2.0:GV.OC-01> .
"""


@pytest.mark.parametrize("source", ["terms", "terms@1", None])
def test_the_iri_of_a_concept_finds_it(source: str | None) -> None:
    """The concept with this IRI is found, and not the one whose id is the end of the IRI."""
    [found] = skos.loads(TERMS.encode(), "terms.ttl", ImportOptions(framework="terms", edition="1")).frameworks
    assert {item.id.local: item.aliases for item in found.controls} == {
        "A1": ("https://example.org/terms#c17",),
        "B1": ("https://example.org/terms#A1",),
        "C1": (),
    }
    [row] = skos.loads(CLAIM.encode(), "map.ttl", ImportOptions(frameworks=(found,), source=source)).mappings
    assert (str(row.source), str(row.target)) == ("terms@1:B1", "nist-csf@2.0:GV.OC-01")
