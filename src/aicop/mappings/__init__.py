"""Mappings between frameworks: the sets that ship, and your own files."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.mappings.reader import loads, stream
    from aicop.mappings.shipped import load, sets
    from aicop.mappings.table import TableChoices
    from aicop.mappings.writer import dumps, table_of
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "shipped": ("load", "sets"),
            "reader": ("loads", "stream"),
            "table": ("TableChoices",),
            "writer": ("dumps", "table_of"),
        },
    )

__all__ = ["TableChoices", "dumps", "load", "loads", "sets", "stream", "table_of"]
