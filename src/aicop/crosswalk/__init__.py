"""Crosswalks between frameworks: look-up, inversion, composition, coverage, gaps and contradictions."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.contradictions import Contradiction, find_contradictions
    from aicop.crosswalk.core import Crosswalk
    from aicop.crosswalk.coverage import CoverageReport, Gap
    from aicop.crosswalk.history.protocol import Omission
    from aicop.crosswalk.path import Step
    from aicop.crosswalk.registry import MappingRegistry
    from aicop.crosswalk.routes import (
        KeyClaims,
        crosswalk,
        crosswalk_in,
        explain,
        explain_in,
        mappings_of,
        mappings_of_in,
    )
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "core": ("Crosswalk",),
            "claim": ("Claim",),
            "coverage": ("CoverageReport", "Gap"),
            "contradictions": ("Contradiction", "find_contradictions"),
            "history.protocol": ("Omission",),
            "path": ("Step",),
            "registry": ("MappingRegistry",),
            "routes": (
                *("KeyClaims", "crosswalk", "crosswalk_in", "explain", "explain_in", "mappings_of", "mappings_of_in"),
            ),
        },
    )

__all__ = [
    "Claim",
    "Contradiction",
    "CoverageReport",
    "Crosswalk",
    "Gap",
    "KeyClaims",
    "MappingRegistry",
    "Omission",
    "Step",
    "crosswalk",
    "crosswalk_in",
    "explain",
    "explain_in",
    "find_contradictions",
    "mappings_of",
    "mappings_of_in",
]
