"""Find the roles of an organisation, and whether an edition applies to it, from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.applicability.facts import Fact, check
from aicop.applicability.readings import QUESTIONS, READINGS
from aicop.applicability.records import Applicability, Holding, Reason
from aicop.vocabulary import Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aicop.catalogue.catalogue import Catalogue


@attrs.frozen
class _Rule:
    """A fact leads to a role: plainly, by a reading with a key, or by the assumed answer to an open question."""

    fact: Fact
    role: Role
    key: str | None = None


# In the order of the stakeholder table, which is the order of the roles in a result.
_RULES = (
    _Rule(Fact.BUILDS_MODEL, Role.DEVELOPER),
    _Rule(Fact.TRAINS_FURTHER, Role.DEVELOPER, "further-training"),
    _Rule(Fact.ADAPTS_WITHOUT_TRAINING, Role.DEVELOPER, "adapting-without-training"),
    _Rule(Fact.EMBEDS_UNCHANGED, Role.DEVELOPER, "product-as-system"),
    _Rule(Fact.EMBEDS_UNCHANGED, Role.SYSTEM_OPERATOR, "product-as-infrastructure"),
    _Rule(Fact.DEPLOYS_FOR_OTHERS, Role.SYSTEM_OPERATOR),
    _Rule(Fact.DEPLOYS_INSIDE, Role.SYSTEM_OPERATOR),
    _Rule(Fact.SUBSCRIBES, Role.SYSTEM_OPERATOR, "hosted-by-vendor"),
    _Rule(Fact.MAINTAINS, Role.SYSTEM_OPERATOR, "maintaining"),
    _Rule(Fact.CONTROLS_DATA, Role.DATA_CUSTODIAN),
    _Rule(Fact.HOLDS_DATA_OF_OTHERS, Role.DATA_CUSTODIAN, "data-of-others"),
    _Rule(Fact.DEPLOYS_INSIDE, Role.END_USER, "staff"),
    _Rule(Fact.SUBSCRIBES, Role.END_USER, "staff"),
    _Rule(Fact.USES, Role.END_USER, "staff"),
)


def _holding(role: Role, facts: Sequence[Fact], definition: Reason, stated: dict[str, Reason]) -> Holding | None:
    """Return the holding of *role* that follows from the facts, or None if none leads to it."""
    rules = [rule for rule in _RULES if rule.role is role and rule.fact in facts]
    opened = [rule for rule in rules if rule.key in QUESTIONS and rule.key not in stated]
    # A question is open only if the role depends on it.
    deciding = [rule for rule in rules if rule not in opened] or opened
    if not deciding:
        return None
    keys = dict.fromkeys(rule.key for rule in deciding if rule.key is not None)
    told = {**READINGS, **stated}
    return Holding(
        role=role,
        facts=tuple(fact for fact in facts if any(rule.fact is fact for rule in deciding)),
        reasons=(definition, *(told[key] for key in keys)),
        questions=tuple(QUESTIONS[key] for key in keys if deciding == opened),
    )


def _scope_keys(roles: Sequence[Holding], exception: str | None, stated: dict[str, Reason]) -> tuple[str, ...]:
    """Return the keys of the reasons why an organisation with these roles is in or out of scope."""
    told_exception = (exception,) if exception is not None else ()
    if not roles:
        return told_exception if exception == "research-only" else (*told_exception, "no-role")
    makers = any(holding.role in {Role.DEVELOPER, Role.SYSTEM_OPERATOR} for holding in roles)
    # These two are reasons only if the edition makes the statement.
    makers_stated = ("organisations",) if makers and "organisations" in stated else ()
    exception_stated = told_exception if exception in stated else ()
    several = ("several-roles",) if len(roles) > 1 else ()
    return ("ai-systems", *makers_stated, *several, "organisation-duties", *exception_stated)


def applicability(catalogue: Catalogue, facts: Fact | str | Iterable[Fact | str]) -> Applicability:
    """
    Return whether *catalogue*'s edition applies to an organisation, and in which roles.

    The facts are about the organisation's part in one AI system, and a fact that is not given is taken as false. The
    result is for planning and is not legal advice. Each reason names its source and the grade of that source. What
    the document does not settle is an open question of the result, with the answer that is assumed.

    A scope statement of the edition replaces aicop's own reading with the same key, and settles an open question.

    >>> from aicop import load
    >>> answer = applicability(load("uk-ai-cop"), ["adapts-without-training", "deploys-for-others"])
    >>> [holding.role.value for holding in answer.roles]
    ['Developer', 'System Operator']
    >>> [question.key for question in answer.questions]
    ['adapting-without-training']

    Raises:
        UnknownTerm: a word is not a fact.
        NoFacts: no facts are given.
        ContradictoryFacts: the facts cannot all be true.
    """
    known = {term(Fact, fact) for fact in ((facts,) if isinstance(facts, str) else facts)}
    given = tuple(fact for fact in Fact if fact in known)
    check(given)
    stated = {item.key: Reason(key=item.key, text=item.statement, source=item.source) for item in catalogue.scope}
    told = {**READINGS, **stated}
    # An edition need not define every role; for the others the Code's definition is assumed.
    defined = {
        item.role: Reason(key=item.role.lower().replace(" ", "-"), text=item.definition, source=item.source)
        for item in catalogue.stakeholders
    }
    research = Fact.ACADEMIC_RESEARCH_ONLY in given
    exception = "research-only" if research else "model-sellers" if Fact.SELLS_ONLY in given else None
    held = (
        _holding(role, given, defined.get(role, told["undefined-role"]), stated)
        for role in dict.fromkeys(rule.role for rule in _RULES)
        if not research
    )
    roles = tuple(holding for holding in held if holding is not None)
    # An organisation that holds a role is in scope whatever the answer about sellers.
    open_scope = () if exception is None or exception in stated or roles else (QUESTIONS[exception],)
    return Applicability(
        edition=catalogue.id,
        facts=given,
        in_scope=bool(roles),
        roles=roles,
        reasons=tuple(told[key] for key in _scope_keys(roles, exception, stated)),
        scope_questions=open_scope,
    )
