"""The leader's seat on PostgreSQL: an advisory lock on a session of its own, gone when that session ends."""

import select
import threading
import time
from typing import Any

import psycopg
from sqlalchemy import Engine

LEADERS_SEAT = 7_110_302
"""The number of the lock; any will do, but always the same."""

_TAKE = f"SELECT pg_try_advisory_lock({LEADERS_SEAT})"

# Asking which locks this very session holds also finds out a pooler that handed us somebody else's session.
_IS_OURS = f"""
    SELECT EXISTS (
        SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND objid = {LEADERS_SEAT} AND granted
        AND pid = pg_backend_pid() AND datname = current_database()
    )
"""  # noqa: S608 -- the number is ours


class SessionSeat:
    """Held as long as the session lives; asked with a time limit, since a silent server is as good as a dead one."""

    def __init__(self, engine: Engine, check_seconds: float) -> None:
        arguments: dict[str, Any] = dict(engine.dialect.create_connect_args(engine.url)[1])
        self._arguments = {**arguments, "connect_timeout": 2}  # whole seconds, and at least two, says libpq
        self._check_seconds = check_seconds
        self._turn = threading.Lock()
        """The leader's loop and the health page ask from threads of their own; one session answers one at a time."""
        self._session: psycopg.Connection | None = None

    def take(self) -> bool:
        """Open a session and try for the lock in it."""
        with self._turn:
            self._end()
            try:
                self._session = psycopg.connect(**self._arguments, autocommit=True)
            except psycopg.OperationalError:
                return False
            return self._answers_yes(_TAKE)

    def is_ours(self) -> bool:
        """Whether our session answers and still holds the lock."""
        with self._turn:
            return self._answers_yes(_IS_OURS)

    def leave(self) -> None:
        """End the session, and the lock with it."""
        with self._turn:
            self._end()

    def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _answers_yes(self, question: str) -> bool:
        """Anything but a yes ends the session, so that a lost seat is never half held."""
        try:
            answer = None if self._session is None else self._ask(self._session, question)
        except (OSError, ValueError, psycopg.Error):
            answer = None
        if answer != b"t":
            self._end()
        return answer == b"t"

    def _ask(self, session: psycopg.Connection, question: str) -> bytes | None:
        """The one value of a query, or None when it takes too long.

        The driver's own calls wait for ever on a server that is there and says nothing, so we watch the socket.
        """
        wire, deadline = session.pgconn, time.monotonic() + self._check_seconds
        wire.send_query(question.encode())
        wire.flush()
        while wire.is_busy():
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([wire.socket], [], [], left)[0]:
                return None
            wire.consume_input()
        result = wire.get_result()
        value = result.get_value(0, 0) if result is not None and result.ntuples else None
        while wire.get_result() is not None:
            pass
        return value
