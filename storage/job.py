"""One act on its way to the commit: it runs in a transaction of the writer's, perhaps more than once."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage.directory import Directory
from storage.engine import is_intact
from storage.faults import is_database_fault
from storage.prepared import Held
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork


class StorageUnavailable(Exception):
    """The database could not do it after several tries; nothing of the act was kept, so it may be tried again."""


class FailedUnder(Exception):
    """The database failed while this act ran, and the batch with it."""

    def __init__(self, job: "Job", cause: Exception) -> None:
        super().__init__(str(cause))
        self.job, self.cause = job, cause


class Spoiled(Exception):
    """The act failed, and with it the whole transaction, which no savepoint kept apart. `job.error` is its own."""

    def __init__(self, job: "Job") -> None:
        super().__init__(str(job.error))
        self.job = job


class Job:
    """An act, its future, and what came of its last run."""

    __slots__ = ("act", "claims_what_waits", "error", "future", "result", "signals")

    def __init__(self, act: Callable[[UnitOfWork], Any]) -> None:
        self.act, self.future = act, Future[Any]()
        self.result: Any = None
        self.error: Exception | None = None
        self.signals: set[Signal] = set()
        self.claims_what_waits = False

    def perform(self, connection: Connection, now: datetime, directory: Directory, held: Held | None) -> None:
        """Run. Without the batch's `held` it is guarded by a savepoint, and writes all it has to write inside: what the
        act does wrong is its own result and leaves the others whole.

        With it, it is `Spoiled`, and the batch must be run again: much cheaper, and acts seldom fail.
        """
        self.result, self.error, self.signals = None, None, set()
        self.claims_what_waits = False
        unit = UnitOfWork(connection, now, directory=directory, held=held)
        try:
            if held is None:
                self._run_guarded(unit, connection)
            else:
                self._run(unit)
            if not is_intact(connection):
                raise RuntimeError("the act swallowed an error that ended its transaction")
        except BaseException as error:
            if is_database_fault(error):
                raise FailedUnder(self, _carried(error)) from error
            self.error = self.error or _carried(error)
            raise Spoiled(self) from error
        finally:
            unit.forget()

    def _run(self, unit: UnitOfWork) -> None:
        self.result = self.act(unit)
        unit.flush()
        self.signals, self.claims_what_waits = unit.signals, unit.claims_what_waits

    def _run_guarded(self, unit: UnitOfWork, connection: Connection) -> None:
        savepoint = connection.begin_nested()
        try:
            self._run(unit)
        except BaseException as error:
            if is_database_fault(error):
                raise
            self.error, self.signals = _carried(error), set()
            unit.drop()
            if savepoint.is_active:  # a failed flush has rolled it back already
                savepoint.rollback()
        else:
            savepoint.commit()

    def settle(self) -> None:
        """Tell the caller, now that it is committed."""
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)

    def give_up(self, cause: Exception) -> None:
        """Tell the caller that nothing was kept."""
        error = StorageUnavailable("the database could not commit")
        error.__cause__ = cause
        self.future.set_exception(error)


def _carried(error: BaseException) -> Exception:
    """As it can travel through a future: asyncio loses a `StopIteration`, and `SystemExit` would end the program."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    carried = RuntimeError(f"an act raised {error!r}")
    carried.__cause__ = error
    return carried
