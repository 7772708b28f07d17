"""One door out: claims rows, keeps the platforms' pace, sends, and writes down how each row ended."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import structlog

from bot.channels.channel import Channel
from bot.claiming import Claim, Claiming
from bot.clock import Clock
from bot.delivery import Sent, StartBy, deliver
from bot.endings import SLOWED, Endings
from bot.making import file_of
from bot.merging import deliver_together
from bot.pacing import Pacer
from bot.signals import Wake
from handlers.complaints import sealing
from handlers.scene import Desk
from storage.repositories.claims import Due
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork
from storage.writer import StorageUnavailable, Writer

log = structlog.get_logger(__name__)

LOOK_FOR_DEAD_SECONDS = 5.0
BROKEN_SECONDS = 1.0
GOODBYE_SECONDS = 8.0
"""How long a stop waits for what is on the wire; the rest is judged unknown when its lease ends."""
IDLE_SECONDS = 0.2
LINGER_SECONDS = 0.02
"""How long the end of a send waits to be written while nothing else waits to be sent."""
GATHER_SECONDS = 0.05
"""How long sends that came back wait for others, while more than half are out: each round is an act and a commit."""


class Round(NamedTuple):
    """What a commit with a claim in it brought home: how the acts ended, and what is ours to send until when."""

    ends: "list[Future[Any]]"
    claimed: Sequence[tuple[Due, StartBy]] = ()


class Outbox:
    """Sends what waits. `width` sends are on the wire at once, one per chat; a crash can repeat no more than these."""

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        pacers: Mapping[str, Pacer],
        desk: Desk,
        clock: Clock,
        wake: Wake,
        *,
        width: int,
        lease: timedelta,
    ) -> None:
        self._writer, self._channels, self._pacers = writer, channels, pacers
        self._clock, self._wake = clock, wake
        self._width = width
        self._busy: Counter[str] = Counter()
        self.worker = secrets.token_hex(8)
        self._sending: set[asyncio.Task[None]] = set()
        self._out: set[int] = set()
        self._ended: list[Sent] = []
        self._broken: list[Sent] = []
        """What could not be written down with the others."""
        self._secret = desk.secret
        self._endings = Endings(desk, self.worker, lease)
        merging = frozenset(name for name, channel in channels.items() if channel.abilities.merges)
        self._claiming = Claiming(self.worker, pacers, lease, max(1, width // len(channels)), merging)
        self._looked_for_dead = 0.0
        self._came_back = 0.0
        self._knows_orders = False
        self._is_lingering = False
        self._is_running = self._is_stopping = False
        self._has_inherited = False
        self._claim: asyncio.Task[Round] | None = None

    async def run(self) -> None:
        """Send until cancelled. What is on the wire then is finished and written down first."""
        self._knows_orders = self._has_inherited = False  # somebody else may have led meanwhile
        self._looked_for_dead = float("-inf")
        self._is_running, self._is_stopping = True, False
        try:
            while True:
                try:
                    await self.work()
                except Exception:  # one row nobody foresaw must not stop the others
                    log.exception("outbox_round_broke")
                    await asyncio.sleep(BROKEN_SECONDS)
                    continue
                # Whatever may go is on its way: more may only after a commit, a send that came back, or some time.
                await self._wake.wait(Signal.OUTBOX, GATHER_SECONDS if self._is_mostly_out else IDLE_SECONDS)
        finally:
            self._is_running, self._is_stopping = False, True
            if self._claim is not None:  # what it has claimed is ours to send; after this, it takes nothing
                await asyncio.wait([self._claim], timeout=GOODBYE_SECONDS)
            if self._sending:
                await asyncio.wait(self._sending, timeout=GOODBYE_SECONDS)
            await self._write_down()

    @property
    def _is_mostly_out(self) -> bool:
        return len(self._sending) * 2 > self._width

    async def work(self) -> bool:
        """One round: write down what ended, claim what may go, put it on the wire. False when there was nothing."""
        clock = asyncio.get_running_loop().time
        if self._is_mostly_out and clock() - self._came_back < GATHER_SECONDS:
            return False
        self._came_back = clock()
        try:
            while self._claim is not None:
                await asyncio.wait([self._claim])
            if self._broken:
                await self._write_down()
            if not self._knows_orders:
                await self._recall_orders(clock())
            if clock() - self._looked_for_dead >= LOOK_FOR_DEAD_SECONDS:
                self._looked_for_dead = clock()
                await self._writer.run(self._endings.keep_bounds)
                await self._writer.run(self._judge_the_dead)
                self._has_inherited = True
            while self._claim is not None:
                await asyncio.wait([self._claim])
            await self._claim_with([])
        except StorageUnavailable:
            log.warning("outbox_waits_for_storage")
            await asyncio.sleep(IDLE_SECONDS)
            return True
        return bool(self._sending or self._ended or self._broken)

    async def run_and_claim(self, acts: "Sequence[Callable[[UnitOfWork], Any]]") -> "Sequence[Future[Any]]":
        """`Writer.run_all`, and what the acts leave to be said is claimed in their own commit where it can be: it is on
        the wire a commit sooner, and a commit is a third of what a lone message costs."""
        may_claim = self._is_running and self._knows_orders and self._claim is None and not self._is_mostly_out
        return await (self._claim_with(acts) if acts and may_claim else self._writer.run_all(acts))

    async def drain(self) -> None:
        """Send everything that may go now; for the demo and the tests."""
        self._is_stopping = False
        while await self.work() or self._sending or self._ended:
            if self._sending:
                await asyncio.gather(*self._sending)

    async def _claim_with(self, acts: "Sequence[Callable[[UnitOfWork], Any]]") -> "Sequence[Future[Any]]":
        """In a task of its own: a caller that is cancelled must not leave claimed rows with nobody to send them."""
        self._claim = asyncio.create_task(self._run_end_and_claim(acts))
        ours = asyncio.shield(self._claim)
        self._claim.add_done_callback(self._put_on_the_wire)
        return (await ours).ends

    def _put_on_the_wire(self, claim: asyncio.Task[Round]) -> None:
        self._claim = None
        if claim.cancelled() or claim.exception() is not None:
            return
        together: dict[int, list[Due]] = {}
        """One row of each chat, or all that go as one message."""
        for due, _ in claim.result().claimed:
            together.setdefault(due.chat_id, []).append(due)
        start_by = {due.chat_id: until for due, until in claim.result().claimed}
        for chat_id, rows in together.items():
            self._busy[rows[0].channel] += 1
            self._out.update(due.id for due in rows)
            task = asyncio.create_task(self._send(rows, start_by[chat_id]))
            self._sending.add(task)
            task.add_done_callback(self._came_home)

    async def _run_end_and_claim(self, acts: "Sequence[Callable[[UnitOfWork], Any]]") -> Round:
        clock = asyncio.get_running_loop().time
        room = self._claiming.room(clock(), self._busy)
        ended, self._ended = self._ended, []

        def act(unit: UnitOfWork) -> Claim:
            self._endings.write(unit, ended)
            return Claim() if self._is_stopping else self._claiming.claim(unit, room)

        if not ended and room.is_full:
            return Round(await self._writer.run_all(acts))
        done: list[Future[Any]] = []
        try:
            *done, last = await self._writer.run_all([*acts, act])
            claim: Claim = last.result()
        except StorageUnavailable:
            self._ended = ended + self._ended
            if not done:
                raise
            return Round(done)  # the acts know their own ends; a round of ours will tell what is wrong
        except Exception as error:
            self._broken += ended
            if not acts:
                raise
            log.warning("claim_broke", error=type(error).__name__)
            self._wake.now(Signal.OUTBOX)
            return Round(done)
        self._out -= {sent.due.id for sent in ended}
        self._claiming.keep(claim, room, clock())  # by now: the commit may have waited for another's
        return Round(done, claim.rows)

    async def _send(self, rows: Sequence[Due], start_by: StartBy) -> None:
        due, *others = rows
        if sealing.is_sealed(due.address):
            due = due._replace(address=sealing.opened(self._secret, due.address) or due.address)
        now, time, pacer = self._clock.now, asyncio.get_running_loop().time, self._pacers[due.channel]
        channel, media = self._channels[due.channel], partial(file_of, self._writer, due)

        def is_ours() -> bool:
            return not start_by.has_passed(now())

        def rest() -> float:
            return pacer.rest_left(due.chat_id, time())

        try:
            if others:
                ends = await deliver_together(channel, [due, *others], now, is_ours, rest)
            else:
                ends = [await deliver(channel, due, media, now, is_ours, rest)]
        finally:
            self._busy[due.channel] -= 1
        at = time()
        for sent in ends:
            if sent.rest_chat:
                pacer.rest(due.chat_id, at + sent.rest_chat)
            if sent.rest_bot:
                pacer.rest_all(at + sent.rest_bot)
        self._ended += ends

    def _came_home(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if self._claiming.may_more_wait:
            self._wake.now(Signal.OUTBOX)
        elif not self._is_lingering:  # nobody waits for this one's place, so its end may be written with others
            self._is_lingering = True
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self._has_lingered)

    def _has_lingered(self) -> None:
        self._is_lingering = False
        if self._ended:
            self._wake.now(Signal.OUTBOX)

    async def _recall_orders(self, at: float) -> None:
        """What the platform asked of whoever sent before us."""
        now, slowed = await self._writer.read(lambda unit: (unit.now, unit.outbox.list_slowed(SLOWED, unit.now)))
        self._claiming.keep_orders(slowed, now, at)
        self._knows_orders = True

    async def _write_down(self) -> None:
        """What has ended, and what a round could not write together: one by one, so that one row stops no other."""
        broken, self._broken = self._broken, []
        ended, self._ended = self._ended, []
        waiting = broken + ended
        while waiting:
            sent = waiting[0]
            try:
                await self._writer.run(partial(self._endings.write, ended=[sent]))
            except StorageUnavailable:
                self._broken = waiting
                raise
            except Exception as error:
                log.exception("ending_broke", outbox=sent.due.id, error=type(error).__name__)
                await self._writer.run(partial(self._endings.write_alone, sent=sent))
            self._out.discard(sent.due.id)
            waiting = waiting[1:]

    def _judge_the_dead(self, unit: UnitOfWork) -> None:
        self._endings.judge(unit, self._out, is_heir=not self._has_inherited)
