"""The daily digest at the building's hour: one a day and chat, one for all days after a time of being down."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.complaints import concerns
from handlers.notifications import unpack
from handlers.notifications.to_manager import DailyDigest
from handlers.pushes.push import ScheduledPush
from handlers.reports import schedule
from handlers.reports.daily import digest_of, trend_of
from handlers.scene import Desk
from handlers.speaking import language_of, tell
from storage.models import Chat, Push, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, OutboxState

KIND = "daily_digest"
LOOKS_BACK = 31
"""Days after which a chat that was told nothing begins anew."""


def plan_next(unit: UnitOfWork, chat: Chat, site: Site, after: datetime) -> None:
    """The first digest hour after a moment. The key names chat and local day, so a day has one digest."""
    day = after.astimezone(ZoneInfo(site.timezone)).date()
    due = digest_time(site, day, chat)
    if due <= after:
        day += timedelta(days=1)
        due = digest_time(site, day, chat)
    unit.pushes.plan(KIND, _key(chat, day), due, chat_id=chat.id)


def digest_time(site: Site, day: date, chat: Chat) -> datetime:
    """The chat's digest hour of a local day; wall time, so that a clock change moves it with the people."""
    return datetime.combine(day, chat.digest_at or site.digest_at, ZoneInfo(site.timezone))


def move(unit: UnitOfWork, chat: Chat, site: Site, at: time) -> None:
    """From now on at another hour. Where that has passed today and today's is still to come, it comes now."""
    chat.digest_at = at
    for push in unit.pushes.list_waiting_of_chat(KIND, chat.id):
        push.due_at = digest_time(site, day_of(push), chat)


def day_of(push: Push) -> date:
    """The local day a planned digest is named by."""
    return date.fromisoformat(push.key.rpartition(":")[2])


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Say the digest that is due now; after downtime it is one for all the days nobody was told of."""
    if push.chat_id is None:
        return
    chat = unit.chats.get(push.chat_id)
    if chat.site_id is None or chat.role is not ChatRole.MANAGER:
        return
    site = unit.sites.get(chat.site_id)
    plan_next(unit, chat, site, unit.now)
    if not chat.is_open:
        return
    planned = day_of(push)
    day = planned
    while digest_time(site, day + timedelta(days=1), chat) <= unit.now:
        day += timedelta(days=1)
    told, since = _last_told(unit, chat, site, planned)
    missed = (day - told).days - 1
    until, hidden = digest_time(site, day, chat), concerns.list_hidden(unit, chat)
    said = digest_of(unit, site, min(since, until), until, day, missed, hidden=hidden)
    for report in schedule.due(unit, site, told, day):
        tell(unit, chat, report, language_of(unit, chat), key=f"report:{chat.id}:{report.first}:{report.last}")
    trend = trend_of(unit, site, until, hidden)
    if trend is not None and not said.is_empty:
        tell(unit, chat, trend, language_of(unit, chat), key=f"trend:{_key(chat, day)}")
    tell(unit, chat, said, language_of(unit, chat), key=_key(chat, day))


def _last_told(unit: UnitOfWork, chat: Chat, site: Site, planned: date) -> tuple[date, datetime]:
    """The day of the digest before, and until when that told: there this one begins, so that whatever was heard in
    between is in one of them, also after the hour has changed.
    """
    days = [planned - timedelta(days=back) for back in range(1, LOOKS_BACK + 1)]
    for day in days:
        row = unit.outbox.find_by_key(_key(chat, day))
        if row is not None and row.state not in (OutboxState.REFUSED, OutboxState.DEAD):
            said = unpack(row.notification, row.payload)
            until = said.until if isinstance(said, DailyDigest) else None
            return day, until or digest_time(site, day, chat)
    return days[0], digest_time(site, days[0], chat)


def _key(chat: Chat, day: date) -> str:
    return f"digest:{chat.id}:{day}"


def put_aside(unit: UnitOfWork, push: Push) -> None:
    """One day's digest could not be made; tomorrow's is due all the same."""
    chat = unit.chats.get(push.chat_id) if push.chat_id is not None else None
    if chat is not None and chat.site_id is not None:
        plan_next(unit, chat, unit.sites.get(chat.site_id), unit.now)


DAILY_DIGEST = ScheduledPush(KIND, fire, put_aside)
