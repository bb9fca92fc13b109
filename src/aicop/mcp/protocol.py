"""The tools over the Model Context Protocol. This is the only module that uses the SDK."""

from __future__ import annotations

import functools
import json
import logging
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from aicop.errors import AicopError, MissingExtra
from aicop.library.library import Library
from aicop.mcp.tools import TOOLS, call
from aicop.records import to_dict

try:
    import anyio
    import anyio.to_thread
    from mcp import types
    from mcp.server import Server
    from mcp.server.stdio import stdio_server
except ImportError as _error:
    raise MissingExtra("mcp", "the MCP SDK") from _error

if TYPE_CHECKING:
    from mcp.server import ServerRequestContext

_LOG = logging.getLogger(__name__)

INSTRUCTIONS = (
    "The UK Code of Practice for the Cyber Security of AI and its ETSI successors, TS 104 223 and EN 304 223, mapped "
    "to other frameworks. Items are named by keys such as uk-ai-cop@2025-01:5.4.1. All text is restated in aicop's own "
    "words and is not the official wording; quote the publication for that. Mappings are judgements with authors and "
    "sources. Coverage compares texts and is not compliance. Answers are shortened: read page.note and page.left_out. "
    "This is not legal advice."
)
"""What a client tells the model about the server."""

# Nothing is written, no state is kept, and nothing beyond the library is asked.
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def server(library: Library | None = None) -> Server[Any]:
    """
    Return a server of the Model Context Protocol that answers from *library*, by default from what ships.

    Its tools read the library and change nothing. An answer is structured, with a schema, and repeated as JSON text.
    What goes wrong is the text of a tool error, with the advice of aicop's errors.

    Raises:
        MissingExtra: the SDK is not installed; raised on import.
    """
    return Server(
        "aicop",
        version=version("aicop"),
        title="aicop",
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=functools.partial(_call_tool, library or Library()),
    )


def run(library: Library | None = None) -> None:
    """
    Serve on standard input and output until the client closes them, like the command ``aicop mcp``.

    Raises:
        MissingExtra: the SDK is not installed.
    """
    anyio.run(_serve, server(library))


async def _serve(made: Server[Any]) -> None:
    async with stdio_server() as (incoming, outgoing):
        await made.run(incoming, outgoing, made.create_initialization_options())


async def _list_tools(_: ServerRequestContext[Any], __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=tool.input_schema,
                output_schema=tool.output_schema,
                annotations=_READ_ONLY,
            )
            for tool in TOOLS.values()
        ]
    )


async def _call_tool(
    library: Library, _: ServerRequestContext[Any], asked: types.CallToolRequestParams
) -> types.CallToolResult:
    try:
        # In a thread, so that the server goes on answering while a crosswalk is composed.
        found = await anyio.to_thread.run_sync(call, library, asked.name, asked.arguments or {})
        data = to_dict(found)
    except AicopError as error:
        return _failed(str(error))
    except Exception:  # noqa: BLE001 -- a traceback is for the log, not for a model
        _LOG.exception("tool %r", asked.name)
        return _failed("aicop failed to answer, and its log says why; ask another question or report this as a fault")
    text = json.dumps(data, ensure_ascii=False)
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], structured_content=data)


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], is_error=True)
