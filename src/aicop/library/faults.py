"""The faults of mappings in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.ends import members_of
from aicop.errors import Fault, UnknownEdition, UnknownKey, excerpt
from aicop.library.parts import check_class
from aicop.mappings.rules import judgement, mapping_faults, repetition
from aicop.model.mapping import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId
    from aicop.library.parts import OwnMappings


def _row_faults(row: Mapping, framework: Callable[[EditionId], Framework]) -> Iterator[str]:
    """Yield a message for each problem of a mapping, given a function that returns frameworks."""
    check_class(row, Mapping, "aicop.mappings")
    problems = []
    for key in [member for end in (row.source, row.target) if end is not None for member in members_of(end)]:
        try:
            framework(key.edition)[key]
        except (UnknownEdition, UnknownKey) as error:
            problems.append(str(error))
    # The rules need the natures of all elements.
    yield from problems or mapping_faults(row, lambda key: framework(key.edition)[key].nature)


def mapping_faults_of(
    rows: Iterable[Mapping], name: str, framework: Callable[[EditionId], Framework]
) -> tuple[Fault, ...]:
    """Return the faults of mappings, each taken by itself; *name* is the name of their set."""
    return tuple(
        Fault(name, f"mapping {place}", problem)
        for place, row in enumerate(rows, start=1)
        for problem in _row_faults(row, framework)
    )


def repetition_faults(
    rows: Sequence[Mapping], added: Iterable[OwnMappings], held: Iterable[OwnMappings], name: str
) -> tuple[Fault, ...]:
    """
    Return a fault for each mapping whose author has judged the same pair before.

    *added* are the sets into which *rows* go, and *held* those in the library. A mapping that its own set holds already
    is no fault.
    """
    sets = {(item.set.source, item.set.target): item.set.name for item in added}
    seen = {
        judgement(row): (item.set.name, row.content, "")
        for item in held
        if (item.set.source, item.set.target) in sets
        for row in item.rows
    }
    faults = []
    for place, row in enumerate(rows, start=1):
        own = sets[row.source_edition, row.target_edition]
        first, content, where = seen.setdefault(judgement(row), (own, row.content, f"mapping {place}"))
        if (first, content) != (own, row.content):
            said = repetition(row.source, row.target, where or f"the set {excerpt(first)}", row.author)
            faults.append(Fault(name, f"mapping {place}", f"{said}; keep one of the two"))
    return tuple(faults)
