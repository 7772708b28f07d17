"""The office's ready answers: words staff send a tenant with one tap."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.vocabulary import Group


class ReadyAnswer(Shared, Base):
    """One of them, of one group or of all."""

    __tablename__ = "ready_answer"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    key: Mapped[str]
    """What staff read on its button."""
    texts: Mapped[dict[str, Any]]
    """By language, what the tenant reads; of placeholders it may hold those of a closed set."""
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)
    """None is every group's."""
