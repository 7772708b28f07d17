"""A ticket's thread: who wrote what and who may read it, with what was attached."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.vocabulary import AttachmentKind, AttachmentState, Audience, EntryKind, Side

# What tenants did with their tickets, which digests count; opening one writes none of these.
_TOLD = text("side = 'tenant' AND kind IN ('step', 'urging')")
_NAMED = text("state = 'named' AND ticket_id IS NOT NULL")


class Entry(Base):
    """One line of a ticket's thread; lines are added, never changed."""

    __tablename__ = "entry"
    __table_args__ = (
        Index(None, "ticket_id", "id"),
        Index("ix_entry_told", "at", sqlite_where=_TOLD, postgresql_where=_TOLD),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    at: Mapped[datetime]
    kind: Mapped[EntryKind] = mapped_column(Words(EntryKind))
    side: Mapped[Side] = mapped_column(Words(Side))
    audience: Mapped[Audience] = mapped_column(Words(Audience))
    text: Mapped[str] = mapped_column(Text)
    """People's own words, or for a STEP the step's name such as `taken`."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), default=None)


class Attachment(Base):
    """A file or a place somebody sent. Bytes are fetched after the act and kept, since platform ids expire."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index(None, "inbox_id"),
        Index(None, "ticket_id"),
        Index("ix_attachment_named", "channel", "id", sqlite_where=_NAMED, postgresql_where=_NAMED),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    inbox_id: Mapped[int] = mapped_column(ForeignKey("inbox.id"))
    channel: Mapped[str]
    kind: Mapped[AttachmentKind] = mapped_column(Words(AttachmentKind))
    file_id: Mapped[str | None] = mapped_column(Text, default=None)
    """The platform's id, good only for the bot that received it."""
    name: Mapped[str | None] = mapped_column(default=None)
    size: Mapped[int | None] = mapped_column(default=None)
    """Bytes."""
    media_type: Mapped[str | None] = mapped_column(default=None)
    """Told from the content, never from the sender's word."""
    latitude: Mapped[float | None] = mapped_column(default=None)
    longitude: Mapped[float | None] = mapped_column(default=None)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    side: Mapped[Side] = mapped_column(Words(Side), default=Side.TENANT)
    state: Mapped[AttachmentState] = mapped_column(Words(AttachmentState), default=AttachmentState.NAMED)
    attempts: Mapped[int] = mapped_column(default=0)


class AttachmentBytes(Base):
    """The bytes of an attachment, apart, so that listing attachments never reads them."""

    __tablename__ = "attachment_bytes"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
