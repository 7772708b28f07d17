"""A calendar: which hours of which local days are worked, turned into moments that know the clock changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.working_time.days import Weekdays
from handlers.working_time.public_days import PublicDays, public_days_of

Interval = tuple[datetime, datetime]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day to another; an end that is not after the start is on the next day, 0:00 to 0:00 all day."""

    start: time
    end: time

    def on(self, day: date, zone: ZoneInfo) -> Interval:
        """The moments of these hours that begin on a local day."""
        until = day if self.end > self.start else day + DAY
        start = moment_of(datetime.combine(day, self.start), zone, is_end=False)
        return start, moment_of(datetime.combine(until, self.end), zone, is_end=True)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hours by rule; on a day of `exceptions` those alone, which may be none. Without any rule it is always open."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    rules: tuple[tuple[Weekdays, Hours], ...] = ()
    exceptions: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)
    public: PublicDays = field(default_factory=lambda: public_days_of(None))

    @property
    def is_always_open(self) -> bool:
        """Whether every moment is worked, so that nothing need be counted."""
        return not self.rules and not self.exceptions

    def of_day(self, day: date) -> list[Interval]:
        """What is worked from hours that begin on a local day, in order; they may reach into the next."""
        hours: tuple[Hours, ...]
        if day in self.exceptions:
            hours = self.exceptions[day]
        elif self.rules:
            hours = tuple(each for days, each in self.rules if days.holds(day, self.public))
        else:
            hours = (Hours(time(), time()),)
        return sorted(interval for each in hours if (interval := each.on(day, self.zone))[0] < interval[1])

    def day_of(self, at: datetime) -> date:
        """The local day of a moment."""
        return at.astimezone(self.zone).date()


ALWAYS = Calendar()


def moment_of(wall: datetime, zone: ZoneInfo, *, is_end: bool) -> datetime:
    """When a wall clock reaches a time: the first time it does for a start, the last for an end.

    A time the clock jumps over is reached at the jump.
    """
    found = wall.replace(tzinfo=zone, fold=int(is_end)).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    before, after = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
