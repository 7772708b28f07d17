"""What is due later: callback checks, reminders, digests. APScheduler only wakes us; the memory is here."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.vocabulary import PushState

_WAITING = text("state = 'waiting'")
_FAILED = text("state = 'failed'")


class Push(Base):
    """One scheduled firing. The key is unique, so a restart or a second clock never doubles it."""

    __tablename__ = "push"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_push_due", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_push_failed", "due_at", sqlite_where=_FAILED, postgresql_where=_FAILED),
        Index(None, "ticket_id"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    kind: Mapped[str]
    key: Mapped[str]
    due_at: Mapped[datetime]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id"), default=None)
    subject_id: Mapped[int | None] = mapped_column(default=None)
    """The id of what it is about (a callback, an asking), as the push's kind knows."""
    state: Mapped[PushState] = mapped_column(Words(PushState), default=PushState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Text, default=None)
    fired_at: Mapped[datetime | None] = mapped_column(default=None)
