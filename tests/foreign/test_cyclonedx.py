"""CycloneDX exports in cyclonedx-python-lib: its strict validator and its model."""

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
    """Return the validator's error, or None if it accepts the document."""
    validator = validation.JsonStrictValidator(schema.SchemaVersion.from_version(version))
    error = validator.validate_str(document)
    return None if error is None else str(error.data)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("edition", ITEMS, ids=str)
def test_everything_that_ships_is_accepted(edition: EditionId, version: Version) -> None:
    """Every edition and framework passes the strict validator of each version."""
    assert _fault(dumps(_item(edition), version), version) is None


@pytest.mark.filterwarnings("ignore")
def test_the_model_reads_the_document() -> None:
    """The library's model has the standard, its requirements and its levels."""
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
    ("broken", "message"),
    [
        ({"specVersion": 16}, "16 is not of type 'string'"),
        ({"serialNumber": "urn:uuid:no"}, "does not match"),
        ({"definitions": {"standards": [{"nature": "ours"}]}}, "Additional properties are not allowed"),
        ({"definitions": {"standards": [{"requirements": [{"parent": ""}]}]}}, "should be non-empty"),
        ({"definitions": {"standards": [{"externalReferences": [{"url": "x"}]}]}}, "'type' is a required property"),
    ],
)
def test_broken_documents_are_refused(broken: dict[str, Any], message: str) -> None:
    """The validator finds errors of form."""
    document = json.loads(dumps(load("uk-ai-cop"))) | broken
    assert message in (_fault(json.dumps(document), "1.6") or "")


def test_broken_references_are_accepted() -> None:
    """The validator accepts dangling and duplicate references, which aicop's own tests check."""
    document = json.loads(dumps(load("uk-ai-cop")))
    requirements = cast("list[dict[str, Any]]", document["definitions"]["standards"][0]["requirements"])
    requirements[1]["parent"] = "urn:nowhere"
    requirements[2]["bom-ref"] = requirements[3]["bom-ref"]
    assert _fault(json.dumps(document), "1.6") is None
