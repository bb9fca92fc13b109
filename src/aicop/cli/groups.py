"""Groups of commands that load on first use, and suggest a command for one that does not exist."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    Sections = Mapping[str, Mapping[str, tuple[str, str]]]
    """Per heading of the help: the name of each command, its module in `aicop.cli`, and its summary."""

HELP: dict[str, list[str] | int] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class SuggestingGroup(click.Group):
    """A group of commands that suggests the nearest name for one that does not exist."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """
        Find the command that *args* begin with.

        Raises:
            click.UsageError: there is no such command.
        """
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from aicop.spelling import close

            near = close(args[0], self.list_commands(ctx), n=2)
            if not near:
                raise
            message = f"{error.message.rstrip('.')}. Did you mean {' or '.join(near)}?"
            raise click.UsageError(message, ctx) from error


class LazyGroup(SuggestingGroup):
    """
    A group that imports the module of a command only when the command runs.

    Its own help prints names and summaries from a table, so that it imports none of them.
    """

    sections: ClassVar[Sections]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- the signature of click
        """Return the names of all commands, in the order of the help."""
        return [name for commands in self.sections.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- the same
        """Import and return a command, or None if there is no such command."""
        for commands in self.sections.values():
            if cmd_name in commands:
                module, _ = commands[cmd_name]
                found: click.Command = import_module(f"aicop.cli.{module}").COMMANDS[cmd_name]
                return found
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- the same
        """Write the commands under their headings."""
        width = max(len(name) for commands in self.sections.values() for name in commands)
        for heading, commands in self.sections.items():
            with formatter.section(heading):
                # Names are padded, so that the summaries of all sections begin in the same column.
                formatter.write_dl([(name.ljust(width), summary) for name, (_, summary) in commands.items()])
