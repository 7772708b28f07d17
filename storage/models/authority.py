"""What somebody of a role may do alone; where a site has written nothing down, everybody may do everything."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.roster_vocabulary import MemberRole


class Authority(Shared, Base):
    """One role's, on one site."""

    __tablename__ = "authority"
    __table_args__ = (
        UniqueConstraint("site_id", "role"),
        CheckConstraint("spend_cents >= 0", name="spends_no_debt"),
        CheckConstraint("later_minutes >= 0", name="later_is_not_sooner"),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    role: Mapped[MemberRole] = mapped_column(Words(MemberRole))
    may_not_close: Mapped[list[str]] = mapped_column(default_factory=list)
    """The kinds of ticket that somebody above has to finish."""
    spend_cents: Mapped[int | None] = mapped_column(default=None)
    """What may be charged for one finish; None is any amount."""
    later_minutes: Mapped[int | None] = mapped_column(default=None)
    """How much later than promised a visit may be proposed, in minutes; None is as late as it takes."""
