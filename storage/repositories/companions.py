"""What else waits for a chat whose messages are counted, to go along with what is claimed for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.models import Chat, OutboxRow
from storage.repositories.claims import IS_PENDING, IS_WAITING, Head
from storage.vocabulary import ChatRole, Lane, Operation

MOST = 8


@dataclass
class Companions:
    """Looks up rows; claiming them, with the one they go along with, is `Claims.take`'s."""

    session: Session

    def list_for(self, head: Head, now: datetime) -> list[Head]:
        """Words due for the same person, in the order they would go; nothing goes along with an emergency."""
        if head.lane is Lane.EMERGENCY:
            return []
        found = self.session.execute(
            select(OutboxRow.id, OutboxRow.lane)
            .join(Chat, Chat.id == OutboxRow.chat_id)
            .where(
                Chat.role == ChatRole.PRIVATE,
                OutboxRow.chat_id == head.chat_id,
                OutboxRow.id != head.id,
                OutboxRow.lane != Lane.EMERGENCY,
                OutboxRow.operation.in_((Operation.SEND, Operation.EDIT)),
                OutboxRow.attachment_id.is_(None),
                OutboxRow.gathered_into_id.is_(None),
                IS_WAITING,
                IS_PENDING,
                or_(OutboxRow.due_at <= now, OutboxRow.due_at == OutboxRow.created_at),
            )
            .order_by(OutboxRow.lane, OutboxRow.id)
            .limit(MOST)
        )
        return [Head(row.id, head.chat_id, head.channel, row.lane) for row in found]
