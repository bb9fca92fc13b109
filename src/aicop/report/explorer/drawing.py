"""Where a page draws what of a dependency graph, as plain data for `graph.js`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.graph.placing import place
from aicop.graph.svg_markup import LOOKS

if TYPE_CHECKING:
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.graph.svg_markup import Box, Node


def drawing_data(graph: DependencyGraph) -> dict[str, Any]:
    """
    Return the places of the columns, boxes, nodes and lines of a drawing, in whole points.

    The data has no titles or rationales of provisions, which a page has anyway; nodes and lines name the numbers of
    their provisions. Lines are in the order in which they are drawn. *kinds* explains each kind of line, the heaviest
    first.
    """
    picture = place(graph)
    principles = [graph.catalogue[graph.ids[box.members[0]]] for box in picture.boxes]
    return {
        "width": round(picture.width),
        "height": round(picture.height),
        "columns": [
            {"lines": list(column.lines), "left": round(column.left), "right": round(column.right)}
            for column in picture.columns
        ],
        "groups": [
            {"title": graph.catalogue.principle(first.principle).title, "phase": str(first.phase)}
            | {"lines": list(box.lines)}
            | _place(box)
            for box, first in zip(picture.boxes, principles, strict=True)
        ],
        "nodes": {
            node.number: {"lines": list(node.lines), "room": round(node.room), "part": node.part} | _place(node)
            for node in picture.nodes
        },
        "lines": [
            [
                picture.nodes[line.before].number,
                picture.nodes[line.after].number,
                line.kind.value,
                " ".join(f"{x:.0f},{y:.0f}" for x, y in line.points),
            ]
            for line in picture.lines
        ],
        "kinds": {kind.value: look.says for kind, look in reversed(LOOKS.items())},
    }


def _place(item: Node | Box) -> dict[str, int]:
    return {"x": round(item.left), "y": round(item.top), "width": round(item.width), "height": round(item.height)}
