"""SARIF exports, and the rules of the specification that validators do not check."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import given

from aicop import Catalogue, EditionId, Library, UnknownEdition, UnknownKey, frameworks, load, parse
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.frameworks import Framework, available, loads
from aicop.interop.common.rows import rows_of
from aicop.interop.sarif import FORMAT, dumps, reference, taxonomy
from aicop.manifest import editions as shipped
from aicop.mappings import sets
from aicop.vocabulary import Predicate
from tests.examples import A, B, row
from tests.interop import generated
from tests.interop.generated import crosswalks, editions
from tests.interop.snapshots import same_as_snapshot

Plain = dict[str, Any]

KINDS = {
    *("equal", "superset", "subset", "disjoint", "incomparable", "relevant"),
    *("canFollow", "canPrecede", "willFollow", "willPrecede"),
}
"""Those of SARIF 2.1.0, 3.53.3."""


def _taxonomies(item: Catalogue | Framework | Crosswalk) -> list[Plain]:
    (run,) = json.loads(dumps(item))["runs"]
    found: list[Plain] = run["taxonomies"]
    return found


def _taxa(taxonomy: Plain) -> dict[str, Plain]:
    return {taxon["id"]: taxon for taxon in taxonomy["taxa"]}


def _related(taxon: Plain) -> list[tuple[str, str, list[str]]]:
    """Return the component, id and kinds of each relationship of a taxon."""
    return [
        (one["target"]["toolComponent"]["name"], one["target"]["id"], one["kinds"])
        for one in taxon.get("relationships", [])
    ]


def _check(taxonomies: list[Plain]) -> None:
    """Check the rules of the specification that the validator does not."""
    components = {item["guid"]: item for item in taxonomies}
    assert len(components) == len(taxonomies)
    taxa = [taxon for item in taxonomies for taxon in item["taxa"]]
    guids = {guid: name for guid, item in components.items() for name in [item["name"]]}
    assert len({taxon["guid"] for taxon in taxa}) == len(taxa)
    for guid in [*guids, *(taxon["guid"] for taxon in taxa)]:
        assert str(UUID(guid)) == guid
    for item in taxonomies:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", item.get("releaseDateUtc", "2026-01-01"))
        assert re.fullmatch(r"https?://\S+", item.get("informationUri", "https://example.org"))
    for taxon in taxa:
        assert taxon["shortDescription"]["text"]
        for one in taxon.get("relationships", []):
            component = components[one["target"]["toolComponent"]["guid"]]
            # There is no index, which would refer to the tool's extensions (3.54.4).
            assert one["target"]["toolComponent"] == {"name": component["name"], "guid": component["guid"]}
            assert _taxa(component)[one["target"]["id"]]["guid"] == one["target"]["guid"]
            assert set(one["kinds"]) <= KINDS


@pytest.fixture
def small() -> Crosswalk:
    """Return a crosswalk of A and B with one row of each form."""
    digests = {"source_digest": "0123456789abcdef", "target_digest": "fedcba9876543210"}
    rows = [
        row(A.key("X"), "equal-to", B.key("X"), strength=10),
        row(A.key("X-1"), "subset-of", B.key("X"), strength=10, knowledge="text", settlement="The wider reading."),
        row(A.key("X-1"), "intersects-with", B.key("Y-1"), strength=4, remainder="the rest", **digests),
        row(A.key("X-2"), "mitigates", B.key("R")),
        row(A.key("Y"), "nothing-found", None, searched=B.id),
    ]
    return Crosswalk.from_mappings(rows, A, B)


def test_the_hand_made_edition_matches_its_snapshot(mini: Catalogue) -> None:
    """The output for the hand-made edition is byte for byte as before."""
    same_as_snapshot("sarif-edition.sarif", dumps(mini))


def test_the_small_crosswalk_matches_its_snapshot(small: Crosswalk) -> None:
    """The output for the small crosswalk is byte for byte as before."""
    same_as_snapshot("sarif-crosswalk.sarif", dumps(small))


def test_a_framework_is_a_taxonomy() -> None:
    """A small framework is written with all its facts and nothing else."""
    own = loads(
        "id,parent,kind,title,nature\nF,,family,Access,\nF 1,F,control,,\n",
        "own.csv",
        framework="own",
        edition="1",
        title="Own",
    )
    log = json.loads(dumps(own))
    taxonomy = log["runs"][0]["taxonomies"][0]
    component, family, control = taxonomy["guid"], taxonomy["taxa"][0]["guid"], taxonomy["taxa"][1]["guid"]
    assert log == {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "aicop"}},
                "taxonomies": [
                    {
                        "name": "own@1",
                        "guid": component,
                        "fullName": "Own, 1",
                        "version": "1",
                        "shortDescription": {"text": "Own"},
                        "contents": ["localizedData", "nonLocalizedData"],
                        "isComprehensive": True,
                        "properties": {"aicop": {"key": "own@1", "status": "own"}},
                        "taxa": [
                            {
                                "id": "F",
                                "guid": family,
                                "name": "Access",
                                "shortDescription": {"text": "Access"},
                                "properties": {"aicop": {"key": "own@1:F", "kind": "family", "nature": "requirement"}},
                            },
                            {
                                "id": "F 1",
                                "guid": control,
                                "shortDescription": {"text": "control F 1"},
                                "relationships": [
                                    {
                                        "target": {
                                            "id": "F",
                                            "guid": family,
                                            "toolComponent": {"name": "own@1", "guid": component},
                                        },
                                        "kinds": ["superset"],
                                        "properties": {"aicop": {"parent": True}},
                                    }
                                ],
                                "properties": {
                                    "aicop": {"key": "own@1:F 1", "kind": "control", "nature": "requirement"}
                                },
                            },
                        ],
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("key", "above"),
    [
        ("secure-start", []),
        ("P1", [("secure-start", "relevant", True)]),
        ("1.1", [("P1", "superset", True)]),
        ("1.1.1", [("1.1", "relevant", True), ("P1", "superset", False)]),
        ("1.1.1#1", [("1.1.1", "superset", True)]),
    ],
)
def test_a_part_has_its_whole_as_superset(mini: Catalogue, key: str, above: list[tuple[str, str, bool]]) -> None:
    """A sub-provision is a part of its principle, but not of its parent provision."""
    taxon = _taxa(_taxonomies(mini)[0])[key]
    assert [
        (one["target"]["id"], *one["kinds"], one["properties"]["aicop"]["parent"])
        for one in taxon.get("relationships", [])
    ] == above


@pytest.mark.parametrize(
    ("predicate", "source", "target", "kind"),
    [
        ("equal-to", "X-1", "X-1", "equal"),
        # If the source is a subset, the target is the superset.
        ("subset-of", "X-1", "X-1", "superset"),
        ("superset-of", "X-1", "X-1", "subset"),
        ("intersects-with", "X-1", "X-1", "incomparable"),
        ("no-relationship", "X-1", "X-1", "disjoint"),
        ("related-to", "X-1", "X-1", "relevant"),
        ("associated-with", "X-1", "X-1", "relevant"),
        ("mitigates", "X-1", "R", "relevant"),
        ("cites", "X-1", "D", "relevant"),
        ("corresponds-to", "R", "R", "relevant"),
    ],
)
def test_kinds_describe_the_target(predicate: str, source: str, target: str, kind: str) -> None:
    """Kinds are those of SARIF 2.1.0, 3.53.3, and the exact predicate is in the property bag."""
    # Only a document can be cited.
    documents = frameworks.loads(
        "id,kind,nature\nD,document,document\n", "b.csv", framework="b", edition="1", title="Documents"
    )
    there = documents if target == "D" else B
    made = row(A.key(source), predicate, there.key(target))
    first, second = _taxonomies(Crosswalk.from_mappings([made], A, there))
    found = [item for item in _taxa(first)[source]["relationships"] if item["target"]["toolComponent"]["name"] == "b@1"]
    assert [item["kinds"] for item in found] == [[kind]]
    assert found[0]["properties"]["aicop"]["predicate"] == predicate
    assert found[0]["target"] == {
        "id": target,
        "guid": _taxa(second)[target]["guid"],
        "toolComponent": {"name": "b@1", "guid": second["guid"]},
    }


def test_every_predicate_but_nothing_found_is_written() -> None:
    """Only nothing-found, which has no target, cannot be expressed."""
    assert set(Predicate) - FORMAT.predicates == {Predicate.NOTHING}


def test_an_inverted_crosswalk(small: Crosswalk) -> None:
    """Superset becomes subset, and rows that cannot be inverted are skipped."""
    first, second = _taxonomies(small.inverse())
    assert (first["name"], second["name"]) == ("b@1", "a@1")
    assert _related(_taxa(first)["X"]) == [("a@1", "X", ["equal"]), ("a@1", "X-1", ["subset"])]
    assert _related(_taxa(first)["R"]) == []
    assert rows_of(small.inverse(), FORMAT.predicates).omitted == (
        "1 row: cannot express 'is mitigated by'",
        "1 row: no counterpart found",
    )


def test_not_found_rows_are_skipped(small: Crosswalk) -> None:
    """The taxon is written without the not-found row, which is reported as skipped."""
    assert _related(_taxa(_taxonomies(small)[0])["Y"]) == []
    assert rows_of(small, FORMAT.predicates).omitted == ("1 row: no counterpart found",)


def test_all_facts_of_a_mapping_are_written(small: Crosswalk) -> None:
    """Facts for which SARIF has no field are in the property bag."""
    found = _taxa(_taxonomies(small)[0])["X-1"]["relationships"][2]
    assert found["description"] == {"text": "a@1:X-1 intersects-with b@1:Y-1"}
    assert found["properties"] == {
        "aicop": {
            "predicate": "intersects-with",
            "strength": 4,
            "remainder": "the rest",
            "confidence": 5,
            "basis": "own",
            "author": "we",
            "date": "2026-01-01",
            "sourceDigest": "0123456789abcdef",
            "targetDigest": "fedcba9876543210",
            "set": "own",
        }
    }


def test_the_same_row_is_written_once() -> None:
    """Duplicate rows are one relationship; another author's row is another relationship."""
    rows = [row(A.key("X-1"), "equal-to", B.key("X-1"), author=author) for author in ("we", "we", "they")]
    (_, *found) = _taxa(_taxonomies(Crosswalk.from_mappings(rows, A, B))[0])["X-1"]["relationships"]
    assert sorted(one["properties"]["aicop"]["author"] for one in found) == ["they", "we"]


def test_missing_facts_are_left_out() -> None:
    """A row without rationale, confidence, author or date has no such properties."""
    bare_row = row(A.key("R"), "corresponds-to", B.key("R"), rationale=None, confidence=None, author=None, date=None)
    (found,) = _taxa(_taxonomies(Crosswalk.from_mappings([bare_row], A, B))[0])["R"]["relationships"]
    assert "description" not in found
    assert found["properties"]["aicop"] == {"predicate": "corresponds-to", "basis": "own", "set": "own"}


def test_mappings_within_an_edition_are_in_one_taxonomy() -> None:
    """Mappings within an edition are relationships within its taxonomy."""
    (only,) = _taxonomies(Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", A.key("Y-1"))], A, A))
    assert _related(_taxa(only)["X-1"]) == [("a@1", "X", ["superset"]), ("a@1", "Y-1", ["equal"])]


def test_two_editions_of_a_document_are_two_components() -> None:
    """Two editions of a document are two components with ids of their own."""
    _check(_taxonomies(crosswalk("owasp-llm-top10@2025", "owasp-llm-top10@2026")))


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("plain [text] (here)", "plain [text] (here)"),
        ("a {0} b", "a {{0}} b"),
        ("see [this](1)", "see [this\\](1)"),
    ],
)
def test_placeholders_and_links_are_escaped(words: str, written: str) -> None:
    """Braces are doubled (3.11.5), and brackets do not become a link (3.11.6)."""
    own = loads(
        json.dumps({"framework": "own", "edition": "1", "title": words, "controls": [{"id": "A", "kind": "c"}]})
    )
    (taxonomy,) = _taxonomies(own)
    assert taxonomy["shortDescription"] == {"text": written}
    assert taxonomy["fullName"] == f"{words}, 1"


def test_the_facts_of_the_edition(code: Catalogue) -> None:
    """The taxonomy has the edition's version, date, publisher and address, and its language is English."""
    (taxonomy,) = _taxonomies(code)
    given = {
        name: taxonomy[name] for name in ("version", "releaseDateUtc", "organization", "informationUri", "language")
    }
    assert given == {
        "version": "2025-01",
        "releaseDateUtc": "2025-01-31",
        "organization": code.edition.publisher,
        "informationUri": code.edition.address,
        "language": "en-GB",
    }
    assert taxonomy["fullDescription"]["text"].startswith(code.scope[0].statement)
    assert "results" not in json.loads(dumps(code))["runs"][0]


def test_a_month_becomes_its_first_day() -> None:
    """SARIF dates are whole days (3.9), so the property bag keeps the original month."""
    (taxonomy,) = _taxonomies(frameworks.load("iso-iec-27001"))
    assert taxonomy["releaseDateUtc"] == "2022-10-01"
    assert taxonomy["properties"]["aicop"]["published"] == "2022-10"
    assert "language" not in taxonomy


def test_an_incomplete_list_is_not_comprehensive() -> None:
    """ISO/IEC 22989, of which only stages are listed, is not marked comprehensive."""
    (taxonomy,) = _taxonomies(frameworks.load("iso-iec-22989"))
    assert taxonomy["isComprehensive"] is False


def test_a_statement_has_its_verb(mini: Catalogue) -> None:
    """A statement has its verb and duty holders; the provision above it, with two verbs, has none."""
    found = _taxa(_taxonomies(mini)[0])
    heard = found["1.2#2"]
    assert heard["shortDescription"] == {"text": "Title of 1.2"}
    assert heard["fullDescription"] == {"text": "System Operator should listen"}
    assert heard["properties"]["aicop"] == {
        "key": "mini-code@1:1.2#2",
        "kind": "statement",
        "nature": "requirement",
        "phase": "secure-start",
        "modality": "should",
        "dutyHolders": ["System Operator"],
        "attribution": "stated",
        "counterparties": ["Developer (source)"],
    }
    assert "modality" not in found["1.2"]["properties"]["aicop"]


def test_the_guide_is_help(code: Catalogue) -> None:
    """Threats and measures of the Guide are the help text of a provision."""
    guide = code["1.1"].guidance
    assert guide is not None
    assert _taxa(_taxonomies(code)[0])["1.1"]["help"]["text"].splitlines() == [
        f"DSIT Implementation Guide of the Code, 1.1, threats: {guide.threat_summary}",
        *(f"DSIT Implementation Guide of the Code, 1.1, {one.heading}: {one.summary}" for one in guide.measures),
    ]


def test_ids_never_change() -> None:
    """Ids are as published before, because scanners' rules store them."""
    (taxonomy,) = _taxonomies(load("uk-ai-cop"))
    assert taxonomy["guid"] == "e667fd84-64ef-55a8-ab28-0899a905f832"
    assert _taxa(taxonomy)["5.4.1"]["guid"] == "74131379-41c9-543b-a667-999abfde80d3"


def _plain(text: str | None) -> str | None:
    return None if text is None else text.replace("{{", "{").replace("}}", "}").replace("\\](", "](")


@given(generated.frameworks())
def test_everything_of_a_framework_is_written(framework: Framework) -> None:
    """Id, parent, kind, nature, title and words of every element are written, in order."""
    (taxonomy,) = _taxonomies(framework)
    _check([taxonomy])
    for taxon, item in zip(taxonomy["taxa"], framework.controls, strict=True):
        facts = taxon["properties"]["aicop"]
        parents = [one for one in taxon.get("relationships", []) if one["properties"]["aicop"]["parent"]]
        assert (facts["key"], facts["kind"], facts["nature"]) == (str(item.id), item.kind, item.nature)
        assert [one["target"]["id"] for one in parents] == ([] if item.parent is None else [item.parent.local])
        assert taxon.get("name") == item.title
        assert _plain(taxon.get("fullDescription", {}).get("text")) == item.words


@given(crosswalks())
def test_every_row_is_written(drawn: Crosswalk) -> None:
    """All facts of every row that SARIF can express are written."""
    taxonomies = _taxonomies(drawn)
    _check(taxonomies)
    found = [
        (taxon["properties"]["aicop"]["key"], one["target"]["toolComponent"]["name"], one["target"]["id"], one)
        for taxon in taxonomies[0]["taxa"]
        for one in taxon.get("relationships", [])
        if "predicate" in one["properties"]["aicop"]
    ]
    written = {}
    for source, component, target, one in found:
        says = one["properties"]["aicop"] | {"rationale": _plain(one.get("description", {}).get("text"))}
        written[source, f"{component}:{target}"] = says
    wanted = {}
    for item in rows_of(drawn, FORMAT.predicates).rows:
        facts = attrs.asdict(
            item, filter=lambda field, value: value is not None and field.name not in {"source", "target"}
        )
        camel = {re.sub(r"_(.)", lambda found: found[1].upper(), name): value for name, value in facts.items()}
        wanted[str(item.source), str(item.target)] = camel
    assert written == wanted


@given(editions())
def test_references_of_editions_resolve(catalogue: Catalogue) -> None:
    """Every reference in an edition leads to an existing taxon."""
    _check(_taxonomies(catalogue))


@pytest.mark.parametrize("edition", shipped(), ids=str)
def test_shipped_editions(edition: EditionId) -> None:
    """Every provision and statement of a shipped edition is a taxon with the number in print as its id."""
    catalogue = load(edition)
    (taxonomy,) = _taxonomies(catalogue)
    _check([taxonomy])
    found = _taxa(taxonomy)
    assert {item.id.number for item in catalogue.values()} <= found.keys()
    assert sum("modality" in taxon["properties"]["aicop"] for taxon in found.values()) == 88


@pytest.mark.parametrize("edition", [item.id for item in available()], ids=str)
def test_shipped_frameworks(edition: EditionId) -> None:
    """Every reference resolves, and every address has a scheme."""
    _check(_taxonomies(frameworks.load(edition)))


@pytest.mark.parametrize(("source", "target"), sorted({(item.source, item.target) for item in sets()}), ids=str)
def test_shipped_crosswalks(source: EditionId, target: EditionId) -> None:
    """Every reference resolves, and every row that SARIF can express is written."""
    item = crosswalk(source, target)
    taxonomies = _taxonomies(item)
    _check(taxonomies)
    across = [
        one
        for taxon in taxonomies[0]["taxa"]
        for one in taxon.get("relationships", [])
        if "predicate" in one["properties"]["aicop"]
    ]
    assert len(across) == len(rows_of(item, FORMAT.predicates, joint=FORMAT.joint).rows)


def test_a_rule_can_point_at_a_statement() -> None:
    """The local id of a parsed key is the id of a taxon."""
    key = parse("uk-ai-cop:2.7#2")
    assert key.local in _taxa(_taxonomies(load("uk-ai-cop"))[0])


def _shipped(name: EditionId) -> Catalogue | Framework:
    return load(name) if name in shipped() else frameworks.load(name)


@pytest.mark.parametrize("name", [*shipped(), *(item.id for item in available())], ids=str)
def test_the_objects_for_scanners_are_those_of_the_export(name: EditionId) -> None:
    """The taxonomy of an edition or framework is the exported one, and the reference to each taxon names it."""
    (exported,) = _taxonomies(_shipped(name))
    assert taxonomy(name) == taxonomy(str(name)) == taxonomy(_shipped(name)) == exported
    component = {"name": exported["name"], "guid": exported["guid"]}
    for taxon in exported["taxa"]:
        key = f"{name}:{taxon['id']}"
        found = {"id": taxon["id"], "guid": taxon["guid"], "toolComponent": component}
        assert reference(key) == reference(parse(key)) == found


def _types(value: object) -> set[type]:
    if isinstance(value, dict):
        return {type(value)}.union(*map(_types, value.values()))
    return {type(value)}.union(*map(_types, value)) if isinstance(value, list) else {type(value)}


def test_the_objects_for_scanners_are_plain_data() -> None:
    """They hold no other types than JSON has, so that any writer can take them."""
    assert _types([taxonomy("uk-ai-cop"), reference("uk-ai-cop:5.4.1")]) == {dict, list, str, bool}


def test_the_objects_for_scanners_know_a_library() -> None:
    """A framework and a key of your own are looked up in your library, and what ships there too."""
    library = Library().with_framework(A)
    own = taxonomy(str(A.id), library=library)
    assert [own] == _taxonomies(A)
    keys = [f"{A.id}:{taxon['id']}" for taxon in own["taxa"]]
    assert [reference(key, library=library)["guid"] for key in keys] == [taxon["guid"] for taxon in own["taxa"]]
    assert taxonomy("uk-ai-cop", library=library) == taxonomy("uk-ai-cop")


def test_unknown_names_are_refused() -> None:
    """A wrong key and a wrong edition raise the errors with advice of every look-up."""
    with pytest.raises(UnknownKey, match=r"5\.9 is not a provision"):
        reference("uk-ai-cop:5.9")
    with pytest.raises(UnknownEdition, match="did you mean"):
        taxonomy("uk-ai-cob")
