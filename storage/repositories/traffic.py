"""Counts of what passes through inbox and outbox, for the health page and the metrics; no chat, no person, no words."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import InboxRow, OutboxRow
from storage.models.base import one_of
from storage.vocabulary import Disposition, InboxState, Lane, OutboxState


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows nobody has finished yet."""

    inbox: int
    outbox: dict[Lane, int]


@dataclass(frozen=True, slots=True)
class Ended:
    """Rows since the beginning, by how they ended."""

    outbox: dict[OutboxState, int]
    inbox: dict[Disposition, int]


@dataclass
class Traffic:
    """Reads only; run it off the writer."""

    session: Session

    def waiting(self) -> Waiting:
        """Both queues, from their partial indexes: cheap at any size."""
        inbox = select(func.count()).select_from(InboxRow).where(one_of(InboxRow.state, InboxState.RECEIVED))
        outbox = (
            select(OutboxRow.lane, func.count())
            .where(one_of(OutboxRow.state, OutboxState.PENDING, OutboxState.SENDING))
            .group_by(OutboxRow.lane)
        )
        lanes = dict.fromkeys(Lane, 0) | {row[0]: row[1] for row in self.session.execute(outbox)}
        return Waiting(self.session.scalar(inbox) or 0, lanes)

    def ended(self) -> Ended:
        """A walk through both tables, about a tenth of a second for a million rows: ask for it seldom."""
        states = (OutboxState.SENT, OutboxState.REFUSED, OutboxState.DEAD)
        outbox = select(OutboxRow.state, func.count()).where(one_of(OutboxRow.state, *states)).group_by(OutboxRow.state)
        inbox = (
            select(InboxRow.disposition, func.count())
            .where(InboxRow.disposition.is_not(None))
            .group_by(InboxRow.disposition)
        )
        dispositions = {Disposition(row[0]): row[1] for row in self.session.execute(inbox) if row[0] is not None}
        return Ended(
            dict.fromkeys(states, 0) | {row[0]: row[1] for row in self.session.execute(outbox)},
            dict.fromkeys(Disposition, 0) | dispositions,
        )
