"""SSSOM/TSV: a table of mappings with a header in YAML."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.interop.sssom.reader import loads
    from aicop.interop.sssom.writer import FORMAT, dumps, recognises
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "writer": ("FORMAT", "dumps", "recognises"),
            "reader": ("loads",),
        },
    )

__all__ = ["FORMAT", "dumps", "loads", "recognises"]
