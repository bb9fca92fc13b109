"""The user's own columns of a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.model.framework import Control

COLUMNS = ("id", "parent", "kind", "title", "nature", "words")
"""The columns of every table of elements."""
OPTIONAL = ("amended", "aliases")
"""The columns that files have only if an element has something in them."""


def own_names(controls: Iterable[Control]) -> tuple[str, ...]:
    """Return the names of the user's own columns, in the order in which the elements first use them."""
    return tuple(dict.fromkeys(name for one in controls for name, _ in one.extra))


def own_heading(name: str) -> str:
    """Return the heading of an own column: its name, with `` (own)`` added if it is called like one of aicop's."""
    return f"{name} (own)" if name.casefold() in {*COLUMNS, *OPTIONAL} else name
