"""
The lineage of provisions: their counterparts in another edition, and the kinds of change between the two.

The functions ask the lineages that ship. `Lineages` holds editions and lineage tables of your own as well.
"""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.lineage.comparison import Comparison
    from aicop.lineage.lineages import Lineages
    from aicop.lineage.reader import loads
    from aicop.lineage.shipped import compare, counterpart, counterparts
    from aicop.lineage.table import table_of
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "comparison": ("Comparison",),
            "lineages": ("Lineages",),
            "reader": ("loads",),
            "shipped": ("compare", "counterpart", "counterparts"),
            "table": ("table_of",),
        },
    )

__all__ = ["Comparison", "Lineages", "compare", "counterpart", "counterparts", "loads", "table_of"]
