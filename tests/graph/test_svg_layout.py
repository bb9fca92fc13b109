"""The layout of the SVG drawing."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from aicop import Catalogue, load
from aicop.catalogue import loads as load_edition
from aicop.errors import MissingExtra
from aicop.graph import DependencyGraph, graph, svg
from aicop.graph import svg_layout as picture
from aicop.graph.captions import filter_graph
from aicop.graph.svg_markup import BOLD, NUMBER, Box, Column, Node, Picture, landscape_width, measure
from aicop.vocabulary import DependencyKind
from tests.examples import mini_edition
from tests.graph.examples import IDS, SNAPSHOTS, WIDE, edge, four_principles, graphs
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

SVG = "{http://www.w3.org/2000/svg}"


def numbered(*principles: list[str]) -> Catalogue:
    """Return an edition of one phase whose principles have provisions with these numbers."""
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
    """Return the width and height of a drawing."""
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    return width, height


def groups(root: ET.Element, letter: str) -> list[ET.Element]:
    """Return the groups of nodes (n) or lines (e)."""
    return [item for item in root.iter(f"{SVG}g") if item.get("class", "").startswith(letter) and len(item) > 1]


def titles(items: list[ET.Element]) -> list[str]:
    """Return the one title of each group."""
    found = [[title.text or "" for title in item.findall(f"{SVG}title")] for item in items]
    assert all(len(each) == 1 for each in found)
    return [title for [title] in found]


def lines_of(found: DependencyGraph) -> list[str]:
    """Return the expected titles of the lines of a graph."""
    return sorted(
        f"{item.prerequisite.number} → {item.dependant.number}, {item.kind}: {item.rationale}"
        for item in found.dependencies
    )


def page(root: ET.Element) -> float:
    """Return the width of the landscape page that a drawing needs."""
    width, height = size(root)
    return max(width, height * 2**0.5)


def heading(root: ET.Element) -> list[list[str]]:
    """Return the lines of the texts above the columns, except the legend: title, facts, how to read."""
    texts = root.findall(f"{SVG}text")[:3]
    return [[span.text or "" for span in text] for text in texts]


def check(found: DependencyGraph) -> ET.Element:
    """Check that everything is drawn once, within the drawing, in boxes wide enough for their text."""
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
    """Every provision and dependency is drawn once, and the type is large enough on a page."""
    found = graph(load(edition))
    assert page(check(found)) < 4900
    for phase in found.catalogue.phases:
        assert page(check(found.subgraph(phase=phase.id))) < 3000


def height_used(root: ET.Element) -> float:
    """Return the share of the height below the heading between the first box's top and the last box's end."""
    drawing = root.find(f"{SVG}g[@transform]")
    assert drawing is not None
    boxes = drawing.findall(f"{SVG}rect")
    tops = [float(box.attrib["y"]) for box in boxes]
    ends = [float(box.attrib["y"]) + float(box.attrib["height"]) for box in boxes]
    bands = [item for item in root.findall(f"{SVG}rect") if item.get("fill") == "#e4edf6"]
    return (max(ends) - min(tops)) / float(bands[0].attrib["height"])


@pytest.mark.parametrize("filters", [{}, {"role": "Developer"}, {"phase": "secure-development"}], ids=str)
def test_the_height_of_a_sheet_is_used(filters: dict[str, str]) -> None:
    """Boxes are laid out so that at least three quarters of the height are used."""
    found = graph(load("uk-ai-cop")).subgraph(**filters)
    assert height_used(check(found)) > 0.75


def test_a_drawing_has_a_caption() -> None:
    """The caption is in the heading, and in the title and description for assistive technology."""
    found = graph(load("uk-ai-cop"))
    root = ET.fromstring(svg(found, role="Data Custodian", date=dt.date(2026, 11, 30)))  # noqa: S314 -- our own
    [title], facts, read = heading(root)
    assert title == found.catalogue.edition.title
    assert " · ".join(facts) == (
        "Dependencies between provisions · uk-ai-cop@2025-01 · Role: Data Custodian · 5 of 72 provisions · "
        "5 dependencies · 2026-11-30"
    )
    named = f"Dependencies between provisions: {title}, {' · '.join(facts).partition(' · ')[2]}"
    assert root.findtext(f"{SVG}title") == root.get("aria-label") == named
    assert root.findtext(f"{SVG}desc") == " ".join(read)
    assert [label.partition(" ")[0] for label in titles(groups(root, "n"))] == ["2.5", "5.1", "5.2", "5.4", "5.4.1"]


def test_facts_of_any_length_are_wrapped() -> None:
    """Facts wrap between each other, and within a fact that is wider than the drawing."""
    data = mini_edition()
    data["phases"][0]["title"] = "Secure " + "and secure " * 20 + "start"
    found = graph(load_edition(json.dumps(data)))
    root = ET.fromstring(svg(found, phase=found.catalogue.phases[0].id))  # noqa: S314 -- our own
    _, facts, _ = heading(root)
    assert " ".join(facts).startswith("Dependencies between provisions · mini-code@1 · Phase: Secure and secure and")
    assert len(facts) > 2
    assert all(measure(line, 24) * 1.08 <= size(root)[0] - 100 for line in facts)


@settings(max_examples=25)
@given(graphs())
def test_random_graphs_are_drawn_whole(found: DependencyGraph) -> None:
    """Graphs with cycles and with parallel edges are drawn completely."""
    check(found)


def test_the_same_graph_gives_the_same_text() -> None:
    """The SVG does not depend on the hash seed."""
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
    """Longer numbers get more room, and the longest smaller type."""
    sizes = []
    for text in ("1.1", "1.1000.1", "1.1000.1000.1000.1000.1000"):
        [node] = groups(check(graph(numbered([text]))), "n")
        [number, title] = node.findall(f"{SVG}text")
        sizes.append((float(number.attrib["font-size"]), float(title[0].attrib["x"]) - float(number[0].attrib["x"])))
    assert [size == NUMBER for size, _ in sizes] == [True, True, False]
    assert sizes[0][1] < sizes[1][1] < sizes[2][1]


def test_parts_of_a_provision_are_indented() -> None:
    """By 20 points; all numbers of a level have the same room, in which the longest fits, but at most 200 points."""
    data = mini_edition()
    first = data["phases"][0]["principles"][0]
    one, part, _ = first["provisions"]
    del data["phases"][1]
    first["provisions"] = [
        one | {"title": "r" * 33},
        part,
        part | {"number": "1.1.2"},
        one | {"number": "1.2", "title": "i" * 42 + "nn"},
    ]
    short = measure("1.1", 25) * BOLD + 24
    for number, room in (("1.1.100.100", measure("1.1.100.100", 25) * BOLD + 24), ("1.1.1000.1000.1000", 200)):
        first["provisions"][2]["number"] = number
        nodes = list(picture._nodes(graph(load_edition(json.dumps(data))), 420))
        assert [(node.room, node.width, node.part) for node in nodes] == [
            *((short, 420, False), (room, 400, True), (room, 400, True), (short, 420, False))
        ]
        # The two titles need 332.6 and 333.6 points, and have 332.7: 420 without the room of the number and 17.
        assert [round(x, 1) for x in (measure("r" * 33, 24), measure("i" * 42 + "nn", 24), 420 - short - 17)] == [
            *(332.6, 333.6, 332.7)
        ]
        assert [len(nodes[place].lines) for place in (0, 3)] == [1, 2]
        assert [nodes[place].height for place in (0, 3)] == [27 + 24, 2 * 27 + 24]


def test_large_graphs_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small graphs get many layouts, of which the best is used; large ones get one."""
    tries = []
    attempt = picture._attempt

    def counted(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 -- passed on
        tries.append(more)
        return attempt(*arguments, **more)

    monkeypatch.setattr(picture, "_attempt", counted)
    svg(graph(WIDE))
    # Two sizes, seven more variants of each of the best two, and three wider gaps.
    assert len(tries) == 2 + 2 * 7 + 3
    tries.clear()
    check(graph(numbered(*([f"{one}.{other}" for other in range(1, 8)] for one in range(1, 31)))))
    assert len(tries) == 1


def test_up_to_two_hundred_provisions_are_laid_out_in_many_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph with more is laid out once."""
    tries = []

    def attempt(plan: Any, dot: Any, way: Any, caption: Any) -> Any:  # noqa: ANN401, ARG001 -- passed on
        tries.append(way)
        return picture._Try(0, 0, 0, plan, way, dot)

    monkeypatch.setattr(picture, "_attempt", attempt)
    ten = [[f"{one}.{other}" for other in range(1, 21)] for one in range(1, 11)]
    for principles, once in ((ten, False), ([*ten, ["11.1"]], True)):
        tries.clear()
        found = graph(numbered(*principles))
        picture._best_layout(found, dict, filter_graph(found)[1])
        assert (len(tries) == 1) is once


@pytest.mark.parametrize(
    ("rate", "best"),
    [
        pytest.param(lambda _, way: (way[0] < 1 or way[1] > 40, 1, 1), (420, 2300, 13, True, 40, False), id="swaps"),
        pytest.param(lambda sizes, way: (0, abs(sizes[1] - 1250) + sizes[0], way[1]), (380, 1250, 13), id="page"),
        pytest.param(lambda sizes, _: (0, 0, abs(sizes[2] - 24)), (420, 2300, 24, False, 400, False), id="space"),
        pytest.param(lambda sizes, way: (way[2], sizes[2], -sizes[2]), (420, 2300, 13, False, 400, False), id="all"),
    ],
)
def test_the_best_layout_has_the_fewest_swaps_then_the_smallest_page(
    monkeypatch: pytest.MonkeyPatch, rate: Callable[..., tuple[int, float, float]], best: tuple[object, ...]
) -> None:
    """Then the most space; the first of several that are equally good."""

    def attempt(plan: Any, dot: Any, way: Any, caption: Any) -> Any:  # noqa: ANN401, ARG001 -- passed on
        return picture._Try(*rate(plan.sizes, way), plan, way, dot)

    monkeypatch.setattr(picture, "_attempt", attempt)
    # Every choice of sizes gives other stacks.
    monkeypatch.setattr(picture, "_plans", lambda found: [picture._plan(found, sizes) for sizes in picture._SIZES])
    found = picture._best_layout(graph(WIDE), dict, filter_graph(graph(WIDE))[1])
    assert (*found.plan.sizes, *found.way)[: len(best)] == best


class Grid:
    """A stand-in for a graph of dot, which places each stack in a column, and keeps what it is asked."""

    def __init__(self, **more: str | bool) -> None:
        self.asked = [f"graph {more}"]
        self.graph_attr = {"bb": ""}
        self.node_attr: dict[str, str] = {}
        self.edge_attr: dict[str, str] = {}
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: dict[tuple[str, str, str], dict[str, str]] = {}
        self.ranks: list[list[str]] = []
        self.ports: dict[str, dict[str, tuple[float, float]]] = {}

    def add_node(self, name: str, **more: str) -> None:
        """Keep a node."""
        self.asked.append(f"node {name} {more}")
        self.nodes[name] = more

    def add_subgraph(self, names: list[str], name: str, rank: str) -> None:
        """Keep the nodes of a rank."""
        self.asked.append(f"subgraph {name} {rank} {names}")
        self.ranks.append(names)

    def add_edge(self, one: str, other: str, key: str = "", **more: str) -> None:
        """Keep an edge."""
        self.asked.append(f"edge {one} {other} {key} {more}")
        self.edges[one, other, key] = more

    def layout(self, prog: str) -> None:
        """Place the boxes of each rank below each other, and let edges run straight from port to port."""
        self.asked.append(f"{prog} {self.node_attr} {self.edge_attr}")
        left, lowest = 7.0, 0.0
        for rank in self.ranks:
            top, wide = 1000.0, 0.0
            for name in rank:
                rows = re.findall(r'PORT="(\w+)".*?WIDTH="([\d.]+)" HEIGHT="([\d.]+)"', self.nodes[name]["label"])
                high, wide = sum(float(row[2]) for row in rows), max([wide, *(float(row[1]) for row in rows)])
                self.nodes[name]["pos"] = f"{left + wide / 2},{top - high / 2}"
                for port, width, height in rows:
                    level = top - float(height) / 2
                    self.ports[port] = {"w": (left, level), "e": (left + float(width), level)}
                    top -= float(height)
                lowest = min(lowest, top)
                top -= 40
            left += wide + 200
        self.graph_attr["bb"] = f"7,{lowest - 3},{left - 200},1000"
        for (_, _, key), kept in self.edges.items():
            if key:
                ends = [kept[end].split(":") for end in ("tailport", "headport")]
                (ax, ay), (bx, by) = (self.ports[port][side] for port, side in ends)
                way = [(ax + (bx - ax) * step / 6, ay + (by - ay) * step / 6) for step in range(7)]
                kept["pos"] = " ".join(f"{x:.0f},{y:.0f}" for x, y in way)

    def get_node(self, name: str) -> SimpleNamespace:
        """Return the attributes of a node."""
        return SimpleNamespace(attr=self.nodes[name])

    def get_edge(self, one: str, other: str, key: str) -> SimpleNamespace:
        """Return the attributes of an edge."""
        return SimpleNamespace(attr=self.edges[one, other, key])


def test_a_layout_matches_its_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    """What dot is asked, and what is drawn from its answer, whatever version of Graphviz there is."""
    made: list[Grid] = []

    def grid(**more: str | bool) -> Grid:
        made.append(Grid(**more))
        return made[-1]

    monkeypatch.setattr(picture, "_agraph", lambda: grid)
    drawn = svg(four_principles())
    same_as_snapshot("layout.svg", drawn, SNAPSHOTS)
    same_as_snapshot(
        "layout.txt", "".join(f"{line}\n" for one in (made[0], made[-4], made[-1]) for line in one.asked), SNAPSHOTS
    )


def test_an_empty_graph_is_a_small_drawing() -> None:
    """A small drawing says that there is nothing to draw."""
    root = check(graph(WIDE).subgraph(role="Affected Entity"))
    assert size(root)[0] == 1100
    assert size(root)[1] < 250
    assert root.findtext(f"{SVG}desc") == "There is nothing to draw, because no provision matches the filters."


def test_a_missing_extra_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pygraphviz, the error names the extra and the package to install."""
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
    """Boxes fill as few stacks as the height allows, in order, with the highest stack as low as possible."""
    assert picture._stacks(heights, 2300) == expected


def test_no_stack_is_lower_than_the_highest_box() -> None:
    """So that the others are filled up to that height, even exactly."""
    assert picture._stacks([10.0, 20.0, 30.0], 30) == [[0, 1], [2]]
    assert picture._stacks([100.0, 50.0, 30.0, 20.0, 60.0], 100) == [[0], [1, 2, 3], [4]]
    assert picture._stacks([100.0, 50.0, 30.0, 20.0, 60.0], 50) == [[0], [1, 2, 3], [4]]


def test_titles_of_boxes_and_columns_fit_into_them() -> None:
    """A box of 516 points leaves 36 beside its title, and a column is as wide as its stacks."""
    data = mini_edition()
    [first, second] = data["phases"]
    for phase, title in zip((first, second), TITLES, strict=True):
        phase["principles"][0]["title"] = title
        phase["title"] = "Secure Development"
    plan = picture._plan(graph(load_edition(json.dumps(data))), picture._Sizes(420, 900))
    needed = [measure(f"{box.lines[0][0]} {title}", 28) * BOLD for box, title in zip(plan.boxes, TITLES, strict=True)]
    assert [479 < one <= 480 for one in needed] == [True, False]
    assert [480 < one <= 481 for one in needed] == [False, True]
    assert [len(box.lines) for box in plan.boxes] == [1, 2]
    # Regular type of 44 points would fit.
    assert measure("Secure Development", 44) < 516 < measure("Secure Development", 44) * BOLD
    assert [column.lines for column, _ in plan.columns] == [("Secure", "Development")] * 2
    several = four_principles()
    [(column, runs), _] = picture._plan(several, picture._Sizes(420, 900)).columns
    assert len(runs) > 1
    assert len(column.lines) == 1


TITLES = ("i" + "r" * 33, "n" + "i" * 6 + "r" * 28)


def test_an_attempt_is_rated_by_what_dot_answers() -> None:
    """By the number of boxes that it swapped, the page that is needed, and the space between nodes."""

    class Swapping(Grid):
        def layout(self, prog: str) -> None:
            super().layout(prog)
            first, second = self.nodes["g0"], self.nodes["g1"]
            first["pos"], second["pos"] = second["pos"], first["pos"]

    found = four_principles()
    caption = filter_graph(found)[1]
    plan = picture._plan(found, picture._SIZES[0])
    # The first two boxes are in one stack, and so is the third.
    assert plan.stacks == [[0, 1, 2], [3]]
    for kind, swapped in ((Grid, 0), (Swapping, 1)):
        dot: Any = kind()
        tried = picture._attempt(plan, dot, picture._Way(below=False, pull=400, by_kind=False), caption)
        left, bottom, right, top = map(float, dot.graph_attr["bb"].split(","))
        kinds = {item.kind for item in found.dependencies}
        columns = [column for column, _ in plan.columns]
        size = round(landscape_width(right - left, top - bottom, caption, kinds, columns))
        assert (tried.swapped, tried.size, tried.tight) == (swapped, size, -13)
        assert isinstance(tried.size, int)


def star(height: float, count: int) -> Any:  # noqa: ANN401 -- a plan
    """Return a plan of two boxes, each of one node, with several links between them."""
    nodes = [
        Node(number, "", (), 0, 100, height, part=False, left=left, top=50)
        for number, left in (("1", 0.0), ("2", 500.0))
    ]
    boxes = [Box((), 0, (place,), 200, 500) for place in (0, 1)]
    links = [picture._Link(0, 1, "e", "w", edge(IDS[0], IDS[1], DependencyKind.INFORMS)) for _ in range(count)]
    return picture._Plan(picture._SIZES[0], nodes, boxes, [(Column(()), [[0], [1]])], links, {0: 0, 1: 1})


def test_links_leave_a_node_in_the_order_of_their_fifth_points() -> None:
    """Counted from each end of their routes, which are spread evenly; a short route counts to its other end."""
    plan = star(140, 3)
    first, last = (3, 1, 2), (2, 3, 1)
    routes = [
        # Only the fifth points from both ends have the order; their neighbours have others.
        [(0.0, float(y)) for y in (*start, 0, first[place], 9 - place, 5, 9 - place, last[place], 0, *start)]
        for place, start in enumerate(((1, 2, 3), (2, 1, 1), (3, 3, 2)))
    ]
    level = picture._levels(plan, routes)
    middle = 50 + 140 / 2
    assert level == {
        **{(place, 0): middle + (y - 2) * 11 for place, y in enumerate(first)},
        **{(place, 1): middle + (y - 2) * 11 for place, y in enumerate(last)},
    }
    short = [[(0.0, float(y)) for y in (start, 7, 7, end)] for start, end in ((1, 2), (2, 0), (0, 1))]
    level = picture._levels(plan, short)
    assert [level[place, 0] - middle for place in range(3)] == [11, -11, 0]
    assert [level[place, 1] - middle for place in range(3)] == [0, 11, -11]
    # Many links are closer together, and keep seven points from the corners.
    many = picture._levels(star(51, 10), [[(0.0, float(place))] * 4 for place in range(10)])
    heights = [many[place, 0] for place in range(10)]
    assert heights == pytest.approx([50 + 51 / 2 + (place - 4.5) * 3.7 for place in range(10)])


def test_links_within_a_box_enclose_shorter_ones() -> None:
    """They arrive above all others and leave below them, and bend beside the wider node."""
    nodes = [
        Node(str(place), "", (), 0, 100, 200, part=False, left=10.0 * place, top=300.0 * place) for place in range(3)
    ]
    inform = edge(IDS[0], IDS[1], DependencyKind.INFORMS)
    ends = ((0, 2), (1, 2), (0, 1), (0, 2))
    links = [picture._Link(first, last, "e", "e", inform) for first, last in ends]
    plan = star(1, 1)._replace(nodes=nodes, links=links)
    # The last of them has a route, which lies far above.
    level = picture._levels(plan, [[], [], [], [(0.0, -99.0)] * 5])
    for node, order in ((0, [(3, 0), (0, 0), (2, 0)]), (2, [(1, 1), (0, 1), (3, 1)])):
        assert [level[end] for end in order] == [300 * node + 100 + place * 11 for place in (-1, 0, 1)]
    routed = [picture._Link(first, last, "e", "e", inform) for first, last in ((1, 2), (0, 1))]
    ways = [[(0.0, y)] * 5 for y in (-99.0, 99.0)]
    level = picture._levels(plan._replace(links=[*links, *routed]), [[], [], [], ways[1], *ways])
    for node, order in ((0, [(3, 0), (5, 0), (0, 0), (2, 0)]), (1, [(2, 1), (4, 0), (5, 1), (1, 0)])):
        assert [level[end] for end in order] == [300 * node + 100 + (place - 1.5) * 11 for place in range(4)]
    # Thirty points for a neighbour, and eight more for each node between.
    assert picture._course(plan, links[2], [], (1, 2)) == [(100, 1), (140, 1), (140, 2), (110, 2)]
    assert picture._course(plan, links[0], [], (1, 2)) == [(100, 1), (158, 1), (158, 2), (120, 2)]
    west = links[1]._replace(out="w", into="w")
    assert picture._course(plan, west, [], (1, 2)) == [(10, 1), (-20, 1), (-20, 2), (20, 2)]


def test_a_graph_without_provisions_needs_no_layout() -> None:
    """Its picture has no size."""
    assert picture.lay_out(graph(WIDE).subgraph(role="Affected Entity")) == Picture((), (), (), (), 0, 0)


def test_routes_that_return_to_their_side_do_not_cover_each_other() -> None:
    """They are moved away from the boxes by ten points, and by five more for each of five in turn."""
    plan = star(51, 12)
    dot: Any = SimpleNamespace(
        graph_attr={"bb": "10,20,300,400"},
        get_edge=lambda one, other, key: (
            SimpleNamespace(attr={"pos": "40,300 60,310"}) if (one, other, key[0]) == ("g0", "g1", "e") else None
        ),
    )
    for out, into, sign in (("e", "w", 0), ("e", "e", 1), ("w", "w", -1)):
        sided = plan._replace(links=[link._replace(out=out, into=into) for link in plan.links])
        for place in range(12):
            aside = sign * (10, 15, 20, 25, 30)[place % 5]
            assert picture._route(dot, sided, place) == [(30 + aside, 100), (50 + aside, 90)]
    assert picture._route(dot, plan._replace(box_of={0: 0, 1: 0}), 0) == []
