"""Hours to choose from: what the tenant asked for, then the next ones in which the ticket's group works."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.notifications.hours import Slot
from handlers.roster.calendars import calendar_of
from handlers.understanding.moments import AFTERNOON, EVENING, MORNING, Named, named_time
from handlers.working_time.calendar import moment_of
from storage.models import Site, Ticket
from storage.unit_of_work import UnitOfWork

OFFERED = 5
"""More would be a list nobody reads."""
DAYS = 8
"""How far ahead free hours are looked for."""
NOTICE = timedelta(minutes=30)
"""Nobody is at the door in less."""
SHORTEST = timedelta(hours=1)
LONGEST = timedelta(hours=14)
FARTHEST = timedelta(days=400)
"""No button of ours carries anything beyond these two."""


def slots_for(unit: UnitOfWork, ticket: Ticket) -> tuple[Slot, ...]:
    """The next parts of days in which the group works."""
    site = unit.sites.get(ticket.site_id)
    today = unit.now.astimezone(ZoneInfo(site.timezone)).date()
    found: list[Slot] = []
    for ahead in range(DAYS):
        found += _of_day(unit, ticket, site, today + timedelta(days=ahead))
        if len(found) >= OFFERED:
            break
    return tuple(found[:OFFERED])


def wish_of(unit: UnitOfWork, ticket: Ticket) -> Slot | None:
    """The hour the tenant has named, as long as it is to come; "tomorrow" is counted from when it was said."""
    if not ticket.visit_time:
        return None
    said = next((e.at for e in unit.tickets.list_entries(ticket.id) if ticket.visit_time in e.text), ticket.opened_at)
    site = unit.sites.get(ticket.site_id)
    named = named_time(ticket.visit_time, wall(site, said))
    slot = slot_of(site, named) if named is not None else None
    return slot if slot is not None and slot[0] > unit.now else None


def wall(site: Site, at: datetime) -> datetime:
    """What the clock on the wall of a site shows."""
    return at.astimezone(ZoneInfo(site.timezone)).replace(tzinfo=None)


def slot_of(site: Site, named: Named) -> Slot:
    """Hours on that clock as moments."""
    zone = ZoneInfo(site.timezone)
    end = moment_of(named.end, zone, is_end=True) if named.end is not None else None
    return moment_of(named.start, zone, is_end=False), end


def read_slot(choice: str, now: datetime) -> Slot:
    """The hours a button carried; `ValueError` for what no button of ours carries, and for hours gone by."""
    first, _, last = choice.partition("-")
    start = datetime.fromtimestamp(int(first), UTC) if len(first) <= 11 else now - FARTHEST
    end = datetime.fromtimestamp(int(last), UTC) if last and len(last) <= 11 else None
    is_long = end is not None and not timedelta() < end - start <= LONGEST
    if is_long or not now < (end or start) <= now + FARTHEST:
        raise ValueError(choice)
    return start, end


def _of_day(unit: UnitOfWork, ticket: Ticket, site: Site, day: date) -> Iterator[Slot]:
    zone = ZoneInfo(site.timezone)
    calendar = calendar_of(unit.rosters.recall(site.id), site, ticket.group)
    worked: Sequence[tuple[datetime, datetime]] = calendar.of_day(day)
    for begins, ends in (MORNING, AFTERNOON, EVENING):
        start = moment_of(datetime.combine(day, begins), zone, is_end=False)
        until = moment_of(datetime.combine(day, ends), zone, is_end=True)
        start = max(start, _next_half_hour(unit.now + NOTICE))
        for opens, closes in worked:
            first, last = max(start, opens), min(until, closes)
            if last - first >= SHORTEST:
                yield first, last


def _next_half_hour(at: datetime) -> datetime:
    gone = timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
    return at if not gone else at - gone + timedelta(minutes=30)
