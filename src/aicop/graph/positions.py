"""
The positions of the drawings of shipped graphs, which were laid out with Graphviz and ship as data.

A file has the places of nodes, boxes, columns and lines, in whole points. Titles and rationales are those of the graph.
`aicop.graph.placing` uses the positions, so that a drawing needs no Graphviz.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from aicop._resources import read
from aicop.errors import MissingData
from aicop.graph.svg_markup import Box, Column, Line, Node, Picture, label_of
from aicop.vocabulary import DependencyKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.graph.svg_markup import Point
    from aicop.ids import EditionId

_LAYOUT = 1
"""The number of the layout; raise it if `aicop.graph.svg_layout` places the same graph differently."""


def path_of(edition: EditionId) -> str:
    """Return the path of the positions of an edition below ``data/``."""
    return f"positions/{edition}.json"


def digest_of(graph: DependencyGraph) -> str:
    """Return the digest of everything that decides a layout: titles, groups, and the ends and kinds of lines."""
    catalogue = graph.catalogue
    parts = [
        _LAYOUT,
        [(item.number, catalogue[item].title, str(catalogue[item].principle)) for item in graph.ids],
        [(str(item.id), item.title, str(item.phase)) for item in catalogue.principles],
        [(str(item.id), item.title) for item in catalogue.phases],
        [(item.prerequisite.number, item.dependant.number, item.kind.value) for item in graph.dependencies],
    ]
    return f"sha256:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"


def dumps(graph: DependencyGraph, picture: Picture) -> str:
    """Return the positions of a picture of the whole graph as JSON, with one node, box, column or line per line."""
    names = [item.number for item in graph.ids]
    parts: dict[str, list[dict[str, Any]]] = {
        "columns": [
            {"lines": column.lines, "left": round(column.left), "right": round(column.right)}
            for column in picture.columns
        ],
        "boxes": [
            {
                "lines": box.lines,
                "crown": round(box.crown),
                "place": _place(box),
                "members": [names[i] for i in box.members],
            }
            for box in picture.boxes
        ],
        "nodes": [
            {"number": node.number, "lines": node.lines, "room": round(node.room), "part": node.part}
            | {"place": _place(node)}
            for node in picture.nodes
        ],
        "lines": [
            {"before": names[line.before], "after": names[line.after], "kind": line.kind.value}
            | {"points": " ".join(f"{x:.0f},{y:.0f}" for x, y in line.points)}
            for line in picture.lines
        ],
    }
    facts = {
        "edition": str(graph.catalogue.id),
        "digest": digest_of(graph),
        "width": round(picture.width),
        "height": round(picture.height),
    }
    head = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in facts.items()]
    rows = (
        (name, ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in items))
        for name, items in parts.items()
    )
    tables = [f'  "{name}": [\n{lines}\n  ]' for name, lines in rows]
    return "{\n" + ",\n".join([*head, *tables]) + "\n}\n"


def _place(item: Node | Box) -> list[int]:
    return [round(item.left), round(item.top), round(item.width), round(item.height)]


def load(graph: DependencyGraph) -> Picture | None:
    """
    Return the shipped picture of a graph, or None if none ships for its edition or the graph lacks a provision.

    Dependencies that are not in the graph are left out. Those that have no line in the picture are in the graph alone.
    """
    try:
        text = read(path_of(graph.catalogue.id))
    except MissingData:
        return None
    return loads(text, graph)


def loads(text: str, graph: DependencyGraph) -> Picture | None:
    """Return the picture that `dumps` wrote, or None if its nodes are not those of the graph."""
    data = json.loads(text)
    place = {item.number: i for i, item in enumerate(graph.ids)}
    if [item["number"] for item in data["nodes"]] != list(place):
        return None
    edges = {(item.prerequisite.number, item.dependant.number, item.kind.value): item for item in graph.dependencies}
    lines = []
    for item in data["lines"]:
        ends = item["before"], item["after"]
        if (edge := edges.get((*ends, item["kind"]))) is not None:
            way = tuple(_point(point) for point in item["points"].split())
            lines.append(Line(place[ends[0]], place[ends[1]], DependencyKind(item["kind"]), label_of(edge), way))
    return Picture(
        columns=tuple(Column(tuple(item["lines"]), item["left"], item["right"]) for item in data["columns"]),
        boxes=tuple(_box(item, [place[one] for one in item["members"]]) for item in data["boxes"]),
        nodes=tuple(
            _node(item, graph.catalogue[key].title) for key, item in zip(graph.ids, data["nodes"], strict=True)
        ),
        lines=tuple(lines),
        width=data["width"],
        height=data["height"],
    )


def _box(item: dict[str, Any], members: Iterable[int]) -> Box:
    left, top, width, height = item["place"]
    return Box(tuple(item["lines"]), item["crown"], tuple(members), width, height, left, top)


def _node(item: dict[str, Any], title: str) -> Node:
    left, top, width, height = item["place"]
    return Node(item["number"], title, tuple(item["lines"]), item["room"], width, height, item["part"], left, top)


def _point(written: str) -> Point:
    x, y = written.split(",")
    return float(x), float(y)
