"""The explorer for people who read it on paper, or with the help of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop.frameworks import loads
from aicop.library.library import Library
from aicop.report import write_explorer
from tests.browser.test_explorer_views import CODE, VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Go = Callable[[Page, str], None]
    Open = Callable[..., Page]

SYSTEM = ("#/status", f"#/{CODE}:Developer?system=chat-assistant", "#/acme@2026", "#/acme@2026:TE-1")
NARROW = ("a crosswalk", "a matrix", "responsibilities", "editions", "crosswalks", "a checklist")
OPEN = "for (const one of [...document.querySelectorAll('main details')].slice(0, 4)) { one.open = true; }"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", VIEWS)
def test_no_view_has_barriers(
    code_page: Path, open_page: Open, violations: Callable[[Page], list[str]], name: str, scheme: str
) -> None:
    """Nothing is wrong with any view for people with disabilities, as far as axe sees, with folded parts open."""
    page = open_page(code_page, VIEWS[name], color_scheme=scheme)
    page.evaluate(OPEN)
    assert violations(page) == []


@pytest.mark.parametrize("name", NARROW)
def test_no_view_has_barriers_on_a_phone(
    code_page: Path, open_page: Open, violations: Callable[[Page], list[str]], name: str
) -> None:
    """Nothing is wrong with the views whose tables look different on a phone."""
    page = open_page(code_page, VIEWS[name], viewport={"width": 360, "height": 740}, color_scheme="dark")
    page.evaluate(OPEN)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_of_a_system_has_barriers(
    acme_page: Callable[[], Path], open_page: Open, go: Go, violations: Callable[[Page], list[str]], scheme: str
) -> None:
    """Nothing is wrong with the views of an assessment and of a framework of one's own."""
    page, found = open_page(acme_page(), color_scheme=scheme), {}
    for address in SYSTEM:
        go(page, address)
        page.evaluate(OPEN)
        if problems := violations(page):
            found[address] = problems
    assert found == {}


def test_views_print(code_page: Path, open_page: Open, go: Go) -> None:
    """Views print to PDF without what is only for the screen, and in the colours of paper."""
    page = open_page(code_page, color_scheme="dark")
    for address in (f"#/{CODE}:5.4.1", f"#/{CODE}:Developer", "#/matrix", "#/graph"):
        go(page, address)
        assert page.pdf(format="A4").startswith(b"%PDF-")
        page.emulate_media(media="print", color_scheme="dark")
        assert not page.locator("header").is_visible()
        assert page.locator("h1").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        page.emulate_media(media="screen", color_scheme="dark")


def test_a_drawing_prints_in_the_colours_of_paper(code_page: Path, open_page: Open) -> None:
    """Who reads on a dark screen prints on white paper."""
    page = open_page(code_page, "#/graph", color_scheme="dark")
    colour = "getComputedStyle(document.querySelector('.dg')).backgroundColor"
    dark = page.evaluate(colour)
    page.emulate_media(media="print", color_scheme="dark")
    assert (dark, page.evaluate(colour)) == ("rgb(21, 27, 34)", "rgb(255, 255, 255)")


def test_a_crosswalk_prints_all_of_its_rows(code_page: Path, open_page: Open) -> None:
    """A table that grows by a button on the screen is whole on paper, with the filter that was chosen."""
    page = open_page(code_page, f"#/crosswalk/{CODE}/nist-csf@2.0?basis=editorial")
    claims = Library().crosswalk(CODE, "nist-csf").claims()
    count = sum(any(str(row.basis) == "editorial" for row in one.mappings) for one in claims)
    assert page.locator(".claims tbody tr").count() == 150 < count
    page.pdf()
    assert page.locator(".claims tbody tr").count() == count
    assert page.locator(".more").is_hidden()
    page.emulate_media(media="print")
    assert page.locator("#choose-basis").is_visible()
    assert not page.locator("#choose-says").is_visible()
    assert not page.locator(".only-print").is_visible()


def test_what_is_too_long_for_paper_is_counted(open_page: Open, tmp_path: Path) -> None:
    """A list that would take a browser minutes is cut on paper, and the paper says what is missing."""
    rows = [{"id": f"C-{number}", "kind": "control", "title": f"Control {number}"} for number in range(2101)]
    library = Library().with_framework(loads(rows, framework="big", edition="1", title="Big"))
    file = tmp_path / "big.html"
    write_explorer(file, library, frameworks=["big"])
    page = open_page(file, "#/big@1")
    assert page.locator(".tree > li").count() == 400
    assert not page.locator(".only-print").is_visible()
    page.pdf()
    assert page.locator(".tree > li").count() == 2000
    page.emulate_media(media="print")
    assert page.locator(".only-print").inner_text() == "101 further rows are not printed."
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Show 101 more of 101").click()
    assert page.locator(".tree > li").count() == 2101
    # The button is gone, and the keyboard goes on at the first item that it showed.
    assert page.evaluate("document.activeElement.textContent") == "C-2000"


def test_mappings_are_on_paper(code_page: Path, open_page: Open) -> None:
    """The mappings of a provision are folded on the screen, open on paper, and folded again afterwards."""
    page = open_page(code_page, f"#/{CODE}:5.4.1")
    assert page.locator(".framework[open]").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    folded = page.locator(".framework:not([open])").count()
    claims = page.locator(".framework .claim").count()
    assert (folded, claims > 20) == (0, True)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".framework[open]").count() == 0
    assert page.locator(".framework .claim").count() == claims
