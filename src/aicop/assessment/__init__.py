"""Assessments: verdicts and evidence of a system against an edition, and its status at a date."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment, FileState
    from aicop.assessment.comparing import (
        CountChange,
        Progress,
        StateChange,
        UnitChange,
        as_of,
        compare,
        trend,
    )
    from aicop.assessment.merging import CellChange, Merge, merge
    from aicop.assessment.reader import load, load_all, systems
    from aicop.assessment.reviewing import VerdictReview, VerdictToReview, review
    from aicop.assessment.states import Flag, State, StatementState
    from aicop.assessment.status import Count, Level, Status, UnitStatus
    from aicop.assessment.storing import recorded, save
    from aicop.assessment.tables import dumps_evidence, dumps_history, dumps_verdicts
    from aicop.assessment.upgrading import Outcome, Upgrade, UpgradedVerdict, upgrade, upgrade_connected
    from aicop.model.assessment import Verdict
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "assessment": ("Assessment", "FileState", "Verdict"),
            "comparing": (
                "CountChange",
                "Progress",
                "StateChange",
                "UnitChange",
                "as_of",
                "compare",
                "trend",
            ),
            "merging": ("CellChange", "Merge", "merge"),
            "reader": ("load", "load_all", "systems"),
            "reviewing": ("VerdictReview", "VerdictToReview", "review"),
            "states": ("Flag", "State", "StatementState"),
            "status": ("Count", "Level", "Status", "UnitStatus"),
            "storing": ("recorded", "save"),
            "tables": ("dumps_evidence", "dumps_history", "dumps_verdicts"),
            "upgrading": ("Outcome", "Upgrade", "UpgradedVerdict", "upgrade", "upgrade_connected"),
        },
    )

__all__ = [
    "Assessment",
    "CellChange",
    "Count",
    "CountChange",
    "FileState",
    "Flag",
    "Level",
    "Merge",
    "Outcome",
    "Progress",
    "State",
    "StateChange",
    "StatementState",
    "Status",
    "UnitChange",
    "UnitStatus",
    "Upgrade",
    "UpgradedVerdict",
    "Verdict",
    "VerdictReview",
    "VerdictToReview",
    "as_of",
    "compare",
    "dumps_evidence",
    "dumps_history",
    "dumps_verdicts",
    "load",
    "load_all",
    "merge",
    "recorded",
    "review",
    "save",
    "systems",
    "trend",
    "upgrade",
    "upgrade_connected",
]
