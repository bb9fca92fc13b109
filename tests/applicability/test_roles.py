"""Whether an edition applies to an organisation, and in which roles."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from aicop import Catalogue, Role, editions, load
from aicop.applicability import Fact, applicability
from aicop.catalogue import loads, loads_all
from aicop.errors import ContradictoryFacts, NoFacts, UnknownTerm
from aicop.vocabulary import Grade
from tests.examples import derived_edition, mini_edition

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "applies.md"
ETSI = ["etsi-ts-104-223", "etsi-en-304-223"]


def cases() -> list[tuple[str, list[str], list[tuple[str, list[str]]], list[str]]]:
    """Return the worked cases of the how-to: name, facts, roles with the keys of their reasons, open questions."""
    text = PAGE.read_text(encoding="utf-8").partition("<!-- cases -->\n")[2].partition("<!-- end -->")[0]
    found = []
    for line in text.splitlines()[2:]:
        name, facts, roles, questions = (cell.strip() for cell in line.strip("|").split("|"))
        held = [
            (role, re.findall("`(.*?)`", reasons)) for role, reasons in re.findall(r"([A-Z][\w -]+) \((.*?)\)", roles)
        ]
        found.append((name, re.findall("`(.*?)`", facts), held, re.findall("`(.*?)`", questions)))
    return found


CASES = cases()
# What the ETSI editions settle otherwise, by case: the open questions. The Code's definition of the System Operator
# does not name maintaining, and theirs does; the Code leaves out sellers, and they say nothing of them.
ETSI_QUESTIONS: dict[str, list[str]] = {
    "a reseller of a vendor's licences": ["model-sellers"],
    "a contractor that maintains a system of others": [],
}
# Why an organisation is in or out of scope, in the Code: by who it is, and whether it has one role or several.
DECIDED = {
    "a laboratory that trains a model and offers it as an API": "ai-systems organisations several-roles",
    "a reseller of a vendor's licences": "model-sellers no-role",
    "a company whose staff use a public chatbot, which it does not provide": "ai-systems",
    "a data broker that keeps control of its data": "ai-systems",
    "a university laboratory whose model is never deployed": "research-only",
    "a company's research laboratory that publishes a model": "ai-systems organisations",
    "a contractor that maintains a system of others": "ai-systems organisations",
}


def test_the_cases_are_read_whole() -> None:
    """The page has its cases, they use every fact, and those named here are among them."""
    assert len(CASES) == 15
    assert {fact for _, facts, _, _ in CASES for fact in facts} == set(Fact)
    assert {name for name, *_ in CASES} >= {*ETSI_QUESTIONS, *DECIDED}
    assert sum(len(held) for _, _, held, _ in CASES) == 25


@pytest.mark.parametrize(("name", "facts", "roles", "questions"), CASES, ids=[row[0] for row in CASES])
def test_worked_cases(
    code: Catalogue, name: str, facts: list[str], roles: list[tuple[str, list[str]]], questions: list[str]
) -> None:
    """Each case of the how-to has the roles, reasons and open questions of its row, in every edition."""
    for catalogue in map(load, map(str, editions())):
        answer = applicability(catalogue, facts)
        assert answer.edition == catalogue.id
        assert answer.facts == tuple(fact for fact in Fact if fact in facts)
        assert answer.in_scope is bool(roles)
        assert [(one.role, [reason.key for reason in one.reasons]) for one in answer.roles] == roles
        open_here = questions if catalogue is code else ETSI_QUESTIONS.get(name, questions)
        assert [one.key for one in answer.questions] == open_here
        for holding in answer.roles:
            definition = holding.reasons[0]
            assert definition.text == catalogue.stakeholder(holding.role).definition
            assert definition.source.grade is not Grade.JUDGEMENT
            assert set(holding.facts) <= set(answer.facts)


@pytest.mark.parametrize(("name", "keys"), DECIDED.items(), ids=list(DECIDED))
def test_reasons_of_the_scope(code: Catalogue, name: str, keys: str) -> None:
    """The reasons for being in or out of scope are the document's statements; the deciding one is first."""
    facts = next(facts for other, facts, _, _ in CASES if other == name)
    expected = keys.split() + (["organisation-duties"] if keys.startswith("ai-systems") else [])
    assert [reason.key for reason in applicability(code, facts).reasons] == expected
    stated = {item.key: item.source for item in code.scope}
    for reason in applicability(code, facts).reasons:
        if reason.key in stated:
            assert reason.source == stated[reason.key]
        else:
            assert (reason.key, reason.source.grade) == ("organisation-duties", Grade.JUDGEMENT)


def test_sellers(code: Catalogue, standard: Catalogue) -> None:
    """The Code's exception for sellers stays beside another role; where it is missing, a seller's scope is open."""
    both = ["sells-only", "controls-data"]
    assert [reason.key for reason in applicability(code, both).reasons] == [
        "ai-systems",
        "organisation-duties",
        "model-sellers",
    ]
    assert [reason.key for reason in applicability(standard, both).reasons] == ["ai-systems", "organisation-duties"]
    assert applicability(standard, both).questions == ()
    alone = applicability(standard, "sells-only")
    assert [(reason.key, reason.source.grade) for reason in alone.reasons] == [
        ("model-sellers", Grade.JUDGEMENT),
        ("no-role", Grade.JUDGEMENT),
    ]
    assert [question.key for question in alone.scope_questions] == ["model-sellers"]
    assert alone.reasons[0].text == alone.scope_questions[0].assumed


def test_no_fact_is_no_answer(code: Catalogue) -> None:
    """Without facts nothing is decided: to know nothing of an organisation does not put it out of scope."""
    with pytest.raises(NoFacts) as caught:
        applicability(code, ())
    assert caught.value.known == tuple(Fact)


def test_an_answer_has_a_short_repr(code: Catalogue) -> None:
    """The repr states the edition, the roles, and how many questions are open."""
    assert repr(applicability(code, ["builds-model", "uses"])) == (
        "<Applicability uk-ai-cop@2025-01: in scope as Developer, End-user, 0 open questions>"
    )
    assert repr(applicability(code, "academic-research-only")) == (
        "<Applicability uk-ai-cop@2025-01: not in scope, 0 open questions>"
    )


def test_a_certain_fact_closes_a_question(code: Catalogue) -> None:
    """A fact that leaves a role open is no reason for it once another fact decides the role."""
    answer = applicability(code, [Fact.ADAPTS_WITHOUT_TRAINING, Fact.BUILDS_MODEL])
    [developer] = answer.roles
    assert developer.facts == (Fact.BUILDS_MODEL,)
    assert [reason.key for reason in developer.reasons] == ["developer"]
    assert developer.questions == ()
    [assumed] = applicability(code, [Fact.ADAPTS_WITHOUT_TRAINING]).roles
    assert assumed.facts == (Fact.ADAPTS_WITHOUT_TRAINING,)
    assert len(assumed.questions) == 1


def test_several_facts_can_leave_one_role_open(code: Catalogue) -> None:
    """A role that only open facts lead to has a reason and a question for each."""
    operator = applicability(code, ["embeds-unchanged", "subscribes", "maintains"]).roles[1]
    assert operator.role is Role.SYSTEM_OPERATOR
    keys = ["product-as-infrastructure", "hosted-by-vendor", "maintaining"]
    assert [reason.key for reason in operator.reasons] == ["system-operator", *keys]
    assert [question.key for question in operator.questions] == keys
    for reason, question in zip(operator.reasons[1:], operator.questions, strict=True):
        assert reason.text == question.assumed
        assert reason.source.grade is Grade.JUDGEMENT


def test_grades_tell_the_document_from_our_reading(code: Catalogue) -> None:
    """Fine-tuning as adapting is concluded from a provision; staff as End-users are our judgement."""
    developer = applicability(code, "trains-further").roles[0]
    assert [reason.source.grade for reason in developer.reasons] == [Grade.SECOND_HAND, Grade.INFERRED]
    assert "8.1.1" in (developer.reasons[1].source.note or "")
    user = applicability(code, "uses").roles[0]
    assert [reason.source.grade for reason in user.reasons] == [Grade.SECOND_HAND, Grade.JUDGEMENT]


@pytest.mark.parametrize("edition", ETSI)
def test_etsi_names_maintaining(edition: str) -> None:
    """In the ETSI editions a statement settles that maintaining makes a System Operator."""
    [operator] = applicability(load(edition), "maintains").roles
    assert operator.questions == ()
    assert operator.reasons[1].source.document.startswith("ETSI")


def test_arguments_name_provisions_that_exist(code: Catalogue, standard: Catalogue) -> None:
    """Every provision that an argument or a note names exists, and the ETSI number is that of the Code's number."""
    texts = [
        f"{question.argument_for} {question.argument_against}"
        for fact in Fact
        for question in applicability(code, fact).questions
    ]
    texts.append(applicability(code, "trains-further").roles[0].reasons[1].source.note or "")
    numbers = set(re.findall(r"\d+(?:\.\d+)+(?:-[\d.]*\d)?", " ".join(texts)))
    pairs = {(str(a.id.number), str(b.id.number)) for a, b in zip(code.values(), standard.values(), strict=True)}
    mine = {number for number in numbers if "-" not in number}
    assert {etsi for uk, etsi in pairs if uk in mine} == numbers - mine
    assert len(mine) == 8


def test_an_edition_without_scope_statements_is_answered_too(mini: Catalogue) -> None:
    """Without scope statements, the reasons are aicop's own and marked as judgement, and exceptions are open."""
    for facts in ("academic-research-only", "sells-only"):
        answer = applicability(mini, facts)
        assert not answer.in_scope
        assert {reason.source.grade for reason in answer.reasons} == {Grade.JUDGEMENT}
    assert [one.key for one in applicability(mini, "academic-research-only").questions] == ["research-only"]
    assert [one.key for one in applicability(mini, "academic-research-only").reasons] == ["research-only"]
    answer = applicability(mini, ["uses", "controls-data"])
    assert [reason.key for reason in answer.reasons] == ["ai-systems", "several-roles", "organisation-duties"]
    assert {holding.reasons[0].key for holding in answer.roles} == {"undefined-role"}
    assert "does not define this role" in answer.roles[0].reasons[0].text


def test_an_edition_settles_questions() -> None:
    """A scope statement with the key of a question closes it and is the reason; a derived edition inherits it."""
    data = mini_edition()
    data["scope"] = [
        {"key": "adapting-without-training", "statement": "Who writes prompts develops.", "source": "text"},
        {"key": "research-only", "statement": "Research is left out.", "source": "text"},
    ]
    base = loads(json.dumps(data), "mini.json")
    editions_read, faults = loads_all({"mini.json": json.dumps(data), "acme.json": json.dumps(derived_edition())})
    assert (len(editions_read), faults) == (2, ())
    for catalogue in (base, *editions_read):
        [developer] = applicability(catalogue, "adapts-without-training").roles
        assert developer.questions == ()
        assert developer.reasons[1].text == "Who writes prompts develops."
        assert developer.reasons[1].source.grade is Grade.DIRECT
        answer = applicability(catalogue, "academic-research-only")
        assert (answer.questions, answer.reasons[0].text) == ((), "Research is left out.")


def test_facts_are_words(code: Catalogue) -> None:
    """Facts are read like every vocabulary, once each; an unknown one is refused, and each has its meaning."""
    answer = applicability(code, ["Builds model", Fact.USES, "builds_model"])
    assert answer.facts == (Fact.BUILDS_MODEL, Fact.USES)
    assert applicability(code, iter(answer.facts)) == answer
    with pytest.raises(UnknownTerm, match="'builds' is not a fact; use"):
        applicability(code, ["builds"])
    assert all(re.fullmatch(r"[A-Z].*\.", fact.meaning) for fact in Fact)


PART = {
    *("builds-model", "trains-further", "adapts-without-training", "embeds-unchanged"),
    *("deploys-for-others", "deploys-inside", "subscribes", "maintains"),
}
IMPOSSIBLE = {
    **{frozenset({"sells-only", other}): "leave out sells-only" for other in PART},
    **{
        frozenset({"academic-research-only", other}): "leave out academic-research-only"
        for other in (PART | {"uses", "sells-only"}) - {"builds-model", "trains-further", "adapts-without-training"}
    },
    frozenset({"subscribes", "deploys-inside"}): "leave out one of them",
}


@pytest.mark.parametrize("size", range(1, 4))
def test_only_contradictory_facts_raise(code: Catalogue, size: int) -> None:
    """Of all combinations of up to three facts, exactly those with an impossible pair raise, with advice."""
    for chosen in map(frozenset, itertools.combinations(Fact, size)):
        pairs = [pair for pair in IMPOSSIBLE if pair <= chosen]
        if not pairs:
            applicability(code, chosen)
            continue
        with pytest.raises(ContradictoryFacts) as caught:
            applicability(code, chosen)
        first, *others = caught.value.facts
        assert others
        for other in others:
            assert IMPOSSIBLE[frozenset({first, other})] in caught.value.reason


def test_all_facts_that_one_excludes_are_named(code: Catalogue) -> None:
    """A contradiction names every fact that the first excludes, and what to leave out."""
    with pytest.raises(ContradictoryFacts) as caught:
        applicability(code, ["maintains", "sells-only", "builds-model"])
    assert caught.value.facts == ("sells-only", "builds-model", "maintains")
    assert str(caught.value) == (
        "sells-only and builds-model and maintains: an organisation with a part in development or deployment does not "
        "only sell; leave out sells-only, or ask separately for what it sells and for the rest"
    )


def test_the_page_lists_the_exclusions() -> None:
    """The reference names the facts that exclude each other."""
    page = (PAGE.parent.parent / "reference" / "applicability.md").read_text(encoding="utf-8")
    listed = page.partition("These exclude each other:\n\n")[2].partition("\n\n")[0]
    found = set()
    for item in re.split(r"^- ", listed, flags=re.MULTILINE)[1:]:
        first, *others = re.findall("`(.*?)`", item)
        found |= {frozenset({first, other}) for other in others}
    assert found == set(IMPOSSIBLE)
