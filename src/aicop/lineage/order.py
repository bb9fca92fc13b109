"""The order of the rows of a comparison."""

from __future__ import annotations

import bisect
import operator
from typing import TYPE_CHECKING

from aicop.ids import StatementId
from aicop.lineage.comparison import Comparison

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.lineage import LineageId, LineageRow


def _ranks(catalogue: Catalogue) -> dict[LineageId | None, int]:
    """Return the place of each principle, provision and statement in printed order."""
    ranks: dict[LineageId | None, int] = {}
    # Provisions are in printed order, and every principle has some and comes before the first of them.
    for item in catalogue.values():
        ranks.setdefault(item.principle, len(ranks))
        ranks[item.id] = len(ranks)
        for said in item.statements:
            ranks[StatementId(item.id, said.ordinal)] = len(ranks)
    return ranks


def in_printed_order(comparison: Comparison, old: Catalogue, new: Catalogue) -> Comparison:
    """
    Return a comparison with its rows in printed order of the old edition.

    Rows of one item are in printed order of the new edition. An item that was added follows the one that is before it
    there.
    """
    here, there = _ranks(old), _ranks(new)
    anchors = sorted((there[row.new], here[row.old]) for row in comparison.rows if row.old and row.new)

    def place(row: LineageRow) -> tuple[int, bool, int]:
        if row.old is not None:
            return here[row.old], False, there.get(row.new, -1)
        after = bisect.bisect(anchors, there[row.new], key=operator.itemgetter(0)) - 1
        return (anchors[after][1] if after >= 0 else -1), True, there[row.new]

    return Comparison(comparison.old, comparison.new, sorted(comparison.rows, key=place))
