"""The markup of the SVG drawing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, load
from aicop.catalogue import loads as load_edition
from aicop.graph import Additions, graph, svg
from aicop.graph.captions import Caption
from aicop.graph.svg_markup import (
    BOLD,
    COLUMN,
    CROWN,
    TYPE,
    Box,
    Column,
    Line,
    Node,
    Picture,
    _safe,
    measure,
    wrap,
    write_svg,
)
from aicop.vocabulary import DependencyKind
from tests.examples import mini_edition
from tests.graph.examples import IDS, SNAPSHOTS, WIDE, edge
from tests.graph.test_svg_layout import SVG, check
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

HOSTILE = "</title><script>alert(1)</script> & \"x\" 'y' ]]> <!-- {}; é 漢 " + "W" * 80
ONE_OF_EACH = Additions(
    dependencies=tuple(edge(IDS[place], IDS[place + 5], kind) for place, kind in enumerate(DependencyKind))
)


def titled(title: str) -> Catalogue:
    """Return the small edition with the same title everywhere."""
    data = mini_edition()
    for phase in data["phases"]:
        phase["title"] = title
        for principle in phase["principles"]:
            principle["title"] = title
            for provision in principle["provisions"]:
                provision["title"] = title
    return load_edition(json.dumps(data))


@pytest.mark.parametrize(
    ("text", "regular", "bold"),
    [
        ("10.2.2", 3.18, 3.54),
        ("5.2.1-4.1", 4.5, 5.03),
        ("Be able to restore", 8.98, 10.16),
        ("11  Maintain regular security updates, patches and mitigations", 31.52, 35.67),
        ("Affected Entities", 8.25, 9.45),
    ],
)
def test_texts_have_room_in_the_widest_font(text: str, regular: float, bold: float) -> None:
    """The estimates are at most slightly wider than the text in DejaVu Sans, whose widths in ems are given here."""
    assert regular <= measure(text, 1) <= regular * 1.08
    assert bold <= measure(text, 1) * BOLD <= bold * 1.08


def test_the_legend_has_the_kinds_that_occur() -> None:
    """The legend has the kinds in the drawing, strongest first."""
    for kinds, expected in (
        (tuple(DependencyKind), ["requires", "refines", "refers", "triggers", "informs"]),
        ((DependencyKind.INFORMS,), ["informs"]),
        ((), []),
    ):
        root = check(graph(WIDE, ONE_OF_EACH, kinds=kinds))
        words = [span.text for text in root.findall(f"{SVG}text") for span in text]
        assert [word for word in words if word in set(DependencyKind)] == expected


def test_kinds_are_distinct_without_colour() -> None:
    """Kinds differ in width, dashes and arrowhead."""
    text = svg(graph(WIDE, ONE_OF_EACH))
    style = re.search(r"<style>(.*)</style>", text)
    assert style is not None
    rules = {name: dict(part.split(":") for part in rule.split(";")) for name, rule in RULE.findall(style[1])}
    heads = {"#ffffff": "hollow", "none": "open"}
    looks = {
        kind: (
            rules[kind]["stroke-width"],
            rules[kind]["stroke-dasharray"],
            heads.get(rules[f"{kind}-tip"]["fill"], "filled"),
        )
        for kind in DependencyKind
    }
    assert len(set(looks.values())) == len(DependencyKind)
    for part in (0, 1, 2):
        assert len({look[part] for look in looks.values()}) >= 3
    for kind in DependencyKind:
        assert f'<path class="{kind}"' in text
        assert f'<path class="{kind}-tip"' in text


RULE = re.compile(r"\.dg \.([\w-]+)\{([^}]*)\}")


def test_hostile_text_stays_text() -> None:
    """Markup in titles and rationales is escaped, and characters that XML forbids are replaced."""
    catalogue = titled(HOSTILE)
    one, other, *_ = catalogue
    reason = attrs.evolve(edge(one, other, DependencyKind.INFORMS), rationale=HOSTILE)
    found = graph(catalogue, Additions(dependencies=(reason,)))
    root = check(found)
    assert {item.tag.removeprefix(SVG) for item in root.iter()} == {
        *("svg", "title", "desc", "style", "rect", "g", "path", "text", "tspan")
    }
    odd = attrs.evolve(reason, rationale="a\x00b\x0bc\ud800d\ufffe\u202e")
    [line] = re.findall(r"<title>(.*→.*)</title>", svg(attrs.evolve(found, dependencies=(odd,))))
    assert line.endswith(": a\ufffdb\ufffdc\ufffdd\ufffd\u202e")


def test_characters_that_xml_forbids_are_replaced() -> None:
    """A parser reads all others back; it takes both ends of lines for one. Source: XML 1.0, production 2, Char."""
    every = "".join(map(chr, range(0x11000)))
    kept = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", every)
    assert ET.fromstring(f"<text>{_safe(every)}</text>").text == kept.replace("\r", "\n")  # noqa: S314 -- our own


def test_a_drawing_is_self_contained() -> None:
    """A drawing has no scripts and refers to no other file."""
    text = svg(graph(load("uk-ai-cop")))
    assert re.findall(r"\w+://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert re.findall(r"<script|\bon\w+=|href|url\(|@import|<foreignObject|<image|<!", text) == []


def drawn(*columns: tuple[str, float, float], kinds: Iterable[DependencyKind], size: tuple[float, float]) -> Picture:
    """Return a picture of two boxes with two provisions each, and a line of each kind."""
    crown = wrap("1  A principle with a title of two lines", 300, CROWN)
    boxes = (Box(crown, 93, (0, 1), 360, 270, 10, 20), Box(("2  Another",), 60, (2, 3), 360.5, 240, 590.25, 40))
    nodes = tuple(
        Node(number, title, (title, *more), 80, width, 51 + 27 * len(more), part=width < 280, left=left, top=top)
        for number, (title, *more), width, left, top in (
            ("1.1", ["Be the first", "provision"], 280, 42, 120),
            ("1.1.1", ["Be a part of it"], 260, 62, 210.4),
            ("2.1", ["Follow"], 280, 622, 110),
            ("2.10.100", ["Have a long", "number"], 280, 622, 180),
        )
    )
    inside = ((62, 236), (20, 236), (20, 160), (42, 159))
    across = ((322, 150), (380, 150), (420, 150), (460, 210.26), (500, 219.75), (560, 219), (622, 219))
    lines = tuple(
        Line(*((0, 3) if place % 2 else (1, 0)), kind, f"{kind} <&>", across if place % 2 else inside)
        for place, kind in enumerate(kinds)
    )
    made = tuple(Column(wrap(title, right - left, COLUMN), left, right) for title, left, right in columns)
    return Picture(made, boxes, nodes, lines, *size)


SIX = [(f"Phase {place} of six" + " and more" * (place == 2), 400.0 * place, 400.0 * place + 330) for place in range(6)]
LONG = Caption(
    "A title that is longer than a line of this drawing is wide, and that is therefore wrapped", ("x@1", "y")
)
SHORT = Caption("The Mini Code", ("mini-code@1", "Role: Developer", "2 provisions", "2 dependencies", "2026-11-30"))
DRAWINGS = {
    "small": (drawn(("Start", 10, 370), kinds=[DependencyKind.REFINES], size=(960, 260)), SHORT),
    "legend": (drawn(("A", 10, 370), ("B", 590, 950), kinds=DependencyKind, size=(960, 940)), LONG),
    "large": (drawn(*SIX, kinds=[DependencyKind.REQUIRES, DependencyKind.REFERS], size=(3300, 900)), SHORT),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_matches_its_snapshot(name: str) -> None:
    """A small drawing with a heading in small type, one with a legend of several rows, and a large one."""
    same_as_snapshot(f"{name}.svg", write_svg(*DRAWINGS[name]), SNAPSHOTS)


@given(st.text(), st.integers(30, 500))
def test_wrapping_keeps_the_text_and_the_width(text: str, width: int) -> None:
    """Wrapped lines have all letters in order, and none is wider than allowed."""
    lines = wrap(text, width, TYPE)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(line, TYPE) <= width for line in lines)
