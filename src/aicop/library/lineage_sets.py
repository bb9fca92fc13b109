"""The mappings that follow from lineages which do not ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.library.parts import OwnMappings
from aicop.mappings.from_editions import lineage_mappings
from aicop.model.mapping import MappingSet
from aicop.vocabulary import MappingBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId
    from aicop.lineage.lineages import Lineages


def _facts(old: EditionId, new: EditionId, basis: MappingBasis) -> MappingSet:
    """Return the facts of the mappings that follow from a lineage of your own."""
    return MappingSet(
        name=f"lineage/{old}--{new}",
        source=old,
        target=new,
        title=f"Provision lineage from {old} to {new}",
        author=None,
        basis=basis,
        date=None,
        licence=None,
        note=None,
        method=None,
    )


def lineage_sets(
    lineages: Lineages, derived: Collection[tuple[EditionId, EditionId]], framework: Callable[[EditionId], Framework]
) -> Iterator[OwnMappings]:
    """Yield the mappings of each lineage that does not ship; *derived* are the pairs that follow by rule."""
    for table in lineages.tables:
        pair = (table.old, table.new)
        facts = _facts(*pair, MappingBasis.DERIVED if pair in derived else MappingBasis.OWN)
        yield OwnMappings(facts, tuple(lineage_mappings(facts, lineages, framework)))
