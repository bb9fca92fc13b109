"""
Measure a page of the explorer: with what ships, and with a made-up library of 5,000 controls and 50,000 mappings.

The controls and mappings are seeded. The page is opened in Chromium without a graphics card; `make browser` installs
what this needs. First paint is what Chromium reports for the page as a file; a view is open when its heading has been
painted.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from aicop import Library, load
from aicop.report import write_explorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-sandbox",
    "--disable-gpu",
)
OWN = "acme@2026"
CODE = "uk-ai-cop@2025-01"
RUNS = 5
_RELATIONSHIPS = ("subset-of", "superset-of", "intersects-with", "intersects-with")
_PAINTED = """async (hash) => {
  const start = performance.now();
  if (location.hash !== hash) {
    const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = hash;
    await changed;
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  if (document.querySelector("main h1") === null) {
    throw new Error(`no heading at ${hash}`);
  }
  return performance.now() - start;
}"""
_SEARCHED = """async (text) => {
  const field = document.getElementById("search");
  const start = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


def _words() -> list[str]:
    """Return the words of the Code, and as many made-up ones as a large company would add."""
    rng = random.Random(223)  # noqa: S311 -- repeatable, not secret
    said = " ".join(one.action for item in load("uk-ai-cop").values() for one in item.statements)
    letters = "abcdefghiklmnoprstuvw"
    made = ("".join(rng.choice(letters) for _ in range(rng.randrange(4, 12))) for _ in range(4_000))
    return [*said.split(), *made]


def _controls(rng: random.Random, words: list[str], count: int) -> Iterator[dict[str, str | int]]:
    for number in range(count):
        place = f"D{number // 50}"
        if number % 50 == 0:
            yield {"id": place, "parent": "", "kind": "domain", "title": f"Domain {number // 50}", "words": ""}
        title, said = (" ".join(rng.choices(words, k=length)).capitalize() for length in (7, 25))
        yield {"id": f"AC-{number}", "parent": place, "kind": "control", "title": title, "words": f"{said}."}


def _mappings(rng: random.Random, words: list[str], controls: int, count: int) -> Iterator[dict[str, str | int]]:
    keys = [f"{key.number}" for key in load("uk-ai-cop")]
    each = -(-count // controls)
    for number in range(count):
        relationship = rng.choice(_RELATIONSHIPS)
        yield {
            "source": f"AC-{number // each}",
            "relationship": relationship,
            "target": keys[(number // each * 7 + number % each * 5) % len(keys)],
            "strength": 10 if relationship == "subset-of" else rng.randrange(1, 10),
            "reverse_strength": 10 if relationship == "superset-of" else rng.randrange(1, 10),
            "confidence": rng.randrange(4, 10),
            "rationale": f"{' '.join(rng.choices(words, k=18)).capitalize()}.",
        }


def write_library(folder: Path, controls: int, mappings: int) -> None:
    """Write a library with a framework of made-up controls, each mapped to several provisions of the Code."""
    rng, words = random.Random(304223), _words()  # noqa: S311 -- repeatable, not secret
    facts = f'[framework."{OWN}"]\ntitle = "Acme controls"\nkind = "control"\n'
    sets = f'[mappings."acme.csv"]\nsource = "{OWN}"\ntarget = "{CODE}"\nauthor = "Acme"\ndate = "2026-11-30"\n'
    (folder / "aicop.toml").write_text(f"{facts}\n{sets}", encoding="utf-8")
    tables: dict[str, list[dict[str, str | int]]] = {
        f"frameworks/{OWN}.csv": list(_controls(rng, words, controls)),
        "mappings/acme.csv": list(_mappings(rng, words, controls, mappings)),
    }
    for name, listed in tables.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(listed[0]))
            writer.writeheader()
            writer.writerows(listed)


def _opened(browser: Browser, path: Path) -> tuple[Page, float, float]:
    """Return a new page, the time of its first paint, and that after which its first view was there."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("main h1")
    ready = page.evaluate("performance.now()")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return page, painted, ready


def measure(
    browser: Browser, library: Library, folder: Path, views: dict[str, str], searches: list[str]
) -> dict[str, str]:
    """Return the figures of a page, by what was measured."""
    path = folder / "page.html"
    start = time.perf_counter()
    write_explorer(path, library, overwrite=True)
    written = time.perf_counter() - start
    opened = [_opened(browser, path) for _ in range(RUNS)]
    for page, *_ in opened[1:]:
        page.context.close()
    page = opened[0][0]
    found = {
        "size": f"{path.stat().st_size / 1e6:.2f} MB",
        "written in": f"{written:.1f} s",
        "first paint": f"{statistics.median(painted for _, painted, _ in opened):.0f} ms",
        "first view": f"{statistics.median(ready for _, _, ready in opened):.0f} ms",
        "first search, which reads the index": f"{page.evaluate(_SEARCHED, searches[0]):.0f} ms",
    }
    for text in searches:
        times = [page.evaluate(_SEARCHED, text) for _ in range(RUNS)]
        found[f"search for {text!r}"] = f"{statistics.median(times):.0f} ms"
    for name, address in views.items():
        times = []
        for _ in range(3):
            page.evaluate(_PAINTED, "#/")
            times.append(page.evaluate(_PAINTED, address))
        found[name] = f"{statistics.median(times):.0f} ms, the first time {times[0]:.0f} ms"
    page.context.close()
    return found


def main() -> None:
    """Print the figures of both pages as a table for docs/reference/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--controls", type=int, default=5_000)
    parser.add_argument("--mappings", type=int, default=50_000)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    views = {
        "view: a provision": f"#/{CODE}:5.4.1",
        "view: a checklist": f"#/{CODE}:Developer",
        "view: responsibilities": "#/matrix",
        "view: dependencies": "#/graph",
        "view: a crosswalk": f"#/crosswalk/{CODE}/iso-iec-42001@2023",
        "view: two editions": "#/compare",
    }
    own = views | {
        "view: your framework": f"#/{OWN}",
        "view: a control": f"#/{OWN}:AC-17",
        "view: your crosswalk": f"#/crosswalk/{OWN}/{CODE}",
    }
    searches = ["5.4.1", "asset inventory", "poisning", "vulnerabilty disclosur"]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as tools:
        folder = Path(scratch)
        write_library(folder, given.controls, given.mappings)
        browser = tools.chromium.launch(executable_path=given.chromium, args=FLAGS)
        shipped = measure(browser, Library(), folder, views, searches)
        large = measure(browser, Library.open(folder), folder, own, [*searches, "AC-4711"])
        browser.close()
    print(
        f"| what | what ships | and {given.controls:,} controls with {given.mappings:,} mappings |\n| --- | --- | --- |"
    )
    for name, figure in large.items():
        print(f"| {name} | {shipped.get(name, '')} | {figure} |")


if __name__ == "__main__":
    main()
