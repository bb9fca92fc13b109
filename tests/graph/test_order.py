"""The order of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.graph.order import order_component, order_of_work, topological_order
from aicop.vocabulary import HARD, DependencyKind
from tests.graph.examples import IDS, edge, graphs, reach

if TYPE_CHECKING:
    from aicop import ProvisionId
    from aicop.graph import DependencyGraph
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


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1])))
def test_without_cycles_the_lowest_free_number_is_next(edges: set[tuple[int, int]]) -> None:
    """Of the provisions whose prerequisites are done, the first in printed order is next."""
    out: list[list[tuple[int, int]]] = [
        [(after, 1) for before, after in sorted(edges) if before == item] for item in range(6)
    ]
    into = [[(before, 1) for before, after in sorted(edges) if after == item] for item in range(6)]
    expected: list[int] = []
    # Kahn's algorithm, which always takes the lowest number.
    while len(expected) < 6:
        free = (
            item for item in range(6) if item not in expected and all(before in expected for before, _ in into[item])
        )
        expected.append(min(free))
    assert list(topological_order([[item] for item in range(6)], out, into)) == expected


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
