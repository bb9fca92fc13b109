"""The command ``explore``: write the page of the explorer, or serve it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicop.cli.options import force_option, on_option, output_option, several, uses_library
from aicop.cli.output import Output, OutputFormat
from aicop.cli.streams import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.assessment.assessment import Assessment
    from aicop.library.library import Library


@click.command()
@output_option
@force_option
@several("--edition", "-e", "editions", metavar="EDITION", help="Only this edition.  [default: all]")
@several("--framework", "frameworks", metavar="FRAMEWORK", help="Only this framework.  [default: all]")
@several("--assessment", "systems", metavar="SYSTEM", help="With the verdicts and status of this system.")
@on_option
@click.option("--evidence", is_flag=True, help="With the evidence of the assessments.")
@several("--wording", metavar="FRAMEWORK", help="With the wording of the elements of this framework of yours.")
@click.option("--serve", is_flag=True, help="Serve the page on this machine until Ctrl-C, instead of writing a file.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="NUMBER",
    help="Serve on this port.  [default: any]",
)
@uses_library
def explore(  # noqa: PLR0913 -- the options of a page
    library: Library,
    path: Path | None,
    on: dt.date,
    port: int,
    *,
    overwrite: bool,
    editions: Sequence[str],
    frameworks: Sequence[str],
    systems: Sequence[str],
    evidence: bool,
    wording: Sequence[str],
    serve: bool,
) -> None:
    """
    Write your library as one page that anyone can open, search and work with, without a server or network.

    Assessments, their evidence and the wording of your frameworks are left out unless you name them, because the page
    is made to be passed on. It needs the extra report: pip install 'aicop[report]'.
    """
    # Imported here, so that ``--help`` does not wait for it.
    from aicop.report.explorer import dumps

    if serve == (path is not None):
        message = "name a file with --output, or use --serve"
        raise click.UsageError(message)
    if evidence and not systems:
        message = "--evidence is that of assessments; name one with --assessment"
        raise click.UsageError(message)
    out = Output(OutputFormat.TABLE, (), path, overwrite)
    out.check()
    assessments: tuple[Assessment, ...] = ()
    if systems:
        from aicop.assessment.files.reader import load_all

        assessments = load_all(library, dict.fromkeys(systems))
    page = dumps(
        library,
        editions=editions or None,
        frameworks=frameworks or None,
        assessments=assessments,
        on=on,
        evidence=evidence,
        wording=wording,
    )
    if serve:
        _serve(page, port)
    else:
        out.content(page.encode())


def _serve(page: str, port: int) -> None:
    from aicop.report.explorer.serving import PageServer

    with PageServer(page, port) as server:
        note(f"Serving on {server.address} until Ctrl-C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            note("Ended.")


COMMANDS = {"explore": explore}
