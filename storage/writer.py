"""The one writer. Acts queue here and share a commit: whatever waits, up to `batch` acts, without lingering.

An act is a function of a `UnitOfWork`. It is whole or not at all, whatever its neighbours do, and its caller hears of
it only after the commit. It may be run more than once, so it must do nothing but read and write through its unit.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from datetime import datetime
from queue import SimpleQueue
from typing import TypeVar

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.directory import Directory
from storage.engine import connect_to_read, has_committed, transaction_id
from storage.faults import in_short, is_database_fault
from storage.homecoming import Homecoming
from storage.job import FailedUnder, Job, Spoiled, StorageUnavailable
from storage.prepared import Held
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork

__all__ = ["StorageUnavailable", "Writer"]

T = TypeVar("T")
log = structlog.get_logger(__name__)

BATCH = 64
TRIES = 3
"""How often a batch is tried when the database is locked, restarting or deadlocked, before its acts fail."""
PAUSE = 0.1
"""Seconds before the second try; twice that before the third."""


class HeldBack(Exception):
    """What the acts held back could not be written together; one by one it shows whose fault it is."""


class Writer:
    """Runs acts in one thread with group commit; listeners are called in that thread after a commit."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], batch: int = BATCH) -> None:
        self.engine, self._now, self._batch = engine, now, batch
        self._directory = Directory()
        self._queue: SimpleQueue[list[Job] | None] = SimpleQueue()
        self._listeners: list[Callable[[Signal], None]] = []
        self._door = threading.Lock()
        self._closed = False
        self._home: tuple[asyncio.AbstractEventLoop, Homecoming] | None = None
        self._thread = threading.Thread(target=self._run, name="lobby-writer", daemon=True)
        self._thread.start()

    def on_signal(self, listener: Callable[[Signal], None]) -> None:
        """Hear, after each commit, what the committed acts left to do."""
        self._listeners.append(listener)

    def submit(self, act: Callable[[UnitOfWork], T]) -> "Future[T]":
        """Queue an act. The future holds its result after the commit, or what it raised.

        Cancelling the future before its turn takes the act back; later it changes nothing.
        """
        return self.submit_all([act])[0]

    def submit_all(self, acts: Iterable[Callable[[UnitOfWork], T]]) -> "list[Future[T]]":
        """Queue acts that belong to nobody but themselves, with one knock at the writer's door: most of a submit."""
        jobs = [Job(act) for act in acts]
        with self._door:  # nothing may queue up behind the closing mark, where nobody would ever run it
            if self._closed:
                raise StorageUnavailable("the writer is closed")
            self._queue.put(jobs)
        return [job.future for job in jobs]

    async def run(self, act: Callable[[UnitOfWork], T]) -> T:
        """Queue an act and wait for its commit without holding the event loop."""
        (future,) = await self.run_all([act])
        return future.result()

    async def run_all(self, acts: Sequence[Callable[[UnitOfWork], T]]) -> "list[Future[T]]":
        """Queue acts and wait until each has come to its own end, which stands in its future."""
        loop = asyncio.get_running_loop()
        if self._home is None or self._home[0] is not loop:
            self._home = loop, Homecoming()
        futures = self.submit_all(acts)
        await self._home[1].of(futures)
        return futures

    async def read(self, look: Callable[[UnitOfWork], T]) -> T:
        """Look at one moment of the database in a thread of its own, beside the writer; `look` may not write."""
        return await asyncio.to_thread(self.read_now, look)

    def read_now(self, look: Callable[[UnitOfWork], T]) -> T:
        """`read` for callers that have a thread already."""
        try:
            with connect_to_read(self.engine) as connection:
                transaction = connection.begin()
                unit = UnitOfWork(connection, self._now(), reading=True)
                try:
                    return look(unit)
                finally:
                    unit.forget()
                    transaction.close()
        except SQLAlchemyError as error:
            if is_database_fault(error):
                raise StorageUnavailable(f"the database could not be read: {in_short(error)}") from error
            raise

    def close(self) -> None:
        """Finish what is queued, then stop."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        waiting: deque[Job] = deque()
        while True:
            if not waiting:
                came = self._queue.get()
                if came is None:
                    return
                waiting.extend(came)
            while len(waiting) < self._batch and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    self._queue.put(None)
                    break
                waiting.extend(following)
            jobs = [waiting.popleft() for _ in range(min(len(waiting), self._batch))]
            # From here on a future can no longer be cancelled, so its result always finds it waiting.
            self._commit([job for job in jobs if job.future.set_running_or_notify_cancel()])

    def _commit(self, jobs: list[Job]) -> None:
        """Commit these acts together. What the database breaks is tried again as a whole, never half applied.

        They run without savepoints, and what they hold back is written at the end for all of them together; when
        anything fails, the batch is undone and run again with each act in a savepoint of its own, holding nothing
        back beyond its end, so that only that one is lost.

        When patience ends, the act under which it broke is given up alone and the others have another try: it may
        be that act, too large for the disk or too slow for the server, that breaks everything.
        """
        tries, is_guarded = 0, False
        while jobs:
            try:
                self._try(jobs, is_guarded)
            except HeldBack:
                is_guarded = True
                continue
            except Spoiled as spoiled:
                if is_guarded:  # unguarded, it may have stumbled over what another left behind
                    spoiled.job.settle()
                    jobs = [job for job in jobs if job is not spoiled.job]
                is_guarded = True
                continue
            except FailedUnder as failure:
                lost, cause = [failure.job], failure.cause
                is_guarded = True  # what another held back may have broken under it: next time it shows
            except Exception as error:
                lost, cause = jobs, error
            else:
                self._announce(jobs)
                return
            tries += 1
            log.warning("commit_failed", tries=tries, acts=len(jobs), error=in_short(cause))
            if tries < TRIES:
                time.sleep(PAUSE * tries)
                continue
            for job in lost:
                job.give_up(cause)
            jobs = [job for job in jobs if job not in lost]

    def _try(self, jobs: list[Job], is_guarded: bool) -> None:
        try:
            self._try_together(jobs, is_guarded)
        finally:
            self._directory.settle()

    def _try_together(self, jobs: list[Job], is_guarded: bool) -> None:
        with self.engine.connect() as connection, connection.begin() as transaction:
            name = transaction_id(connection)
            held = None if is_guarded else Held(connection)
            for job in jobs:
                job.perform(connection, self._now(), self._directory, held)
            if held is not None:
                try:
                    held.write()
                except Exception as error:
                    raise HeldBack from error
            try:
                transaction.commit()
            except Exception:
                # The answer was lost, perhaps not the commit: to run the acts again might do everything twice.
                if name is None or not has_committed(self.engine, name):
                    raise

    def _announce(self, jobs: list[Job]) -> None:
        signals: set[Signal] = set()
        for job in jobs:
            job.settle()
            signals |= job.signals
            if job.claims_what_waits and job.error is None:
                signals.discard(Signal.OUTBOX)
        for signal in signals:
            for listener in self._listeners:
                try:
                    listener(signal)
                except Exception:  # a listener's trouble must not stop the desk's memory
                    log.exception("listener_failed", signal=signal)
