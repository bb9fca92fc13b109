"""The views of the explorer: they open, their links resolve, and people can use them in any way they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop.catalogue import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Go = Callable[[Page, str], None]
    Open = Callable[..., Page]

CODE = "uk-ai-cop@2025-01"
VIEWS = {
    "the Code": "#/",
    "an edition": "#/etsi-en-304-223@2.1.1",
    "a phase": f"#/{CODE}:secure-design",
    "a principle": f"#/{CODE}:P5",
    "a provision": f"#/{CODE}:5.4.1",
    "a statement": f"#/{CODE}:8.3%232",
    "a provision with pointers": "#/etsi-en-304-223@2.1.1:5.2.4-3",
    "checklists": "#/roles",
    "a checklist": f"#/{CODE}:System%20Operator",
    "responsibilities": "#/matrix",
    "dependencies": "#/graph",
    "crosswalks": "#/crosswalks",
    "a crosswalk": f"#/crosswalk/{CODE}/nist-csf@2.0",
    "a crosswalk in reverse": f"#/crosswalk/nist-csf@2.0/{CODE}",
    "a derived crosswalk": "#/crosswalk/etsi-en-304-223@2.1.1/owasp-llm-top10@2025",
    "a matrix": f"#/crosswalk/{CODE}/iso-iec-42001@2023?as=matrix",
    "editions": "#/compare",
    "editions in reverse": f"#/compare/etsi-en-304-223@2.1.1/{CODE}?change=strength",
    "frameworks": "#/frameworks",
    "a framework": "#/nist-csf@2.0",
    "an element": "#/nist-csf@2.0:PR.DS-01",
    "an element without a title": "#/nist-ai-rmf@1.0:GOVERN%202.2",
    "what is known": "#/known",
    "results": "#/search?q=training",
}
VISIT = """async (addresses) => {
    const missing = [];
    for (const address of addresses) {
        if (location.hash !== address) {
            const shown = new Promise((done) => addEventListener("hashchange", done, { once: true }));
            location.hash = address;
            await shown;
        }
        if (document.querySelector("h1")?.textContent === "Not on this page") {
            missing.push(address);
        }
    }
    return missing;
}"""
LINKS = """() => [...document.querySelectorAll('a[href^="#/"]')].map((one) => one.getAttribute("href"))"""
UNFOLD = """() => { for (const one of document.querySelectorAll("main details")) { one.open = true; } }"""


def test_every_view_opens(code_page: Path, open_page: Open, go: Go) -> None:
    """Every view has one heading, a title of its own, and a mark at its name in the navigation; none has an error."""
    page, titles = open_page(code_page), set()
    for address in VIEWS.values():
        go(page, address)
        assert page.locator("h1").count() == 1, address
        assert page.locator("h1").inner_text() != "Not on this page", address
        assert page.locator('#nav a[aria-current="page"]').count() == (not address.startswith("#/search")), address
        titles.add(page.title())
    assert len(titles) >= len(VIEWS) - 7


def test_every_view_opens_by_its_address(code_page: Path, open_page: Open) -> None:
    """An address that somebody was sent opens its view at once."""
    page = open_page(code_page, f"#/{CODE}:5.4.1")
    assert page.locator("h1").inner_text() == load("uk-ai-cop")["5.4.1"].title
    page = open_page(code_page, "#/no-such-place")
    assert page.locator("h1").inner_text() == "Not on this page"


def test_links_resolve(code_page: Path, open_page: Open, go: Go) -> None:
    """All links of the views, and of the pages of all provisions, lead to something on the page."""
    page, found = open_page(code_page), dict[str, None]()
    provisions = [f"#/{key}" for key in (*load("uk-ai-cop"), *list(load("etsi-en-304-223"))[::8])]
    for address in (*VIEWS.values(), *provisions):
        go(page, address)
        page.evaluate(UNFOLD)
        page.wait_for_function(
            "() => [...document.querySelectorAll('main details')].every((one) => one.children.length)"
        )
        found |= dict.fromkeys(page.evaluate(LINKS))
    assert len(found) > 1000
    assert page.evaluate(VISIT, list(found)) == []


def test_back_and_forward(code_page: Path, open_page: Open) -> None:
    """The browser's own buttons lead through the views, and the place in a view is kept."""
    page = open_page(code_page)
    page.locator(".provisions a").first.click()
    first = page.locator("h1").inner_text()
    page.locator(".neighbours a[rel=next]").click()
    assert page.locator("h1").inner_text() != first
    page.go_back()
    assert page.locator("h1").inner_text() == first
    page.go_back()
    assert page.locator("h1").inner_text() == load("uk-ai-cop").edition.title
    page.go_forward()
    assert page.locator("h1").inner_text() == first


def test_light_and_dark(code_page: Path, open_page: Open) -> None:
    """The page follows the colours that a person prefers."""
    colours = []
    for scheme in ("light", "dark"):
        page = open_page(code_page, color_scheme=scheme)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(253, 253, 251)", "rgb(16, 22, 29)"]


def test_on_a_phone(code_page: Path, open_page: Open, go: Go) -> None:
    """At a width of 360 pixels nothing makes the page itself scroll sideways."""
    page, wide = open_page(code_page, viewport={"width": 360, "height": 740}), {}
    for name, address in VIEWS.items():
        go(page, address)
        page.evaluate(UNFOLD)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[name] = width
        # Tables of words are lists here; only matrices and columns of figures scroll by themselves.
        tables = page.locator(".scroll:has(> .stack:not(.numbers))").evaluate_all(
            "all => all.map((one) => one.scrollWidth - one.clientWidth)"
        )
        assert max(tables, default=0) <= 0, name
        current = page.locator("#nav a[aria-current]")
        assert current.count() == 0 or 0 <= (current.bounding_box() or {"x": -1})["x"] < 300, name
    assert wide == {}


def test_the_keyboard_alone(code_page: Path, open_page: Open) -> None:
    """A slash leads to the search; arrows and Enter open a result; the skip link leads to the content."""
    page = open_page(code_page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("sanitise")
    page.keyboard.press("ArrowDown")
    chosen = page.locator('#suggestions [aria-selected="true"]').get_attribute("data-key")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Enter")
    page.wait_for_function(f"location.hash.endsWith({chosen!r}.split(':')[1])")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    # From the heading, the next stop is something in the view that is shown.
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.keyboard.press("/")
    page.keyboard.type("training")
    page.keyboard.press("Escape")
    assert page.locator("#suggestions").is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.startsWith('#/search')")
    assert page.locator(".results li").count() > 5


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("5.4.1", f"{CODE}:5.4.1"),
        ("sanatise inputs", f"{CODE}:5.4.1"),
        ("promt injection", "owasp-llm-top10@2025:LLM01:2025"),
        ("PR.DS-01", "nist-csf@2.0:PR.DS-01"),
        ("incidnt recovry", f"{CODE}:6.5"),
    ],
)
def test_search_tolerates_typos(code_page: Path, open_page: Open, typed: str, key: str) -> None:
    """Words with mistakes, numbers and keys find what they mean among the first results."""
    page = open_page(code_page, f"#/search?q={typed.replace(' ', '%20')}")
    keys = page.locator(".results .key").all_inner_texts()
    assert key in keys[:12], keys[:12]
