"""
Which documents and editions there are: the register, and the plain data of one edition.

The first room that knows the packaged data by name. It reads only what is asked for, once.
"""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING, Any

import attrs

from aicop._resources import read
from aicop.errors import InvalidId, UnknownEdition
from aicop.ids import EditionId, split_edition
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterable


_SIMILARITY = 0.75
"""How alike the name of an edition must be to be suggested, 0 to 1."""


@attrs.frozen
class DocumentEntry:
    """A document as the register has it."""

    key: str
    names: tuple[str, ...]
    """How people write it, the longest first."""
    folded: frozenset[str]
    """Key and names without case and separators."""
    editions: tuple[str, ...]
    """Labels of the editions that ship, oldest first."""
    not_carried: tuple[tuple[str, str], ...]
    """Labels of editions known of, and what became of each."""


@functools.cache
def document_entries() -> tuple[DocumentEntry, ...]:
    """Give the documents in order of publication."""
    return tuple(
        DocumentEntry(
            key=item["key"],
            names=tuple(sorted(item["names"], key=len, reverse=True)),
            folded=frozenset(re.sub(r"[\s_-]", "", name).casefold() for name in (item["key"], *item["names"])),
            editions=tuple(item["editions"]),
            not_carried=tuple((entry["edition"], entry["note"]) for entry in item.get("not_carried", ())),
        )
        for item in json.loads(read("manifest.json"))["documents"]
    )


@functools.cache
def guides() -> tuple[str, ...]:
    """Give the editions, as written, to whose provisions a guide ships."""
    return tuple(json.loads(read("manifest.json"))["guides"])


@attrs.frozen
class FrameworkEntry:
    """An edition of a framework as the register has it."""

    id: EditionId
    names: tuple[str, ...]
    """How people write the framework."""
    edition_names: tuple[str, ...]
    """How people write this edition of it."""
    pattern: str | None
    """What its ids look like where they are told from others by their look."""
    data: dict[str, Any] = attrs.field(eq=False, repr=False)


@functools.cache
def framework_entries() -> tuple[FrameworkEntry, ...]:
    """Give the editions of frameworks; of those of one framework, the one that is meant by its bare name first."""
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
    List the editions that can be loaded, in order of publication.

    >>> [str(edition) for edition in editions()]
    ['uk-ai-cop@2025-01', 'etsi-ts-104-223@1.1.1', 'etsi-en-304-223@2.1.1']
    """
    return tuple(EditionId(document.key, label) for document in document_entries() for label in document.editions)


def ships(document: str) -> bool:
    """Tell whether something of this key ships, in whichever edition."""
    return any(item.document == document for item in (*editions(), *(one.id for one in framework_entries())))


def unknown_edition(text: str, known: Iterable[str]) -> UnknownEdition:
    """Return the error for an edition that is not among *known*, with those that are spelt most alike."""
    known = tuple(known)
    whole = "@" in text
    spelt: dict[str, list[str]] = {}
    for edition in known:
        spelt.setdefault(edition if whole else split_edition(edition)[0], []).append(edition)
    near = close(text.lower(), spelt, n=2, cutoff=_SIMILARITY)
    return UnknownEdition(text, known, "", tuple(edition for word in near for edition in spelt[word]))


def resolve_edition(edition: EditionId | str) -> EditionId:
    """
    Find an edition by id, by its written form, or by its document's key or name, which means the current one.

    >>> str(resolve_edition("uk-ai-cop"))
    'uk-ai-cop@2025-01'

    Raises:
        UnknownEdition: there is none, or it is known of and not carried.
    """
    known = editions()
    if isinstance(edition, EditionId) and edition in known:
        return edition
    wanted = str(edition)
    for document in document_entries():
        if re.sub(r"[\s_-]", "", wanted).casefold() in document.folded:
            return EditionId(document.key, document.editions[-1])
        for label, note in document.not_carried:
            if wanted == f"{document.key}@{label}":
                raise UnknownEdition(wanted, tuple(map(str, known)), f"{note}; ")
    try:
        parsed = EditionId.parse(wanted)
    except InvalidId as error:
        raise unknown_edition(wanted, map(str, known)) from error
    if parsed not in known:
        raise unknown_edition(wanted, map(str, known))
    return parsed


@functools.cache
def edition_data(edition: EditionId) -> dict[str, Any]:
    """Give the plain data of a shipped edition; callers do not change it."""
    data: dict[str, Any] = json.loads(read(f"editions/{edition}.json"))
    return data
