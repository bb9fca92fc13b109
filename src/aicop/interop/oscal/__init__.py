"""OSCAL 1.2 in JSON: catalogs, profiles and control mappings."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.interop.oscal.format import FORMAT, dumps, dumps_selection, loads, profile, recognises
    from aicop.interop.oscal.mapping_writer import rows
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "format": ("FORMAT", "dumps", "dumps_selection", "loads", "profile", "recognises"),
            "mapping_writer": ("rows",),
        },
    )

__all__ = ["FORMAT", "dumps", "dumps_selection", "loads", "profile", "recognises", "rows"]
