"""The places of a drawing as plain data."""

from __future__ import annotations

import json

from aicop.graph import graph
from aicop.graph.placing import place
from aicop.report.explorer.drawing import drawing_data
from aicop.vocabulary import DependencyKind
from tests.graph.examples import four_principles


def test_data_has_the_places_of_a_shipped_drawing() -> None:
    """Nodes, boxes, columns and lines are those of the picture, without titles and rationales of provisions."""
    found = graph("uk-ai-cop")
    picture, data = place(found), drawing_data(found)
    assert list(data["nodes"]) == [key.number for key in found.ids]
    first = picture.nodes[0]
    assert data["nodes"]["1.1"] == {
        "lines": list(first.lines),
        "room": first.room,
        "part": False,
        "x": first.left,
        "y": first.top,
        "width": first.width,
        "height": first.height,
    }
    assert [group["title"] for group in data["groups"]] == [item.title for item in found.catalogue.principles]
    assert [group["phase"] for group in data["groups"]] == [str(item.phase) for item in found.catalogue.principles]
    assert [" ".join(column["lines"]) for column in data["columns"]] == [item.title for item in found.catalogue.phases]
    assert sorted(line[:3] for line in data["lines"]) == sorted(
        [item.prerequisite.number, item.dependant.number, item.kind.value] for item in found.dependencies
    )
    assert all(line[3].count(",") == line[3].count(" ") + 1 for line in data["lines"])
    assert sorted(data["kinds"]) == sorted(DependencyKind)
    assert next(iter(data["kinds"])) == "requires"
    assert (data["width"], data["height"]) == (picture.width, picture.height)
    assert found.dependencies[0].rationale not in json.dumps(data)


def test_graphs_of_users_are_in_columns_by_wave() -> None:
    """There are no boxes, and all lengths are whole numbers."""
    found = four_principles()
    data = drawing_data(found)
    assert data["groups"] == []
    assert [column["lines"] for column in data["columns"]] == [[f"Wave {wave.number}"] for wave in found.waves()]
    assert {type(node[name]) for node in data["nodes"].values() for name in ("x", "y", "width", "height")} == {int}
