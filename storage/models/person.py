"""People and the channel accounts they speak through."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey


class Person(Base):
    """A tenant, a visitor or a member of staff; one person may have several accounts."""

    __tablename__ = "person"

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    name: Mapped[str]
    language: Mapped[str | None] = mapped_column(default=None)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), default=None)
    """Where this person was last heard in a room; a private chat has no other way to know its site."""
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), default=None)
    unit: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None)
    answers_chat_id: Mapped[int | None] = mapped_column(default=None)
    """Of several private chats the one where answers go: where this person wrote last, or asked for them; None for
    whoever has but one. No foreign key: chats point at people already.
    """
    answers_chosen: Mapped[bool] = mapped_column(default=False)
    """Whether they asked for them there, so that writing elsewhere changes nothing."""

    def moves(self, site_id: int | None, building_id: int | None) -> None:
        """Heard at another site: the flat of the former one is not theirs here."""
        self.site_id, self.building_id, self.unit = site_id, building_id, None


class Account(Base):
    """A person's identity on one channel."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "address"), UniqueConstraint("code_digest"), Index(None, "person_id"))

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    address: Mapped[str]
    name: Mapped[str]
    bound_from_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    """Who spoke from here before the account was bound to another of the same person; it goes back to them."""
    code_digest: Mapped[str | None] = mapped_column(default=None)
    """Of the one-time code that, sent from another account, binds that one to this one's person."""
    code_until: Mapped[datetime | None] = mapped_column(default=None)
