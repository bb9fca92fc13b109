"""The facts about an organisation, and which of them exclude each other."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from aicop.errors import ContradictoryFacts, NoFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Fact(StrEnum):
    """
    A fact about an organisation's part in one AI system, from which its roles follow.

    The terms are aicop's own.
    """

    BUILDS_MODEL = "builds-model"
    TRAINS_FURTHER = "trains-further"
    ADAPTS_WITHOUT_TRAINING = "adapts-without-training"
    EMBEDS_UNCHANGED = "embeds-unchanged"
    DEPLOYS_FOR_OTHERS = "deploys-for-others"
    DEPLOYS_INSIDE = "deploys-inside"
    SUBSCRIBES = "subscribes"
    MAINTAINS = "maintains"
    CONTROLS_DATA = "controls-data"
    HOLDS_DATA_OF_OTHERS = "holds-data-of-others"
    USES = "uses"
    SELLS_ONLY = "sells-only"
    ACADEMIC_RESEARCH_ONLY = "academic-research-only"

    @property
    def meaning(self) -> str:
        """The fact as a sentence about the organisation."""
        return _MEANINGS[self]


_MEANINGS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.BUILDS_MODEL: "Trains a model of its own, or has one trained.",
        Fact.TRAINS_FURTHER: "Fine-tunes a model that somebody else built, or trains it further in another way.",
        Fact.ADAPTS_WITHOUT_TRAINING: "Adapts somebody else's model by prompts, retrieval, tools or guardrails alone.",
        Fact.EMBEDS_UNCHANGED: "Puts somebody else's model or system into its own product, as it is.",
        Fact.DEPLOYS_FOR_OTHERS: "Runs the system, or a product that contains it, for customers or under contract.",
        Fact.DEPLOYS_INSIDE: "Runs the system for its own staff, or connects it to its own infrastructure for them.",
        Fact.SUBSCRIBES: "Gives its staff a service that a vendor runs, with no part in its own infrastructure.",
        Fact.MAINTAINS: "Maintains the system in use: updates, repairs or monitors it.",
        Fact.CONTROLS_DATA: "Controls the permissions, integrity or policies of data that the system needs.",
        Fact.HOLDS_DATA_OF_OTHERS: "Stores or indexes data that the system needs and that others decide about.",
        Fact.USES: "Uses the system, as a person or through its staff.",
        Fact.SELLS_ONLY: "Offers or sells models, components or licences, with no part in development or deployment.",
        Fact.ACADEMIC_RESEARCH_ONLY: "Builds or tests the system for academic research alone; nobody will deploy it.",
    }
)

_DEVELOPING = (Fact.BUILDS_MODEL, Fact.TRAINS_FURTHER, Fact.ADAPTS_WITHOUT_TRAINING, Fact.EMBEDS_UNCHANGED)
_DEPLOYING = (Fact.DEPLOYS_FOR_OTHERS, Fact.DEPLOYS_INSIDE, Fact.SUBSCRIBES, Fact.MAINTAINS)
_SEPARATELY = "or ask separately for each system"
# Each fact with the facts that it excludes, the reason, and the advice.
_EXCLUSIONS: tuple[tuple[Fact, tuple[Fact, ...], str, str], ...] = (
    (
        Fact.SELLS_ONLY,
        (*_DEVELOPING, *_DEPLOYING),
        "an organisation with a part in development or deployment does not only sell",
        "leave out sells-only, or ask separately for what it sells and for the rest",
    ),
    (
        Fact.ACADEMIC_RESEARCH_ONLY,
        (Fact.EMBEDS_UNCHANGED, *_DEPLOYING, Fact.USES, Fact.SELLS_ONLY),
        "a system for research alone is neither deployed, used nor sold",
        f"leave out academic-research-only, {_SEPARATELY}",
    ),
    (
        Fact.SUBSCRIBES,
        (Fact.DEPLOYS_INSIDE,),
        "no part of a service that a vendor runs is on the organisation's own infrastructure",
        f"leave out one of them, {_SEPARATELY}",
    ),
)


def check(facts: Sequence[Fact]) -> None:
    """Raise NoFacts if there are none, and ContradictoryFacts, with all contradictions, if some exclude each other."""
    if not facts:
        raise NoFacts(Fact)
    found = [
        ((fact, *others), f"{reason}; {advice}")
        for fact, excluded, reason, advice in _EXCLUSIONS
        if fact in facts and (others := [other for other in excluded if other in facts])
    ]
    if found:
        (first, said), *more = found
        raise ContradictoryFacts(first, ". Also ".join((said, *(str(ContradictoryFacts(*one)) for one in more))))
