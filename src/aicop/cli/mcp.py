"""The command ``mcp``: serve the library that is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aicop.cli.options import uses_library
from aicop.cli.signals import ended_at_once

if TYPE_CHECKING:
    from aicop.library.library import Library


@click.command()
@uses_library
def mcp(library: Library) -> None:
    """
    Serve your library to language models, over the Model Context Protocol.

    It reads requests from standard input and answers on standard output until the client closes them; clients start it
    themselves. Its tools look up keys, select provisions, check keys, find counterparts and mappings, explain these,
    report coverage and search. They change nothing. It needs the extra mcp: pip install 'aicop[mcp]'.
    """
    # Imported here, because the SDK is slow to import and may not be installed.
    from aicop.mcp.protocol import run

    with ended_at_once():
        run(library)


COMMANDS = {"mcp": mcp}
