"""OSCAL catalogs that aicop writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from aicop import frameworks, load
from aicop.frameworks import available
from aicop.interop.oscal import dumps
from aicop.manifest import editions
from tests.interop.oscal.examples import ODD, below, ours, plain

if TYPE_CHECKING:
    from aicop import Catalogue


def theirs(item: dict[str, Any]) -> dict[str, str]:
    """Return the properties in OSCAL's own namespace."""
    return {prop["name"]: prop["value"] for prop in item["props"] if "ns" not in prop}


def test_an_edition_is_a_catalog_of_nested_groups_and_controls(mini: Catalogue) -> None:
    """Phases contain principles, which contain provisions and sub-provisions; numbers are labels."""
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


def test_a_statement_is_a_part_with_all_its_facts(mini: Catalogue) -> None:
    """Verb, parties and attribution are properties, and those of a counterparty share a group."""
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


def test_the_metadata_of_a_catalog_come_from_the_edition(code: Catalogue) -> None:
    """Title, dates, version, publisher, address and roles are those of the edition."""
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
        ("publisher", "Publisher of the restated document"),
        ("developer", "Developer"),
        ("system-operator", "System Operator"),
        ("data-custodian", "Data Custodian"),
        ("end-user", "End-user"),
        ("affected-entity", "Affected Entity"),
    ]
    assert head["roles"][2]["description"] == code.stakeholder("Developer").definition
    assert "in the words of aicop" in head["remarks"]


def test_hints_of_the_standard_are_kept(standard: Catalogue) -> None:
    """Roles of the AI Act, their conditions and the stages of phases are properties."""
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
    """Each link leads to a resource, and each resource is linked."""
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


def test_remarks_and_preambles_are_not_statements(code: Catalogue) -> None:
    """A remark is guidance that names its statement, and a principle's preamble is an overview."""
    catalog = plain(dumps(code))
    remarks = [
        (dict(ours(part))["statement"], dict(ours(part))["kind"], part["prose"])
        for one in below(catalog)
        for part in one.get("parts", ())
        if part["name"] == "guidance"
    ]
    assert remarks == [
        (f"{item.id}#{statement.ordinal}", remark.kind, remark.text)
        for item in code.values()
        for statement in item.statements
        for remark in statement.remarks
    ]
    preambles = [part["prose"] for one in below(catalog) for part in one.get("parts", ()) if part["name"] == "overview"]
    assert preambles == [item.preamble for item in code.principles if item.preamble]


def test_a_framework_has_groups_at_the_top_and_controls_below() -> None:
    """An element without children is a control at any level, and ids that begin with a digit get a letter."""
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


def test_a_shipped_framework_has_its_facts() -> None:
    """Publisher, address, licence and date of access are in the metadata."""
    facts = frameworks.load("nist-csf").edition
    head = plain(dumps(frameworks.load("nist-csf")))["metadata"]
    assert facts.source is not None
    assert head["last-modified"] == f"{facts.source.read}T00:00:00Z"
    assert head["parties"][0]["name"] == facts.publisher
    assert head["links"] == [{"href": "https://nist.gov/cyberframework", "rel": "reference"}]
    assert ("licence-of-the-publication", facts.licence) in ours(head)


@pytest.mark.parametrize("item", [*editions(), *(item.id for item in available())], ids=str)
def test_ids_and_uuids_are_valid_and_unique(item: Any) -> None:  # noqa: ANN401 -- an edition's id
    """Ids of groups, controls and parts are unique tokens, and UUIDs have version 5."""
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
    """As OSCAL requires, only a change of content changes the UUID."""
    changed = attrs.evolve(mini, edition=attrs.evolve(mini.edition, title="Another"))
    assert plain(dumps(mini))["uuid"] == plain(dumps(mini))["uuid"] != plain(dumps(changed))["uuid"]
