"""OSCAL mapping collections that aicop writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import NothingToWrite
from aicop.ids import JointId
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.oscal import dumps, loads
from aicop.interop.oscal.mapping_writer import _maps, _unfound
from tests.examples import A, B, row
from tests.interop.oscal.documents import collection, end, one_map
from tests.interop.oscal.examples import ODD, OURS, SMALL, below, ours, plain

if TYPE_CHECKING:
    from aicop import Catalogue
    from aicop.model import Mapping


def test_a_crosswalk_is_a_mapping_with_one_map_per_row() -> None:
    """Relations are OSCAL's words, and facts without a field are in aicop's properties."""
    collection = plain(dumps(SMALL))
    (mapping,) = collection["mappings"]
    first, second, third = mapping["maps"]
    assert first == {
        "uuid": first["uuid"],
        "relationship": "no-relationship",
        "sources": [{"type": "control", "id-ref": "X", "props": [{"name": "key", "ns": OURS, "value": "a@1:X"}]}],
        "targets": [{"type": "control", "id-ref": "Y", "props": [{"name": "key", "ns": OURS, "value": "b@1:Y"}]}],
        "props": [{"name": "basis", "ns": OURS, "value": "own"}],
    }
    assert [one["relationship"] for one in (second, third)] == ["subset-of", "intersects-with"]
    assert second["confidence-score"] == {"percentage": 1.0}
    assert second["remarks"] == "a@1:X-1 subset-of b@1:X"
    assert ours(second) == [
        ("basis", "own"),
        ("author", "we"),
        ("date", "2026-01-01"),
        ("strength", "10"),
        ("knowledge", "text"),
    ]
    assert ours(third)[3:] == [("strength", "4"), ("remainder", "the rest"), ("settlement", "So.")]
    assert not any("coverage" in one for one in mapping["maps"])


def test_statements_have_the_type_statement(code: Catalogue) -> None:
    """A statement is named by the id of its part, and any other element as a control."""
    found = crosswalk("uk-ai-cop", "iso-iec-42001")
    (mapping,) = plain(dumps(found))["mappings"]
    ends = {(one["type"], one["id-ref"]) for each in mapping["maps"] for one in each["sources"]}
    assert ("statement", "uk-ai-cop-1.1_smt.1") in ends
    assert ("control", "uk-ai-cop-5.1") in ends
    catalog = plain(dumps(code))
    controls = {one["id"] for one in below(catalog)}
    parts = {part["id"] for one in below(catalog) for part in one.get("parts", ()) if "id" in part}
    assert {name for kind, name in ends if kind == "control"} <= controls
    assert {name for kind, name in ends if kind == "statement"} <= parts


def test_gaps_distinguish_judged_from_unjudged_sources() -> None:
    """Sources without a counterpart and sources never judged are separate lists."""
    (mapping,) = plain(dumps(SMALL))["mappings"]
    assert [item["with-ids"] for item in mapping["source-gap-summary"]["unmapped-controls"]] == [["Y-1"], ["Y-2", "R"]]
    assert mapping["remarks"] == (
        "Of the unmapped controls of the source, list 1 was judged, and no counterpart was found; list 2 was never judged."
    )
    group = {"group": "nothing-found-1", "ns": OURS}
    assert mapping["props"] == [
        {"name": "nothing-found", "value": "a@1:Y-1", "remarks": "a@1:Y-1 nothing-found None", **group},
        {"name": "confidence", "value": "5", **group},
        {"name": "basis", "value": "own", **group},
        {"name": "author", "value": "we", **group},
        {"name": "date", "value": "2026-01-01", **group},
        {"name": "strength", "value": "0", **group},
        {"name": "source-digest", "value": "0123456789abcdef", **group},
    ]


def test_a_mapped_source_is_not_a_gap() -> None:
    """A source whose map says that nothing is shared is not unmapped."""
    found = Crosswalk.from_mappings([row(A.key("X-1"), "no-relationship", B.key("X-1"))], A, B)
    (mapping,) = plain(dumps(found))["mappings"]
    assert [item["with-ids"] for item in mapping["source-gap-summary"]["unmapped-controls"]] == [
        ["X-2", "Y-1", "Y-2", "R"]
    ]


def test_missing_facts_of_gaps_are_not_made_up() -> None:
    """A gap without rationale or confidence has neither, and without gaps there is no summary."""
    unsaid: dict[str, Any] = dict.fromkeys(("rationale", "confidence", "author", "date"))
    unfound = [row(A.key(name), "nothing-found", None, **unsaid) for name in ("Y-1", "R")]
    pairs = [row(A.key(name), "equal-to", B.key(name), date=None) for name in ("X-1", "X-2", "Y-2")]
    collection = plain(dumps(Crosswalk.from_mappings([*pairs, *unfound], A, B)))
    (mapping,) = collection["mappings"]
    assert [(prop["name"], prop.get("remarks")) for prop in mapping["props"]] == [
        ("nothing-found", None),
        ("basis", None),
    ] * 2
    assert (
        mapping["remarks"] == "Of the unmapped controls of the source, list 1 was judged, and no counterpart was found."
    )
    assert collection["metadata"]["last-modified"] == "1970-01-01T00:00:00Z"
    assert collection["provenance"]["status"] == "complete"
    whole = [row(A.key(name), "equal-to", ODD.key("1.1")) for name in ("X-1", "X-2", "Y-1", "Y-2")]
    (mapping,) = plain(
        dumps(Crosswalk.from_mappings([*whole, row(A.key("R"), "corresponds-to", ODD.key("R"))], A, ODD))
    )["mappings"]
    assert "source-gap-summary" not in mapping
    assert "remarks" not in mapping


@pytest.mark.parametrize(
    ("found", "method", "rationale", "status"),
    [
        (SMALL, "hybrid", "semantic", "not-complete"),
        (crosswalk("uk-ai-cop", "iso-iec-42001"), "hybrid", "functional", "complete"),
        (
            crosswalk("etsi-en-304-223", "iso-iec-42001", via="uk-ai-cop"),
            "automation",
            "semantic",
            "not-complete",
        ),
    ],
    ids=["own", "editorial", "derived"],
)
def test_the_provenance_claims_no_more_than_is_known(
    found: Crosswalk, method: str, rationale: str, status: str
) -> None:
    """Computed mappings are called so, and a mapping is complete only if every source was judged."""
    provenance = plain(dumps(found))["provenance"]
    assert (provenance["method"], provenance["matching-rationale"], provenance["status"]) == (method, rationale, status)
    assert "but not the method" in provenance["remarks"]


def test_the_ends_of_a_mapping_are_resources_that_name_their_edition() -> None:
    """Each resource has a file name and an IRI, and one resource serves a mapping within an edition."""
    collection = plain(dumps(SMALL))
    (mapping,) = collection["mappings"]
    source, target = collection["back-matter"]["resources"]
    assert mapping["source-resource"] == {"type": "catalog", "href": f"#{source['uuid']}"}
    assert mapping["target-resource"] == {"type": "catalog", "href": f"#{target['uuid']}"}
    assert [link["href"] for link in source["rlinks"]] == ["a@1.json", "urn:aicop:a@1"]
    assert ours(source) == [("edition", "a@1")]
    own = plain(dumps(Crosswalk.from_mappings([row(A.key("X-1"), "subset-of", A.key("Y-1"))], A, A)))
    assert len(own["back-matter"]["resources"]) == 1


@pytest.mark.parametrize(
    "rows",
    [[], [row(A.key("X-1"), "related-to", B.key("X-1"))], [row(A.key("X-1"), "nothing-found", None)]],
    ids=["nothing", "no word", "no target"],
)
def test_without_a_relation_there_is_no_mapping(rows: list[Mapping]) -> None:
    """OSCAL requires at least one map, so a crosswalk without one raises NothingToWrite."""
    with pytest.raises(NothingToWrite) as caught:
        dumps(Crosswalk.from_mappings(rows, A, B))
    assert (caught.value.format, caught.value.source, caught.value.target) == ("oscal", "a@1", "b@1")


def test_the_same_pair_twice_has_two_uuids() -> None:
    """Two rows of one pair have different UUIDs even if author and set are equal."""
    twice = [row(A.key("X-1"), "subset-of", B.key("X-1"), rationale=why) for why in ("One.", "Two.")]
    (mapping,) = plain(dumps(Crosswalk.from_mappings(twice, A, B)))["mappings"]
    assert len({one["uuid"] for one in mapping["maps"]}) == 2


def test_joint_rows_are_maps_of_several_elements() -> None:
    """A map lists all sources and targets, and its strengths apply to all of them together."""
    a, b = oscal_ids(A), oscal_ids(B)
    ends = JointId([A.key("X-2"), A.key("X-1")]), B.key("Y")
    [made] = _maps([row(ends[0], "superset-of", ends[1], strength=4, reverse_strength=10, reverse_remainder="x")], a, b)
    assert [one["id-ref"] for one in made["sources"]] == [a[A.key("X-1")], a[A.key("X-2")]]
    assert [one["id-ref"] for one in made["targets"]] == [b[ends[1]]]
    facts = {one["name"]: one["value"] for one in made["props"]}
    assert (facts["strength"], facts["reverse-strength"], facts["reverse-remainder"]) == ("4", "10", "x")


def test_targets_without_a_counterpart_have_a_property_of_their_own() -> None:
    """A target for which no source was found is named by another property than a source without a target."""
    rows = [
        row(None, "nothing-found", B.key("Y"), searched=A.id),
        row(JointId([A.key("X-1"), A.key("X-2")]), "nothing-found", None, searched=B.id),
    ]
    heads = [(one["name"], one["value"]) for one in _unfound(rows) if one["name"].endswith("-found")]
    assert heads == [("no-source-found", "b@1:Y"), ("nothing-found", "a@1:X-1|a@1:X-2")]
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")))
    content["mapping-collection"]["mappings"][0]["props"] = list(_unfound(rows))
    read = loads(json.dumps(content), "m.json", ImportOptions(frameworks=(A, B))).mappings
    assert [attrs.evolve(one, set="own") for one in read[1:]] == rows
