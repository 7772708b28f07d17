"""Counts for digests, each defined once. Periods are half open: `since` counts, `until` does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.models import OPEN_STATES, Callback, Chat, Entry, InboxRow, OutboxRow, Push, Ticket
from storage.models.base import one_of
from storage.planning import unindexed
from storage.vocabulary import (
    COMMAND,
    CallbackOutcome,
    ChatRole,
    Disposition,
    EntryKind,
    Kind,
    Operation,
    OutboxState,
    PushState,
    Side,
    TicketState,
)

TENANT_EVENTS = ("MessageReceived", "MessageEdited")
TENANT_CHATS = (ChatRole.ROOM, ChatRole.PRIVATE)
BAD_OUTCOMES = tuple(outcome.value for outcome in CallbackOutcome if outcome is not CallbackOutcome.FIXED)
"""What a tenant says that opens a ticket again; a step of that name is in its thread."""


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
    """Messages that did not arrive; reactions and changes of what stands there are none."""
    unconfirmed: int
    """Done, and the tenant has not said yet whether it is fixed."""
    failed_pushes: int
    """What was planned and could not be done."""


@dataclass
class Figures:
    """Reads only; run it off the writer."""

    session: Session

    def ledger(
        self, site_id: int, since: datetime, until: datetime, asked_by: int | None = None
    ) -> dict[Disposition | None, int]:
        """How many messages of tenants were heard, by the disposition each ended with.

        None counts what still waits for its act. What waits or could not be read has no chat yet and so no site: it
        is counted in every site's ledger, since nobody may think it was not there; but for `asked_by`, the row in the
        inbox that asks for these figures.
        """
        rows = self.session.execute(
            select(InboxRow.disposition, func.count())
            .outerjoin(Chat, Chat.id == InboxRow.chat_id)
            .where(_heard_at(site_id, since, until, asked_by))
            .group_by(InboxRow.disposition)
        )
        return {row[0]: row[1] for row in rows}

    def count_heard(self, site_id: int, since: datetime, until: datetime, asked_by: int | None = None) -> int:
        """How many messages of tenants were heard, counted without looking at dispositions."""
        heard = _heard_at(site_id, since, until, asked_by)
        return self._count(select(func.count(InboxRow.id)).outerjoin(Chat, Chat.id == InboxRow.chat_id).where(heard))

    def day(self, site_id: int, since: datetime, until: datetime) -> DayFigures:
        """Everything a daily digest counts."""
        of_site = Ticket.site_id == site_id
        kinds = self.session.execute(
            select(Ticket.kind, func.count())
            .where(of_site, _within(Ticket.opened_at, since, until))
            .group_by(Ticket.kind)
        )
        by_kind = {row[0]: row[1] for row in kinds}
        is_late = (Ticket.finish_due_at < until) & Ticket.incident_id.is_(None)  # an incident is late once
        standing = self.session.execute(
            select(func.count(), func.coalesce(func.sum(case((is_late, 1), else_=0)), 0)).where(
                of_site,
                one_of(Ticket.state, *OPEN_STATES),
                Ticket.closed_at.is_(None),
                unindexed(Ticket.opened_at) < until,
            )
        ).one()
        ratings = self.session.execute(
            select(func.avg(Callback.rating), func.count(Callback.rating))
            .join(Ticket, Ticket.id == Callback.ticket_id)
            .where(unindexed(Ticket.site_id) == site_id, _within(Callback.answered_at, since, until))
        ).one()
        sent = self.session.execute(
            select(func.count(), func.count(Callback.answered_at))
            .join(Ticket, Ticket.id == Callback.ticket_id)
            .where(unindexed(Ticket.site_id) == site_id, _within(Callback.sent_at, since, until))
        ).one()
        told = self._told(site_id, since, until)
        return DayFigures(
            new=sum(by_kind.values()),
            new_by_kind=by_kind,
            closed=self._count(select(func.count()).where(of_site, _within(Ticket.closed_at, since, until))),
            open=standing[0],
            overdue=int(standing[1]),
            reopened=told.get(EntryKind.STEP, 0),
            urged=told.get(EntryKind.URGING, 0),
            callbacks_sent=sent[0],
            callbacks_answered=sent[1],
            rating=None if ratings[0] is None else float(ratings[0]),
            ratings=ratings[1],
            undelivered=self._count(
                select(func.count())
                .select_from(OutboxRow)
                .join(Chat, Chat.id == OutboxRow.chat_id)
                .where(
                    Chat.site_id == site_id,
                    _within(OutboxRow.created_at, since, until),
                    one_of(OutboxRow.state, OutboxState.REFUSED, OutboxState.DEAD),
                    OutboxRow.operation == Operation.SEND,
                    OutboxRow.receipt.is_(None),  # one with a receipt did arrive, and was deleted there later
                )
            ),
            unconfirmed=self._count(
                select(func.count()).where(
                    of_site,
                    Ticket.state == TicketState.DONE,
                    Ticket.closed_at.is_(None),
                    unindexed(Ticket.done_at) < until,
                )
            ),
            failed_pushes=self._count(
                select(func.count())
                .select_from(Push)
                .outerjoin(Ticket, Ticket.id == Push.ticket_id)
                .outerjoin(Chat, Chat.id == Push.chat_id)
                .where(
                    one_of(Push.state, PushState.FAILED),
                    _within(Push.due_at, since, until),
                    or_(of_site, Chat.site_id == site_id),
                )
            ),
        )

    def list_overdue(self, site_id: int, until: datetime, limit: int) -> Sequence[Ticket]:
        """Open tickets past their promise, most delayed first."""
        return self.session.scalars(
            select(Ticket)
            .where(
                Ticket.site_id == site_id,
                one_of(Ticket.state, *OPEN_STATES),
                Ticket.finish_due_at < until,
                Ticket.incident_id.is_(None),
            )
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

    def _told(self, site_id: int, since: datetime, until: datetime) -> dict[EntryKind, int]:
        """How often tenants urged, and how often what they said of finished work opened it again."""
        rows = self.session.execute(
            select(Entry.kind, func.count())
            .join(Ticket, Ticket.id == Entry.ticket_id)
            .where(
                unindexed(Ticket.site_id) == site_id,
                _within(Entry.at, since, until),
                one_of(Entry.side, Side.TENANT),
                one_of(Entry.kind, EntryKind.STEP, EntryKind.URGING),
                or_(Entry.kind == EntryKind.URGING, Entry.text.in_(BAD_OUTCOMES)),
            )
            .group_by(Entry.kind)
        )
        return {row[0]: row[1] for row in rows}

    def _count(self, query: Select[int]) -> int:
        return self.session.scalar(query) or 0


def _within(moment: InstrumentedAttribute[Any], since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(moment >= since, moment < until)


def _heard_at(site_id: int, since: datetime, until: datetime, asked_by: int | None) -> ColumnElement[bool]:
    """What tenants of a site said, commands aside, and what has no chat because it still waits or is unreadable."""
    said = and_(
        Chat.site_id == site_id,
        Chat.role.in_(TENANT_CHATS),
        InboxRow.event.in_(TENANT_EVENTS),
        or_(InboxRow.reason.is_(None), InboxRow.reason.not_like(f"{COMMAND}%")),
    )
    nowhere = and_(InboxRow.chat_id.is_(None), InboxRow.event.is_(None), InboxRow.id != (asked_by or 0))
    return and_(_within(InboxRow.received_at, since, until), or_(said, nowhere))
