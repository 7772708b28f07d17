"""The roster: who works in which group, when each is on duty, and which hours count as working time."""

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, Index, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.roster_vocabulary import MemberRole, SwapState
from storage.vocabulary import Group


class Member(Shared, Base):
    """Somebody of the office, under the one name the roster calls them by."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("site_id", "name"), Index(None, "person_id"))

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str]
    role: Mapped[MemberRole] = mapped_column(Words(MemberRole))
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)
    """None above the groups."""
    phone: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    """Who speaks for them in the chats, once they have said so with their code."""
    code_digest: Mapped[str | None] = mapped_column(unique=True, default=None)
    code_until: Mapped[datetime | None] = mapped_column(default=None)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when the roster names them no more; what they did keeps their name."""


class Shift(Shared, Base):
    """Hours somebody is on duty, on days that come again or on one day."""

    __tablename__ = "shift"
    __table_args__ = (Index(None, "site_id"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    days: Mapped[str]
    """`workdays`, `restdays` or digits such as `1,2,7`, 1 for Monday; empty where `on_day` names one day."""
    starts_at: Mapped[time] = mapped_column(Time)
    ends_at: Mapped[time] = mapped_column(Time)
    """Not after the start: on the next day."""
    on_day: Mapped[date | None] = mapped_column(Date, default=None)
    since: Mapped[date | None] = mapped_column(Date, default=None)
    until: Mapped[date | None] = mapped_column(Date, default=None)
    """The last day on which it begins."""


class Absence(Shared, Base):
    """A day whose shifts somebody does not work; perhaps another does."""

    __tablename__ = "absence"
    __table_args__ = (UniqueConstraint("member_id", "day"), Index(None, "site_id", "day"))

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    day: Mapped[date] = mapped_column(Date)
    """On which the shifts begin, in the site's zone."""
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), default=None)


class Swap(Base):
    """Somebody asks a colleague to work for them; it holds once the colleague agrees and the lead has tapped."""

    __tablename__ = "swap"
    __table_args__ = (Index(None, "site_id", "day"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    day: Mapped[date] = mapped_column(Date)
    """Whose shifts the other works."""
    asked_at: Mapped[datetime]
    return_day: Mapped[date | None] = mapped_column(Date, default=None)
    """Whose shifts the asker works for the other in turn."""
    state: Mapped[SwapState] = mapped_column(Words(SwapState), default=SwapState.ASKED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)


class WorkingHours(Shared, Base):
    """Hours that count for a group's promises, on days that come again; without a group for all that have none."""

    __tablename__ = "working_hours"
    __table_args__ = (Index(None, "site_id"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    days: Mapped[str]
    starts_at: Mapped[time] = mapped_column(Time)
    ends_at: Mapped[time] = mapped_column(Time)
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)


class SpecialDay(Shared, Base):
    """A day with hours of its own, or with none; without a group for all groups."""

    __tablename__ = "special_day"
    __table_args__ = (Index(None, "site_id", "day"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date] = mapped_column(Date)
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)
    starts_at: Mapped[time | None] = mapped_column(Time, default=None)
    """None where nobody works then."""
    ends_at: Mapped[time | None] = mapped_column(Time, default=None)
