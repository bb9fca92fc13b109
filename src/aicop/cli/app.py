"""
The command line: parse arguments, call the public API, print. The one door to typer.

Exit codes: 0 done; 1 ``check`` found keys that name nothing, ``consistency`` contradictions, or ``import`` nothing to
take; 2 wrong usage, or an unknown key, edition or word; 3 a file cannot be read, or the installation is damaged.
"""

from __future__ import annotations

import io
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from aicop.cli import catalogue, crosswalk, graph, interop
from aicop.cli.exit_codes import BROKEN, USAGE
from aicop.cli.output import write_out
from aicop.errors import AicopError, InvalidDocument, MissingData, MissingExtra

app = typer.Typer(
    name="aicop",
    help="The UK Code of Practice for the Cyber Security of AI and its ETSI successors, as data.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, asked: bool) -> None:
    if asked:
        write_out(f"aicop {version('aicop')}\n")
        raise typer.Exit


@app.callback()
def _main(
    *, _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False
) -> None:
    """Carry the options that go before a command."""


for commands in (catalogue, crosswalk, interop, graph):
    commands.add_to(app)


def run(arguments: list[str] | None = None) -> None:
    """Run with *arguments*, or with those of the process; errors go to standard error without a traceback."""
    if sys.stdout is None or sys.stderr is None:
        raise SystemExit(BROKEN)
    # Whatever the locale, a character that it lacks is shown escaped.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments)
    except (MissingData, MissingExtra, InvalidDocument, OSError) as error:
        typer.echo(f"aicop: {error}", err=True)
        raise SystemExit(BROKEN) from None
    except AicopError as error:
        typer.echo(f"aicop: {error}", err=True)
        raise SystemExit(USAGE) from None
