"""How messages of ours read now: the newest edit of a row, else the row; the demo says them in another language."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import OutboxRow
from storage.vocabulary import Operation, OutboxState


@dataclass
class Standing:
    """Finds what stands on a screen, and lets it be said in another language from now on."""

    session: Session

    def find(self, outbox_id: int) -> OutboxRow | None:
        """The row whose words a message shows now."""
        edit = self.session.scalar(
            select(OutboxRow)
            .where(
                OutboxRow.target_id == outbox_id,
                OutboxRow.operation == Operation.EDIT,
                OutboxRow.state == OutboxState.SENT,
            )
            .order_by(OutboxRow.id.desc())
            .limit(1)
        )
        return edit or self.session.get(OutboxRow, outbox_id)

    def speak(self, chat_id: int, language: str) -> None:
        """Everything said in this chat, and what still waits, belongs to this language now."""
        self.session.connection().execute(
            update(OutboxRow).where(OutboxRow.chat_id == chat_id, OutboxRow.language != "").values(language=language)
        )
