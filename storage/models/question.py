"""The question list: what tenants often ask, what the office answers, and what became of each answer given."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.question_vocabulary import Ending


class ListedQuestion(Shared, Base):
    """One question of a site's list, in every language it is asked in."""

    __tablename__ = "listed_question"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    key: Mapped[str]
    """What the office calls it."""
    wordings: Mapped[dict[str, Any]]
    """By language, the ways people put it."""
    answers: Mapped[dict[str, Any]]
    """By language, the office's own words."""
    owner: Mapped[str] = mapped_column(default="")
    """Who sees to it that the answer is right."""
    review_on: Mapped[date | None] = mapped_column(Date, default=None)
    """The day from which somebody should look whether it still is."""
    is_private: Mapped[bool] = mapped_column(default=False)
    """Whether the answer is for no group to read."""
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when the list has it no more; what was answered with it stays counted."""


class AskedQuestion(Base):
    """A tenant was answered from the list, and perhaps said whether that was it."""

    __tablename__ = "asked_question"
    __table_args__ = (Index(None, "person_id", "chat_id", "at"), Index(None, "site_id", "at"))

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("listed_question.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    """Where it was asked, which need not be where it was answered."""
    inbox_id: Mapped[int] = mapped_column(ForeignKey("inbox.id"))
    at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(Words(Ending), default=None)
    """None as long as the tenant has said nothing to it, which is neither good nor bad."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    """What was opened since it was not the answer."""

    def end(self, ending: Ending, now: datetime, ticket_id: int | None = None) -> None:
        """The tenant has said whether that was it."""
        self.ending, self.ended_at, self.ticket_id = ending, now, ticket_id
