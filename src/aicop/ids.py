"""
Identifier value types. Their form is validated, but not whether the item exists.

``str`` returns the canonical form, and ``parse`` accepts exactly that form. `aicop.parse` is the tolerant parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Self

import attrs

from aicop._pydantic import OneOf, value_type
from aicop.errors import InvalidId, display_line

if TYPE_CHECKING:
    from collections.abc import Iterable

# Patterns are kept as text until they are used, because compiling them would cost as much as importing the module.
# They are applied with `fullmatch`, since `$` would accept a line break at the end.
_PART = r"(?:0|[1-9][0-9]{0,3})"
NUMBER = rf"{_PART}(?:\.{_PART})*(?:-{_PART}(?:\.{_PART})*)?"
_EDITION = r"([a-z0-9]+(?:-[a-z0-9]+)*)@([0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)"
_SLUG = r"[a-z]+(?:-[a-z]+)*"
_PRINCIPLE = r"P([1-9][0-9]{0,3})"
# Text is cut to this length before it is searched, so that very long input costs nothing.
_MAX_ID_LENGTH = 200


_MAX_SHOWN_LENGTH = 120


def _short_repr(self: object) -> str:
    """Return an id as its class and its canonical form, which tells more in less space than all its fields."""
    return f"<{type(self).__name__} {display_line(str(self), _MAX_SHOWN_LENGTH)}>"


def clause_order(number: str) -> tuple[tuple[int, ...], ...]:
    """Return a sort key that compares the clauses of a number as integers, then the part after the hyphen."""
    return tuple(tuple(int(part) for part in half.split(".")) for half in number.split("-"))


def _natural(text: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return a sort key for the label of an edition that compares its decimal parts as integers."""
    parts = re.split(r"[.-]", text)
    # The text itself breaks the tie between labels with the same value, such as 1.0 and 1.00.
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts), text


def _split(text: str, expected: str) -> tuple[EditionId, str]:
    """Return the edition and the rest of a written id, or raise InvalidId with *expected* if there is no edition."""
    edition, colon, rest = text[:_MAX_ID_LENGTH].partition(":")
    if len(text) > _MAX_ID_LENGTH or not colon or re.fullmatch(_EDITION, edition) is None:
        raise InvalidId(text, expected)
    return EditionId.parse(edition), rest


@value_type
@attrs.frozen(order=True, cache_hash=True, repr=False)
class EditionId:
    """
    The id of one dated version of a document, written ``document@edition``.

    >>> str(EditionId("etsi-en-304-223", "2.1.1"))
    'etsi-en-304-223@2.1.1'
    """

    document: str
    label: str = attrs.field(order=_natural)

    __repr__ = _short_repr

    def __str__(self) -> str:
        return f"{self.document}@{self.label}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Parse the written form.

        Raises:
            InvalidId: *text* is not ``document@edition``.
        """
        match = re.fullmatch(_EDITION, text[: _MAX_ID_LENGTH + 1])
        if match is None or len(text) > _MAX_ID_LENGTH:
            raise InvalidId(text, "an edition id such as 'etsi-en-304-223@2.1.1'")
        return cls(match[1], match[2])


@value_type
@attrs.frozen(order=True, cache_hash=True, repr=False)
class ProvisionId:
    """
    The id of one provision of one edition, written ``document@edition:number``.

    Ids sort in printed order, the order of the document: 5.2 before 5.10, and a provision before its sub-provisions.

    >>> str(ProvisionId.parse("uk-ai-cop@2025-01:5.4.1"))
    'uk-ai-cop@2025-01:5.4.1'
    """

    edition: EditionId
    number: str = attrs.field(order=clause_order)

    @property
    def local(self) -> str:
        """The id without its edition."""
        return self.number

    __repr__ = _short_repr

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Parse the written form.

        Raises:
            InvalidId: *text* is not ``document@edition:number``.
        """
        expected = "a provision id such as 'etsi-en-304-223@2.1.1:5.1.1-2'"
        edition, number = _split(text, expected)
        if re.fullmatch(NUMBER, number) is None:
            raise InvalidId(text, expected)
        return cls(edition, number)


@value_type
@attrs.frozen(order=True, cache_hash=True, repr=False)
class PrincipleId:
    """
    The id of one principle of one edition, written ``document@edition:P5``.

    >>> PrincipleId.parse("uk-ai-cop@2025-01:P5").number
    5
    """

    edition: EditionId
    number: int

    @property
    def local(self) -> str:
        """The id without its edition."""
        return f"P{self.number}"

    __repr__ = _short_repr

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Parse the written form.

        Raises:
            InvalidId: *text* is not ``document@edition:P`` followed by a number.
        """
        expected = "a principle id such as 'uk-ai-cop@2025-01:P5'"
        edition, rest = _split(text, expected)
        match = re.fullmatch(_PRINCIPLE, rest)
        if match is None:
            raise InvalidId(text, expected)
        return cls(edition, int(match[1]))


@value_type
@attrs.frozen(order=True, cache_hash=True, repr=False)
class PhaseId:
    """
    The id of one phase of one edition, written ``document@edition:secure-development``.

    Ids of phases sort by name, whereas a catalogue lists phases in the order of the document.
    """

    edition: EditionId
    slug: str

    @property
    def local(self) -> str:
        """The id without its edition."""
        return self.slug

    __repr__ = _short_repr

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Parse the written form.

        Raises:
            InvalidId: *text* is not ``document@edition:`` followed by a phase's name in lower case with hyphens.
        """
        expected = "a phase id such as 'uk-ai-cop@2025-01:secure-development'"
        edition, rest = _split(text, expected)
        if re.fullmatch(_SLUG, rest) is None:
            raise InvalidId(text, expected)
        return cls(edition, rest)


@value_type
@attrs.frozen(order=True, cache_hash=True, repr=False)
class StatementId:
    """
    The id of one statement of a provision, written ``document@edition:number#ordinal``.

    >>> StatementId.parse("uk-ai-cop@2025-01:2.3#1").ordinal
    1
    """

    provision: ProvisionId
    ordinal: int

    @property
    def local(self) -> str:
        """The id without its edition."""
        return f"{self.provision.number}#{self.ordinal}"

    __repr__ = _short_repr

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @property
    def edition(self) -> EditionId:
        """The edition of its provision."""
        return self.provision.edition

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Parse the written form.

        Raises:
            InvalidId: *text* is not ``document@edition:number#ordinal``.
        """
        expected = "a statement id such as 'uk-ai-cop@2025-01:2.3#1'"
        provision, _, ordinal = text[:_MAX_ID_LENGTH].partition("#")
        if len(text) > _MAX_ID_LENGTH or re.fullmatch(r"[1-9][0-9]{0,3}", ordinal) is None:
            raise InvalidId(text, expected)
        return cls(ProvisionId.parse(provision), int(ordinal))


@value_type
@attrs.frozen(order=True, cache_hash=True, repr=False)
class ControlId:
    """
    The id of one element of another framework, written ``framework@edition:id`` with the publisher's own id.

    These ids sort as text, whereas a framework lists its elements in the publisher's order.

    >>> ControlId.parse("nist-csf@2.0:PR.DS-01").id
    'PR.DS-01'
    """

    edition: EditionId
    id: str

    @property
    def local(self) -> str:
        """The id without its edition."""
        return self.id

    __repr__ = _short_repr

    def __str__(self) -> str:
        return f"{self.edition}:{self.local}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Parse the written form.

        Raises:
            InvalidId: *text* is not ``framework@edition:`` followed by printable text without leading or trailing
                whitespace.
        """
        expected = "a control id such as 'nist-csf@2.0:PR.DS-01'"
        edition, own = _split(text, expected)
        if not own or own != own.strip() or not own.isprintable():
            raise InvalidId(text, expected)
        return cls(edition, own)


def split_key(written: str) -> tuple[str, str]:
    """
    Return the parts of a written key before and after its first colon. Neither is validated, and both may be empty.

    >>> split_key("uk-ai-cop@2025-01:5.4.1"), split_key("uk-ai-cop")
    (('uk-ai-cop@2025-01', '5.4.1'), ('uk-ai-cop', ''))
    """
    edition, _, local = written.partition(":")
    return edition, local


def split_edition(written: str) -> tuple[str, str]:
    """
    Return the document and the label of a written edition. Neither is validated, and the label may be empty.

    >>> split_edition("uk-ai-cop@2025-01"), split_edition("uk-ai-cop")
    (('uk-ai-cop', '2025-01'), ('uk-ai-cop', ''))
    """
    document, _, label = written.partition("@")
    return document, label


def split_label(written: str) -> tuple[str, str]:
    """
    Return an id and the label of its edition that is written after it. Neither is validated; the label may be empty.

    >>> split_label("AML.T0020@5.0.1"), split_label("AML.T0020")
    (('AML.T0020', '5.0.1'), ('AML.T0020', ''))
    """
    match = re.fullmatch(r"(.*\S)\s*@\s*v?([0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)", written)
    return (match[1], match[2]) if match else (written, "")


def key_of_item(edition: EditionId, local: str) -> ProvisionId | StatementId | PrincipleId:
    """
    Return the id of a provision, statement or principle from its edition and the id without the edition.

    *local* is not validated.

    >>> str(key_of_item(EditionId("uk-ai-cop", "2025-01"), "2.3#1"))
    'uk-ai-cop@2025-01:2.3#1'
    """
    if local.startswith("P"):
        return PrincipleId(edition, int(local[1:]))
    number, _, ordinal = local.partition("#")
    provision = ProvisionId(edition, number)
    return StatementId(provision, int(ordinal)) if ordinal else provision


Id = Annotated[ProvisionId | PrincipleId | PhaseId, OneOf()]
"""The id of a provision, principle or phase."""

Key = Annotated[ProvisionId | StatementId | PrincipleId | PhaseId | ControlId, OneOf()]
"""The id that a key refers to: of an item of an edition, or of an element of another framework."""

JOINER = "|"
"""The sign between the ids of a joint id."""


def _members(keys: Iterable[Key]) -> tuple[Key, ...]:
    """Return the ids without duplicates, in natural order: AC-2 before AC-10."""
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: (key.edition, _natural_local(key.local))))


def _natural_local(local: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return a sort key that compares runs of digits as integers."""
    parts = re.findall(r"[0-9]+|[^0-9]+", local)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts), local


@value_type
@attrs.frozen(cache_hash=True, repr=False)
class JointId:
    """
    The ids of several elements of one framework that are taken together, written with ``|`` between them.

    A mapping can be joint on one of its sides, for example if only five controls together ask what a provision asks.
    The members are distinct and in natural order, whatever order they are given in.

    >>> acme = EditionId("acme", "2026")
    >>> JointId([ControlId(acme, "AC-10"), ControlId(acme, "AC-2")]).local
    'AC-2|AC-10'

    Raises:
        InvalidId: there are fewer than two different members, or they belong to several editions.
    """

    members: tuple[Key, ...] = attrs.field(converter=_members)

    def __attrs_post_init__(self) -> None:
        if len(self.members) <= 1 or len({member.edition for member in self.members}) > 1:
            written = JOINER.join(map(str, self.members))
            raise InvalidId(
                written, "at least two different ids of one edition, such as 'acme@2026:AC-1|acme@2026:AC-2'"
            )

    @property
    def edition(self) -> EditionId:
        """The edition of its members."""
        return self.members[0].edition

    @property
    def local(self) -> str:
        """The ids without their edition."""
        return JOINER.join(member.local for member in self.members)

    __repr__ = _short_repr

    def __str__(self) -> str:
        return JOINER.join(map(str, self.members))


End = Annotated[ProvisionId | StatementId | PrincipleId | PhaseId | ControlId | JointId, OneOf()]
"""One side of a mapping: an element, or several elements taken together."""
