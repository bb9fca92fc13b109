"""SKOS concept schemes: written as JSON-LD, read from any common RDF serialisation."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.interop.skos.writer import FORMAT, dumps, loads, recognises, rows
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "writer": ("FORMAT", "dumps", "loads", "recognises", "rows"),
        },
    )

__all__ = ["FORMAT", "dumps", "loads", "recognises", "rows"]
