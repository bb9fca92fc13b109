"""Build frameworks and relations from files in other formats, with faults instead of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.errors import Fault, UnknownTerm, excerpt
from aicop.files.text import one_line
from aicop.frameworks.reader import alias_clashes, of_list
from aicop.model.framework import ALIAS_SEPARATOR
from aicop.relations import RelationSet, Scheme, relation_from_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId


MAX_ID_LENGTH = 100
"""The maximum length of an id."""

_VALID_ID = f"use 1 to {MAX_ID_LENGTH} printable characters without spaces at either end"


def build_framework(  # noqa: PLR0913, PLR0917 -- what a file says, and where
    edition: EditionId,
    facts: Mapping[str, str | None],
    controls: Iterable[Mapping[str, Any]],
    file: str,
    place: Callable[[int, str], str],
    found: Iterable[Fault] = (),
) -> Framework:
    """
    Build a framework from the elements that a file lists. *facts* holds its ``title`` and optionally ``publisher``.

    An element has ``id`` and ``kind`` and optionally ``parent``, ``title``, ``nature`` and ``words``, each one line; a
    list ``aliases`` of the names by which the file refers to it; and ``extra``. An alias that would not lead to its
    element alone is left out, since it is no name by which the file can refer to it.
    *place* returns the place of a field in the file, given the zero-based index of the element and one of these names.
    *found* holds faults that the caller has already found in the file.

    Raises:
        InvalidDocument: with *found*, every invalid id, repeated id, missing parent and cycle, and all ids that differ
            only in spelling. If there are none of these: with all elements that are nested too deep.
    """
    # Other formats write an absent field in several ways; here such fields are left out.
    items: list[dict[str, Any]] = [{name: value for name, value in item.items() if value} for item in controls]
    for item in items:
        item.setdefault("id", "")
        item["kind"] = one_line(item.get("kind", "")) or _ELEMENT
    faults = [
        Fault(file, place(i, "id"), f"{excerpt(item['id'])} is not a valid id; {_VALID_ID}")
        for i, item in enumerate(items)
        if not 0 < len(own := item["id"]) <= MAX_ID_LENGTH or own != own.strip() or not own.isprintable()
    ]
    unusable = {alias for _, alias, _ in alias_clashes(items, place)}
    for item in items:
        if "aliases" in item:
            usable = (one for one in item["aliases"] if one not in unusable and _is_alias(one))
            item["aliases"] = list(dict.fromkeys(usable))
    title = one_line(facts["title"] or "") or str(edition)
    data = {"framework": edition.document, "edition": edition.label, **facts, "title": title, "controls": items}
    return of_list(data, file, place, (*found, *faults))


def _is_alias(name: str) -> bool:
    """Return whether a name has the form of an alias in `aicop.schema.framework.ControlSchema`."""
    return name != "" and name == name.strip() and name.isprintable() and ALIAS_SEPARATOR not in name


_ELEMENT = "element"
"""The kind of an element for which the file states none."""


def relation_or_fault(word: str, scheme: Scheme, file: str, place: str) -> RelationSet | Fault:
    """Return the relations that a term of another format allows, or a fault if its scheme has no such term."""
    try:
        return relation_from_word(word, scheme)
    except UnknownTerm as error:
        return Fault(file, place, str(error))
