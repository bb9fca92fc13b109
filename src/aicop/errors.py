"""
What can go wrong, as values that carry the facts and some advice.

Every error is an `AicopError` and also the built-in that a caller would expect (`LookupError`, `ValueError`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn, Self

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable


MAX_EXCERPT_LENGTH = 60


def excerpt(text: str) -> str:
    """Quote *text* for a message: control characters escaped, long text cut."""
    shown = ascii(text) if not text.isprintable() else repr(text)
    return shown if len(shown) <= MAX_EXCERPT_LENGTH else f"{shown[: MAX_EXCERPT_LENGTH - 1]}… ({len(text)} characters)"


# Not frozen: tracebacks, notes and other tools' marks are set on an exception on its way up.
_error = attrs.define(eq=False, slots=False)


MAX_LISTED = 12
"""An error lists at most this many of the words that it would have taken."""


def _one_of(words: tuple[str, ...]) -> str:
    listed = ", ".join(words[:MAX_LISTED])
    more = f", and {len(words) - MAX_LISTED} more" if len(words) > MAX_LISTED else ""
    return f"use one of: {listed}{more}"


def _strings(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(items)


class AicopError(Exception):
    """The base of all errors of aicop."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.args == self.args

    def __hash__(self) -> int:
        return hash((type(self), self.args))


class KeyMistake(StrEnum):
    """What is likely wrong with a key that names nothing."""

    UNREADABLE = "unreadable"
    """No number, principle or phase can be read from the text."""
    AMBIGUOUS = "ambiguous"
    """The number is read, but not of which edition."""
    NO_ITEM = "no item"
    """A document or edition is named, and nothing in it."""
    UNKNOWN_DOCUMENT = "unknown document"
    """The part before the colon is no document that aicop knows."""
    UNKNOWN_EDITION = "unknown edition"
    """The document never had this edition, as far as is known."""
    WITHDRAWN_EDITION = "withdrawn edition"
    """The edition existed as a draft or under another key; its text is not carried."""
    UK_NUMBER = "UK number"
    """A number of the Code under an ETSI key."""
    ETSI_NUMBER = "ETSI number"
    """A number of the ETSI documents under a UK key."""
    CLAUSE = "clause"
    """A clause of the ETSI documents where a provision was wanted."""
    PRINCIPLE_AS_PROVISION = "principle written as provision"
    """The letter P, or the word principle, before a provision's number, or a principle's number without it."""
    INVENTED_LEVEL = "invented level"
    """A sub-provision where the provision has none, or a level below sub-provisions."""
    NO_SUCH_NUMBER = "no such number"
    """The form is right; the number does not exist."""
    OTHER_FRAMEWORK = "other framework"
    """An identifier of another framework, where an item of one in particular was wanted."""
    WITHDRAWN = "withdrawn"
    """The publisher withdrew it."""
    STAKEHOLDER = "stakeholder"
    """The name of a role, where an item was wanted."""
    OTHER_EDITION = "other edition"
    """An identifier that exists in another edition than the one asked."""


@_error
class InvalidId(AicopError, ValueError):
    """The text does not have the written form of an identifier."""

    text: str
    expected: str

    def __str__(self) -> str:
        return f"{excerpt(self.text)} is not {self.expected}"


@_error
class UnknownKey(AicopError, KeyError):
    """Nothing exists under this key."""

    text: str
    """What was asked, whole."""
    mistake: KeyMistake
    """The likely mistake."""
    advice: str
    """One or two sentences for the person who wrote the key."""
    nearest: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """Keys that exist, the likeliest first."""

    def __str__(self) -> str:
        near = f" Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        return f"{excerpt(self.text)}: {self.advice}{near}"


@_error
class UnknownEdition(AicopError, LookupError):
    """No such edition can be loaded, or compared with the other."""

    text: str
    known: tuple[str, ...] = attrs.field(converter=_strings)
    """The editions that can, newest last within a document."""
    advice: str = ""
    nearest: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """The editions whose names are spelt most alike, the likeliest first."""

    def __str__(self) -> str:
        near = " or ".join(self.nearest)
        known = f"did you mean {near}?" if near else _one_of(self.known)
        return f"no edition {excerpt(self.text)}; {self.advice}{known}"


@_error
class UnknownTerm(AicopError, ValueError):
    """A word is not in a closed vocabulary."""

    vocabulary: str
    text: str
    known: tuple[str, ...] = attrs.field(converter=_strings)
    nearest: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """The words of the vocabulary that are spelt most alike, the likeliest first."""

    def __str__(self) -> str:
        advice = _one_of(self.known)
        if self.nearest:
            advice = f"did you mean {' or '.join(self.nearest)}? {advice[0].upper()}{advice[1:]}"
        # "an output format", but "a role".
        article = "an" if self.vocabulary[:1] in set("aeiou") else "a"
        return f"{excerpt(self.text)} is not {article} {self.vocabulary}; {advice}"


@_error
class ContradictoryFacts(AicopError, ValueError):
    """Facts about an organisation that cannot all be true."""

    facts: tuple[str, ...] = attrs.field(converter=_strings)
    reason: str

    def __str__(self) -> str:
        return f"{' and '.join(self.facts)}: {self.reason}"


@_error
class MissingData(AicopError, FileNotFoundError):
    """A data file of the package is not there: the installation is damaged."""

    resource: str

    def __str__(self) -> str:
        return f"data file {self.resource} is missing from this installation of aicop; reinstall the package"


@_error
class MissingExtra(AicopError, ImportError):
    """What a part of aicop needs beyond its own dependencies is not installed."""

    extra: str
    """The name under which this package asks for it."""
    packages: str
    """Those that are missing."""

    def __str__(self) -> str:
        return f"this needs {self.packages}; install it with: pip install 'aicop[{self.extra}]'"


@_error
class FileAlreadyExists(AicopError, FileExistsError):
    """A file that would be written exists already."""

    path: str

    def __str__(self) -> str:
        return f"{self.path} is there already; --force writes over it"


@_error
class NoCrosswalk(AicopError, LookupError):
    """No mappings are at hand from one framework to another."""

    source: str
    target: str
    chains: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """Ways through others, the shortest first, each as its editions joined by arrows."""

    def __str__(self) -> str:
        ways = "; ".join(self.chains)
        return f"no mappings from {self.source} to {self.target}" + (
            f"; there are ways through others, to be named as via: {ways}" * bool(ways)
        )


@_error
class NothingToWrite(AicopError, ValueError):
    """A format can hold no mapping of a crosswalk, and has no empty file."""

    format: str
    source: str
    target: str
    omitted: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """What was left out, counted and in words."""

    def __str__(self) -> str:
        left = f"; left out: {'; '.join(self.omitted)}" if self.omitted else ""
        return f"{self.format} can hold no mapping from {self.source} to {self.target}{left}"


@_error
class EditionMismatch(AicopError, ValueError):
    """Two crosswalks that do not meet: the one ends, or lies, where the other does not."""

    wanted: str
    found: str

    def __str__(self) -> str:
        return f"the other crosswalk is of {self.found}, and this one needs {self.wanted}"


@_error
class Fault(AicopError, ValueError):
    """One thing that is wrong with a document."""

    file: str
    """The file as the caller named it."""
    path: str
    """Where in it: ``phases[0].principles[2].title``, ``line 7, column 'kind'``, or empty for the whole."""
    problem: str
    """What is wrong and, where it can be told, what was likely meant."""

    def __str__(self) -> str:
        return f"{self.file}: {self.path + ': ' if self.path else ''}{self.problem}"


MAX_FAULTS = 100
"""How many faults of a document are looked for in its form, and how many of any number are shown."""

TOO_MANY_FAULTS = f"{MAX_FAULTS} faults or more so far; what follows was not looked at"
"""The problem of the fault that stands last where looking was given up."""


class InvalidDocument(AicopError, ExceptionGroup[Fault]):
    """
    All faults of one document, together.

    An ``ExceptionGroup``, so that ``except*`` works too.
    """

    def __new__(cls, message: str, faults: tuple[Fault, ...]) -> Self:  # noqa: D102 -- as inherited
        return super().__new__(cls, message, faults)

    @classmethod
    def from_faults(cls, faults: tuple[Fault, ...]) -> Self:
        """Gather *faults*, at least one, of one file."""
        count = f"{len(faults):,} faults" if len(faults) > 1 else "1 fault"
        return cls(f"{faults[0].file}: {count}", faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults, in the order of the document."""
        return tuple(fault for fault in self.exceptions if isinstance(fault, Fault))

    def derive(self, faults: tuple[Fault, ...]) -> Self:  # type: ignore[override]
        """Keep the type when a part of the group is split off."""
        return type(self)(self.message, faults)

    def __str__(self) -> str:
        """Give one line a fault; of very many, the first and how many there are more."""
        lines = [self.message, *(f"  {fault}" for fault in self.faults[:MAX_FAULTS])]
        # One more is shown: it takes no more room than to say so, and may say where looking was given up.
        lines += (f"  {fault}" for fault in self.faults[MAX_FAULTS : MAX_FAULTS + 1])
        more = len(self.faults) - len(lines) + 1
        return "\n".join([*lines, f"  and {more:,} more"] if more > 0 else lines)


def reject(file: str, path: str, problem: str) -> NoReturn:
    """Raise `InvalidDocument` with a single fault."""
    raise InvalidDocument.from_faults((Fault(file, path, problem),))


def join_path(path: str, step: str | int) -> str:
    """Go one step down in a path."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


def count_phrase(count: int, one: str, several: str | None = None) -> str:
    """
    Count something in words.

    >>> count_phrase(1036, "parameter"), count_phrase(1, "parameter")
    ('1,036 parameters', '1 parameter')
    """
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def quote_field(name: str) -> str:
    r"""
    Give the name of a field for a message: as it is where it is a plain word, else as an excerpt.

    >>> quote_field("ref_id"), quote_field("two\nlines")
    ('ref_id', "'two\\nlines'")
    """
    return name if re.fullmatch(r"[\w.-]{1,40}", name, re.ASCII) else excerpt(name)
