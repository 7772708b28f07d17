"""How a site has its tickets offered: to whom in each group, and what follows when nobody takes one."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.roster_vocabulary import OfferMode, Rung
from storage.vocabulary import Group, Urgency


class OfferRule(Shared, Base):
    """To whom in a group its tickets are offered."""

    __tablename__ = "offer_rule"
    __table_args__ = (UniqueConstraint("site_id", "group"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    group: Mapped[Group] = mapped_column(Words(Group))
    mode: Mapped[OfferMode] = mapped_column(Words(OfferMode))


class LadderRung(Shared, Base):
    """When one thing happens to an offer nobody takes; without minutes it never does."""

    __tablename__ = "ladder_rung"
    __table_args__ = (UniqueConstraint("site_id", "rung", "urgency"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    rung: Mapped[Rung] = mapped_column(Words(Rung))
    urgency: Mapped[Urgency] = mapped_column(Words(Urgency))
    after_minutes: Mapped[int | None]
    """Working time since the offer."""
