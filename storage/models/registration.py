"""A request on its way into the books: what somebody of staff has told so far of what they register for another."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.registration_vocabulary import Blank

_OPEN = text("ended_at IS NULL")


class Registration(Base):
    """One form being filled in by one member of staff in one chat."""

    __tablename__ = "registration"
    __table_args__ = (
        Index("ix_registration_open", "person_id", "chat_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who fills it in."""
    touched_at: Mapped[datetime]
    """When something was last told; a form left lying is over."""
    blank: Mapped[Blank] = mapped_column(Words(Blank), default=Blank.WHO)
    """What is asked for now."""
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), default=None)
    """The message that shows it."""
    name: Mapped[str | None] = mapped_column(default=None)
    place: Mapped[str | None] = mapped_column(default=None)
    """In the words it was told in; read when the ticket opens."""
    phone: Mapped[str | None] = mapped_column(default=None)
    words: Mapped[str | None] = mapped_column(Text, default=None)
    files: Mapped[list[str]] = mapped_column(default_factory=list)
    """Rows of the inbox that brought photos."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
