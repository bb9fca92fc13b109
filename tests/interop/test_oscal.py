"""OSCAL as it is written: catalogs, profiles and mapping collections, and what comes back of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings

from aicop import frameworks, load
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import NothingToWrite, UnknownKey, UnknownTerm
from aicop.frameworks import Framework, available, from_catalogue
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import rows_of
from aicop.interop.oscal import FORMAT, dumps, loads, profile
from aicop.manifest import editions
from aicop.vocabulary import Knowledge, MappingBasis, Predicate
from tests.examples import A, B, row
from tests.interop.generated import crosswalks
from tests.interop.generated import editions as drawn_editions
from tests.interop.generated import frameworks as drawn_frameworks
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop import Catalogue
    from aicop.model import Mapping

OURS = "urn:aicop:"
ODD = frameworks.loads(
    json.dumps(
        {
            "framework": "5g",
            "edition": "1",
            "title": "Odd ids",
            "publisher": "Nobody",
            "controls": [
                {"id": "second of X", "kind": "Kind of ours", "title": "Printed first", "parent": "X"},
                {"id": "R", "kind": "risk", "nature": "risk", "title": "R", "words": "What may happen."},
                {"id": "X", "kind": "family", "words": "All of X."},
                {"id": "1.1", "kind": "control", "parent": "X", "words": "Do it."},
            ],
        }
    ),
    "odd.json",
)


def plain(text: str) -> Any:  # noqa: ANN401 -- plain data
    """Give what a document holds."""
    (content,) = json.loads(text).values()
    return content


def ours(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the properties of our namespace, each by name and value."""
    return [(prop["name"], prop["value"]) for prop in item.get("props", ()) if prop.get("ns") == OURS]


def theirs(item: dict[str, Any]) -> dict[str, str]:
    """Give the properties that OSCAL names."""
    return {prop["name"]: prop["value"] for prop in item["props"] if "ns" not in prop}


def below(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all groups and controls under a catalog or an element."""
    for one in (*item.get("groups", ()), *item.get("controls", ())):
        yield one
        yield from below(one)


def elements(framework: Framework) -> list[tuple[object, ...]]:
    """Give what comes back of each element, in order."""
    return [
        (str(item.id), str(item.parent), item.kind, item.nature, item.title, item.words) for item in framework.controls
    ]


def rows(items: tuple[Mapping, ...]) -> list[str]:
    """Give rows as they come back: without their set."""
    return sorted(str(attrs.evolve(item, set="")) for item in items)


def test_an_edition_is_a_catalog_of_nested_groups_and_controls(mini: Catalogue) -> None:
    """Phases hold principles, these hold provisions, and these their sub-provisions; numbers are labels."""
    catalog = plain(dumps(mini))
    tree = [(one["id"], one["class"], theirs(one).get("label")) for one in below(catalog)]
    assert tree == [
        ("secure-start", "phase", None),
        ("P1", "principle", "Principle 1"),
        ("mini-code-1.1", "provision", "1.1"),
        ("mini-code-1.1.1", "sub-provision", "1.1.1"),
        ("mini-code-1.2", "provision", "1.2"),
        ("secure-stop", "phase", None),
        ("P2", "principle", "Principle 2"),
        ("mini-code-2.1", "provision", "2.1"),
        ("mini-code-2.10", "provision", "2.10"),
    ]
    (start, _) = catalog["groups"]
    (first,) = start["groups"]
    assert [one["id"] for one in first["controls"]] == ["mini-code-1.1", "mini-code-1.2"]
    assert [one["id"] for one in first["controls"][0]["controls"]] == ["mini-code-1.1.1"]
    assert ("primarily-applies-to", "Developer") in ours(first)
    assert ("key", "mini-code@1:P1") in ours(first)
    assert ("nature", "stage") in ours(start)


def test_a_statement_is_a_part_with_all_that_is_known_of_it(mini: Catalogue) -> None:
    """Its prose is ours; verb, parties and attribution are properties, those of a counterparty tied by a group."""
    (part,) = [
        part for one in below(plain(dumps(mini))) for part in one.get("parts", ()) if part["id"].endswith("1.2_smt.2")
    ]
    assert (part["id"], part["name"]) == ("mini-code-1.2_smt.2", "statement")
    assert part["prose"] == "System Operator should listen"
    assert ours(part) == [
        ("key", "mini-code@1:1.2#2"),
        ("modality", "should"),
        ("duty-holder", "System Operator"),
        ("attribution", "stated"),
        ("as-printed", "System Operators"),
        ("counterparty", "Developers"),
        ("counterparty-role", "Developer"),
        ("capacity", "source"),
        ("counterparty-attribution", "stated"),
    ]
    assert [prop.get("group") for prop in part["props"]] == [None] * 5 + ["counterparty-1"] * 4


def test_the_head_of_a_catalog_comes_from_the_edition(code: Catalogue) -> None:
    """Title, dates, version, publisher, address, and the roles that the edition defines."""
    head = plain(dumps(code))["metadata"]
    assert head["title"] == "Code of Practice for the Cyber Security of AI"
    assert head["published"] == "2025-01-31T00:00:00Z"
    assert head["last-modified"] == f"{code.edition.source.read}T00:00:00Z"
    assert (head["version"], head["oscal-version"]) == ("2025-01", "1.2.1")
    assert head["links"] == [{"href": code.edition.address, "rel": "reference"}]
    assert head["parties"][0]["name"] == code.edition.publisher
    assert [one["name"] for one in head["parties"]] == [code.edition.publisher, "aicop"]
    assert head["responsible-parties"] == [
        {"role-id": role, "party-uuids": [party["uuid"]]}
        for role, party in zip(("publisher", "creator"), head["parties"], strict=True)
    ]
    assert [(one["id"], one["title"]) for one in head["roles"]] == [
        ("creator", "Creator of this file"),
        ("publisher", "Publisher of the document that this restates"),
        ("developer", "Developer"),
        ("system-operator", "System Operator"),
        ("data-custodian", "Data Custodian"),
        ("end-user", "End-user"),
        ("affected-entity", "Affected Entity"),
    ]
    assert head["roles"][2]["description"] == code.stakeholder("Developer").definition
    assert "words of this library" in head["remarks"]


def test_hints_of_the_standard_are_kept(standard: Catalogue) -> None:
    """Roles of the AI Act with their conditions, and the stage of a phase."""
    catalog = plain(dumps(standard))
    hints = {
        one["title"]: [(prop["value"], prop.get("remarks")) for prop in one["props"] if prop["name"] == "ai-act-role"]
        for one in catalog["metadata"]["roles"]
        if "props" in one
    }
    expected = {
        holder.role.value: [(hint.role, hint.condition) for hint in holder.ai_act_roles]
        for holder in standard.stakeholders
    }
    assert hints == expected
    assert any(condition for several in hints.values() for _, condition in several)
    stages = [value for one in catalog["groups"] for name, value in ours(one) if name == "stage"]
    assert stages == [phase.stage for phase in standard.phases if phase.stage]
    assert [theirs(one).get("label") for one in catalog["groups"]] == [phase.clause for phase in standard.phases]


def test_artefacts_and_threats_are_linked_to_the_back_matter(code: Catalogue) -> None:
    """Each link leads to a resource, and each resource is led to."""
    catalog = plain(dumps(code))
    resources = {one["uuid"]: one for one in catalog["back-matter"]["resources"]}
    controls = {one["id"]: one for one in below(catalog)}
    linked = [
        (link["rel"], resources[link["href"].removeprefix("#")]["title"]) for link in controls["uk-ai-cop-1.1"]["links"]
    ]
    guide = code["1.1"].guidance
    assert guide is not None
    assert linked == [
        ("produces", "AI security training"),
        ("maintains", "AI security training"),
        ("uses", "AI threat updates"),
        *(("threat", menace.title) for menace in guide.threats),
    ]
    (training,) = [one for one in resources.values() if one["title"] == "AI security training"]
    assert training["description"].startswith("The planned AI security teaching")
    assert ours(training)[:3] == [
        ("artefact", "ai-security-training"),
        ("kind", "document"),
        ("evidence", "course outline with revision dates"),
    ]
    used = {link["href"] for one in controls.values() for link in one.get("links", ())}
    assert used == {f"#{uuid}" for uuid in resources}


def test_remarks_and_preambles_are_parts_that_ask_nothing(code: Catalogue) -> None:
    """A remark is guidance that names its statement; a principle's preamble is an overview."""
    catalog = plain(dumps(code))
    remarks = [
        (dict(ours(part))["statement"], dict(ours(part))["kind"], part["prose"])
        for one in below(catalog)
        for part in one.get("parts", ())
        if part["name"] == "guidance"
    ]
    assert remarks == [
        (f"{item.id}#{said.ordinal}", remark.kind, remark.text)
        for item in code.values()
        for said in item.statements
        for remark in said.remarks
    ]
    preambles = [part["prose"] for one in below(catalog) for part in one.get("parts", ()) if part["name"] == "overview"]
    assert preambles == [item.preamble for item in code.principles if item.preamble]


def test_a_framework_has_groups_at_the_top_and_controls_below() -> None:
    """What has nothing under it is a control wherever it stands; ids that begin with a digit get a letter."""
    catalog = plain(dumps(ODD))
    assert [(one["id"], one.get("class"), one["title"]) for one in catalog["groups"]] == [("X", "family", "X")]
    assert [(one["id"], one["title"]) for one in catalog["controls"]] == [("R", "R")]
    (group,) = catalog["groups"]
    assert [(one["id"], one.get("class")) for one in group["controls"]] == [
        ("x-5g-second-of-X", None),
        ("x-5g-1.1", "control"),
    ]
    assert group["parts"] == [{"name": "overview", "prose": "All of X."}]
    assert group["controls"][1]["parts"] == [{"name": "statement", "prose": "Do it."}]
    assert [dict(ours(one)).get("untitled") for one in (group, *group["controls"], *catalog["controls"])] == [
        "yes",
        None,
        "yes",
        None,
    ]
    head = catalog["metadata"]
    assert head["last-modified"] == "1970-01-01T00:00:00Z"
    assert "published" not in head
    assert "links" not in head
    assert ours(head) == [("edition", "5g@1"), ("status", "own")]


def test_a_framework_that_ships_brings_its_facts() -> None:
    """Publisher, address, licence and the day on which the list was taken."""
    facts = frameworks.load("nist-csf").edition
    head = plain(dumps(frameworks.load("nist-csf")))["metadata"]
    assert facts.source is not None
    assert head["last-modified"] == f"{facts.source.read}T00:00:00Z"
    assert head["parties"][0]["name"] == facts.publisher
    assert head["links"] == [{"href": "https://nist.gov/cyberframework", "rel": "reference"}]
    assert ("licence-of-the-publication", facts.licence) in ours(head)


@pytest.mark.parametrize("item", [*editions(), *(item.id for item in available())], ids=str)
def test_ids_and_uuids_are_good_and_there_once(item: Any) -> None:  # noqa: ANN401 -- an edition's id
    """Groups, controls and parts share one space of tokens; UUIDs are of version 5."""
    catalog = plain(dumps(load(item) if item in editions() else frameworks.load(item)))
    listed = list(below(catalog))
    names = [one["id"] for one in listed] + [
        part["id"] for one in listed for part in one.get("parts", ()) if "id" in part
    ]
    assert len(set(names)) == len(names)
    assert all(name[0].isalpha() and name.isascii() and not set(name) & set(" :/#()") for name in names)
    uuids = [catalog["uuid"], *(one["uuid"] for one in catalog.get("back-matter", {}).get("resources", ()))]
    assert len(set(uuids)) == len(uuids)
    assert {uuid[14] for uuid in uuids} == {"5"}


def test_the_uuid_of_a_document_changes_with_its_content_alone(mini: Catalogue) -> None:
    """As OSCAL asks of a revision."""
    changed = attrs.evolve(mini, edition=attrs.evolve(mini.edition, title="Another"))
    assert plain(dumps(mini))["uuid"] == plain(dumps(mini))["uuid"] != plain(dumps(changed))["uuid"]


SMALL = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "subset-of", B.key("X"), strength=10, confidence=10, knowledge=Knowledge.TEXT),
        row(A.key("X-1"), "intersects-with", B.key("Y-1"), strength=4, remainder="the rest", settlement="So."),
        row(A.key("X"), "no-relationship", B.key("Y"), confidence=None, author=None, date=None, rationale=None),
        row(A.key("X-2"), "related-to", B.key("X-2")),
        row(A.key("X-2"), "mitigates", B.key("R")),
        row(A.key("Y-1"), "nothing-found", None, strength=0, source_digest="0123456789abcdef"),
    ],
    A,
    B,
)


def test_a_crosswalk_is_a_mapping_with_a_map_a_row() -> None:
    """Relations in OSCAL's words, source first; what OSCAL has no field for is in our properties."""
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


def test_statements_are_named_as_such(code: Catalogue) -> None:
    """By the id of the part of the catalog; whatever else goes as a control."""
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


def test_gaps_say_which_sources_were_looked_at() -> None:
    """Never looked at is another list than gone through in vain; what only other links speak of is in neither."""
    (mapping,) = plain(dumps(SMALL))["mappings"]
    assert [item["with-ids"] for item in mapping["source-gap-summary"]["unmapped-controls"]] == [["Y-1"], ["Y-2", "R"]]
    assert mapping["remarks"] == (
        "Of the unmapped controls of the source, list 1 was gone through, nothing found; list 2 was never looked at."
    )
    group = {"group": "nothing-found-1", "ns": OURS}
    assert mapping["props"] == [
        {"name": "nothing-found", "value": "a@1:Y-1", "remarks": "a@1:Y-1 nothing-found None", **group},
        {"name": "confidence", "value": "0.5", **group},
        {"name": "basis", "value": "own", **group},
        {"name": "author", "value": "we", **group},
        {"name": "date", "value": "2026-01-01", **group},
        {"name": "strength", "value": "0", **group},
        {"name": "source-digest", "value": "0123456789abcdef", **group},
    ]


def test_what_a_map_speaks_of_is_no_gap() -> None:
    """Nor is a source that is not covered, because the map says that nothing is shared."""
    found = Crosswalk.from_mappings([row(A.key("X-1"), "no-relationship", B.key("X-1"))], A, B)
    (mapping,) = plain(dumps(found))["mappings"]
    assert [item["with-ids"] for item in mapping["source-gap-summary"]["unmapped-controls"]] == [
        ["X-2", "Y-1", "Y-2", "R"]
    ]


def test_a_gap_without_a_reason_has_none() -> None:
    """Nor a confidence; and with everything mapped there is no summary."""
    unsaid: dict[str, Any] = dict.fromkeys(("rationale", "confidence", "author", "date"))
    bare = [row(A.key(name), "nothing-found", None, **unsaid) for name in ("Y-1", "R")]
    pairs = [row(A.key(name), "equal-to", B.key(name), date=None) for name in ("X-1", "X-2", "Y-2")]
    collection = plain(dumps(Crosswalk.from_mappings([*pairs, *bare], A, B)))
    (mapping,) = collection["mappings"]
    assert [(prop["name"], prop.get("remarks")) for prop in mapping["props"]] == [
        ("nothing-found", None),
        ("basis", None),
    ] * 2
    assert mapping["remarks"] == "Of the unmapped controls of the source, list 1 was gone through, nothing found."
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
    """What is computed is called so; a mapping is complete where nothing was left out and everything was looked at."""
    provenance = plain(dumps(found))["provenance"]
    assert (provenance["method"], provenance["matching-rationale"], provenance["status"]) == (method, rationale, status)
    assert "by what means" in provenance["remarks"]


def test_the_ends_of_a_mapping_are_resources_that_name_their_edition() -> None:
    """A file beside it, and our IRI; one resource where both ends are the same."""
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
    """OSCAL wants at least one map."""
    with pytest.raises(NothingToWrite) as caught:
        dumps(Crosswalk.from_mappings(rows, A, B))
    assert (caught.value.format, caught.value.source, caught.value.target) == ("oscal", "a@1", "b@1")


def test_the_same_pair_twice_has_two_uuids() -> None:
    """Even where makers and sets do not tell the rows apart."""
    twice = [row(A.key("X-1"), "subset-of", B.key("X-1"), rationale=why) for why in ("One.", "Two.")]
    (mapping,) = plain(dumps(Crosswalk.from_mappings(twice, A, B)))["mappings"]
    assert len({one["uuid"] for one in mapping["maps"]}) == 2


def test_a_profile_chooses_provisions_by_role_and_verb(code: Catalogue) -> None:
    """Ids are those of the catalog, which it imports as a file beside it."""
    chosen = code.select(duty_holder="System Operator", modality="should")
    content = plain(profile(code, duty_holder="System Operator", modality="should"))
    (imported,) = content["imports"]
    assert imported["include-controls"] == [{"with-ids": [f"uk-ai-cop-{one.provision.id.number}" for one in chosen]}]
    (resource,) = content["back-matter"]["resources"]
    assert imported["href"] == f"#{resource['uuid']}"
    assert resource["rlinks"][0]["href"] == "uk-ai-cop@2025-01.json"
    assert content["merge"] == {"as-is": True}
    head = content["metadata"]
    assert head["title"] == (
        "Code of Practice for the Cyber Security of AI: statements of System Operator with the verb should"
    )
    assert [one["name"] for one in head["parties"]] == ["aicop"]
    assert [value for name, value in ours(head) if name == "statement"] == [
        f"{one.provision.id}#{said.ordinal}" for one in chosen for said in one.statements
    ]
    assert set(imported["include-controls"][0]["with-ids"]) <= {one["id"] for one in below(plain(dumps(code)))}


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "all statements"),
        ({"modality": ("shall", "may")}, "statements with the verb may or shall"),
        ({"duty_holder": ["end users", "Developers"]}, "statements of Developer or End-user"),
    ],
)
def test_a_profile_says_what_is_chosen(code: Catalogue, asked: dict[str, Any], title: str) -> None:
    """In its title, with the words of the vocabulary."""
    assert plain(profile(code, **asked))["metadata"]["title"] == f"{code.edition.title}: {title}"


def test_a_profile_of_nothing_is_refused(code: Catalogue) -> None:
    """And so is a role that does not exist."""
    with pytest.raises(UnknownKey, match="statements of Affected Entity"):
        profile(code, duty_holder="Affected Entity")
    with pytest.raises(UnknownTerm):
        profile(code, duty_holder="Nobody")


@pytest.mark.parametrize("name", ["edition", "framework", "crosswalk", "profile"])
def test_documents_are_as_they_were(name: str, mini: Catalogue) -> None:
    """Byte by byte."""
    written = {
        "edition": lambda: dumps(mini),
        "framework": lambda: dumps(ODD),
        "crosswalk": lambda: dumps(SMALL),
        "profile": lambda: profile(mini, duty_holder="Developer"),
    }[name]()
    assert written.endswith("}\n")
    same_as_snapshot(f"oscal-{name}.json", written)


_SCRIPT = """
import hashlib, sys
from aicop import load
from aicop.crosswalk import crosswalk
from aicop.interop.oscal import dumps, loads, profile
code = load("uk-ai-cop")
texts = dumps(code), dumps(crosswalk("uk-ai-cop", "mitre-atlas")), profile(code, modality="shall")
assert "pydantic" not in sys.modules
reading = loads(texts[0])
print(hashlib.sha256("".join([*texts, *reading.dropped]).encode()).hexdigest())
"""


def test_the_same_bytes_everywhere_and_writing_needs_no_pydantic() -> None:
    """Under any hash seed and in any time zone."""
    found = {
        subprocess.run(  # noqa: S603 -- ours
            [sys.executable, "-c", _SCRIPT],
            check=True,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kolkata"))
    }
    assert len(found) == 1


@pytest.mark.parametrize("edition", editions(), ids=str)
def test_editions_come_back_as_frameworks(edition: Any) -> None:  # noqa: ANN401 -- an edition's id
    """With their principles, statements and roles, whether written as editions or as what frameworks know of them."""
    catalogue = load(edition)
    for written in (dumps(catalogue), dumps(from_catalogue(catalogue))):
        (framework,) = loads(written).frameworks
        assert elements(framework) == elements(from_catalogue(catalogue))
        assert framework.edition.title == catalogue.edition.title
        assert framework.edition.publisher == catalogue.edition.publisher


def test_what_a_framework_has_no_room_for_is_counted(mini: Catalogue) -> None:
    """Verbs, parties and lines of ours, four of each statement and four of a counterparty among it."""
    assert set(loads(dumps(mini)).dropped) == {
        "37 properties",
        "1 link",
        "2 roles",
        "1 party",
        "1 responsible party",
        "1 remark",
    }


@pytest.mark.parametrize("edition", [item.id for item in available()], ids=str)
def test_frameworks_that_ship_come_back(edition: Any) -> None:  # noqa: ANN401 -- an edition's id
    """Whole, and nothing is left open."""
    framework = frameworks.load(edition)
    reading = loads(dumps(framework))
    (back,) = reading.frameworks
    assert elements(back) == elements(framework)
    assert reading.unstated == ()


@given(drawn_frameworks())
def test_every_framework_comes_back(framework: Framework) -> None:
    """Keys, hierarchy, kinds, natures, titles and words, in order."""
    reading = loads(dumps(framework))
    (back,) = reading.frameworks
    assert back.id == framework.id
    assert elements(back) == elements(framework)
    assert reading.unstated == ()


@given(drawn_editions())
@settings(max_examples=20)
def test_every_edition_comes_back(catalogue: Catalogue) -> None:
    """As `aicop.frameworks.from_catalogue` sees it."""
    (back,) = loads(dumps(catalogue)).frameworks
    assert elements(back) == elements(from_catalogue(catalogue))


@given(crosswalks())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_every_crosswalk_comes_back(found: Crosswalk) -> None:
    """All its rows that OSCAL can hold, in all but their set."""
    written = rows_of(found, FORMAT.predicates).rows
    assume(any(item.target is not None for item in written))
    reading = loads(dumps(found), options=ImportOptions(frameworks=(found.source, found.target)))
    assert rows(reading.mappings) == rows(written)


@pytest.mark.parametrize("target", ["iso-iec-42001", "nist-ai-rmf", "mitre-atlas", "eu-ai-act", "etsi-en-304-223"])
def test_crosswalks_that_ship_come_back(target: str) -> None:
    """Both ways round; nothing stays open."""
    for found in (crosswalk("uk-ai-cop", target), crosswalk(target, "uk-ai-cop")):
        reading = loads(dumps(found))
        assert rows(reading.mappings) == rows(rows_of(found, FORMAT.predicates).rows)
        assert reading.unstated == ()


def test_the_format_says_what_it_holds() -> None:
    """The five relations and that nothing was found; rows of other words are left out and told."""
    assert {
        Predicate.EQUAL,
        Predicate.SUBSET,
        Predicate.SUPERSET,
        Predicate.INTERSECTS,
        Predicate.NONE,
        Predicate.NOTHING,
    } == FORMAT.predicates
    assert rows_of(SMALL, FORMAT.predicates).omitted == ("1 row: related, type not stated", "1 row: mitigates")
    sources = [item.source for item in loads(dumps(SMALL), options=ImportOptions(frameworks=(A, B))).mappings]
    assert A.key("X-2") not in sources


def test_every_basis_comes_back() -> None:
    """Whatever a mapping rests on."""
    pairs = [("X-1", "X-1"), ("X-1", "X-2"), ("X-2", "X-1"), ("X-2", "X-2"), ("Y-1", "Y-1"), ("Y-1", "Y-2")]
    several = [
        row(A.key(one), "intersects-with", B.key(other), basis=basis)
        for (one, other), basis in zip(pairs, MappingBasis, strict=True)
    ]
    found = loads(dumps(Crosswalk.from_mappings(several, A, B)), options=ImportOptions(frameworks=(A, B))).mappings
    assert {item.basis for item in found} == set(MappingBasis)
