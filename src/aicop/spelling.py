"""Clean keys of the artefacts of word processors, spreadsheets and typing, and find similar words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from aicop.errors import KeyMistake, UnknownKey, UnknownTerm

if TYPE_CHECKING:
    from collections.abc import Iterable

Item = TypeVar("Item")

MAX_KEY_LENGTH = 200
"""The maximum length of a key, in characters; longer ones are rejected."""

# Word processors and PDF files replace hyphens by other dashes, and spaces by no-break spaces.
PLAIN = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-") | {0xA0: " ", 0x202F: " "}


def close(word: str, words: Iterable[str], n: int, cutoff: float = 0.6) -> list[str]:
    """Return up to *n* of *words* that are similar to *word*, the most similar first; none for a very long text."""
    # The search needs many times the memory of the text.
    if len(word) > MAX_KEY_LENGTH:
        return []
    # Imported here, because only errors and failed searches need it.
    from difflib import get_close_matches

    return get_close_matches(word, list(words), n=n, cutoff=cutoff)


def unknown_term(vocabulary: str, text: str, known: Iterable[str]) -> UnknownTerm:
    """Return the error for a word that is not in a vocabulary, with similar words of the vocabulary."""
    words = tuple(known)
    folded = {word.casefold(): word for word in words}
    # Stricter than for keys, because in a small vocabulary a word that is only half alike is usually a different word.
    near = close(text.casefold(), folded, n=2, cutoff=0.75)
    # Two letters that change places in a short word count for much there: "cvs" for "csv".
    near = near or [word for word in folded if sorted(word) == sorted(text.casefold())]
    return UnknownTerm(vocabulary, text, words, tuple(folded[word] for word in near))


def several(given: str | Iterable[Item]) -> tuple[str | Item, ...]:
    """
    Return what a caller gives for a list of words, keys or names: one text is a list of one.

    Otherwise, Python would take the text for the list of its characters, and type checkers would not object.

    >>> several("uk-ai-cop"), several(["uk-ai-cop", "nist-csf"])
    (('uk-ai-cop',), ('uk-ai-cop', 'nist-csf'))
    """
    return (given,) if isinstance(given, str) else tuple(given)


def not_text(value: object) -> TypeError:
    """Return the error for something that was passed as a key and is not text."""
    return TypeError(f"a key must be text, such as 'uk-ai-cop:5.4.1', not {type(value).__name__}")


def odd_character(text: str, character: str, advice: str) -> UnknownKey:
    """Return the error for a key with a character that it cannot contain; *advice* follows the character's name."""
    # Imported here, because only this error needs it.
    import unicodedata

    name = unicodedata.name(character, f"U+{ord(character):04X}")
    what = "a line break" if character in "\r\n" else f"the character {name}"
    return UnknownKey(text, KeyMistake.UNREADABLE, f"contains {what}, {advice}")


def clean(text: str) -> str:
    """
    Return a key with plain hyphens and single spaces, without quotes, brackets or punctuation around it.

    Letters of every script are kept, because the ids of your own frameworks may have them.

    Raises:
        TypeError: *text* is not text.
        UnknownKey: the text is empty, too long, or has a character that no key has.
    """
    if not isinstance(text, str):
        raise not_text(text)
    if len(text) > MAX_KEY_LENGTH:
        advice = f"too long; a key has at most {MAX_KEY_LENGTH} characters."
        raise UnknownKey(text, KeyMistake.UNREADABLE, advice)
    plain = text.translate(PLAIN)
    # The whole is tested first, because that is much faster than testing each character.
    for character in "" if plain.isprintable() else plain:
        if not character.isprintable():
            raise odd_character(text, character, "which no key contains; remove it or retype it.")
    spaced = re.sub(r"\s+", " ", plain).strip(' "`[]')
    # Spreadsheets put an apostrophe before text. One at the end alone is a prime, which may be part of an id.
    if spaced.startswith("'"):
        spaced = spaced.strip(" \"'`[]")
    cleaned = spaced.rstrip(".:;,").strip()
    if not cleaned:
        raise UnknownKey(text, KeyMistake.UNREADABLE, "empty; write a key such as 'uk-ai-cop:5.4.1'.")
    return cleaned
