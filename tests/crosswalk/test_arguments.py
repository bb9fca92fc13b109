"""Arguments from containments and overlaps."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from aicop.crosswalk.arguments import (
    EQUAL,
    INTERSECTS,
    PART,
    SUBSET,
    SUPERSET,
    Argument,
    Arguments,
    Assertions,
    Chain,
    Landmarks,
)

if TYPE_CHECKING:
    from aicop.crosswalk.shortest import Edge

UP: Chain = ((0, 1, PART), (1, 2, 0), (2, 3, 1))
"""0 is a part of 1, which is a subset of 2, which equals 3."""


def arguments() -> Arguments:
    """Return what can be argued from three containments and an overlap; 0 overlaps with 4, which is a subset of 5."""
    known = Assertions()
    known.add_part(0, 1)
    known.add_row(1, 2, SUBSET)
    known.add_row(2, 3, EQUAL)
    known.add_row(0, 4, INTERSECTS)
    known.add_row(4, 5, SUBSET)
    return Arguments(known)


@pytest.mark.parametrize(
    ("one", "other", "chains"),
    [
        (0, 3, (UP,)),
        (0, 0, ((),)),
        (3, 1, None),
        (0, 5, None),
    ],
)
def test_a_containment_is_a_chain(one: int, other: int, chains: tuple[Chain, ...] | None) -> None:
    """From the part to the whole; it is certain whether there is one."""
    found = None if chains is None else Argument(chains, shortest=True)
    assert arguments().containment(one, other) == (found, True)


@pytest.mark.parametrize(
    ("one", "other", "chains"),
    [
        (3, 5, (UP[::-1], ((0, 4, 2),), ((4, 5, 3),))),
        (1, 3, ((), (), UP[:0:-1])),
        (3, 1, (UP[:0:-1], (), ())),
        (1, 6, None),
    ],
)
def test_an_overlap_is_two_chains_from_the_whole_and_a_step_between_them(
    one: int, other: int, chains: tuple[Chain, ...] | None
) -> None:
    """There is no step between them if both chains lead to the same element."""
    found = None if chains is None else Argument(chains, shortest=True)
    assert arguments().overlap(one, other) == (found, True)


def test_a_long_argument_goes_by_way_of_a_landmark() -> None:
    """It is kept if each of its rows is needed, and it is not certain that it is the shortest."""
    known = arguments()
    assert known.long(0, 3, overlap=False) == Argument((UP,), shortest=False)
    assert known.long(3, 2, overlap=True) == Argument((UP[:1:-1], ()), shortest=False)
    assert known.long(0, 5, overlap=False) is None
    # An overlap that a row states is on no way between wholes and parts.
    assert known.long(3, 5, overlap=True) is None


@pytest.mark.parametrize(("near", "far"), [*itertools.permutations(range(1, 5), 2)])
def test_of_equally_short_arguments_the_one_with_the_first_rows_is_found(near: int, far: int) -> None:
    """Whichever numbers the elements have, and in whichever direction the rows were written."""
    for turned in (True, False):
        known = Assertions()
        known.add_row(0, near, SUBSET)
        known.add_row(*((far, 0, SUPERSET) if turned else (0, far, SUBSET)))
        known.add_row(near, 9, SUBSET)
        known.add_row(far, 9, SUBSET)
        contained = Argument((((0, near, 0), (near, 9, 2)),), shortest=True)
        assert Arguments(known).containment(0, 9) == (contained, True)
    known = Assertions()
    known.add_row(0, near, INTERSECTS)
    known.add_row(far, 0, INTERSECTS)
    known.add_row(near, 9, SUBSET)
    known.add_row(far, 9, SUBSET)
    shared = Argument(((), ((0, near, 0),), ((near, 9, 2),)), shortest=True)
    assert Arguments(known).overlap(0, 9) == (shared, True)


def test_of_equally_short_overlaps_the_one_with_the_nearest_element_is_found() -> None:
    """Two steps between parts and wholes are nearer than one row."""
    known = Assertions()
    for part, whole in ((1, 0), (2, 1), (3, 4), (4, 9)):
        known.add_part(part, whole)
    known.add_row(3, 0, SUBSET)
    known.add_row(2, 9, SUBSET)
    expected = Argument((((1, 0, PART), (2, 1, PART)), (), ((2, 9, 1),)), shortest=True)
    assert Arguments(known).overlap(0, 9) == (expected, True)


def test_an_argument_is_made_minimal_by_its_own_rows() -> None:
    """Not by a shorter way over a row that it does not have."""
    known = Assertions()
    known.add_part(0, 1)
    known.add_row(1, 2, SUBSET)
    known.add_row(2, 3, EQUAL)
    known.add_row(0, 3, SUBSET)
    detour = Argument(((*UP, (3, 2, 1), (2, 3, 1)),), shortest=False)
    assert Arguments(known).minimal(detour, 0, 3, overlap=False) == Argument((UP,), shortest=False)


def subsets(*rows: tuple[int, int]) -> Assertions:
    """Return the assertions of rows that say which element is a subset of which."""
    known = Assertions()
    for one, other in rows:
        known.add_row(one, other, SUBSET)
    return known


def test_of_several_landmarks_the_nearest_is_used() -> None:
    """Between the first element and the last, two ways pass one element and another way passes two."""
    landmarks = Landmarks(subsets((0, 1), (1, 2), (2, 5), (0, 3), (3, 5), (0, 4), (4, 5)))
    assert landmarks.chains(0, 5, overlap=False) == (((0, 3, 3), (3, 5, 4)),)
    assert landmarks.chains(0, 2, overlap=False) == (((0, 1, 0), (1, 2, 1)),)
    assert landmarks.chains(3, 4, overlap=False) is None
    assert landmarks.chains(5, 2, overlap=True) == (((2, 5, 2),), ())


def test_a_landmark_has_many_elements_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    """An element that contains many but is contained in one leads from few elements to few."""
    monkeypatch.setattr(Landmarks, "COUNT", 1)
    landmarks = Landmarks(subsets(*((one, 1) for one in range(4, 9)), (1, 9), (10, 3), (11, 3), (3, 12), (3, 13)))
    assert landmarks.chains(10, 13, overlap=False) == (((10, 3, 6), (3, 13, 9)),)
    assert landmarks.chains(4, 9, overlap=False) is None


def test_an_argument_without_needless_rows_is_minimal() -> None:
    """Otherwise it is replaced by the shortest one among its rows."""
    known = arguments()
    least = Argument((UP,), shortest=False)
    assert known.minimal(least, 0, 3, overlap=False) is least
    # Up to 3, down to 2 and up again.
    detour = Argument(((*UP, (3, 2, 1), (2, 3, 1)),), shortest=False)
    assert known.minimal(detour, 0, 3, overlap=False) == least


def crossed() -> Arguments:
    """Return what can be argued of three rows that go round, and of 3, a part of 4, which is a part of 5."""
    known = Assertions()
    known.add_part(3, 4)
    known.add_part(4, 5)
    known.add_row(0, 1, SUBSET)
    known.add_row(1, 2, SUBSET)
    known.add_row(2, 0, SUBSET)
    known.add_row(3, 6, SUBSET)
    known.add_row(6, 5, SUBSET)
    known.add_row(5, 7, SUBSET)
    known.add_row(6, 8, SUBSET)
    return Arguments(known)


@pytest.mark.parametrize(
    ("steps", "minimal"),
    [
        pytest.param([(3, 4, PART)], True, id="one part"),
        pytest.param([(3, 4, PART), (4, 5, PART), (5, 7, 5)], True, id="all parts are among the steps"),
        pytest.param([(3, 6, 3), (6, 8, 6)], True, id="the whole is elsewhere"),
        pytest.param([(3, 6, 3), (6, 5, 4)], False, id="a whole of the whole is visited"),
        pytest.param([(0, 1, 0), (1, 2, 1)], True, id="rows"),
        pytest.param([(0, 1, 0), (1, 2, 1), (2, 0, 2)], False, id="a circle"),
        pytest.param([(0, 1, 0), (1, 2, 1), (2, 0, 2), (0, 1, 0)], False, id="a circle and more"),
        pytest.param([(5, 7, 5), (6, 5, 4), (4, 5, PART)], False, id="one element thrice"),
    ],
)
def test_steps_are_minimal_if_none_can_be_left_out(steps: list[Edge], *, minimal: bool) -> None:
    """They visit no element twice, and no other parts and wholes join the elements that they visit."""
    assert crossed()._is_minimal(steps) is minimal


def test_a_way_round_is_left_out() -> None:
    """Parts and wholes do without rows, and an element contains itself without any."""
    known = crossed()
    rows = Argument((((3, 6, 3), (6, 5, 4)),), shortest=False)
    assert known.minimal(rows, 3, 5, overlap=False) == Argument((((3, 4, PART), (4, 5, PART)),), shortest=False)
    circle = Argument((((0, 1, 0), (1, 2, 1), (2, 0, 2)),), shortest=False)
    assert known.minimal(circle, 0, 0, overlap=False) == Argument(((),), shortest=False)
