"""OSCAL of others: what is understood of it, what is counted, and what is wrong with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk
from aicop.errors import Fault, InvalidDocument, InvalidId, UnknownEdition
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.oscal import dumps, loads
from aicop.vocabulary import MappingBasis, Nature, Predicate
from tests.examples import A, B, row

if TYPE_CHECKING:
    from aicop import Catalogue
    from aicop.frameworks import Framework
    from aicop.ids import Key
    from aicop.interop.common.format import ImportResult
    from aicop.model import Control

FILE = "theirs.json"
OURS = "urn:aicop:"
Plain = dict[str, Any]


def head(**more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Give the head of a document."""
    return {
        "title": "The Norm",
        "last-modified": "2026-01-01T00:00:00Z",
        "version": "2.1",
        "oscal-version": "1.1.3",
    } | {name.replace("_", "-"): value for name, value in more.items()}


def catalog(*, metadata: Plain | None = None, **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Give a catalog of somebody else."""
    return {
        "catalog": {"uuid": "u", "metadata": metadata or head()} | {n.replace("_", "-"): v for n, v in more.items()}
    }


def control(name: str, *parts: Plain, **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Give a control."""
    return {"id": name, "title": f"Title of {name}"} | ({"parts": [*parts]} if parts else {}) | more


def statement(prose: str | None, *items: Plain) -> Plain:
    """Give what a control asks."""
    return {"name": "statement"} | ({"prose": prose} if prose else {}) | ({"parts": [*items]} if items else {})


def item(prose: str, *items: Plain) -> Plain:
    """Give a part of it."""
    return {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": prose, "parts": [*items]}


def read(content: Plain | str | bytes, options: ImportOptions = ImportOptions()) -> ImportResult:
    """Read a document."""
    return loads(json.dumps(content) if isinstance(content, dict) else content, FILE, options)


def controls(content: Plain) -> list[Control]:
    """Give the elements of a catalog."""
    (framework,) = read(content).frameworks
    return list(framework.controls)


def faults(content: Plain | str | bytes, options: ImportOptions = ImportOptions()) -> list[tuple[str, str]]:
    """Give place and problem of all that is wrong."""
    with pytest.raises(InvalidDocument) as caught:
        read(content, options)
    assert {fault.file for fault in caught.value.faults} == {FILE}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


def test_groups_and_controls_are_elements_at_any_depth() -> None:
    """In the order of the file; ids are those of OSCAL, kinds are classes, else what OSCAL calls the thing."""
    inner = {
        "id": "g-1",
        "title": "Inner",
        "controls": [control("c-1", controls=[control("c-1.1", controls=[control("x")])])],
    }
    content = catalog(
        controls=[control("c-0", **{"class": "Norm"})],
        groups=[{"id": "g", "class": "family", "title": "Outer", "groups": [inner]}],
    )
    assert [(str(one.id), str(one.parent or ""), one.kind, one.title) for one in controls(content)] == [
        ("the-norm@2.1:c-0", "", "Norm", "Title of c-0"),
        ("the-norm@2.1:g", "", "family", "Outer"),
        ("the-norm@2.1:g-1", "the-norm@2.1:g", "group", "Inner"),
        ("the-norm@2.1:c-1", "the-norm@2.1:g-1", "control", "Title of c-1"),
        ("the-norm@2.1:c-1.1", "the-norm@2.1:c-1", "control", "Title of c-1.1"),
        ("the-norm@2.1:x", "the-norm@2.1:c-1.1", "control", "Title of x"),
    ]
    assert {one.nature for one in controls(content)} == {Nature.REQUIREMENT}


def test_what_a_control_asks_is_its_statement_with_all_its_items() -> None:
    """As one line; guidance and assessment ask nothing, and of a group the overview says what it is about."""
    part = statement("Do:", item("one;", item("half of it\nand"), item("the other half;")), item("two."))
    group = {
        "id": "g",
        "title": "G",
        "parts": [{"name": "overview", "prose": "About G."}, statement("Of no account.")],
        "controls": [control("c", part, {"name": "guidance", "prose": "Well."}), control("d", statement(None))],
    }
    assert [one.words for one in controls(catalog(groups=[group]))] == [
        "About G.",
        "Do: one; half of it and the other half; two.",
        None,
    ]


def test_kinds_and_titles_are_one_line_and_never_empty() -> None:
    """A class that is blank is no kind; a document whose title is blank is called by its key."""
    named = [control("a", **{"class": " \n"}), control("b", **{"class": "of\ntwo  words\u200b"})]
    (framework,) = read(catalog(metadata=head(title=" \t"), controls=named)).frameworks
    assert [one.kind for one in framework.controls] == ["control", "of two words"]
    assert framework.edition.title == str(framework.id) == "unknown@2.1"


def test_roles_and_kinds_of_ours_are_one_line(code: Catalogue) -> None:
    """Whatever somebody made of them."""
    text = edited(dumps(code), kind=" \n")
    for one in text["catalog"]["metadata"]["roles"]:
        one["title"] = " De\u200bveloper\nof it "
    (framework,) = read(text).frameworks
    assert {one.title for one in framework.controls if one.kind == "role"} == {"Developer of it"}
    assert all(one.kind.strip() for one in framework.controls)


def test_a_title_that_repeats_the_id_is_none() -> None:
    """OSCAL wants one where the publisher gives none; so too a class that repeats the id is no kind."""
    reading = read(catalog(controls=[control("GV.OC-01", title="GV.OC-01", **{"class": "GV-OC-1"})]))
    (one,) = reading.frameworks[0].controls
    assert (one.title, one.kind) == (None, "control")
    assert reading.dropped == ("1 title that repeats the id",)


def test_groups_without_an_id_are_named_by_their_place() -> None:
    """And that is told."""
    content = catalog(groups=[{"title": "A"}, {"title": "B", "groups": [{"title": "C", "controls": [control("c")]}]}])
    reading = read(content)
    assert [str(one.id) for one in reading.frameworks[0].controls] == [
        "the-norm@2.1:group-1",
        "the-norm@2.1:group-2",
        "the-norm@2.1:group-2.1",
        "the-norm@2.1:c",
    ]
    assert reading.unstated == (
        "the id of 3 groups, named by their place",
        "the nature of 4 elements, taken for requirements",
    )


def test_what_is_withdrawn_is_left_out_and_what_it_holds_is_not() -> None:
    """Its parts then stand under what it stands in."""
    gone = control("c", props=[{"name": "status", "value": "Withdrawn"}], controls=[control("c.1")])
    kept = control("d", props=[{"name": "status", "ns": "https://other", "value": "withdrawn"}])
    reading = read(catalog(groups=[{"id": "g", "title": "G", "controls": [gone, kept]}]))
    assert [(str(one.id), str(one.parent or "")) for one in reading.frameworks[0].controls] == [
        ("the-norm@2.1:g", ""),
        ("the-norm@2.1:c.1", "the-norm@2.1:g"),
        ("the-norm@2.1:d", "the-norm@2.1:g"),
    ]
    assert reading.dropped == ("1 withdrawn element", "1 property")


def test_all_that_is_not_taken_is_counted() -> None:
    """Fields that OSCAL does not have among it."""
    part = statement("Do.", item("It.")) | {"links": [{"href": "#x"}], "title": "Statement"}
    guidance = {"name": "guidance", "parts": [{"name": "item"}, {"name": "item"}]}
    one = control(
        "c", part, guidance, params=[{"id": "p"}, {"id": "q"}], props=[{"name": "label", "value": "C"}], links=[{}], x=1
    )
    metadata = head(
        props=[{"name": "marking", "value": "none"}],
        parties=[{"uuid": "1", "name": "They"}, {"uuid": "2"}],
        roles=[{"id": "creator", "title": "Creator"}],
        responsible_parties=[{"role-id": "creator", "party-uuids": ["1"]}],
        revisions=[{}, {}, {}],
        document_ids=[{}],
        remarks="Well.",
        published="2026-01-01T00:00:00Z",
    )
    content = catalog(
        metadata=metadata, controls=[one], params=[{"id": "r"}], back_matter={"resources": [{"uuid": "a"}]}
    )
    content["catalog"]["Odd\nfield"] = {}
    reading = read(content)
    assert set(reading.dropped) == {
        "3 properties",
        "1 date of publication",
        "3 parameters",
        "2 links",
        "3 parts",
        "1 title",
        "1 field 'x'",
        "1 party",
        "1 role",
        "3 revisions",
        "1 document id",
        "1 remark",
        "1 back-matter resource",
        r"1 field 'Odd\nfield'",
    }
    assert reading.format == "OSCAL 1.1.3 catalog"
    assert reading.frameworks[0].edition.publisher == "They"


@pytest.mark.parametrize(
    ("more", "publisher"),
    [
        ({}, None),
        ({"parties": [{"uuid": "1", "name": "They"}]}, None),
        ({"parties": [{"uuid": "1"}], "responsible-parties": [{"role-id": "creator", "party-uuids": ["1"]}]}, None),
        (
            {
                "parties": [{"uuid": "1", "name": "They"}, {"uuid": "2", "name": "We\n all"}],
                "responsible-parties": [
                    {"role-id": "author", "party-uuids": ["1"]},
                    {"role-id": "publisher", "party-uuids": ["2"]},
                ],
            },
            "We all",
        ),
    ],
    ids=["nobody", "no part", "no name", "publisher"],
)
def test_the_publisher_is_who_has_the_part(more: Plain, publisher: str | None) -> None:
    """Before a creator, an author, and who prepared it."""
    assert read(catalog(metadata=head() | more)).frameworks[0].edition.publisher == publisher


@pytest.mark.parametrize(
    ("metadata", "options", "edition"),
    [
        (head(), ImportOptions(), "the-norm@2.1"),
        (head(version="v1.0 (draft)"), ImportOptions(framework="norm"), "norm@1.0-draft"),
        (head(), ImportOptions(framework="norm", edition="2"), "norm@2"),
        ({name: value for name, value in head().items() if name != "version"}, ImportOptions(), "the-norm@unknown"),
        (head(oscal_version="v1.2.2"), ImportOptions(), "the-norm@2.1"),
    ],
)
def test_what_a_framework_is_called(metadata: Plain, options: ImportOptions, edition: str) -> None:
    """By its title and version, unless the reader is told."""
    (framework,) = read(catalog(metadata=metadata), options).frameworks
    assert str(framework.id) == edition
    assert framework.edition.title == "The Norm"


def test_names_that_are_none_are_refused() -> None:
    """As what the caller said, not what the file says."""
    with pytest.raises(InvalidId):
        read(catalog(), ImportOptions(framework="The Norm"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", [("", "must be a JSON object, not list")]),
        ("{", [("line 1, column 2", "not JSON: Expecting property name enclosed in double quotes")]),
        ({}, [("", "holds no model of OSCAL; read are a catalog and a mapping-collection")]),
        (
            {"profile": {}},
            [
                (
                    "",
                    "holds a profile, which chooses among the controls of a catalog; read the catalog, or what it "
                    "resolves to; read are a catalog and a mapping-collection",
                )
            ],
        ),
        (
            {"system-security-plan": {}},
            [("", "holds a system security plan; read are a catalog and a mapping-collection")],
        ),
        (
            {"catalog": {"uuid": "u"}},
            [("catalog.metadata", "this field is missing")],
        ),
        (
            catalog(metadata=head(oscal_version="2.0.0", title="")),
            [
                ("catalog.metadata.oscal-version", "'2.0.0': only versions 1 of OSCAL are read"),
                ("catalog.metadata.title", "string should have at least 1 character, not ''"),
            ],
        ),
        (
            catalog(groups=[{"id": "g", "title": "G", "controls": [{"title": 5}, control("c", {"prose": None})]}]),
            [
                ("catalog.groups[0].controls[0].id", "this field is missing"),
                ("catalog.groups[0].controls[0].title", 'must be text, not int; write it in quotes: "5"'),
                ("catalog.groups[0].controls[1].parts[0].name", "this field is missing"),
                ("catalog.groups[0].controls[1].parts[0].prose", "must be text, not NoneType"),
            ],
        ),
        (
            catalog(controls=[control("a"), control("A"), control("b c\n"), control("d", controls=[control("d")])]),
            [
                ("catalog.controls[2].id", r"'b c\n' cannot be an id"),
                ("catalog.controls[3].controls[0].id", "d stands at catalog.controls[3].id already"),
                ("catalog.controls[3].id", "d is below d: a circle"),
                ("catalog.controls[1].id", "A differs from a only in case, separators or zeros"),
            ],
        ),
        (
            catalog(controls=[control("a"), control("A"), control("b"), control("b")]),
            [
                ("catalog.controls[3].id", "b stands at catalog.controls[2].id already"),
                ("catalog.controls[1].id", "A differs from a only in case, separators or zeros"),
            ],
        ),
    ],
    ids=["list", "broken", "nothing", "profile", "plan", "no head", "head", "shape", "ids", "same ids"],
)
def test_what_is_wrong_with_a_catalog_is_told_with_its_place(
    content: Plain | str, expected: list[tuple[str, str]]
) -> None:
    """All of it at once."""
    assert faults(content) == expected


def edited(text: str, **changes: str) -> Plain:
    """Change what some of our properties say."""
    content: Plain = json.loads(text)

    def walk(value: Any) -> None:  # noqa: ANN401 -- plain data
        if isinstance(value, dict):
            if value.get("ns") == OURS and value["name"] in changes:
                value["value"] = changes[value["name"]]
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(content)
    return content


def test_our_own_words_are_checked_too() -> None:
    """A nature that is none, and an edition that cannot be one."""
    text = dumps(frameworks.load("cyber-essentials"))
    natures = faults(edited(text, nature="wish"))
    assert natures[0] == (
        "catalog.controls[0].props",
        "'wish' is not a nature; use one of: requirement, mitigation, risk, technique, role, stage, document, heading",
    )
    assert len(natures) == 5
    assert faults(edited(text, edition="no edition")) == [
        ("catalog.metadata.props", "'no edition' is not an edition id such as 'etsi-en-304-223@2.1.1'")
    ]


def test_a_key_of_ours_that_names_nothing_leaves_the_id() -> None:
    """As it is in OSCAL."""
    text = edited(dumps(frameworks.load("cyber-essentials")), key="no key")
    (framework,) = read(text).frameworks
    assert [str(one.id).partition(":")[2] for one in framework.controls] == [
        one["id"] for one in text["catalog"]["controls"]
    ]


def test_our_properties_count_only_in_our_documents() -> None:
    """In a catalog that does not say that it is ours they are properties like any other."""
    part = statement("Do.") | {"props": [{"name": "key", "ns": OURS, "value": "a@1:c-1"}]}
    one = control("c", part, props=[{"name": "kind", "ns": OURS, "value": "wish"}])
    reading = read(catalog(controls=[one]))
    assert [known.kind for known in reading.frameworks[0].controls] == ["control"]
    assert reading.dropped == ("2 properties",)


def end(*names: str) -> list[Plain]:
    """Give the ends of a map."""
    return [{"type": "control", "id-ref": name} for name in names]


def one_map(relationship: str, sources: list[Plain], targets: list[Plain], **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Give a map."""
    known = {"uuid": "u", "relationship": relationship, "sources": sources, "targets": targets}
    return known | {name.replace("_", "-"): value for name, value in more.items()}


def collection(*maps: Plain, source: str = "urn:aicop:a@1", target: str = "urn:aicop:b@1", **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Give a mapping collection of somebody else."""
    mapping = {
        "uuid": "u",
        "source-resource": {"type": "catalog", "href": source},
        "target-resource": {"type": "catalog", "href": target},
        "maps": [*maps],
    }
    return {
        "mapping-collection": {
            "uuid": "u",
            "metadata": head(oscal_version="1.2.1"),
            "provenance": {"method": "human"},
            "mappings": [mapping | {name.replace("_", "-"): value for name, value in more.items()}],
        }
    }


OWN = ImportOptions(frameworks=(A, B))


def rows(content: Plain) -> list[tuple[str, str, str]]:
    """Give the mappings of a collection, as keys and words."""
    return [(str(one.source), one.predicate.value, str(one.target)) for one in read(content, OWN).mappings]


def test_a_map_of_others_is_a_mapping_that_leaves_much_open() -> None:
    """Who says so and when is not told; the reason is, and how sure."""
    one = one_map("subset-of", end("X-1"), end("y-2"), remarks="Because\nof it.", confidence_score={"percentage": 0.7})
    reading = read(collection(one), OWN)
    (found,) = reading.mappings
    assert (str(found.source), found.predicate, str(found.target)) == ("a@1:X-1", Predicate.SUBSET, "b@1:Y-2")
    assert (found.rationale, found.confidence, found.author, found.date) == ("Because of it.", 7, None, None)
    assert (found.basis, found.set) == (MappingBasis.IMPORTED, "the-norm")
    assert reading.unstated == ("the maker of 1 mapping", "the date of 1 mapping")
    assert reading.dropped == ("1 provenance",)
    assert reading.format == "OSCAL 1.2.1 mapping-collection"


@pytest.mark.parametrize(
    ("word", "sources", "targets", "predicate"),
    [
        ("equal-to", 1, 1, "equal-to"),
        ("equivalent-to", 1, 1, "equal-to"),
        ("no-relationship", 2, 2, "no-relationship"),
        ("equal-to", 2, 1, "related-to"),
        ("equal-to", 1, 2, "related-to"),
        ("subset-of", 2, 1, "subset-of"),
        ("superset-of", 1, 2, "superset-of"),
        ("superset-of", 2, 1, "associated-with"),
        ("intersects-with", 2, 2, "associated-with"),
    ],
)
def test_maps_of_several_say_less_of_each(word: str, sources: int, targets: int, predicate: str) -> None:
    """They speak of what the members ask together."""
    content = collection(one_map(word, end(*["X-1", "X-2"][:sources]), end(*["Y-1", "Y-2"][:targets])))
    assert rows(content) == [
        (f"a@1:{one}", predicate, f"b@1:{other}")
        for one in ["X-1", "X-2"][:sources]
        for other in ["Y-1", "Y-2"][:targets]
    ]


def test_several_maps_of_one_pair_are_joined() -> None:
    """What they know together; what cannot be true together is a fault."""
    several = one_map("equal-to", end("X-1"), end("Y-1", "Y-2"), remarks="Both.")
    sharp = one_map("equal-to", end("X-1"), end("Y-1"), remarks="One.")
    content = collection(several, sharp)
    assert rows(content) == [("a@1:X-1", "equal-to", "b@1:Y-1"), ("a@1:X-1", "related-to", "b@1:Y-2")]
    assert read(content, OWN).dropped == (
        "1 mapping of a pair that is mapped before, joined with it",
        "1 provenance",
    )
    assert read(content, OWN).mappings[0].rationale == "Both. One."
    assert faults(collection(sharp, one_map("no-relationship", end("X-1"), end("Y-1"))), OWN) == [
        (
            "mapping-collection.mappings[0].maps[1].relationship",
            "what mapping-collection.mappings[0].maps[0] says of a@1:X-1 and b@1:Y-1 contradicts it",
        )
    ]


def test_a_member_that_stands_twice_in_a_map_is_one() -> None:
    """It says nothing more."""
    assert rows(collection(one_map("no-relationship", end("X-1", "X-1"), end("Y-1")))) == [
        ("a@1:X-1", "no-relationship", "b@1:Y-1")
    ]


def test_what_of_maps_is_not_taken_is_counted() -> None:
    """Our own properties are taken, and those of others are not."""
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
        "1 confidence that is a word",
        "1 confidence between two tenths, rounded down",
        "1 coverage",
        "2 qualifiers",
        "1 matching rationale",
        "2 lists of unmapped controls",
        "1 status",
        "1 provenance",
    }


def test_the_pairs_of_a_file_have_a_limit() -> None:
    """Of all its maps together, and of one before its pairs are made; it is told once, where it is exceeded."""
    wide = one_map("no-relationship", end(*["X-1"] * 400), end(*["Y-1"] * 250))
    assert rows(collection(wide)) == [("a@1:X-1", "no-relationship", "b@1:Y-1")]
    huge = one_map("no-relationship", end(*["X-1"] * 20_000), end(*["Y-1"] * 20_000))
    content = collection(one_map("equal-to", end("X-2"), end("Y-2")), huge)
    content["mapping-collection"]["mappings"] *= 2
    said = "with this map the file speaks of more than 100,000 pairs; divide it"
    assert faults(content, OWN) == [("mapping-collection.mappings[0].maps[1]", said)]


def test_the_ids_of_a_catalogue_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many mappings name it."""
    asked: list[str] = []

    def counted(framework: Framework) -> dict[Key, str]:
        asked.append(str(framework.id))
        return oscal_ids(framework)

    monkeypatch.setattr("aicop.interop.common.resolver.oscal_ids", counted)
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")))
    content["mapping-collection"]["mappings"] *= 3
    assert len(read(content, OWN).mappings) == 3
    assert asked == ["a@1", "b@1"]


def test_a_framework_of_no_elements_is_known() -> None:
    """Ids that it does not have are told, and nothing is passed over."""
    empty = frameworks.loads("id,kind\n", "e.csv", framework="e", edition="1", title="E")
    ((place, said),) = faults(
        collection(one_map("equal-to", end("X-1"), end("Y-1")), source="urn:aicop:e@1"),
        ImportOptions(frameworks=(empty, B)),
    )
    assert place == f"{MAPS}.sources"
    assert said.startswith("'X-1': e@1 has no 'X-1'.")


def test_a_single_mapping_may_stand_without_a_list() -> None:
    """OSCAL allows it in JSON."""
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
    """By our IRI, or by our property."""
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")), source="#r")
    content["mapping-collection"]["back-matter"] = {"resources": [resource]}
    assert rows(content) == [("a@1:X-1", "equal-to", "b@1:Y-1")]


def test_ids_of_our_catalogs_are_known(code: Any) -> None:  # noqa: ANN401 -- an edition
    """Whoever maps to the catalog that is written here names its ids, which are not those that are printed."""
    one = one_map("subset-of", end("uk-ai-cop-5.1", "uk-ai-cop-1.1_smt.1"), end("iso-iec-42001-7.2", "A.4.2"))
    content = collection(one, source="urn:aicop:uk-ai-cop@2025-01", target="catalogs/iso.json")
    found = read(content, ImportOptions(target="iso-iec-42001")).mappings
    assert {str(item.source) for item in found} == {f"{code.id}:5.1", f"{code.id}:1.1#1"}
    assert {str(item.target) for item in found} == {"iso-iec-42001@2023:7.2", "iso-iec-42001@2023:A.4.2"}


def test_what_the_reader_is_told_goes_before_what_the_file_says() -> None:
    """By key or by edition."""
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
                    "'https://example.org/ns' gives this word a meaning of its own; only those of OSCAL are read",
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
                    "equal-to holds between things that ask something, and a risk does not",
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
                    "subset-of means that the target asks all that the source asks: strength 10, not 4",
                ),
            ],
        ),
    ],
    ids=["relation", "namespace", "shape", "id", "nature", "facts"],
)
def test_what_is_wrong_with_a_map_is_told_with_its_place(one: Plain, expected: list[tuple[str, str]]) -> None:
    """Relation words among it, which the tools of others let pass."""
    assert faults(collection(one), OWN) == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (
            {"source": "trestle://catalogs/x/catalog.json", "target": "#gone"},
            [
                (
                    "mapping-collection.mappings[0].source-resource.href",
                    "'trestle://catalogs/x/catalog.json' does not say which framework this is; name it as the source (--source)",
                ),
                (
                    "mapping-collection.mappings[0].target-resource.href",
                    "'#gone' does not say which framework this is; name it as the target (--target)",
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
def test_frameworks_that_are_not_named_are_asked_for(ends: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """Together with whatever else is wrong."""
    assert faults(collection(one_map("x", end("X-1"), end("Y-1")), **ends), OWN) == expected


def test_a_framework_of_ours_that_is_not_at_hand_is_a_fault() -> None:
    """The error says what to do."""
    ((place, problem), *_) = faults(collection(one_map("equal-to", end("X-1"), end("Y-1"))))
    assert place == "mapping-collection.mappings[0].source-resource.href"
    assert problem == "no framework 'a@1' is known here; one of your own has to be given (--framework)"


def test_faults_of_several_mappings_come_together() -> None:
    """Each with its own place."""
    content = collection(one_map("equal-to", end("X-9"), end("Y-1")))
    content["mapping-collection"]["mappings"] *= 2
    assert [place for place, _ in faults(content, OWN)] == [
        "mapping-collection.mappings[0].maps[0].sources",
        "mapping-collection.mappings[1].maps[0].sources",
    ]


UNFOUND = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "equal-to", B.key("X-1")),
        row(A.key("Y-1"), "nothing-found", None),
        row(A.key("Y-2"), "nothing-found", None),
    ],
    A,
    B,
)


def test_what_is_wrong_with_sources_for_which_nothing_was_found() -> None:
    """They stand in properties, each at its place."""
    content = json.loads(dumps(UNFOUND))
    (mapping,) = content["mapping-collection"]["mappings"]
    places = [i for i, prop in enumerate(mapping["props"]) if prop["name"] == "nothing-found"]
    mapping["props"][places[1]]["value"] = "a@1:Z"
    assert faults(content, OWN) == [
        (f"mapping-collection.mappings[0].props[{places[1]}].value", "'a@1:Z': a@1 has no 'Z'.")
    ]


def test_nothing_found_without_a_group_says_no_more() -> None:
    """And a group that is used twice is of the first."""
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


@pytest.mark.parametrize(
    "text", ["", "null", '{"catalog": 1}', '{"mapping-collection": []}', '{"catalog": {"metadata": []}}']
)
def test_whatever_it_is_the_answer_is_a_fault(text: str) -> None:
    """Never another error."""
    with pytest.raises(InvalidDocument) as caught:
        read(text)
    assert all(isinstance(fault, Fault) for fault in caught.value.faults)


def test_groups_have_no_place_in_a_control() -> None:
    """OSCAL has none there: whatever it is, it is counted and not looked into."""
    for odd in (None, [{"id": "b"}], [{"id": "b", "title": 5}]):
        reading = read(catalog(controls=[control("a", groups=odd)]))
        assert [str(one.id) for one in reading.frameworks[0].controls] == ["the-norm@2.1:a"]
        assert reading.dropped == ("1 group",)


def test_the_publisher_is_the_first_party_that_has_a_name() -> None:
    """Of the first role that any has; several may have the same one."""
    parties = [{"uuid": "1", "name": " "}, {"uuid": "2", "name": "They"}, {"uuid": "3", "name": "Others"}]
    roles = [{"role-id": "author", "party-uuids": ["3"]}, *({"role-id": "creator", "party-uuids": [n]} for n in "12")]
    reading = read(catalog(metadata=head(parties=parties, responsible_parties=roles)))
    assert reading.frameworks[0].edition.publisher == "They"
    assert reading.dropped == ("2 parties", "2 responsible parties")
    (nobody,) = read(catalog(metadata=head(parties=parties[:1], responsible_parties=roles[1:2]))).frameworks
    assert nobody.edition.publisher is None


def test_a_catalog_without_a_version_is_of_no_edition_that_is_known() -> None:
    """And that is told, unless somebody names it."""
    metadata = head(version=" ")
    assert read(catalog(metadata=metadata)).unstated == ("the edition of 1 framework",)
    assert read(catalog(metadata=metadata), ImportOptions(edition="7")).unstated == ()


def test_all_that_is_wrong_with_a_catalog_of_ours_comes_at_once(mini: Catalogue) -> None:
    """Natures, ids and what stands twice."""
    text = json.loads(dumps(mini).replace('"requirement"', '"wish"', 1))
    first = text["catalog"]["groups"][0]
    first["groups"][0]["controls"].append({"id": " b ", "title": "B"})
    first["groups"][0]["controls"].append({"id": " b ", "title": "B"})
    told = " ".join(problem for _, problem in faults(text))
    assert "'wish' is not a nature" in told
    assert told.count("' b ' cannot be an id") == 2
    assert "already" in told


def test_what_cannot_be_printed_is_counted() -> None:
    """In catalogs and in maps; line breaks are blanks."""
    reading = read(catalog(controls=[control("a", statement("of\u200b two\nlines\u00ad"))]))
    assert reading.frameworks[0].controls[0].words == "of two lines"
    assert reading.dropped == ("2 characters that cannot be printed",)
    reading = read(collection(one_map("subset-of", end("X-1"), end("Y-1"), remarks="a\u200bb")), OWN)
    assert reading.mappings[0].rationale == "ab"
    assert reading.dropped == ("1 provenance", "1 character that cannot be printed")


def test_how_much_groups_share_is_not_said_of_their_members() -> None:
    """Nor what is left open of them."""
    more = [{"name": name, "ns": OURS, "value": value} for name, value in (("strength", "10"), ("remainder", "x"))]
    reading = read(collection(one_map("equal-to", end("X-1"), end("Y-1", "Y-2"), props=more)), OWN)
    assert [(one.strength, one.remainder) for one in reading.mappings] == [(None, None)] * 2
    assert "1 strength or remainder of a group, which its members do not have" in reading.dropped


def test_a_fact_that_is_stated_twice_is_taken_once() -> None:
    """The other one is counted."""
    more = [{"name": "strength", "ns": OURS, "value": value} for value in ("5", "7")]
    reading = read(collection(one_map("intersects-with", end("X-1"), end("Y-1"), props=more)), OWN)
    assert reading.mappings[0].strength == 5
    assert "1 property" in reading.dropped


def test_of_many_faults_the_first_are_told() -> None:
    """And how many there are more."""
    with pytest.raises(InvalidDocument) as caught:
        read(collection(*[one_map("bogus", end("X-1"), end("Y-1"))] * 1000), OWN)
    assert str(caught.value).startswith(f"{FILE}: 1,000 faults\n")
    assert str(caught.value).endswith("\n  and 899 more")


def test_each_mapping_of_several_is_a_set() -> None:
    """So that what was not found in one target is not taken as not found in another."""
    content = collection(one_map("equal-to", end("X-1"), end("Y-1")))
    content["mapping-collection"]["mappings"] *= 2
    assert [one.set for one in read(content, OWN).mappings] == ["the-norm: 1", "the-norm: 2"]
