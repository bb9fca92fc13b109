"""Assessments: verdicts and evidence of a system against an edition, and its status at a date."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment, FileState
    from aicop.assessment.collecting import collect
    from aicop.assessment.errors import ChangedOnDisk, NothingToCheck
    from aicop.assessment.gate import Finding, GateResult, Rule, RuleResult, check
    from aicop.assessment.origin import Origin
    from aicop.assessment.reader import load, load_all, systems
    from aicop.assessment.recording import link, record, record_control
    from aicop.assessment.relevance import Contribution, Relevant, Towards, relevant, towards, without_relevance
    from aicop.assessment.starting import start
    from aicop.assessment.states import Flag, State, StatementState
    from aicop.assessment.status import Count, Level, Status, UnitStatus
    from aicop.assessment.steps import NextStep, next_steps
    from aicop.assessment.tables import dumps_controls, dumps_evidence, dumps_history, dumps_verdicts
    from aicop.assessment.writing import save
    from aicop.model.assessment import Verdict
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "assessment": ("Assessment", "FileState", "Verdict"),
            "collecting": ("collect",),
            "errors": ("ChangedOnDisk", "NothingToCheck"),
            "gate": ("Finding", "GateResult", "Rule", "RuleResult", "check"),
            "origin": ("Origin",),
            "reader": ("load", "load_all", "systems"),
            "recording": ("link", "record", "record_control"),
            "relevance": ("Contribution", "Relevant", "Towards", "relevant", "towards", "without_relevance"),
            "starting": ("start",),
            "states": ("Flag", "State", "StatementState"),
            "status": ("Count", "Level", "Status", "UnitStatus"),
            "steps": ("NextStep", "next_steps"),
            "tables": ("dumps_controls", "dumps_evidence", "dumps_history", "dumps_verdicts"),
            "writing": ("save",),
        },
    )

__all__ = [
    "Assessment",
    "ChangedOnDisk",
    "Contribution",
    "Count",
    "FileState",
    "Finding",
    "Flag",
    "GateResult",
    "Level",
    "NextStep",
    "NothingToCheck",
    "Origin",
    "Relevant",
    "Rule",
    "RuleResult",
    "State",
    "StatementState",
    "Status",
    "Towards",
    "UnitStatus",
    "Verdict",
    "check",
    "collect",
    "dumps_controls",
    "dumps_evidence",
    "dumps_history",
    "dumps_verdicts",
    "link",
    "load",
    "load_all",
    "next_steps",
    "record",
    "record_control",
    "relevant",
    "save",
    "start",
    "systems",
    "towards",
    "without_relevance",
]
