"""Keys as arguments of command-line programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.errors import UnknownKey
from aicop.keys.parser import parse

if TYPE_CHECKING:
    from aicop.ids import EditionId, Key


def argument(text: str, *, edition: EditionId | str | None = None, kind: type[Any] | None = None) -> Key:
    """
    Return the id that a written key refers to, as `parse` does, for the *type* of an argument of `argparse`.

    >>> import argparse
    >>> parser = argparse.ArgumentParser()
    >>> _ = parser.add_argument("key", type=argument)
    >>> str(parser.parse_args(["UK Code 5.4.1"]).key)
    'uk-ai-cop@2025-01:5.4.1'

    ``functools.partial(argument, kind=ProvisionId)`` reads provisions alone.

    Raises:
        argparse.ArgumentTypeError: no item exists under this key, or it is of another kind; with our advice.
        UnknownEdition: *edition* does not ship.
    """
    # Imported here, because only a program that uses it needs it.
    from argparse import ArgumentTypeError

    try:
        return parse(text, edition, kind=kind)
    except UnknownKey as error:
        raise ArgumentTypeError(str(error)) from error
