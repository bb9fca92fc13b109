"""Placing graphs without Graphviz."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings

from aicop.catalogue import loads as load_edition
from aicop.graph import Additions, DependencyGraph, graph, positions
from aicop.graph.placing import _course, _limit, _stacks, place, place_by_wave
from aicop.graph.svg_markup import BOLD, Node, Picture, label_of, measure
from aicop.vocabulary import DependencyKind
from tests.examples import mini_edition
from tests.graph.examples import IDS, WIDE, edge, four_principles, graphs


def check(picture: Picture, found: DependencyGraph) -> None:
    """Check that a picture has the nodes and lines of a graph, and that nodes neither overlap nor leave the picture."""
    assert [node.number for node in picture.nodes] == [key.number for key in found.ids]
    assert sorted(line.label for line in picture.lines) == sorted(map(label_of, found.dependencies))
    for one, other in combinations(picture.nodes, 2):
        beside = one.left >= other.left + other.width or other.left >= one.left + one.width
        assert beside or one.top >= other.top + other.height or other.top >= one.top + one.height
    for node in picture.nodes:
        assert 0 <= node.left < node.left + node.width <= picture.width
        assert 0 <= node.top < node.top + node.height <= picture.height


@settings(max_examples=40)
@given(graphs())
def test_every_graph_is_placed_in_columns_by_wave(found: DependencyGraph) -> None:
    """Each wave has a column of its own, and later waves are to the right of earlier ones."""
    picture = place_by_wave(found)
    check(picture, found)
    number = {key: i for i, key in enumerate(found.ids)}
    assert picture.height == max(node.top + node.height for node in picture.nodes)
    assert picture.width == max(node.left + node.width for node in picture.nodes)
    waves = found.waves()
    assert [" ".join(column.lines) for column in picture.columns] == [f"Wave {wave.number}" for wave in waves]
    for wave, column in zip(waves, picture.columns, strict=True):
        nodes = [picture.nodes[number[member.id]] for member in wave.members]
        assert min(node.left for node in nodes) == column.left
        assert max(node.left + node.width for node in nodes) == column.right


def test_lines_lead_from_side_to_side() -> None:
    """Lines meet the facing sides of their nodes, whether the dependant is on the right, on the left or below."""
    found = four_principles()
    assert place(found) == place_by_wave(found)
    advice = graph(WIDE, Additions(dependencies=(edge(IDS[0], IDS[1], DependencyKind.INFORMS),)))
    seen = set()
    for picture, line in [(placed, line) for placed in (place(found), place(advice)) for line in placed.lines]:
        before, after = picture.nodes[line.before], picture.nodes[line.after]
        (x, y), *_, (end_x, end_y) = line.points
        assert (y, end_y) == (before.top + before.height / 2, after.top + after.height / 2)
        direction = (before.left < after.left) - (before.left > after.left)
        assert x == (before.left if direction < 0 else before.left + before.width)
        assert end_x == (after.left if direction > 0 else after.left + after.width)
        seen.add(direction)
    assert seen == {-1, 0, 1}


@pytest.mark.parametrize(
    ("before", "after", "xs"),
    [
        pytest.param((0, 100), (300, 100), (100, 200, 200, 300), id="on the right"),
        pytest.param((300, 100), (0, 100), (300, 200, 200, 100), id="on the left"),
        pytest.param((0, 100), (100, 100), (100, 100, 100, 100), id="they touch"),
        pytest.param((100, 100), (0, 100), (100, 100, 100, 100), id="they touch on the left"),
        pytest.param((0, 100), (0, 100), (100, 160, 160, 100), id="below"),
        pytest.param((0, 100), (20, 100), (100, 180, 180, 120), id="below and indented"),
        pytest.param((20, 100), (0, 100), (120, 180, 180, 100), id="below and not indented"),
    ],
)
def test_lines_bend_halfway_or_beside_both_nodes(
    before: tuple[float, float], after: tuple[float, float], xs: tuple[float, ...]
) -> None:
    """Halfway if one node is beside the other, and to the right of both if one is above the other."""
    nodes = [
        Node("1", "", (), 0, width, height, part=False, left=left, top=top)
        for (left, width), height, top in ((before, 50, 10), (after, 30, 200))
    ]
    assert _course(*nodes) == tuple(zip(xs, (35, 35, 215, 215), strict=True))


def test_shipped_graphs_keep_their_positions_and_get_lines_of_their_own() -> None:
    """An added dependency is a line among those that ship, the heaviest kinds last."""
    found = graph("uk-ai-cop")
    shipped = positions.load(found)
    assert shipped is not None
    assert place(found)._replace(lines=()) == shipped._replace(lines=())
    assert sorted(place(found).lines) == sorted(shipped.lines)
    ids = {key.number: key for key in found.ids}
    more = graph("uk-ai-cop", Additions(dependencies=(edge(ids["1.1"], ids["13.2"], DependencyKind.TRIGGERS),)))
    picture = place(more)
    assert picture.nodes == shipped.nodes
    assert len(picture.lines) == len(shipped.lines) + 1
    assert picture.lines[-1].kind is DependencyKind.REQUIRES


def test_long_waves_have_several_columns() -> None:
    """Forty provisions without dependencies do not form a tower."""
    data = mini_edition()
    [phase, _] = data["phases"]
    [principle] = phase["principles"]
    sample = principle["provisions"][0]
    many = [sample | {"number": f"1.{n}"} for n in range(1, 41)]
    phase["principles"] = [principle | {"provisions": many}]
    found = graph(load_edition(json.dumps(data | {"phases": [phase]})))
    picture = place(found)
    check(picture, found)
    assert len(picture.columns) == 1
    assert len({node.left for node in picture.nodes}) == 3
    assert 0.7 < picture.width / picture.height < 3


def test_columns_are_about_as_high_as_those_of_a_sheet() -> None:
    """A column takes 530 points of the width; none is lower than the highest node."""
    # Height times width is the area of all columns side by side, and the width is that of paper in landscape.
    high = _limit([100.0] * 40)
    assert high * (high * 2**0.5) == pytest.approx(40 * 100 * 530)
    assert _limit([50.0, 1000.0]) == 1000
    assert _limit([]) == 0
    nodes = [Node(str(place), "", (), 0, 380, 100, part=False) for place in range(5)]
    for limit, sizes in ((224, [2, 2, 1]), (223, [1, 1, 1, 1, 1]), (348, [3, 2]), (50, [1, 1, 1, 1, 1]), (596, [5])):
        stacks = list(_stacks(nodes, limit))
        assert [len(stack) for stack in stacks] == sizes
        assert [node for stack in stacks for node in stack] == nodes


def test_nothing_is_an_empty_picture() -> None:
    """A graph without provisions has a picture without a size."""
    empty = graph("uk-ai-cop").subgraph(role="affected-entity")
    assert place(empty) == Picture((), (), (), (), 0, 0)


def test_placing_needs_no_graphviz() -> None:
    """The library that calls Graphviz is not imported."""
    code = (
        "import sys; from aicop.graph import graph; from aicop.graph.placing import place; "
        "place(graph('uk-ai-cop')); sys.exit('pygraphviz' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- this interpreter


def test_titles_begin_beside_their_numbers() -> None:
    """Numbers have what they need with 12 points on both sides, but at most 200 points, and titles what is left of 380 points but 17."""
    long = "1.1000.100"
    data = mini_edition()
    first = data["phases"][0]["principles"][0]
    sample = first["provisions"][0]
    titles = {"1.1": "r" * 29, "1.2": "i" * 33 + "rrrrn", long: "One", "1.1000.1000.1000.1000": "Two"}
    first["provisions"] = [sample | {"number": number, "title": title} for number, title in titles.items()]
    nodes = {node.number: node for node in place_by_wave(graph(load_edition(json.dumps(data)))).nodes}
    assert [nodes[number].room for number in titles] == [
        *(measure(number, 25) * BOLD + 24 for number in ("1.1", "1.2", long)),
        200,
    ]
    assert round(nodes["1.1"].room, 1) == 70.3
    # These titles of one word need 292.3 and 293.5 points, and have 292.7.
    assert [round(measure(titles[number], 24), 1) for number in ("1.1", "1.2")] == [292.3, 293.5]
    assert [len(nodes[number].lines) for number in titles] == [1, 2, 1, 1]
    assert [nodes[number].height for number in titles] == [27 + 24, 2 * 27 + 24, 27 + 24, 27 + 24]
