"""How far a platform lets us reach a person: for how long after they spoke, and with how many messages."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey


class Window(Base):
    """One account on a channel that counts our messages. It opens when the person speaks, and shuts by itself."""

    __tablename__ = "writing_window"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    channel: Mapped[str]
    address: Mapped[str]
    shuts_at: Mapped[datetime]
    allowed: Mapped[int]
    """Messages we may send before it shuts."""
    spent: Mapped[int] = mapped_column(default=0)
    refused_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when something waits for this person to speak again."""
    nudged_at: Mapped[datetime | None] = mapped_column(default=None)
    """When a paid or subscribed notice told them so."""

    def left(self, now: datetime) -> int:
        """How many messages may still go."""
        return max(0, self.allowed - self.spent) if now < self.shuts_at else 0
