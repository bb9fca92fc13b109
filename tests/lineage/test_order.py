"""The order of the rows of a lineage."""

from __future__ import annotations

import itertools

import pytest

from aicop.lineage import Comparison
from aicop.lineage.order import in_printed_order
from tests.lineage.examples import line, pairs, small_edition

OLD = small_edition("acme", "1", {"1.1": 1, "1.2": 1, "2.1": 1})
NEW = small_edition("acme", "2", {"1.1": 1, "1.2": 1, "1.3": 1, "1.4": 1, "2.1": 1})
ORDERED = [("", "1.1"), ("P1", ""), ("1.1", "1.2"), ("1.1", "1.4"), ("", "1.3"), ("1.2", ""), ("2.1", "2.1")]
"""An item before all others is added, one is split around an added one, and two are removed, one of them the first."""


@pytest.mark.parametrize("given", list(itertools.permutations(ORDERED))[::251], ids=lambda _: "")
def test_rows_are_in_printed_order_of_the_old_edition(given: tuple[tuple[str, str], ...]) -> None:
    """Rows of one item are in order of the new edition, and an added item follows all rows of the one before it."""
    rows = tuple(line((OLD.id, NEW.id), old, new) for old, new in given)
    found = in_printed_order(Comparison(OLD.id, NEW.id, rows), OLD, NEW)
    assert pairs(found.rows) == [(old or "-", new or "-") for old, new in ORDERED]
