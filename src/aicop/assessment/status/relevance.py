"""
Verdicts through a crosswalk, in both directions.

What is known of your own controls, or of another framework, is *relevant to* the provisions that it is mapped to; and
verdicts on provisions give something *towards* the controls of another framework. Neither is ever a verdict by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.states import State, StatementState
from aicop.assessment.status.units import unit_status
from aicop.crosswalk.claim import Claim
from aicop.crosswalk.ends import members_of
from aicop.errors import NoCrosswalk
from aicop.ids import EditionId, End, Key, PrincipleId, ProvisionId, StatementId
from aicop.model.assessment import ControlRow, Evidence
from aicop.model.converters import as_tuple
from aicop.vocabulary import ASKING, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.assessment.assessment import Assessment
    from aicop.crosswalk.core import Crosswalk
    from aicop.library.library import Library


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Relevant:
    """A verdict and evidence on an element of another framework that is relevant to a statement or provision."""

    row: ControlRow
    """The verdict on the element."""
    evidence: tuple[Evidence, ...] = attrs.field(converter=as_tuple[Evidence, ...])
    """The evidence that the row names."""
    claim: Claim
    """
    How the statement or provision, the source of the claim, is related to the element, its target.

    Its strength is how much of the statement or provision the element asks too, and its remainder what is left open.
    """

    @property
    def joint(self) -> bool:
        """Whether the claim is about several elements together, so that it does not hold of this one alone."""
        return len(members_of(_present(self.claim.target))) > 1

    @property
    def left_open(self) -> str | None:
        """What of the statement or provision the element does not cover; None if nothing, or if it is not known."""
        return self.claim.remainder


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Contribution:
    """What the verdicts on provisions give towards an element of another framework."""

    claim: Claim
    """How the element, the source of the claim, is related to the provision or statement, its target."""
    shall: State | None
    """The state of the *shall* statements of the target; None if it has none."""
    should: State | None
    """The state of the *should* statements of the target; None if it has none."""
    in_scope: int
    """The number of statements of the target that are in scope."""
    passed: int
    """How many of these pass."""
    open: int
    """How many of these fail, are stale, inconclusive or not assessed."""

    @property
    def left_open(self) -> str | None:
        """What of the element the provision does not cover, even if it passes; None if nothing, or if not known."""
        return self.claim.remainder


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Towards:
    """What an assessment gives towards another framework at a date. No control passes by it."""

    system: str
    edition: EditionId
    framework: EditionId
    on: str
    """The ISO date at which it was asked."""
    contributions: tuple[Contribution, ...] = attrs.field(converter=as_tuple[Contribution, ...])
    """In the order of the elements, and then of the provisions; one for each claim."""
    not_found: tuple[Key, ...] = attrs.field(converter=as_tuple[Key, ...])
    """The requirements and mitigations for which a judge found no counterpart in the edition."""
    not_mapped: tuple[Key, ...] = attrs.field(converter=as_tuple[Key, ...])
    """The requirements and mitigations about which no mapping says anything."""
    elements: int
    """The number of requirements and mitigations of the framework."""


def _present(end: End | None) -> End:
    assert end is not None
    return end


def _related(claim: Claim) -> bool:
    """Return whether a claim says that its two sides certainly have something to do with each other."""
    if claim.source is None or claim.target is None:
        return False
    if claim.relations is None:
        return True
    return not claim.relations.contradiction and Relation.NONE not in claim.relations


def relevant(assessment: Assessment, library: Library, key: StatementId | ProvisionId | str) -> tuple[Relevant, ...]:
    """
    Return the verdicts and evidence on elements of other frameworks that are relevant to a statement or provision.

    They are the rows of ``controls.csv`` about elements that a mapping of the library relates to the statement, to its
    provision or, for a provision, to one of its statements; directly, through another edition, or through what follows
    in the hierarchies if no mapping is about the pair itself. Nothing follows from them for the state of the statement.

    Raises:
        UnknownKey: the edition has no such statement or provision.
    """
    catalogue = assessment.catalogue
    found = catalogue.find(str(key))
    if isinstance(found, StatementId):
        asked: tuple[Key, ...] = (found, found.provision)
    else:
        item = catalogue[found]  # type: ignore[index]
        asked = (item.id, *(StatementId(item.id, one.ordinal) for one in item.statements))
    return tuple(
        Relevant(row=row, evidence=[assessment.pool[name] for name in row.evidence], claim=claim)
        for walk, row in _mapped_rows(assessment, library)
        for claim in _claims(walk, asked, row.key)
    )


def _mapped_rows(assessment: Assessment, library: Library) -> Iterator[tuple[Crosswalk, ControlRow]]:
    """Yield each row of ``controls.csv`` with the crosswalk from the edition to its framework, if there is one."""
    walks: dict[EditionId, Crosswalk | None] = {}
    for row in assessment.controls:
        framework = row.key.edition
        if framework not in walks:
            try:
                walks[framework] = library.crosswalk(assessment.catalogue.id, framework)
            except NoCrosswalk:
                walks[framework] = None
        walk = walks[framework]
        if walk is not None:
            yield walk, row


def _claims(walk: Crosswalk, asked: tuple[Key, ...], control: Key) -> Iterator[Claim]:
    """Yield the claims that relate one of the items asked for to a control, alone or together with others."""
    # The claims about several items together are among those about each of them.
    whole = dict.fromkeys(claim for item in asked for claim in walk[item] if _related(claim))
    direct = [claim for claim in whole if control in members_of(_present(claim.target))]
    yield from direct or filter(_related, walk.claims_between(asked[0], control))


def without_relevance(assessment: Assessment, library: Library) -> tuple[ControlRow, ...]:
    """Return the rows of ``controls.csv`` that are relevant to no provision, because nothing maps them to one."""
    found = {
        id(row)
        for walk, row in _mapped_rows(assessment, library)
        if any(
            next(
                _claims(walk, (item.id, *(StatementId(item.id, one.ordinal) for one in item.statements)), row.key), None
            )
            for item in assessment.catalogue.values()
        )
    }
    return tuple(row for row in assessment.controls if id(row) not in found)


def towards(assessment: Assessment, library: Library, framework: EditionId | str, on: Day) -> Towards:
    """
    Return what the verdicts of an assessment give towards another framework at a date.

    For each element of the framework that a mapping relates to a provision or statement, it has the counts of the
    statements that pass and that are open, with the relationship, the strength and what is left open. That provisions
    pass is no verdict on the element.

    Raises:
        UnknownEdition: the library has no such framework.
        NoCrosswalk: there are no mappings between it and the edition; the error suggests routes.
    """
    day, edition = day_of(on), assessment.catalogue.id
    walk = library.crosswalk(framework, edition)
    states = {item.key: item for item in assessment.states(day)}
    asking = [item.id for item in walk.source.controls if item.nature in ASKING]
    contributions: list[Contribution] = []
    judged: set[Key] = set()
    related: set[Key] = set()
    for claim in walk.claims():
        sources = () if claim.source is None else members_of(claim.source)
        judged.update(sources)
        if _related(claim):
            related.update(sources)
            contributions.append(_contribution(assessment, claim, states))
    return Towards(
        system=assessment.system.name,
        edition=edition,
        framework=walk.source.id,
        on=day,
        contributions=contributions,
        not_found=[key for key in asking if key in judged and key not in related],
        not_mapped=[key for key in asking if key not in judged],
        elements=len(asking),
    )


def _contribution(assessment: Assessment, claim: Claim, states: dict[StatementId, StatementState]) -> Contribution:
    keys = dict.fromkeys(one for member in members_of(_present(claim.target)) for one in _within(assessment, member))
    unit = unit_status("", "", (states[key] for key in keys))
    passed = unit.count(State.PASS)
    return Contribution(
        claim=claim,
        shall=unit.shall,
        should=unit.should,
        in_scope=unit.in_scope,
        passed=passed,
        open=unit.in_scope - passed - unit.count(State.NOT_APPLICABLE),
    )


def _within(assessment: Assessment, key: Key) -> Iterator[StatementId]:
    """Yield the statements of an item of the edition; a phase is none of what asks, and a role is no item."""
    for one in assessment.statements:
        if key in {one, one.provision} or (
            isinstance(key, PrincipleId) and assessment.catalogue[one.provision].principle == key
        ):
            yield one
