"""Who looked at what: lines are added and read, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from storage.models import AuditLine, Person, Ticket
from storage.models.base import table_of
from storage.prepared import Prepared, hold
from storage.registration_vocabulary import Look

_COLUMNS = [column.name for column in table_of(AuditLine).c if column.name != "id"]
_ADD = Prepared(insert(table_of(AuditLine)), _COLUMNS)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Seen:
    """One line with the names people know."""

    at: datetime
    look: Look
    person: str | None
    number: int | None
    about: str


@dataclass
class Audits:
    """Adds a line with whatever the act writes."""

    session: Session

    def add(
        self,
        look: Look,
        at: datetime,
        site_id: int,
        *,
        chat_id: int | None = None,
        person_id: int | None = None,
        ticket_id: int | None = None,
        about: str = "",
    ) -> None:
        """Somebody looked."""
        line = dict(zip(_COLUMNS, (at, look, site_id, chat_id, person_id, ticket_id, about[:LONGEST]), strict=True))
        hold(self.session, _ADD, line)

    def list_newest(
        self, site_id: int, limit: int, *, number: int | None = None, name: str | None = None
    ) -> Sequence[Seen]:
        """The newest lines of a site first; of one ticket, or of one person, where that is asked for."""
        asked = (
            select(AuditLine, Person.name, Ticket.number)
            .outerjoin(Person, Person.id == AuditLine.person_id)
            .outerjoin(Ticket, Ticket.id == AuditLine.ticket_id)
            .where(AuditLine.site_id == site_id)
            .order_by(AuditLine.id.desc())
            .limit(limit)
        )
        if number is not None:
            asked = asked.where(Ticket.number == number)
        if name is not None:
            asked = asked.where(Person.name == name)
        return [Seen(line.at, line.look, who, of, line.about) for line, who, of in self.session.execute(asked)]
