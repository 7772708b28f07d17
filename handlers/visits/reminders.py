"""When both sides are reminded of a visit, and when staff are asked how it went; each push decides anew."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.callbacks import out_of_quiet_hours
from handlers.working_time.calendar import moment_of
from storage.models import Site, Ticket, Visit
from storage.repositories.visits import ON_THE_DOT
from storage.unit_of_work import UnitOfWork

REMINDER, NEAR, AFTER = "visit_reminder", "visit_near", "visit_after"
EVENING_BEFORE = 19
"""The local hour at which tomorrow's visit is spoken of."""
BEFORE = timedelta(hours=2)
SOON = timedelta(minutes=30)
GRACE = timedelta(minutes=30)
AGAIN = timedelta(hours=1)
TIMES = 3
"""Asked how it went, at most."""


def plan(unit: UnitOfWork, ticket: Ticket, visit: Visit) -> None:
    """All that follows from an hour both have agreed to; a key holds the visit, and another hour is another visit."""
    site = unit.sites.get(ticket.site_id)
    at = _remind_at(site, visit.starts_at, unit.now)
    if at is not None:
        _plan(unit, visit, REMINDER, "", at)
    if visit.starts_at - SOON > unit.now:
        _plan(unit, visit, NEAR, "", visit.starts_at - SOON)
    ask_after(unit, ticket, visit, 0)


def ask_after(unit: UnitOfWork, ticket: Ticket, visit: Visit, turn: int) -> None:
    """Were you there? Once its time is over, and again when it was put off."""
    if turn >= TIMES:
        return
    over = (visit.ends_at or visit.starts_at + ON_THE_DOT) + GRACE
    due = max(over, unit.now + AGAIN) if turn else over
    due = out_of_quiet_hours(unit.sites.get(ticket.site_id), due)
    _plan(unit, visit, AFTER, f":{turn}", due)


def take_back(unit: UnitOfWork, ticket_id: int) -> None:
    """The visit is moved, off or over: nobody is reminded of it."""
    for kind in (REMINDER, NEAR, AFTER):
        unit.pushes.cancel(kind, ticket_id)


def turn_of(key: str) -> int:
    """How often was asked before."""
    return int(key.rpartition(":")[2])


def _remind_at(site: Site, starts_at: datetime, now: datetime) -> datetime | None:
    """The evening before, else two hours before, never at night and never when it is near anyway."""
    zone = ZoneInfo(site.timezone)
    local = starts_at.astimezone(zone)
    eve = local.replace(hour=EVENING_BEFORE, minute=0, second=0, microsecond=0, tzinfo=None) - timedelta(days=1)
    evening = moment_of(eve, zone, is_end=False)
    if evening > now and out_of_quiet_hours(site, evening) == evening:
        return evening
    late = out_of_quiet_hours(site, starts_at - BEFORE)
    return late if now < late < starts_at - SOON else None


def _plan(unit: UnitOfWork, visit: Visit, kind: str, which: str, due: datetime) -> None:
    unit.pushes.plan(kind, f"{kind}:{visit.id}{which}", due, ticket_id=visit.ticket_id, subject_id=visit.id)
