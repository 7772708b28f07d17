"""Complaints: their steps, whom they are about, and the register of those that are over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from storage.complaint_vocabulary import ComplaintStep
from storage.directory import remember
from storage.models import Complaint, Concern, InboxRow, Person, Ticket
from storage.models.base import table_of
from storage.prepared import Prepared, hold

_COLUMNS = [column.name for column in table_of(Complaint).c]
_BEGIN = Prepared(insert(table_of(Complaint)), _COLUMNS)
_DEFAULTS = dict.fromkeys(_COLUMNS) | {"is_asked": False, "proposals": 0, "late_steps": 0}


@dataclass(eq=False)
class Guarded:
    """Whom each guarded ticket is about, remembered whole: it is asked for whenever staff are told of anything."""

    by_ticket: Mapping[int, Sequence[Concern]] = field(default_factory=dict)
    is_shared: bool = False


@dataclass
class Complaints:
    """Finds and keeps what a complaint has beside its ticket."""

    session: Session

    def find(self, ticket_id: int) -> Complaint | None:
        """The steps of a ticket that has any."""
        return self.session.get(Complaint, ticket_id)

    def of(self, ticket: Ticket) -> Complaint:
        """The same; a ticket without any stands at the first."""
        found = self.find(ticket.id)
        if found is None:
            found = Complaint(ticket_id=ticket.id, begun_at=ticket.opened_at)
            self.session.add(found)
        return found

    def begin(self, ticket_id: int, now: datetime, due_at: datetime | None) -> None:
        """The first step of a ticket opened now; written with what other acts leave."""
        first = {"ticket_id": ticket_id, "begun_at": now, "due_at": due_at, "step": ComplaintStep.CONFIRM}
        hold(self.session, _BEGIN, _DEFAULTS | first)

    def guarded(self) -> Mapping[int, Sequence[Concern]]:
        """Every ticket about somebody of the office, with whom it is about."""
        return remember(self.session, ("guarded",), _read).by_ticket

    def guard(self, ticket_id: int, concerns: Sequence[Concern]) -> None:
        """From now on it is about these, and about nobody else; about nobody where there are none."""
        for old in self.session.scalars(select(Concern).where(Concern.ticket_id == ticket_id)).all():
            self.session.delete(old)
        self.session.add_all(concerns)
        self.session.flush()

    def has_been_heard(self, chat_id: int, person_ids: Sequence[int], names: Sequence[str], since: datetime) -> bool:
        """Whether any of these people has said or tapped anything in a chat since then, by account or by name."""
        if not (person_ids or names):
            return False
        here = (InboxRow.chat_id == chat_id, InboxRow.person_id.is_not(None), InboxRow.received_at >= since)
        heard = select(InboxRow.person_id).where(*here)
        people = select(Person.id, Person.name).where(Person.id.in_(heard))
        return any(row[0] in person_ids or row[1] in names for row in self.session.execute(people))

    def list_filed(
        self, site_id: int, since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[tuple[Complaint, Ticket]]:
        """The register: closed cases with their tickets, oldest first."""
        asked = (
            select(Complaint, Ticket)
            .join(Ticket, Ticket.id == Complaint.ticket_id)
            .where(Ticket.site_id == site_id, Complaint.step == ComplaintStep.FILED)
            .order_by(Complaint.filed_at, Ticket.id)
        )
        if since is not None:
            asked = asked.where(Complaint.filed_at >= since)
        if until is not None:
            asked = asked.where(Complaint.filed_at < until)
        return [(row[0], row[1]) for row in self.session.execute(asked)]


def _read(session: Session) -> Guarded:
    found: dict[int, list[Concern]] = {}
    for concern in session.scalars(select(Concern).order_by(Concern.id)):
        found.setdefault(concern.ticket_id, []).append(concern)
    return Guarded(found)
