"""What each role of a site may do alone, and how much was settled without anybody above being called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from storage.directory import remember
from storage.models import Authority, Entry, Person, Ticket
from storage.repositories.periods import IS_JOB, NOT_WORKED_ON
from storage.repositories.scopes import Scope
from storage.vocabulary import EntryKind, Group

_OF_SITE = select(Authority).where(Authority.site_id == bindparam("site")).order_by(Authority.id)


class Settled(NamedTuple):
    """The jobs one person of a group has closed, and how many of them without calling anybody above."""

    group: Group | None
    name: str
    alone: int
    closed: int


@dataclass
class Authorities:
    """Keeps the rules, and counts."""

    session: Session

    def recall(self, site_id: int) -> Sequence[Authority]:
        """A site's rules; remembered."""
        key = ("authorities", site_id)
        return remember(self.session, key, lambda session: list(session.scalars(_OF_SITE, {"site": site_id})))

    def list_all(self, site_id: int) -> Sequence[Authority]:
        """The same, for a change."""
        return self.session.scalars(_OF_SITE, {"site": site_id}).all()

    def add(self, rule: Authority) -> None:
        """Save a new one."""
        self.session.add(rule)
        self.session.flush()

    def remove(self, rule: Authority) -> None:
        """From now on the role may do everything again."""
        self.session.delete(rule)
        self.session.flush()

    def list_settled(self, scope: Scope, calls: tuple[str, ...]) -> Sequence[Settled]:
        """The jobs closed in a period that were worked on, by group and person; `calls` are the steps that ring those
        above. Whoever asks leaves out by the scope's sight what counts for nobody.
        """
        stands = select(Entry.id).where(
            Entry.ticket_id == Ticket.id, Entry.kind == EntryKind.STEP, Entry.text.in_(calls)
        )
        alone = func.sum(case((stands.exists(), 0), else_=1))
        rows = self.session.execute(
            select(Ticket.group, Person.name, alone, func.count())
            .join(Person, Person.id == Ticket.assignee_id)
            .where(*scope.where(), IS_JOB, scope.within(Ticket.closed_at), Ticket.close_reason.not_in(NOT_WORKED_ON))
            .group_by(Ticket.group, Person.id, Person.name)
            .order_by(Person.name)
        )
        return [Settled(row[0], row[1], int(row[2]), row[3]) for row in rows]
