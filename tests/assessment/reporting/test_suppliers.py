"""Questions to a supplier."""

from __future__ import annotations

import json

from aicop import Library
from aicop.assessment import Assessment, questionnaire, questions
from aicop.catalogue import loads
from tests.assessment.examples import CODE, ON, assessment, system, verdict
from tests.examples import derived_edition

LIBRARY = Library()


def test_questions_follow_the_lineage() -> None:
    """An edition of ETSI has the same questions, about its own statements and naming itself."""
    code, etsi = questions(LIBRARY, "uk-ai-cop"), questions(LIBRARY, "etsi-en-304-223")
    assert [item.id for item in code] == [item.id for item in etsi]
    keys = {item.id: item.statement.local for item in etsi}
    assert (keys["DD-1"], keys["RR-1"], keys["DC-3"], keys["UP-1"]) == (
        "5.1.2-7#1",
        "5.1.3-3#1",
        "5.2.3-2.1#1",
        "5.2.3-4#1",
    )
    named = {item.id: item.text for item in etsi}
    assert "(etsi-en-304-223@2.1.1)" in named["CP-1"]
    assert not any("{" in item.text for item in (*code, *etsi))


def test_only_what_applies_is_asked() -> None:
    """Questions about statements that are out of scope or not applicable are left out and named."""
    developer = questionnaire(LIBRARY, assessment(system=system(roles=["Developer"])), ON)
    assert {item.statement.local for item in developer.out_of_scope} == {"3.3#1", "7.2#1", "7.2.2#1", "7.4#1"}
    both = questionnaire(LIBRARY, assessment(verdict("7.3#1", "not applicable", reason="No model.")), ON)
    assert [item.id for item in both.out_of_scope] == ["EV-1", "EV-2", "EV-3"]
    assert both.without_statement == ()
    assert {*both.questions, *both.out_of_scope} == {*questions(LIBRARY, "uk-ai-cop")}


def test_what_an_edition_does_not_have_is_named() -> None:
    """A derived edition that drops a provision has no question about it."""
    data = derived_edition(str(CODE.id), dropped=[{"number": "7.3", "reason": "No models of others."}])
    edition = loads(json.dumps(data), "acme.json")
    about = Assessment(system=system(edition=edition.id), catalogue=edition)
    found = questionnaire(LIBRARY.with_edition(edition), about, ON)
    assert found.without_statement == ("EV-1", "EV-2", "EV-3")
    assert found.questions[0].statement.edition == edition.id
    assert "(acme-code@2026)" in next(item.text for item in found.questions if item.id == "CP-1")
