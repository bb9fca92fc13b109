"""Faults of single rows, and of items that an edition has not got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from aicop.ids import EditionId, PrincipleId, ProvisionId, StatementId
from aicop.lineage.faults import exists, row_faults, table_faults
from aicop.vocabulary import Change
from tests.lineage.examples import line, small_edition

if TYPE_CHECKING:
    from aicop.catalogue import Catalogue
    from aicop.model import LineageRow

ONE = small_edition("acme", "1", {"1.1": 1, "1.2": 2})
ENDS = (ONE.id, EditionId("acme", "2"))


def test_an_item_exists_in_its_edition_alone() -> None:
    """A statement needs a provision that has so many."""
    provision = ProvisionId(ONE.id, "1.2")
    there = (PrincipleId(ONE.id, 1), provision, StatementId(provision, 1), StatementId(provision, 2))
    assert [exists(item, ONE) for item in there] == [True] * 4
    elsewhere = ProvisionId(ENDS[1], "1.2")
    gone = (
        PrincipleId(ONE.id, 2),
        PrincipleId(ENDS[1], 1),
        elsewhere,
        StatementId(elsewhere, 1),
        StatementId(provision, 3),
        StatementId(ProvisionId(ONE.id, "1.3"), 1),
    )
    assert [exists(item, ONE) for item in gone] == [False] * 6


@pytest.mark.parametrize(
    ("old", "new", "changes", "problems"),
    [
        ("1.1", "1.1", (), ["states no change; write identical if nothing changed"]),
        ("1.1", "", (), ["new is empty, so the only change is removed, not none"]),
        (
            "",
            "1.1",
            (Change.WORDING, Change.SCOPE),
            ["old is empty, so the only change is added, not scope of duty; wording"],
        ),
        ("1.1", "1.1", (Change.WORDING, Change.ADDED), ["added needs an empty old"]),
        ("1.1", "1.1", (Change.REMOVED,), ["removed needs an empty new"]),
        ("1.1", "1.1", (Change.REMOVED, Change.ADDED), ["added; removed needs an empty old"]),
        (
            "1.1",
            "1.1",
            (Change.WORDING, Change.IDENTICAL, Change.SCOPE),
            ["identical contradicts scope of duty; wording"],
        ),
        ("1.1", "1.1", (Change.WORDING, Change.WORDING), ["the change wording appears more than once"]),
        ("1.1", "1.1", (Change.WORDING, Change.SCOPE), []),
        ("1.1", "", (Change.REMOVED,), []),
        ("", "1.1", (Change.ADDED,), []),
    ],
)
def test_changes_fit_the_sides_of_a_row(old: str, new: str, changes: tuple[Change, ...], problems: list[str]) -> None:
    """Changes are listed in alphabetical order, whatever their order in the row."""
    row = attrs.evolve(line(ENDS, old, new), changes=changes)
    assert list(row_faults(row)) == problems


def problems_of(rows: list[LineageRow], old: Catalogue, new: Catalogue) -> list[str]:
    """Return the problems of a table."""
    return [fault.problem for fault in table_faults([(str(n), row) for n, row in enumerate(rows)], old, new, "x")]


def test_a_statement_is_compared_with_the_row_of_its_provisions() -> None:
    """That one part of a provision stayed identical does not contradict a change of a statement that went elsewhere."""
    new = small_edition("acme", "2", {"1.1": 1, "1.2": 1})
    old = small_edition("acme", "1", {"1.1": 2})
    rows = [
        line(ENDS, "1.1", "1.1"),
        line(ENDS, "1.1", "1.2", Change.SCOPE),
        line(ENDS, "1.1#1", "1.1#1"),
        line(ENDS, "1.1#2", "1.2#1", Change.WORDING),
    ]
    assert problems_of(rows, old, new) == []
    assert problems_of([*rows[:2], line(ENDS, "1.1#1", "1.1#1", Change.WORDING), rows[3]], old, new) == [
        "wording contradicts the row of acme@1:1.1, which says identical"
    ]


def test_rows_of_statements_concern_all_counterparts_of_their_provisions() -> None:
    """Whatever is connected with a provision whose statements have rows needs rows for its statements, too."""
    old, new = (small_edition("acme", label, {"1.1": 2, "1.2": 1, "1.3": 1}) for label in "12")
    wholes = [line(ENDS, one, other, Change.SCOPE) for one, other in (("1.1", "1.1"), ("1.2", "1.1"), ("1.2", "1.2"))]
    rows = [*wholes, line(ENDS, "1.3", "1.3"), line(ENDS, "1.1#1", "1.1#1")]
    assert [problem.partition(",")[0] for problem in problems_of(rows, old, new)] == [
        "no row names acme@1:1.1#2",
        "no row names acme@1:1.2#1",
        "no row names acme@2:1.1#2",
        "no row names acme@2:1.2#1",
    ]
