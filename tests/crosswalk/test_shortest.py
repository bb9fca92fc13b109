"""Shortest paths in networks."""

from __future__ import annotations

import itertools

import pytest
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


@pytest.mark.parametrize("length", range(1, 8))
def test_both_ends_of_a_chain_look_at_half_of_it(length: int) -> None:
    """For each step, an end looks at a node and an edge; with less, nothing is found and nothing is certain."""
    network = network_of([(node, node + 1, 1) for node in range(length)])
    every = {(node, node + 1, node) for node in range(length)}
    half = (length + 1) // 2
    assert network.shortest(0, length, 2 * half) == (every, True)
    assert network.shortest(0, length, 2 * half - 1) == (None, False)


def test_a_search_that_is_cut_short_returns_the_best_path_so_far() -> None:
    """Each end looks first at its node with two edges, one of which is long and leads to the other end."""
    network = network_of([(0, 4, 10), (0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1)])
    assert network.shortest(0, 4, 2) == (None, False)
    assert network.shortest(0, 4, 4) == ({(0, 4, 0)}, False)
    assert network.shortest(0, 4, 5) == ({(0, 1, 1), (1, 2, 2), (2, 3, 3), (3, 4, 4)}, True)


def test_an_end_that_would_look_at_much_waits_for_the_other() -> None:
    """The second node has four edges, so that the end, with one edge at each node, goes on to meet it."""
    network = network_of([(0, 5, 1), (5, 6, 1), (5, 7, 1), (5, 8, 1), (5, 9, 1), (9, 4, 1)])
    assert network.shortest(0, 4, 3) == (None, False)
    assert network.shortest(0, 4, 4) == ({(0, 5, 0), (5, 9, 4), (9, 4, 5)}, True)
