"""Counts for digests, each defined once. Periods are half open: `since` counts, `until` does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, func, literal_column, select
from sqlalchemy.orm import Session

from storage.models import OPEN_STATES, Callback, Chat, InboxRow, OutboxRow, Ticket
from storage.models.base import one_of
from storage.vocabulary import ChatRole, Disposition, Kind, OutboxState, TicketState

TENANT_EVENTS = ("MessageReceived", "MessageEdited")
TENANT_CHATS = (ChatRole.ROOM, ChatRole.PRIVATE)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One site, one period. Ratings are a mean of 1 to 5, None when nobody rated."""

    new: int
    new_by_kind: dict[Kind, int]
    closed: int
    open: int
    overdue: int
    reopened: int
    urged: int
    callbacks_sent: int
    callbacks_answered: int
    rating: float | None
    ratings: int
    undelivered: int


@dataclass
class Figures:
    """Reads only; run it off the writer."""

    session: Session

    def ledger(self, site_id: int, since: datetime, until: datetime) -> dict[Disposition | None, int]:
        """How many messages of tenants were heard, by the disposition each ended with.

        None counts what still waits for its act, so that the sum is always what was heard.
        """
        rows = self.session.execute(
            select(InboxRow.disposition, func.count())
            .join(Chat, Chat.id == InboxRow.chat_id)
            .where(
                Chat.site_id == site_id,
                Chat.role.in_(TENANT_CHATS),
                InboxRow.event.in_(TENANT_EVENTS),
                InboxRow.received_at >= since,
                InboxRow.received_at < until,
            )
            .group_by(InboxRow.disposition)
        )
        return {row[0]: row[1] for row in rows}

    def count_heard(self, site_id: int, since: datetime, until: datetime) -> int:
        """How many messages of tenants were heard, counted without looking at dispositions."""
        return (
            self.session.scalar(
                select(func.count(InboxRow.id))
                .join(Chat, Chat.id == InboxRow.chat_id)
                .where(
                    Chat.site_id == site_id,
                    Chat.role.in_(TENANT_CHATS),
                    InboxRow.event.in_(TENANT_EVENTS),
                    InboxRow.received_at >= since,
                    InboxRow.received_at < until,
                )
            )
            or 0
        )

    def day(self, site_id: int, since: datetime, until: datetime) -> DayFigures:
        """Everything a daily digest counts."""
        of_site = Ticket.site_id == site_id
        kinds = self.session.execute(
            select(Ticket.kind, func.count())
            .where(of_site, Ticket.opened_at >= since, Ticket.opened_at < until)
            .group_by(Ticket.kind)
        )
        by_kind = {row[0]: row[1] for row in kinds}
        closed = self._count(select(func.count()).where(of_site, Ticket.closed_at >= since, Ticket.closed_at < until))
        standing = self.session.execute(
            select(
                func.count(),
                func.coalesce(func.sum(case((Ticket.finish_due_at < until, 1), else_=0)), 0),
                func.coalesce(func.sum(Ticket.urged), 0),
            ).where(of_site, one_of(Ticket.state, *OPEN_STATES), Ticket.opened_at < until)
        ).one()
        answered = Callback.answered_at.is_not(None)
        callbacks = self.session.execute(
            select(
                func.count(),
                func.coalesce(func.sum(case((answered, 1), else_=0)), 0),
                func.avg(Callback.rating),
                func.count(Callback.rating),
            )
            .join(Ticket, Ticket.id == Callback.ticket_id)
            .where(of_site, Callback.sent_at >= since, Callback.sent_at < until)
        ).one()
        undelivered = self._count(
            select(func.count())
            .select_from(OutboxRow)
            .join(Chat, Chat.id == OutboxRow.chat_id)
            .where(
                Chat.site_id == site_id,
                OutboxRow.created_at >= since,
                OutboxRow.created_at < until,
                one_of(OutboxRow.state, OutboxState.REFUSED, OutboxState.DEAD),
            )
        )
        return DayFigures(
            new=sum(by_kind.values()),
            new_by_kind=by_kind,
            closed=closed,
            open=standing[0],
            overdue=int(standing[1]),
            reopened=self._count(
                select(func.count()).where(
                    of_site, Ticket.reopened > literal_column("0"), Ticket.state.in_((*OPEN_STATES, TicketState.DONE))
                )
            ),
            urged=int(standing[2]),
            callbacks_sent=callbacks[0],
            callbacks_answered=int(callbacks[1]),
            rating=None if callbacks[2] is None else float(callbacks[2]),
            ratings=callbacks[3],
            undelivered=undelivered,
        )

    def list_overdue(self, site_id: int, until: datetime, limit: int) -> Sequence[Ticket]:
        """Open tickets past their promise, most delayed first."""
        return self.session.scalars(
            select(Ticket)
            .where(Ticket.site_id == site_id, one_of(Ticket.state, *OPEN_STATES), Ticket.finish_due_at < until)
            .order_by(Ticket.finish_due_at)
            .limit(limit)
        ).all()

    def list_unanswered(self, site_id: int, since: datetime, until: datetime, limit: int) -> Sequence[InboxRow]:
        """Possible requests nobody has answered, oldest first."""
        return self.session.scalars(
            select(InboxRow)
            .join(Chat, Chat.id == InboxRow.chat_id)
            .where(
                Chat.site_id == site_id,
                InboxRow.disposition.in_((Disposition.ASKED, Disposition.STAFF_TRIAGE)),
                InboxRow.received_at >= since,
                InboxRow.received_at < until,
            )
            .order_by(InboxRow.id)
            .limit(limit)
        ).all()

    def _count(self, query: Select[int]) -> int:
        return self.session.scalar(query) or 0
