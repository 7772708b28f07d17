"""A site, its buildings, and the counter its ticket numbers come from."""

from datetime import time

from sqlalchemy import ForeignKey, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.roster_vocabulary import StaffNames


class Site(Shared, Base):
    """One estate under one desk: a time zone, a default language, one run of ticket numbers."""

    __tablename__ = "site"

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    name: Mapped[str] = mapped_column(unique=True)
    timezone: Mapped[str]
    language: Mapped[str]
    emergency_number: Mapped[str]
    """The public emergency number, spoken to a tenant in danger."""
    desk_phone: Mapped[str] = mapped_column(default="")
    ambulance_number: Mapped[str] = mapped_column(default="", server_default="")
    police_number: Mapped[str] = mapped_column(default="", server_default="")
    fire_number: Mapped[str] = mapped_column(default="", server_default="")
    gas_number: Mapped[str] = mapped_column(default="", server_default="")
    """Of the site's own; empty is as the country has it, and no gas company."""
    digest_at: Mapped[time] = mapped_column(Time, default=time(18, 0))
    """Local hour of the daily digest."""
    quiet_from: Mapped[time] = mapped_column(Time, default=time(21, 0))
    quiet_until: Mapped[time] = mapped_column(Time, default=time(9, 0))
    """Between these local hours nobody is asked how a repair went."""
    last_number: Mapped[int] = mapped_column(default=1000)
    staff_names: Mapped[StaffNames] = mapped_column(
        Words(StaffNames), default=StaffNames.FULL, server_default=StaffNames.FULL.value
    )
    """How tenants read who of staff does something."""


class Building(Shared, Base):
    """A building as people name it."""

    __tablename__ = "building"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default_factory=list)
