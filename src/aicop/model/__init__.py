"""Immutable records for editions, for other frameworks and for the mappings between them."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.model.assessment import ControlRow, Evidence, HistoryRow, System, VerdictRow
    from aicop.model.dependency import Artefact, Dependency, Flow, Pass, PrincipleDependency
    from aicop.model.derived import ChangedProvision, DroppedProvision
    from aicop.model.edition import (
        ActRole,
        Annotation,
        Citation,
        Counterparty,
        Edition,
        EventDate,
        Guidance,
        Measure,
        NotApplicable,
        Phase,
        Pointer,
        Principle,
        Provision,
        Reference,
        Remark,
        ScopeStatement,
        Source,
        Stakeholder,
        Statement,
        Term,
        Threat,
    )
    from aicop.model.framework import Control, FrameworkEdition
    from aicop.model.lineage import LineageRow
    from aicop.model.mapping import Mapping, MappingSet
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "assessment": ("ControlRow", "Evidence", "HistoryRow", "System", "VerdictRow"),
            "edition": (
                "Source",
                "Annotation",
                "EventDate",
                "Edition",
                "ScopeStatement",
                "ActRole",
                "Stakeholder",
                "Term",
                "Citation",
                "Phase",
                "Principle",
                "PrincipleDependency",
                "Remark",
                "Counterparty",
                "Statement",
                "Pointer",
                "Threat",
                "NotApplicable",
                "Measure",
                "Reference",
                "Guidance",
                "Provision",
            ),
            "derived": ("ChangedProvision", "DroppedProvision"),
            "dependency": ("Artefact", "Pass", "Flow", "Dependency", "PrincipleDependency"),
            "lineage": ("LineageRow",),
            "framework": ("Control", "FrameworkEdition"),
            "mapping": ("Mapping", "MappingSet"),
        },
    )

__all__ = [
    "ActRole",
    "Annotation",
    "Artefact",
    "ChangedProvision",
    "Citation",
    "Control",
    "ControlRow",
    "Counterparty",
    "Dependency",
    "DroppedProvision",
    "Edition",
    "EventDate",
    "Evidence",
    "Flow",
    "FrameworkEdition",
    "Guidance",
    "HistoryRow",
    "LineageRow",
    "Mapping",
    "MappingSet",
    "Measure",
    "NotApplicable",
    "Pass",
    "Phase",
    "Pointer",
    "Principle",
    "PrincipleDependency",
    "Provision",
    "Reference",
    "Remark",
    "ScopeStatement",
    "Source",
    "Stakeholder",
    "Statement",
    "System",
    "Term",
    "Threat",
    "VerdictRow",
]
