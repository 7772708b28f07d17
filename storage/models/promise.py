"""What a site promises its tenants by when, and the times in which a ticket's clock stood still."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.roster_vocabulary import WaitsFor
from storage.vocabulary import Kind, Trade, Urgency

_OF_EVERY_TRADE = text("trade IS NULL")


class Promise(Shared, Base):
    """One promise of a site's own, in minutes of working time; without a trade for every trade of the kind."""

    __tablename__ = "promise"
    __table_args__ = (
        Index(None, "site_id"),
        # Two, since nothing equals no trade. As indexes, for which SQLite need not copy the table.
        Index("uq_promise_of_trade", "site_id", "kind", "urgency", "trade", unique=True),
        Index(
            "uq_promise_of_kind",
            "site_id",
            "kind",
            "urgency",
            unique=True,
            sqlite_where=_OF_EVERY_TRADE,
            postgresql_where=_OF_EVERY_TRADE,
        ),
        CheckConstraint("finish_minutes > 0", name="finish_is_later"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[Kind] = mapped_column(Words(Kind))
    urgency: Mapped[Urgency] = mapped_column(Words(Urgency))
    finish_minutes: Mapped[int]
    answer_minutes: Mapped[int]
    trade: Mapped[Trade | None] = mapped_column(Words(Trade), default=None)


class Pause(Base):
    """A time in which nobody here could go on."""

    __tablename__ = "pause"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    waits_for: Mapped[WaitsFor] = mapped_column(Words(WaitsFor))
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(default=None)
