"""A roster as sheets to fill and as lines to read: what `lobby roster` writes and prints."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.roster.sheets import NOTES, SHEETS
from handlers.roster.turns import Turn, turns_of_day
from locales import Voice, voice
from storage.models import Site
from storage.repositories.rosters import SiteRoster
from storage.vocabulary import Group

Sheets = dict[str, Sequence[Sequence[str]]]
NOBODY = "(nobody)"


def as_sheets(roster: SiteRoster, site: Site, today: date) -> Sheets:
    """The roster as it is, in the form it is imported in; without one, the empty form."""
    spoken = voice(site.language)
    names = {member.id: member.name for member in roster.members}
    rows: dict[str, list[tuple[str, ...]]] = {
        "members": [
            (m.name, _group(spoken, m.group), spoken.term("member_role", m.role), m.phone) for m in roster.members
        ],
        "shifts": [
            (
                names[s.member_id],
                s.on_day.isoformat() if s.on_day else s.days,
                _time(s.starts_at),
                _time(s.ends_at, is_end=True),
                s.since.isoformat() if s.since else "",
                s.until.isoformat() if s.until else "",
            )
            for s in roster.shifts
            if s.member_id in names
        ],
        "absences": [
            (names[a.member_id], a.day.isoformat(), names.get(a.substitute_id or 0, ""))
            for a in roster.absences
            if a.member_id in names and a.day >= today
        ],
        "hours": [
            (_group(spoken, h.group), h.days, _time(h.starts_at), _time(h.ends_at, is_end=True)) for h in roster.hours
        ],
        "special_days": [
            (d.day.isoformat(), _group(spoken, d.group), _time(d.starts_at), _time(d.ends_at, is_end=True))
            for d in roster.special_days
        ],
    }
    sheets: Sheets = {
        sheet.names[0]: [tuple(column.names[0] for column in sheet.columns), *rows[sheet.field]] for sheet in SHEETS
    }
    return sheets | dict(NOTES)


def as_lines(roster: SiteRoster, site: Site, now: datetime, days: int) -> Iterator[str]:
    """Who is there, and who is on duty on each of the next days."""
    for member in roster.members:
        above = member.role.replace("_", " ")
        bound = "" if member.person_id else "  (no account yet: lobby roster code NAME)"
        yield f"{member.name}  {member.group or ''} {above}".rstrip() + bound
    zone = ZoneInfo(site.timezone)
    groups = {member.id: member.group for member in roster.members}
    rostered = [group for group in Group if any(groups.get(shift.member_id) is group for shift in roster.shifts)]
    for offset in range(days if rostered else 0):
        day = now.astimezone(zone).date() + timedelta(days=offset)
        yield f"{day:%Y-%m-%d %a}"
        for group in rostered:
            turns = [turn for turn in turns_of_day(roster, site, day) if turn.group is group]
            told = [_turn(turn, zone) for turn in turns]
            yield f"  {group:15} {', '.join(told) or NOBODY}"


def _turn(turn: Turn, zone: ZoneInfo) -> str:
    start, end = (moment.astimezone(zone).time() for moment in (turn.start, turn.end))
    instead = f" (for {turn.instead_of.name})" if turn.instead_of else ""
    return f"{_time(start)}-{_time(end, is_end=True)} {turn.member.name}{instead}"


def _group(spoken: Voice, group: Group | None) -> str:
    return spoken.term("group", group) if group else ""


def _time(at: time | None, *, is_end: bool = False) -> str:
    if at is None:
        return ""
    return "24:00" if is_end and at == time() else f"{at:%H:%M}"
