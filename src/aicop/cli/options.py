"""The options that several commands share, each defined once so that it means the same everywhere."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aicop.cli.key_files import InputFormat
from aicop.cli.output import Output, OutputFormat
from aicop.spelling import unknown_term
from aicop.vocabulary import MappingBasis, Modality, Predicate, Role, term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Command = Callable[..., None]
    Decorator = Callable[[Command], Command]

ALL_COLUMNS = "all"


class _NamedPath(click.Path):
    """
    A path that is not empty.

    An empty one is mostly that of a variable that is not set, and would mean the working folder.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 -- as click's own
        if value == "":
            self.fail("the name is empty; name a file or folder", param, ctx)
        return super().convert(value, param, ctx)


FILE = _NamedPath(path_type=Path)


def several(*names: str, help: str, **more: Any) -> Decorator:  # noqa: A002, ANN401 -- as click's own
    """Return an option that may be repeated; the values are alternatives."""
    return click.option(*names, multiple=True, help=f"{help} Repeatable.", **more)


edition_option: Decorator = click.option(
    "--edition",
    "-e",
    default="uk-ai-cop",
    show_default=True,
    metavar="EDITION",
    help="The edition: document@edition, or just the document for its current edition.",
)
key_edition_option: Decorator = click.option(
    "--edition", "-e", metavar="EDITION", help="The edition in which bare numbers, such as 5.4.1, are looked up."
)
column_option: Decorator = click.option(
    "--column", metavar="NAME", help="The column, or JSON field, that contains the keys."
)
input_format_option: Decorator = click.option(
    "--input-format",
    "read_as",
    metavar="FORMAT",
    help=f"How to read the file: {', '.join(InputFormat)}. [default: by the extension of its name]",
)
phase_option: Decorator = several("--phase", metavar="PHASE", help="Only this phase, such as secure-design.")
role_option: Decorator = several("--role", metavar="ROLE", help=f"Only duties of this role: {', '.join(Role)}.")
modality_option: Decorator = several(
    "--modality", metavar="VERB", help=f"Only statements with this verb: {', '.join(Modality)}."
)
via_option: Decorator = several(
    "--via", metavar="FRAMEWORK", help="Compose through this framework; several form a chain."
)
library_option: Decorator = click.option(
    "--library",
    "library_folder",
    type=_NamedPath(),
    metavar="FOLDER",
    help="Your library, or 'none' for what ships.  [default: AICOP_LIBRARY, or the nearest folder with aicop.toml]",
)
skip_invalid_option: Decorator = click.option(
    "--skip-invalid", is_flag=True, help="Leave out what has faults, and list it, instead of refusing the whole."
)
within_option: Decorator = several(
    "--in", "within", metavar="KEY", help="Count only this item and what is below it, such as P6 or 5.4."
)
of_option: Decorator = several(
    "--of", metavar="KIND", help="Count elements of this kind, such as statement or provision."
)
output_option: Decorator = click.option(
    "--output", "-o", "path", type=FILE, metavar="FILE", help="Write to this file instead of standard output."
)
force_option: Decorator = click.option("--force", "overwrite", is_flag=True, help="Overwrite existing files.")
strength_option: Decorator = click.option(
    "--strength", type=click.IntRange(1, 10), metavar="1..10", help="The minimum strength of a mapping that counts."
)
source_argument: Decorator = click.argument("source", metavar="SOURCE")
target_argument: Decorator = click.argument("target", metavar="TARGET")


def read_day(_: click.Context, __: click.Parameter, text: str | None) -> dt.date | None:
    """Return the date of an option, or None if it is not given."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not an ISO date such as 2026-11-29."
        raise click.BadParameter(message) from None


def check_since(since: dt.date | None, on: dt.date) -> None:
    """Refuse an earlier day that is later than the day at which to ask."""
    if since is not None and since > on:
        message = f"{since} is later than {on}; compare with an earlier day"
        raise click.BadParameter(message, param_hint="--since")


def _day_or_today(context: click.Context, parameter: click.Parameter, text: str | None) -> dt.date:
    # The only place in which the clock is asked: the API takes the date.
    return read_day(context, parameter, text) or dt.datetime.now(tz=dt.UTC).astimezone().date()


on_option: Decorator = click.option(
    "--on", callback=_day_or_today, metavar="DAY", help="The date at which to ask, as an ISO date.  [default: today]"
)


def crosswalk_filters(function: Command) -> Command:
    """Add the options that filter the mappings of a crosswalk."""
    for option in (
        click.option("--since", metavar="DATE", help="Only mappings made on or after this ISO date."),
        click.option(
            "--confidence",
            type=click.IntRange(0, 10),
            default=0,
            show_default=True,
            metavar="0..10",
            help="The minimum confidence of a mapping.",
        ),
        several("--author", metavar="NAME", help="Only mappings by this author."),
        several("--relationship", metavar="WORD", help=f"Only this relationship: {', '.join(Predicate)}."),
        several("--basis", metavar="WORD", help=f"Only mappings on this basis: {', '.join(MappingBasis)}."),
    ):
        function = option(function)
    return function


def uses_library(function: Command) -> Command:
    """Add the options that choose the library; the command takes it as ``library``."""

    @functools.wraps(function)
    def command(*arguments: object, library_folder: str | None, skip_invalid: bool, **more: object) -> None:
        # Imported here, so that ``--help`` does not wait for it.
        from aicop.cli.library_in_use import open_library

        function(*arguments, library=open_library(library_folder, skip_invalid=skip_invalid), **more)

    return library_option(skip_invalid_option(command))


def selection(function: Command) -> Command:
    """Add the options that choose what of a framework is counted."""
    return role_option(modality_option(within_option(of_option(function))))


def _output_format(_: click.Context, __: click.Parameter, word: str) -> OutputFormat:
    # Not click's own choice of words, which suggests nothing for a misspelt one.
    return term(OutputFormat, word)


report_format_option: Decorator = click.option(
    "--format",
    "-f",
    "form",
    callback=_output_format,
    default=OutputFormat.TABLE.value,
    show_default=True,
    metavar="FORMAT",
    help=f"How to print: {', '.join(OutputFormat)}.",
)


def prints(
    *columns: str, table: Sequence[str] = (), instead: Mapping[str, tuple[Sequence[str], Sequence[str]]] | None = None
) -> Decorator:
    """
    Return a decorator for a command that prints rows with *columns*; it takes its `Output` as ``out``.

    A table shows the columns in *table*, so that it fits 100 characters; other formats show all of them. *instead* has
    the columns, and those of a table, that a flag of the command chooses in their place.
    """
    usual = (columns, tuple(table) or columns)
    others = dict(instead or {})

    def decorate(function: Command) -> Command:
        @functools.wraps(function)
        def command(
            *arguments: object,
            form: OutputFormat,
            chosen: Sequence[str],
            path: Path | None,
            overwrite: bool,
            **more: object,
        ) -> None:
            whole, short = next((others[flag] for flag in others if more[flag]), usual)
            names = _columns(chosen, whole) or tuple(short if form is OutputFormat.TABLE else whole)
            _run(function, Output(form, names, path, overwrite), arguments, more)

        described = f"Comma-separated columns, or '{ALL_COLUMNS}'. {_column_help(*usual)}" + "".join(
            f"  With --{flag}: {_column_help(*found)}" for flag, found in others.items()
        )
        columns_option = click.option("--columns", "chosen", multiple=True, metavar="NAMES", help=described)
        command.columns, command.table = usual  # type: ignore[attr-defined]
        return report_format_option(columns_option(output_option(force_option(command))))

    return decorate


def _column_help(whole: Sequence[str], short: Sequence[str]) -> str:
    """Return the help about the columns of a command."""
    default = f"  [default for tables: {', '.join(short)}]" if tuple(short) != tuple(whole) else ""
    return f"Available: {', '.join(whole)}.{default}"


def prints_record(function: Command) -> Command:
    """Add the options of a command that prints one thing; it takes its `Output` as ``out``."""

    @functools.wraps(function)
    def command(
        *arguments: object,
        form: OutputFormat,
        path: Path | None,
        overwrite: bool,
        **more: object,
    ) -> None:
        _run(function, Output(form, (), path, overwrite), arguments, more)

    return report_format_option(output_option(force_option(command)))


def _run(function: Command, out: Output, arguments: Sequence[object], more: Mapping[str, object]) -> None:
    # Before the work: nobody should wait for an answer that cannot be written.
    out.check()
    function(*arguments, out=out, **more)


def _columns(chosen: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    names = [name.strip().replace(" ", "_") for part in chosen for name in part.split(",")]
    if ALL_COLUMNS in names:
        return tuple(known)
    for name in names:
        if name not in known:
            raise unknown_term("column", name, (*known, ALL_COLUMNS))
    return tuple(dict.fromkeys(names))


def filter_phrase(filters: Mapping[str, Sequence[object]]) -> str:
    """
    Describe the filters in use, or return "" if there are none.

    >>> filter_phrase({"role": ("Developer", "End-user"), "verb": ("shall",), "phase": ()})
    'role Developer or End-user; verb shall'
    """
    return "; ".join(f"{name} {' or '.join(map(str, words))}" for name, words in filters.items() if words)


def scope_line(text: str, filters: Mapping[str, Sequence[object]]) -> str:
    """Return the line under an answer that names what was counted."""
    chosen = filter_phrase(filters)
    return f"{text}. Filter: {chosen}." if chosen else f"{text}."
