"""The figures of the explorer are those of the API, whatever is filtered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from aicop.assessment import load, next_steps
from aicop.catalogue import load as load_edition
from aicop.catalogue import responsibility_matrix
from aicop.library.library import Library
from aicop.vocabulary import Role, band_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

CODE = "uk-ai-cop@2025-01"


def count_of(page: Page) -> int:
    """Return the number that a view says it shows."""
    found = re.match(r"[\d,]+", page.locator(".count").inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


@pytest.mark.parametrize(
    ("source", "target"),
    [(CODE, "nist-csf@2.0"), ("nist-csf@2.0", CODE), ("etsi-en-304-223@2.1.1", "owasp-llm-top10@2025")],
)
def test_a_crosswalk_is_that_of_the_api(
    code_page: Path, open_page: Callable[..., Page], source: str, target: str
) -> None:
    """The number of claims is that of the API for every filter, in both directions."""
    page = open_page(code_page, f"#/crosswalk/{source}/{target}")
    claims = tuple(Library().crosswalk(source, target).claims())
    assert count_of(page) == len(claims)
    for says in {claim.says for claim in claims}:
        page.select_option("#choose-says", says)
        assert count_of(page) == sum(claim.says == says for claim in claims)
    page.select_option("#choose-says", "")
    pairs = [claim for claim in claims if claim.source is not None and claim.target is not None]
    for word in page.locator("#choose-strength option").evaluate_all("all => all.map((one) => one.value)")[1:]:
        page.select_option("#choose-strength", word)
        names = ["not judged" if one.strength is None else str(band_of(one.strength) or "none") for one in pairs]
        assert count_of(page) == names.count(word)
        assert f"strength={word.replace(' ', '%20')}" in page.url
    page.select_option("#choose-strength", "")
    for word in page.locator("#choose-basis option").evaluate_all("all => all.map((one) => one.value)")[1:]:
        page.select_option("#choose-basis", word)
        known = [{str(row.basis) for row in one.mappings} | ({"derived"} if one.derived else set()) for one in claims]
        assert count_of(page) == sum(word in bases for bases in known)


def test_a_matrix_has_a_cell_for_each_pair(code_page: Path, open_page: Callable[..., Page]) -> None:
    """A matrix shows every pair of the crosswalk."""
    page = open_page(code_page, f"#/crosswalk/{CODE}/nist-ai-rmf@1.0?as=matrix")
    claims = Library().crosswalk(CODE, "nist-ai-rmf").claims()
    pairs = [claim for claim in claims if claim.source is not None and claim.target is not None]
    assert page.locator(".cross .cell").count() == len(pairs)


def test_coverage_is_that_of_the_api(code_page: Path, open_page: Callable[..., Page]) -> None:
    """The counts of coverage are those of the API."""
    page = open_page(code_page, f"#/crosswalk/{CODE}/iso-iec-42001@2023")
    text = page.locator(".coverage figcaption").inner_text()
    for known, count in Library().coverage(CODE, "iso-iec-42001").counts.items():
        assert (f"{count} {known}" in text) == (count > 0)


def test_the_responsibility_matrix_is_that_of_the_api(code_page: Path, open_page: Callable[..., Page]) -> None:
    """The cells are the words of the API, and a role filters its rows."""
    page = open_page(code_page, "#/matrix")
    rows = responsibility_matrix(load_edition("uk-ai-cop")).rows
    cells = page.locator(".matrix tbody tr").evaluate_all(
        "all => all.map((row) => [...row.querySelectorAll('td')].map((cell) => [...cell.children].map((one) => one.textContent)))"
    )
    assert [row[:-1] for row in cells] == [[list(row.words(role)) for role in Role] for row in rows]
    for role in Role:
        page.select_option("#choose-role", role.value)
        assert count_of(page) == len(responsibility_matrix(load_edition("uk-ai-cop"), role=role).rows)


def test_a_derived_claim_shows_its_path(code_page: Path, open_page: Callable[..., Page]) -> None:
    """A claim that follows from several mappings lists the steps with their rationales."""
    page = open_page(code_page, "#/crosswalk/etsi-en-304-223@2.1.1/owasp-llm-top10@2025")
    walk = Library().crosswalk("etsi-en-304-223", "owasp-llm-top10@2025")
    claim = next(walk.claims())
    row = page.locator(".claims tbody tr").first
    row.locator("summary").click()
    text = row.locator(".reasons").inner_text()
    for reason in claim.rationales:
        assert reason in text


def test_a_comparison_is_that_of_the_api(code_page: Path, open_page: Callable[..., Page]) -> None:
    """The rows that changed are those of the API, in both directions, with their notes."""
    for ends in ((CODE, "etsi-en-304-223@2.1.1"), ("etsi-en-304-223@2.1.1", CODE)):
        page = open_page(code_page, f"#/compare/{ends[0]}/{ends[1]}")
        known = Library().compare(*ends)
        assert count_of(page) == len(known.changed)
        text = page.locator(".compare").inner_text()
        assert all(row.note in text for row in known.changed if row.note)


def test_status_is_that_of_the_api(acme_page: Callable[[], Path], acme: Path, open_page: Callable[..., Page]) -> None:
    """The counts of a status are those of the API at the date of the page."""
    page = open_page(acme_page(), "#/status")
    about = load(Library.open(acme), "chat-assistant")
    units = about.status("2026-11-30", "principle").units
    rows = (
        page.locator("table")
        .first.locator("tbody tr")
        .evaluate_all("all => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))")
    )
    words = ("fail", "stale", "inconclusive", "not assessed", "pass", "not applicable", "out of scope")
    assert rows == [
        [
            unit.shall or "\u2013",
            unit.should or "\u2013",
            f"{unit.in_scope} of {unit.statements}",
            *(str(unit.count(word)) for word in words),
        ]
        for unit in units
    ]
    library = Library.open(acme)
    steps = next_steps(about, "2026-11-30", graph=library.graph(CODE))
    links = page.locator(".steps > li > p:first-child > a").all_inner_texts()
    assert links == [f"{step.key}".removeprefix(f"{CODE}:") for step in steps]
