"""CycloneDX exports by the schemas of 1.6 and 1.7."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from aicop import Catalogue, EditionId, frameworks, load
from aicop.errors import UnknownTerm
from aicop.frameworks import Framework, available, from_catalogue, loads
from aicop.interop.common.identifiers import iri, key_from_iri
from aicop.interop.cyclonedx import FORMAT, VERSIONS, Version, dumps
from aicop.manifest import editions as shipped
from tests.examples import A
from tests.interop import generated
from tests.interop.generated import editions
from tests.interop.snapshots import same_as_snapshot


def _standard(item: Catalogue | Framework) -> dict[str, Any]:
    (standard,) = json.loads(dumps(item))["definitions"]["standards"]
    found: dict[str, Any] = standard
    return found


def _requirements(item: Catalogue | Framework) -> dict[str, dict[str, Any]]:
    return {one["identifier"]: one for one in _standard(item)["requirements"]}


def _facts(requirement: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["name"], one["value"]) for one in requirement["properties"]]


def test_the_hand_made_edition_matches_its_snapshot(mini: Catalogue) -> None:
    """The output for the hand-made edition is byte for byte as before."""
    same_as_snapshot("cyclonedx.cdx.json", dumps(mini))


def test_a_framework_is_a_standard() -> None:
    """A small framework is written with all its facts and nothing else."""
    own = loads(
        "id,parent,kind,title,nature\nF,,family,Access,\nF 1,F,control,,risk\n",
        "own.csv",
        framework="own",
        edition="1",
        title="Own",
    )
    written = json.loads(dumps(own))
    assert written.pop("serialNumber").startswith("urn:uuid:")
    assert written == {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "definitions": {
            "standards": [
                {
                    "bom-ref": "urn:aicop:own@1",
                    "name": "Own",
                    "version": "1",
                    "requirements": [
                        {
                            "bom-ref": "urn:aicop:own@1:F",
                            "identifier": "F",
                            "title": "Access",
                            "properties": [
                                {"name": "urn:aicop:key", "value": "own@1:F"},
                                {"name": "urn:aicop:kind", "value": "family"},
                                {"name": "urn:aicop:nature", "value": "requirement"},
                            ],
                        },
                        {
                            "bom-ref": "urn:aicop:own@1:F%201",
                            "identifier": "F 1",
                            "parent": "urn:aicop:own@1:F",
                            "properties": [
                                {"name": "urn:aicop:key", "value": "own@1:F 1"},
                                {"name": "urn:aicop:kind", "value": "control"},
                                {"name": "urn:aicop:nature", "value": "risk"},
                            ],
                        },
                    ],
                }
            ]
        },
        "properties": [
            {"name": "urn:aicop:key", "value": "own@1"},
            {"name": "urn:aicop:status", "value": "own"},
        ],
    }


def test_statements_with_different_verbs_stay_apart(mini: Catalogue) -> None:
    """A provision with two verbs has two requirements, each with its own text, verb and duty holder."""
    found = _requirements(mini)
    above = found["1.2"]
    assert "urn:aicop:modality" not in dict(_facts(above))
    first, second = found["1.2#1"], found["1.2#2"]
    assert first["parent"] == second["parent"] == above["bom-ref"] == "urn:aicop:mini-code@1:1.2"
    assert (first["text"], second["text"]) == ("Developer shall tell", "System Operator should listen")
    assert _facts(second) == [
        ("urn:aicop:key", "mini-code@1:1.2#2"),
        ("urn:aicop:kind", "statement"),
        ("urn:aicop:nature", "requirement"),
        ("urn:aicop:phase", "secure-start"),
        ("urn:aicop:modality", "should"),
        ("urn:aicop:duty-holders", "System Operator"),
        ("urn:aicop:attribution", "stated"),
        ("urn:aicop:counterparties", "Developer (source)"),
    ]


def test_there_is_a_level_for_each_verb(mini: Catalogue) -> None:
    """Each verb is a level that lists exactly the statements with that verb."""
    start = "urn:aicop:mini-code@1"
    assert [(level["bom-ref"], level["identifier"], level["requirements"]) for level in _standard(mini)["levels"]] == [
        (f"{start}#shall", "shall", [f"{start}:1.1%231", f"{start}:1.2%231"]),
        (f"{start}#should", "should", [f"{start}:1.1.1%231", f"{start}:1.2%232"]),
        (f"{start}#may", "may", [f"{start}:2.1%231"]),
        (f"{start}#can", "can", [f"{start}:2.10%231"]),
    ]


def test_a_verb_that_is_not_used_has_no_level(code: Catalogue) -> None:
    """The Code never uses "can", so it has no level for it."""
    assert [level["identifier"] for level in _standard(code)["levels"]] == ["shall", "should", "may"]


def test_several_values_are_several_properties(code: Catalogue) -> None:
    """Each duty holder of a shared duty is a property of its own."""
    statement = next(one for item in code.values() for one in item.statements if len(one.duty_holders) > 1)
    facts = [_facts(one) for one in _requirements(code).values()]
    named = next(one for one in facts if [value for name, value in one if name.endswith("duty-holders")][1:])
    assert [value for name, value in named if name == "urn:aicop:duty-holders"] == list(statement.duty_holders)


def test_remarks_are_descriptions(code: Catalogue) -> None:
    """Remarks on a statement are descriptions and not part of its text."""
    (statement,) = code["3.4"].statements
    written = _requirements(code)["3.4#1"]
    assert written["descriptions"] == [remark.text for remark in statement.remarks]
    assert statement.remarks[0].text not in written["text"]


def test_the_facts_of_the_edition(code: Catalogue) -> None:
    """The standard has the edition's name, version, publisher, scope and address, and no metadata of a document."""
    written = _standard(code)
    assert written["name"] == "Code of Practice for the Cyber Security of AI"
    assert written["version"] == "2025-01"
    assert written["owner"] == code.edition.publisher
    assert written["description"] == " ".join(item.statement for item in code.scope)
    assert written["externalReferences"] == [{"url": code.edition.address, "type": "documentation"}]
    assert "metadata" not in json.loads(dumps(code))


@pytest.mark.parametrize("version", VERSIONS)
def test_both_versions_have_the_same_content(mini: Catalogue, version: Version) -> None:
    """The versions differ only in schema, version and serial number."""
    first, other = json.loads(dumps(mini)), json.loads(dumps(mini, version))
    assert other["specVersion"] == version
    assert other["$schema"] == f"http://cyclonedx.org/schema/bom-{version}.schema.json"
    assert (other["serialNumber"] == first["serialNumber"]) == (version == "1.6")
    changed = {name: first[name] for name in ("specVersion", "$schema", "serialNumber")}
    assert other | changed == first


def test_other_versions_are_refused(mini: Catalogue) -> None:
    """Version 1.5, which has no definitions, is an error that lists the supported versions."""
    with pytest.raises(UnknownTerm) as caught:
        dumps(mini, "1.5")  # type: ignore[arg-type]
    assert caught.value == UnknownTerm("CycloneDX version that aicop writes", "1.5", ("1.6", "1.7"))


def test_the_serial_number_follows_from_the_content(mini: Catalogue) -> None:
    """Equal content has the same serial number, and different content another."""
    numbers = [json.loads(dumps(item))["serialNumber"] for item in (mini, mini, from_catalogue(mini), A)]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3


@given(generated.frameworks())
def test_everything_of_a_framework_is_written(framework: Framework) -> None:
    """Id, parent, kind, nature, title and words of every element are written, in order."""
    found = [
        (
            dict(_facts(one))["urn:aicop:key"],
            one["identifier"],
            one.get("parent") and key_from_iri(one["parent"]),
            dict(_facts(one))["urn:aicop:kind"],
            dict(_facts(one)).get("urn:aicop:nature"),
            one.get("title"),
            one.get("text"),
        )
        for one in _standard(framework)["requirements"]
    ]
    assert found == [
        (
            str(item.id),
            item.id.local,
            None if item.parent is None else str(item.parent),
            item.kind,
            item.nature,
            item.title,
            item.words,
        )
        for item in framework.controls
    ]


def _check_references(standard: dict[str, Any]) -> None:
    refs = [
        standard["bom-ref"],
        *(one["bom-ref"] for part in ("requirements", "levels") for one in standard.get(part, [])),
    ]
    assert len(set(refs)) == len(refs)
    requirements = {one["bom-ref"] for one in standard["requirements"]}
    assert requirements >= {one["parent"] for one in standard["requirements"] if "parent" in one}
    assert requirements >= {one for level in standard.get("levels", []) for one in level["requirements"]}


@given(generated.frameworks())
def test_references_are_unique_and_resolve(framework: Framework) -> None:
    """References are unique and resolve, which the schema does not check."""
    _check_references(_standard(framework))


@given(editions())
def test_every_statement_is_in_the_level_of_its_verb(catalogue: Catalogue) -> None:
    """Each statement is in the level of its verb and in no other."""
    written = _standard(catalogue)
    _check_references(written)
    found = sorted((one, level["identifier"]) for level in written["levels"] for one in level["requirements"])
    assert found == sorted(
        (iri(f"{item.id}#{statement.ordinal}"), statement.modality.value)
        for item in catalogue.values()
        for statement in item.statements
    )


@pytest.mark.parametrize("edition", shipped(), ids=str)
def test_shipped_editions(edition: EditionId) -> None:
    """Each shipped edition's 72 provisions and 88 statements are requirements."""
    written = _standard(load(edition))
    _check_references(written)
    kinds = [dict(_facts(one))["urn:aicop:kind"] for one in written["requirements"]]
    assert (kinds.count("provision"), kinds.count("sub-provision")) == (51, 21)
    assert kinds.count("statement") == sum(len(level["requirements"]) for level in written["levels"]) == 88


@pytest.mark.parametrize("edition", [item.id for item in available()], ids=str)
def test_shipped_frameworks(edition: EditionId) -> None:
    """Each shipped framework has its version and an https address."""
    written = _standard(frameworks.load(edition))
    _check_references(written)
    assert written["version"] == edition.label
    assert [one["url"].partition("://")[0] for one in written["externalReferences"]] == ["https"]


def test_the_format_declares_what_it_holds() -> None:
    """CycloneDX holds editions and frameworks but no mappings, and is not read."""
    assert FORMAT.writes == ("edition", "framework")
    assert (FORMAT.reads, FORMAT.predicates) == ((), frozenset())
