"""The command ``aicop mcp``, started and asked over standard input and output by the client of the SDK."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from aicop import Library, to_dict
from aicop.library import write_template
from aicop.mcp.tools import TOOLS, call

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

schemas = import_module("jsonschema_rs")

QUESTIONS: dict[str, dict[str, object]] = {
    "list_frameworks": {},
    "look_up": {"key": "UK Code 5.4.1"},
    "select_provisions": {"role": ["End-user"]},
    "check_keys": {"keys": ["uk-ai-cop:5.4.1", "uk-ai-cop:5.9"]},
    "find_counterpart": {"key": "uk-ai-cop:8.3", "edition": "etsi-en-304-223"},
    "map_key": {"key": "uk-ai-cop:5.1", "framework": "acme"},
    "explain_mapping": {"one": "acme:AC-1|AC-2", "other": "uk-ai-cop:5.1"},
    "report_coverage": {"source": "uk-ai-cop", "target": "acme", "within": ["P5"]},
    "search": {"text": "training data"},
}


def _ask(folder: Path, question: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:  # noqa: ANN401 -- what it returns
    async def ask() -> Any:  # noqa: ANN401 -- what the question returns
        started = StdioServerParameters(
            command=sys.executable, args=["-m", "aicop", "mcp", "--library", str(folder)], cwd=folder
        )
        # A line on standard output that is no message would be an error of the client.
        async with Client(stdio_client(started)) as client:
            return await question(client)

    return anyio.run(ask)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a library with a framework and mappings of its own."""
    folder = tmp_path_factory.mktemp("library")
    write_template(folder)
    return folder


def test_every_tool_answers_from_your_library(library: Path) -> None:
    """The answers are those of the library, and valid by the schema that was sent; the client checks them too."""

    async def question(client: Client) -> Any:  # noqa: ANN401 -- what the server sent
        offered = {tool.name: tool for tool in (await client.list_tools()).tools}
        return offered, {name: await client.call_tool(name, given) for name, given in QUESTIONS.items()}

    offered, answers = _ask(library, question)
    assert list(offered) == list(TOOLS) == list(answers)
    own = Library.open(library)
    for name, answer in answers.items():
        assert not answer.is_error, answer
        assert answer.structured_content == to_dict(call(own, name, QUESTIONS[name]))
        assert json.loads(answer.content[0].text) == answer.structured_content
        check = schemas.validator_for(offered[name].output_schema)
        check.validate(answer.structured_content)
        # A field too many is refused, so that the schema says something.
        assert not check.is_valid(answer.structured_content | {"zzz": 1})
        assert schemas.validator_for(offered[name].input_schema).is_valid(QUESTIONS[name])
    assert answers["map_key"].structured_content["page"]["total"] > 0
    assert answers["explain_mapping"].structured_content["claims"]


def test_errors_arrive_with_advice(library: Path) -> None:
    """A wrong key is an error of the tool, and the server goes on answering."""

    async def question(client: Client) -> Any:  # noqa: ANN401 -- what the server sent
        wrong = await client.call_tool("look_up", {"key": "acme:AC-99"})
        return wrong, await client.call_tool("look_up", {"key": "acme:AC-1"})

    wrong, right = _ask(library, question)
    assert wrong.is_error
    assert "AC-99" in wrong.content[0].text
    assert "Traceback" not in wrong.content[0].text
    assert right.structured_content["key"] == "acme@2026:AC-1"
