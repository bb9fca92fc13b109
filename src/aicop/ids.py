"""
Identifiers as values: what they look like, not whether they exist.

``str`` gives the one written form, ``parse`` reads exactly that form back. `aicop.parse` is the tolerant reader.
"""

from __future__ import annotations

import re
from typing import Self

import attrs

from aicop.errors import InvalidId

# Patterns stay text until they are used: compiling them would cost as much as importing the module.
_PART = r"(?:0|[1-9][0-9]{0,3})"
NUMBER = rf"{_PART}(?:\.{_PART})*(?:-{_PART}(?:\.{_PART})*)?"
_EDITION = r"([a-z0-9]+(?:-[a-z0-9]+)*)@([0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)"
_SLUG = r"[a-z]+(?:-[a-z]+)*"
_PRINCIPLE = r"P([1-9][0-9]{0,3})"
_MAX_ID_LENGTH = 200


def clause_order(number: str) -> tuple[tuple[int, ...], ...]:
    """Order numbers as printed: clause by clause, as numbers; the part after the hyphen last."""
    return tuple(tuple(int(part) for part in half.split(".")) for half in number.split("-"))


def _natural(text: str) -> tuple[tuple[tuple[int, str], ...], str]:
    parts = re.split(r"[.-]", text)
    # The text itself tells apart labels that count alike, such as 1.0 and 1.00.
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts), text


def _split(text: str, expected: str) -> tuple[EditionId, str]:
    edition, colon, rest = text[:_MAX_ID_LENGTH].partition(":")
    if len(text) > _MAX_ID_LENGTH or not colon or re.fullmatch(_EDITION, edition) is None:
        raise InvalidId(text, expected)
    return EditionId.parse(edition), rest


@attrs.frozen(order=True, cache_hash=True)
class EditionId:
    """
    One dated version of a document, written ``document@edition``.

    >>> str(EditionId("etsi-en-304-223", "2.1.1"))
    'etsi-en-304-223@2.1.1'
    """

    document: str
    label: str = attrs.field(order=_natural)

    def __str__(self) -> str:
        return f"{self.document}@{self.label}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read the written form back.

        Raises:
            InvalidId: *text* is not ``document@edition``.
        """
        match = re.fullmatch(_EDITION, text[: _MAX_ID_LENGTH + 1])
        if match is None or len(text) > _MAX_ID_LENGTH:
            raise InvalidId(text, "an edition id such as 'etsi-en-304-223@2.1.1'")
        return cls(match[1], match[2])


@attrs.frozen(order=True, cache_hash=True)
class ProvisionId:
    """
    One provision of one edition, written ``document@edition:number``.

    Ordered as printed: 5.2 comes before 5.10, and a provision before its sub-provisions.

    >>> str(ProvisionId.parse("uk-ai-cop@2025-01:5.4.1"))
    'uk-ai-cop@2025-01:5.4.1'
    """

    edition: EditionId
    number: str = attrs.field(order=clause_order)

    @property
    def local(self) -> str:
        """The id without its edition."""
        return self.number

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read the written form back.

        Raises:
            InvalidId: *text* is not ``document@edition:number``.
        """
        expected = "a provision id such as 'etsi-en-304-223@2.1.1:5.1.1-2'"
        edition, number = _split(text, expected)
        if re.fullmatch(NUMBER, number) is None:
            raise InvalidId(text, expected)
        return cls(edition, number)


@attrs.frozen(order=True, cache_hash=True)
class PrincipleId:
    """
    One principle of one edition, written ``document@edition:P5``.

    >>> PrincipleId.parse("uk-ai-cop@2025-01:P5").number
    5
    """

    edition: EditionId
    number: int

    @property
    def local(self) -> str:
        """The id without its edition."""
        return f"P{self.number}"

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read the written form back.

        Raises:
            InvalidId: *text* is not ``document@edition:P`` and a number.
        """
        expected = "a principle id such as 'uk-ai-cop@2025-01:P5'"
        edition, rest = _split(text, expected)
        match = re.fullmatch(_PRINCIPLE, rest)
        if match is None:
            raise InvalidId(text, expected)
        return cls(edition, int(match[1]))


@attrs.frozen(order=True, cache_hash=True)
class PhaseId:
    """
    One phase of one edition, written ``document@edition:secure-development``.

    Ordered by name; a catalogue lists phases in printed order.
    """

    edition: EditionId
    slug: str

    @property
    def local(self) -> str:
        """The id without its edition."""
        return self.slug

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read the written form back.

        Raises:
            InvalidId: *text* is not ``document@edition:`` and a phase's name in lower case with hyphens.
        """
        expected = "a phase id such as 'uk-ai-cop@2025-01:secure-development'"
        edition, rest = _split(text, expected)
        if re.fullmatch(_SLUG, rest) is None:
            raise InvalidId(text, expected)
        return cls(edition, rest)


@attrs.frozen(order=True, cache_hash=True)
class StatementId:
    """
    One statement of a provision, written ``document@edition:number#ordinal``.

    >>> StatementId.parse("uk-ai-cop@2025-01:2.3#1").ordinal
    1
    """

    provision: ProvisionId
    ordinal: int

    @property
    def local(self) -> str:
        """The id without its edition."""
        return f"{self.provision.number}#{self.ordinal}"

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @property
    def edition(self) -> EditionId:
        """The edition of its provision."""
        return self.provision.edition

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read the written form back.

        Raises:
            InvalidId: *text* is not ``document@edition:number#ordinal``.
        """
        expected = "a statement id such as 'uk-ai-cop@2025-01:2.3#1'"
        provision, _, ordinal = text[:_MAX_ID_LENGTH].partition("#")
        if len(text) > _MAX_ID_LENGTH or re.fullmatch(r"[1-9][0-9]{0,3}", ordinal) is None:
            raise InvalidId(text, expected)
        return cls(ProvisionId.parse(provision), int(ordinal))


@attrs.frozen(order=True, cache_hash=True)
class ControlId:
    """
    One element of any other framework, written ``framework@edition:id``, the id as its publisher writes it.

    Ordered by text; a framework lists its elements in its own order.

    >>> ControlId.parse("nist-csf@2.0:PR.DS-01").id
    'PR.DS-01'
    """

    edition: EditionId
    id: str

    @property
    def local(self) -> str:
        """The id without its edition."""
        return self.id

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read the written form back.

        Raises:
            InvalidId: *text* is not ``framework@edition:`` and printable text.
        """
        expected = "a control id such as 'nist-csf@2.0:PR.DS-01'"
        edition, own = _split(text, expected)
        if not own or own != own.strip() or not own.isprintable():
            raise InvalidId(text, expected)
        return cls(edition, own)


def split_key(written: str) -> tuple[str, str]:
    """
    Return the parts of a written key before and after its colon, whatever they are; both may be empty.

    >>> split_key("uk-ai-cop@2025-01:5.4.1"), split_key("uk-ai-cop")
    (('uk-ai-cop@2025-01', '5.4.1'), ('uk-ai-cop', ''))
    """
    edition, _, local = written.partition(":")
    return edition, local


def split_edition(written: str) -> tuple[str, str]:
    """
    Return the document and the label of a written edition, whatever they are; the label may be empty.

    >>> split_edition("uk-ai-cop@2025-01"), split_edition("uk-ai-cop")
    (('uk-ai-cop', '2025-01'), ('uk-ai-cop', ''))
    """
    document, _, label = written.partition("@")
    return document, label


def key_of_item(edition: EditionId, local: str) -> ProvisionId | StatementId | PrincipleId:
    """
    Return the id of a provision, statement or principle of an edition, which is known to be one.

    >>> str(key_of_item(EditionId("uk-ai-cop", "2025-01"), "2.3#1"))
    'uk-ai-cop@2025-01:2.3#1'
    """
    if local.startswith("P"):
        return PrincipleId(edition, int(local[1:]))
    number, _, ordinal = local.partition("#")
    provision = ProvisionId(edition, number)
    return StatementId(provision, int(ordinal)) if ordinal else provision


Id = ProvisionId | PrincipleId | PhaseId
"""A provision, principle or phase."""

Key = ProvisionId | StatementId | PrincipleId | PhaseId | ControlId
"""Anything that a key can name: an item of an edition, or an element of another framework."""
