"""A question the desk put to one person and waits to hear answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.vocabulary import AskingKind, AskingState

_OPEN = text("state = 'open'")


class Asking(Base):
    """One question to one person in one chat. Only that person's answer counts."""

    __tablename__ = "asking"
    __table_args__ = (
        Index("ix_asking_open", "person_id", "chat_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_asking_open_by_ticket", "ticket_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "chat_id", "asked_at"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    kind: Mapped[AskingKind] = mapped_column(Words(AskingKind))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), default=None)
    """The message the question is about, when it has no ticket yet."""
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    state: Mapped[AskingState] = mapped_column(Words(AskingState), default=AskingState.OPEN)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    def end(self, state: AskingState, now: datetime) -> None:
        """Answered, skipped or expired: it waits no longer."""
        self.state, self.ended_at = state, now

    def reopen(self) -> None:
        """The one who was asked speaks about it again."""
        self.state, self.ended_at = AskingState.OPEN, None
