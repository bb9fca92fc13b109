"""Texts that occur more than once, kept once."""

from __future__ import annotations


class Texts:
    """A list of texts; rows hold the place of a text instead of the text itself."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, text: object | None) -> int | None:
        """Return the place of a text, which is added if it is new; None for None."""
        return None if text is None else self._places.setdefault(str(text), len(self._places))

    @property
    def all(self) -> list[str]:
        """The texts, by place."""
        return list(self._places)
