"""Load the frameworks that ship with aicop."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.errors import UnknownEdition
from aicop.frameworks.edition_view import from_shipped
from aicop.frameworks.framework import Framework
from aicop.keys.control_index import ControlIndex, editions_named, rows_of
from aicop.keys.parser import parse
from aicop.manifest import framework_entries, resolve_edition, unknown_edition
from aicop.model.from_rows import control, framework_edition
from aicop.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.ids import EditionId, Key
    from aicop.model.framework import FrameworkEdition


def available() -> tuple[FrameworkEdition, ...]:
    """
    Return the editions of the shipped frameworks, without the editions of the Code.

    The editions of one framework are listed together, the current one first.
    """
    return tuple(framework_edition(item.data) for item in framework_entries())


def load(framework: EditionId | str) -> Framework:
    """
    Load a framework that ships by key, name or edition.

    An edition of the Code is returned as a framework; see `from_catalogue`.

    >>> load("ISO 42001")
    <Framework iso-iec-42001@2023: 43 clause, 11 objective, 38 control>

    Raises:
        UnknownEdition: no such framework or edition ships.
    """
    wanted = str(framework)
    if found := editions_named(wanted):
        return _from_table(found[0].id)
    try:
        edition = resolve_edition(wanted)
    except UnknownEdition as error:
        # That error suggests only editions of the Code, so a new one is raised that can suggest frameworks too.
        keys = dict.fromkeys([*error.known, *(str(item.id) for item in framework_entries())])
        if error.advice:
            raise UnknownEdition(wanted, tuple(keys), error.advice) from None
        raise unknown_edition(wanted, keys) from None
    return from_shipped(edition)


def finder(index: ControlIndex) -> Callable[[str], Key]:
    """Return a function that resolves the spellings that people use for elements of the framework in *index*."""

    def find_key(written: str) -> Key:
        cleaned = clean(written)
        for head in (f"{index.edition}:", f"{index.edition.document}:"):
            if cleaned.startswith(head):
                return index.find(cleaned.removeprefix(head), written)
        # `parse` also reads names of shipped frameworks ("ISO 42001 A.4.2") and advises on ids of other frameworks. It
        # does not know a user's own framework, so for these the index alone decides.
        if index.id_of(cleaned) is not None or all(item.id != index.edition for item in framework_entries()):
            return index.find(cleaned, written)
        return parse(written, index.edition)

    return find_key


@functools.cache
def _from_table(edition: EditionId) -> Framework:
    """Build a framework that ships from its table."""
    entry = next(item for item in framework_entries() if item.id == edition)
    rows = rows_of(edition)
    records = [control(row, edition, entry.data["natures"]) for row in rows]
    # Withdrawn rows stay in the index, so that the error for a withdrawn id names its replacement.
    return Framework(
        framework_edition(entry.data),
        tuple(item for item in records if item.withdrawn),
        {item.id: item for item in records if not item.withdrawn},
        frozenset(entry.data.get("apart", ())),
        finder(ControlIndex.from_rows(edition, rows)),
        unions=False,
    )
