"""The ids of everything that ships by their written form. They answer most keys, which then need no parsing."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId, StatementId, split_key
from aicop.keys.edition_index import index
from aicop.manifest import document_entries, framework_entries

if TYPE_CHECKING:
    from aicop.ids import Key


@functools.cache
def _document_editions() -> dict[str, EditionId]:
    """Return the editions of documents by their written ids; the key of a document alone means its current edition."""
    found = {}
    for document in document_entries():
        # The labels are listed with the oldest first, so that the current edition is entered last.
        for label in document.editions:
            edition = EditionId(document.key, label)
            found[str(edition)] = found[document.key] = edition
    return found


@functools.cache
def _framework_editions() -> dict[str, EditionId]:
    """Return the editions of frameworks by their written ids; a framework's key alone means its default edition."""
    found: dict[str, EditionId] = {}
    for entry in framework_entries():
        found[str(entry.id)] = entry.id
        found.setdefault(entry.id.document, entry.id)
    return found


@functools.cache
def _items(edition: EditionId) -> dict[str, Key]:
    """Return the provisions, statements, principles and phases of an edition by their ids without the edition."""
    home = index(edition)
    provisions = [ProvisionId(edition, number) for number in home.provisions]
    statements = [
        StatementId(item, ordinal + 1) for item in provisions for ordinal in range(home.statements[item.number])
    ]
    found: list[Key] = [*provisions, *statements]
    found += [PrincipleId(edition, number) for number in home.principles]
    found += [PhaseId(edition, slug) for slug in home.phases]
    return {item.local: item for item in found}


@functools.cache
def _controls(edition: EditionId) -> dict[str, Key]:
    """Return the elements of a framework that were not withdrawn by their ids without the edition."""
    # Imported here, because keys of editions need neither.
    from aicop.ids import ControlId
    from aicop.keys.control_index import control_index

    return {local: ControlId(edition, local) for local in control_index(edition).ids}


def literal_key(text: str) -> Key | None:
    """
    Return the id whose written form is *text*, with or without the label of its edition, or None if there is none.

    It is what the tolerant parser would return. Only the files of the edition that *text* names are read.

    Raises:
        TypeError: *text* is not text.
    """
    try:
        head, local = split_key(text)
    except (AttributeError, TypeError):
        # Imported here, because only this error needs it. Testing the type first would slow each key down.
        from aicop.spelling import not_text

        raise not_text(text) from None
    if (edition := _document_editions().get(head)) is not None:
        return _items(edition).get(local)
    if (edition := _framework_editions().get(head)) is not None:
        return _controls(edition).get(local)
    return None
