"""A browser without a screen, and pages that record what they ask for and complain about."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from aicop.assessment import load_all
from aicop.library.library import Library
from aicop.report import write_explorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "acme"
DAY = "2026-11-30"
FLAGS = (
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
    *("--no-first-run", "--no-sandbox", "--disable-gpu"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, and end it after all tests."""
    path = os.environ.get("AICOP_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).is_file():
        pytest.fail(f"there is no Chromium at {path}; install it, or set AICOP_CHROMIUM")
    with sync_playwright() as tools:
        started = tools.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script of axe, which checks a page for people with disabilities."""
    folder = Path(os.environ.get("AICOP_NODE_MODULES", "missing"))
    if not (folder / "axe-core").is_dir():
        pytest.fail("AICOP_NODE_MODULES is not set to a folder with axe-core")
    return (folder / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


class Seen:
    """What a page asked for and complained about."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """
    Return a function that opens a file in a context of its own, with options of Playwright.

    After the test, no page may have asked for anything but itself, or have had an error on its console.
    """
    contexts, seen = [], Seen()

    def opened(path: Path, address: str = "", **options: Any) -> Page:  # noqa: ANN401 -- the options of a context
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda said: seen.complaints.extend([said.text] if said.type == "error" else []))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.goto(f"{path.as_uri()}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.fixture
def violations(axe: str) -> Callable[[Page], list[str]]:
    """Return a function that returns what axe finds wrong with a page, each with the elements concerned."""

    def found(page: Page) -> list[str]:
        page.evaluate(axe)
        answer = page.evaluate("axe.run({ resultTypes: ['violations'] })")
        return [
            f"{item['id']}: {item['help']}: {[node['html'][:200] for node in item['nodes'][:5]]}"
            for item in answer["violations"]
        ]

    return found


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """Return a page of which nothing is demanded."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def code_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of everything that ships."""
    file = tmp_path_factory.mktemp("explorer") / "code.html"
    write_explorer(file)
    return file


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """Return a copy of the example library, which a test may change."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "acme"))


@pytest.fixture
def acme_page(acme: Path, tmp_path: Path) -> Callable[[], Path]:
    """Return a function that writes the page of the example library with its assessment, as it is at that time."""

    def written() -> Path:
        library = Library.open(acme)
        file = tmp_path / "acme.html"
        about = load_all(library)
        write_explorer(
            file, library, editions=["uk-ai-cop"], frameworks=["acme", "nist-csf"], assessments=about, on=DAY,
            evidence=True, overwrite=True,
        )  # fmt: skip
        return file

    return written


@pytest.fixture
def go() -> Callable[[Page, str], None]:
    """Return a function that goes to an address within a page, and waits until its view is there."""

    def gone(page: Page, address: str) -> None:
        page.evaluate(
            """async (address) => {
                if (location.hash !== address) {
                    const shown = new Promise((done) => addEventListener("hashchange", done, { once: true }));
                    location.hash = address;
                    await shown;
                }
            }""",
            address,
        )

    return gone
