"""OSCAL mapping collections by other authors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.errors import InvalidDocument, UnknownEdition
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.common.merging import MAX_PAIRS
from aicop.interop.oscal import dumps
from aicop.vocabulary import MappingBasis, Predicate
from tests.examples import A, B, C, row
from tests.interop.oscal.documents import (
    FILE,
    Plain,
    catalog,
    collection,
    control,
    end,
    faults,
    one_map,
    read,
    statement,
)
from tests.interop.oscal.examples import OURS

if TYPE_CHECKING:
    from aicop.frameworks import Framework
    from aicop.ids import Key


OWN = ImportOptions(frameworks=(A, B))


def rows(content: Plain) -> list[tuple[str, str, str]]:
    """Return the source, predicate and target of each mapping of a collection."""
    return [(str(one.source), one.predicate.value, str(one.target)) for one in read(content, OWN).mappings]


def test_a_foreign_map_is_a_mapping() -> None:
    """Rationale and confidence are read; the missing author and date are reported."""
    one = one_map("subset-of", end("X-1"), end("y-2"), remarks="Because\nof it.", confidence_score={"percentage": 0.7})
    reading = read(collection(one), OWN)
    (found,) = reading.mappings
    assert (str(found.source), found.predicate, str(found.target)) == ("a@1:X-1", Predicate.SUBSET, "b@1:Y-2")
    assert (found.rationale, found.confidence, found.author, found.date) == ("Because of it.", 7, None, None)
    assert (found.basis, found.set) == (MappingBasis.IMPORTED, "the-norm")
    assert reading.unstated == ("the author of 1 mapping", "the date of 1 mapping")
    assert reading.dropped == ("1 provenance",)
    assert reading.format == "OSCAL 1.2.1 mapping-collection"


@pytest.mark.parametrize("form", ["{}.json", "catalogs/{}/catalog.json", "urn:aicop:{}"])
def test_mappings_to_two_targets_are_read_if_each_names_its_edition(form: str) -> None:
    """The advice for a resource without an edition works: each mapping has its own target framework."""
    content = collection(one_map("subset-of", end("X-1"), end("Y-1")), source=form.format("a@1"), target="b.json")
    [first] = content["mapping-collection"]["mappings"]
    second = json.loads(json.dumps(first))
    content["mapping-collection"]["mappings"].append(second)
    second["target-resource"]["href"] = "c.json"
    options = ImportOptions(frameworks=(A, B, C))
    assert [place for place, _ in faults(content, options)] == [
        f"mapping-collection.mappings[{i}].target-resource.href" for i in (0, 1)
    ]
    first["target-resource"]["href"], second["target-resource"]["href"] = map(form.format, ("b@1", "c@1"))
    found = read(content, options).mappings
    assert [(row.set, str(row.target)) for row in found] == [("the-norm: 1", "b@1:Y-1"), ("the-norm: 2", "c@1:Y-1")]


@pytest.mark.parametrize(
    ("word", "sources", "targets", "predicate"),
    [
        ("equal-to", 1, 1, "equal-to"),
        ("equivalent-to", 1, 1, "equal-to"),
        ("no-relationship", 2, 2, "no-relationship"),
        ("equal-to", 2, 2, "associated-with"),
        ("subset-of", 2, 2, "associated-with"),
        ("intersects-with", 2, 2, "associated-with"),
    ],
)
def test_maps_of_groups_give_weaker_relations(word: str, sources: int, targets: int, predicate: str) -> None:
    """A map of groups gives each pair of members only what follows for it."""
    content = collection(one_map(word, end(*["X-1", "X-2"][:sources]), end(*["Y-1", "Y-2"][:targets])))
    assert rows(content) == [
        (f"a@1:{one}", predicate, f"b@1:{other}")
        for one in ["X-1", "X-2"][:sources]
        for other in ["Y-1", "Y-2"][:targets]
    ]


@pytest.mark.parametrize("word", ["equal-to", "superset-of", "no-relationship"])
def test_several_elements_on_one_side_are_taken_together(word: str) -> None:
    """A map of several sources, or several targets, is a joint mapping with its strengths; repetitions do not count."""
    more = [
        {"name": name, "ns": OURS, "value": "0" if word == "no-relationship" else value}
        for name, value in (("strength", "5" if word == "superset-of" else "10"), ("reverse-strength", "10"))
    ]
    content = collection(
        one_map(word, end("X-2", "X-1", "X-1"), end("Y-1"), props=more), one_map(word, end("X-1"), end("Y-2", "Y-1"))
    )
    assert rows(content) == [("a@1:X-1|a@1:X-2", word, "b@1:Y-1"), ("a@1:X-1", word, "b@1:Y-1|b@1:Y-2")]
    first, second = read(content, OWN).mappings
    assert [first.strength, first.reverse_strength] == [int(one["value"]) for one in more]
    assert second.strength is None


def test_maps_of_one_pair_are_merged() -> None:
    """Maps of one pair are merged, and a contradiction is a fault."""
    several = one_map("equal-to", end("X-1", "X-2"), end("Y-1", "Y-2"), remarks="Both.")
    sharp = one_map("equal-to", end("X-1"), end("Y-1"), remarks="One.")
    content = collection(several, sharp)
    assert rows(content)[:2] == [("a@1:X-1", "equal-to", "b@1:Y-1"), ("a@1:X-1", "associated-with", "b@1:Y-2")]
    assert read(content, OWN).dropped == (
        "1 further mapping of the same pair, merged",
        "1 provenance",
    )
    assert read(content, OWN).mappings[0].rationale == "Both. One."
    assert faults(collection(sharp, one_map("no-relationship", end("X-1"), end("Y-1"))), OWN) == [
        (
            "mapping-collection.mappings[0].maps[1].relationship",
            "contradicts mapping-collection.mappings[0].maps[0] on a@1:X-1 and b@1:Y-1; correct one of them",
        )
    ]


def test_a_duplicate_member_of_a_map_is_one() -> None:
    """A member that is listed twice gives one mapping."""
    assert rows(collection(one_map("no-relationship", end("X-1", "X-1"), end("Y-1")))) == [
        ("a@1:X-1", "no-relationship", "b@1:Y-1")
    ]


def test_dropped_facts_of_maps_are_counted() -> None:
    """Properties of aicop are read, and those of others are counted as dropped."""
    ends = [{"type": "statement", "id-ref": "X-1", "props": [{"name": "marking", "value": "m"}], "remarks": "r"}]
    one = one_map(
        "subset-of",
        ends,
        end("Y-1"),
        confidence_score={"category": "high"},
        coverage={"target-coverage": 0.5},
        qualifiers=[{}, {}],
        matching_rationale="semantic",
        props=[{"name": "marking", "value": "m"}, {"name": "author", "ns": OURS, "value": "we"}],
        ns="http://csrc.nist.gov/ns/oscal",
    )
    two = one_map("subset-of", end("X-2"), end("Y-1"), confidence_score={"percentage": 0.75})
    three = one_map("subset-of", end("Y-2"), end("Y-1"), confidence_score={"percentage": 1})
    gaps = {"uuid": "u", "unmapped-controls": [{"with-ids": ["a"]}, {"with-ids": ["b"]}]}
    content = collection(
        one, two, three, source_gap_summary=gaps, props=[{"name": "marking", "value": "m"}], status="draft"
    )
    content["mapping-collection"]["back-matter"] = {"resources": []}
    reading = read(content, OWN)
    assert [(found.author, found.confidence) for found in reading.mappings] == [("we", None), (None, 7), (None, 10)]
    assert set(reading.dropped) == {
        "3 properties",
        "1 remark",
        "1 confidence given as a category",
        "1 confidence rounded down to one decimal",
        "1 coverage",
        "2 qualifiers",
        "1 matching rationale",
        "2 lists of unmapped controls",
        "1 status",
        "1 provenance",
    }


def test_the_pairs_of_a_file_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds for all maps together, before pairs are built, and is reported once."""
    assert MAX_PAIRS == 100_000
    monkeypatch.setattr("aicop.interop.oscal.mapping_reader.MAX_PAIRS", 1_000)
    wide = one_map("no-relationship", end(*["X-1"] * 40), end(*["Y-1"] * 25))
    assert rows(collection(wide)) == [("a@1:X-1", "no-relationship", "b@1:Y-1")]
    many = range(20_000)
    huge = one_map("no-relationship", end(*(f"X-{n}" for n in many)), end(*(f"Y-{n}" for n in many)))
    content = collection(one_map("equal-to", end("X-2"), end("Y-2")), huge)
    content["mapping-collection"]["mappings"] *= 2
    problem = "with this map the file has more than 1,000 pairs of source and target; split the file"
    assert faults(content, OWN) == [("mapping-collection.mappings[0].maps[1]", problem)]


def test_the_ids_of_a_catalog_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ids of a catalog are computed once, however many mappings name it."""
    asked: list[str] = []

    def counted(framework: Framework) -> dict[Key, str]:
        asked.append(str(framework.id))
        return oscal_ids(framework)

    monkeypatch.setattr("aicop.interop.common.resolver.oscal_ids", counted)
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")))
    content["mapping-collection"]["mappings"] *= 3
    assert len(read(content, OWN).mappings) == 1
    assert asked == ["a@1", "b@1"]


def test_a_framework_without_elements_is_found() -> None:
    """An id that an empty framework lacks is a fault with its place."""
    empty = frameworks.loads("id,kind\n", "e.csv", framework="e", edition="1", title="E")
    ((place, problem),) = faults(
        collection(one_map("equal-to", end("X-1"), end("Y-1")), source="urn:aicop:e@1"),
        ImportOptions(frameworks=(empty, B)),
    )
    assert place == f"{MAPS}.sources"
    assert problem.startswith("'X-1': e@1 has no 'X-1'.")


def test_a_single_mapping_need_not_be_in_a_list() -> None:
    """A mapping that is not in a list is read, as OSCAL allows in JSON."""
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")))
    (content["mapping-collection"]["mappings"],) = content["mapping-collection"]["mappings"]
    assert rows(content) == [("a@1:X-1", "equal-to", "b@1:Y-1")]


@pytest.mark.parametrize(
    "resource",
    [
        {"uuid": "r", "rlinks": [{"href": "a.json"}, {"href": "urn:aicop:a@1"}]},
        {"uuid": "r", "props": [{"name": "edition", "ns": OURS, "value": "a@1"}]},
    ],
    ids=["link", "property"],
)
def test_a_resource_of_the_back_matter_names_the_framework(resource: Plain) -> None:
    """The edition is found in a resource's links or in aicop's property."""
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")), source="#r")
    content["mapping-collection"]["back-matter"] = {"resources": [resource]}
    assert rows(content) == [("a@1:X-1", "equal-to", "b@1:Y-1")]


def test_ids_of_exported_catalogs_are_known(code: Any) -> None:  # noqa: ANN401 -- an edition
    """Ids of exported catalogs are resolved, as are printed ones."""
    one = one_map("subset-of", end("uk-ai-cop-5.1", "uk-ai-cop-1.1_smt.1"), end("iso-iec-42001-7.2", "A.4.2"))
    content = collection(one, source="urn:aicop:uk-ai-cop@2025-01", target="catalogs/iso.json")
    found = read(content, ImportOptions(target="iso-iec-42001")).mappings
    assert {str(item.source) for item in found} == {f"{code.id}:5.1", f"{code.id}:1.1#1"}
    assert {str(item.target) for item in found} == {"iso-iec-42001@2023:7.2", "iso-iec-42001@2023:A.4.2"}


def test_options_take_precedence_over_the_file() -> None:
    """Options name both frameworks, by key or by edition."""
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")), source="#none", target="urn:aicop:c@1")
    options = ImportOptions(source="a", target="b@1", frameworks=(A, B))
    assert [str(one.target) for one in read(content, options).mappings] == ["b@1:Y-1"]
    with pytest.raises(UnknownEdition):
        read(content, ImportOptions(source="no-such", target="b", frameworks=(A, B)))


MAPS = "mapping-collection.mappings[0].maps[0]"


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            one_map("bogus-relation", end("X-1"), end("Y-1")),
            [
                (
                    f"{MAPS}.relationship",
                    "'bogus-relation' is not a relation of OSCAL; use one of: equal-to, subset-of, superset-of, "
                    "intersects-with, no-relationship, equivalent-to",
                )
            ],
        ),
        (
            one_map("equal-to", end("X-1"), end("Y-1"), ns="https://example.org/ns"),
            [
                (
                    f"{MAPS}.ns",
                    "the relationship is defined by 'https://example.org/ns'; only those defined by OSCAL can be read",
                )
            ],
        ),
        (
            one_map("equal-to", [], end("Y-1"), confidence_score={"percentage": 1.5}),
            [
                (f"{MAPS}.confidence-score.percentage", "input should be less than or equal to 1"),
                (f"{MAPS}.sources", "needs at least 1 item"),
            ],
        ),
        (
            one_map("equal-to", end("Q"), end("R")),
            [
                (f"{MAPS}.sources", "'Q': a@1 has no 'Q'."),
            ],
        ),
        (
            one_map("equal-to", end("X-1"), end("R")),
            [
                (
                    f"{MAPS}.relationship",
                    "equal-to needs a requirement or mitigation on both sides, not a risk",
                )
            ],
        ),
        (
            one_map(
                "subset-of",
                end("X-1"),
                end("Y-1"),
                props=[{"name": "strength", "ns": OURS, "value": "4"}],
            ),
            [
                (
                    f"{MAPS}.props",
                    "subset-of requires strength 10, not 4: the target asks all that the source asks",
                ),
            ],
        ),
    ],
    ids=["relation", "namespace", "shape", "id", "nature", "facts"],
)
def test_faults_of_a_map_have_their_places(one: Plain, expected: list[tuple[str, str]]) -> None:
    """Faults include unknown relations, which other tools accept."""
    assert faults(collection(one), OWN) == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (
            {"source": "trestle://catalogs/x/catalog.json", "target": "#gone"},
            [
                (
                    "mapping-collection.mappings[0].source-resource.href",
                    "'trestle://catalogs/x/catalog.json' does not name a framework; write its edition there, such as "
                    "acme@2026.json, or say which framework it is with --resource NAME=FRAMEWORK, or --source if it is the only one",
                ),
                (
                    "mapping-collection.mappings[0].target-resource.href",
                    "'#gone' does not name a framework; write its edition there, such as "
                    "acme@2026.json, or say which framework it is with --resource NAME=FRAMEWORK, or --target if it is the only one",
                ),
                (
                    f"{MAPS}.relationship",
                    "'x' is not a relation of OSCAL; use one of: equal-to, subset-of, "
                    "superset-of, intersects-with, no-relationship, equivalent-to",
                ),
            ],
        ),
    ],
)
def test_unknown_frameworks_are_reported(ends: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """Frameworks that cannot be identified are reported with all other faults."""
    assert faults(collection(one_map("x", end("X-1"), end("Y-1")), **ends), OWN) == expected


def test_an_unavailable_framework_is_a_fault() -> None:
    """The fault advises passing the framework."""
    ((place, problem), *_) = faults(collection(one_map("equal-to", end("X-1"), end("Y-1"))))
    assert place == "mapping-collection.mappings[0].source-resource.href"
    assert problem == "unknown framework 'a@1'; add your own framework to your library"


def test_faults_of_several_mappings_are_reported_together() -> None:
    """Each fault has its own place."""
    content = collection(one_map("equal-to", end("X-9"), end("Y-1")))
    content["mapping-collection"]["mappings"] *= 2
    assert [place for place, _ in faults(content, OWN)] == [
        "mapping-collection.mappings[0].maps[0].sources",
        "mapping-collection.mappings[1].maps[0].sources",
    ]


UNFOUND = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "equal-to", B.key("X-1")),
        row(A.key("Y-1"), "nothing-found", None, searched=B.id),
        row(A.key("Y-2"), "nothing-found", None, searched=B.id),
    ],
    A,
    B,
)


def test_faults_of_not_found_rows_have_their_places() -> None:
    """An unknown source in a not-found property is a fault at its place."""
    content = json.loads(dumps(UNFOUND))
    (mapping,) = content["mapping-collection"]["mappings"]
    places = [i for i, prop in enumerate(mapping["props"]) if prop["name"] == "nothing-found"]
    mapping["props"][places[1]]["value"] = "a@1:Z"
    assert faults(content, OWN) == [
        (f"mapping-collection.mappings[0].props[{places[1]}].value", "'a@1:Z': a@1 has no 'Z'.")
    ]


def test_not_found_properties_are_grouped() -> None:
    """Facts of a not-found row are found by their group, and a group used twice belongs to the first."""
    content = json.loads(dumps(UNFOUND))
    (mapping,) = content["mapping-collection"]["mappings"]
    for prop in mapping["props"]:
        if prop["value"] == "a@1:Y-1":
            del prop["group"]
    found = {str(one.source): one for one in read(content, OWN).mappings if one.target is None}
    assert found["a@1:Y-1"].author is None
    assert found["a@1:Y-2"].author == "we"
    assert read(content, OWN).dropped[0] == "4 properties"
    for prop in mapping["props"]:
        prop["group"] = "same"
    found = {str(one.source): one for one in read(content, OWN).mappings if one.target is None}
    assert [found[f"a@1:{name}"].author for name in ("Y-1", "Y-2")] == ["we", None]


def test_unprintable_characters_are_counted() -> None:
    """Unprintable characters are removed from catalogs and maps and counted."""
    reading = read(catalog(controls=[control("a", statement("of\u200b two\nlines\u00ad"))]))
    assert reading.frameworks[0].controls[0].words == "of two lines"
    assert reading.dropped == ("2 unprintable characters",)
    reading = read(collection(one_map("subset-of", end("X-1"), end("Y-1"), remarks="a\u200bb")), OWN)
    assert reading.mappings[0].rationale == "ab"
    assert reading.dropped == ("1 provenance", "1 unprintable character")


def test_strength_of_a_group_is_not_that_of_its_members() -> None:
    """Strength and remainder of a group are dropped and counted."""
    more = [{"name": name, "ns": OURS, "value": value} for name, value in (("strength", "10"), ("remainder", "x"))]
    reading = read(collection(one_map("equal-to", end("X-1", "X-2"), end("Y-1", "Y-2"), props=more)), OWN)
    assert [(one.strength, one.remainder) for one in reading.mappings] == [(None, None)] * 4
    assert "1 strength or remainder of a group of elements, not valid for each member" in reading.dropped


def test_a_duplicate_fact_is_read_once() -> None:
    """The first value of a fact is read, and a second is counted as dropped."""
    more = [{"name": "strength", "ns": OURS, "value": value} for value in ("5", "7")]
    reading = read(collection(one_map("intersects-with", end("X-1"), end("Y-1"), props=more)), OWN)
    assert reading.mappings[0].strength == 5
    assert "1 property" in reading.dropped


def test_the_first_of_many_faults_are_shown() -> None:
    """The message shows the first faults and counts the rest."""
    with pytest.raises(InvalidDocument) as caught:
        read(collection(*[one_map("bogus", end("X-1"), end("Y-1"))] * 1000), OWN)
    assert str(caught.value).startswith(f"{FILE}: 1,000 errors\n")
    assert str(caught.value).endswith("\n  and 899 more")


def test_each_pair_of_frameworks_is_a_set() -> None:
    """Mappings between other frameworks are another set, so that not-found rows apply to their own target only."""
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")))
    [first] = content["mapping-collection"]["mappings"]
    turned = first | {"source-resource": first["target-resource"], "target-resource": first["source-resource"]}
    content["mapping-collection"]["mappings"] = [first, turned]
    assert [one.set for one in read(content, OWN).mappings] == ["the-norm: 1", "the-norm: 2"]


def test_a_pair_that_is_mapped_twice_in_a_file_is_merged() -> None:
    """An author judges a pair once in a file, even if it is in two mappings; what is merged is counted."""
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")))
    again = collection(one_map("equal-to", end("X-1"), end("Y-1"), remarks="Said again."))
    content["mapping-collection"]["mappings"] += again["mapping-collection"]["mappings"]
    reading = read(content, OWN)
    assert [(one.set, one.rationale) for one in reading.mappings] == [("the-norm: 1", "Said again.")]
    assert "1 further mapping of the same pair, merged" in reading.dropped
