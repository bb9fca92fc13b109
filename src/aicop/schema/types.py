"""Types of single values for the models of `aicop.schema`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from aicop.ids import NUMBER
from aicop.vocabulary import Change


def _printable(text: str) -> str:
    """Return *text*; raise ValueError if it contains an unprintable character."""
    # The whole is tested first, because that is much faster than testing each character.
    for char in "" if text.isprintable() else text:
        if not char.isprintable():
            message = f"contains the unprintable character U+{ord(char):04X}; remove it"
            raise ValueError(message)
    return text


def _printable_or_space(text: str) -> str:
    """Return *text*; raise ValueError if a character is neither printable nor whitespace, such as a line break."""
    _printable("" if text.isprintable() else "".join(char for char in text if not char.isspace()))
    return text


def _calendar(text: str) -> str:
    """Return *text*, a date or month; raise ValueError if the calendar has no such day."""
    # A month is valid if its first day is.
    date.fromisoformat(text if text.count("-") > 1 else f"{text}-01")
    return text


_LINE = r"^\S(?:[^\r\n]*\S)?$"
TEN = r"^(?:10|[0-9])$"
_ALIAS = r"^[^\s|](?:[^\r\n|]*[^\s|])?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DIGESTS = r"^[0-9a-f]{16}(?:\|[0-9a-f]{16})*$"
_DAY_OR_MONTH = r"^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$"
_SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_LABEL = r"^[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*$"
_EDITION = r"^[a-z0-9]+(?:-[a-z0-9]+)*@[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*$"
COLUMN = r"^[a-z_]*$"
EVIDENCE_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
EVIDENCE_IDS = r"^[A-Za-z0-9][A-Za-z0-9._-]*(?: *\| *[A-Za-z0-9][A-Za-z0-9._-]*)*$"
SHA256 = r"^[0-9a-f]{64}$"
SHORT_DIGEST = r"^[0-9a-f]{16}$"
_NUMBER = f"^{NUMBER}$"
_DOCUMENT = r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$"
_DIGEST = r"^sha256:[0-9a-f]{64}$"
_PARTIAL_DAY = r"^[0-9]{4}(?:-[0-9]{2}){0,2}$"
_WORDS = r"^[a-z]+(?:-[a-z]+)*$"
_NODE = rf"^(?:P[1-9][0-9]?|{NUMBER})$"
_ITEM = rf"^(?:P[1-9][0-9]?|{NUMBER}(?:#[1-9][0-9]*)?)$"
_CHANGES = rf"^(?:{'|'.join(Change)})(?:; (?:{'|'.join(Change)}))*$"

FORMS = {
    _LINE: "one line without leading or trailing spaces",
    TEN: "a whole number from 0 to 10",
    _ALIAS: "one line without leading or trailing spaces and without |, which separates aliases in tables",
    _DIGESTS: "16 hexadecimal digits for each id, joined by | in the order of the ids",
    _DAY: "a date, such as 2026-11-22",
    _DAY_OR_MONTH: "a date or month, such as 2026-11-22 or 2026-11",
    _SLUG: "lower case letters, digits and hyphens, such as acme-controls",
    _LABEL: "letters and digits, with . or - in between, such as 2026 or 1.2",
    _EDITION: "a key, @ and an edition, such as acme@2026",
    COLUMN: "the name of a column of aicop, in lower case",
    _NUMBER: "the number of a provision, such as 5.1 or 5.2.1-4.1",
    _DOCUMENT: "lower case letters and digits, with . or - in between, such as nist.ai-100",
    _DIGEST: "sha256: and 64 hexadecimal digits",
    _PARTIAL_DAY: "a year, month or date, such as 2026, 2026-11 or 2026-11-22",
    _WORDS: "words in lower case, joined by hyphens, such as secure-design",
    _NODE: "the number of a provision, such as 5.1, or P and the number of a principle, such as P5",
    _ITEM: "the number of a provision or statement, such as 5.1 or 5.1#2, or P and the number of a principle",
    EVIDENCE_ID: "letters, digits, dots, hyphens and underscores, such as EV-12",
    EVIDENCE_IDS: "ids of evidence, separated by |, such as EV-1|EV-12",
    SHA256: "64 hexadecimal digits in lower case",
    SHORT_DIGEST: "16 hexadecimal digits in lower case",
    _CHANGES: f"kinds of change, separated by '; ': {', '.join(Change)}",
}
"""Descriptions of patterns for error messages."""

Text = Annotated[str, StringConstraints(min_length=1, pattern=_LINE), AfterValidator(_printable)]
"""One line of printable characters, without leading or trailing whitespace."""

MAX_NAME_LENGTH = 100
"""The maximum length of the name of a user's own column."""

Name = Annotated[Text, StringConstraints(max_length=MAX_NAME_LENGTH)]
"""The name of a user's own column."""

OwnText = Annotated[str, AfterValidator(_printable_or_space)]
"""A cell of a user's own column: any text, also of several lines, or empty."""

Alias = Annotated[str, StringConstraints(min_length=1, pattern=_ALIAS), AfterValidator(_printable)]
"""Another name of an element."""


def is_name(text: str) -> bool:
    """Return whether a text can be the name of a user's own column; see `Name`."""
    return 0 < len(text) <= MAX_NAME_LENGTH and text == text.strip() and text.isprintable()


# These are patterns and not the types of `aicop.ids`, because they become part of the published JSON Schemas.
Slug = Annotated[str, StringConstraints(pattern=_SLUG)]
EditionLabel = Annotated[str, StringConstraints(pattern=_LABEL)]
Number = Annotated[str, StringConstraints(pattern=_NUMBER)]
ItemNumber = Annotated[str, StringConstraints(pattern=_ITEM)]
"""The number of a principle (``P`` and a number), a provision or a statement."""
NodeNumber = Annotated[str, StringConstraints(pattern=_NODE)]
"""The number of a principle (``P`` and a number) or a provision."""
Changes = Annotated[str, StringConstraints(pattern=_CHANGES)]
"""Kinds of change, separated by ``; ``."""
PhaseSlug = Annotated[str, StringConstraints(pattern=_WORDS)]
PartialDay = Annotated[str, StringConstraints(pattern=_PARTIAL_DAY)]
"""A year, a month or a day."""
Day = Annotated[str, StringConstraints(pattern=_DAY), AfterValidator(_calendar)]
Date = Annotated[str, StringConstraints(pattern=_DAY_OR_MONTH), AfterValidator(_calendar)]
DocumentKey = Annotated[str, StringConstraints(pattern=_DOCUMENT)]
Digest = Annotated[str, StringConstraints(pattern=_DIGEST)]
ShortDigests = Annotated[str, StringConstraints(pattern=_DIGESTS)]
"""The digest of one side of a mapping: one for each id, joined by ``|`` in the order of the ids."""
EditionKey = Annotated[str, StringConstraints(pattern=_EDITION)]
Ordinal = Annotated[int, Field(ge=1, le=9999)]
