"""Verdicts on written keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._pydantic import field_type
from aicop.errors import UnknownKey
from aicop.ids import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@field_type
@attrs.frozen
class KeyCheck:
    """The verdict on one written key."""

    text: str
    key: Key | None
    """The id that the text refers to; None if there is none."""
    error: UnknownKey | None
    """Why there is no such id, with advice; None if there is one."""


def check_keys(texts: Iterable[str], parse: Callable[[str], Key]) -> tuple[KeyCheck, ...]:
    """Return a verdict on each text, in order."""
    # Lists repeat keys, and explaining a wrong one takes a thousand times as long as finding its verdict again.
    known: dict[str, KeyCheck] = {}
    found = []
    for text in texts:
        if text not in known:
            try:
                known[text] = KeyCheck(text, parse(text), None)
            except UnknownKey as error:
                known[text] = KeyCheck(text, None, error)
        found.append(known[text])
    return tuple(found)
