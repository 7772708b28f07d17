"""Files people sent, and their bytes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.models import Attachment, AttachmentBytes
from storage.models.base import one_of, table_of
from storage.signals import Signal
from storage.vocabulary import AttachmentState

_GIVE = update(table_of(Attachment)).where(
    Attachment.inbox_id == bindparam("came_with"), Attachment.ticket_id.is_(None)
)


@dataclass
class Attachments:
    """Adds attachments, hands bytes in and out."""

    session: Session
    signals: set[Signal]

    def add(self, attachment: Attachment) -> Attachment:
        """Save a new attachment; its bytes are fetched after the commit."""
        self.session.add(attachment)
        self.session.flush()
        if attachment.state is AttachmentState.NAMED and attachment.ticket_id is not None:
            self.signals.add(Signal.ATTACHMENTS)
        return attachment

    def get(self, attachment_id: int) -> Attachment:
        """The attachment, or `NoResultFound`."""
        return self.session.get_one(Attachment, attachment_id)

    def list_named(self, limit: int, channels: Collection[str], resting: Collection[int] = ()) -> Sequence[Attachment]:
        """Tickets' attachments whose bytes are still to be fetched, oldest first; chatter's pictures are left alone.

        `resting` are ids to pass over for now.
        """
        named = select(Attachment).where(
            one_of(Attachment.state, AttachmentState.NAMED),
            Attachment.ticket_id.is_not(None),
            Attachment.channel.in_(channels),
        )
        if resting:
            named = named.where(Attachment.id.not_in(resting))
        return self.session.scalars(named.order_by(Attachment.id).limit(limit)).all()

    def list_by_ticket(self, ticket_id: int) -> Sequence[Attachment]:
        """Everything attached to a ticket, oldest first."""
        return self.session.scalars(
            select(Attachment).where(Attachment.ticket_id == ticket_id).order_by(Attachment.id)
        ).all()

    def list_by_inbox(self, inbox_ids: Sequence[int]) -> Sequence[Attachment]:
        """Everything that came with these messages."""
        return self.session.scalars(
            select(Attachment).where(Attachment.inbox_id.in_(inbox_ids)).order_by(Attachment.id)
        ).all()

    def give_to_ticket(self, inbox_id: int, ticket_id: int) -> None:
        """What came with a message belongs to a ticket now."""
        given = self.session.connection().execute(_GIVE, {"came_with": inbox_id, "ticket_id": ticket_id})
        if given.rowcount:
            self.signals.add(Signal.ATTACHMENTS)

    def keep(self, attachment_id: int, content: bytes, media_type: str | None) -> Attachment:
        """Keep the bytes and what they are by content."""
        attachment = self.get(attachment_id)
        self.session.merge(AttachmentBytes(attachment_id=attachment_id, content=content))
        attachment.state, attachment.media_type, attachment.size = AttachmentState.KEPT, media_type, len(content)
        return attachment

    def count_try(self, attachment_id: int) -> None:
        """A fetch failed for now."""
        self.get(attachment_id).attempts += 1

    def content(self, attachment_id: int) -> bytes:
        """The bytes, or `NoResultFound`."""
        return self.session.get_one(AttachmentBytes, attachment_id).content
