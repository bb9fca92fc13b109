"""Dates, which every question about an assessment takes."""

from __future__ import annotations

import datetime as dt

Day = dt.date | str
"""A date, or an ISO date as text."""


def day_of(day: Day) -> str:
    """
    Return a date as ISO text.

    Raises:
        ValueError: the text is not an ISO date.
    """
    return (dt.date.fromisoformat(day) if isinstance(day, str) else day).isoformat()
