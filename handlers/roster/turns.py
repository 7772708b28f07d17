"""Who is on duty when: shifts laid over days, less those who are away, with who stands in for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.roster.calendars import public_days
from handlers.working_time import Hours, Weekdays
from storage.models import Member, Shift, Site
from storage.repositories.rosters import SiteRoster
from storage.roster_vocabulary import MemberRole
from storage.vocabulary import Group

DAY = timedelta(days=1)
LOOKS_AHEAD = 14
"""Days within which the next one on duty is looked for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's time on duty."""

    start: datetime
    end: datetime
    group: Group
    member: Member
    day: date
    instead_of: Member | None = None


def on_duty(roster: SiteRoster, site: Site, at: datetime, group: Group | None = None) -> Sequence[Turn]:
    """Whose turn it is, of one group or of all; those who have been on longest first."""
    return [
        turn
        for turn in _around(roster, site, at, days=1)
        if turn.start <= at < turn.end and group in (None, turn.group)
    ]


def next_turn(roster: SiteRoster, site: Site, at: datetime, group: Group) -> Turn | None:
    """The next turn of a group that begins after this moment."""
    coming = (turn for turn in _around(roster, site, at, days=LOOKS_AHEAD) if turn.start > at and turn.group is group)
    return next(coming, None)


def turns_between(roster: SiteRoster, site: Site, since: datetime, until: datetime) -> Sequence[Turn]:
    """Every turn that begins in a time, in order."""
    days = (until - since).days + 2
    return [turn for turn in _around(roster, site, since, days=days) if since <= turn.start < until]


def is_rostered(roster: SiteRoster, group: Group) -> bool:
    """Whether the group has shifts at all; where it has none, nobody can be missing."""
    members = {member.id for member in roster.members if member.group is group}
    return any(shift.member_id in members for shift in roster.shifts)


def leads_of(roster: SiteRoster, group: Group | None) -> Sequence[Member]:
    """Who leads a group."""
    return [member for member in roster.members if member.role is MemberRole.LEAD and member.group is group]


def with_role(roster: SiteRoster, role: MemberRole) -> Sequence[Member]:
    """Everybody of a role, whatever their group."""
    return [member for member in roster.members if member.role is role]


def turns_of_day(roster: SiteRoster, site: Site, day: date) -> Sequence[Turn]:
    """The turns that begin on a local day, in order."""
    known: Sequence[Turn] | None = roster.derived.get(("turns", day))
    if known is None:
        turns = (turn for shift in roster.shifts if (turn := _turn(roster, site, shift, day)) is not None)
        known = roster.derived[("turns", day)] = sorted(turns, key=lambda turn: (turn.start, turn.end, turn.member.id))
    return known


def _around(roster: SiteRoster, site: Site, at: datetime, days: int) -> Iterator[Turn]:
    """From the day before, whose night may still go on."""
    first = at.astimezone(ZoneInfo(site.timezone)).date() - DAY
    for offset in range(days + 2):
        yield from turns_of_day(roster, site, first + offset * DAY)


def _turn(roster: SiteRoster, site: Site, shift: Shift, day: date) -> Turn | None:
    if not _begins_on(shift, day, site):
        return None
    usual = roster.find_member(shift.member_id)
    if usual is None or usual.group is None:
        return None
    away = next((each for each in roster.absences if each.member_id == usual.id and each.day == day), None)
    member = roster.find_member(away.substitute_id) if away is not None else usual
    if member is None:
        return None
    start, end = Hours(shift.starts_at, shift.ends_at).on(day, ZoneInfo(site.timezone))
    return Turn(start, end, usual.group, member, day, usual if away is not None else None)


def _begins_on(shift: Shift, day: date, site: Site) -> bool:
    if shift.on_day is not None:
        return shift.on_day == day
    is_valid = (shift.since is None or shift.since <= day) and (shift.until is None or day <= shift.until)
    return is_valid and Weekdays.read(shift.days).holds(day, public_days(site))
