"""Two editions side by side."""

from __future__ import annotations

import re

import pytest

from aicop.errors import UnknownTerm
from aicop.ids import EditionId
from aicop.lineage import Comparison
from aicop.vocabulary import Change
from tests.lineage.examples import line, pairs

ENDS = (EditionId("acme", "1"), EditionId("acme", "2"))
ROWS = (
    line(ENDS, "P1", "P1", review="Look at the preamble."),
    line(ENDS, "1.1", "1.1", Change.STRENGTH, Change.SPELLING),
    line(ENDS, "1.1#1", "1.1#1"),
    line(ENDS, "1.1#2", "1.1#2", Change.STRENGTH, review="Look.", note="N.", reverse_note="R."),
    line(ENDS, "1.2", ""),
    line(ENDS, "", "1.3#1"),
    line(ENDS, "", "P2"),
)


def test_rows_are_chosen_by_level_and_change() -> None:
    """Rows of each level, also if one side is empty, and rows that changed, need review, or changed in one way."""
    comparison = Comparison(*ENDS, ROWS)
    assert pairs(comparison.principles) == [("P1", "P1"), ("-", "P2")]
    assert pairs(comparison.provisions) == [("1.1", "1.1"), ("1.2", "-")]
    assert pairs(comparison.statements) == [("1.1#1", "1.1#1"), ("1.1#2", "1.1#2"), ("-", "1.3#1")]
    assert comparison.changed == (ROWS[1], *ROWS[3:])
    assert comparison.review == (ROWS[0], ROWS[3])
    assert comparison.of_kind(Change.STRENGTH) == (ROWS[1], ROWS[3])
    assert (
        repr(comparison) == f"<Comparison {ENDS[0]} to {ENDS[1]}: {len(ROWS)} rows, {len(comparison.changed)} changes>"
    )


def test_a_row_reads_in_both_directions() -> None:
    """Reversed, a row has its sides and texts swapped, and added is removed."""
    back = ROWS[3].reversed()
    assert (back.note, back.reverse_note, back.review, back.reverse_review) == ("R.", "N.", None, "Look.")
    assert (back.old, back.new) == (ROWS[3].new, ROWS[3].old)
    assert ROWS[4].reversed().changes == (Change.ADDED,)
    assert ROWS[5].reversed().changes == (Change.REMOVED,)
    assert [row.reversed().reversed() for row in ROWS] == [*ROWS]


def test_a_kind_of_change_may_be_text() -> None:
    """A kind of change is taken as a member or as its word, and a word that is none is refused."""
    comparison = Comparison(*ENDS, ROWS)
    assert comparison.of_kind("strength") == (ROWS[1], ROWS[3])
    with pytest.raises(UnknownTerm, match="strenght"):
        comparison.of_kind("strenght")


def test_a_notebook_shows_what_changed() -> None:
    """The caption counts all rows, of which those without a change are not shown."""
    page = Comparison(*ENDS, ROWS)._repr_html_()
    [caption] = re.findall(r"<b>(.*?)</b>", page)
    assert caption == "acme@1 to acme@2: 5 of 7 rows changed"
    assert re.findall(r"<th[^>]*>(.*?)</th>", page) == ["old", "new", "changes", "note"]
    assert len(re.findall("<tr", page)) == 6
    assert "acme@1:1.1#2" in page
    assert "acme@1:1.1#1" not in page
    assert "1 of 1 row changed" in Comparison(*ENDS, ROWS[1:2])._repr_html_()


def test_rows_are_plain_values() -> None:
    """A table has a row for each row, with ids and changes as text."""
    first, second, *_ = Comparison(*ENDS, ROWS).table()
    assert (first["old"], first["new"], first["changes"]) == ("acme@1:P1", "acme@2:P1", "identical")
    assert second["changes"] == "strength; spelling"
    assert len(Comparison(*ENDS, ROWS).table()) == len(ROWS)
