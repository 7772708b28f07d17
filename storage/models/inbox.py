"""Every inbound update as it came, and the one disposition it ended with."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.vocabulary import Disposition, InboxState

_RECEIVED = text("state = 'received'")
_FAILED = text("state = 'failed'")


class InboxRow(Base):
    """One raw update. `(source, key)` is unique, so a repeat stops at the door."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        Index("ix_inbox_received", "id", sqlite_where=_RECEIVED, postgresql_where=_RECEIVED),
        Index("ix_inbox_failed", "id", sqlite_where=_FAILED, postgresql_where=_FAILED),
        Index(None, "chat_id", "message_id"),
        Index(None, "chat_id", "person_id", "received_at"),
        Index(None, "received_at"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    source: Mapped[str]
    key: Mapped[str]
    raw: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(Words(InboxState), default=InboxState.RECEIVED)
    event: Mapped[str | None] = mapped_column(default=None)
    """The event's name, such as `MessageReceived`; None until it is parsed."""
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    message_id: Mapped[str | None] = mapped_column(default=None)
    album: Mapped[str | None] = mapped_column(default=None)
    text: Mapped[str | None] = mapped_column(Text, default=None)
    """What was written, cleaned of characters no database can hold."""
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    disposition: Mapped[Disposition | None] = mapped_column(Words(Disposition), default=None)
    reason: Mapped[str | None] = mapped_column(Text, default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
