"""People and the channel accounts they speak through."""

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

    def moves(self, site_id: int | None, building_id: int | None) -> None:
        """Heard at another site: the flat of the former one is not theirs here."""
        self.site_id, self.building_id, self.unit = site_id, building_id, None


class Account(Base):
    """A person's identity on one channel."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "address"), Index(None, "person_id"))

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    address: Mapped[str]
    name: Mapped[str]
