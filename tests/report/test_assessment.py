"""Assessment reports and Statements of Applicability as pages; `tests.browser` looks at them in a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import attrs
import pytest

from aicop.assessment import report
from aicop.report.assessment import dumps, dumps_applicability
from tests.assessment.examples import ON, assessment, system, verdict
from tests.report.examples import EMPTY, HOSTILE, LIBRARY, facts, filled

FACTS = facts()
PAGES = {
    "report": dumps(FACTS),
    "report without an earlier date": dumps(facts(since=None)),
    "report on nothing": dumps(EMPTY),
    "applicability": dumps_applicability(FACTS),
    "applicability of nothing": dumps_applicability(EMPTY),
    "hostile": dumps(facts(HOSTILE)),
    "hostile applicability": dumps_applicability(facts(HOSTILE)),
}
VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page, and checks that its elements are nested and closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last element, which must be this one."""
        assert self.open.pop() == tag
        if tag in {"td", "th", "li", "dt", "dd", "div"}:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        """Note text that people see."""
        if "style" not in self.open:
            self.text.append(data)


def read(page: str) -> Reader:
    """Return what is in a page."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def shown(page: str) -> str:
    """Return the text of a page, with single spaces."""
    return " ".join("".join(read(page).text).split())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_well_formed_and_loads_nothing(page: str) -> None:
    """A page has only elements that show text, no script, no handler, no style of an element, and no address."""
    reader = read(page)
    assert not reader.tags & {"script", "img", "link", "iframe", "object", "form", "input", "base", "video", "audio"}
    assert not {name for name in reader.attributes if name.startswith("on")} | (reader.attributes & {"style", "src"})
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert not re.search(r"url\(|@import", page)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_claims_nothing(page: str) -> None:
    """A page has no percentage, and mentions compliance to say that it does not state it, and where a statement does."""
    text = shown(page)
    assert "not a statement of compliance" in text
    assert not re.search(r"\d\s*%|\bcompliant\b", text)


def test_a_report_has_what_it_should_have() -> None:
    """Every part of the facts is on the page."""
    text = shown(PAGES["report"])
    for part in (
        "Chat assistant Text (chat)",
        "Owner Text",
        "Unit Text",
        "Roles held",
        "87 of 88 statements are in scope; 1 is out of scope by rule.",
        "fail, are stale or inconclusive, or have a verdict that waits for a review: 6 of 87.",
        "The evidence EV-2 was valid until 2026-03-31.",
        "For review: Wording Text",
        "CISO Text",
        "ended",
        "Raise awareness of AI security threats and risks",
        "It binds the Data Custodian; the roles held are: Developer, System Operator.",
        "Statements in scope that do not apply, as a person decided: 1 of 87.",
        "Reason Text",
        "EV-1 Inventory Text (record)",
        "no longer valid",
        "of another system",
        "iso-iec-42001@2023:A.4.2",
        "Relevant to no provision, because no mapping relates them to one: iso-iec-42001@2023:A.2.2.",
        "States since 2026-03-01",
        "inconclusive → pass",
        "Rows of the history since 2026-03-01: 2; recorded by then: 1.",
        "it is not known who changed them (6): ",
        "Inherited from platform.",
        "System Operator: inconclusive",
        FACTS.version,
        FACTS.library_digest,
        "not known",
        "Rows of the history that were recorded later, and whose verdicts count here: 1.",
    ):
        assert part in text, part


def test_a_report_on_nothing_says_so() -> None:
    """Where there is nothing, a sentence says it."""
    text = shown(PAGES["report on nothing"])
    assert "No statement in scope fails" in text
    assert "gaps may not be known" in text
    assert "No risk is or was accepted." in text
    assert "Nothing was recorded." in text
    assert "not stated" in text


def test_a_report_in_which_all_is_assessed_has_no_gaps() -> None:
    """If each statement has a verdict and passes, nothing is open, and that is not called compliance."""
    keys = [key.local for key in assessment().statements]
    rows = [verdict(key, evidence=["EV-1"]) for key in keys]
    text = shown(dumps(report(LIBRARY, assessment(*rows), ON, since="2026-01-01")))
    assert "Every requirement and recommendation in scope has a verdict." in text
    assert "gaps may not be known" not in text


def test_a_report_for_a_role_says_what_is_left_out() -> None:
    """The limit, and the number of statements that are left out, are in the head."""
    found = report(LIBRARY, filled(), ON, role="System Operator", since="2026-06-01")
    page = dumps(found)
    assert f"statements that bind other roles alone, which are left out: {found.left_out}" in shown(page)
    # Changes are those of all roles, so that some have no row to lead to.
    assert "No statement changed its state between" in shown(page) or '<span class="key">' in page
    before = report(LIBRARY, filled(), ON, role="Data Custodian", since="2026-01-01")
    assert '<span class="key">5.1#1</span>' in dumps(before)


def test_a_commit_and_inheritance_are_stated() -> None:
    """A commit is on the page if it is known."""
    text = shown(dumps(attrs.evolve(FACTS, commit="0" * 40)))
    assert f"{'0' * 40}. Changes that were not committed were not looked for." in text
    assert "Inherits from platform" in text


def test_an_applicability_statement_lists_every_statement() -> None:
    """Each of the 88 statements is in scope, out of scope or not applicable, with the reason."""
    page = PAGES["applicability"]
    text = shown(page)
    assert page.count('<tr role="row" id="s-') == 88
    assert text.count("out of scope It binds the Data Custodian") == 1
    assert "not applicable Reason Text" in text
    assert "in scope It binds the System Operator. System Operator inconclusive" in text


def test_roles_with_verdicts_of_their_own_are_shown() -> None:
    """A statement that two roles judge apart shows both states."""
    rows = [verdict("2.2#1", role="Developer"), verdict("2.2#1", "fail", role="System Operator")]
    found = report(LIBRARY, assessment(*rows, system=system()), ON)
    assert "Developer: pass System Operator: fail" in shown(dumps(found))


@pytest.mark.parametrize("name", ["hostile", "hostile applicability"])
def test_text_of_users_is_text(name: str) -> None:
    """Markup, expressions of templates and invisible signs are shown and not obeyed."""
    page = PAGES[name]
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7 * 7 }}" in page
    assert "\u202e" not in page
    assert "\\u202e" in page


def test_the_same_facts_make_the_same_page() -> None:
    """Nothing on a page depends on the clock."""
    assert dumps(facts()) == PAGES["report"]
