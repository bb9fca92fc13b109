"""The JSON Schemas that are published."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from aicop.interop.registry.schema import PUBLISHED as OF_THE_REGISTRY
from aicop.schema.published import PUBLISHED, json_schema, title_of

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
def test_a_schema_names_nothing_after_our_classes(model: type[BaseModel]) -> None:
    """Titles are words, and every reference leads to a definition."""
    schema = json_schema(model)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert re.search(r"\w(?:Schema|Document)\b", json.dumps(schema).replace(schema["$schema"], "")) is None
    assert {item.removeprefix("#/$defs/") for item in references(schema)} <= schema.get("$defs", {}).keys()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_schema_asks_for_what_its_model_asks_for(model: type[BaseModel]) -> None:
    """The same fields, no others, and the same of them required."""
    schema = json_schema(model)
    assert schema["properties"].keys() == model.model_fields.keys()
    assert set(schema.get("required", ())) == {
        name for name, field in model.model_fields.items() if field.is_required()
    }
    assert schema["additionalProperties"] is False


def test_titles_are_in_words() -> None:
    """The edition, and what is in it."""
    [edition] = [json_schema(model) for model in PUBLISHED if model.__name__ == "EditionSchema"]
    assert edition["title"] == "Edition"
    definitions: dict[str, Any] = edition["$defs"]
    assert definitions["EventDate"]["title"] == "Event date"
    assert title_of("MappingSetsSchema") == "Mapping sets"


def test_no_two_schemas_have_one_title() -> None:
    """Their files are called by it."""
    titles = [title_of(model.__name__) for model in MODELS]
    assert len(set(titles)) == len(titles)
