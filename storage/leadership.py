"""One elected leader among the processes on one database; it wakes the clock and polls the platforms.

Leading only saves work and avoids two pollers. That nothing happens twice is the tables' business: a paused leader
may believe in itself for a moment after it has been replaced.
"""

from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Engine

CHECK_SECONDS = 1.0
"""A seat that cannot be asked about within this time is taken for lost."""


class Leadership:
    """A seat for one. Its functions wait for the network or the disk, so an event loop calls them in a thread."""

    def __init__(self, engine: Engine, check_seconds: float = CHECK_SECONDS) -> None:
        self._seat: Seat
        if engine.dialect.name == "postgresql":
            from storage.session_seat import SessionSeat  # its driver is not installed where SQLite is enough

            self._seat = SessionSeat(engine, check_seconds)
        else:
            self._seat = FileSeat(Path(engine.url.database or "lobby.db"))

    def try_lead(self) -> bool:
        """Take the seat if it is free; True while it is ours. Never waits for another to leave it."""
        return self._seat.is_ours() or self._seat.take()

    def is_leading(self) -> bool:
        """Whether the seat is still ours, asked anew each time."""
        return self._seat.is_ours()

    def resign(self) -> None:
        """Leave the seat to the others; no harm if it was not ours."""
        self._seat.leave()


class Seat(Protocol):
    """What only one process can hold at a time, and loses when it dies."""

    def take(self) -> bool:
        """Sit down if nobody sits there."""
        ...

    def is_ours(self) -> bool:
        """Whether we still sit there."""
        ...

    def leave(self) -> None:
        """Get up."""
        ...


class FileSeat:
    """A locked file beside the SQLite database; the system unlocks it when the process dies, however it dies."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.leader")
        # The lock must not belong to the one thread of the pool that happened to take it.
        self._lock = FileLock(self._path, thread_local=False)
        self._locked: int | None = None

    def take(self) -> bool:
        """Lock the file, or find it locked."""
        self._lock.release(force=True)  # a lock on a file that was deleted under our hands is worth nothing
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        self._locked = self._file()
        return self._locked is not None

    def is_ours(self) -> bool:
        """Locked by us, and still the same file: another would have locked a new one in its place."""
        return self._lock.is_locked and self._file() == self._locked

    def _file(self) -> int | None:
        """Which file stands there."""
        try:
            return self._path.stat().st_ino
        except OSError:
            return None

    def leave(self) -> None:
        """Unlock it."""
        self._lock.release(force=True)
