"""The shipped positions of drawings."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from aicop import load
from aicop.graph import graph, positions, svg_layout
from aicop.graph.placing import place_by_wave
from aicop.graph.svg_layout import lay_out
from aicop.graph.svg_markup import Column, Picture, label_of
from aicop.manifest import editions
from tests.graph.examples import SNAPSHOTS, WIDE, four_principles
from tests.graph.test_svg_layout import Grid
from tests.interop.snapshots import same_as_snapshot

EDITIONS = [str(edition) for edition in editions()]
DATA = Path(__file__).parent.parent.parent / "data"


def whole(picture: Picture) -> Picture:
    """Return a picture with all lengths as whole points."""
    return picture._replace(
        columns=tuple(item._replace(left=round(item.left), right=round(item.right)) for item in picture.columns),
        boxes=tuple(
            item._replace(crown=round(item.crown), **{name: round(getattr(item, name)) for name in SIZES})
            for item in picture.boxes
        ),
        nodes=tuple(
            item._replace(room=round(item.room), **{name: round(getattr(item, name)) for name in SIZES})
            for item in picture.nodes
        ),
        lines=tuple(
            item._replace(points=tuple((float(f"{x:.0f}"), float(f"{y:.0f}")) for x, y in item.points))
            for item in picture.lines
        ),
        width=round(picture.width),
        height=round(picture.height),
    )


SIZES = ("left", "top", "width", "height")


def test_what_is_written_is_read_back() -> None:
    """The picture comes back in whole points, with titles and labels of the graph."""
    found = four_principles()
    picture = lay_out(found)
    text = positions.dumps(found, picture)
    assert positions.loads(text, found) == whole(picture)
    assert text.count("\n") < 20 + len(picture.nodes) + len(picture.lines) + len(picture.boxes) + len(picture.columns)


def test_letters_of_every_script_are_kept() -> None:
    """They are written as they are, so that a person can read the file."""
    picture = Picture((Column(("Sch\u00fctze \u8981\u4ef6",), 0, 1),), (), (), (), 1, 1)
    assert "Sch\u00fctze \u8981\u4ef6" in positions.dumps(graph(WIDE), picture)


def test_positions_match_their_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a graph in columns by wave, and those that are computed from an answer of dot, which has boxes."""
    found = four_principles()
    same_as_snapshot("waves.json", positions.dumps(found, place_by_wave(found)), SNAPSHOTS)
    monkeypatch.setattr(svg_layout, "_agraph", lambda: Grid)
    same_as_snapshot("layout.json", positions.dumps(found, lay_out(found)), SNAPSHOTS)


@pytest.mark.parametrize("edition", EDITIONS)
def test_shipped_positions_are_those_of_the_graph(edition: str) -> None:
    """Each provision and each dependency is there once, and the digest is that of the graph."""
    found = graph(edition)
    data = json.loads((DATA / positions.path_of(found.catalogue.id)).read_text(encoding="utf-8"))
    assert (data["edition"], data["digest"]) == (edition, positions.digest_of(found))
    picture = positions.load(found)
    assert picture is not None
    assert [node.number for node in picture.nodes] == [key.number for key in found.ids]
    assert [node.title for node in picture.nodes] == [found.catalogue[key].title for key in found.ids]
    assert sorted(line.label for line in picture.lines) == sorted(map(label_of, found.dependencies))
    for line in picture.lines:
        for end, (x, y) in ((line.before, line.points[0]), (line.after, line.points[-1])):
            node = picture.nodes[end]
            assert min(abs(x - node.left), abs(x - node.left - node.width)) <= 1
            assert node.top <= y <= node.top + node.height


@pytest.mark.parametrize("edition", EDITIONS)
def test_shipped_nodes_are_in_their_boxes(edition: str) -> None:
    """Boxes have the provisions of their principle and do not overlap; each is inside a column."""
    found = graph(edition)
    picture = positions.load(found)
    assert picture is not None
    assert len(picture.columns) == len(found.catalogue.phases)
    for box, principle in zip(picture.boxes, found.catalogue.principles, strict=True):
        assert [found.ids[i] for i in box.members] == list(principle.provisions)
        for node in (picture.nodes[i] for i in box.members):
            assert box.left < node.left < node.left + node.width < box.left + box.width
            assert box.top < node.top < node.top + node.height < box.top + box.height
        assert sum(column.left <= box.left and box.left + box.width <= column.right for column in picture.columns) == 1
        assert 0 <= box.left < box.left + box.width <= picture.width
        assert 0 <= box.top < box.top + box.height <= picture.height + 1
    for i, one in enumerate(picture.boxes):
        for other in picture.boxes[:i]:
            apart = one.left >= other.left + other.width or other.left >= one.left + one.width
            assert apart or one.top >= other.top + other.height or other.top >= one.top + one.height


def test_graphs_that_did_not_ship_have_no_positions() -> None:
    """Neither another edition nor a part of a shipped one has positions."""
    assert positions.load(graph(WIDE)) is None
    assert positions.load(graph("uk-ai-cop").subgraph(phase="secure-design")) is None


def test_lines_follow_the_graph() -> None:
    """A dependency that is not in the graph is left out of its picture."""
    found = graph("uk-ai-cop")
    part = found.subgraph(kinds="requires")
    picture = positions.load(part)
    assert picture is not None
    assert sorted(line.label for line in picture.lines) == sorted(map(label_of, part.dependencies))


def test_the_digest_depends_on_what_is_placed() -> None:
    """It changes with a title, a number or the kind of a line, but not with a rationale."""
    found = four_principles()
    first, *others = found.dependencies
    said = attrs.evolve(found, dependencies=(attrs.evolve(first, rationale="Another."), *others))
    assert positions.digest_of(said) == positions.digest_of(found)
    fewer = attrs.evolve(found, dependencies=tuple(others))
    part = found.subgraph(phase="secure-start")
    digests = {positions.digest_of(item) for item in (found, fewer, part, graph(load("uk-ai-cop")))}
    assert len(digests) == 4
