"""What staff set right about a ticket: kept as an example for the next message like it, and counted."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.vocabulary import Aspect

_TEACHES = text("retired_at IS NULL AND aspect <> 'place'")


class Correction(Shared, Base):
    """One thing the desk had read wrongly. A place teaches nothing: the next one writes from elsewhere."""

    __tablename__ = "correction"
    __table_args__ = (
        Index("ix_correction_teaches", "site_id", "id", sqlite_where=_TEACHES, postgresql_where=_TEACHES),
        Index(None, "at"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    """None where the desk was asked whether it is a request at all, and it was none."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who set it right: for the record, never for a report."""
    at: Mapped[datetime]
    aspect: Mapped[Aspect] = mapped_column(Words(Aspect))
    was: Mapped[str]
    became: Mapped[str]
    language: Mapped[str]
    words: Mapped[str] = mapped_column(Text)
    """The ticket's words in the form examples are compared in."""
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    """When an operator took it out of the examples."""
