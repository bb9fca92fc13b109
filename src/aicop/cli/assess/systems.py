"""The systems that a command of ``aicop assess`` is about."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aicop.library.library import Library


def systems_argument(function: Callable[..., None]) -> Callable[..., None]:
    """Add the argument SYSTEMS and the option --all; the command takes the assessments as ``found``."""
    takes_library = "library" in inspect.signature(function).parameters

    @functools.wraps(function)
    def command(*arguments: object, systems: Sequence[str], every: bool, library: Library, **more: Any) -> None:  # noqa: ANN401 -- the options of the command
        # Imported here, so that ``--help`` does not wait for it.
        from aicop.assessment import load_all

        if every == bool(systems):
            message = "name one or more systems, or use --all"
            raise click.UsageError(message)
        found = load_all(library, None if every else dict.fromkeys(systems))
        if not found:
            message = "the library has no assessments; make one with aicop assess init"
            raise click.UsageError(message)
        # The library itself is passed on to the commands that ask for more of it.
        if takes_library:
            more["library"] = library
        function(*arguments, found=found, **more)

    every = click.option("--all", "every", is_flag=True, help="All systems of the library.")
    return click.argument("systems", nargs=-1)(every(command))
