"""The JSON Schemas of files, which are published under ``docs/reference/schemas/`` too, and of records."""

from __future__ import annotations

import re
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from aicop.schema.assessment import (
    AssessmentSchema,
    ControlVerdictRowSchema,
    EvidenceRowSchema,
    HistoryRowSchema,
    VerdictRowSchema,
)
from aicop.schema.dependencies import ArtefactsSchema, DependencyRowSchema
from aicop.schema.edition import DerivedEditionSchema, EditionSchema
from aicop.schema.framework import FrameworkSchema, FrameworksSchema
from aicop.schema.guidance import GuidanceSchema, ThreatsSchema
from aicop.schema.lineage import LineageRowSchema
from aicop.schema.manifest import ManifestSchema
from aicop.schema.mapping import MappingRowSchema, MappingSetsSchema
from aicop.schema.settings import SettingsSchema
from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

_DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}

PUBLISHED: tuple[type[BaseModel], ...] = (
    ArtefactsSchema,
    AssessmentSchema,
    ControlVerdictRowSchema,
    DependencyRowSchema,
    DerivedEditionSchema,
    EditionSchema,
    EvidenceRowSchema,
    FrameworkSchema,
    FrameworksSchema,
    GuidanceSchema,
    HistoryRowSchema,
    LineageRowSchema,
    ManifestSchema,
    MappingRowSchema,
    MappingSetsSchema,
    SettingsSchema,
    ThreatsSchema,
    VerdictRowSchema,
)
"""The models of the files in `aicop.schema`; the interchange format ``registry`` has models of its own."""


def title_of(model: str) -> str:
    """
    Return the title of a model's JSON Schema, derived from the name of its class.

    >>> title_of("MappingRowSchema")
    'Mapping row'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.removesuffix("Schema")).capitalize()


FILES: Mapping[str, type[BaseModel]] = MappingProxyType(
    {title_of(model.__name__).lower().replace(" ", "-"): model for model in PUBLISHED}
)
"""The models of files and of rows of tables by their names, such as ``edition`` and ``mapping-row``."""

_HOMES = {
    "applicability.records": "Reason OpenQuestion Holding Applicability",
    "assessment.assessment": "Assessment",
    "assessment.editing.merging": "CellChange Merge",
    "assessment.editing.reviewing": "VerdictToReview VerdictReview",
    "assessment.editing.upgrading": "UpgradedVerdict Upgrade",
    "assessment.reporting.facts": "ReportedStatement AssessmentReport",
    "assessment.reporting.register": "AcceptedRisk EvidenceEntry HistoryEntry",
    "assessment.reporting.suppliers": "Question Questionnaire",
    "assessment.status.comparing": "StateChange UnitChange CountChange Progress",
    "assessment.status.gate": "Finding RuleResult GateResult",
    "assessment.status.relevance": "Relevant Contribution Towards",
    "assessment.status.states": "StatementState",
    "assessment.status.steps": "NextStep",
    "assessment.status.units": "Count UnitStatus Status",
    "catalogue.catalogue": "Match",
    "catalogue.responsibility": "Duty Involvement Responsibility ResponsibilityRow ResponsibilityMatrix",
    "crosswalk.claim": "Claim",
    "crosswalk.contradictions": "Contradiction",
    "crosswalk.coverage": "Gap CoverageReport",
    "crosswalk.history.protocol": "Omission",
    "crosswalk.path": "Step",
    "graph.edges": "Additions",
    "graph.handovers": "Handover",
    "graph.impact": "AtRisk ImpactGroup Impact",
    "graph.order": "Order",
    "graph.planning": "WaveMember Wave PathStep CriticalPath",
    "library.check": "KeyCheck",
    "library.review": "ReviewItem Review",
    "library.upgrading": "UpgradedMapping MappingUpgrade",
    "lineage.comparison": "Comparison",
    "model.assessment": "System VerdictRow ControlRow Evidence HistoryRow",
    "model.dependency": "Artefact Pass Flow Dependency PrincipleDependency",
    "model.derived": "ChangedProvision DroppedProvision",
    "model.edition": "Source Annotation EventDate Edition ScopeStatement ActRole Stakeholder Term Citation Phase "
    "Principle Remark Counterparty Statement Pointer Threat NotApplicable Measure Reference Guidance Provision",
    "model.framework": "Control FrameworkEdition",
    "model.lineage": "LineageRow",
    "model.mapping": "Mapping MappingSet",
    "search": "Hit",
}
"""The modules of all records that have a form as plain data, most of them later in the order of packages."""

RECORDS: Mapping[str, str] = MappingProxyType(
    {name: f"aicop.{module}" for module, names in _HOMES.items() for name in names.split()}
)
"""The module of each record by the name of its class."""


def json_schema(name: str | type[object]) -> dict[str, Any]:
    """
    Return a JSON Schema (draft 2020-12) as plain data.

    *name* is that of a file or of the rows of a table, one of `FILES`, or that of the class of a record, one of
    `RECORDS`; the class itself will do. The schema of a record describes what `aicop.to_dict` writes.

    >>> json_schema("edition")["title"], json_schema("Provision")["title"]
    ('Edition', 'Provision')

    Raises:
        UnknownTerm: there is no such file or record.
    """
    if isinstance(name, type):
        # Other libraries have classes with the names of ours, such as Mapping.
        if RECORDS.get(name.__name__) != name.__module__:
            raise unknown_term("schema", f"{name.__module__}.{name.__name__}", tuple(RECORDS))
        return schema_of_record(name)
    if name in FILES:
        return schema_of(FILES[name])
    if name not in RECORDS:
        raise unknown_term("schema", name, (*FILES, *RECORDS))
    return schema_of_record(getattr(import_module(RECORDS[name]), name))


def schema_of_record(kind: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `aicop.to_dict` writes for a class of records."""
    found = TypeAdapter(kind).json_schema(mode="serialization")
    # A record that may hold others of its class is a definition, and the whole only refers to it.
    if found.pop("$ref", None) is not None:
        found = found["$defs"][kind.__name__] | found
    return _DRAFT | found


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of *model* as plain data.

    Titles are plain words, and definitions are named without the suffix ``Schema`` of our classes.
    """

    def rename_references(value: Any) -> Any:  # noqa: ANN401 -- plain data
        if isinstance(value, list):
            return [rename_references(item) for item in value]
        if isinstance(value, dict):
            return {
                name: item.removesuffix("Schema")
                if name == "$ref" and isinstance(item, str)
                else rename_references(item)
                for name, item in value.items()
            }
        return value

    # Pydantic names definitions and references after the classes, and both must be renamed alike.
    found: dict[str, Any] = rename_references(model.model_json_schema())
    found["title"] = title_of(model.__name__)
    for name, definition in dict(found.get("$defs", {})).items():
        if name.endswith("Schema"):
            definition["title"] = title_of(name)
    if "$defs" in found:
        found["$defs"] = {name.removesuffix("Schema"): part for name, part in found["$defs"].items()}
    return _DRAFT | found
