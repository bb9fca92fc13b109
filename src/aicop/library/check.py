"""Verdicts on written keys, and on cells that hold several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.errors import KeyMistake, UnknownKey
from aicop.ids import JOINER, EditionId, Key

if TYPE_CHECKING:
    from collections.abc import Callable

# Commas and "and" may also be part of one key, as in "AI Act, Article 15(4)".
_LISTED = r",|\s(?:and|&)\s"


@shown
@field_type
@attrs.frozen(repr=False)
class KeyCheck:
    """The verdict on one written key."""

    text: str
    key: Key | None
    """The id that the text refers to; None if there is none."""
    error: UnknownKey | None
    """Why there is no such id, with advice; None if there is one."""


class KeyChecker:
    """
    Judges the keys in the cells of a list or table; each different text is parsed once.

    *parse* is the parser of a library, and numbers alone are looked up in *edition*. Several keys in a cell are
    separated by ``|``, semicolons, line breaks, commas or "and". A number alone is first looked up in the edition of
    the key before it, except after ``|``, which joins the members of a joint id.

    >>> from aicop import parse
    >>> for one in KeyChecker(parse).cell("EN 304 223 5.2.1-4, 5.2.1-9"):
    ...     print(one.text, one.key)
    EN 304 223 5.2.1-4 etsi-en-304-223@2.1.1:5.2.1-4
    5.2.1-9 None
    """

    def __init__(
        self, parse: Callable[[str, EditionId | str | None], Key], edition: EditionId | str | None = None
    ) -> None:
        self._parse, self._edition = parse, edition
        self._known: dict[tuple[str, EditionId | None], KeyCheck] = {}

    def key(self, text: str, within: EditionId | None = None) -> KeyCheck:
        """Return the verdict on one key; numbers alone are looked up in *within* if it is given."""
        # Lists repeat keys, and explaining a wrong one takes a thousand times as long as finding its verdict again.
        if (text, within) not in self._known:
            try:
                found = KeyCheck(text, self._parse(text, within or self._edition), None)
            except UnknownKey as error:
                found = KeyCheck(text, None, error)
            self._known[text, within] = found
        return self._known[text, within]

    def cell(self, cell: str) -> tuple[KeyCheck, ...]:
        """Return the verdicts on the keys in a cell, in order; none for an empty cell."""
        if not cell.strip():
            return ()
        whole = self.key(cell)
        if _is_one(whole):
            return (whole,)
        found: list[KeyCheck] = []
        for part in filter(None, map(str.strip, re.split(r"[;\n]", cell))):
            if JOINER in part and not _is_one(self.key(part)):
                # The members of a joint id stand alone, and none may be empty.
                found += (self.key(member.strip()) for member in part.split(JOINER))
            else:
                found += self._listed(part, _edition_before(found))
        # A sign at the end separates nothing.
        return tuple(found) if len(found) > 1 else (whole,)

    def _listed(self, text: str, within: EditionId | None) -> list[KeyCheck]:
        """Return the verdicts on keys that are separated by commas or "and", or on *text* if it is no such list."""
        whole = self._following(text, within)
        if whole.key is not None:
            return [whole]
        found: list[KeyCheck] = []
        for part in filter(None, map(str.strip, re.split(_LISTED, text))):
            found.append(self._following(part, _edition_before(found) or within))
        if len(found) <= 1:
            return [whole]
        # In a list that has no known key, each part must at least have the form of one.
        formless = {KeyMistake.UNREADABLE, KeyMistake.NO_ITEM}
        is_list = any(one.error is None for one in found) or not any(
            one.error is not None and one.error.mistake in formless for one in found
        )
        return found if is_list else [whole]

    def _following(self, text: str, within: EditionId | None) -> KeyCheck:
        """Return the verdict on a key after one of the edition *within*, to which a number alone belongs as well."""
        following = self.key(text, within)
        if following.key is None and (alone := self.key(text)).key is not None:
            return alone
        return following


def _is_one(found: KeyCheck) -> bool:
    """Return whether a text is a single key; look-up ignores separators, so the id must contain them as well."""
    return found.key is not None and not any(
        sign in found.text and sign not in found.key.local for sign in (JOINER, ";")
    )


def _edition_before(found: list[KeyCheck]) -> EditionId | None:
    """Return the edition of the last known key, or None if there is none."""
    return next((one.key.edition for one in reversed(found) if one.key is not None), None)
