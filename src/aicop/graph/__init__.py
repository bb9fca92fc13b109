"""The dependency graph of an edition: queries, planning, a user's own additions, and drawings."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.graph.dependency_graph import DependencyGraph, graph
    from aicop.graph.diagrams import dot, mermaid
    from aicop.graph.edges import Additions, artefacts, dependencies, flows, loads
    from aicop.graph.handovers import Handover
    from aicop.graph.impact import AtRisk, Impact, ImpactGroup
    from aicop.graph.order import Order
    from aicop.graph.planning import CriticalPath, PathStep, Wave, WaveMember
    from aicop.graph.svg_layout import svg
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "dependency_graph": ("DependencyGraph", "graph"),
            "edges": ("Additions", "artefacts", "dependencies", "flows", "loads"),
            "diagrams": ("dot", "mermaid"),
            "handovers": ("Handover",),
            "impact": ("AtRisk", "Impact", "ImpactGroup"),
            "order": ("Order",),
            "planning": ("CriticalPath", "PathStep", "Wave", "WaveMember"),
            "svg_layout": ("svg",),
        },
    )

__all__ = [
    "Additions",
    "AtRisk",
    "CriticalPath",
    "DependencyGraph",
    "Handover",
    "Impact",
    "ImpactGroup",
    "Order",
    "PathStep",
    "Wave",
    "WaveMember",
    "artefacts",
    "dependencies",
    "dot",
    "flows",
    "graph",
    "loads",
    "mermaid",
    "svg",
]
