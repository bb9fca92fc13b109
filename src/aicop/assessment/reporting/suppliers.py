"""
Questions to a supplier, whose answers are evidence relevant to verdicts on statements about the supply chain.

The questions are ours: editorial, in our own words, and about the provisions on external providers (2.7 and 3.3 of the
Code) and on the supply chain (principle 7).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop._resources import read_table
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.states import State
from aicop.ids import EditionId, StatementId
from aicop.model.converters import as_tuple
from aicop.vocabulary import MappingBasis

if TYPE_CHECKING:
    from aicop.assessment.assessment import Assessment
    from aicop.library.library import Library

_EDITION = "uk-ai-cop@2025-01"
"""The edition for which the questions are written; lineage leads to the others."""
_FILE = f"questions/{_EDITION}.tsv"
_SEPARATOR = "; "
_DOCUMENT = "{document}"


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Question:
    """A question to a supplier."""

    id: str
    """Such as ``SC-2``; it stays the same in all editions."""
    section: str
    """The heading under which it is asked."""
    text: str
    """It can be answered with yes, partly, no or not applicable."""
    helps: str
    """What a helpful answer shows."""
    evidence: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """The usual forms of evidence."""
    statement: StatementId
    """The answer is evidence relevant to the verdict on this statement. It does not satisfy it."""
    basis: MappingBasis
    """Who says that the question is about the statement."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Questionnaire:
    """Questions to a supplier of one system. It has nothing of what is known of the system itself."""

    title: str
    """The title of the system."""
    unit: str | None
    """The organisational unit that asks."""
    edition: EditionId
    edition_title: str
    on: str
    """The ISO date on which it was made."""
    questions: tuple[Question, ...] = attrs.field(converter=as_tuple[Question, ...])
    """In the order of their sections."""
    out_of_scope: tuple[Question, ...] = attrs.field(converter=as_tuple[Question, ...])
    """The questions that are not asked, because their statements are out of scope or not applicable."""
    without_statement: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """The ids of the questions whose statements the edition does not have."""


def questions(library: Library, edition: EditionId | str) -> tuple[Question, ...]:
    """
    Return the questions to a supplier for an edition, in the order of their sections.

    A question whose statement was split is asked once for each part. One whose statement was removed is not asked.

    >>> from aicop import Library
    >>> found = questions(Library(), "etsi-en-304-223")
    >>> found[0].id, found[0].statement.local, found[0].basis.value
    ('DD-1', '5.1.2-7#1', 'editorial')

    Raises:
        UnknownEdition: the library has no such edition.
        NoLineage: no lineage connects the edition with the Code.
    """
    catalogue = library.catalogue(edition)
    document = f"\u201c{catalogue.edition.title}\u201d ({catalogue.id})"
    return tuple(
        Question(
            id=row["id"],
            section=row["section"],
            text=row["question"].replace(_DOCUMENT, document),
            helps=row["helps"],
            evidence=row["evidence"].split(_SEPARATOR),
            statement=statement,
            basis=MappingBasis(row["basis"]),
        )
        for row in _rows()
        for statement in library.lineages.counterparts(_asked_of(row), catalogue.id)
    )


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    return read_table(_FILE)


def _asked_of(row: dict[str, str]) -> StatementId:
    return StatementId.parse(f"{_EDITION}:{row['statement']}")


def questionnaire(library: Library, assessment: Assessment, on: Day) -> Questionnaire:
    """
    Return the questions to a supplier of a system: those about statements that apply to it at a date.

    Raises:
        NoLineage: no lineage connects the edition of the assessment with the Code.
    """
    day = day_of(on)
    beyond = {State.OUT_OF_SCOPE, State.NOT_APPLICABLE}
    applies = {item.key: item.state not in beyond for item in assessment.states(day)}
    found = questions(library, assessment.catalogue.id)
    known = {item.id for item in found}
    return Questionnaire(
        title=assessment.system.title,
        unit=assessment.system.unit,
        edition=assessment.catalogue.id,
        edition_title=assessment.catalogue.edition.title,
        on=day,
        questions=[item for item in found if applies[item.statement]],
        out_of_scope=[item for item in found if not applies[item.statement]],
        without_statement=[row["id"] for row in _rows() if row["id"] not in known],
    )
