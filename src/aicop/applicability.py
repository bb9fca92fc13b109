"""Determine from a few facts whether an edition applies to an organisation, and in which roles, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.errors import ContradictoryFacts
from aicop.model.edition import Source
from aicop.vocabulary import Grade, Role

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue


@attrs.frozen(kw_only=True)
class Facts:
    """
    Facts about an organisation's part in one AI system.

    Each is true or false, and several can be true at once.
    """

    research_only: bool = False
    """The organisation builds AI for academic research only, and the system will never be deployed."""
    creates_or_adapts: bool = False
    """The organisation creates, trains, fine-tunes or otherwise adapts a model or system."""
    embeds_or_deploys: bool = False
    """The organisation deploys a model or system, or embeds one in its infrastructure."""
    sells_only: bool = False
    """The organisation offers or sells models or components, and has no part in developing or deploying the system."""
    controls_data: bool = False
    """The organisation controls the permissions on, or the integrity of, data that the system needs to work."""
    uses: bool = False
    """The organisation's staff use the system."""


@attrs.frozen(kw_only=True)
class Reason:
    """A reason for a result, with its source."""

    text: str
    source: Source


@attrs.frozen(kw_only=True)
class Holding:
    """A role that the organisation holds, with the reason."""

    role: Role
    reason: Reason


@attrs.frozen(kw_only=True)
class Applicability:
    """The result: whether an edition applies to an organisation, and in which roles."""

    in_scope: bool
    roles: tuple[Holding, ...]
    """The roles that the organisation holds, in the order of the stakeholder table; empty if it is out of scope."""
    reasons: tuple[Reason, ...]
    """The reasons why the organisation is in or out of scope, the decisive reason first."""


# In the order of the stakeholder table, which is the order of the roles in a result.
_ROLES: tuple[tuple[str, Role], ...] = (
    ("creates_or_adapts", Role.DEVELOPER),
    ("embeds_or_deploys", Role.SYSTEM_OPERATOR),
    ("controls_data", Role.DATA_CUSTODIAN),
    ("uses", Role.END_USER),
)


# Our defaults for the cases in which an edition makes no scope statement.
_JUDGEMENT = Source(
    key="aicop",
    document="aicop",
    locator="scope",
    grade=Grade.JUDGEMENT,
    read="2026-11-22",
    note="Used if the document makes no statement of its own.",
)
_OURS = {
    key: Reason(text=text, source=_JUDGEMENT)
    for key, text in {
        "research-only": "AI for academic research alone that is never deployed is assumed to be out of scope.",
        "ai-systems": "An organisation that holds one of the roles is assumed to be in scope.",
        "several-roles": "One organisation is assumed to be able to hold several roles at once.",
        "organisation": "An organisation in scope also has the duties of Organisations: training and reporting.",
        "no-role": "An organisation that holds none of the roles is assumed to be out of scope.",
        "undefined-role": "The document does not define this role; the Code's definition is assumed.",
    }.items()
}


def _check(facts: Facts) -> None:
    """Raise ContradictoryFacts if two of the facts exclude each other."""
    if facts.sells_only and (facts.creates_or_adapts or facts.embeds_or_deploys):
        other = "creates_or_adapts" if facts.creates_or_adapts else "embeds_or_deploys"
        raise ContradictoryFacts(
            ("sells_only", other), "an organisation that only sells neither develops nor deploys; set only one of them"
        )
    if facts.research_only and (facts.embeds_or_deploys or facts.uses):
        other = "embeds_or_deploys" if facts.embeds_or_deploys else "uses"
        raise ContradictoryFacts(
            ("research_only", other), "a system for research alone is never deployed; set only one of them"
        )
    if facts.research_only and facts.sells_only:
        raise ContradictoryFacts(
            ("research_only", "sells_only"), "a system that is sold is not for research alone; set only one of them"
        )


def applicability(catalogue: Catalogue, facts: Facts) -> Applicability:
    """
    Return whether *catalogue*'s edition applies to an organisation, and in which roles.

    The result is for planning and is not legal advice. Each reason names its source and the grade of that source.

    >>> from aicop import load
    >>> answer = applicability(load("uk-ai-cop"), Facts(creates_or_adapts=True, embeds_or_deploys=True))
    >>> [holding.role.value for holding in answer.roles]
    ['Developer', 'System Operator']

    Raises:
        ContradictoryFacts: the facts cannot all be true.
    """
    _check(facts)
    # The edition's own statements override the defaults under the same key.
    told = _OURS | {item.key: Reason(text=item.statement, source=item.source) for item in catalogue.scope}
    if facts.research_only:
        return Applicability(in_scope=False, roles=(), reasons=(told["research-only"],))
    # An edition need not define every role; for the others the Code's definition is assumed.
    defined = {item.role: Reason(text=item.definition, source=item.source) for item in catalogue.stakeholders}
    roles = tuple(
        Holding(role=role, reason=defined.get(role, told["undefined-role"]))
        for fact, role in _ROLES
        if getattr(facts, fact)
    )
    # The statement about sellers is a reason only if this edition makes it: there is no default under that key.
    told_of_sellers = any(item.key == "model-sellers" for item in catalogue.scope)
    seller = ("model-sellers",) if facts.sells_only and told_of_sellers else ()
    several = ("several-roles",) if len(roles) > 1 else ()
    keys = ("ai-systems", *several, "organisation", *seller) if roles else (*seller, "no-role")
    return Applicability(in_scope=bool(roles), roles=roles, reasons=tuple(told[key] for key in keys))
