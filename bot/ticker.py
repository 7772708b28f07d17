"""Fires what falls due: APScheduler wakes us, our own tables say what is due. No rules live here."""

import asyncio
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from handlers.pushes.putting_aside import put_aside
from handlers.pushes.table import PUSHES
from handlers.scene import Desk
from storage.unit_of_work import UnitOfWork
from storage.writer import StorageUnavailable, Writer

log = structlog.get_logger(__name__)

TICK_SECONDS = 1
BATCH = 100
TRIES = 3
"""How often a push that raises is tried before it is put aside as failed."""


class Ticker:
    """Fires what is due, each push in an act of its own."""

    def __init__(self, writer: Writer, desk: Desk, clock: Clock) -> None:
        self._writer, self._desk, self._clock = writer, desk, clock
        self._scheduler: AsyncIOScheduler | None = None
        self._waking = asyncio.Lock()

    def start(self) -> None:
        """Wake up every second. A missed tick is caught up by the next: nothing is remembered here."""
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._wake, "interval", seconds=TICK_SECONDS, coalesce=True, misfire_grace_time=None, max_instances=1
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Wake up no more, and let the tick that runs end: the scheduler would break it off and call that an error."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        scheduler.pause()
        await asyncio.sleep(0)  # a tick handed to the loop takes the lock now, before we wait for it
        async with self._waking:
            pass
        scheduler.shutdown(wait=False)

    async def tick(self) -> int:
        """Fire everything due now, earliest first; returns how many were due."""
        try:
            due = await self._writer.read(lambda unit: list(unit.pushes.list_due(self._clock.now(), BATCH)))
            for push_id in due:
                await self._fire(push_id)
        except StorageUnavailable:
            log.warning("clock_waits_for_storage")
            return 0
        return len(due)

    async def _wake(self) -> None:
        async with self._waking:
            await self.tick()

    async def _fire(self, push_id: int) -> None:
        def act(unit: UnitOfWork) -> None:
            push = unit.pushes.claim(push_id, unit.now)
            if push is not None:
                PUSHES[push.kind].fire(unit, self._desk, push)

        try:
            await self._writer.run(act)
        except StorageUnavailable:
            raise
        except Exception as error:
            log.exception("push_failed", push=push_id)
            reason = type(error).__name__
            await self._writer.run(lambda unit: put_aside(unit, push_id, reason, TRIES))
