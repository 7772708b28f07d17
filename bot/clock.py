"""The clock: APScheduler wakes us, our own tables say what is due. No rules live here."""

from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

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


class Clock:
    """What time it is. The demo and the tests move it on; production never does."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC) + self.ahead


class Ticker:
    """Fires what is due, each push in an act of its own."""

    def __init__(self, writer: Writer, desk: Desk, clock: Clock) -> None:
        self._writer, self._desk, self._clock = writer, desk, clock
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Wake up every second. A missed tick is caught up by the next: nothing is remembered here."""
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick, "interval", seconds=TICK_SECONDS, coalesce=True, misfire_grace_time=None, max_instances=1
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Wake up no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

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
