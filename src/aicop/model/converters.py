"""Converters for attrs fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return *items* as a tuple."""
    # attrs and mypy use the annotations of a converter to type `__init__`, and `tuple` itself has none.
    return tuple(items)
