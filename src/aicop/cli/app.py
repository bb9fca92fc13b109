"""
The command line: parse arguments, call the public API, print. The only package that imports click.

Commands load on first use, so that ``aicop --help`` imports none of them; `aicop.cli.exit_codes` lists the exit codes.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, ClassVar

import click

from aicop.cli.exit_codes import BROKEN, INTERRUPTED, USAGE
from aicop.cli.groups import HELP, LazyGroup

if TYPE_CHECKING:
    from aicop.cli.groups import Sections


class Commands(LazyGroup):
    """All commands of aicop."""

    sections: ClassVar[Sections] = {
        "The Code and its editions": {
            "editions": ("catalogue", "List the editions."),
            "edition": ("catalogue", "Show the record of an edition: dates, licence, scope, roles and terms."),
            "show": ("show", "Show a provision, principle, phase, or an element of another framework."),
            "list": ("catalogue", "List statements, filtered by role, modality, phase, principle or threat."),
            "duties": ("catalogue", "Print a checklist of the duties of one or more roles."),
            "threats": ("catalogue", "List the threats that the Implementation Guide names."),
            "counterpart": ("catalogue", "Find the same item in another edition."),
            "compare": ("catalogue", "Compare two editions."),
            "applies": ("applies", "Decide whether an edition applies to an organisation, and in which roles."),
        },
        "Keys and search": {
            "check": ("check", "Check the keys in a file."),
            "search": ("crosswalk", "Search the text of all frameworks."),
        },
        "Other frameworks": {
            "frameworks": ("crosswalk", "List the other frameworks."),
            "map": ("crosswalk", "Show what an item is mapped to, in every framework."),
            "crosswalk": ("crosswalk", "Print the crosswalk from one framework to another."),
            "coverage": ("crosswalk", "Report how much of one framework is covered by another."),
            "gaps": ("crosswalk", "List what another framework does not cover."),
            "explain": ("crosswalk", "Explain how two items are related, with the reasons."),
            "consistency": ("crosswalk", "Find mappings that contradict each other."),
        },
        "Dependencies": {
            "graph": ("graph", "Order of work, impact, handovers and drawings."),
        },
        "Assessments": {
            "assess": (
                "assess.group",
                "Verdicts and evidence of your systems: status, next steps, gates, workbooks, dates.",
            ),
        },
        "For people": {
            "explore": ("exploring", "Write your library as one page to read, search and work with."),
        },
        "Your library": {
            "init": ("library", "Make a library of your own in a folder."),
            "library": ("library", "What your library holds, and what in it needs another look."),
        },
        "Files": {
            "export": ("exporting", "Write an edition, a framework or a crosswalk in another tool's format."),
            "import": ("importing", "Read a file from another tool and report what it contains."),
            "formats": ("exporting", "List the formats, or show what one format keeps and loses."),
        },
        "Language models": {
            "mcp": ("mcp", "Serve your library to language models, over the Model Context Protocol."),
        },
    }


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 -- the signature of click
    if asked:
        # Imported here: reading the metadata of a distribution is slow.
        from importlib.metadata import version

        from aicop.cli.streams import write_out

        write_out(f"aicop {version('aicop')}\n")
        context.exit()


@click.group(
    "aicop",
    cls=Commands,
    context_settings=HELP,
    help="The UK Code of Practice for the Cyber Security of AI and its ETSI successors, as data.",
    epilog="Exit codes: 0 success; 1 check found unknown keys, consistency contradictions, import nothing to read, "
    "assess merge conflicts, or assess check broken rules; 2 wrong usage, or an unknown key, edition or word; 3 a file "
    "cannot be read or written; 130 interrupted; 129 and 143 ended by a hang-up or SIGTERM.",
)
@click.option("--version", is_flag=True, callback=_version, is_eager=True, expose_value=False, help="Show the version.")
@click.pass_context
def app(context: click.Context) -> None:
    """Run a command."""
    # Imported here, because `aicop --help` takes no signals.
    from aicop.cli.signals import ended_in_order

    context.with_resource(ended_in_order())


def run(arguments: list[str] | None = None) -> None:
    """
    Run with *arguments*, or with those of the process.

    Errors go to standard error without a traceback.

    Raises:
        SystemExit: always, with one of the exit codes of `aicop.cli.exit_codes`.
    """
    # Without standard error, only the notes beside an answer are lost.
    if sys.stdout is None:
        _tell("aicop: standard output is closed")
        raise SystemExit(BROKEN)
    # A character that the locale lacks is printed escaped, rather than ending the program.
    for stream in (sys.stdout, sys.stderr):
        # Standard error may be None.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    raise SystemExit(_exit_code(arguments))


def _exit_code(arguments: list[str] | None) -> int:
    try:
        # Not in click's standalone mode, whose exit code for an interrupt is that of findings here.
        return app.main(arguments, prog_name="aicop", standalone_mode=False) or 0
    except click.ClickException as error:
        _show_usage(error)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except OSError as error:
        message, code = _os_message(error), BROKEN
    except Exception as error:
        # Imported here: `aicop --help` needs no errors, and they need attrs.
        from aicop.errors import AicopError, InvalidDocument, MissingData, MissingExtra

        if not isinstance(error, AicopError):
            raise
        broken = isinstance(error, MissingData | MissingExtra | InvalidDocument)
        message, code = str(error), BROKEN if broken else USAGE
    _tell(f"aicop: {message}")
    return code


def _tell(text: str, end: str = "\n") -> None:
    # Imported here: `aicop --help` tells nothing.
    from aicop.cli.streams import tell

    tell(text, end)


def _show_usage(error: click.ClickException) -> None:
    """Print an error of the command-line library, which repeats arguments as they were given."""
    shown = error
    # Wrong usage without arguments is answered by the help, which has many lines of ours.
    if not isinstance(error, click.exceptions.NoArgsIsHelpError):
        from aicop.errors import display_line

        message = display_line(error.format_message())
        context = error.ctx if isinstance(error, click.UsageError) else None
        shown = click.UsageError(message, context)
    text = io.StringIO()
    shown.show(text)
    _tell(text.getvalue(), "")


def _os_message(error: OSError) -> str:
    """Return the message of an error of the operating system without its number, the file first."""
    from aicop.errors import display_line

    said = error.strerror and f"{error.strerror[:1].lower()}{error.strerror[1:]}"
    return display_line(f"{error.filename}: {said}" if said and error.filename else said or str(error))
