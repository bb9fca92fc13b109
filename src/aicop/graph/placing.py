"""
Place a graph for a drawing without Graphviz.

The graphs of shipped editions have the positions that ship. Any other graph is placed in columns by wave, so that most
lines lead from left to right. Lines are curves between the sides of nodes; they may run over other nodes' lines.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aicop.graph.positions import load
from aicop.graph.svg_markup import (
    BOLD,
    LANDSCAPE,
    LEAD,
    LOOKS,
    NUMBER,
    NUMBER_ROOM,
    PAD,
    TYPE,
    WIDEST_NUMBER,
    Column,
    Line,
    Node,
    Picture,
    label_of,
    measure,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.graph.svg_markup import Point

# In points: the width of a node, the space between two nodes of a column, and the space between two columns.
_WIDE, _GAP, _APART = 380.0, 24.0, 150.0
_BEND = 60.0
"""How far the curve between two nodes above each other bends out."""


def place(graph: DependencyGraph) -> Picture:
    """Return a picture of the whole graph: with shipped positions if there are any, else in columns by wave."""
    shipped = load(graph)
    return place_by_wave(graph) if shipped is None else _with_missing_lines(shipped, graph)


def place_by_wave(graph: DependencyGraph) -> Picture:
    """
    Return a picture of the whole graph in columns by wave; a long wave has several columns side by side.

    Within a wave, provisions are in printed order.
    """
    sized = {key: _node(graph, key.number, graph.catalogue[key].title) for key in graph.ids}
    waves = [[sized[member.id] for member in wave.members] for wave in graph.waves()]
    limit = _limit([node.height + _GAP for node in sized.values()])
    columns: list[Column] = []
    placed: dict[str, Node] = {}
    left = bottom = 0.0
    for number, wave in enumerate(waves, start=1):
        start = left
        for stack in _stacks(wave, limit):
            top = 0.0
            for node in stack:
                placed[node.number] = node._replace(left=left, top=top)
                top += node.height + _GAP
            left += _WIDE + _APART
            bottom = max(bottom, top - _GAP)
        right = left - _APART
        columns.append(Column((f"Wave {number}",), start, right))
    nodes = tuple(placed[key.number] for key in graph.ids)
    picture = Picture(tuple(columns), (), nodes, (), max(0.0, left - _APART), bottom)
    return _with_missing_lines(picture, graph)


def _node(graph: DependencyGraph, number: str, title: str) -> Node:
    """Return a node without a position, with its title wrapped."""
    room = min(max(NUMBER_ROOM, measure(number, NUMBER) * BOLD + 2 * PAD), WIDEST_NUMBER)
    lines = wrap(title, _WIDE - room - PAD - 5, TYPE)
    part = graph.catalogue[number].parent is not None
    return Node(number, title, lines, room, _WIDE, len(lines) * LEAD + 2 * PAD, part)


def _limit(heights: Sequence[float]) -> float:
    """Return the height of a column with which the picture has about the proportions of paper."""
    return max([0.0, math.sqrt(sum(heights) * (_WIDE + _APART) / LANDSCAPE), *heights])


def _stacks(wave: Sequence[Node], limit: float) -> Iterator[list[Node]]:
    """Split the nodes of a wave into columns that are no higher than *limit*."""
    stack: list[Node] = []
    height = 0.0
    for node in wave:
        if stack and height + node.height > limit:
            yield stack
            stack, height = [], 0.0
        stack.append(node)
        height += node.height + _GAP
    yield stack


def _with_missing_lines(picture: Picture, graph: DependencyGraph) -> Picture:
    """Return a picture that also has the dependencies without a line, the lightest kind first."""
    index = {key: i for i, key in enumerate(graph.ids)}
    drawn = {(line.before, line.after, line.kind) for line in picture.lines}
    lines = list(picture.lines)
    for edge in graph.dependencies:
        before, after = index[edge.prerequisite], index[edge.dependant]
        if (before, after, edge.kind) not in drawn:
            way = _course(picture.nodes[before], picture.nodes[after])
            lines.append(Line(before, after, edge.kind, label_of(edge), way))
    level = {kind: i for i, kind in enumerate(LOOKS)}
    return picture._replace(lines=tuple(sorted(lines, key=lambda line: level[line.kind])))


def _course(before: Node, after: Node) -> tuple[Point, ...]:
    """Return the Bézier points of a line from the side of one node to the facing side of another."""
    y, end_y = before.top + before.height / 2, after.top + after.height / 2
    if before.left + before.width <= after.left:
        x, end_x = before.left + before.width, after.left
    elif after.left + after.width <= before.left:
        x, end_x = before.left, after.left + after.width
    else:
        # One above the other: the line leaves and arrives on the right.
        x, end_x = before.left + before.width, after.left + after.width
        bend = max(x, end_x) + _BEND
        return (x, y), (bend, y), (bend, end_y), (end_x, end_y)
    middle = (x + end_x) / 2
    return (x, y), (middle, y), (middle, end_y), (end_x, end_y)
