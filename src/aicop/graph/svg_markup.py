"""
Write a laid-out picture as SVG: heading, legend, columns, boxes, nodes and lines.

`aicop.graph.svg_layout` computes the positions, with the text measurement and wrapping of this module. The SVG needs no
script and no other file. Widths of text are those of DejaVu Sans, the widest font of the list, to which Linux falls
back; Helvetica and Arial are about a tenth narrower. No font is read, so the output is the same on every machine.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from aicop.graph.captions import BETWEEN, WHAT
from aicop.vocabulary import DependencyKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from aicop.graph.captions import Caption
    from aicop.model.dependency import Dependency

Point = tuple[float, float]

READ = (
    "Each line leads from a prerequisite to its dependant, which is at the arrowhead. "
    "Columns are phases, boxes are principles, and provisions are in printed order."
)
EMPTY = "There is nothing to draw, because no provision matches the filters."

# All lengths, such as type sizes and distances between lines, are in user units of the SVG, which are points of dot.
TYPE, LEAD, PAD = 24.0, 27.0, 12.0
NUMBER, NUMBER_ROOM, WIDEST_NUMBER = 25.0, 70.0, 200.0
CROWN, CROWN_LEAD = 28.0, 33.0
COLUMN = 44.0
BOLD = 1.13
"""The width of bold type relative to regular type."""
LANDSCAPE = 2**0.5
"""The ratio of width to height of ISO 216 paper in landscape."""

_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_INK, _PAPER = "#16202c", "#ffffff"
_TINTS = ("#e4edf6", "#e7f2e9", "#fbf0dc", "#f2e9f4", "#e8ebee")
_MARGIN = 50.0
_TITLE, _FACTS, _READ = 72.0, 40.0, 34.0
_SMALLEST = 0.6
"""The minimum scale of the heading, which should not take more space than a small picture."""
_LEAST, _LARGE = 1100.0, 3100.0
"""The minimum width of the SVG, and the width from which the heading has its full size."""
_BLANK = 1.25
"""How much larger than its content the SVG may be in order to have the proportions of paper."""
_KEY = 155.0
"""The distance from the start of a line in the legend to its text."""
_CLASSES = {
    "e": "fill:none",
    "u": f"stroke:{_PAPER};stroke-opacity:.85",
    "o": f"stroke:{_PAPER}",
    "b": "font-weight:700",
}
# Widths of some characters of DejaVu Sans in ems, rounded up; `measure` has the widths of all others.
_WIDTHS = {
    char: width
    for chars, width in (
        ("wM&#+<=>^~", 0.87),
        ("ijlIJ'", 0.3),
        (" .,;:|/\u00b7\u2018\u2019", 0.34),
        ("rtf()-!", 0.42),
        ("csz\u201c\u201d\u2013", 0.56),
        ("aoekvxyFLPTY", 0.62),
        ("mW%@", 1.0),
    )
    for char in chars
}
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")
"""Characters that XML cannot contain, not even escaped, with their replacement."""


class Look(NamedTuple):
    """The appearance of lines of one kind. Kinds can be distinguished even without colour."""

    colour: str
    width: float
    dash: str
    cap: str
    arrow: str
    """``filled``, ``hollow`` or ``open``."""
    length: float
    """The length of the arrowhead."""
    halo: float
    """The extra width of the pale line underneath; 0 if there is none."""
    core: float
    """The width of the white line inside; 0 if there is none."""
    says: str
    """The text in the legend."""


LOOKS = {
    DependencyKind.INFORMS: Look(
        "#7d8895", 1.3, "none", "butt", "filled", 11, 0, 0, "the dependant works better with it"
    ),
    DependencyKind.TRIGGERS: Look(
        "#b84a00", 3.8, "0.1 7.4", "round", "filled", 17, 4, 0, "an event in it starts the dependant"
    ),
    DependencyKind.REFERS: Look("#0067a5", 2.8, "11 6", "butt", "open", 15, 4, 0, "the dependant's text points to it"),
    DependencyKind.REFINES: Look("#00664b", 5.8, "none", "butt", "hollow", 19, 4, 2.4, "the dependant is a part of it"),
    DependencyKind.REQUIRES: Look(
        "#000000", 4.6, "none", "butt", "filled", 21, 4, 0, "the dependant cannot be met without it"
    ),
}
"""From the lightest to the heaviest, because later kinds are drawn on top."""


class Node(NamedTuple):
    """A provision. Positions count from the top left corner of the picture."""

    number: str
    title: str
    lines: tuple[str, ...]
    room: float
    """The space for the number."""
    width: float
    height: float
    part: bool
    """True if it refines a provision of the same principle; it is then indented."""
    left: float = 0.0
    top: float = 0.0


class Box(NamedTuple):
    """A principle."""

    lines: tuple[str, ...]
    crown: float
    """The height of its heading."""
    members: tuple[int, ...]
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0


class Line(NamedTuple):
    """A dependency along Bézier points, the last of which is the tip of the arrow."""

    before: int
    after: int
    kind: DependencyKind
    label: str
    points: tuple[Point, ...]


class Column(NamedTuple):
    """A phase."""

    lines: tuple[str, ...]
    left: float = 0.0
    right: float = 0.0


class Picture(NamedTuple):
    """All elements of the drawing with their positions. Nodes are referred to by their index."""

    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    width: float
    height: float

    @property
    def kinds(self) -> frozenset[DependencyKind]:
        """The kinds that occur, which the legend explains."""
        return frozenset(line.kind for line in self.lines)


class _Head(NamedTuple):
    """The heading and legend, for one width of the SVG. A small SVG has them in smaller type."""

    scale: float
    title: tuple[str, ...]
    facts: tuple[str, ...]
    read: tuple[str, ...]
    legend: tuple[tuple[DependencyKind, ...], ...]
    facts_top: float
    read_top: float
    legend_top: float
    band: float
    """The top of the columns."""
    height: float
    """The highest possible top of the picture, below the titles of the columns."""


def label_of(edge: Dependency) -> str:
    """Return the label of a line, which is its tooltip."""
    return f"{edge.prerequisite.number} → {edge.dependant.number}, {edge.kind}: {edge.rationale}"


def measure(text: str, size: float) -> float:
    """Return the estimated width of a text. The estimate is too wide rather than too narrow."""
    return size * sum(
        _WIDTHS.get(char) or (0.79 if char.isupper() else 0.65 if char < "\u2000" else 1.0) for char in text
    )


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    """Yield the words of *text*; a word wider than *width* is cut into pieces."""
    for word in text.split():
        piece = ""
        for char in word:
            if piece and measure(piece + char, size) > width:
                yield piece
                piece = ""
            piece += char
        yield piece


def _fill_lines(words: Sequence[str], width: float, size: float) -> tuple[str, ...]:
    """Put as many words as fit on each line; a word that is too wide has a line of its own."""
    lines = list(words[:1]) or [""]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        lines[-1:] = [longer] if measure(longer, size) <= width else [lines[-1], word]
    return tuple(lines)


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """Wrap *text* into as few lines as *width* allows, and make them about equally long."""
    # The narrowest width, in hundredths of *width*, that needs no more lines gives the most even lines.
    words = tuple(_pieces(text, width, size))
    widest = _fill_lines(words, width, size)
    tries = (_fill_lines(words, width * step / 100, size) for step in range(10, 100))
    return next((lines for lines in tries if len(lines) <= len(widest)), widest)


def _safe(text: str) -> str:
    """Escape *text* for XML, and replace the characters that XML cannot contain."""
    return escape(text.translate(_FORBIDDEN))


def _text(place: Point, lines: Sequence[str], size: float, lead: float = 0.0, more: str = "") -> str:
    """Return a text element; *place* is the start of the first line, *lead* the distance between lines."""
    x, y = place
    spans = (f'<tspan x="{x:.0f}" y="{y + i * lead:.0f}">{_safe(each)}</tspan>' for i, each in enumerate(lines))
    return f'<text font-size="{size:.3g}"{more}>{"".join(spans)}</text>'


def _stroke(kind: DependencyKind, points: Sequence[Point]) -> str:
    """Return the paths of a line: the pale one underneath, the line itself, the white one inside, and the arrowhead."""
    look, (x, y), (from_x, from_y) = LOOKS[kind], points[-1], points[-2]
    far = max(((x - from_x) ** 2 + (y - from_y) ** 2) ** 0.5, 0.01)
    # The line ends where the arrowhead begins, or it would show through a hollow one.
    dx, dy = (x - from_x) / far * look.length, (y - from_y) / far * look.length
    (start_x, start_y), *bent = *points[:-2], (from_x - dx, from_y - dy), (x - dx, y - dy)
    way = f"M{start_x:.0f} {start_y:.1f}C" + " ".join(f"{a:.0f} {b:.1f}" for a, b in bent)
    wide, high = dy * 0.42, dx * 0.42
    corners = f"M{x - dx - wide:.1f} {y - dy + high:.1f}L{x:.1f} {y:.1f}L{x - dx + wide:.1f} {y - dy - high:.1f}"
    under = f'<path class="u" d="{way}" stroke-width="{look.width + look.halo:g}"/>' if look.halo else ""
    core = f'<path class="o" d="{way}" stroke-width="{look.core:g}"/>' if look.core else ""
    tip = f'<path class="{kind}-tip" d="{corners}{"" if look.arrow == "open" else "Z"}"/>'
    return f'{under}<path class="{kind}" d="{way}"/>{core}{tip}'


def _style(count: int) -> str:
    """Return the style sheet for a picture with *count* nodes."""
    rules = [f".{name}{{{says}}}" for name, says in _CLASSES.items()]
    for kind, look in LOOKS.items():
        fill = {"filled": look.colour, "hollow": _PAPER, "open": "none"}[look.arrow]
        edge = 1 if look.arrow == "filled" else 2.4
        dash = f"stroke-dasharray:{look.dash};stroke-linecap:{look.cap}"
        rules.append(f".{kind}{{stroke:{look.colour};stroke-width:{look.width:g};{dash}}}")
        rules.append(f".{kind}-tip{{stroke:{look.colour};stroke-width:{edge};fill:{fill}}}")
    # The rules are scoped, because a page that includes the SVG has elements and classes of its own. The last rules dim
    # all lines except those of the node under the pointer.
    scoped = "".join(f".dg {rule}" for rule in rules)
    return scoped + "".join(f".dg:has(.n{i}:hover) .e:not(.v{i}){{opacity:.06}}" for i in range(count))


def _fact_lines(facts: Sequence[str], width: float, size: float) -> tuple[str, ...]:
    """Put as many facts as fit on each line; lines are broken within a fact only if one is too wide."""
    units = [f"{fact}{BETWEEN}".strip() for fact in facts]
    if any(measure(unit, size) > width for unit in units):
        return wrap(BETWEEN.join(facts), width, size)
    return tuple(line.removesuffix(BETWEEN.rstrip()) for line in _fill_lines(units, width, size))


def _head(width: float, caption: Caption, kinds: Collection[DependencyKind], columns: Sequence[Column]) -> _Head:
    """Return the heading and legend of a picture, laid out for an SVG of this width."""
    scale, room = min(1.0, max(_SMALLEST, width / _LARGE)), width - 2 * _MARGIN
    title = wrap(caption.title, room / BOLD, _TITLE * scale)
    facts = _fact_lines((WHAT, *caption.facts), room / BOLD, _FACTS * scale)
    read = wrap(READ if columns else EMPTY, room, _READ * scale)
    shown = [kind for kind in reversed(LOOKS) if kind in kinds]
    # The legend has as few rows as the widest entry allows, and the entries are spread evenly over them.
    widest = max((_KEY + measure(LOOKS[kind].says, 28) for kind in shown), default=_KEY) * scale
    # Even the narrowest heading has room for two entries side by side.
    rows = -(-len(shown) // int(room // widest))
    across = -(-len(shown) // max(1, rows))
    legend = tuple(tuple(shown[row * across : (row + 1) * across]) for row in range(rows))
    facts_top = 96 + 80 * (len(title) - 1) + 58
    read_top = facts_top + 50 * (len(facts) - 1) + 54
    legend_top = read_top + 44 * (len(read) - 1) + 70
    band = legend_top + (80 * rows - 20 if rows else -40)
    column = max((len(column.lines) for column in columns), default=0)
    height = band + (54 * column + 35 if column else 0)
    places = (scale * place for place in (facts_top, read_top, legend_top, band, height))
    return _Head(scale, title, facts, read, legend, *places)


def _heading(head: _Head, width: float) -> Iterator[str]:
    """Yield the elements of the heading and legend."""
    scale = head.scale
    yield _text((_MARGIN, 96 * scale), head.title, _TITLE * scale, 80 * scale, ' class="b"')
    yield _text((_MARGIN, head.facts_top), head.facts, _FACTS * scale, 50 * scale, ' class="b"')
    yield _text((_MARGIN, head.read_top), head.read, _READ * scale, 44 * scale)
    for row, kinds in enumerate(head.legend):
        y = head.legend_top + 80 * scale * row
        for place, kind in enumerate(kinds):
            x = _MARGIN + place * (width - 2 * _MARGIN) / len(head.legend[0])
            beside = x + _KEY * scale
            yield f'<g class="e">{_stroke(kind, [(x + 45 * scale * j, y) for j in range(4)])}</g>'
            yield _text((beside, y - 8 * scale), [kind], 33 * scale, more=' class="b"')
            yield _text((beside, y + 27 * scale), [LOOKS[kind].says], 28 * scale)


def _needed(
    width: float, height: float, caption: Caption, kinds: Collection[DependencyKind], columns: Sequence[Column]
) -> tuple[float, float]:
    """Return the width and height of a picture of this size with its margins, heading and legend."""
    wide = max(_LEAST, width + 2 * _MARGIN)
    return wide, _head(wide, caption, kinds, columns).height + (height + 2 * _MARGIN if columns else 0)


def landscape_width(
    width: float, height: float, caption: Caption, kinds: Collection[DependencyKind], columns: Sequence[Column]
) -> float:
    """Return the width of the smallest landscape page for a picture of this size with margins, heading and legend."""
    wide, high = _needed(width, height, caption, kinds, columns)
    return max(wide, high * LANDSCAPE)


def _size(picture: Picture, caption: Caption) -> tuple[float, float]:
    """Return the width and height: the proportions of paper if that adds little blank space, otherwise as needed."""
    width, height = _needed(picture.width, picture.height, caption, picture.kinds, picture.columns)
    paper = round(max(width, height * LANDSCAPE))
    if paper**2 / LANDSCAPE <= _BLANK * width * height:
        return paper, paper / LANDSCAPE
    return round(width), round(height)


def _bands(columns: Sequence[Column], across: float, size: tuple[float, float], head: _Head) -> Iterator[str]:
    """Yield the background and title of each column; *across* is the distance of the picture from the left."""
    width, height = size
    # Two columns meet in the middle between their boxes.
    cuts = [0.0, *(across + (one.right + other.left) / 2 for one, other in pairwise(columns)), width]
    for i, (column, (left, right)) in enumerate(zip(columns, pairwise(cuts), strict=False)):
        place = f'x="{left:.0f}" y="{head.band:.0f}" width="{right - left:.0f}" height="{height - head.band:.0f}"'
        yield f'<rect {place} fill="{_TINTS[i % len(_TINTS)]}"/>'
        middle = across + (column.left + column.right) / 2, head.band + 58 * head.scale
        yield _text(middle, column.lines, COLUMN * head.scale, 54 * head.scale, ' class="b" text-anchor="middle"')


def _box(box: Box) -> str:
    """Return the elements of a box and its title."""
    place = f'x="{box.left:.0f}" y="{box.top:.0f}" width="{box.width:g}" height="{box.height:g}"'
    title = _text((box.left + 18, box.top + 38), box.lines, CROWN, CROWN_LEAD, ' class="b"')
    return f'<rect {place} rx="12" fill="{_PAPER}" stroke="#5a6675" stroke-width="1.6"/>{title}'


def _line(line: Line) -> str:
    """Return the group of a line, with its label as a tooltip."""
    title = f"<title>{_safe(line.label)}</title>"
    return f'<g class="e v{line.before} v{line.after}">{title}{_stroke(line.kind, line.points)}</g>'


def _node(index: int, node: Node) -> str:
    """Return the group of a node, with its number and title, which is also the tooltip."""
    place = f'x="{node.left:.0f}" y="{node.top:.0f}" width="{node.width:.0f}" height="{node.height:g}"'
    # A number that is too long for its space is set in smaller type.
    size = min(NUMBER, NUMBER * (node.room - 2 * PAD) / max(1.0, measure(node.number, NUMBER) * BOLD))
    y = node.top + PAD + TYPE - 3
    return (
        f'<g class="n{index}"><title>{_safe(f"{node.number} {node.title}")}</title>'
        f'<rect {place} rx="6" fill="#f4f6f9" stroke="{_INK}" stroke-width="{1.1 if node.part else 2}"/>'
        + _text((node.left + PAD, y), [node.number], size, more=' class="b"')
        + _text((node.left + node.room, y), node.lines, TYPE, LEAD)
        + "</g>"
    )


def write_svg(picture: Picture, caption: Caption) -> str:
    """Return the SVG of *picture* under its caption."""
    width, height = _size(picture, caption)
    head = _head(width, caption, picture.kinds, picture.columns)
    across = round((width - picture.width) / 2)
    down = round(head.height + (height - head.height - _MARGIN - picture.height) / 2)
    name = _safe(str(caption))
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{name}" font-family="{escape(_FONT)}" fill="{_INK}">'
    )
    parts = [
        start,
        f"<title>{name}</title><desc>{_safe(READ if picture.nodes else EMPTY)}</desc>",
        f"<style>{_style(len(picture.nodes))}</style>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{_PAPER}"/>',
        *_heading(head, width),
        *_bands(picture.columns, across, (width, height), head),
        f'<g transform="translate({across} {down})">',
        # Later elements are drawn on top, so lines run over boxes but under nodes.
        *(_box(box) for box in picture.boxes),
        *(_line(line) for line in picture.lines),
        *(_node(index, node) for index, node in enumerate(picture.nodes)),
        "</g>",
    ]
    return "\n".join([*parts, "</svg>", ""])
