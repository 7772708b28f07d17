"""Visits 预约上门 to tenants, and what a tenant was charged for the work."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.visit_vocabulary import VisitState
from storage.vocabulary import Side

LIVE = (VisitState.PROPOSED, VisitState.AGREED)


class Visit(Base):
    """One hour at which somebody comes, or would come. An hour that is moved is another visit."""

    __tablename__ = "visit"
    __table_args__ = (Index(None, "ticket_id", "id"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    """Until when somebody may come; None for an hour on the dot."""
    side: Mapped[Side] = mapped_column(Words(Side))
    """Whose proposal it is: the other side agrees."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who proposed it."""
    proposed_at: Mapped[datetime]
    state: Mapped[VisitState] = mapped_column(Words(VisitState), default=VisitState.PROPOSED)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it was agreed to, kept, or called off: its newest step."""

    @property
    def is_live(self) -> bool:
        """Whether it is still to come, or still to be agreed to."""
        return self.state in LIVE

    def step(self, state: VisitState, now: datetime) -> None:
        """Take it one step on."""
        self.state, self.settled_at = state, now


class Charge(Base):
    """What the tenant pays for the work; the newest of a ticket's round holds."""

    __tablename__ = "charge"
    __table_args__ = (Index(None, "ticket_id", "id"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    """Of which finish."""
    cents: Mapped[int]
    """Hundredths of the currency, whatever its smallest coin is."""
    currency: Mapped[str]
    """ISO 4217."""
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
