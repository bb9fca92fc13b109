"""Converters for attrs fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.errors import excerpt

if TYPE_CHECKING:
    # Type checkers take a parameterised class as a converter, and its argument as the type of the parameter: that of
    # `as_tuple[Statement, ...]` is Iterable[Statement]. The class itself would be called much slower than a function,
    # and a generic function tells mypy nothing.
    from builtins import tuple as as_tuple
    from collections.abc import Callable, Iterable
else:

    class as_tuple:  # noqa: N801 -- a converter, and for type checkers the class `tuple`
        """``as_tuple[X, ...]`` converts an iterable of X to a tuple."""

        def __class_getitem__(cls, _: object) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
            return _as_tuple


def _as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    # Text would become a tuple of its characters, and type checkers take it for an iterable of text.
    if isinstance(items, str):
        message = f"a list is expected, not the text {excerpt(items)}; write [{excerpt(items)}]"
        raise TypeError(message)
    return tuple(items)


__all__ = ["as_tuple"]
