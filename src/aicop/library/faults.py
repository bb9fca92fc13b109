"""The faults of a mapping in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.ends import members_of
from aicop.errors import UnknownEdition, UnknownKey
from aicop.mappings.rules import mapping_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId
    from aicop.model.mapping import Mapping


def row_faults(row: Mapping, framework: Callable[[EditionId], Framework]) -> Iterator[str]:
    """Yield a message for each problem of a mapping, given a function that returns frameworks."""
    problems = []
    for key in [member for end in (row.source, row.target) if end is not None for member in members_of(end)]:
        try:
            framework(key.edition)[key]
        except (UnknownEdition, UnknownKey) as error:
            problems.append(str(error))
    # The rules need the natures of all elements.
    yield from problems or mapping_faults(row, lambda key: framework(key.edition)[key].nature)
