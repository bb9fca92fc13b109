"""Models for the artefacts file and for rows of dependency files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from aicop.schema.base import SourceSchema, StrictSchema
from aicop.schema.types import TEN, EditionKey, NodeNumber, Number, Slug, Text
from aicop.vocabulary import ArtefactKind, Role


class ArtefactSchema(StrictSchema):
    key: Slug
    title: Text
    kind: ArtefactKind
    definition: Text
    evidence: Annotated[tuple[Text, ...], Field(min_length=1)]
    external: bool = False


class PassSchema(StrictSchema):
    artefact: Slug
    giver: Role
    receiver: Text


class FlowSchema(StrictSchema):
    provision: Number
    produces: tuple[Slug, ...] = ()
    maintains: tuple[Slug, ...] = ()
    uses: tuple[Slug, ...] = ()
    passes: tuple[PassSchema, ...] = ()


class ArtefactsSchema(StrictSchema):
    """Artefacts and what the provisions of one edition do with them: ``data/artefacts.json``."""

    edition: EditionKey
    source: SourceSchema
    artefacts: tuple[ArtefactSchema, ...]
    flows: tuple[FlowSchema, ...] = ()


class DependencyRowSchema(StrictSchema):
    """
    A row of ``data/dependencies/<edition>.tsv``.

    As a prerequisite, ``P`` and a number stand for all top-level provisions of a principle; as a dependant, for the
    principle itself. `edition` limits the row to one edition.
    """

    prerequisite: NodeNumber
    dependant: NodeNumber
    kind: Literal["refers", "requires", "informs", "triggers"]
    basis: Literal["printed", "guide", "editorial", "own"]
    suspect: Literal["yes", ""] = ""
    edition: str = ""
    confidence: Annotated[str, StringConstraints(pattern=TEN)]
    rationale: Text
