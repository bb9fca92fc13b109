"""
The registries of documents, editions and frameworks, and the plain data of one edition.

This is the lowest module that knows packaged files by name. A file is read when it is first needed, and only once.
"""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING, Any

import attrs

from aicop._resources import read
from aicop.errors import UnknownEdition
from aicop.ids import EditionId, split_edition
from aicop.spelling import MAX_KEY_LENGTH, close

if TYPE_CHECKING:
    from collections.abc import Iterable


_SIMILARITY = 0.75
"""The minimum similarity, from 0 to 1, at which an error suggests the name of an edition."""


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _spaced(name: str) -> str:
    """Return a pattern for a name with any separators between its words, or none."""
    return r"[\s_-]*".join(map(re.escape, re.split(r"[\s_-]+", name)))


@attrs.frozen
class DocumentEntry:
    """The entry of a document in the registry."""

    key: str
    names: tuple[str, ...]
    """The names that people use for it, the longest first."""
    issuers: tuple[str, ...]
    """Those who issued it. Any of them may stand before a name, or instead of the one that a name begins with."""
    editions: tuple[str, ...]
    """The labels of the editions that ship, the oldest first."""
    not_carried: tuple[tuple[str, str], ...]
    """The labels of editions that are known but do not ship, each with a note that describes it."""


@functools.cache
def document_entries() -> tuple[DocumentEntry, ...]:
    """Return the documents in order of publication."""
    return tuple(
        DocumentEntry(
            key=item["key"],
            names=tuple(sorted(item["names"], key=len, reverse=True)),
            issuers=tuple(item.get("issuers", ())),
            editions=tuple(item["editions"]),
            not_carried=tuple((entry["edition"], entry["note"]) for entry in item.get("not_carried", ())),
        )
        for item in json.loads(read("manifest.json"))["documents"]
    )


@functools.cache
def _names() -> tuple[re.Pattern[str], tuple[DocumentEntry, ...]]:
    """
    Return a pattern for the names of documents, and the documents in the order of its groups.

    The pattern ignores case and separators. It has one group per name, with longer names first.
    """

    def alternatives(names: Iterable[tuple[str, DocumentEntry]]) -> str:
        # Longer names must be tried first: "UK Code of Practice" begins with "UK Code".
        listed = sorted(names, key=lambda pair: len(pair[0]), reverse=True)
        documents.extend(document for _, document in listed)
        return "|".join(f"({_spaced(name)})" for name, _ in listed)

    documents: list[DocumentEntry] = []
    groups = []
    # Names after an issuer must be tried before those without one: "DSIT Code" begins with "DSIT".
    for document in document_entries():
        if document.issuers:
            issuer = "|".join(map(_spaced, document.issuers))
            named = [name for name in document.names if name not in document.issuers]
            # "UK Code" is a name and "Code" is none, but "DSIT Code" is one too.
            cores = sorted({re.sub(rf"^(?:{issuer}) ", "", name) for name in named})
            after = alternatives((core, document) for core in cores)
            groups.append(rf"(?:(?:{issuer})(?:'s)?(?:\s*(?:[/&,]|and\b)\s*|[\s_-]+))+(?:{after})")
    # One pattern for all names is several times as fast as one pattern per name.
    groups.append(alternatives((name, entry) for entry in document_entries() for name in (entry.key, *entry.names)))
    pattern = rf"(?:{'|'.join(groups)})(?![A-Za-z0-9]|[_-][A-Za-z])"
    return re.compile(pattern, re.IGNORECASE), tuple(documents)


def document_before(text: str) -> tuple[DocumentEntry, str] | None:
    """Return the document whose key or name *text* begins with, and the rest of the text; None if there is none."""
    # Most keys begin with the key of a document as it is, which saves compiling the pattern.
    for document in document_entries():
        if text.startswith((f"{document.key}:", f"{document.key}@")):
            return document, text[len(document.key) :]
    pattern, documents = _names()
    if match := pattern.match(text):
        assert match.lastindex is not None
        return documents[match.lastindex - 1], text[match.end() :]
    return None


@functools.cache
def guides() -> tuple[str, ...]:
    """Return the written ids of the editions that have a guide to their provisions."""
    return tuple(json.loads(read("manifest.json"))["guides"])


@attrs.frozen
class FrameworkEntry:
    """The entry of one edition of a framework in the registry."""

    id: EditionId
    names: tuple[str, ...]
    """The names that people use for the framework, its key first."""
    edition_names: tuple[str, ...]
    """The names that people use for this edition."""
    pattern: str | None
    """The pattern of ids that may be written without the framework; None if they may not."""
    id_suffix: str
    """What the publisher adds to its ids to name the edition, such as ``:2025``; empty if nothing."""
    id_abbreviations: tuple[tuple[str, str], ...]
    """Short forms of words at the start of ids, each with the word, such as GV for GOVERN."""
    data: dict[str, Any] = attrs.field(eq=False, repr=False)
    """The whole entry as plain data."""


@functools.cache
def framework_entries() -> tuple[FrameworkEntry, ...]:
    """Return the editions of frameworks; the one that the bare name of a framework means comes first."""
    return tuple(
        FrameworkEntry(
            EditionId(item["framework"], item["edition"]),
            (item["framework"], *item["names"]),
            tuple(item["edition_names"]),
            item.get("pattern"),
            item.get("id_suffix", ""),
            tuple(item.get("id_abbreviations", {}).items()),
            item,
        )
        for item in json.loads(read("frameworks.json"))["frameworks"]
    )


@functools.cache
def editions() -> tuple[EditionId, ...]:
    """
    Return the editions that can be loaded, in order of publication.

    >>> [str(edition) for edition in editions()]
    ['uk-ai-cop@2025-01', 'etsi-ts-104-223@1.1.1', 'etsi-en-304-223@2.1.1']
    """
    return tuple(EditionId(document.key, label) for document in document_entries() for label in document.editions)


def ships(document: str) -> bool:
    """Return whether any edition of the document or framework with this key ships."""
    return any(item.document == document for item in (*editions(), *(one.id for one in framework_entries())))


def unknown_edition(text: str, known: Iterable[str]) -> UnknownEdition:
    """Return the error for an edition that is not among *known*, with the most similar ones."""
    known = tuple(known)
    # A bare document is compared with documents: whole ids would look too different because of their labels.
    whole = "@" in text
    spelt: dict[str, list[str]] = {}
    for edition in known:
        spelt.setdefault(edition if whole else split_edition(edition)[0], []).append(edition)
    near = close(text.lower(), spelt, n=2, cutoff=_SIMILARITY) or _with_words(text, spelt)
    return UnknownEdition(text, known, "", tuple(edition for word in near for edition in spelt[word]))


def _with_words(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that have all words of a text, which is too short to be similar to them: "owasp", "nist ai"."""
    words = frozenset(re.findall(r"[a-z0-9]+", text[:MAX_KEY_LENGTH].lower()))
    return [name for name in names if words <= frozenset(re.split(r"[-@]", name))] if words else []


def framework_as_edition(text: str, known: Iterable[EditionId]) -> UnknownEdition:
    """Return the error for a framework where an edition of a document is needed; *known* are the editions."""
    advice = "this is a framework, and only editions of documents have statements, dependencies and counterparts; "
    return UnknownEdition(text, tuple(map(str, known)), advice)


def resolve_edition(edition: EditionId | str) -> EditionId:
    """
    Return the id of a shipped edition from an id or its written form.

    The key or name of a document means its current edition.

    >>> str(resolve_edition("uk-ai-cop"))
    'uk-ai-cop@2025-01'

    Raises:
        UnknownEdition: the edition does not exist, or it is known but does not ship.
    """
    known = editions()
    if isinstance(edition, EditionId) and edition in known:
        return edition
    wanted = str(edition)
    for document in document_entries():
        if wanted == document.key:
            return EditionId(document.key, document.editions[-1])
        for label, note in document.not_carried:
            if wanted == f"{document.key}@{label}":
                raise UnknownEdition(wanted, tuple(map(str, known)), f"{note}; ")
    found = next((item for item in known if str(item) == wanted), None)
    if found is not None:
        return found
    if (named := document_before(wanted)) is not None and not named[1]:
        return EditionId(named[0].key, named[0].editions[-1])
    for framework in framework_entries():
        if wanted == str(framework.id) or _folded(wanted) in map(_folded, framework.names):
            raise framework_as_edition(wanted, known)
    raise unknown_edition(wanted, map(str, known))


@functools.cache
def edition_data(edition: EditionId) -> dict[str, Any]:
    """Return the plain data of a shipped edition. It is cached, so callers must not change it."""
    data: dict[str, Any] = json.loads(read(f"editions/{edition}.json"))
    return data


def resolve_among_frameworks(edition: str) -> EditionId:
    """
    Return the id of a shipped edition, like `resolve_edition`, where a framework could have been named too.

    Raises:
        UnknownEdition: there is no such edition; the error suggests editions and frameworks.
    """
    try:
        return resolve_edition(edition)
    except UnknownEdition as error:
        keys = tuple(dict.fromkeys([*error.known, *(str(item.id) for item in framework_entries())]))
        if error.advice:
            raise UnknownEdition(edition, keys, error.advice) from None
        raise unknown_edition(edition, keys) from None
