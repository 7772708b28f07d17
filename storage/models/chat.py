"""Chats the desk speaks in, where they were before, and the codes that make them rooms, duty or manager chats."""

from datetime import datetime, time

from sqlalchemy import ForeignKey, Index, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.vocabulary import ChatRole, Group

_OWNED = text("person_id IS NOT NULL")


class Chat(Shared, Base):
    """One conversation on one channel.

    A group that becomes a supergroup keeps its row and changes its address, so nothing that points here moves.
    """

    __tablename__ = "chat"
    __table_args__ = (
        UniqueConstraint("channel", "address"),
        Index(None, "site_id", "role", "group"),
        Index(None, "person_id", sqlite_where=_OWNED, postgresql_where=_OWNED),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    channel: Mapped[str]
    address: Mapped[str]
    role: Mapped[ChatRole] = mapped_column(Words(ChatRole))
    title: Mapped[str] = mapped_column(default="")
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), default=None)
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), default=None)
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    """Whose private chat this is."""
    language: Mapped[str | None] = mapped_column(default=None)
    code: Mapped[str | None] = mapped_column(unique=True, default=None)
    """Random; the deep link from a room carries it, so that a stranger's private chat knows its site."""
    is_forum: Mapped[bool] = mapped_column(default=False)
    """Whether it can hold a topic for each ticket."""
    no_topics_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until when none is asked for here: the platform has refused one, for want of a right or because of too many."""
    shadow_from: Mapped[datetime | None] = mapped_column(default=None)
    """Since when the desk only listens to this room; what is opened meanwhile stays between the desk and its staff."""
    shadow_until: Mapped[datetime | None] = mapped_column(default=None)
    """When it began to speak here; None while it still only listens."""
    closed_reason: Mapped[str | None] = mapped_column(default=None)
    """Why nothing can be sent here any more (blocked, kicked, gone); None while the chat is open."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    digest_at: Mapped[time | None] = mapped_column(Time, default=None)
    """The local hour a manager chat wants its digest at; None where the site's will do."""

    @property
    def is_linked(self) -> bool:
        """Whether somebody made it a room, a duty chat or a manager chat."""
        return self.role in (ChatRole.ROOM, ChatRole.DUTY, ChatRole.MANAGER)

    @property
    def is_open(self) -> bool:
        """Whether the desk may still write here."""
        return self.closed_reason is None

    @property
    def is_shadow(self) -> bool:
        """Whether the desk works for this room in full and says nothing in it."""
        return self.shadow_from is not None and self.shadow_until is None

    def go_shadow(self, now: datetime) -> None:
        """From now on only listen."""
        self.shadow_from, self.shadow_until = now, None

    def go_live(self, now: datetime) -> None:
        """From now on speak; what was opened in the shadow stays there."""
        self.shadow_until = now

    def was_shadow(self, at: datetime) -> bool:
        """Whether the room was in the shadow then."""
        return (
            self.shadow_from is not None
            and self.shadow_from <= at
            and (self.shadow_until is None or at < self.shadow_until)
        )

    def close(self, reason: str, now: datetime) -> None:
        """The platform refuses us for good, until the person or the group is heard again."""
        self.closed_reason, self.closed_at = reason, now

    def reopen(self) -> None:
        """Somebody spoke here: we can answer again."""
        self.closed_reason = self.closed_at = None


class FormerAddress(Base):
    """Where a group was before it became a supergroup: late messages and taps on old cards still come from there."""

    __tablename__ = "former_address"
    __table_args__ = (UniqueConstraint("channel", "address"), Index(None, "chat_id"))

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    channel: Mapped[str]
    address: Mapped[str]
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))


class LinkCode(Base):
    """A one-time code; only its digest is kept."""

    __tablename__ = "link_code"

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    digest: Mapped[str] = mapped_column(unique=True)
    role: Mapped[ChatRole] = mapped_column(Words(ChatRole))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    expires_at: Mapped[datetime]
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), default=None)
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    chat_id: Mapped[int | None] = mapped_column(ForeignKey("chat.id"), default=None)
