"""The order of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from aicop.vocabulary import HARD
from tests.graph.examples import graphs, reach

if TYPE_CHECKING:
    from aicop.graph import DependencyGraph


@given(graphs())
def test_an_order_holds_everything_once_and_respects_what_it_can(found: DependencyGraph) -> None:
    """Hard edges always; a soft edge is left out only where it lies on a circle."""
    order = found.order()
    assert sorted(order.sequence) == list(found.ids)
    place = {item: number for number, item in enumerate(order.sequence)}
    unmet = {item for item in found.dependencies if place[item.prerequisite] > place[item.dependant]}
    assert set(order.unmet) == unmet
    for item in unmet:
        assert item.kind not in HARD
        assert item.prerequisite in reach(found, item.dependant)


@given(graphs())
def test_waves_partition_and_follow_one_another(found: DependencyGraph) -> None:
    """Every respected edge runs to a later wave, and every provision but the first wave's needs the wave before."""
    waves = found.waves()
    assert sorted(item for wave in waves for item in wave) == list(found.ids)
    number = {item: place for place, wave in enumerate(waves) for item in wave}
    kept = [item for item in found.dependencies if item not in found.order().unmet]
    assert all(number[item.prerequisite] < number[item.dependant] for item in kept)
    for item, place in number.items():
        assert place == 0 or any(other.dependant == item and number[other.prerequisite] == place - 1 for other in kept)
