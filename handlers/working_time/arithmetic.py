"""Adds and measures time as a calendar counts it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from handlers.working_time.calendar import DAY, Calendar, Interval

LOOKS_AHEAD = 400
"""Days after which a calendar that never opens is taken at its word."""
ZERO = timedelta()


class NeverOpen(Exception):
    """Not enough working time in more than a year: the calendar is empty, or the amount absurd."""


def add_working_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The moment at which this much has been worked since `start`; nothing at all is due at the next opening."""
    if calendar.is_always_open:
        return start + amount
    left = amount
    for opens, closes in _intervals_from(calendar, start):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NeverOpen


def next_open(calendar: Calendar, at: datetime) -> datetime:
    """This moment where it is worked, else when work begins again."""
    return add_working_time(calendar, at, ZERO)


def working_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much of the time from one moment to another is worked; nothing where the end is not after the start."""
    if end <= start:
        return ZERO
    if calendar.is_always_open:
        return end - start
    worked, days = ZERO, (calendar.day_of(end) - calendar.day_of(start)).days + 2
    for opens, closes in _intervals_from(calendar, start, days):
        if opens >= end:
            break
        worked += min(closes, end) - opens
    return worked


def _intervals_from(calendar: Calendar, start: datetime, days: int = LOOKS_AHEAD) -> Iterator[Interval]:
    """What is worked from a moment on, in order, without overlaps or gaps of nothing."""
    start = start.astimezone(UTC)
    day, reached = calendar.day_of(start) - DAY, start  # the night before may still be at work
    for _ in range(days + 1):
        for opens, closes in calendar.of_day(day):
            opens = max(opens, reached)  # hours may overlap; no minute counts twice
            if closes > opens:
                reached = closes
                yield opens, closes
        day += DAY
