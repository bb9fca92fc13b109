"""The faults of a mapping in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.ends import members_of
from aicop.errors import UnknownEdition, UnknownKey
from aicop.mappings.rules import mapping_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.library.library import Library
    from aicop.model.mapping import Mapping


def row_faults(row: Mapping, library: Library) -> Iterator[str]:
    """Yield a message for each problem of a mapping: elements that do not exist, otherwise broken rules."""
    ends = [member for end in (row.source, row.target) if end is not None for member in members_of(end)]
    problems = []
    for key in ends:
        try:
            library.framework(key.edition)[key]
        except (UnknownEdition, UnknownKey) as error:
            problems.append(str(error))
    yield from problems
    if not problems:
        yield from mapping_faults(row, lambda key: library.framework(key.edition)[key].nature)
