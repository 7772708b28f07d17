"""Which reports fall due with a digest: the week's with Monday's, the month's with that of its first day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.notifications.to_manager import ReportFile
from storage.models import Site
from storage.repositories.scopes import Scope
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork

FEWEST = 10
"""Tickets: what is less the digests have told."""
WEEK = timedelta(days=7)
ONE = timedelta(days=1)


def due(unit: UnitOfWork, site: Site, told: date, day: date) -> list[ReportFile]:
    """What fell due after the digest of one day, up to that of another: the newest week and the newest month."""
    days = [told + timedelta(days=n) for n in range(1, (day - told).days + 1)]
    found = []
    if mondays := [each for each in days if each.weekday() == 0]:
        found.append(ReportFile(site.id, site.name, mondays[-1] - WEEK, mondays[-1] - ONE, is_month=False))
    if firsts := [each for each in days if each.day == 1]:
        last = firsts[-1] - ONE
        found.append(ReportFile(site.id, site.name, last.replace(day=1), last, is_month=True))
    return [each for each in found if _received(unit, site, each) >= FEWEST]


def _received(unit: UnitOfWork, site: Site, each: ReportFile) -> int:
    zone = ZoneInfo(site.timezone)
    since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (each.first, each.last + ONE))
    return sum(row.tickets for row in unit.periods.demand(Scope(Sight(site.id), since, until)))
