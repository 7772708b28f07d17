"""Codes on posters: whoever comes in by one need not say where they are."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey


class PlaceCode(Base):
    """A site, a building or a flat, under a random code that tells a stranger nothing."""

    __tablename__ = "place_code"
    __table_args__ = (UniqueConstraint("site_id", "building_id", "unit"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    code: Mapped[str] = mapped_column(unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), default=None)
    unit: Mapped[str | None] = mapped_column(default=None)
