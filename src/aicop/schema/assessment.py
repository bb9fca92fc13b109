"""Models for the files of an assessment: ``assessment.toml`` and the rows of its tables."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from aicop.model.assessment import Verdict
from aicop.schema.base import StrictSchema
from aicop.schema.types import EVIDENCE_ID, EVIDENCE_IDS, SHA256, SHORT_DIGEST, Day, EditionKey, OwnText, Slug, Text
from aicop.vocabulary import Role

EvidenceId = Annotated[str, StringConstraints(pattern=EVIDENCE_ID, max_length=100)]
"""The id of a piece of evidence: letters, digits, dots, hyphens and underscores."""


class AssessmentSchema(StrictSchema):
    """The facts about an assessment: ``assessments/<system>/assessment.toml``."""

    system: Slug
    title: Text
    owner: Text | None = None
    unit: Text | None = None
    edition: EditionKey
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    facts: tuple[Text, ...] = ()
    inherits: tuple[Slug, ...] = ()


class VerdictRowSchema(StrictSchema):
    """A row of ``assessments/<system>/verdicts.csv``."""

    key: Text
    role: Role | None = None
    verdict: Verdict = Verdict.NOT_ASSESSED
    reason: OwnText | None = None
    evidence: Annotated[str, StringConstraints(pattern=EVIDENCE_IDS)] | None = None
    owner: Text | None = None
    assessor: Text | None = None
    assessed: Day | None = None
    due: Day | None = None
    review: Day | None = None
    accepted_by: Text | None = None
    accepted_until: Day | None = None
    note: OwnText | None = None
    review_reason: Text | None = None
    digest: Annotated[str, StringConstraints(pattern=SHORT_DIGEST)] | None = None


class ControlVerdictRowSchema(StrictSchema):
    """A row of ``assessments/<system>/controls.csv``."""

    key: Text
    verdict: Verdict = Verdict.NOT_ASSESSED
    reason: OwnText | None = None
    evidence: Annotated[str, StringConstraints(pattern=EVIDENCE_IDS)] | None = None
    owner: Text | None = None
    assessor: Text | None = None
    assessed: Day | None = None
    note: OwnText | None = None
    digest: Annotated[str, StringConstraints(pattern=SHORT_DIGEST)] | None = None


class HistoryRowSchema(VerdictRowSchema):
    """A row of ``assessments/<system>/history.csv``."""

    recorded: Day
    by: Text


class EvidenceRowSchema(StrictSchema):
    """A row of ``assessments/<system>/evidence.csv``."""

    id: EvidenceId
    kind: Text | None = None
    title: Text
    location: Text | None = None
    sha256: Annotated[str, StringConstraints(pattern=SHA256)] | None = None
    collected: Day | None = None
    valid_until: Day | None = None
    artefact: Slug | None = None
    note: OwnText | None = None
