"""The order of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aicop.graph.order import order_component, order_of_work, topological_order
from aicop.vocabulary import HARD, DependencyKind
from tests.graph.examples import IDS, edge, graphs, reach

if TYPE_CHECKING:
    from aicop import ProvisionId
    from aicop.graph import DependencyGraph
    from aicop.graph.order import Edges
    from aicop.model import Dependency


@given(graphs())
def test_an_order_holds_everything_once_and_respects_what_it_can(found: DependencyGraph) -> None:
    """Hard edges are always respected, and a soft one is unmet only if it lies on a cycle."""
    order = found.order()
    assert sorted(order.sequence) == list(found.ids)
    place = {item: number for number, item in enumerate(order.sequence)}
    unmet = {item for item in found.dependencies if place[item.prerequisite] > place[item.dependant]}
    assert set(order.unmet) == unmet
    for item in unmet:
        assert item.kind not in HARD
        assert item.prerequisite in reach(found, item.dependant)


@given(
    st.permutations(range(6)),
    st.permutations(range(6)),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1]), max_size=7),
)
@example([5, 4, 3, 2, 1, 0], [3, 1, 5, 0, 2, 4], {(0, 1), (0, 5), (2, 5)})
def test_without_cycles_the_lowest_free_number_is_next(
    names: list[int], listed: list[int], pairs: set[tuple[int, int]]
) -> None:
    """Of the provisions whose prerequisites are done, the first in printed order is next."""
    edges = {(names[before], names[after]) for before, after in pairs}
    out: Edges = [[(after, 1) for before, after in sorted(edges) if before == item] for item in range(6)]
    into: Edges = [[(before, 1) for before, after in sorted(edges) if after == item] for item in range(6)]
    expected: list[int] = []
    # Kahn's algorithm, which always takes the lowest number.
    while len(expected) < 6:
        free = (
            item for item in range(6) if item not in expected and all(before in expected for before, _ in into[item])
        )
        expected.append(min(free))
    assert list(topological_order([[item] for item in listed], out, into)) == expected


@given(
    st.permutations(range(5)),
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] != pair[1]), st.integers(0, 3)
    ),
)
@example([0, 1, 2, 3, 4], {(0, 1): 3, (1, 2): 1, (2, 0): 2, (2, 3): 3, (3, 1): 2, (3, 4): 1, (4, 2): 3})
@example([4, 3, 2, 1, 0], {(0, 1): 0, (1, 2): 0, (2, 0): 2, (4, 3): 1, (3, 4): 1, (0, 4): 3, (4, 0): 2})
def test_inside_a_cycle_the_greatest_gain_is_next(names: list[int], weights: dict[tuple[int, int], int]) -> None:
    """Of what may follow: nothing unmet, then the most weight that it meets and does not violate, then its number."""
    # Hard edges, which weigh 0, run in one direction and so form no cycle.
    edges = {
        (names[one], names[other]): weight if one < other else max(weight, 1)
        for (one, other), weight in weights.items()
    }
    out: Edges = [[(b, weight) for (a, b), weight in edges.items() if a == item] for item in range(5)]
    into: Edges = [[(a, weight) for (a, b), weight in edges.items() if b == item] for item in range(5)]
    expected: list[int] = []
    while len(expected) < 5:
        left = {(a, b): weight for (a, b), weight in edges.items() if not {a, b} & set(expected)}
        blocked = {b for (_, b), weight in left.items() if weight == 0}
        free = set(range(5)) - set(expected) - blocked
        unmet = {item: sum(weight for (_, b), weight in left.items() if b == item) for item in free}
        given_up = {item: sum(weight for (a, _), weight in left.items() if a == item) for item in free}
        expected.append(min(free, key=lambda item: (unmet[item] > 0, unmet[item] - given_up[item], item)))
    assert list(order_component(list(range(5)), out, into)) == expected


def test_a_cycle_is_broken_at_its_lightest_edge() -> None:
    """The lighter soft edge is left unmet, and a hard edge is kept at any cost."""
    out = [[(1, 3)], [(0, 1)]]
    into = [[(1, 1)], [(0, 3)]]
    assert list(order_component([0, 1], out, into)) == [0, 1]
    assert list(order_component([0, 1], [[(1, 3)], [(0, 0)]], [[(1, 0)], [(0, 3)]])) == [1, 0]


@pytest.mark.parametrize("weight", [0, 1, 5])
def test_only_edges_inside_a_cycle_decide_its_order(weight: int) -> None:
    """What leads to it has been done, and what it leads to comes later in any case."""
    out = [[(1, 1)], [(0, 1), (2, weight)], [], [(0, weight)]]
    into = [[(1, 1), (3, weight)], [(0, 1)], [(1, weight)], []]
    assert list(order_component([0, 1], out, into)) == [0, 1]


REFERS, TRIGGERS, INFORMS = DependencyKind.REFERS, DependencyKind.TRIGGERS, DependencyKind.INFORMS
SUSPECT = None
"""A cross-reference that is probably an error."""


@pytest.mark.parametrize(
    ("onward", "back", "kept"),
    [
        ([DependencyKind.REQUIRES], [REFERS, TRIGGERS, INFORMS], True),
        ([DependencyKind.REFINES], [REFERS], True),
        ([REFERS], [TRIGGERS], True),
        ([TRIGGERS], [REFERS], False),
        ([TRIGGERS], [INFORMS], True),
        ([INFORMS], [TRIGGERS], False),
        ([SUSPECT], [TRIGGERS], False),
        # If both sides weigh the same, the first in printed order comes first.
        ([REFERS], [TRIGGERS, INFORMS], True),
        ([TRIGGERS, INFORMS], [REFERS], True),
        ([INFORMS], [SUSPECT], True),
        ([SUSPECT], [INFORMS], True),
        ([INFORMS], [SUSPECT, INFORMS], False),
    ],
)
def test_the_heavier_side_of_a_cycle_is_met(
    onward: list[DependencyKind | None], back: list[DependencyKind | None], *, kept: bool
) -> None:
    """References weigh as much as a trigger and information together, and suspect ones no more than information."""

    def edges(before: ProvisionId, after: ProvisionId, kinds: list[DependencyKind | None]) -> list[Dependency]:
        return [
            attrs.evolve(edge(before, after, REFERS if kind is SUSPECT else kind), suspect=kind is SUSPECT)
            for kind in kinds
        ]

    there, again = edges(IDS[0], IDS[1], onward), edges(IDS[1], IDS[0], back)
    order = order_of_work(IDS[:2], [*there, *again])
    assert order.sequence == (IDS[:2] if kept else IDS[1::-1])
    assert list(order.unmet) == (again if kept else there)


def test_an_order_is_shown_with_what_it_violates() -> None:
    """In one line."""
    assert repr(order_of_work(IDS[:2], [])) == "<Order of 2 provisions: 0 dependencies not met>"
    there, back = edge(IDS[0], IDS[1], INFORMS), edge(IDS[1], IDS[0], INFORMS)
    assert repr(order_of_work(IDS[:1], [])) == "<Order of 1 provision: 0 dependencies not met>"
    assert repr(order_of_work(IDS[:2], [there, back])) == "<Order of 2 provisions: 1 dependency not met>"
