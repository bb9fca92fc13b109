"""Load the frameworks that ship with aicop."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.frameworks.edition_view import from_shipped
from aicop.frameworks.framework import Framework
from aicop.keys.control_index import editions_named, rows_of
from aicop.manifest import framework_entries, resolve_among_frameworks
from aicop.model.from_rows import control, framework_edition

if TYPE_CHECKING:
    from aicop.ids import EditionId
    from aicop.model.framework import FrameworkEdition


def available() -> tuple[FrameworkEdition, ...]:
    """
    Return the editions of the shipped frameworks, without the editions of the Code.

    The editions of one framework are listed together, first the one that its bare name means. That is the edition to
    which the mappings that ship refer, and not always the newest one.
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
    return from_shipped(resolve_among_frameworks(wanted))


@functools.cache
def _from_table(edition: EditionId) -> Framework:
    """Build a framework that ships from its table."""
    entry = next(item for item in framework_entries() if item.id == edition)
    records = [control(row, edition, entry.data["natures"]) for row in rows_of(edition)]
    return Framework(
        framework_edition(entry.data),
        [item for item in records if not item.withdrawn],
        [item for item in records if item.withdrawn],
        entry.data.get("apart", ()),
    )
