"""Catalogues: immutable mappings from id to provision, for the editions that ship and for a user's own."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue, Match
    from aicop.catalogue.changes import derived_lineage
    from aicop.catalogue.digest import edition_digest
    from aicop.catalogue.reader import loads
    from aicop.catalogue.reader_of_several import loads_all
    from aicop.catalogue.responsibility import (
        Duty,
        Involvement,
        Responsibility,
        ResponsibilityMatrix,
        ResponsibilityRow,
        responsibility_matrix,
    )
    from aicop.catalogue.shipped import load
    from aicop.catalogue.writer import dumps
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "catalogue": ("Catalogue", "Match"),
            "shipped": ("load",),
            "reader": ("loads",),
            "writer": ("dumps",),
            "reader_of_several": ("loads_all",),
            "changes": ("derived_lineage",),
            "digest": ("edition_digest",),
            "responsibility": (
                "Duty",
                "Involvement",
                "Responsibility",
                "ResponsibilityMatrix",
                "ResponsibilityRow",
                "responsibility_matrix",
            ),
        },
    )

__all__ = [
    "Catalogue",
    "Duty",
    "Involvement",
    "Match",
    "Responsibility",
    "ResponsibilityMatrix",
    "ResponsibilityRow",
    "derived_lineage",
    "dumps",
    "edition_digest",
    "load",
    "loads",
    "loads_all",
    "responsibility_matrix",
]
