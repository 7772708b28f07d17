"""Working time counted the slow way: one minute after another, with nothing but the wall clock's face."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from handlers.working_time import Calendar

MINUTE = timedelta(minutes=1)


@cache
def _faces(zone: ZoneInfo, first: datetime, days: int) -> tuple[list[datetime], list[datetime]]:
    """Some days' minutes, and what the clock on the wall shows at each."""
    minutes = [first + n * MINUTE for n in range(days * 24 * 60)]
    return minutes, [at.astimezone(zone).replace(tzinfo=None) for at in minutes]


def worked_minutes(calendar: Calendar, start: datetime, days: int) -> Iterator[datetime]:
    """Every minute at work from `start` on, which is a whole minute."""
    minutes, faces = _faces(calendar.zone, start.replace(hour=0, minute=0) - timedelta(days=2), days + 5)
    working: set[int] = set()
    for offset in range((faces[-1].date() - faces[0].date()).days):
        day = faces[0].date() + timedelta(days=offset)
        if day in calendar.exceptions:
            hours = calendar.exceptions[day]
        else:
            hours = tuple(each for rule, each in calendar.rules if rule.holds(day, calendar.public))
        for each in hours:
            begins = datetime.combine(day, each.start)
            ends = datetime.combine(day if each.end > each.start else day + timedelta(days=1), each.end)
            reached = next((n for n, face in enumerate(faces) if begins <= face), len(faces))
            left = next((n for n in range(len(faces) - 1, -1, -1) if faces[n] < ends), -1)
            working.update(range(reached, left + 1))
    for n, at in enumerate(minutes):
        if at >= start and n in working:
            yield at.astimezone(UTC)
