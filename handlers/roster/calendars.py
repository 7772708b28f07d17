"""The calendar of a group, as the roster sets it: its own hours, else those of all groups, else every hour."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from handlers.working_time import Calendar, Hours, PublicDays, Weekdays, public_days_of
from locales.zones import territory_of
from storage.models import Site, SpecialDay
from storage.repositories.rosters import SiteRoster
from storage.vocabulary import Group


def public_days(site: Site) -> PublicDays:
    """The public holidays of the country a site lies in."""
    return public_days_of(territory_of(site.timezone))


def calendar_of(roster: SiteRoster, site: Site, group: Group | None) -> Calendar:
    """Which hours count for a group's promises."""
    known: Calendar | None = roster.derived.get(("calendar", group))
    if known is None:
        known = roster.derived[("calendar", group)] = _make(roster, site, group)
    return known


def has_hours_by_rule(roster: SiteRoster) -> bool:
    """Whether anything here moves with the public holidays."""
    written = [*(row.days for row in roster.hours), *(row.days for row in roster.shifts)]
    return any(days and not days[0].isdigit() for days in written)


def _make(roster: SiteRoster, site: Site, group: Group | None) -> Calendar:
    own = [row for row in roster.hours if row.group is group] or [row for row in roster.hours if row.group is None]
    rules = tuple((Weekdays.read(row.days), Hours(row.starts_at, row.ends_at)) for row in own)
    exceptions = {row.day: _hours_on(roster.special_days, row.day, group) for row in roster.special_days}
    known = {day: hours for day, hours in exceptions.items() if hours is not None}
    return Calendar(ZoneInfo(site.timezone), rules, known, public_days(site))


def _hours_on(rows: Sequence[SpecialDay], day: date, group: Group | None) -> tuple[Hours, ...] | None:
    of_day = [row for row in rows if row.day == day]
    own = [row for row in of_day if row.group is group] or [row for row in of_day if row.group is None]
    if not own:
        return None
    return tuple(
        Hours(row.starts_at, row.ends_at) for row in own if row.starts_at is not None and row.ends_at is not None
    )
