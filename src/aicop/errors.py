"""
The exceptions of aicop, with their facts and advice as attributes.

Each is an `AicopError` and also the built-in exception that a caller would expect, such as `LookupError`. Those about
what a caller wrote are a `ValueError` too, which web frameworks and pydantic report as a fault of the input.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn, Self

import attrs

from aicop._pydantic import field_type

if TYPE_CHECKING:
    from collections.abc import Iterable


MAX_EXCERPT_LENGTH = 60
"""The length, in characters, at which an excerpt is truncated."""
MAX_LINE_LENGTH = 800
"""The length, in characters, at which a line of a message is truncated in the middle."""
_HEAD, _TAIL = 500, 250

# What `str.isprintable` accepts although it shows nothing: joiners, fillers and variation selectors. Unicode lists them
# as "default ignorable". `re` compiles the pattern when the first text that is not ASCII is shown.
_INVISIBLE = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"


def escape_text(text: str, keep: str = "") -> str:
    r"""
    Return *text* with everything that a terminal would obey or not show as escape sequences of Python.

    These are control characters, line breaks, signs that change the direction of text, other invisible characters, and
    lone surrogates, which cannot be encoded. *keep* are control characters to leave as they are.

    >>> print(escape_text("red \x1b[31m, two\nlines"))
    red \x1b[31m, two\nlines
    """
    if text.isprintable() and (text.isascii() or re.search(_INVISIBLE, text) is None):
        return text
    shown = "".join(char if char.isprintable() or char in keep else ascii(char)[1:-1] for char in text)
    return re.sub(_INVISIBLE, lambda found: ascii(found[0])[1:-1], shown)


def display_line(text: str, limit: int = MAX_LINE_LENGTH) -> str:
    """
    Return foreign *text* as people may read it: escaped, on one line, and truncated in the middle if it is long.

    Every message passes through here, so that no file can forge a line of it, or act on the terminal.
    """
    if len(text) <= limit and len(shown := escape_text(text)) <= limit:
        return shown
    head, tail = limit * _HEAD // MAX_LINE_LENGTH, limit * _TAIL // MAX_LINE_LENGTH
    # Both ends are cut before they are escaped, because the text may be very long, and after, because escapes are.
    return f"{escape_text(text[:head])[:head]}… ({len(text):,} characters) …{escape_text(text[-tail:])[-tail:]}"


def excerpt(text: str) -> str:
    """Return *text* in quotes for a message, escaped if it is not printable and truncated if it is long."""
    shown = escape_text(repr(text[:MAX_EXCERPT_LENGTH]))
    if len(text) <= MAX_EXCERPT_LENGTH and len(shown) <= MAX_EXCERPT_LENGTH:
        return shown
    return f"{shown[: MAX_EXCERPT_LENGTH - 1]}… ({len(text)} characters)"


# Not frozen, because Python and other tools set tracebacks, notes and attributes on an exception as it propagates.
# Equality comes from `AicopError`; attrs would compare exceptions by identity. Python's own representation shows the
# same values, and whoever sets a field may set what they like: every process that imports aicop pays for each method
# that attrs would write here.
_error = attrs.define(eq=False, slots=False, repr=False, on_setattr=attrs.setters.NO_OP)


MAX_LISTED = 12
"""The maximum number of accepted words that a message lists."""


def _one_of(words: tuple[str, ...]) -> str:
    listed = ", ".join(words[:MAX_LISTED])
    more = f", and {len(words) - MAX_LISTED} more" if len(words) > MAX_LISTED else ""
    return f"use {'one of: ' * (len(words) != 1)}{listed}{more}"


def _strings(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(items)


class AicopError(Exception):
    """
    The base class of all errors of aicop. Errors are equal if their types and arguments are.

    Attributes hold the facts unchanged. The message escapes and truncates what comes from files and users.
    """

    def _message(self) -> str:
        return super().__str__()

    def __str__(self) -> str:
        return display_line(self._message())

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.args == self.args

    def __hash__(self) -> int:
        return hash((type(self), self.args))


class KeyMistake(StrEnum):
    """The likely mistake in a key that does not resolve to an item."""

    UNREADABLE = "unreadable"
    """No number, principle or phase can be parsed from the text."""
    AMBIGUOUS = "ambiguous"
    """The number or id can be parsed, but the document, framework or edition is not named."""
    NO_ITEM = "no item"
    """The key names a document or edition but no item in it."""
    UNKNOWN_DOCUMENT = "unknown document"
    """The part before the colon is not a document or framework that aicop knows."""
    UNKNOWN_EDITION = "unknown edition"
    """The document or framework has no such edition, as far as aicop knows."""
    WITHDRAWN_EDITION = "withdrawn edition"
    """The edition existed as a draft or under another key; it does not ship."""
    UK_NUMBER = "UK number"
    """A number of the Code under the key of an ETSI document."""
    ETSI_NUMBER = "ETSI number"
    """A number of the ETSI documents under the key of the Code."""
    CLAUSE = "clause"
    """A clause of an ETSI document where a provision was expected."""
    PRINCIPLE_AS_PROVISION = "principle written as provision"
    """A provision number prefixed by P or "principle", or a principle number without that prefix."""
    INVENTED_LEVEL = "invented level"
    """A sub-provision or statement that the item does not have, or a level below sub-provisions."""
    NO_SUCH_NUMBER = "no such number"
    """The form is valid, but the number or id does not exist."""
    OTHER_FRAMEWORK = "other framework"
    """An identifier of another framework where an item of a particular one was expected."""
    WITHDRAWN = "withdrawn"
    """The publisher withdrew the item."""
    STAKEHOLDER = "stakeholder"
    """The name of a role where an item was expected."""
    OTHER_KIND = "other kind"
    """A key of an item of another kind, such as of a principle where a provision was expected."""
    OTHER_EDITION = "other edition"
    """An identifier in an edition other than the one that was searched."""


@_error
class InvalidId(AicopError, ValueError):
    """The text is not the canonical form of an identifier."""

    text: str
    expected: str

    def _message(self) -> str:
        return f"{excerpt(self.text)} is not {self.expected}"


@field_type
@_error
class UnknownKey(AicopError, KeyError, ValueError):
    """No item exists under this key."""

    text: str
    """The key as it was given, in full."""
    mistake: KeyMistake
    """The likely mistake."""
    advice: str
    """One or two sentences for the person who wrote the key."""
    nearest: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """Similar keys that exist, the likeliest first."""

    def _message(self) -> str:
        near = f" Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        return f"{excerpt(self.text)}: {self.advice}{near}"


@_error
class UnknownEdition(AicopError, LookupError, ValueError):
    """No such edition can be loaded, or it cannot be compared with the other edition."""

    text: str
    known: tuple[str, ...] = attrs.field(converter=_strings)
    """The editions that can be loaded or compared, oldest first within a document."""
    advice: str = ""
    """A note on the requested edition, ending in "; ", or an empty string."""
    nearest: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """The editions with the most similar names, the likeliest first."""

    def _message(self) -> str:
        near = " or ".join(self.nearest)
        # An edition with a note may exist, but it does not ship or cannot be used for this request.
        noun = "edition" if "@" in self.text else "document or framework"
        head = f": {self.advice}" if self.advice else f" is not a known {noun}; "
        return excerpt(self.text) + head + (f"did you mean {near}?" if near else _one_of(self.known))


@_error
class UnknownTerm(AicopError, ValueError):
    """The text is not a term of a closed vocabulary."""

    vocabulary: str
    text: str
    known: tuple[str, ...] = attrs.field(converter=_strings)
    nearest: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """The terms of the vocabulary with the most similar spelling, the likeliest first."""

    def _message(self) -> str:
        advice = _one_of(self.known)
        if self.nearest:
            advice = f"did you mean {' or '.join(self.nearest)}? {advice[0].upper()}{advice[1:]}"
        # "an output format", but "a role".
        article = "an" if self.vocabulary[:1] in set("aeiou") else "a"
        return f"{excerpt(self.text)} is not {article} {self.vocabulary}; {advice}"


@_error
class AlreadyInLibrary(AicopError, ValueError):
    """A library holds something else under this name already."""

    name: str
    advice: str
    """Where the name is taken, and what to do."""

    def _message(self) -> str:
        return f"{excerpt(self.name)} {self.advice}"


@_error
class NoLibrary(AicopError, FileNotFoundError):
    """A folder is not that of a library, or does not exist."""

    folder: str
    advice: str
    """What is wrong, and what to do."""

    def _message(self) -> str:
        return f"{self.folder}: {self.advice}"


@_error
class LibraryWithoutFolder(AicopError, ValueError):
    """Something is to be read from the folder of a library, or written into it, and it has none."""

    def _message(self) -> str:
        return "the library has no folder; make one with aicop init FOLDER, and name it with --library FOLDER"


@_error
class UnknownSystem(AicopError, LookupError, ValueError):
    """A library has no assessment of a system."""

    text: str
    known: tuple[str, ...] = attrs.field(converter=_strings)
    """The systems that the library has assessments of."""
    nearest: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """The systems with the most similar names, the likeliest first."""

    def _message(self) -> str:
        said = f"the library has no assessment of {excerpt(self.text)}"
        if self.nearest:
            return f"{said}; did you mean {' or '.join(self.nearest)}?"
        return f"{said}; {_one_of(self.known) if self.known else 'make one with aicop assess init'}"


@_error
class ContradictoryFacts(AicopError, ValueError):
    """The facts about an organisation cannot all be true."""

    facts: tuple[str, ...] = attrs.field(converter=_strings)
    reason: str

    def _message(self) -> str:
        return f"{' and '.join(self.facts)}: {self.reason}"


@_error
class NoFacts(AicopError, ValueError):
    """No facts about an organisation are given, so that nothing can be decided about it."""

    known: tuple[str, ...] = attrs.field(converter=_strings)

    def __str__(self) -> str:
        return f"no facts are given; give all that are true of: {', '.join(self.known)}"


@_error
class MissingData(AicopError, FileNotFoundError):
    """A data file of the package is missing, so the installation is damaged."""

    resource: str

    def _message(self) -> str:
        return f"data file {self.resource} is missing from this installation of aicop; reinstall the package"


@_error
class MissingExtra(AicopError, ImportError):
    """An optional dependency of aicop is not installed."""

    extra: str
    """The extra of aicop that installs the missing packages."""
    packages: str
    """The names of the missing packages."""

    def _message(self) -> str:
        return f"this needs {self.packages}; install it with: pip install 'aicop[{self.extra}]'"


@_error
class FileAlreadyExists(AicopError, FileExistsError):
    """The file to be written already exists."""

    path: str

    def _message(self) -> str:
        return f"{self.path} already exists; use --force to overwrite it"


@_error
class NoCrosswalk(AicopError, LookupError, ValueError):
    """No mappings from one framework to the other are available."""

    source: str
    target: str
    chains: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """Chains through other frameworks, the shortest first; each lists its editions, joined by " -> "."""

    def _message(self) -> str:
        ways = "; ".join(self.chains)
        if self.source == self.target:
            advice = "name two different frameworks"
        else:
            advice = f"name the frameworks in between with via, as in: {ways}" if ways else "add a table of mappings"
        return f"no mappings from {self.source} to {self.target}; {advice}"


@_error
class NoLineage(AicopError, LookupError, ValueError):
    """No lineage connects two editions, not even through others."""

    old: str
    new: str
    related: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """The editions that a lineage connects with the first, the nearest first."""

    def _message(self) -> str:
        others = f"{self.old} has a lineage with: {', '.join(self.related)}" if self.related else "add a lineage table"
        return f"no lineage from {self.old} to {self.new}; {others}"


@_error
class NoSingleCounterpart(AicopError, LookupError, ValueError):
    """An item has no counterpart in another edition, or has several."""

    item: str
    edition: str
    candidates: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """The counterparts, in printed order; empty if the edition does not contain the item."""
    note: str | None = None
    """What the lineage says about the change, if anything."""

    def _message(self) -> str:
        more = f" {self.note}" if self.note else ""
        if not self.candidates:
            return f"{self.item} has no counterpart: it was removed in {self.edition}, or is not in it yet.{more}"
        many = count_phrase(len(self.candidates), "counterpart")
        return f"{self.item} has {many} in {self.edition}: {', '.join(self.candidates)}; use counterparts().{more}"


@_error
class NothingToWrite(AicopError, ValueError):
    """The format cannot represent any mapping of the crosswalk, and does not allow an empty file."""

    format: str
    source: str
    target: str
    omitted: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    """What was skipped, as phrases with counts."""

    def _message(self) -> str:
        left = f"; skipped: {'; '.join(self.omitted)}" if self.omitted else ""
        return f"{self.format} cannot represent any mapping from {self.source} to {self.target}{left}"


@_error
class EditionMismatch(AicopError, ValueError):
    """A crosswalk or mapping is for an edition other than the one required."""

    wanted: str
    found: str

    def _message(self) -> str:
        return f"the other crosswalk or mapping is for {self.found}; {self.wanted} is required"


@_error
class Fault(AicopError, ValueError):
    """One problem in a document."""

    file: str
    """The file as the caller named it."""
    path: str
    """The place: ``phases[0].principles[2].title`` or ``line 7, column 'kind'``; empty for the whole file."""
    problem: str
    """A description of the problem and, if it can be guessed, of what was probably meant."""

    def _message(self) -> str:
        return f"{self.file}: {self.path + ': ' if self.path else ''}{self.problem}"


MAX_FAULTS = 100
"""The number of faults after which schema validation stops, and the maximum number that a message lists."""

TOO_MANY_FAULTS = f"{MAX_FAULTS} errors or more so far; the rest was not checked"
"""The problem of the last fault if checking stopped early."""


class InvalidDocument(AicopError, ExceptionGroup[Fault], ValueError):
    """
    All faults of one document, raised together.

    It is an ``ExceptionGroup``, so that ``except*`` works too, and a ``ValueError`` like other errors about what a
    caller wrote.
    """

    # `ExceptionGroup` takes its arguments in `__new__`; this declares their names and types.
    def __new__(cls, message: str, faults: tuple[Fault, ...]) -> Self:  # noqa: D102 -- as inherited
        return super().__new__(cls, message, faults)

    @classmethod
    def from_faults(cls, faults: tuple[Fault, ...]) -> Self:
        """Build the error from one or more faults of a single file."""
        # The message is an attribute too, which programs show.
        return cls(display_line(f"{faults[0].file}: {count_phrase(len(faults), 'error')}"), faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults, in the order of the document."""
        return tuple(fault for fault in self.exceptions if isinstance(fault, Fault))

    def derive(self, faults: tuple[Fault, ...]) -> Self:  # type: ignore[override]
        """Return an error of the same type for a part of the faults, when the group is split."""
        return type(self)(self.message, faults)

    def __str__(self) -> str:
        """Return the message and one line per fault; after many, the number of further faults."""
        lines = [display_line(self.message), *(f"  {fault}" for fault in self.faults[:MAX_FAULTS])]
        # One fault beyond the limit is shown too, because it may be TOO_MANY_FAULTS.
        lines += (f"  {fault}" for fault in self.faults[MAX_FAULTS : MAX_FAULTS + 1])
        more = len(self.faults) - len(lines) + 1
        return "\n".join([*lines, f"  and {more:,} more"] if more > 0 else lines)


def reject(file: str, path: str, problem: str) -> NoReturn:
    """Raise `InvalidDocument` with a single fault."""
    raise InvalidDocument.from_faults((Fault(file, path, problem),))


def join_path(path: str, step: str | int) -> str:
    """
    Append a step to the path of a fault: an index in brackets, or a key after a dot.

    A key that is very long or not printable is appended as an `excerpt`.
    """
    if isinstance(step, int):
        return f"{path}[{step}]"
    # Longer than any excerpt. A document of many faults may have such a key in the path of each.
    if len(step) > 2 * MAX_EXCERPT_LENGTH or not step.isprintable():
        step = excerpt(step)
    return f"{path}.{step}" if path else step


def count_phrase(count: int, one: str, several: str | None = None) -> str:
    """
    Return a count with its noun in the singular or plural; *several* is the plural if it is irregular.

    >>> count_phrase(1036, "parameter"), count_phrase(1, "parameter")
    ('1,036 parameters', '1 parameter')
    """
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def quote_field(name: str) -> str:
    r"""
    Return the name of a field for a message: unchanged if it is a plain word, otherwise as an `excerpt`.

    >>> quote_field("ref_id"), quote_field("two\nlines")
    ('ref_id', "'two\\nlines'")
    """
    return name if re.fullmatch(r"[\w.-]{1,40}", name, re.ASCII) else excerpt(name)
