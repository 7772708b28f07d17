"""The public holidays of a year are not known yet: said early, and again each week until they are."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import promises
from handlers.notifications.to_manager import HolidaysUnknown
from handlers.pushes.push import ScheduledPush
from handlers.roster.calendars import has_hours_by_rule, public_days
from handlers.roster.turns import leads_of
from handlers.scene import Desk
from handlers.speaking import language_of, tell
from storage.models import Push, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole

KIND = "public_days"
EARLY = (11, 15)
"""The day from which next year's are missed: the mainland decrees them in late autumn."""
AT = time(10, 0)
AGAIN = timedelta(days=7)


def unknown_years(site: Site, today: date) -> list[int]:
    """This year and, from the middle of November, the next, as far as the table lacks them."""
    years = (today.year, today.year + 1) if today >= date(today.year, *EARLY) else (today.year,)
    return [year for year in years if not public_days(site).is_known(year)]


def plan(unit: UnitOfWork, site: Site) -> None:
    """The next look, on the day from which a year would be missed, or tomorrow where that is past."""
    today = unit.now.astimezone(ZoneInfo(site.timezone)).date()
    _plan(unit, site, max(date(today.year, *EARLY), today + timedelta(days=1)))


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Say which year is missing, to managers and to every group with a lead."""
    site = next((one for one in unit.sites.list_all() if one.id == push.subject_id), None)
    if site is None:
        return
    roster, today = unit.rosters.recall(site.id), unit.now.astimezone(ZoneInfo(site.timezone)).date()
    if not has_hours_by_rule(roster):
        return
    missing = unknown_years(site, today)
    if not missing:
        promises.count_all(unit, site)
        _plan(unit, site, date(today.year + 1, *EARLY))
        return
    chats = [
        *unit.chats.list_by_role(site.id, ChatRole.MANAGER),
        *(chat for chat in unit.chats.list_by_role(site.id, ChatRole.DUTY) if leads_of(roster, chat.group)),
    ]
    for chat in chats:
        tell(unit, chat, HolidaysUnknown(missing[0]), language_of(unit, chat), key=f"{push.key}:{chat.id}")
    _plan(unit, site, today + AGAIN)


def _plan(unit: UnitOfWork, site: Site, day: date) -> None:
    due = datetime.combine(day, AT, ZoneInfo(site.timezone))
    unit.pushes.plan(KIND, f"{KIND}:{site.id}:{day}", due, subject_id=site.id)


PUBLIC_DAYS = ScheduledPush(KIND, fire)
