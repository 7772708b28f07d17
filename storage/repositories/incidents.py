"""Incidents: one first ticket, and the tickets of everybody else who reported the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from storage.models import OPEN_STATES, InboxRow, Ticket
from storage.models.base import one_of, table_of
from storage.prepared import Prepared, wire
from storage.vocabulary import Disposition, SharedThing, TicketState

MOST = 12
"""Open first tickets of one thing in one building that are looked at; the newest are the likeliest."""
_ROWS = table_of(Ticket)
_STANDS_ALONE = (one_of(Ticket.state, *OPEN_STATES), Ticket.shared.is_not(None), Ticket.incident_id.is_(None))
_ALIKE = (
    Ticket.site_id == bindparam("site"),
    Ticket.shared == bindparam("thing", type_=_ROWS.c.shared.type),
    Ticket.opened_at >= bindparam("since", type_=_ROWS.c.opened_at.type),
    *_STANDS_ALONE,
)
_IN_BUILDING = Prepared(
    select(Ticket.id)
    .where(*_ALIKE, Ticket.building_id == bindparam("building"))
    .order_by(Ticket.opened_at.desc())
    .limit(MOST)
)
_UNPLACED = Prepared(
    select(Ticket.id).where(*_ALIKE, Ticket.building_id.is_(None)).order_by(Ticket.opened_at.desc()).limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Incident:
    """The first ticket, and how many different people have told of it."""

    first: Ticket
    reporters: int


@dataclass
class Incidents:
    """Finds what a new report may be the same as, and who reported what."""

    session: Session

    def list_candidates(
        self, site_id: int, thing: SharedThing, building_ids: Sequence[int | None], since: datetime
    ) -> list[Ticket]:
        """Open tickets of one shared thing that no incident has, in these buildings (None: unplaced), newest first."""
        found: list[int] = []
        asked = {"site": site_id, "thing": thing, "since": since}
        for building_id in building_ids:
            rows = (
                _UNPLACED.rows(wire(self.session), asked)
                if building_id is None
                else _IN_BUILDING.rows(wire(self.session), asked | {"building": building_id})
            )
            found += [row[0] for row in rows]
        if not found:
            return []
        newest = sorted(found, reverse=True)[:MOST]
        by_id = {t.id: t for t in self.session.scalars(select(Ticket).where(Ticket.id.in_(newest)))}
        return [by_id[ticket_id] for ticket_id in newest if ticket_id in by_id]

    def list_members(self, first_id: int) -> Sequence[Ticket]:
        """The further reports of an incident, oldest first; those taken back are none."""
        return self.session.scalars(
            select(Ticket)
            .where(Ticket.incident_id == first_id, Ticket.state != TicketState.CANCELLED)
            .order_by(Ticket.id)
        ).all()

    def count_members(self, first_id: int) -> int:
        """How many further reports there are."""
        wanted = (Ticket.incident_id == first_id, Ticket.state != TicketState.CANCELLED)
        return self.session.scalar(select(func.count()).select_from(Ticket).where(*wanted)) or 0

    def list_in(self, site_id: int, since: datetime, until: datetime) -> list[Incident]:
        """Every incident of a site that was open at some time from `since` to `until`, with what was told until then;
        a ticket nobody else has reported is none.
        """
        member = aliased(Ticket)
        others = case((member.reporter_id != Ticket.reporter_id, member.reporter_id))
        is_told = (member.state != TicketState.CANCELLED, member.opened_at < until)
        rows = self.session.execute(
            select(Ticket, func.count(func.distinct(others)))
            .join(member, member.incident_id == Ticket.id)
            .where(
                Ticket.site_id == site_id,
                Ticket.incident_id.is_(None),
                Ticket.opened_at < until,
                or_(one_of(Ticket.state, *OPEN_STATES), Ticket.done_at >= since),
                or_(Ticket.closed_at.is_(None), Ticket.closed_at >= since),  # says nothing new, and has an index
                *is_told,
            )
            .group_by(Ticket.id)
            .order_by(Ticket.id)
        )
        return [Incident(row[0], row[1] + 1) for row in rows]

    def count_further(self, site_id: int, since: datetime, until: datetime) -> tuple[int, int]:
        """How many tickets opened in that time are further reports of an incident, and how many of these were heard
        as such: the rest was put together by staff, or told in one message with something else.
        """
        heard = exists().where(
            InboxRow.ticket_id == Ticket.id,
            InboxRow.disposition == Disposition.JOINED,
            InboxRow.received_at >= since,
            InboxRow.received_at < until,
        )
        row = self.session.execute(
            select(func.count(), func.coalesce(func.sum(case((heard, 1), else_=0)), 0)).where(
                Ticket.site_id == site_id,
                Ticket.incident_id.is_not(None),
                Ticket.state != TicketState.CANCELLED,
                Ticket.opened_at >= since,
                Ticket.opened_at < until,
            )
        ).one()
        return row[0], int(row[1])

    def find_newest_in(self, site_id: int, chat_id: int, since: datetime) -> Ticket | None:
        """The newest open ticket about a shared thing that was told in a chat since then."""
        return self.session.scalar(
            select(Ticket)
            .where(
                Ticket.site_id == site_id,
                Ticket.chat_id == chat_id,
                Ticket.opened_at >= since,
                Ticket.shared.is_not(None),
                one_of(Ticket.state, *OPEN_STATES),
            )
            .order_by(Ticket.opened_at.desc())
            .limit(1)
        )
