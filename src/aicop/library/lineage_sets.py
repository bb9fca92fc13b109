"""What follows from lineages: mappings, and changes that a person should review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.ids import PrincipleId, ProvisionId, StatementId
from aicop.library.parts import OwnMappings
from aicop.mappings.from_editions import lineage_mappings
from aicop.model.mapping import MappingSet
from aicop.vocabulary import MappingBasis

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from aicop.crosswalk.core import Crosswalk
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId
    from aicop.lineage.lineages import Lineages
    from aicop.model.lineage import LineageRow

ITEM = ProvisionId | StatementId | PrincipleId
"""The ids of the items that lineages list."""


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
    )


def lineage_sets(
    lineages: Lineages, derived: Collection[tuple[EditionId, EditionId]], framework: Callable[[EditionId], Framework]
) -> Iterator[OwnMappings]:
    """Yield the mappings of each lineage that does not ship; *derived* are the pairs that follow by rule."""
    for table in lineages.tables:
        pair = (table.old, table.new)
        facts = _facts(*pair, MappingBasis.DERIVED if pair in derived else MappingBasis.OWN)
        yield OwnMappings(facts, tuple(lineage_mappings(facts, lineages, framework)))


def changes_to_review(crosswalk: Crosswalk, lineages: Lineages) -> tuple[LineageRow, ...]:
    """Return the changes on the paths of a crosswalk that a person should review, each once, in order of the claims."""
    known = frozenset(lineages.editions())
    steps = (step for item in crosswalk.claims() for path in item.paths for step in path if step.mapping is not None)
    found: dict[LineageRow, None] = {}
    for step in steps:
        old, new = step.source, step.target
        if isinstance(old, ITEM) and new is not None and {old.edition, new.edition} <= known:
            rows = lineages.rows_of(old, new.edition)
            found |= dict.fromkeys(row for row in rows if row.new == new and row.review is not None)
    return tuple(found)
