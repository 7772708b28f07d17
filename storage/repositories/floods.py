"""How much one person has opened of late; asked before each opening, so it is one plain statement."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage.models import Ticket
from storage.models.base import table_of
from storage.prepared import Prepared, wire
from storage.vocabulary import Urgency

_TICKET = table_of(Ticket)
_OPENED = Prepared(
    select(func.count(), func.max(_TICKET.c.id)).where(
        _TICKET.c.reporter_id == bindparam("person"),
        _TICKET.c.opened_at >= bindparam("since"),
        _TICKET.c.urgency != Urgency.EMERGENCY,
    )
)


@dataclass
class Floods:
    """Counts openings of one person."""

    session: Session

    def count_opened(self, person_id: int, since: datetime) -> tuple[int, int | None]:
        """How many tickets that are no emergencies, and the id of the newest."""
        found = _OPENED.first(wire(self.session), {"person": person_id, "since": since})
        return (0, None) if found is None else (found[0], found[1])
