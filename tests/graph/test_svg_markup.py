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
    LANDSCAPE,
    LOOKS,
    TYPE,
    Box,
    Column,
    Line,
    Node,
    Picture,
    _fact_lines,
    _head,
    _heading,
    _safe,
    label_of,
    landscape_width,
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


# The widths of characters in DejaVu Sans, in thousandths of an em.
WIDTHS = {
    **dict.fromkeys("ijl", 278)
    | dict.fromkeys("IJ", 295)
    | {"'": 275, "f": 352, "r": 411, "t": 392, "!": 401, "-": 361},
    **dict.fromkeys(" .,\u00b7\u2018\u2019", 318) | dict.fromkeys(":;/|", 337) | dict.fromkeys("()", 390),
    **{"c": 550, "s": 521, "z": 525, "\u2013": 500} | dict.fromkeys("\u201c\u201d", 518),
    **dict.fromkeys("ao", 613)
    | dict.fromkeys("evxy", 615)
    | {"k": 579, "F": 575, "L": 557, "P": 603, "T": 611, "Y": 611},
    **{"w": 818, "M": 863, "&": 780} | dict.fromkeys("#+<=>^~", 838) | {"m": 974, "W": 989, "%": 950, "@": 1000},
    **dict.fromkeys("0123456789bdghnpqu$", 636) | dict.fromkeys("DGOQ", 787) | dict.fromkeys("\u2014\u2026", 1000),
}


def test_no_character_is_wider_than_its_estimate() -> None:
    """And none is narrower by more than a tenth of an em."""
    for char, width in WIDTHS.items():
        assert width <= round(1000 * measure(char, 1)) <= width + 100, char


def test_all_other_characters_have_the_width_of_their_class() -> None:
    """Other capitals, other characters up to U+1FFF, and those after it, such as dashes and ideographs."""
    assert [measure(char, 10) for char in "A\u00c9\u0416\u00e9[1\u1fff\u2000\u8981"] == [7.9] * 3 + [6.5] * 4 + [10] * 2


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


def test_what_fits_exactly_is_not_wrapped() -> None:
    """Neither between words nor within one."""
    for text in ("restore", "Be able to restore"):
        assert wrap(text, measure(text, TYPE), TYPE) == (text,)
    assert wrap("", 100, TYPE) == ("",)


@pytest.mark.parametrize(("width", "first"), [(107.8, 4), (108.6, 3), (128, 3), (142, 4), (150, 4)])
def test_lines_are_as_even_as_hundredths_of_the_width_make_them(width: float, first: int) -> None:
    """The narrowest width that needs no more lines is used, in whole hundredths of the width."""
    words = ("n", "nnnnn", "n", "nnnnnnnn", "nnnnnnnn")
    # The last two need 107.4, and the first four 107.7. No more than one of these fits into 107.5, which is 99 % of
    # 108.6 and 84 % of 128. Of 142 and 150, 76 % and 72 % are 107.9 and 108, in which both fit.
    assert round(measure(" ".join(words[3:]), 10), 1) == 107.4
    assert round(measure(" ".join(words[:4]), 10), 1) == 107.7
    assert wrap(" ".join(words), width, 10) == (" ".join(words[:first]), " ".join(words[first:]))


def test_facts_are_kept_whole_if_all_of_them_fit() -> None:
    """As many as fit are on each line, whose end has no separator; otherwise they are wrapped like text."""
    facts = ("one", "two", "three")
    whole = measure("three \u00b7", 10)
    for width, lines in ((measure("one \u00b7 two \u00b7", 10), ("one \u00b7 two", "three")), (whole, facts)):
        assert _fact_lines(facts, width, 10) == lines
    assert whole > measure("three", 10) + 5
    assert _fact_lines(facts, whole - 1, 10) == wrap("one \u00b7 two \u00b7 three", whole - 1, 10)
    assert _fact_lines(facts, whole - 1, 10) != facts


def test_a_heading_is_as_wide_as_the_page_without_its_margins() -> None:
    """A page of at least 3100 points has a title of 72 points between margins of 50 points."""
    title = "A title that needs all of a wide page " + "and its words are many " * 3
    needed = measure(title.strip(), 72) * BOLD + 100
    assert needed > 3100
    caption = Caption(title, ())
    assert [len(_head(needed + more, caption, (), ()).title) for more in (1, -1)] == [1, 2]


def test_a_legend_has_as_few_rows_as_its_widest_entry_allows() -> None:
    """An entry has a line in 155 points, and its text in type of 28 points; the rows are about equally long."""
    entry = 155 + measure(LOOKS[DependencyKind.REQUIRES].says, 28)
    every = list(reversed(LOOKS))
    for more, rows in ((1, [every]), (-1, [every[:3], every[3:]])):
        head = _head(5 * entry + 100 + more, SHORT, frozenset(DependencyKind), ())
        assert [list(row) for row in head.legend] == rows
    assert _head(3100, SHORT, (), ()).legend == ()


def test_a_heading_takes_no_more_height_than_it_needs() -> None:
    """Without a legend or titles of columns, there is no space for them."""
    bare = _head(3100, SHORT, (), ())
    assert (bare.band - bare.legend_top, bare.height - bare.band) == (-40, 0)
    column = Column(("Two", "lines"), 0, 100)
    full = _head(3100, SHORT, [DependencyKind.INFORMS], [column])
    assert (full.band - full.legend_top, full.height - full.band) == (60, 2 * 54 + 35)


def test_lines_of_a_heading_do_not_overlap() -> None:
    """Titles, facts and the text on how to read are in type of 72, 40 and 34 points."""
    two = ("a", "b")
    texts = list(_heading(_head(3100, SHORT, (), ())._replace(title=two, facts=two, read=two), 3100))
    heights = [[int(y) for y in re.findall(r' y="(\d+)"', text)] for text in texts]
    assert [after - before for before, after in heights] == [80, 50, 44]


def test_the_page_of_a_picture_is_as_wide_as_its_width_or_height_demands() -> None:
    """With the margins, and with the height of the heading."""
    columns = [Column(("A",), 0, 100)]
    top = _head(3100, SHORT, (), columns).height
    assert landscape_width(3000, 10, SHORT, (), columns) == 3100
    assert landscape_width(3000, 9000, SHORT, (), columns) == (top + 9000 + 100) * LANDSCAPE
    assert landscape_width(3000, 9000, SHORT, (), ()) == 3100
    assert landscape_width(0, 0, SHORT, (), ()) == 1100


def test_a_line_is_labelled_with_its_ends_and_its_reason() -> None:
    """The label is the tooltip."""
    assert label_of(edge(IDS[0], IDS[7], DependencyKind.TRIGGERS)) == "1.1 \u2192 2.2, triggers: 1.1 before 2.2."


def test_an_empty_picture_says_why() -> None:
    """It has nothing but a heading."""
    text = write_svg(Picture((), (), (), (), 0, 0), SHORT)
    assert "<desc>There is nothing to draw, because no provision matches the filters.</desc>" in text
    width, height = map(float, re.findall(r'viewBox="0 0 (\d+) (\d+)"', text)[0])
    assert (width, height) == (1100, round(_head(1100, SHORT, (), ()).height))
