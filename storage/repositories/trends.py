"""Where and when things happened in a period: by quarter of an hour, by building, and the cases that stand out.

Days are the building's own, which no database of ours knows; a quarter of an hour lies in one day of every zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.epoch import epoch
from storage.models import OPEN_STATES, Ticket
from storage.models.base import one_of
from storage.repositories.periods import IS_JOB, NOT_WORKED_ON
from storage.repositories.scopes import BuildingCount, LongCase, Scope
from storage.vocabulary import Kind, TicketState

QUARTER = 900
"""Seconds."""


@dataclass
class Trends:
    """Reads only; run it off the writer."""

    session: Session

    def find_first(self, site_id: int) -> datetime | None:
        """When the desk of a site opened its first ticket."""
        return self.session.scalar(select(func.min(Ticket.opened_at)).where(Ticket.site_id == site_id))

    def received(self, scope: Scope) -> dict[int, int]:
        """How many tickets came, by the quarter of an hour since 1970."""
        return self._by_quarter(scope, Ticket.opened_at)

    def finished(self, scope: Scope) -> dict[int, int]:
        """How many were finished, likewise."""
        return self._by_quarter(scope, Ticket.done_at)

    def closed(self, scope: Scope) -> dict[int, int]:
        """How many were closed, likewise."""
        return self._by_quarter(scope, Ticket.closed_at)

    def count_open(self, scope: Scope) -> int:
        """How many were received before the period and not closed before it."""
        return (
            self.session.scalar(
                select(func.count()).where(
                    *scope.where(),
                    Ticket.opened_at < scope.since,
                    Ticket.state != TicketState.CANCELLED,
                    (Ticket.closed_at.is_(None)) | (Ticket.closed_at >= scope.since),
                )
            )
            or 0
        )

    def by_building(self, scope: Scope) -> dict[int | None, BuildingCount]:
        """What was received in the period, and what became of it until now."""
        is_done = Ticket.done_at.is_not(None) & IS_JOB
        is_promised = is_done & Ticket.finish_due_at.is_not(None)
        rows = self.session.execute(
            select(
                Ticket.building_id,
                func.count(),
                _count(Ticket.kind == Kind.COMPLAINT),
                _count(is_done),
                _count(is_promised),
                _count(is_promised & (Ticket.done_at <= Ticket.finish_due_at)),
                _count((Ticket.reopened > 0) & IS_JOB),
            )
            .where(*scope.where(), scope.within(Ticket.opened_at))
            .group_by(Ticket.building_id)
        )
        return {row[0]: BuildingCount(row[0], *map(int, row[1:])) for row in rows}

    def slowest(self, scope: Scope, limit: int) -> Sequence[LongCase]:
        """The jobs closed in the period that took longest."""
        which = scope.within(Ticket.closed_at) & Ticket.close_reason.not_in(NOT_WORKED_ON)
        return self._cases(scope, which, (_took().desc(), Ticket.number), limit)

    def telling(self, scope: Scope, limit: int) -> Sequence[LongCase]:
        """The jobs closed in the period that came back most, were asked for most and went through most hands."""
        went_wrong = (Ticket.reopened > 0) | (Ticket.urged > 1) | (Ticket.handed_over > 1)
        which = scope.within(Ticket.closed_at) & went_wrong
        order = (Ticket.reopened.desc(), Ticket.urged.desc(), Ticket.handed_over.desc(), Ticket.number)
        return self._cases(scope, which, order, limit)

    def list_received(self, scope: Scope, limit: int) -> Sequence[Ticket]:
        """The tickets of the period, oldest first."""
        return self.session.scalars(
            select(Ticket)
            .where(*scope.where(), scope.within(Ticket.opened_at))
            .order_by(Ticket.opened_at, Ticket.id)
            .limit(limit)
        ).all()

    def open_work(self, scope: Scope, now: datetime, limit: int) -> tuple[Sequence[Ticket], int, int]:
        """What is open now, the most delayed first; with how much it is, and how much of it late."""
        is_open = (*scope.where(), one_of(Ticket.state, *OPEN_STATES), IS_JOB)
        late = _count(Ticket.finish_due_at < now)
        of = self.session.execute(select(func.count(), late).where(*is_open)).one()
        order = (Ticket.finish_due_at.is_(None), Ticket.finish_due_at, Ticket.id)
        found = self.session.scalars(select(Ticket).where(*is_open).order_by(*order).limit(limit)).all()
        return found, of[0], int(of[1])

    def _cases(
        self, scope: Scope, which: ColumnElement[bool], order: tuple[ColumnElement[Any] | Any, ...], limit: int
    ) -> Sequence[LongCase]:
        rows = self.session.execute(
            select(
                Ticket.id,
                Ticket.number,
                Ticket.kind,
                Ticket.trade,
                Ticket.building_id,
                _took(),
                Ticket.reopened,
                Ticket.urged,
                Ticket.handed_over,
            )
            .where(*scope.where(), IS_JOB, which)
            .order_by(*order)
            .limit(limit)
        )
        return [LongCase(*row) for row in rows]

    def _by_quarter(self, scope: Scope, moment: InstrumentedAttribute[Any]) -> dict[int, int]:
        quarter = epoch(moment) // QUARTER
        rows = self.session.execute(
            select(quarter, func.count()).where(*scope.where(), scope.within(moment)).group_by(quarter)
        )
        return {int(row[0]): row[1] for row in rows}


def _took() -> ColumnElement[int]:
    return epoch(Ticket.closed_at) - epoch(Ticket.opened_at)


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
