"""Where the drawing places things."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from aicop import Catalogue, load
from aicop.catalogue import loads as load_edition
from aicop.errors import MissingExtra
from aicop.graph import DependencyGraph, graph, svg
from aicop.graph import svg_layout as picture
from aicop.graph.svg_markup import NUMBER, measure
from tests.examples import mini_edition
from tests.graph.examples import WIDE, graphs

SVG = "{http://www.w3.org/2000/svg}"


def numbered(*principles: list[str]) -> Catalogue:
    """Give an edition of one phase whose principles have provisions of these numbers."""
    data = mini_edition()
    [phase, _] = data["phases"]
    [principle] = phase["principles"]
    sample: dict[str, Any] = principle["provisions"][0]
    phase["principles"] = [
        principle | {"number": place, "provisions": [sample | {"number": number} for number in numbers]}
        for place, numbers in enumerate(principles, start=1)
    ]
    return load_edition(json.dumps(data | {"phases": [phase]}))


def size(root: ET.Element) -> tuple[float, float]:
    """Give width and height of a sheet."""
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    return width, height


def groups(root: ET.Element, letter: str) -> list[ET.Element]:
    """Give the groups of nodes (n) or lines (e)."""
    return [item for item in root.iter(f"{SVG}g") if item.get("class", "").startswith(letter) and len(item) > 1]


def titles(items: list[ET.Element]) -> list[str]:
    """Give the title of each group; there is just one."""
    found = [[title.text or "" for title in item.findall(f"{SVG}title")] for item in items]
    assert all(len(each) == 1 for each in found)
    return [title for [title] in found]


def lines_of(found: DependencyGraph) -> list[str]:
    """Give what the lines of a graph should be called."""
    return sorted(
        f"{item.prerequisite.number} → {item.dependant.number}, {item.kind}: {item.rationale}"
        for item in found.dependencies
    )


def check(found: DependencyGraph) -> ET.Element:
    """Check that everything is drawn once, within the sheet, in boxes wide enough for its text."""
    root = ET.fromstring(svg(found))  # noqa: S314 -- our own
    nodes, lines = groups(root, "n"), [item for item in groups(root, "e") if item.find(f"{SVG}title") is not None]
    assert titles(nodes) == [f"{item.number} {found.catalogue[item].title}" for item in found.ids]
    assert sorted(titles(lines)) == lines_of(found)
    assert len(list(root.iter(f"{SVG}title"))) == 1 + len(nodes) + len(lines)
    for node in nodes:
        [rect], [number, title] = node.findall(f"{SVG}rect"), node.findall(f"{SVG}text")
        right = float(rect.attrib["x"]) + float(rect.attrib["width"])
        bottom = float(rect.attrib["y"]) + float(rect.attrib["height"])
        assert 0 <= float(rect.attrib["x"]) < right <= size(root)[0]
        [label] = number
        starts = [float(span.attrib["x"]) for span in title]
        wide = measure(label.text or "", float(number.attrib["font-size"]))
        assert float(label.attrib["x"]) + wide <= min(starts)
        for span, start in zip(title, starts, strict=True):
            assert start + measure(span.text or "", float(title.attrib["font-size"])) <= right
            assert float(span.attrib["y"]) < bottom
    return root


@pytest.mark.parametrize("edition", ["uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"])
def test_shipped_graphs_are_drawn_whole(edition: str) -> None:
    """Every provision and every dependency once, and every phase apart."""
    found = graph(load(edition))
    check(found)
    for phase in found.catalogue.phases:
        width, height = size(check(found.subgraph(phase=phase.id)))
        assert 1000 < width < 2500
        assert height < 3000


@settings(max_examples=25)
@given(graphs())
def test_random_graphs_are_drawn_whole(found: DependencyGraph) -> None:
    """Also with circles and with several kinds between two provisions."""
    check(found)


def test_the_same_graph_gives_the_same_text() -> None:
    """Whatever the seed of hashes."""
    program = (
        "import sys; from aicop import load; from aicop.graph import graph; from aicop.graph.svg_layout import svg;"
        "sys.stdout.buffer.write(svg(graph(load('uk-ai-cop'))).encode())"
    )
    texts = [
        subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True)  # noqa: S603 -- this interpreter
        for seed in ("1", "2")
    ]
    assert texts[0].stdout == texts[1].stdout == svg(graph(load("uk-ai-cop"))).encode()


def test_numbers_of_any_length_have_room() -> None:
    """Longer ones get more room, and the longest smaller type."""
    sizes = []
    for text in ("1.1", "1.1000.1", "1.1000.1000.1000.1000.1000"):
        [node] = groups(check(graph(numbered([text]))), "n")
        [number, title] = node.findall(f"{SVG}text")
        sizes.append((float(number.attrib["font-size"]), float(title[0].attrib["x"]) - float(number[0].attrib["x"])))
    assert [size == NUMBER for size, _ in sizes] == [True, True, False]
    assert sizes[0][1] < sizes[1][1] < sizes[2][1]


def test_large_graphs_are_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others get eight tries, of which the best is taken."""
    tries = []
    attempt = picture._attempt

    def counted(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 -- passed on
        tries.append(more)
        return attempt(*arguments, **more)

    monkeypatch.setattr(picture, "_attempt", counted)
    svg(graph(WIDE))
    assert len(tries) == 8
    tries.clear()
    check(graph(numbered(*([f"{one}.{other}" for other in range(1, 8)] for one in range(1, 31)))))
    assert len(tries) == 1


def test_an_empty_graph_is_a_small_sheet() -> None:
    """It says so."""
    root = check(graph(WIDE).subgraph(role="Affected Entity"))
    assert size(root) == (1100, 224)
    assert "nothing to draw" in "".join(root.itertext())


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, with what to install, whatever is to be drawn."""
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(MissingExtra) as caught:
        svg(graph(WIDE))
    assert caught.value == MissingExtra("draw", "pygraphviz")
    assert isinstance(caught.value.__cause__, ImportError)


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([100.0], [[0]]),
        ([1000.0, 1000.0], [[0, 1]]),
        ([1000.0, 500.0, 500.0, 1000.0], [[0, 1], [2, 3]]),
        ([900.0, 900.0, 300.0, 300.0, 300.0], [[0, 1], [2, 3, 4]]),
        ([5000.0, 10.0, 3000.0], [[0], [1, 2]]),
    ],
)
def test_boxes_are_stacked_evenly(heights: list[float], expected: list[list[int]]) -> None:
    """In as few stacks as the height allows, in order, the highest as low as it can be."""
    assert picture._stacks(heights) == expected
