"""The registry: the ids of all shipped editions in one JSON file, for use without Python."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.interop.registry.writer import FORMAT, VERSION, dumps, recognises
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "writer": ("FORMAT", "VERSION", "dumps", "recognises"),
        },
    )

__all__ = ["FORMAT", "VERSION", "dumps", "recognises"]
