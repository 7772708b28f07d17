"""Who may read the managers' page: a link that opens it once, and the visit that began with it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey


class PagePass(Base):
    """One link of one person in one managers' chat. Of link and visit only digests are kept."""

    __tablename__ = "page_pass"

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    digest: Mapped[str] = mapped_column(unique=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    opens_until: Mapped[datetime]
    """The link is good until then, and only once."""
    visit: Mapped[str | None] = mapped_column(unique=True, default=None)
    """What the browser shows from then on; None until the link was used, and after leaving."""
    visit_until: Mapped[datetime | None] = mapped_column(default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
