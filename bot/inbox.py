"""One door in. A raw update is a row before anything else; then comes its act, which ends in one disposition."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial

import structlog

from bot.channels.channel import Channel
from bot.reception import Reception, heard_of
from bot.second_opinion import Advice
from bot.signals import Wake
from handlers.events import ButtonPressed, Event
from handlers.notifications.to_manager import MessageFailed
from handlers.scene import Outcome
from handlers.speaking import language_of, tell
from handlers.understanding.second_opinion import SecondOpinion
from locales import Voice
from storage.prepared import NothingChanged
from storage.repositories.inbox import Raw
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole
from storage.writer import StorageUnavailable, Writer

log = structlog.get_logger(__name__)

RunAll = Callable[[Sequence[Callable[[UnitOfWork], Outcome]]], Awaitable["Sequence[Future[Outcome]]"]]
BATCH = 64
TRIES = 3
"""How often a message whose act raises is tried before it is set aside with its raw form."""
PAUSE_SECONDS = 1.0


class Inbox:
    """Stores raw updates and works through them in the order they came."""

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        reception: Reception,
        wake: Wake,
        advice: Advice | None = None,
        run_all: RunAll | None = None,
    ) -> None:
        """`run_all` runs the acts of a batch where something is to share their commit; else the writer does."""
        self._run_all = run_all or writer.run_all
        self._writer, self._channels, self._reception, self._wake = writer, channels, reception, wake
        self._advice = advice
        self._answers: set[asyncio.Task[None]] = set()

    async def store(self, source: str, batch: Sequence[Raw]) -> None:
        """Keep a batch. When this returns it is committed, and the platform may forget it."""
        await self._writer.run(lambda unit: unit.inbox.store(source, batch, unit.now))

    async def run(self) -> None:
        """Work until cancelled; what is left over from before a crash comes first."""
        while True:
            try:
                handled = await self.work()
            except StorageUnavailable:
                log.warning("inbox_waits_for_storage")
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            except Exception:
                log.exception("inbox_round_broke")
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if handled < BATCH:  # that was all, and what came since has left its signal
                await self._wake.wait(Signal.INBOX)

    async def work(self) -> int:
        """Handle what waits, one batch; returns how many had their turn: some may wait for a second opinion.

        What cannot be read has had its turn too: behind a full batch more may wait, whatever was in it.
        """
        rows = await self._writer.read(lambda unit: list(unit.inbox.list_received(BATCH, list(self._channels))))
        heard = [(row, event) for row in rows if (event := await self._read(*row[:3])) is not None]
        unreadable = len(rows) - len(heard)
        opinions: dict[int, SecondOpinion | None] = {}
        if self._advice is not None:
            turns = self._advice.sort([(row[0], event) for row, event in heard])
            opinions = {turn.inbox_id: turn.opinion for turn in turns}
            heard = [(row, event) for row, event in heard if row[0] in opinions]
        acts = [
            partial(self._reception.receive, inbox_id=row[0], event=event, opinion=opinions.get(row[0]))
            for row, event in heard
        ]
        ends = await self._run_all(acts)
        broken: Exception | None = None
        for (row, event), end in zip(heard, ends, strict=True):
            try:
                await self._end(row[0], self._channels[row[1]], event, row[3], end)
            except Exception as error:  # the others have ended too, and something may follow from it
                broken = broken or error
        if broken is not None:
            raise broken
        return len(heard) + unreadable

    async def close(self) -> None:
        """Ask nobody for an opinion any more; what waited for one is heard at the next start."""
        if self._advice is not None:
            await self._advice.close()

    async def _read(self, inbox_id: int, source: str, raw: str) -> Event | None:
        try:
            return self._channels[source].read(json.loads(raw))
        except Exception as error:  # `Unreadable`, no JSON, or a mistake of ours, which must not hold up the others
            log.warning("update_unreadable", inbox=inbox_id, source=source, error=type(error).__name__)
            await self._set_aside(inbox_id, f"unreadable: {type(error).__name__}")
            return None

    async def _end(self, inbox_id: int, channel: Channel, event: Event, attempts: int, end: "Future[Outcome]") -> None:
        """What follows when an act has come to its end."""
        try:
            outcome = end.result()
        except StorageUnavailable:
            raise
        except NothingChanged:
            return
        except Exception as error:
            log.exception("act_failed", inbox=inbox_id, attempt=attempts + 1, error=type(error).__name__)
            if attempts + 1 >= TRIES:
                await self._set_aside(inbox_id, type(error).__name__, event)
            else:
                reason = type(error).__name__
                await self._writer.run(lambda unit: unit.inbox.fail(inbox_id, reason, unit.now, for_good=False))
            return
        if isinstance(event, ButtonPressed):
            self._answer(channel, event, outcome)

    async def _set_aside(self, inbox_id: int, reason: str, event: Event | None = None) -> None:
        """Keep the raw form, let the next one pass, tell the managers of its site; of every site if none is known."""

        def act(unit: UnitOfWork) -> None:
            where = event.where if event is not None else None
            spoken_in = unit.chats.find(where.channel, where.address) if where is not None else None
            heard = heard_of(event, spoken_in, None) if event is not None else None
            unit.inbox.fail(inbox_id, reason, unit.now, for_good=True, heard=heard)
            site_id = spoken_in.site_id if spoken_in is not None else None
            for chat in unit.chats.list_linked():
                if chat.role is ChatRole.MANAGER and chat.is_open and site_id in (None, chat.site_id):
                    tell(
                        unit, chat, MessageFailed(inbox_id), language_of(unit, chat), key=f"failed:{inbox_id}:{chat.id}"
                    )

        await self._writer.run(act)

    def _answer(self, channel: Channel, event: ButtonPressed, outcome: Outcome | None) -> None:
        """After the commit: tell the one who tapped. It is a courtesy of seconds, so it is not queued."""
        text = ""
        if outcome is not None and outcome.toast is not None:
            text = outcome.toast.say(Voice(outcome.language or "en")).plain
        task = asyncio.create_task(self._answer_tap(channel, event.tap_id, text))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer_tap(self, channel: Channel, tap_id: str, text: str) -> None:
        try:
            await channel.answer_tap(tap_id, text)
        except Exception as error:
            log.info("tap_unanswered", channel=channel.name, error=type(error).__name__)
