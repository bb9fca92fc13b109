"""The server, asked by the client of the SDK."""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import Client

from aicop import Library, cli
from aicop.errors import MissingExtra
from aicop.mcp import run, server, tools
from aicop.mcp.protocol import INSTRUCTIONS
from aicop.mcp.tools import TOOLS, call
from aicop.records import to_dict
from tests.examples import A

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from concurrent.futures import Future

    from mcp.types import CallToolResult

MODES = ["auto", "legacy"]
"""With the handshake of older protocols, and without."""


def _with_client(mode: str, question: Callable[[Client], Coroutine[Any, Any, Any]], *libraries: Library) -> Any:  # noqa: ANN401
    async def ask() -> Any:  # noqa: ANN401 -- whatever the question returns
        async with Client(server(*libraries), mode=mode) as client:
            return await question(client)

    return anyio.run(ask)


def _call(mode: str, name: str, *libraries: Library, **arguments: object) -> CallToolResult:
    found: CallToolResult = _with_client(mode, lambda client: client.call_tool(name, arguments), *libraries)
    return found


@pytest.mark.parametrize("mode", MODES)
def test_the_tools_are_offered(mode: str) -> None:
    """Every tool is offered with its schemas, as one that only reads, and the server says what it is."""

    async def question(client: Client) -> Any:  # noqa: ANN401 -- what the client was told
        return client.instructions, (await client.list_tools()).tools

    instructions, offered = _with_client(mode, question)
    assert instructions == INSTRUCTIONS
    assert [item.name for item in offered] == list(TOOLS)
    for item in offered:
        tool = TOOLS[item.name]
        assert (item.title, item.description) == (tool.title, tool.description)
        assert (item.input_schema, item.output_schema) == (tool.input_schema, tool.output_schema)
        hints = item.annotations
        assert (hints.read_only_hint, hints.destructive_hint, hints.open_world_hint) == (True, False, False)


@pytest.mark.parametrize("mode", MODES)
def test_an_answer_is_structured_and_text(mode: str) -> None:
    """The structured answer is the record, and the text is the same as JSON."""
    expected = to_dict(call(Library(), "look_up", {"key": "uk-ai-cop:5.4.1"}))
    found = _call(mode, "look_up", key="UK Code 5.4.1")
    assert not found.is_error
    assert found.structured_content == expected
    [text] = found.content
    assert text.type == "text"
    assert json.loads(text.text) == expected


def test_your_library_is_asked() -> None:
    """A framework of yours is found, and is not without your library."""
    key = str(A.controls[0].id)
    found = _call("auto", "look_up", Library().with_framework(A), key=key)
    assert found.structured_content is not None
    assert found.structured_content["key"] == key
    assert _call("auto", "look_up", key=key).is_error


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("look_up", {"key": "uk-ai-cop:5.9"}, "Nearest: uk-ai-cop@2025-01:5.4.2."),
        ("look_up", {"wrong": 1}, "arguments: key: this field is missing"),
        ("nope", {}, "'nope' is not a tool; use one of: list_frameworks"),
    ],
)
def test_errors_are_errors_of_tools(mode: str, name: str, arguments: dict[str, object], message: str) -> None:
    """What is wrong is the text of an answer marked as an error, for the model to read."""
    found = _call(mode, name, **arguments)
    [text] = found.content
    assert found.is_error
    assert found.structured_content is None
    assert text.type == "text"
    assert message in text.text


def test_a_fault_of_ours_is_no_traceback(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """An unexpected error is logged with its traceback, and the client is told only that there was one."""
    broken = {**TOOLS, "search": tools.Tool(**{**_fields(TOOLS["search"]), "ask": lambda *_: 1 / 0})}
    monkeypatch.setattr(tools, "TOOLS", broken)
    with caplog.at_level(logging.ERROR, "aicop"):
        found = _call("auto", "search", text="x")
    [text] = found.content
    assert found.is_error
    assert text.type == "text"
    assert text.text.startswith("aicop failed to answer")
    assert "ZeroDivisionError" in caplog.text


def _fields(tool: tools.Tool) -> dict[str, Any]:
    names = ("name", "title", "description", "arguments", "answer")
    return {name: getattr(tool, name) for name in names}


_HANDSHAKE = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
_QUESTION = {"name": "look_up", "arguments": {"key": "uk-ai-cop:5.4.1"}}


def _line(method: str, given: object = None, number: int | None = None) -> bytes:
    """Return a request, or a notification, as a client writes it to standard input."""
    more = {"params": given, "id": number} if given else {}
    return json.dumps({"jsonrpc": "2.0", "method": method} | more).encode() + b"\n"


# Not a fixture: pytest sets its own streams between the setup of a test and its call.
@contextlib.contextmanager
def _asking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Future[Any]]:
    """Ask for a key on standard input, and give the key that standard output answers; then the input closes."""
    (to_read, asking), (answering, to_write) = os.pipe(), os.pipe()
    monkeypatch.setattr(sys, "stdin", os.fdopen(to_read))
    monkeypatch.setattr(sys, "stdout", os.fdopen(to_write, "w"))

    def client() -> Any:  # noqa: ANN401 -- JSON
        with os.fdopen(asking, "wb", buffering=0) as requests, os.fdopen(answering, "rb") as answers:
            requests.write(_line("initialize", _HANDSHAKE, 1))
            assert json.loads(answers.readline())["result"]["serverInfo"]["name"] == "aicop"
            requests.write(_line("notifications/initialized"))
            requests.write(_line("tools/call", _QUESTION, 2))
            return json.loads(answers.readline())["result"]["structuredContent"]["key"]

    with ThreadPoolExecutor() as pool, sys.stdin, sys.stdout:
        yield pool.submit(client)
    monkeypatch.undo()


def test_requests_are_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server answers on standard output, one message per line, and ends with its input."""
    with _asking(monkeypatch) as answer:
        run()
    assert answer.result() == "uk-ai-cop@2025-01:5.4.1"


def test_the_command_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """``aicop mcp`` serves the library in use, and leaves the handlers of signals as they were."""
    before = signal.getsignal(signal.SIGINT)
    with _asking(monkeypatch) as answer, pytest.raises(SystemExit) as caught:
        cli.run(["mcp", "--library", "none"])
    assert caught.value.code == 0
    assert answer.result() == "uk-ai-cop@2025-01:5.4.1"
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_command(number: int, code: int) -> None:
    """A signal ends the command although its input stays open, without a traceback."""
    command = [sys.executable, "-m", "aicop", "mcp", "--library", "none"]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **streams) as running:  # type: ignore[call-overload]  # noqa: S603 -- ours
        running.stdin.write(_line("initialize", _HANDSHAKE, 1))
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["id"] == 1
        running.send_signal(number)
        assert running.wait(timeout=30) == code
        assert running.stderr.read() == b""


def test_without_the_sdk_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the SDK, the error names the extra to install."""
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "aicop.mcp.protocol")
    with pytest.raises(MissingExtra) as caught:
        importlib.import_module("aicop.mcp.protocol")
    assert "pip install 'aicop[mcp]'" in str(caught.value)
