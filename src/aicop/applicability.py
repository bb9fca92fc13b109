"""Does an edition apply to us, and as what: an answer with reasons, from a few facts."""

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
    What an organisation has to do with one AI system.

    Each is true or false; several can be true at once.
    """

    research_only: bool = False
    """It builds AI for academic research alone, and the system will never be deployed."""
    creates_or_adapts: bool = False
    """It creates a model or system, or adapts one: training and fine-tuning count."""
    embeds_or_deploys: bool = False
    """It embeds a model or system in its infrastructure, or deploys one."""
    sells_only: bool = False
    """It offers or sells models or components and has no part in developing or deploying the system."""
    controls_data: bool = False
    """It controls permissions on, or the integrity of, data that the system needs to work."""
    uses: bool = False
    """Its people use the system."""


@attrs.frozen(kw_only=True)
class Reason:
    """Why an answer is as it is."""

    text: str
    source: Source


@attrs.frozen(kw_only=True)
class Holding:
    """A role that the organisation holds."""

    role: Role
    reason: Reason


@attrs.frozen(kw_only=True)
class Applicability:
    """Whether an edition applies."""

    in_scope: bool
    roles: tuple[Holding, ...]
    """The roles it holds, in the order of the stakeholder table; empty when out of scope."""
    reasons: tuple[Reason, ...]
    """Why it is in or out of scope, the deciding one first."""


_ROLES: tuple[tuple[str, Role], ...] = (
    ("creates_or_adapts", Role.DEVELOPER),
    ("embeds_or_deploys", Role.SYSTEM_OPERATOR),
    ("controls_data", Role.DATA_CUSTODIAN),
    ("uses", Role.END_USER),
)


_JUDGEMENT = Source(
    key="aicop",
    document="aicop",
    locator="scope",
    grade=Grade.JUDGEMENT,
    read="2026-11-22",
    note="Where the document in hand has no statement of its own.",
)
_OURS = {
    key: Reason(text=text, source=_JUDGEMENT)
    for key, text in {
        "research-only": "What is for academic research alone and never deployed is taken to be outside.",
        "ai-systems": "Whoever holds a role is taken to be inside.",
        "several-roles": "One organisation is taken to be able to hold several roles at once.",
        "organisation": "An organisation in scope also has the duties laid on Organisations: training and reporting.",
        "no-role": "Who holds none of the roles is taken to be outside.",
        "undefined-role": "The document in hand does not define this role; it is taken as the Code defines it.",
    }.items()
}


def _check(facts: Facts) -> None:
    if facts.sells_only and (facts.creates_or_adapts or facts.embeds_or_deploys):
        other = "creates_or_adapts" if facts.creates_or_adapts else "embeds_or_deploys"
        raise ContradictoryFacts(
            ("sells_only", other), "who only sells has no part in developing or deploying; leave one of them out"
        )
    if facts.research_only and (facts.embeds_or_deploys or facts.uses):
        other = "embeds_or_deploys" if facts.embeds_or_deploys else "uses"
        raise ContradictoryFacts(
            ("research_only", other), "what is for research only is never deployed; leave one of them out"
        )
    if facts.research_only and facts.sells_only:
        raise ContradictoryFacts(("research_only", "sells_only"), "what is sold is not for research only")


def applicability(catalogue: Catalogue, facts: Facts) -> Applicability:
    """
    Tell whether *catalogue*'s edition applies to an organisation, and in which roles.

    An answer for planning, not legal advice; each reason names its source and how far that can be trusted.

    >>> from aicop import load
    >>> answer = applicability(load("uk-ai-cop"), Facts(creates_or_adapts=True, embeds_or_deploys=True))
    >>> [holding.role.value for holding in answer.roles]
    ['Developer', 'System Operator']

    Raises:
        ContradictoryFacts: the facts cannot all be true.
    """
    _check(facts)
    told = _OURS | {item.key: Reason(text=item.statement, source=item.source) for item in catalogue.scope}
    if facts.research_only:
        return Applicability(in_scope=False, roles=(), reasons=(told["research-only"],))
    defined = {item.role: Reason(text=item.definition, source=item.source) for item in catalogue.stakeholders}
    roles = tuple(
        Holding(role=role, reason=defined.get(role, told["undefined-role"]))
        for fact, role in _ROLES
        if getattr(facts, fact)
    )
    told_of_sellers = any(item.key == "model-sellers" for item in catalogue.scope)
    seller = ("model-sellers",) if facts.sells_only and told_of_sellers else ()
    several = ("several-roles",) if len(roles) > 1 else ()
    keys = ("ai-systems", *several, "organisation", *seller) if roles else (*seller, "no-role")
    return Applicability(in_scope=bool(roles), roles=roles, reasons=tuple(told[key] for key in keys))
