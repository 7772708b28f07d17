"""Passes to the managers' page: a link is used once, and the visit it opens ends by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import PagePass


@dataclass
class Passes:
    """Keeps, uses and finds them, by digests alone."""

    session: Session

    def add(self, page_pass: PagePass) -> None:
        """A new link."""
        self.session.add(page_pass)
        self.session.flush()

    def find_good(self, digest: str, now: datetime) -> PagePass | None:
        """The pass of a link that would open the page now."""
        return self.session.scalar(
            select(PagePass).where(PagePass.digest == digest, PagePass.used_at.is_(None), PagePass.opens_until > now)
        )

    def use(self, digest: str, visit: str, until: datetime, now: datetime) -> bool:
        """Use a link up and begin its visit; False where it was used, is too old or unknown. Compare-and-set."""
        used = self.session.scalar(
            update(PagePass)
            .where(PagePass.digest == digest, PagePass.used_at.is_(None), PagePass.opens_until > now)
            .values(used_at=now, visit=visit, visit_until=until)
            .returning(PagePass.id)
        )
        return used is not None

    def find_visit(self, visit: str, now: datetime) -> PagePass | None:
        """The pass of a visit that still lasts."""
        return self.session.scalar(select(PagePass).where(PagePass.visit == visit, PagePass.visit_until > now))

    def end_visit(self, visit: str) -> None:
        """Whoever visited has left."""
        self.session.execute(update(PagePass).where(PagePass.visit == visit).values(visit=None))
