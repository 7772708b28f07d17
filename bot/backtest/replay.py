"""Lets a throw-away desk hear a chat's past, by the real inbox, handlers and outbox, at the hours it was written.

Nobody from the staff is there, so somebody is imagined who takes each ticket after half an hour and finishes it within
a day; or "any news?" would find every ticket of the past still open.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.backtest.spoken import Export, Spoken
from bot.channels.bot_api.addressing import Self, command_in
from bot.channels.channel import Pace
from bot.channels.memory import MemoryChannel, raw_of
from bot.clock import Clock
from bot.inbox import Inbox
from bot.reception import Reception
from bot.settings import Settings
from bot.wiring import Lobby, join
from handlers.events import Attached, Event, MessageReceived, Speaker, Unheard, Where
from handlers.pushes.asking_expiry import ASKING_EXPIRY
from handlers.scene import Desk, Outcome
from handlers.understanding.second_opinion import SecondOpinion
from locales import Voice
from storage.engine import open_engine
from storage.fresh import make_schema
from storage.models import Chat, Site, Ticket
from storage.repositories.inbox import Raw
from storage.repositories.ledger import Ledger, Line
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, CloseReason, Group, TicketState
from storage.writer import Writer

CHANNEL = "memory"
ROOM = "room"
TOGETHER = 64
"""Messages heard in one commit."""
TAKEN_AFTER, FINISHED_AFTER, CLOSED_AFTER = timedelta(minutes=30), timedelta(days=1), timedelta(days=3)
LOOK, ROUND = timedelta(minutes=10), timedelta(hours=2)
AFTER_ALL = timedelta(hours=2)
"""After the last message: long enough for the last question to expire."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- memory that looks like a folder: nothing of it reaches a disk
WITHOUT_PACE = Pace(per_chat_seconds=0, per_group_minute=10**9, per_second=10**9)
NOBODY_OF_OURS = Self(0, "")


@dataclass(frozen=True, slots=True)
class Estate:
    """Where the chat's people live: what the desk would have been told of it. `buildings`: a name and its aliases."""

    zone: str
    language: str
    buildings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """How it ended: the ledger's lines in the order they were heard, and what the room would have read."""

    lines: Sequence[Line]
    said_to: dict[str, str]
    """By message id: the desk's answer under it, as it read in the end."""
    reactions: dict[str, str]
    sentences: int
    """How many the room would have read."""


class Past(Clock):
    """The hour of whatever is being heard."""

    def __init__(self) -> None:
        super().__init__()
        self.time = NEVER

    def now(self) -> datetime:
        """Never later than what was heard last."""
        return self.time


@dataclass
class AtItsTime(Reception):
    """Every message is heard at the hour it was written, and after everything that fell due before it."""

    office: "Office"

    def receive(self, unit: UnitOfWork, inbox_id: int, event: Event, opinion: SecondOpinion | None = None) -> Outcome:
        """As ever, at another time."""
        if isinstance(event, MessageReceived):
            self.office.work_until(unit, event.sent_at)
            unit.now = event.sent_at
        return super().receive(unit, inbox_id, event, opinion)


@dataclass
class Office:
    """What happens between the messages: questions expire, and the imagined staff work."""

    desk: Desk
    site_id: int
    staff_id: int
    _next_look: datetime = NEVER
    _next_round: datetime = NEVER
    _heard_last: datetime = NEVER
    _worked: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    """By open ticket: how often it was reopened, and since when it waits."""
    _finished: dict[int, datetime] = field(default_factory=dict)

    def work_until(self, unit: UnitOfWork, at: datetime) -> None:
        """Everything due by then, looked for every few minutes."""
        before, self._heard_last = self._heard_last, at
        if at < self._next_look:
            return
        self._next_look = at + LOOK
        for push_id in unit.pushes.list_due(at, TOGETHER):
            push = unit.pushes.claim(push_id, at)
            if push is not None and push.kind == ASKING_EXPIRY.kind:  # reminders to nobody need not be said
                unit.now = push.due_at
                ASKING_EXPIRY.fire(unit, self.desk, push)
        if at >= self._next_round:
            self._next_round, unit.now = at + ROUND, at
            self._make_a_round(unit, at, before)

    def _make_a_round(self, unit: UnitOfWork, now: datetime, before: datetime) -> None:
        """What was reopened was so by `before`, when a message was heard last."""
        for ticket in unit.tickets.list_open(self.site_id):
            reopened, since = self._worked.get(ticket.id, (0, ticket.opened_at))
            if ticket.reopened > reopened:
                since = before
                self._worked[ticket.id] = ticket.reopened, since
            if now - since >= FINISHED_AFTER and ticket.state in (TicketState.ASSIGNED, TicketState.ACCEPTED):
                ticket.finish(self.staff_id, since + FINISHED_AFTER)
                self._finished[ticket.id] = since + FINISHED_AFTER
            elif now - since >= TAKEN_AFTER and ticket.state is TicketState.ASSIGNED:
                ticket.take(self.staff_id, since + TAKEN_AFTER)
        for ticket_id, at in list(self._finished.items()):
            if now - at >= CLOSED_AFTER:
                del self._finished[ticket_id]
                _close(unit.tickets.get(ticket_id), at + CLOSED_AFTER)
        unit.flush()


@dataclass
class Replay:
    """A desk that hears the past, batch by batch."""

    lobby: Lobby
    inbox: Inbox
    past: Past
    channel: MemoryChannel
    office: Office

    async def play(self, export: Export, on_heard: Callable[[int], None]) -> Played:
        """Hear it all; `on_heard` is told of every batch how many they were."""
        writer, authors = self.lobby.writer, dict[str, str]()
        for start in range(0, len(export.spoken), TOGETHER):
            batch = export.spoken[start : start + TOGETHER]
            raws = []
            for spoken in batch:
                event = _event(spoken, export.title, authors)
                authors[spoken.message_id] = spoken.speaker
                raws.append((Raw(str(spoken.number), json.dumps(raw_of(event))), spoken.at))
            self.past.time = batch[-1].at
            await writer.run(partial(_store, raws))
            while await self.inbox.work():
                pass
            await self.lobby.outbox.drain()
            on_heard(len(batch))
        await writer.run(lambda unit: self.office.work_until(unit, self.past.time + AFTER_ALL))
        screen = self.channel.screens[ROOM]
        return Played(
            lines=await writer.read(lambda unit: Ledger(unit.session).lines()),
            said_to={shown.reply_to: shown.speech.plain for shown in screen if shown.reply_to is not None},
            reactions={message: emoji for (chat, message), emoji in self.channel.reactions.items() if chat == ROOM},
            sentences=len(screen),
        )


@asynccontextmanager
async def open_replay(estate: Estate) -> AsyncIterator[Replay]:
    """A fresh desk with a room and every duty chat; its database is gone when it is left, however that happens."""
    with _folder() as place:
        past, engine = Past(), open_engine(f"sqlite:///{place}/past.db")
        make_schema(engine)
        writer = Writer(engine, past.now)
        channel = MemoryChannel(name=CHANNEL, pace=WITHOUT_PACE)
        desk, tenants = Desk("", "nobody opens these links"), frozenset({CHANNEL})
        lobby = join(Settings(_env_file=None), writer, past, {CHANNEL: channel}, tenants, desk)
        try:
            site_id, staff_id = await writer.run(lambda unit: _furnish(unit, estate))
            office = Office(desk, site_id, staff_id)
            inbox = Inbox(writer, lobby.channels, AtItsTime(desk, tenants, tenants, office), lobby.wake)
            yield Replay(lobby, inbox, past, channel, office)
        finally:
            await asyncio.to_thread(writer.close)
            engine.dispose()


def _folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder only we can read, in memory where the system has such a thing."""
    return tempfile.TemporaryDirectory(prefix="lobby-backtest-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None)


def _furnish(unit: UnitOfWork, estate: Estate) -> tuple[int, int]:
    site = unit.sites.add(Site(name="past", timezone=estate.zone, language=estate.language, emergency_number="119"))
    for name, *aliases in estate.buildings:
        unit.sites.add_building(site.id, name, aliases)
    chats: list[tuple[str, ChatRole, Group | None]] = [
        (ROOM, ChatRole.ROOM, None),
        ("managers", ChatRole.MANAGER, None),
    ]
    chats += [(f"duty-{group}", ChatRole.DUTY, group) for group in Group]
    for address, role, group in chats:
        chat = Chat(channel=CHANNEL, address=address, role=role, site_id=site.id, group=group, language=estate.language)
        unit.chats.add(chat)
    return site.id, unit.people.add(CHANNEL, "staff", Voice(estate.language).say("a colleague")).id


def _event(spoken: Spoken, title: str, authors: dict[str, str]) -> Event:
    where = Where(CHANNEL, ROOM, is_private=False, title=title)
    if spoken.passed_over is not None:
        return Unheard(where, spoken.passed_over, spoken.message_id)
    if not spoken.text and spoken.attached is None:
        return Unheard(where, "no words", spoken.message_id)
    command, is_foreign = (None, False) if spoken.is_forwarded else command_in(spoken.text, NOBODY_OF_OURS)
    answered = authors.get(spoken.reply_to or "", spoken.speaker)
    is_to_another = answered != spoken.speaker and not answered.startswith("channel")
    return MessageReceived(
        where,
        Speaker(spoken.speaker, spoken.name),
        spoken.message_id,
        spoken.at,
        spoken.text,
        (Attached(spoken.attached, f"past-{spoken.number}"),) if spoken.attached else (),
        reply_to=spoken.reply_to,
        is_forwarded=spoken.is_forwarded,
        is_to_another=is_foreign or spoken.names_another or is_to_another,
        command=command,
    )


def _store(raws: Sequence[tuple[Raw, datetime]], unit: UnitOfWork) -> None:
    for raw, at in raws:
        unit.inbox.store(CHANNEL, [raw], at)


def _close(ticket: Ticket, at: datetime) -> None:
    if ticket.state is TicketState.DONE:
        ticket.close(CloseReason.WITHOUT_ANSWER, at)
