"""Assessments: verdicts and evidence of a system against an edition, and its status at a date."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment, FileState
    from aicop.assessment.editing.collecting import collect
    from aicop.assessment.editing.merging import CellChange, Merge, merge
    from aicop.assessment.editing.recording import link, record, record_control
    from aicop.assessment.editing.reviewing import VerdictReview, VerdictToReview, review
    from aicop.assessment.editing.starting import start
    from aicop.assessment.editing.upgrading import Outcome, Upgrade, UpgradedVerdict, upgrade, upgrade_connected
    from aicop.assessment.errors import ChangedOnDisk, NothingToCheck
    from aicop.assessment.files.origin import Origin
    from aicop.assessment.files.reader import load, load_all, systems
    from aicop.assessment.files.storing import recorded, save
    from aicop.assessment.files.tables import dumps_controls, dumps_evidence, dumps_history, dumps_verdicts
    from aicop.assessment.reporting.facts import AssessmentReport, ReportedStatement, Scope, report
    from aicop.assessment.reporting.register import (
        AcceptedRisk,
        EvidenceEntry,
        HistoryEntry,
        accepted_risks,
        evidence_register,
        history_log,
        history_table,
    )
    from aicop.assessment.reporting.suppliers import Question, Questionnaire, questionnaire, questions
    from aicop.assessment.status.comparing import CountChange, Progress, StateChange, UnitChange, as_of, compare, trend
    from aicop.assessment.status.gate import Finding, GateResult, Rule, RuleResult, check
    from aicop.assessment.status.relevance import Contribution, Relevant, Towards, relevant, towards, without_relevance
    from aicop.assessment.status.states import Flag, State, StatementState
    from aicop.assessment.status.steps import NextStep, next_steps
    from aicop.assessment.status.units import Count, Level, Status, UnitStatus
    from aicop.model.assessment import Verdict
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "assessment": ("Assessment", "FileState", "Verdict"),
            "editing.collecting": ("collect",),
            "status.comparing": ("CountChange", "Progress", "StateChange", "UnitChange", "as_of", "compare", "trend"),
            "errors": ("ChangedOnDisk", "NothingToCheck"),
            "status.gate": ("Finding", "GateResult", "Rule", "RuleResult", "check"),
            "editing.merging": ("CellChange", "Merge", "merge"),
            "files.origin": ("Origin",),
            "reporting.suppliers": ("Question", "Questionnaire", "questionnaire", "questions"),
            "files.reader": ("load", "load_all", "systems"),
            "editing.recording": ("link", "record", "record_control"),
            "reporting.register": (
                "AcceptedRisk",
                "EvidenceEntry",
                "HistoryEntry",
                "accepted_risks",
                "evidence_register",
                "history_table",
                "history_log",
            ),
            "status.relevance": ("Contribution", "Relevant", "Towards", "relevant", "towards", "without_relevance"),
            "reporting.facts": ("AssessmentReport", "ReportedStatement", "Scope", "report"),
            "editing.reviewing": ("VerdictReview", "VerdictToReview", "review"),
            "editing.starting": ("start",),
            "status.states": ("Flag", "State", "StatementState"),
            "status.units": ("Count", "Level", "Status", "UnitStatus"),
            "status.steps": ("NextStep", "next_steps"),
            "files.storing": ("recorded", "save"),
            "files.tables": ("dumps_controls", "dumps_evidence", "dumps_history", "dumps_verdicts"),
            "editing.upgrading": ("Outcome", "Upgrade", "UpgradedVerdict", "upgrade", "upgrade_connected"),
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
