"""Frameworks and relations made of what a file in another format says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.errors import Fault, UnknownTerm, excerpt
from aicop.files.text import one_line
from aicop.frameworks.reader import of_list
from aicop.relations import RelationSet, Scheme, relation_from_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId


MAX_ID_LENGTH = 100
"""How long an id may be."""


def build_framework(  # noqa: PLR0913, PLR0917 -- what a file says, and where
    edition: EditionId,
    facts: Mapping[str, str | None],
    controls: Iterable[Mapping[str, str | None]],
    file: str,
    place: Callable[[int, str], str],
    found: Iterable[Fault] = (),
) -> Framework:
    """
    Make a framework of the elements that a file lists; *facts* are its ``title`` and, where given, ``publisher``.

    Each element has ``id`` and ``kind`` and, where the file gives them, ``parent``, ``title``, ``nature`` and
    ``words``, each one line. *place* says where a field of an element stands, given the element's place in the list
    from 0 and the field's name here; *found* is what is wrong with the file already.

    Raises:
        InvalidDocument: with that, every id that cannot be one, every repeated id, missing parent and circle.
    """
    items = [{name: text for name, text in item.items() if text} for item in controls]
    for item in items:
        item.setdefault("id", "")
        item["kind"] = one_line(item.get("kind", "")) or _ELEMENT
    faults = [
        Fault(file, place(i, "id"), f"{excerpt(item['id'])} cannot be an id")
        for i, item in enumerate(items)
        if not 0 < len(own := item["id"]) <= MAX_ID_LENGTH or own != own.strip() or not own.isprintable()
    ]
    title = one_line(facts["title"] or "") or str(edition)
    data = {"framework": edition.document, "edition": edition.label, **facts, "title": title, "controls": items}
    return of_list(data, file, place, (*found, *faults))


_ELEMENT = "element"
"""The kind of what a file gives none."""


def relation_or_fault(word: str, scheme: Scheme, file: str, place: str) -> RelationSet | Fault:
    """Give what a word of another format says, or what is wrong with it: what the one table does not have."""
    try:
        return relation_from_word(word, scheme)
    except UnknownTerm as error:
        return Fault(file, place, str(error))
