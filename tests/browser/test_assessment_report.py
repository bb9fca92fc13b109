"""Assessment reports and Statements of Applicability in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from aicop.report.assessment import dumps, dumps_applicability
from tests.report.examples import EMPTY, HOSTILE, facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

PAGES = {
    "report": lambda: dumps(facts()),
    "empty report": lambda: dumps(EMPTY),
    "applicability": lambda: dumps_applicability(facts()),
    "hostile report": lambda: dumps(facts(HOSTILE)),
}
WIDTH = 360


@pytest.fixture(params=PAGES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a page in a file."""
    path = tmp_path / "page.html"
    path.write_text(PAGES[request.param](), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], file: Path, scheme: str
) -> None:
    """Pages have no violation in light or dark, ask for nothing, and complain about nothing."""
    # The policy of the page would refuse the script of axe.
    assert violations(open_page(file, color_scheme=scheme, bypass_csp=True)) == []


def test_axe_finds_nothing_on_a_phone(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], file: Path
) -> None:
    """On a narrow screen, where rows become blocks, tables are still tables for a screen reader."""
    page = open_page(file, viewport={"width": WIDTH, "height": 800}, bypass_csp=True)
    assert violations(page) == []
    assert page.get_by_role("table").first.get_by_role("row").count() > 1


def test_pages_fit_a_narrow_screen(open_page: Callable[..., Page], file: Path) -> None:
    """At 360 pixels, nothing has to be scrolled sideways."""
    page = open_page(file, viewport={"width": WIDTH, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH


def test_text_of_users_does_nothing(open_page: Callable[..., Page], file: Path) -> None:
    """No text becomes an element, a handler or an expression of a template; a sign that turns text round is shown."""
    page = open_page(file)
    page.wait_for_load_state()
    assert page.title() != "ran"
    assert page.locator("script, img, iframe, object, link, [onerror], [style]").count() == 0
    text = page.content()
    assert "\u202e" not in text
    assert "49" not in page.locator("h1").inner_text()


def test_links_lead_somewhere(open_page: Callable[..., Page], file: Path) -> None:
    """Each link of a page is to an element of it, and each id occurs once."""
    page = open_page(file)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    links = page.evaluate("[...document.querySelectorAll('a')].map((one) => one.getAttribute('href'))")
    assert len(ids) == len(set(ids))
    assert {link[:1] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(ids)


def test_pages_print(open_page: Callable[..., Page], file: Path) -> None:
    """A page prints as several pages of A4, with its table heads repeated, and nothing beyond the edge of the paper."""
    page = open_page(file, viewport={"width": 690, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 690
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    content = page.pdf(prefer_css_page_size=True)
    sizes = {tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)}
    assert {tuple(sorted(round(side) for side in size)) for size in sizes} == {(595, 842)}
    assert len(re.findall(rb"/Type /Page\b", content)) > 1
