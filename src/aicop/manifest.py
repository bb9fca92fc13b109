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
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterable


_SIMILARITY = 0.75
"""The minimum similarity, from 0 to 1, at which an error suggests the name of an edition."""


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


@attrs.frozen
class DocumentEntry:
    """The entry of a document in the registry."""

    key: str
    names: tuple[str, ...]
    """The names that people use for it, the longest first."""
    folded: frozenset[str]
    """The key and the names in lower case, without spaces, hyphens and underscores."""
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
            folded=frozenset(map(_folded, (item["key"], *item["names"]))),
            editions=tuple(item["editions"]),
            not_carried=tuple((entry["edition"], entry["note"]) for entry in item.get("not_carried", ())),
        )
        for item in json.loads(read("manifest.json"))["documents"]
    )


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
    near = close(text.lower(), spelt, n=2, cutoff=_SIMILARITY)
    return UnknownEdition(text, known, "", tuple(edition for word in near for edition in spelt[word]))


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
        if _folded(wanted) in document.folded:
            return EditionId(document.key, document.editions[-1])
        for label, note in document.not_carried:
            if wanted == f"{document.key}@{label}":
                raise UnknownEdition(wanted, tuple(map(str, known)), f"{note}; ")
    found = next((item for item in known if str(item) == wanted), None)
    if found is not None:
        return found
    for framework in framework_entries():
        if wanted == str(framework.id) or _folded(wanted) in map(_folded, framework.names):
            raise framework_as_edition(wanted, known)
    raise unknown_edition(wanted, map(str, known))


@functools.cache
def edition_data(edition: EditionId) -> dict[str, Any]:
    """Return the plain data of a shipped edition. It is cached, so callers must not change it."""
    data: dict[str, Any] = json.loads(read(f"editions/{edition}.json"))
    return data
