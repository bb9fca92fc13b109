"""
Draw a dependency graph as one SVG picture. pygraphviz is imported only here.

Phases are columns, principles are boxes and provisions are nodes. The confidence, basis and artefacts of a dependency
are not drawn. Graphviz's dot, which the wheels of pygraphviz include, places the boxes and routes the lines around
them. It gets fixed sizes and no text, so that the layout does not depend on the fonts of the machine.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise, product, starmap
from typing import TYPE_CHECKING, NamedTuple

from aicop.errors import MissingExtra
from aicop.graph.captions import filter_graph
from aicop.graph.svg_markup import (
    BOLD,
    COLUMN,
    CROWN,
    CROWN_LEAD,
    LEAD,
    LOOKS,
    NUMBER,
    NUMBER_ROOM,
    PAD,
    TYPE,
    WIDEST_NUMBER,
    Box,
    Column,
    Line,
    Node,
    Picture,
    Point,
    label_of,
    landscape_width,
    measure,
    wrap,
    write_svg,
)
from aicop.vocabulary import DependencyKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pygraphviz import AGraph

    from aicop.catalogue.catalogue import OneOrMore, PhaseFilter
    from aicop.graph.captions import Caption
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.ids import PrincipleId, ProvisionId
    from aicop.model.dependency import Dependency

# In points: the indent of a sub-provision, the space beside the nodes of a box, the space below them, and the space
# below a box.
_INDENT, _GUTTER, _FOOT, _APART = 20.0, 48.0, 6.0, 50.0
_MANY = 200
"""Above this number of provisions, dot runs only once, because each run takes seconds."""
_PROMISING = 2
"""The number of choices of sizes that are tried with all settings of dot."""
_LEFT = frozenset({DependencyKind.REFINES, DependencyKind.REFERS, DependencyKind.REQUIRES})
"""The kinds that are drawn on the left of the nodes within a stack; the others are drawn on the right."""
_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'


class _Link(NamedTuple):
    """A dependency in the layout: it runs from left to right or downwards, regardless of its direction."""

    first: int
    last: int
    out: str
    """The side on which it leaves the first node: ``e`` or ``w``."""
    into: str
    """The side on which it enters the last node."""
    edge: Dependency


class _Sizes(NamedTuple):
    """Adjustable lengths. They are chosen so that the picture fills its page with the largest possible type."""

    node: float
    """The width of a node. Narrower nodes are higher."""
    stack: float
    """The height above which the boxes of a column are split into stacks side by side."""
    gap: float = 13.0
    """The space between the nodes of a box."""

    @property
    def box(self) -> float:
        """The width of a box."""
        return self.node + 2 * _GUTTER


_SIZES = tuple(_Sizes(*sizes) for sizes in product((420.0, 380.0), (2300.0, 1700.0, 1250.0, 900.0)))
_LARGER_GAPS = (18.0, 24.0, 32.0)


class _Plan(NamedTuple):
    """All elements to be placed. Nodes and boxes are referred to by their index."""

    sizes: _Sizes
    nodes: list[Node]
    boxes: list[Box]
    columns: list[tuple[Column, list[list[int]]]]
    """Each column with its stacks of boxes, from left to right."""
    links: list[_Link]
    box_of: dict[int, int]
    """Maps each node to its box."""

    @property
    def stacks(self) -> list[list[int]]:
        """The stacks of all columns, from left to right."""
        return [run for _, runs in self.columns for run in runs]


class _Way(NamedTuple):
    """Settings for dot whose effect on a layout cannot be predicted, so several combinations are tried."""

    below: bool
    """Whether the stacks are kept in order along the bottom rather than the top."""
    pull: int
    """The strength with which the tops of stacks are aligned."""
    by_kind: bool
    """Whether dot gets the links in drawing order rather than in the order of their ends."""


class _Try(NamedTuple):
    """One layout by dot, with its ratings."""

    swapped: int
    """The number of pairs of neighbours in a stack that are in the wrong order."""
    size: float
    """The width of the landscape page that would hold the picture; the smaller the page, the larger its type."""
    tight: float
    """The negative space between nodes: more space uses more of the height of a page of the same width."""
    plan: _Plan
    way: _Way
    dot: AGraph


def _agraph() -> type[AGraph]:
    """Return pygraphviz's class of graphs; raise MissingExtra if pygraphviz is not installed."""
    try:
        from pygraphviz import AGraph
    except ImportError as error:
        raise MissingExtra("draw", "pygraphviz") from error
    found: type[AGraph] = AGraph
    return found


def _nodes(graph: DependencyGraph, wide: float) -> Iterator[Node]:
    """Yield a node for each provision, with its title wrapped and its size computed."""
    principle = {item: graph.catalogue[item].principle for item in graph.ids}
    parts = {
        edge.dependant
        for edge in graph.dependencies
        if edge.kind is DependencyKind.REFINES and principle[edge.prerequisite] == principle[edge.dependant]
    }
    # Numbers of the same level get equal space, so that the titles are aligned.
    rooms = [NUMBER_ROOM, NUMBER_ROOM]
    for item in graph.ids:
        level = item in parts
        rooms[level] = min(max(rooms[level], measure(item.number, NUMBER) * BOLD + 2 * PAD), WIDEST_NUMBER)
    for item in graph.ids:
        title, width, room = graph.catalogue[item].title, wide - (_INDENT if item in parts else 0), rooms[item in parts]
        lines = wrap(title, width - room - PAD - 5, TYPE)
        yield Node(item.number, title, lines, room, width, len(lines) * LEAD + 2 * PAD, item in parts)


def _fill_stacks(heights: Sequence[float], top: float) -> list[list[int]]:
    """Fill one stack after the other, each to at most the height *top*; a higher box gets a stack of its own."""
    runs: list[list[int]] = []
    filled = 0.0
    for i, height in enumerate(heights):
        filled += height
        if runs and filled <= top:
            runs[-1].append(i)
        else:
            runs.append([i])
            filled = height
    return runs


def _stacks(heights: Sequence[float], limit: float) -> list[list[int]]:
    """Split the boxes of a column into as few stacks as possible, and keep the highest stack as low as possible."""
    # A binary search for the lowest limit that needs no more stacks than the highest limit.
    low, high = int(max(heights)), int(max(limit, *heights))
    fewest = len(_fill_stacks(heights, high))
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_fill_stacks(heights, middle)) <= fewest else (middle + 1, high)
    return _fill_stacks(heights, high)


def _links(edges: Iterable[Dependency], place: dict[ProvisionId, int], rank: dict[int, int]) -> Iterator[_Link]:
    """Yield the links in drawing order; *place* maps provisions to nodes, *rank* nodes to stacks."""
    level = {kind: i for i, kind in enumerate(LOOKS)}
    for edge in sorted(edges, key=lambda edge: (level[edge.kind], place[edge.prerequisite], place[edge.dependant])):
        first, last = sorted((place[edge.prerequisite], place[edge.dependant]), key=lambda node: (rank[node], node))
        # A link between stacks leaves on the right and enters on the left. A link within a stack uses one side twice.
        side = "w" if edge.kind in _LEFT else "e"
        out, into = (side, side) if rank[first] == rank[last] else ("e", "w")
        yield _Link(first, last, out, into, edge)


def _plan(graph: DependencyGraph, sizes: _Sizes) -> _Plan:
    """Return all elements to be placed, with sizes but without positions."""
    catalogue, nodes = graph.catalogue, list(_nodes(graph, sizes.node))
    members: dict[PrincipleId, list[int]] = defaultdict(list)
    for i, item in enumerate(graph.ids):
        members[catalogue[item].principle].append(i)
    boxes: list[Box] = []
    columns: list[tuple[Column, list[list[int]]]] = []
    for phase in catalogue.phases:
        start = len(boxes)
        for principle in catalogue.principles:
            if principle.phase == phase.id and (inside := members[principle.id]):
                lines = wrap(f"{principle.id.number}  {principle.title}", (sizes.box - 36) / BOLD, CROWN)
                crown = len(lines) * CROWN_LEAD + 27
                height = crown + sum(nodes[i].height + sizes.gap for i in inside) + _FOOT
                boxes.append(Box(lines, crown, tuple(inside), sizes.box, height))
        if boxes[start:]:
            stacks = _stacks([box.height + _APART for box in boxes[start:]], sizes.stack)
            runs = [[start + i for i in run] for run in stacks]
            columns.append((Column(wrap(phase.title, sizes.box * len(runs) / BOLD, COLUMN)), runs))
    box_of = {node: i for i, box in enumerate(boxes) for node in box.members}
    plan = _Plan(sizes, nodes, boxes, columns, [], box_of)
    rank = {node: i for i, run in enumerate(plan.stacks) for box in run for node in boxes[box].members}
    place = {item: i for i, item in enumerate(graph.ids)}
    return plan._replace(links=list(_links(graph.dependencies, place, rank)))


def _add_boxes(dot: AGraph, plan: _Plan) -> None:
    """Add each box as one node with a table cell per provision, so that dot keeps the printed order."""
    for i, box in enumerate(plan.boxes):
        provisions = ((f"p{n}", plan.nodes[n].height + plan.sizes.gap) for n in box.members)
        sizes = [("top", box.crown), *provisions, ("foot", _FOOT)]
        cells = "".join(
            f'<TR><TD PORT="{port}" FIXEDSIZE="TRUE" WIDTH="{box.width:g}" HEIGHT="{height:g}"></TD></TR>'
            for port, height in sizes
        )
        dot.add_node(f"g{i}", label=f"<{_TABLE}{cells}</TABLE>>")


def _add_stacks(dot: AGraph, plan: _Plan, pull: int, *, below: bool) -> None:
    """Add invisible nodes and edges that keep the stacks in order, along the top or, if *below*, the bottom."""
    for i, run in enumerate(plan.stacks):
        dot.add_node(f"r{i}", shape="point", label="", width="0.01", style="invis")
        boxes = [f"g{box}" for box in run]
        # With rankdir=LR, nodes of the same rank form a column, and the edges of the chain keep their order.
        chain = [*boxes, f"r{i}"] if below else [f"r{i}", *boxes]
        dot.add_subgraph(chain, name=f"rank{i}", rank="same")
        for one, other in pairwise(chain):
            dot.add_edge(one, other, style="invis", weight="1")
    for i, (left, right) in enumerate(pairwise(plan.stacks)):
        dot.add_edge(f"r{i}", f"r{i + 1}", style="invis", weight="100")
        dot.add_edge(f"g{left[0]}", f"g{right[0]}", style="invis", weight=str(pull), tailport="top:e", headport="top:w")


def _add_links(dot: AGraph, plan: _Plan, *, by_kind: bool) -> None:
    """Add an edge for each link between two boxes, in drawing order or, unless *by_kind*, in the order of its ends."""
    links = list(enumerate(plan.links))
    for i, link in links if by_kind else sorted(links, key=lambda pair: (pair[1].first, pair[1].last, pair[0])):
        # A box is a single node for dot, so links within it are drawn without dot.
        if plan.box_of[link.first] != plan.box_of[link.last]:
            dot.add_edge(
                f"g{plan.box_of[link.first]}",
                f"g{plan.box_of[link.last]}",
                key=f"e{i}",
                tailport=f"p{link.first}:{link.out}",
                headport=f"p{link.last}:{link.into}",
                weight="1" if link.edge.kind is DependencyKind.INFORMS else "2",
            )


def _edges_of(dot: AGraph) -> tuple[float, float, float, float]:
    """Return the bounding box of a layout: left, bottom, right and top."""
    left, bottom, right, top = (float(value) for value in dot.graph_attr["bb"].split(","))
    return left, bottom, right, top


def _attempt(plan: _Plan, dot: AGraph, way: _Way, caption: Caption) -> _Try:
    """Lay the plan out in the empty graph *dot* with the settings *way*, and rate the result."""
    dot.node_attr["shape"], dot.edge_attr["dir"] = "plain", "none"
    _add_boxes(dot, plan)
    _add_stacks(dot, plan, way.pull, below=way.below)
    _add_links(dot, plan, by_kind=way.by_kind)
    dot.layout(prog="dot")
    # In dot, y grows upwards, so the first box of two should have the larger one.
    height = {box: float(dot.get_node(f"g{box}").attr["pos"].split(",")[1]) for run in plan.stacks for box in run}
    swapped = sum(height[one] < height[other] for run in plan.stacks for one, other in pairwise(run))
    left, bottom, right, top = _edges_of(dot)
    kinds = {link.edge.kind for link in plan.links}
    columns = [column for column, _ in plan.columns]
    size = round(landscape_width(right - left, top - bottom, caption, kinds, columns))
    return _Try(swapped, size, -plan.sizes.gap, plan, way, dot)


def _plans(graph: DependencyGraph) -> list[_Plan]:
    """Return a plan for each choice of sizes that makes a difference."""
    found: dict[object, _Plan] = {}
    for sizes in _SIZES:
        plan = _plan(graph, sizes)
        # Different limits may give the same stacks.
        found.setdefault((sizes.node, str(plan.stacks)), plan)
    return list(found.values())


def _best_layout(graph: DependencyGraph, agraph: type[AGraph], caption: Caption) -> _Try:
    """Return the best of several layouts."""

    def attempt(plan: _Plan, way: _Way) -> _Try:
        dot = agraph(directed=True, strict=False, rankdir="LR", newrank="true", nodesep="0.06", ranksep="1.2")
        return _attempt(plan, dot, way, caption)

    # dot may swap boxes of a stack in spite of the chain. Which boxes it swaps depends on such incidental settings.
    first, *others = starmap(_Way, product((False, True), (400, 40), (False, True)))
    if len(graph.ids) > _MANY:
        return attempt(_plan(graph, _SIZES[0]), first)
    # Each run takes time, so all sizes are tried with one setting, then the promising sizes with all settings, then the
    # best of these with more space.
    tries = sorted((attempt(plan, first) for plan in _plans(graph)), key=_rating)
    tries += [attempt(found.plan, way) for found in tries[:_PROMISING] for way in others]
    best = min(tries, key=_rating)
    sizes = best.plan.sizes
    tries += (attempt(_plan(graph, sizes._replace(gap=gap)), best.way) for gap in _LARGER_GAPS)
    return min(tries, key=_rating)


def _rating(found: _Try) -> tuple[int, float, float]:
    """Return the rating by which layouts are compared; the lowest is the best."""
    return found.swapped, found.size, found.tight


def _points(dot: AGraph, pos: str) -> list[Point]:
    """Parse points of dot, where y grows upwards, into points of the picture, where it grows downwards."""
    left, _, _, top = _edges_of(dot)
    return [(float(x) - left, top - float(y)) for x, y in (point.split(",") for point in pos.split())]


def _with_positions(dot: AGraph, plan: _Plan) -> _Plan:
    """Return the plan with the positions of boxes, nodes and columns filled in."""
    boxes, nodes = list(plan.boxes), list(plan.nodes)
    for i, sized in enumerate(plan.boxes):
        [(x, y)] = _points(dot, dot.get_node(f"g{i}").attr["pos"])
        boxes[i] = box = sized._replace(left=x - sized.width / 2, top=y - sized.height / 2)
        y = box.top + box.crown + plan.sizes.gap / 2
        for n in box.members:
            nodes[n] = node = nodes[n]._replace(left=box.left + box.width - _GUTTER - nodes[n].width, top=y)
            y += node.height + plan.sizes.gap
    columns = []
    for column, runs in plan.columns:
        lefts = [boxes[i].left for run in runs for i in run]
        columns.append((column._replace(left=min(lefts), right=max(lefts) + plan.sizes.box), runs))
    return plan._replace(boxes=boxes, nodes=nodes, columns=columns)


def _route(dot: AGraph, plan: _Plan, i: int) -> list[Point]:
    """Return dot's route for a link between two boxes; empty for a link within one box."""
    link = plan.links[i]
    first, last = plan.box_of[link.first], plan.box_of[link.last]
    if first == last:
        return []
    # Links that leave and enter on the same side would otherwise run on top of one another.
    aside = {"ee": 10 + i % 5 * 5, "ww": -10 - i % 5 * 5}.get(link.out + link.into, 0)
    pos = dot.get_edge(f"g{first}", f"g{last}", key=f"e{i}").attr["pos"]
    return [(x + aside, y) for x, y in _points(dot, pos or "")]


def _levels(plan: _Plan, routes: Sequence[Sequence[Point]]) -> dict[tuple[int, int], float]:
    """
    Return the heights at which links meet their first (0) and their last node (1), by link and end.

    The links on one side of a node are spread evenly, in the order in which their routes go on.
    """
    # A link within a box runs downwards: it leaves below all others (2) and arrives above them (0). The longer of two
    # such links encloses the shorter one.
    ends: dict[tuple[int, str], list[tuple[int, float, int, int]]] = defaultdict(list)
    for i, (link, way) in enumerate(zip(plan.links, routes, strict=True)):
        span = link.last - link.first
        ends[link.first, link.out].append((1, way[min(4, len(way) - 1)][1], i, 0) if way else (2, -span, i, 0))
        ends[link.last, link.into].append((1, way[max(-5, -len(way))][1], i, 1) if way else (0, span, i, 1))
    level: dict[tuple[int, int], float] = {}
    for (n, _), found in ends.items():
        node = plan.nodes[n]
        apart = min(11.0, (node.height - 14) / len(found))
        for place, (_, _, i, end) in enumerate(sorted(found)):
            level[i, end] = node.top + node.height / 2 + (place - (len(found) - 1) / 2) * apart
    return level


def _course(plan: _Plan, link: _Link, route: Sequence[Point], ends: tuple[float, float]) -> list[Point]:
    """
    Return a link as Bézier points from node to node.

    *route* is its route between boxes; *ends* are the heights at which it leaves and arrives.
    """
    left, right = (
        {"w": node.left, "e": node.left + node.width} for node in (plan.nodes[link.first], plan.nodes[link.last])
    )
    (sx, sy), (tx, ty) = (left[link.out], ends[0]), (right[link.into], ends[1])
    if route:
        # The route of dot ends at the edges of the boxes; it is extended to the nodes inside, at their heights.
        (ax, _), (bx, _), *inner, (cx, _), (ex, _) = route
        start = [(sx, sy), ((sx + ax) / 2, sy), (ax, sy), (ax, sy), (bx, sy)]
        return [*start, *inner, (cx, ty), (ex, ty), (ex, ty), ((tx + ex) / 2, ty), (tx, ty)]
    # Longer links bend out farther, but not much beyond the space beside the nodes.
    far = min(22 + 8 * (link.last - link.first), _GUTTER * 1.2)
    far *= 0.62 if link.edge.kind is DependencyKind.REFERS else 1
    bend = max(sx, tx) + far if link.out == "e" else min(sx, tx) - far
    return [(sx, sy), (bend, sy), (bend, ty), (tx, ty)]


def _lines(dot: AGraph, plan: _Plan) -> Iterator[Line]:
    """Yield the lines to be drawn, each in the direction of its dependency."""
    routes = [_route(dot, plan, i) for i in range(len(plan.links))]
    level = _levels(plan, routes)
    for i, (link, route) in enumerate(zip(plan.links, routes, strict=True)):
        way = _course(plan, link, route, (level[i, 0], level[i, 1]))
        before, after, edge = link.first, link.last, link.edge
        # Links are laid out from left to right or downwards, and some dependencies point the other way.
        if plan.nodes[before].number != edge.prerequisite.number:
            before, after, way = after, before, way[::-1]
        yield Line(before, after, edge.kind, label_of(edge), tuple(way))


def _picture(dot: AGraph, plan: _Plan) -> Picture:
    """Return the picture of a plan that has its positions."""
    left, bottom, right, top = _edges_of(dot)
    columns = tuple(column for column, _ in plan.columns)
    lines = tuple(_lines(dot, plan))
    return Picture(columns, tuple(plan.boxes), tuple(plan.nodes), lines, right - left, top - bottom)


def svg(
    graph: DependencyGraph,
    *,
    phase: PhaseFilter | None = None,
    role: OneOrMore | None = None,
    kinds: str | Collection[DependencyKind | str] | None = None,
    date: dt.date | None = None,
) -> str:
    """
    Return a standalone SVG of a graph: its provisions, dependencies, and a legend of the kinds that occur.

    The filters are those of `DependencyGraph.subgraph`. The heading names the edition, the filters that are given here,
    and the *date*. With the same version of Graphviz, the output is reproducible. Titles and rationales are shown on
    hover.

    Raises:
        MissingExtra: pygraphviz is not installed; it comes with the extra ``draw``.
        UnknownKey: the phase does not exist.
        UnknownTerm: the role or one of the kinds does not exist.
    """
    agraph = _agraph()
    found, caption = filter_graph(graph, phase=phase, role=role, kinds=kinds, date=date)
    return write_svg(_lay_out(found, agraph, caption), caption)


def lay_out(graph: DependencyGraph) -> Picture:
    """
    Return the picture of a whole graph, with the positions of `svg`.

    Raises:
        MissingExtra: pygraphviz is not installed; it comes with the extra ``draw``.
    """
    agraph = _agraph()
    return _lay_out(graph, agraph, filter_graph(graph)[1])


def _lay_out(graph: DependencyGraph, agraph: type[AGraph], caption: Caption) -> Picture:
    if not graph.ids:
        return Picture((), (), (), (), 0, 0)
    best = _best_layout(graph, agraph, caption)
    return _picture(best.dot, _with_positions(best.dot, best.plan))
