"""Shortest paths in networks."""

from __future__ import annotations

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from aicop.crosswalk.shortest import Network

edges = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([1, 2, 10])),
    max_size=14,
    unique_by=lambda edge: edge[:2],
)


def network_of(rows: list[tuple[int, int, int]]) -> Network:
    """Return a network of these edges, each two nodes and a length, which are numbered in their order."""
    numbered = [(one, other, length, number) for number, (one, other, length) in enumerate(rows)]

    def onward(node: int) -> list[tuple[int, int, int]]:
        return [(other, length, number) for one, other, length, number in numbered if one == node]

    def back(node: int) -> list[tuple[int, int, int]]:
        return [(one, length, number) for one, other, length, number in numbered if other == node]

    return Network(onward, back)


def simple_paths(rows: list[tuple[int, int, int]], start: int, end: int) -> list[list[int]]:
    """Return the paths that pass no node twice, each as the numbers of its edges."""

    def onward(node: int, seen: frozenset[int]) -> list[list[int]]:
        if node == end:
            return [[]]
        return [
            [number, *rest]
            for number, (one, other, _) in enumerate(rows)
            if one == node and other not in seen
            for rest in onward(other, seen | {other})
        ]

    return onward(start, frozenset([start]))


@given(edges)
@example([(0, 1, 1), (0, 2, 10), (2, 1, 1), (1, 3, 10), (0, 3, 10)])
@example([(0, 1, 1), (0, 2, 1), (1, 3, 1), (2, 3, 1), (3, 4, 2)])
def test_the_edges_are_those_of_all_shortest_paths(rows: list[tuple[int, int, int]]) -> None:
    """Among all paths that there are."""
    network = network_of(rows)
    for start, end in itertools.product(range(6), repeat=2):
        paths = simple_paths(rows, start, end)
        lengths = [sum(rows[number][2] for number in path) for path in paths]
        least = {
            number for path, length in zip(paths, lengths, strict=True) if length == min(lengths) for number in path
        }
        expected = {(rows[number][0], rows[number][1], number) for number in least}
        assert network.shortest(start, end) == (expected if paths else None, True)
