"""Generate the reference of the command line from its commands."""

from collections.abc import Iterator

import click

from aicop.cli.app import app

SHARED = {"--format", "--columns", "--output", "--force", "--library", "--skip-invalid"}
"""Options that the page explains once."""


def _commands() -> Iterator[tuple[str, str, click.Command]]:
    context = click.Context(app)
    for heading, names in app.sections.items():
        for name in names:
            command = app.get_command(context, name)
            assert command is not None
            yield from ((heading, *found) for found in _with_parts(name, command))


def _with_parts(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield a command, or those of a group, which may have groups in it."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        # A group whose commands load on first use has none of them yet.
        for part in command.commands or command.list_commands(context):
            one = command.get_command(context, part)
            assert one is not None
            yield from _with_parts(f"{name} {part}", one)
    else:
        yield name, command


def _usage(name: str, command: click.Command) -> str:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    required = [one for one in command.params if isinstance(one, click.Option) and one.required]
    words = [one.make_metavar(click.Context(command)) for one in arguments]
    words += [f"{one.opts[0]} {one.metavar}" for one in required]
    return " ".join(["aicop", name, *words])


def _options(command: click.Command) -> Iterator[str]:
    for one in command.params:
        if isinstance(one, click.Option) and SHARED.isdisjoint(one.opts):
            names = ", ".join(f"`{name}`" for name in sorted(one.opts, key=len, reverse=True))
            default = one.default if one.show_default else None
            shown = f" Default: `{default}`." if default is not None else ""
            yield f"| {names} | {(one.help or '').replace('|', chr(92) + '|')}{shown} |\n"


def reference() -> str:
    """Return a section for each command: usage, what it does, its options and its columns."""
    parts = []
    last = ""
    for heading, name, command in _commands():
        if heading != last:
            parts.append(f"## {heading}\n\n")
            last = heading
        text = " ".join((command.help or "").split("\n\n")[0].split())
        rest = ["\n".join(part.split("\n")) for part in (command.help or "").split("\n\n")[1:]]
        parts.append(f"### `{_usage(name, command)}`\n\n{text}\n\n")
        parts += [f"{' '.join(part.split())}\n\n" for part in rest]
        if rows := "".join(_options(command)):
            parts.append(f"| option | meaning |\n| --- | --- |\n{rows}\n")
        columns = getattr(command.callback, "columns", None)
        if columns:
            short = getattr(command.callback, "table", columns)
            named = ", ".join(f"`{column}`" for column in columns)
            only = "" if short == columns else f" A table shows {', '.join(f'`{column}`' for column in short)}."
            parts.append(f"Columns: {named}.{only}\n\n")
    return "".join(parts)
