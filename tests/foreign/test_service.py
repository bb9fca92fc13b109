"""The how-to guide for services: its examples are run, and what they rely on is tested."""

from __future__ import annotations

import json
import re
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "service.md"


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """Run the Python blocks of the page one after the other, as one program, and return its names."""
    text = PAGE.read_text(encoding="utf-8")
    # Libraries look up the names in annotations in the module of a class.
    module = sys.modules["service"] = ModuleType("service")
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    assert len(blocks) == text.count("```python")
    for block in blocks:
        # Blank lines before it, so that a traceback has the line of the page.
        lines = "\n" * (text[: block.start()].count("\n") + 1)
        exec(compile(lines + block[1], str(PAGE), "exec", dont_inherit=True), vars(module))  # noqa: S102 -- our own page
    return vars(module)


def test_the_examples_of_the_page_run(page: dict[str, Any]) -> None:
    """Every example runs, and its assertions hold; the last one is that of the server."""
    assert page["server"].name == "aicop"


def test_the_openapi_document_is_valid(page: dict[str, Any]) -> None:
    """The document is valid OpenAPI, and the schema of a parameter that is a key has a description and an example."""
    document = json.loads(json.dumps(page["app"].openapi()))
    import_module("openapi_spec_validator").validate(document)
    [parameter] = document["paths"]["/provisions/{key}"]["get"]["parameters"]
    assert parameter["schema"]["type"] == "string"
    assert parameter["schema"]["examples"] == ["uk-ai-cop@2025-01:5.4.1"]
    assert "Provision-Output" in document["components"]["schemas"]


@pytest.mark.parametrize(
    ("path", "location", "said"),
    [
        ("/provisions/uk-ai-cop:2.7%231", ["path", "key"], "is a statement, where a provision is expected"),
        ("/mappings?key=5.4.1&framework=mitre-atlas", ["query", "key", 0], "it exists in several documents"),
        ("/mappings?key=uk-ai-cop:5.1&framework=mitre-atlass", ["query", "framework"], "did you mean mitre-atlas"),
    ],
)
def test_wrong_parameters_are_answered_once(page: dict[str, Any], path: str, location: list[object], said: str) -> None:
    """Each wrong parameter has one error, at its place, with advice."""
    answer = page["client"].get(path)
    assert answer.status_code == 422
    [error] = answer.json()["detail"]
    assert error["loc"] == location
    assert said in error["msg"]


def test_wrong_bodies_are_located(page: dict[str, Any]) -> None:
    """All faults of a body have their places."""
    answer = page["client"].post("/detections", json=[{"key": "uk-ai-cop:5.1", "role": "x"}, {"key": "uk-ai-cop:5.9"}])
    assert [error["loc"] for error in answer.json()["detail"]] == [["body", 0, "role"], ["body", 1, "key"]]


def test_msgspec_and_cattrs_refuse_wrong_ids(page: dict[str, Any]) -> None:
    """The error has the place in the document, or the advice of aicop."""
    with pytest.raises(import_module("msgspec").ValidationError, match=r"5\.9 is not a provision"):
        page["decoder"].decode('{"key": "uk-ai-cop:5.9", "role": "Developer"}')
    with pytest.raises(ExceptionGroup) as caught:
        page["converter"].loads('{"key": "uk-ai-cop:5.9"}', page["Tagged"])
    assert "5.9 is not a provision" in str(caught.value.exceptions[0])


def test_sqlalchemy_refuses_wrong_ids(page: dict[str, Any]) -> None:
    """A wrong key is refused before it reaches the database."""
    errors = import_module("sqlalchemy.exc")
    with page["Session"](page["engine"]) as session:
        session.add(page["Row"](key="uk-ai-cop:5.9", position=""))
        with pytest.raises(errors.StatementError, match=r"5\.9 is not a provision"):
            session.commit()
