"""The drawing of a dependency graph in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aicop.graph import DependencyGraph, graph
from aicop.report.explorer.drawing import drawing_data
from aicop.report.page import read_asset
from aicop.vocabulary import DependencyKind
from tests.browser.modules import write_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import FloatRect, Locator, Page

MODULES = ("graph/places.js", "graph/camera.js", "graph/shapes.js", "graph/graph.js")
BODY = "<main><h1>Test</h1><div id='place'></div></main>"
DRAW = "window.drawn = drawGraph(place, withDrawing(DATA.graph, DATA.drawing), { href: (key) => `#/${key}` });"
HOSTILE = '<img src=x onerror=alert(1)> & "quoted" </script>'


def plain(found: DependencyGraph) -> dict[str, Any]:
    """Return the nodes and edges of a graph as a page has them."""
    items = [found.catalogue[key] for key in found.ids]
    return {
        "nodes": [
            {"key": str(item.id), "number": item.number, "title": item.title, "principle": str(item.principle)}
            | {"phase": str(item.phase), "roles": [role.value for role in item.duty_holders]}
            for item in items
        ],
        "edges": [
            {"from": str(item.prerequisite), "to": str(item.dependant), "kind": item.kind.value}
            | {"basis": item.basis.value, "rationale": item.rationale}
            for item in found.dependencies
        ],
        "groups": [],
    }


@pytest.fixture
def opened(open_page: Callable[..., Page], tmp_path: Path) -> Callable[..., Page]:
    """Return a function that opens a page with the graph of the Code, or with other data."""

    def opened_with(data: Any = None, **options: Any) -> Page:  # noqa: ANN401 -- options of a context
        found = graph("uk-ai-cop")
        given = {"graph": plain(found), "drawing": drawing_data(found)} if data is None else data
        light = ":root { --ink: #16202c; --soft: #515c68 } body { margin: 0; background: #fff; color: var(--ink) } "
        dark = ":root { --ink: #e6e9ec; --soft: #a9b3bd } body { background: #10161d }"
        style = f"{light} @media (prefers-color-scheme: dark) {{ {dark} }} {read_asset('explorer/graph.css')}"
        file = write_page(tmp_path / "graph.html", MODULES, given, body=BODY, style=style)
        return open_page(file, **options)

    return opened_with


def view(page: Page) -> list[float]:
    """Return the view box of the drawing."""
    return [float(part) for part in page.locator("svg.dg").get_attribute("viewBox").split()]


def frame_of(found: Locator) -> FloatRect:
    """Return the place of an element on the screen."""
    box = found.bounding_box()
    assert box is not None
    return box


def holds(outer: FloatRect, inner: FloatRect) -> bool:
    """Return whether one place is well inside another, so that it can be dragged a little."""
    room = 100
    return all(
        outer[start] + room < inner[start] and inner[start] + inner[size] < outer[start] + outer[size] - room
        for start, size in (("x", "width"), ("y", "height"))
    )


def wait_for_view(page: Page, before: list[float]) -> list[float]:
    """Return the view box once it has changed and stands still."""
    page.wait_for_function(
        "before => document.querySelector('svg.dg').getAttribute('viewBox') !== before", arg=" ".join(map(str, before))
    )
    page.wait_for_timeout(400)
    return view(page)


def test_every_provision_is_a_link_and_every_dependency_a_line(opened: Callable[..., Page]) -> None:
    """The drawing has what the library has, in its place, and the legend explains the kinds that occur."""
    page = opened()
    page.evaluate(DRAW)
    found = graph("uk-ai-cop")
    links = page.locator("svg.dg a.dg-node")
    assert links.evaluate_all("all => all.map(one => one.getAttribute('href'))") == [f"#/{key}" for key in found.ids]
    assert page.locator("svg.dg .dg-line").count() == len(found.dependencies)
    assert page.locator("svg.dg .dg-box").count() == len(found.catalogue.principles)
    assert page.locator(".dg-column").all_text_contents() == [phase.title for phase in found.catalogue.phases]
    assert page.locator(".dg-legend b").all_text_contents() == [
        "requires",
        "refines",
        "refers",
        "triggers",
        "informs",
    ]
    labels = set(page.locator("svg.dg .dg-line > title").all_text_contents())
    assert labels == {
        f"{item.prerequisite.number} → {item.dependant.number}, {item.kind} ({item.basis}): {item.rationale}"
        for item in found.dependencies
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_a_drawing_has_no_barrier(
    opened: Callable[..., Page], violations: Callable[[Page], list[str]], scheme: str, width: int
) -> None:
    """Axe finds nothing, in light and dark, on a screen and on a phone."""
    page = opened(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate(DRAW)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_filters_agree_with_the_library(opened: Callable[..., Page]) -> None:
    """Roles, kinds and phases show what `subgraph` has; an empty list means all, and what is shown is counted."""
    page = opened()
    page.evaluate(DRAW)
    found = graph("uk-ai-cop")
    phase = found.catalogue.phases[1].id
    choices: tuple[dict[str, list[str]], ...] = (
        {"roles": ["Data Custodian"]},
        {"kinds": ["requires", "refines"]},
        {"phases": [str(phase)]},
        {"roles": ["Developer", "End-user"], "kinds": ["informs"], "phases": [str(phase)]},
        {"roles": [], "kinds": [], "phases": []},
    )
    for chosen in choices:
        page.evaluate("chosen => drawn.filter(chosen)", chosen)
        part = found.subgraph(
            role=chosen.get("roles") or None,
            kinds=chosen.get("kinds") or None,
            phase=chosen.get("phases") or None,
        )
        shown = page.locator("a.dg-node:not(.dg-off)").evaluate_all("all => all.map(one => one.dataset.key)")
        assert shown == [str(key) for key in part.ids]
        assert page.locator("svg.dg .dg-line:not(.dg-off)").count() == len(part.dependencies)
        assert page.locator(".dg-status").text_content() == (
            f"{len(part.ids)} of 72 provisions and {len(part.dependencies)} of {len(found.dependencies)} dependencies "
            "are shown."
        )
    page.evaluate("drawn.filter({ roles: ['Organisation'] })")
    assert page.locator("a.dg-node:visible").count() == len(found.subgraph(role="Organisation").ids)


def test_the_keyboard_reaches_everything(opened: Callable[..., Page]) -> None:
    """Tab goes to the drawing, its nodes and the buttons; keys zoom and pan, and Enter follows a link."""
    page = opened(viewport={"width": 1200, "height": 800})
    page.evaluate(DRAW)
    page.keyboard.press("Tab")
    whole = view(page)
    page.keyboard.press("+")
    near = view(page)
    assert near[2] < whole[2]
    page.keyboard.press("ArrowRight")
    assert view(page)[0] > near[0]
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert view(page) == pytest.approx(whole)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.key") == "uk-ai-cop@2025-01:1.1"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#/uk-ai-cop@2025-01:1.1"
    touching = sum(
        "uk-ai-cop@2025-01:1.1" in {str(item.prerequisite), str(item.dependant)}
        for item in graph("uk-ai-cop").dependencies
    )
    assert page.locator(".dg-marked .dg-line.dg-on").count() == touching
    names = page.locator(".dg-buttons button").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert names == ["Zoom in", "Zoom out", "Show all"]


def test_the_pointer_zooms_and_pans(opened: Callable[..., Page]) -> None:
    """The wheel zooms with Ctrl or after a press; a press that moves pans and follows no link."""
    page = opened(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
    page.evaluate(DRAW)
    frame = frame_of(page.locator("svg.dg"))
    middle = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    whole = view(page)
    page.mouse.move(*middle)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    assert view(page) == whole
    page.mouse.down()
    page.mouse.up()
    page.mouse.wheel(0, -600)
    near = wait_for_view(page, whole)
    assert near[2] < whole[2]
    inside = [box for box in map(frame_of, page.locator("a.dg-node").all()) if holds(frame, box)]
    page.mouse.move(inside[0]["x"] + 5, inside[0]["y"] + 5)
    page.mouse.down()
    page.mouse.move(inside[0]["x"] + 85, inside[0]["y"] + 45, steps=4)
    page.mouse.up()
    moved = view(page)
    assert moved[0] < near[0]
    assert moved[1] < near[1]
    assert page.evaluate("location.hash") == ""
    page.mouse.click(inside[0]["x"] + 85, inside[0]["y"] + 45)
    assert page.evaluate("location.hash").startswith("#/uk-ai-cop@2025-01:")
    page.get_by_label("Show all").click()
    assert view(page) == pytest.approx(whole)
    page.get_by_label("Zoom in").click()
    assert view(page)[2] < whole[2]


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_focus_moves_to_a_provision_and_marks_it(opened: Callable[..., Page], motion: str) -> None:
    """The provision is in the middle, has the focus and is marked; people who want no motion see none."""
    page = opened(viewport={"width": 1200, "height": 800}, reduced_motion=motion)
    page.evaluate(DRAW)
    before = view(page)
    page.evaluate("drawn.focus('uk-ai-cop@2025-01:13.2')")
    if motion == "reduce":
        assert view(page) != before
    left, top, width, height = wait_for_view(page, before)
    node = drawing_data(graph("uk-ai-cop"))["nodes"]["13.2"]
    assert left + width / 2 == pytest.approx(node["x"] + node["width"] / 2, abs=1)
    assert top + height / 2 == pytest.approx(node["y"] + node["height"] / 2, abs=1)
    assert page.locator(".dg-chosen").get_attribute("data-key") == "uk-ai-cop@2025-01:13.2"
    assert page.evaluate("document.activeElement.dataset.key") == "uk-ai-cop@2025-01:13.2"
    page.evaluate("drawn.focus('nothing')")
    page.evaluate("drawn.destroy()")
    assert page.locator("#place").inner_html() == ""


@pytest.mark.parametrize("width", [1200, 360])
def test_the_neighbourhood_has_what_a_provision_needs_and_feeds(
    opened: Callable[..., Page], violations: Callable[[Page], list[str]], width: int
) -> None:
    """Prerequisites, the provision and dependants are links, side by side or one below the other, and none twice."""
    page = opened(viewport={"width": width, "height": 800})
    found = graph("uk-ai-cop")
    for number in ("5.4.1", "1.1", "13.2", "10.2.2"):
        key = found.catalogue[number].id
        page.evaluate(
            "key => neighbourhood(place, withDrawing(DATA.graph, DATA.drawing), key, { href: (one) => `#/${one}` })",
            str(key),
        )
        near = {key, *found.prerequisites(key), *found.dependants(key)}
        keys = page.locator("a.dg-node").evaluate_all("all => all.map(one => one.dataset.key)")
        assert sorted(keys) == sorted(map(str, near))
        edges = [item for item in found.dependencies if key in {item.prerequisite, item.dependant}]
        assert page.locator(".dg .dg-line").count() == len(edges)
        assert page.locator(".dg-chosen").get_attribute("data-key") == str(key)
        boxes = [page.locator("a.dg-node rect").nth(i).bounding_box() for i in range(len(keys))]
        assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_provision_without_dependencies_says_so(opened: Callable[..., Page]) -> None:
    """Nothing recorded is a sentence, not an empty drawing."""
    data = {"graph": plain(graph("uk-ai-cop")) | {"edges": []}, "drawing": drawing_data(graph("uk-ai-cop"))}
    page = opened(data)
    page.evaluate(
        "neighbourhood(place, withDrawing(DATA.graph, DATA.drawing), 'uk-ai-cop@2025-01:1.1', { href: String })"
    )
    assert page.locator("#place").inner_text() == "No dependency of this provision is recorded."


def test_hostile_text_stays_text(opened: Callable[..., Page]) -> None:
    """Titles, groups, columns and rationales are shown as they are written; nodes without a place get a size."""
    data = {
        "nodes": [
            {"key": f"own@1:{n}", "number": f"{n}", "title": HOSTILE, "principle": "own@1:P1", "phase": "own@1:a"}
            | {"roles": [], "x": 500 * n, "y": 0}
            for n in (1, 2)
        ],
        "edges": [
            {"from": "own@1:1", "to": "own@1:2", "kind": HOSTILE, "basis": HOSTILE, "rationale": HOSTILE},
            {"from": "own@1:1", "to": "own@1:3", "kind": "informs", "basis": "own", "rationale": "Its end is missing."},
        ],
        "groups": [{"title": HOSTILE, "phase": "own@1:a", "x": 480, "y": -60, "width": 1000, "height": 300}],
        "columns": [{"lines": [HOSTILE], "left": 480, "right": 1480}],
    }
    page = opened(data)
    page.evaluate("window.drawn = drawGraph(place, DATA, { href: (key) => `#/${key}`, label: DATA.nodes[0].title })")
    assert page.locator("#place img").count() == 0
    assert page.locator(".dg-column").text_content() == HOSTILE
    assert page.locator(".dg-crown").text_content() == HOSTILE
    assert page.locator("a.dg-node").nth(0).get_attribute("aria-label") == f"1 {HOSTILE}"
    assert page.locator("svg.dg").get_attribute("aria-label") == HOSTILE
    assert page.locator(".dg-line > title").nth(0).text_content() == f"1 → 2, {HOSTILE} ({HOSTILE}): {HOSTILE}"
    assert page.locator("svg.dg .dg-line").count() == 1
    assert page.locator(".dg-legend b").all_text_contents() == [HOSTILE, "informs"]


def test_kinds_are_those_of_the_library() -> None:
    """The script and the style sheet know every kind of dependency."""
    for kind in DependencyKind:
        assert f"\n  {kind.value}: {{ length:" in read_asset("explorer/scripts/graph/shapes.js")
        assert f".dg-{kind.value} .dg-way" in read_asset("explorer/graph.css")
