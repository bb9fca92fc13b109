"""What cyclonedx-python-lib says of the documents that are written: its strict validator, and its own model."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any, cast

import pytest

from aicop import Catalogue, EditionId, frameworks, load
from aicop.frameworks import Framework, available
from aicop.interop.cyclonedx import VERSIONS, Version, dumps
from aicop.manifest import editions

validation = import_module("cyclonedx.validation.json")
schema = import_module("cyclonedx.schema")
bom = import_module("cyclonedx.model.bom")

ITEMS = [*editions(), *(item.id for item in available())]


def _item(edition: EditionId) -> Catalogue | Framework:
    return load(edition) if edition in editions() else frameworks.load(edition)


def _fault(document: str, version: Version) -> str | None:
    """Give what the validator says, None where it takes the document."""
    validator = validation.JsonStrictValidator(schema.SchemaVersion.from_version(version))
    error = validator.validate_str(document)
    return None if error is None else str(error.data)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("edition", ITEMS, ids=str)
def test_everything_that_ships_is_accepted(edition: EditionId, version: Version) -> None:
    """By the strict validator of each version."""
    assert _fault(dumps(_item(edition), version), version) is None


@pytest.mark.filterwarnings("ignore")
def test_the_model_takes_the_document() -> None:
    """The library reads what it knows of it: the standard, its requirements and its levels."""
    code = load("uk-ai-cop")
    written = json.loads(dumps(code))
    (standard,) = bom.Bom.from_json(written).definitions.standards
    (ours,) = written["definitions"]["standards"]
    assert (standard.name, standard.version, standard.owner) == (ours["name"], ours["version"], ours["owner"])
    requirements = {one.bom_ref.value: one for one in standard.requirements}
    assert requirements.keys() == {one["bom-ref"] for one in ours["requirements"]}
    for one in ours["requirements"]:
        read = requirements[one["bom-ref"]]
        assert (read.identifier, read.title, read.text) == (one["identifier"], one.get("title"), one.get("text"))
        assert (read.parent.value if read.parent else None) == one.get("parent")
    levels = {level.identifier: {ref.value for ref in level.requirements} for level in standard.levels}
    assert levels == {level["identifier"]: set(level["requirements"]) for level in ours["levels"]}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"specVersion": 16}, "16 is not of type 'string'"),
        ({"serialNumber": "urn:uuid:no"}, "does not match"),
        ({"definitions": {"standards": [{"nature": "ours"}]}}, "Additional properties are not allowed"),
        ({"definitions": {"standards": [{"requirements": [{"parent": ""}]}]}}, "should be non-empty"),
        ({"definitions": {"standards": [{"externalReferences": [{"url": "x"}]}]}}, "'type' is a required property"),
    ],
)
def test_what_is_broken_is_refused(broken: dict[str, Any], told: str) -> None:
    """The validator would have found a slip of ours in form."""
    document = json.loads(dumps(load("uk-ai-cop"))) | broken
    assert told in (_fault(json.dumps(document), "1.6") or "")


def test_what_it_lets_through() -> None:
    """References that lead nowhere, and references that are not unique: our own tests look after these."""
    document = json.loads(dumps(load("uk-ai-cop")))
    requirements = cast("list[dict[str, Any]]", document["definitions"]["standards"][0]["requirements"])
    requirements[1]["parent"] = "urn:nowhere"
    requirements[2]["bom-ref"] = requirements[3]["bom-ref"]
    assert _fault(json.dumps(document), "1.6") is None
