"""The content security policy of pages, as a browser reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.report.page import security_policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

STYLE = "p { color: rgb(1, 2, 3) }"
SCRIPT = "document.title = 'ran'"


def test_only_what_the_policy_names_runs(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """The style sheet and script of a page work."""
    file = tmp_path / "page.html"
    policy = security_policy(styles=[STYLE], scripts=[SCRIPT])
    file.write_text(
        f"<!doctype html><meta http-equiv='Content-Security-Policy' content=\"{policy}\">"
        f"<style>{STYLE}</style><p>text</p><script>{SCRIPT}</script>"
    )
    page = open_page(file)
    assert page.title() == "ran"
    assert page.locator("p").evaluate("one => getComputedStyle(one).color") == "rgb(1, 2, 3)"


def test_what_the_policy_does_not_name_does_not_run(browser_page: Page, tmp_path: Path) -> None:
    """A script, a handler in an attribute and a request that the policy does not name are refused."""
    file = tmp_path / "page.html"
    policy = security_policy(styles=[STYLE], scripts=[SCRIPT])
    file.write_text(
        f"<!doctype html><title>kept</title><meta http-equiv='Content-Security-Policy' content=\"{policy}\">"
        "<script>document.title = 'other'</script><img src='missing.png' onerror=\"document.title = 'handler'\">"
        "<link rel='stylesheet' href='http://127.0.0.1:9/style.css'>"
    )
    browser_page.goto(file.as_uri())
    browser_page.wait_for_load_state()
    assert browser_page.title() == "kept"
