"""Everything the desk says, as rows: written with the act, sent after the commit, each with its own end."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.vocabulary import Lane, Operation, OutboxState

# Each index holds only the rows its question is about: of a million rows, those that still wait are a handful.
_WAITING = text("state IN ('pending', 'sending')")
_SENDING = text("state = 'sending'")
_UNDELIVERED = text("state IN ('refused', 'dead')")
_HAS_TARGET = text("target_id IS NOT NULL")
_IS_GATHERED = text("gathered_into_id IS NOT NULL")


class OutboxRow(Base):
    """One thing to say in one chat. `payload` is the notification's fields; it is rendered when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(
            "ix_outbox_line",
            "chat_id",
            "lane",
            "id",
            "gathered_into_id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_outbox_sending", "chat_id", "leased_until", sqlite_where=_SENDING, postgresql_where=_SENDING),
        Index("ix_outbox_undelivered", "created_at", sqlite_where=_UNDELIVERED, postgresql_where=_UNDELIVERED),
        Index(None, "target_id", sqlite_where=_HAS_TARGET, postgresql_where=_HAS_TARGET),
        Index(None, "gathered_into_id", sqlite_where=_IS_GATHERED, postgresql_where=_IS_GATHERED),
        Index(None, "chat_id", "receipt"),
        Index(None, "ticket_id"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    notification: Mapped[str]
    payload: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lane: Mapped[Lane] = mapped_column(Words(Lane), default=Lane.NORMAL)
    operation: Mapped[Operation] = mapped_column(Words(Operation), default=Operation.SEND)
    key: Mapped[str | None] = mapped_column(default=None)
    """Says the same thing only once, however often an act is repeated."""
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    """The one person whose tap counts; None where everybody in the chat may tap."""
    target_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), default=None)
    """For EDIT the row whose message is edited; for SEND the row whose message this one answers."""
    reply_to: Mapped[str | None] = mapped_column(default=None)
    """The platform's id of the message answered or reacted to."""
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None)
    """The staff reply this row carries, whose delivery staff are shown."""
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)
    topic_id: Mapped[int | None] = mapped_column(default=None)
    """The row that opens the ticket's topic in this chat; its receipt is the topic. A reference would have SQLite copy
    the table."""
    gathered_into_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), default=None)
    """A storm's summary that speaks for this row; the row ends when the summary does."""
    state: Mapped[OutboxState] = mapped_column(Words(OutboxState), default=OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    is_repeat: Mapped[bool] = mapped_column(default=False)
    """It may have arrived already; the reader is told so."""
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    leased_by: Mapped[str | None] = mapped_column(default=None)
    receipt: Mapped[str | None] = mapped_column(default=None)
    """The platform's message id."""
    reason: Mapped[str | None] = mapped_column(Text, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
