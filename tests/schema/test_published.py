"""The published JSON Schemas."""

from __future__ import annotations

import json
import re
from collections import abc
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from aicop.errors import UnknownTerm
from aicop.interop.registry.schema import PUBLISHED as OF_THE_REGISTRY
from aicop.model import Provision
from aicop.schema.published import FILES, PUBLISHED, RECORDS, json_schema, schema_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

MODELS = [*PUBLISHED, *OF_THE_REGISTRY]


def references(value: object) -> Iterator[str]:
    """Yield every reference in a JSON Schema."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_schema_contains_no_class_names(model: type[BaseModel]) -> None:
    """Titles are words, and every reference leads to a definition."""
    schema = schema_of(model)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert re.search(r"\w(?:Schema|Document)\b", json.dumps(schema).replace(schema["$schema"], "")) is None
    assert {item.removeprefix("#/$defs/") for item in references(schema)} <= schema.get("$defs", {}).keys()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_schema_has_the_fields_of_its_model(model: type[BaseModel]) -> None:
    """A schema has the same fields as its model, the same of them required, and allows no others."""
    schema = schema_of(model)
    assert schema["properties"].keys() == model.model_fields.keys()
    assert set(schema.get("required", ())) == {
        name for name, field in model.model_fields.items() if field.is_required()
    }
    assert schema["additionalProperties"] is False


def test_titles_are_in_words() -> None:
    """Class names become titles in words, in definitions too."""
    [edition] = [schema_of(model) for model in PUBLISHED if model.__name__ == "EditionSchema"]
    assert edition["title"] == "Edition"
    definitions: dict[str, Any] = edition["$defs"]
    assert definitions["EventDate"]["title"] == "Event date"
    assert title_of("MappingSetsSchema") == "Mapping sets"


def test_titles_of_schemas_are_unique() -> None:
    """Titles are unique, since the files are named after them."""
    titles = [title_of(model.__name__) for model in MODELS]
    assert len(set(titles)) == len(titles)


def test_schemas_are_found_by_name() -> None:
    """By the name of a file or record; another name is refused with similar ones."""
    assert json_schema("mapping-row") == schema_of(FILES["mapping-row"])
    assert json_schema("Claim")["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    with pytest.raises(UnknownTerm, match="Provision"):
        json_schema("Provisions")


def test_a_schema_is_found_by_class() -> None:
    """The class of a record stands for its name; a class of others is unknown, even one of the same name."""
    assert json_schema(Provision) == json_schema("Provision")
    with pytest.raises(UnknownTerm, match=r"^'collections\.abc\.Mapping' is not a schema"):
        json_schema(abc.Mapping)


@pytest.mark.parametrize("name", RECORDS)
def test_each_record_is_where_it_is_looked_for(name: str) -> None:
    """The module of a record is the one that defines it, so that it is found by name and by class."""
    kind = getattr(import_module(RECORDS[name]), name)
    assert kind.__module__ == RECORDS[name]
