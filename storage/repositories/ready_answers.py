"""The ready answers of each site."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage.directory import remember
from storage.models import ReadyAnswer

_OF_SITE = select(ReadyAnswer).where(ReadyAnswer.site_id == bindparam("site")).order_by(ReadyAnswer.id)


@dataclass
class ReadyAnswers:
    """Keeps them."""

    session: Session

    def recall(self, site_id: int) -> Sequence[ReadyAnswer]:
        """A site's, in the order they were written; remembered."""
        key = ("ready answers", site_id)
        return remember(self.session, key, lambda session: list(session.scalars(_OF_SITE, {"site": site_id})))

    def list_all(self, site_id: int) -> Sequence[ReadyAnswer]:
        """The same, for a change."""
        return self.session.scalars(_OF_SITE, {"site": site_id}).all()

    def add(self, answer: ReadyAnswer) -> None:
        """Save a new one."""
        self.session.add(answer)
        self.session.flush()

    def remove(self, answer: ReadyAnswer) -> None:
        """The office says this no more."""
        self.session.delete(answer)
        self.session.flush()
