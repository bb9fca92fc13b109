"""From facts about an organisation to its roles, with reasons, and to the questions that an edition leaves open."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.applicability.facts import Fact
    from aicop.applicability.records import Applicability, Holding, OpenQuestion, Reason
    from aicop.applicability.roles import applicability
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "facts": ("Fact",),
            "records": ("Applicability", "Holding", "OpenQuestion", "Reason"),
            "roles": ("applicability",),
        },
    )

__all__ = ["Applicability", "Fact", "Holding", "OpenQuestion", "Reason", "applicability"]
