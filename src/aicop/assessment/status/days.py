"""Dates, which every question about an assessment takes."""

from __future__ import annotations

import datetime as dt

Day = dt.date | str
"""A date, or an ISO date as text."""


def day_of(day: Day) -> str:
    """
    Return a date as ISO text; of a date with a time, the date.

    Raises:
        ValueError: it is not an ISO date.
    """
    if isinstance(day, dt.date):
        # A datetime is a date as well. Its text would be later than the day on which something ends.
        return dt.date(day.year, day.month, day.day).isoformat()
    try:
        return dt.date.fromisoformat(day).isoformat()
    except (TypeError, ValueError):
        message = f"{day!r} is not an ISO date such as 2026-11-29"
        raise ValueError(message) from None
