"""What staff set right: examples for a site, and the account of what is mistaken for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from storage.directory import remember
from storage.models import Correction, Ticket
from storage.models.base import one_of
from storage.vocabulary import Aspect

MOST = 500
"""Examples of one site that are compared with each message, the newest; more would be felt."""
_TEACHING = (
    select(Correction)
    .where(
        Correction.site_id == bindparam("site"),
        Correction.retired_at.is_(None),
        Correction.aspect != Aspect.PLACE.value,
    )
    .order_by(Correction.id.desc())
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one thing was mistaken for another, in one month and language."""

    month: str
    language: str
    aspect: Aspect
    was: str
    became: str
    count: int


@dataclass
class Corrections:
    """Keeps what staff set right."""

    session: Session

    def add(self, correction: Correction) -> None:
        """Save one; from now on it is an example."""
        self.session.add(correction)
        self.session.flush()

    def list_teaching(self, site_id: int) -> Sequence[Correction]:
        """A site's examples, newest first; remembered, and the same list until one of them changes."""
        key = ("corrections", site_id)
        return remember(self.session, key, lambda session: list(session.scalars(_TEACHING, {"site": site_id})))

    def list_taught(self, site_id: int, before: datetime) -> Sequence[Correction]:
        """The examples a site had at a moment in the past, newest first."""
        return self.session.scalars(
            select(Correction)
            .where(
                Correction.site_id == site_id,
                Correction.at < before,
                or_(Correction.retired_at.is_(None), Correction.retired_at >= before),
                Correction.aspect != Aspect.PLACE.value,
                Correction.words != "",
            )
            .order_by(Correction.id.desc())
            .limit(MOST)
        ).all()

    def list_by_ticket(self, ticket_id: int) -> Sequence[Correction]:
        """Everything set right about a ticket, in order."""
        return self.session.scalars(
            select(Correction).where(Correction.ticket_id == ticket_id).order_by(Correction.id)
        ).all()

    def retire(self, correction_id: int, now: datetime) -> bool:
        """It teaches no longer; False when there is no such example."""
        found = self.session.get(Correction, correction_id)
        if found is None or found.retired_at is not None:
            return False
        found.retired_at = now
        self.session.flush()
        return True

    def unlearn(self, ticket_id: int, now: datetime) -> None:
        """What a ticket taught is taught no longer, and its words are shown to nobody."""
        for row in self.list_by_ticket(ticket_id):
            row.words, row.retired_at = "", row.retired_at or now
        self.session.flush()

    def list_confusions(self, since: datetime) -> Sequence[Confusion]:
        """What was mistaken for what since then, the newest month and the commonest first."""
        rows = self.session.scalars(select(Correction).where(Correction.at >= since)).all()
        counts: dict[tuple[str, str, Aspect, str, str], int] = {}
        for row in rows:
            key = (f"{row.at:%Y-%m}", row.language, row.aspect, row.was, row.became)
            counts[key] = counts.get(key, 0) + 1
        ranked = sorted(counts.items(), key=lambda item: (item[0][0], item[1]), reverse=True)
        return [Confusion(*key, count) for key, count in ranked]

    def count_tickets(self, since: datetime) -> Sequence[tuple[str, str, int, int]]:
        """`(language, trade, opened, set right)` since then; a ticket counts once, under the trade it has now."""
        corrected = select(Correction.ticket_id).where(
            one_of(Correction.aspect, Aspect.KIND, Aspect.TRADE, Aspect.URGENCY)
        )
        is_corrected = func.sum(case((Ticket.id.in_(corrected), 1), else_=0))
        rows = self.session.execute(
            select(Ticket.language, Ticket.trade, func.count(), is_corrected)
            .where(Ticket.opened_at >= since)
            .group_by(Ticket.language, Ticket.trade)
            .order_by(Ticket.language, func.count().desc())
        )
        return [(row[0], str(row[1]), row[2], int(row[3])) for row in rows]
