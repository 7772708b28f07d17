"""Visits to tenants, and what they were charged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import OPEN_STATES, Charge, Ticket, Visit
from storage.models.base import one_of
from storage.models.visit import LIVE
from storage.visit_vocabulary import VisitState

ON_THE_DOT = timedelta(hours=1)
"""How long a visit without an end takes."""


@dataclass
class Visits:
    """Finds the visit of a ticket that is still to come, and those of one worker."""

    session: Session

    def add(self, row: Visit | Charge) -> None:
        """Save a new row and learn its id."""
        self.session.add(row)
        self.session.flush()

    def find(self, visit_id: int) -> Visit | None:
        """The visit, if the id names one."""
        return self.session.get(Visit, visit_id)

    def find_live(self, ticket_id: int) -> Visit | None:
        """The one that is still to come, or to be agreed to."""
        return self.session.scalar(
            select(Visit).where(Visit.ticket_id == ticket_id, one_of(Visit.state, *LIVE)).order_by(Visit.id.desc())
        )

    def list_live_of(self, reporter_id: int) -> Sequence[Visit]:
        """Those of a tenant's open tickets, the newest first."""
        return self.session.scalars(
            select(Visit)
            .join(Ticket, Ticket.id == Visit.ticket_id)
            .where(Ticket.reporter_id == reporter_id, one_of(Ticket.state, *OPEN_STATES), one_of(Visit.state, *LIVE))
            .order_by(Visit.id.desc())
        ).all()

    def list_beside(self, visit: Visit, assignee_id: int) -> Sequence[Visit]:
        """Other agreed visits of the same hands at the same time."""
        until = visit.ends_at or visit.starts_at + ON_THE_DOT
        agreed = self.session.scalars(
            select(Visit)
            .join(Ticket, Ticket.id == Visit.ticket_id)
            .where(
                Ticket.assignee_id == assignee_id,
                one_of(Ticket.state, *OPEN_STATES),
                one_of(Visit.state, VisitState.AGREED),
                Visit.starts_at < until,
                Visit.id != visit.id,
            )
            .order_by(Visit.starts_at)
        ).all()
        return [each for each in agreed if (each.ends_at or each.starts_at + ON_THE_DOT) > visit.starts_at]

    def charged(self, ticket_id: int, round_: int) -> Charge | None:
        """What was charged at a finish."""
        return self.session.scalar(
            select(Charge).where(Charge.ticket_id == ticket_id, Charge.round == round_).order_by(Charge.id.desc())
        )

    def list_of_unit(
        self, site_id: int, building_id: int | None, unit: str, since: datetime, limit: int
    ) -> Sequence[Ticket]:
        """What was told of one flat since then, the newest first."""
        return self.session.scalars(
            select(Ticket)
            .where(
                Ticket.site_id == site_id,
                Ticket.opened_at >= since,
                func.upper(Ticket.unit) == unit.upper(),
                Ticket.building_id == building_id if building_id is not None else Ticket.building_id.is_(None),
            )
            .order_by(Ticket.opened_at.desc())
            .limit(limit)
        ).all()
