"""Whether a duty stays as it is, and what a person is told."""

from __future__ import annotations

import pytest

from aicop.ids import EditionId
from aicop.lineage.reasons import is_same, reason_of
from aicop.vocabulary import Change
from tests.lineage.examples import line

ENDS = (EditionId("acme", "1"), EditionId("acme", "2"))


@pytest.mark.parametrize("change", Change)
def test_some_changes_keep_what_is_required(change: Change) -> None:
    """Spelling, footnotes and pointers change no duty; a row that asks for a review is never the same."""
    row = line(ENDS, "1.1", "1.1", change)
    same = change in {Change.IDENTICAL, Change.SPELLING, Change.FOOTNOTE, Change.POINTER}
    assert is_same(row) is same
    assert not is_same(line(ENDS, "1.1", "1.1", change, review="Look."))
    assert not is_same(line(ENDS, "1.1", "1.1", change, Change.STRENGTH))


def test_a_reason_is_one_line() -> None:
    """It names the editions, all changes, the note and what to look at."""
    row = line(ENDS, "1.1", "1.1", Change.STRENGTH, Change.WORDING, note="May became\nshall.", review="Look  again.")
    assert reason_of(row, *ENDS) == "From acme@1 to acme@2: strength, wording. May became shall. Look again."
    assert reason_of(line(ENDS, "1.1", "1.1"), *ENDS) == "From acme@1 to acme@2: identical."
