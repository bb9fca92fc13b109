"""Assessments: verdicts and evidence of a system against an edition, and its status at a date."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment, FileState
    from aicop.assessment.reader import load, load_all, systems
    from aicop.assessment.states import Flag, State, StatementState
    from aicop.assessment.status import Count, Level, Status, UnitStatus
    from aicop.assessment.tables import dumps_evidence, dumps_history, dumps_verdicts
    from aicop.model.assessment import Verdict
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "assessment": ("Assessment", "FileState", "Verdict"),
            "reader": ("load", "load_all", "systems"),
            "states": ("Flag", "State", "StatementState"),
            "status": ("Count", "Level", "Status", "UnitStatus"),
            "tables": ("dumps_evidence", "dumps_history", "dumps_verdicts"),
        },
    )

__all__ = [
    "Assessment",
    "Count",
    "FileState",
    "Flag",
    "Level",
    "State",
    "StatementState",
    "Status",
    "UnitStatus",
    "Verdict",
    "dumps_evidence",
    "dumps_history",
    "dumps_verdicts",
    "load",
    "load_all",
    "systems",
]
