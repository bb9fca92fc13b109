"""Whether an edition applies to an organisation, and in which roles."""

from __future__ import annotations

import itertools

import attrs
import pytest

from aicop import Catalogue, Role, editions, load
from aicop.applicability import Facts, applicability
from aicop.errors import ContradictoryFacts
from aicop.vocabulary import Grade

D, S, C, E = Role.DEVELOPER, Role.SYSTEM_OPERATOR, Role.DATA_CUSTODIAN, Role.END_USER
ANSWERS = [
    ("academics", {"research_only"}, False, []),
    ("academics who build", {"research_only", "creates_or_adapts"}, False, []),
    ("academics with data", {"research_only", "controls_data"}, False, []),
    ("model laboratory that serves its model", {"creates_or_adapts", "embeds_or_deploys"}, True, [D, S]),
    ("company with a bought chatbot", {"embeds_or_deploys", "uses"}, True, [S, E]),
    ("fine-tuner", {"creates_or_adapts"}, True, [D]),
    ("data broker", {"controls_data"}, True, [C]),
    ("employees", {"uses"}, True, [E]),
    ("everything in house", {"creates_or_adapts", "embeds_or_deploys", "controls_data", "uses"}, True, [D, S, C, E]),
    ("model seller", {"sells_only"}, False, []),
    ("model seller with data", {"sells_only", "controls_data"}, True, [C]),
    ("bystander", set(), False, []),
]


@pytest.mark.parametrize("edition", editions(), ids=str)
@pytest.mark.parametrize(("facts", "in_scope", "roles"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_answers(edition: object, facts: set[str], in_scope: bool, roles: list[Role]) -> None:  # noqa: FBT001 -- a column
    """The answer has the roles held, each with its definition as the reason."""
    catalogue = load(str(edition))
    answer = applicability(catalogue, Facts(**dict.fromkeys(facts, True)))
    assert answer.in_scope is in_scope
    assert [holding.role for holding in answer.roles] == roles
    assert answer.reasons
    for holding in answer.roles:
        assert holding.reason.text == catalogue.stakeholder(holding.role).definition


def reasons(catalogue: Catalogue, **facts: bool) -> list[str]:
    """Return the keys of the scope statements that an answer rests on."""
    keys = {item.statement: item.key for item in catalogue.scope}
    ours = next(reason for reason in applicability(catalogue, Facts(uses=True)).reasons if reason.text not in keys)
    return [
        (keys | {ours.text: "organisation"})[reason.text] for reason in applicability(catalogue, Facts(**facts)).reasons
    ]


def test_reasons_come_from_the_document(code: Catalogue, standard: Catalogue) -> None:
    """The deciding reason is first, and the EN says nothing of sellers, so roles decide there."""
    assert reasons(code, research_only=True) == ["research-only"]
    assert reasons(code, sells_only=True) == ["model-sellers", "no-role"]
    assert reasons(standard, sells_only=True) == ["no-role"]
    assert reasons(code, sells_only=True, uses=True) == ["ai-systems", "organisation", "model-sellers"]
    assert reasons(code, creates_or_adapts=True) == ["ai-systems", "organisation"]
    assert reasons(code, creates_or_adapts=True, uses=True) == ["ai-systems", "several-roles", "organisation"]
    assert reasons(code) == ["no-role"]


def test_an_edition_without_scope_statements_is_answered_too(mini: Catalogue) -> None:
    """Without scope statements, the reasons are aicop's own and marked as judgement."""
    for facts in (Facts(research_only=True), Facts(uses=True, controls_data=True), Facts(sells_only=True), Facts()):
        answer = applicability(mini, facts)
        assert {reason.source.grade for reason in answer.reasons} == {Grade.JUDGEMENT}
        assert answer.in_scope == facts.uses
    assert "does not define this role" in applicability(mini, Facts(uses=True)).roles[0].reason.text


def test_own_conclusions_are_marked_as_judgement(code: Catalogue) -> None:
    """A conclusion that no document states is marked as judgement."""
    [reason] = applicability(code, Facts()).reasons
    assert reason.source.grade is Grade.JUDGEMENT


NAMES = [field.name for field in attrs.fields(Facts)]
IMPOSSIBLE = [
    {"sells_only", "creates_or_adapts"},
    {"sells_only", "embeds_or_deploys"},
    {"research_only", "embeds_or_deploys"},
    {"research_only", "uses"},
    {"research_only", "sells_only"},
]


@pytest.mark.parametrize(
    "chosen",
    [set(c) for n in range(7) for c in itertools.combinations(NAMES, n)],
    ids=lambda c: "+".join(sorted(c)) or "none",
)
def test_only_contradictory_facts_raise(code: Catalogue, chosen: set[str]) -> None:
    """Of all sixty-four combinations of facts, exactly the contradictory ones raise."""
    facts = Facts(**dict.fromkeys(chosen, True))
    if any(pair <= chosen for pair in IMPOSSIBLE):
        with pytest.raises(ContradictoryFacts) as caught:
            applicability(code, facts)
        assert set(caught.value.facts) in IMPOSSIBLE
    else:
        applicability(code, facts)
