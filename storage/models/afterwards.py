"""What is asked after the work: callback checks and one-question surveys."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.vocabulary import CallbackOutcome


class Callback(Base):
    """One callback check of one finish. An outcome is the tenant's word; silence leaves it empty."""

    __tablename__ = "callback"
    __table_args__ = (
        UniqueConstraint("ticket_id", "round"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_1_to_5"),
        Index(None, "person_id", "sent_at"),
        Index(None, "sent_at"),
        Index(None, "answered_at"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[CallbackOutcome | None] = mapped_column(Words(CallbackOutcome), default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    rating: Mapped[int | None] = mapped_column(default=None)
    words: Mapped[str | None] = mapped_column(Text, default=None)


class Survey(Base):
    """One invitation to one person: a signed one-time link to one question, answered at most once."""

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score_1_to_5"),
        Index(None, "person_id", "sent_at"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the token's secret; the token itself is never stored."""
    language: Mapped[str]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    score: Mapped[int | None] = mapped_column(default=None)
    words: Mapped[str | None] = mapped_column(Text, default=None)
