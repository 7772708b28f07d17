"""Decides whose message waits for a second opinion, and keeps each chat's order while it does.

The opinion is fetched before the act, in the event loop; a message that waits stays a received row, and so do those
behind it in its chat. A crash, a stop or a late answer loses nothing: the row is heard with the local answer.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog

from bot.second_opinion.client import Client
from bot.signals import Wake
from handlers.events import Event, MessageReceived, SpeakerKind
from handlers.hearing import site_words
from handlers.understanding.reading import read
from handlers.understanding.second_opinion import SecondOpinion, is_wanted, redacted
from handlers.understanding.site_words import SiteWords
from storage.repositories.budgets import Budgets
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Urgency
from storage.writer import StorageUnavailable, Writer

log = structlog.get_logger(__name__)

CROWD = 32
"""Updates waiting at once from which nobody waits for an opinion."""
AT_ONCE = 8
"""Questions on the wire."""
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Turn:
    """One update whose turn it is, with the opinion on it, if there is one."""

    inbox_id: int
    event: Event
    opinion: SecondOpinion | None


class Advice:
    """Holds back what waits for an opinion. `per_day` opinions for each room and day of its site."""

    def __init__(self, client: Client, writer: Writer, wake: Wake, per_day: int) -> None:
        self._client, self._writer, self._wake, self._per_day = client, writer, wake, per_day
        self._asked: dict[int, asyncio.Task[SecondOpinion | None]] = {}
        self._judged: dict[int, Urgency | None] = {}
        """Urgency by row, None where an opinion is wanted: so each is read for this once."""

    def sort(self, heard: Sequence[tuple[int, Event]]) -> list[Turn]:
        """Of what waits, oldest first, whose turn it is now; the others are told of again when an answer is there."""
        self._forget_all_but({inbox_id for inbox_id, _ in heard})
        for inbox_id, event in heard:
            if inbox_id not in self._judged:
                self._judged[inbox_id] = self._judge(event)
        in_danger = {_place(event) for inbox_id, event in heard if self._judged[inbox_id] is Urgency.EMERGENCY}
        nobody_waits = len(heard) >= CROWD
        waiting: set[Place | None] = set()
        turns = []
        for inbox_id, event in heard:
            place = _place(event)
            if place is not None and place in waiting:
                continue
            may_wait = not nobody_waits and place not in in_danger
            if may_wait and self._is_waiting(inbox_id, event):
                waiting.add(place)
            else:
                turns.append(Turn(inbox_id, event, self._take(inbox_id)))
        return turns

    async def settle(self) -> None:
        """Until every question on the wire has ended; for a stop and for tests."""
        if self._asked:
            await asyncio.gather(*self._asked.values(), return_exceptions=True)

    async def close(self) -> None:
        """Ask no more; what waits is heard at the next start."""
        for task in self._asked.values():
            task.cancel()
        await self.settle()
        self._asked.clear()
        await self._client.close()

    def _judge(self, event: Event) -> Urgency | None:
        if not isinstance(event, MessageReceived) or event.speaker.kind is not SpeakerKind.PERSON or not event.text:
            return Urgency.NORMAL
        reading = read(event.text)
        is_ours = event.command is None and not event.is_to_another
        return None if is_ours and is_wanted(reading) else reading.urgency

    def _is_waiting(self, inbox_id: int, event: Event) -> bool:
        if inbox_id in self._asked:
            return not self._asked[inbox_id].done()
        if self._judged[inbox_id] is not None or not isinstance(event, MessageReceived) or self._client.is_resting:
            return False
        if sum(not task.done() for task in self._asked.values()) >= AT_ONCE:
            return False
        task = asyncio.create_task(self._ask(event))
        task.add_done_callback(lambda _: self._wake.now(Signal.INBOX))
        self._asked[inbox_id] = task
        return True

    def _take(self, inbox_id: int) -> SecondOpinion | None:
        """The opinion, if it has come; a question still on the wire is taken back."""
        task = self._asked.get(inbox_id)
        if task is None or task.cancelled():
            return None
        if not task.done():
            task.cancel()
            return None
        return None if task.exception() is not None else task.result()

    async def _ask(self, event: MessageReceived) -> SecondOpinion | None:
        try:
            private = await self._writer.run(lambda unit: self._pay(unit, event))
        except StorageUnavailable:
            return None
        if private is None:
            return None
        return await self._client.ask(await asyncio.to_thread(redacted, event.text, *private))

    def _pay(self, unit: UnitOfWork, event: MessageReceived) -> tuple[SiteWords, list[str]] | None:
        """The places and names that must not leave, once the question is paid for.

        None where it is no tenants' chat, or the day's budget is spent.
        Paid before they are sent: a crash in between may cost one question and never lets one more out.
        """
        chat = unit.chats.find(event.where.channel, event.where.address)
        if chat is None or chat.site_id is None or chat.role not in (ChatRole.ROOM, ChatRole.PRIVATE):
            return None
        site = unit.sites.get(chat.site_id)
        today = unit.now.astimezone(ZoneInfo(site.timezone)).date()
        if not Budgets(unit.session).spend(f"opinions:{chat.id}", today, self._per_day):
            return None
        names = (event.speaker.name, *event.speaker.name.split(), site.name, chat.title)
        return site_words(unit, site.id), [name for name in names if len(name) > 1]

    def _forget_all_but(self, waiting: set[int]) -> None:
        self._judged = {inbox_id: urgency for inbox_id, urgency in self._judged.items() if inbox_id in waiting}
        for inbox_id in self._asked.keys() - waiting:
            del self._asked[inbox_id]


def _place(event: Event) -> Place | None:
    where = getattr(event, "where", None)
    return (where.channel, where.address) if where is not None else None
