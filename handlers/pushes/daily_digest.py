"""The daily digest at the building's hour: one a day and chat, one for all days after a time of being down."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.complaints import concerns
from handlers.pushes.push import ScheduledPush
from handlers.reports.daily import digest_of
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
    due = digest_time(site, day)
    if due <= after:
        day += timedelta(days=1)
        due = digest_time(site, day)
    unit.pushes.plan(KIND, _key(chat, day), due, chat_id=chat.id)


def digest_time(site: Site, day: date) -> datetime:
    """The digest hour of a local day; wall time, so that a clock change moves it with the people."""
    return datetime.combine(day, site.digest_at, ZoneInfo(site.timezone))


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
    planned = date.fromisoformat(push.key.rpartition(":")[2])
    day = planned
    while digest_time(site, day + timedelta(days=1)) <= unit.now:
        day += timedelta(days=1)
    told = _last_told(unit, chat, planned)
    missed = (day - told).days - 1
    since, until, hidden = digest_time(site, told), digest_time(site, day), concerns.list_hidden(unit, chat)
    said = digest_of(unit, site, since, until, day, missed, hidden=hidden)
    tell(unit, chat, said, language_of(unit, chat), key=_key(chat, day))


def _last_told(unit: UnitOfWork, chat: Chat, planned: date) -> date:
    """The day of the digest before: where this one begins, so that what was heard in between is in one of them."""
    days = [planned - timedelta(days=back) for back in range(1, LOOKS_BACK + 1)]
    for day in days:
        row = unit.outbox.find_by_key(_key(chat, day))
        if row is not None and row.state not in (OutboxState.REFUSED, OutboxState.DEAD):
            return day
    return days[0]


def _key(chat: Chat, day: date) -> str:
    return f"digest:{chat.id}:{day}"


def put_aside(unit: UnitOfWork, push: Push) -> None:
    """One day's digest could not be made; tomorrow's is due all the same."""
    chat = unit.chats.get(push.chat_id) if push.chat_id is not None else None
    if chat is not None and chat.site_id is not None:
        plan_next(unit, chat, unit.sites.get(chat.site_id), unit.now)


DAILY_DIGEST = ScheduledPush(KIND, fire, put_aside)
