"""What is due later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import Push
from storage.models.base import one_of
from storage.prepared import hold
from storage.repositories.once import insert_once
from storage.signals import Signal
from storage.vocabulary import PushState

IS_WAITING = one_of(Push.state, PushState.WAITING)
_COLUMNS = ("kind", "key", "due_at", "ticket_id", "chat_id", "subject_id", "state", "attempts")
_PLAN = insert_once(Push, _COLUMNS, "key")


@dataclass
class Pushes:
    """Plans, cancels and claims scheduled firings."""

    session: Session
    signals: set[Signal]

    def plan(
        self,
        kind: str,
        key: str,
        due_at: datetime,
        *,
        ticket_id: int | None = None,
        chat_id: int | None = None,
        subject_id: int | None = None,
    ) -> None:
        """Plan a firing once: a key that exists already is left as it is."""
        hold(
            self.session,
            _PLAN,
            {
                "kind": kind,
                "key": key,
                "due_at": due_at,
                "ticket_id": ticket_id,
                "chat_id": chat_id,
                "subject_id": subject_id,
                "state": PushState.WAITING,
                "attempts": 0,
            },
        )
        self.signals.add(Signal.PUSHES)

    def cancel(self, kind: str, ticket_id: int) -> None:
        """Cancel what waits of one kind for a ticket."""
        self.session.execute(
            update(Push)
            .where(Push.ticket_id == ticket_id, Push.kind == kind, IS_WAITING)
            .values(state=PushState.CANCELLED)
        )

    def list_waiting_for(self, kind: str, ticket_ids: Sequence[int]) -> dict[int, datetime]:
        """When what waits of one kind is due, for each of these tickets that has some."""
        rows = self.session.execute(
            select(Push.ticket_id, Push.due_at).where(Push.kind == kind, Push.ticket_id.in_(ticket_ids), IS_WAITING)
        )
        return {row[0]: row[1] for row in rows if row[0] is not None}

    def list_waiting_of_chat(self, kind: str, chat_id: int) -> Sequence[Push]:
        """What of one kind is due later in a chat; whoever asks means to move it, so the clock looks anew."""
        self.signals.add(Signal.PUSHES)
        return self.session.scalars(select(Push).where(Push.kind == kind, Push.chat_id == chat_id, IS_WAITING)).all()

    def get(self, push_id: int) -> Push:
        """The push, or `NoResultFound`."""
        return self.session.get_one(Push, push_id)

    def list_due(self, now: datetime, limit: int) -> Sequence[int]:
        """Ids of what is due, earliest first."""
        return self.session.scalars(
            select(Push.id).where(IS_WAITING, Push.due_at <= now).order_by(Push.due_at, Push.id).limit(limit)
        ).all()

    def find_next_due(self) -> datetime | None:
        """When the next waiting push is due."""
        return self.session.scalar(select(Push.due_at).where(IS_WAITING).order_by(Push.due_at).limit(1))

    def claim(self, push_id: int, now: datetime) -> Push | None:
        """Mark it fired, in the transaction of what it does; None when another clock was first."""
        claimed = self.session.scalar(
            update(Push)
            .where(Push.id == push_id, IS_WAITING)
            .values(state=PushState.FIRED, fired_at=now)
            .returning(Push.id)
        )
        return None if claimed is None else self.session.get_one(Push, claimed)

    def fail(self, push_id: int, reason: str, tries: int) -> None:
        """Count a failure; after `tries` it stops for good and shows in the digest."""
        push = self.session.get_one(Push, push_id)
        push.attempts += 1
        push.reason = reason
        if push.attempts >= tries:
            push.state = PushState.FAILED
