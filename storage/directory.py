"""What changes once a month and is asked for with every message: sites, buildings, linked chats, remembered.

Only the writer's thread uses it. Rows handed out are shared and cannot be changed; whoever wants to change one gets it
from its repository. A change made here is seen at once, one made by another process within `SECONDS`: SQLite says
whether anybody else has written, PostgreSQL is asked for everything anew.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.orm import Mapper, Session, object_session

from storage.models import (
    Absence,
    Authority,
    Base,
    Building,
    Chat,
    Concern,
    Correction,
    LadderRung,
    ListedQuestion,
    Member,
    OfferRule,
    Promise,
    ReadyAnswer,
    Shift,
    Site,
    SpecialDay,
    WorkingHours,
)
from storage.vocabulary import ChatRole

T = TypeVar("T")
SECONDS = 5.0
INFO = "directory"


class Directory:
    """Answers by key, kept until they are old or something they may rest on has changed."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: dict[Hashable, Any] = {}
        self._old_at = 0.0
        self._is_changing = False
        self._seen: tuple[int, int] | None = None

    def recall(self, key: Hashable, session: Session, ask: Callable[[Session], T]) -> T:
        """What is remembered under this key, else what `ask` finds, detached and remembered from now on."""
        if self._is_changing:
            return ask(session)
        if self._now() >= self._old_at:
            seen = _seen(session.connection())
            if seen is None or seen != self._seen:
                self._known.clear()
            self._seen, self._old_at = seen, self._now() + SECONDS
        if key not in self._known:
            # Apart from the act's session, whose rows may be half changed and are not ours to detach.
            with Session(session.connection(), join_transaction_mode="rollback_only") as apart:
                self._known[key] = _fixed(ask(apart))
        return self._known[key]  # type: ignore[no-any-return]  # a key is always asked the same way

    def forget(self) -> None:
        """Something changes: nothing is remembered until the transaction has ended."""
        self._known.clear()
        self._is_changing = True

    def settle(self) -> None:
        """The transaction has ended, whichever way."""
        if self._is_changing:
            self._known.clear()
            self._is_changing = False


def remember(session: Session, key: Hashable, ask: Callable[[Session], T]) -> T:
    """Ask the session's directory, or the database where there is none."""
    directory: Directory | None = session.info.get(INFO)
    return ask(session) if directory is None else directory.recall(key, session, ask)


def _seen(connection: Connection) -> tuple[int, int] | None:
    """Another value once another connection has committed something; None where nobody can tell."""
    if connection.dialect.name != "sqlite":
        return None
    version: int = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    return id(connection.connection.dbapi_connection), version


def _fixed(found: T) -> T:
    """Mark rows as shared, so that a change by mistake is an error and not a rumour."""
    rows: list[Any] = found if isinstance(found, list) else [found]
    for row in rows:
        if row is not None:
            row.is_shared = True
    return found


def _changed(_: Mapper[Any], __: Connection, row: Base) -> None:
    if isinstance(row, Chat) and row.role is ChatRole.PRIVATE:
        return  # private chats come and go, and are never remembered
    session = object_session(row)
    directory = session.info.get(INFO) if session is not None else None
    if directory is not None:
        directory.forget()


_ROSTER = (Member, Shift, Absence, WorkingHours, SpecialDay, Promise, OfferRule, LadderRung)

for _model in (Chat, Building, Site, Authority, Concern, Correction, ListedQuestion, ReadyAnswer, *_ROSTER):
    for _moment in ("after_insert", "after_update", "after_delete"):
        event.listen(_model, _moment, _changed)
