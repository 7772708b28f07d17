"""Counts by the quarter of an hour, laid into days and months as the building has them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from storage.repositories.trends import QUARTER


def by_day(quarters: Mapping[int, int], zone: tzinfo, first: date, days: int) -> list[int]:
    """One count for each local day from the first on; what lies outside is left out."""
    counts = [0] * days
    for quarter, count in quarters.items():
        day = (datetime.fromtimestamp(quarter * QUARTER, UTC).astimezone(zone).date() - first).days
        if 0 <= day < days:
            counts[day] += count
    return counts


def days_between(first: date, last: date) -> list[date]:
    """Every day of a period, its last not among them."""
    return [first + timedelta(days=n) for n in range((last - first).days)]
