"""Converters for attrs fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

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
    if isinstance(items, str):
        # A text is an iterable of its characters, for type checkers as well.
        message = f"expected several values, not the text {items!r}; write [{items!r}]"
        raise TypeError(message)
    return tuple(items)


def as_several(given: Iterable[T]) -> tuple[T, ...]:
    """Return what an argument gives as a tuple; a text is a single value, and not its characters."""
    return (given,) if isinstance(given, str) else tuple(given)  # type: ignore[return-value]


__all__ = ["as_several", "as_tuple"]
