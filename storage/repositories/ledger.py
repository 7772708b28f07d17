"""How every message ended, in the order they came: read whole by the backtest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import InboxRow, Ticket
from storage.vocabulary import Disposition, Kind, Trade, Urgency


class Line(NamedTuple):
    """One message's end; the ticket's facts are None where it belongs to none."""

    key: str
    disposition: Disposition | None
    reason: str | None
    number: int | None
    kind: Kind | None
    trade: Trade | None
    urgency: Urgency | None


@dataclass
class Ledger:
    """Reads; adds nothing."""

    session: Session

    def lines(self) -> Sequence[Line]:
        """Every row of the inbox."""
        rows = self.session.execute(
            select(
                InboxRow.key,
                InboxRow.disposition,
                InboxRow.reason,
                Ticket.number,
                Ticket.kind,
                Ticket.trade,
                Ticket.urgency,
            )
            .outerjoin(Ticket, Ticket.id == InboxRow.ticket_id)
            .order_by(InboxRow.id)
        )
        return [Line(*row) for row in rows]
