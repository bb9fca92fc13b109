"""Arguments from containments and overlaps."""

from __future__ import annotations

import pytest

from aicop.crosswalk.arguments import EQUAL, INTERSECTS, PART, SUBSET, Argument, Arguments, Assertions, Chain

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


def test_an_argument_without_needless_rows_is_minimal() -> None:
    """Otherwise it is replaced by the shortest one among its rows."""
    known = arguments()
    least = Argument((UP,), shortest=False)
    assert known.minimal(least, 0, 3, overlap=False) is least
    # Up to 3, down to 2 and up again.
    detour = Argument(((*UP, (3, 2, 1), (2, 3, 1)),), shortest=False)
    assert known.minimal(detour, 0, 3, overlap=False) == least
