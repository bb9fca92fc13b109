"""Dates, which every question about an assessment takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aicop.assessment.status.days import day_of
from tests.assessment.examples import assessment, verdict


@pytest.mark.parametrize(
    "day",
    ["2026-06-30", "20260630", dt.date(2026, 6, 30), dt.datetime(2026, 6, 30, 12, 15, tzinfo=dt.UTC)],
    ids=str,
)
def test_a_date_is_iso_text(day: Any) -> None:  # noqa: ANN401
    """A date with a time is its date, on which what ends on that day still holds."""
    assert day_of(day) == "2026-06-30"
    about = assessment(verdict("5.1#1", evidence=("EV-1",), review="2026-06-30"))
    assert about.state("5.1", day).state.value == "pass"


@pytest.mark.parametrize("day", ["30.06.2026", "2026-6-30", "today", "", None, 20260630], ids=repr)
def test_what_is_no_date_is_refused(day: Any) -> None:  # noqa: ANN401
    """The message shows what was given and what is expected."""
    with pytest.raises(ValueError, match="is not an ISO date such as 2026-11-29") as caught:
        day_of(day)
    assert str(caught.value).startswith(repr(day))
