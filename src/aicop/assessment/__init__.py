"""Assessments: verdicts and evidence of a system against an edition, and its status at a date."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment, FileState
    from aicop.assessment.collecting import collect
    from aicop.assessment.comparing import CountChange, Progress, StateChange, UnitChange, as_of, compare, trend
    from aicop.assessment.errors import ChangedOnDisk, NothingToCheck
    from aicop.assessment.gate import Finding, GateResult, Rule, RuleResult, check
    from aicop.assessment.merging import CellChange, Merge, merge
    from aicop.assessment.origin import Origin
    from aicop.assessment.reader import load, load_all, systems
    from aicop.assessment.recording import link, record, record_control
    from aicop.assessment.register import (
        AcceptedRisk,
        EvidenceEntry,
        HistoryEntry,
        accepted_risks,
        evidence_register,
        history_log,
        history_table,
    )
    from aicop.assessment.relevance import Contribution, Relevant, Towards, relevant, towards, without_relevance
    from aicop.assessment.reporting import AssessmentReport, ReportedStatement, Scope, report
    from aicop.assessment.reviewing import VerdictReview, VerdictToReview, review
    from aicop.assessment.starting import start
    from aicop.assessment.states import Flag, State, StatementState
    from aicop.assessment.status import Count, Level, Status, UnitStatus
    from aicop.assessment.steps import NextStep, next_steps
    from aicop.assessment.storing import recorded, save
    from aicop.assessment.suppliers import Question, Questionnaire, questionnaire, questions
    from aicop.assessment.tables import dumps_controls, dumps_evidence, dumps_history, dumps_verdicts
    from aicop.assessment.upgrading import Outcome, Upgrade, UpgradedVerdict, upgrade, upgrade_connected
    from aicop.model.assessment import Verdict
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "assessment": ("Assessment", "FileState", "Verdict"),
            "collecting": ("collect",),
            "comparing": ("CountChange", "Progress", "StateChange", "UnitChange", "as_of", "compare", "trend"),
            "errors": ("ChangedOnDisk", "NothingToCheck"),
            "gate": ("Finding", "GateResult", "Rule", "RuleResult", "check"),
            "merging": ("CellChange", "Merge", "merge"),
            "origin": ("Origin",),
            "suppliers": ("Question", "Questionnaire", "questionnaire", "questions"),
            "reader": ("load", "load_all", "systems"),
            "recording": ("link", "record", "record_control"),
            "register": (
                "AcceptedRisk",
                "EvidenceEntry",
                "HistoryEntry",
                "accepted_risks",
                "evidence_register",
                "history_table",
                "history_log",
            ),
            "relevance": ("Contribution", "Relevant", "Towards", "relevant", "towards", "without_relevance"),
            "reporting": ("AssessmentReport", "ReportedStatement", "Scope", "report"),
            "reviewing": ("VerdictReview", "VerdictToReview", "review"),
            "starting": ("start",),
            "states": ("Flag", "State", "StatementState"),
            "status": ("Count", "Level", "Status", "UnitStatus"),
            "steps": ("NextStep", "next_steps"),
            "storing": ("recorded", "save"),
            "tables": ("dumps_controls", "dumps_evidence", "dumps_history", "dumps_verdicts"),
            "upgrading": ("Outcome", "Upgrade", "UpgradedVerdict", "upgrade", "upgrade_connected"),
        },
    )

__all__ = [
    "AcceptedRisk",
    "Assessment",
    "AssessmentReport",
    "CellChange",
    "ChangedOnDisk",
    "Contribution",
    "Count",
    "CountChange",
    "EvidenceEntry",
    "FileState",
    "Finding",
    "Flag",
    "GateResult",
    "HistoryEntry",
    "Level",
    "Merge",
    "NextStep",
    "NothingToCheck",
    "Origin",
    "Outcome",
    "Progress",
    "Question",
    "Questionnaire",
    "Relevant",
    "ReportedStatement",
    "Rule",
    "RuleResult",
    "Scope",
    "State",
    "StateChange",
    "StatementState",
    "Status",
    "Towards",
    "UnitChange",
    "UnitStatus",
    "Upgrade",
    "UpgradedVerdict",
    "Verdict",
    "VerdictReview",
    "VerdictToReview",
    "accepted_risks",
    "as_of",
    "check",
    "collect",
    "compare",
    "dumps_controls",
    "dumps_evidence",
    "dumps_history",
    "dumps_verdicts",
    "evidence_register",
    "history_log",
    "history_table",
    "link",
    "load",
    "load_all",
    "merge",
    "next_steps",
    "questionnaire",
    "questions",
    "record",
    "record_control",
    "recorded",
    "relevant",
    "report",
    "review",
    "save",
    "start",
    "systems",
    "towards",
    "trend",
    "upgrade",
    "upgrade_connected",
    "without_relevance",
]
