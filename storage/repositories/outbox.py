"""What waits to be said and what became of it: the queue, and the memory of where each message went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from storage.models import OutboxRow
from storage.models.base import table_of
from storage.prepared import hold, wire
from storage.repositories.claims import IS_PENDING, IS_SENDING, IS_UNDELIVERED, IS_WAITING, Claims, Due, Ending
from storage.repositories.once import insert_once
from storage.signals import Signal
from storage.vocabulary import Lane, Operation, OutboxState

__all__ = ["Due", "Ending", "OutboxRows"]

_COLUMNS = [column.name for column in table_of(OutboxRow).c if column.name != "id"]
_ADD = insert_once(OutboxRow, _COLUMNS, "key", returning="id")
_SAY = insert_once(OutboxRow, _COLUMNS, "key")
_BY_RECEIPT = (
    select(OutboxRow)
    .where(
        OutboxRow.chat_id == bindparam("chat"),
        OutboxRow.receipt == bindparam("of_receipt"),
        OutboxRow.gathered_into_id.is_(None),  # a change has a receipt where the channel could only say it anew
    )
    .order_by(OutboxRow.id.desc())
    .limit(1)
)
_DEFAULTS: dict[str, Any] = dict.fromkeys(_COLUMNS) | {
    "lane": Lane.NORMAL,
    "operation": Operation.SEND,
    "state": OutboxState.PENDING,
    "attempts": 0,
    "is_repeat": False,
}


@dataclass
class OutboxRows(Claims):
    """Adds rows, finds them again by ticket and by receipt, and ends what will never be sent."""

    def add(self, **values: Any) -> int | None:
        """Add a row from its columns; returns its id, or None when its key has been said already."""
        added = _ADD.first(wire(self.session), _DEFAULTS | values)
        if added is None:
            return None
        self.signals.add(Signal.OUTBOX)
        row_id: int = added[0]
        return row_id

    def say(self, **values: Any) -> int | None:
        """Add a row nobody needs the id of, unless its key has been said already: written with those of other acts."""
        hold(self.session, _SAY, _DEFAULTS | values)
        self.signals.add(Signal.OUTBOX)
        return None

    def replace_waiting(self, row_id: int, notification: str, payload: str, language: str) -> bool:
        """What waits to be sent, or to edit that row's message, says the newest thing; True when there was one."""
        done = self.session.connection().execute(
            update(OutboxRow)
            .where(
                ((OutboxRow.id == row_id) & OutboxRow.operation.in_((Operation.SEND, Operation.OPEN_TOPIC)))
                | ((OutboxRow.target_id == row_id) & (OutboxRow.operation == Operation.EDIT)),
                IS_PENDING,
            )
            .values(notification=notification, payload=payload, language=language)
        )
        return done.rowcount > 0

    def get(self, outbox_id: int) -> OutboxRow:
        """The row, or `NoResultFound`."""
        return self.session.get_one(OutboxRow, outbox_id)

    def find(self, outbox_id: int) -> OutboxRow | None:
        """The row, if the id names one."""
        return self.session.get(OutboxRow, outbox_id)

    def find_by_receipt(self, chat_id: int, receipt: str) -> OutboxRow | None:
        """The row whose message this is."""
        return self.session.scalar(_BY_RECEIPT, {"chat": chat_id, "of_receipt": receipt})

    def find_by_key(self, key: str) -> OutboxRow | None:
        """The row that says what this key names."""
        return self.session.scalar(select(OutboxRow).where(OutboxRow.key == key))

    def find_latest_to(
        self, chat_id: int, person_id: int, notifications: Sequence[str], since: datetime
    ) -> OutboxRow | None:
        """The newest message of these notifications said to a person in a chat since a moment."""
        return self.session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.chat_id == chat_id,
                OutboxRow.person_id == person_id,
                OutboxRow.notification.in_(notifications),
                OutboxRow.created_at >= since,
            )
            .order_by(OutboxRow.id.desc())
            .limit(1)
        ).first()

    def list_latest_to(
        self, chat_id: int, person_id: int, notifications: Sequence[str], since: datetime, limit: int
    ) -> Sequence[OutboxRow]:
        """What of these notifications was said or changed in a chat for a person, or for all there, newest first."""
        return self.session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.chat_id == chat_id,
                or_(OutboxRow.person_id == person_id, OutboxRow.person_id.is_(None)),
                OutboxRow.notification.in_(notifications),
                OutboxRow.operation.in_((Operation.SEND, Operation.EDIT)),
                OutboxRow.state == OutboxState.SENT,
                OutboxRow.created_at >= since,
            )
            .order_by(OutboxRow.id.desc())
            .limit(limit)
        ).all()

    def find_last_said_at(self, chat_id: int) -> datetime | None:
        """When the newest message was written to a chat."""
        said = (OutboxRow.chat_id == chat_id, OutboxRow.operation == Operation.SEND)
        return self.session.scalar(select(func.max(OutboxRow.created_at)).where(*said))

    def list_messages(self, ticket_id: int, notification: str) -> Sequence[OutboxRow]:
        """Messages of one notification about a ticket that stand, or will stand, on a screen by themselves."""
        return self.session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.ticket_id == ticket_id,
                OutboxRow.notification == notification,
                OutboxRow.operation == Operation.SEND,
                OutboxRow.gathered_into_id.is_(None),
                OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SENDING, OutboxState.SENT)),
            )
            .order_by(OutboxRow.id)
        ).all()

    def list_said_in(self, chat_ids: Sequence[int], notification: str, since: datetime) -> Sequence[OutboxRow]:
        """Messages of one notification in these chats since a moment, whatever they are about."""
        return self.session.scalars(
            select(OutboxRow).where(
                OutboxRow.chat_id.in_(chat_ids),
                OutboxRow.notification == notification,
                OutboxRow.operation == Operation.SEND,
                OutboxRow.created_at >= since,
            )
        ).all()

    def find_topic(self, ticket_id: int, chat_id: int) -> OutboxRow | None:
        """The newest row that opened, or is to open, a ticket's topic in a chat."""
        return self.session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.ticket_id == ticket_id,
                OutboxRow.chat_id == chat_id,
                OutboxRow.operation == Operation.OPEN_TOPIC,
            )
            .order_by(OutboxRow.id.desc())
            .limit(1)
        ).first()

    def find_shown(self, outbox_id: int) -> OutboxRow | None:
        """What a message says now, or will once its newest change has arrived: that change, else the message itself."""
        return self.session.scalar(
            select(OutboxRow)
            .where(
                (OutboxRow.id == outbox_id)
                | ((OutboxRow.target_id == outbox_id) & (OutboxRow.operation == Operation.EDIT))
            )
            .order_by(OutboxRow.id.desc())
            .limit(1)
        )

    def list_waiting(self, chat_id: int, notification: str, lane: Lane) -> Sequence[OutboxRow]:
        """Unclaimed messages of one notification for a chat, oldest first."""
        return self.session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.chat_id == chat_id,
                OutboxRow.notification == notification,
                OutboxRow.lane == lane,
                OutboxRow.operation == Operation.SEND,
                IS_WAITING,
                IS_PENDING,
                OutboxRow.gathered_into_id.is_(None),
            )
            .order_by(OutboxRow.id)
        ).all()

    def list_gathered(self, summary_id: int) -> Sequence[OutboxRow]:
        """The rows a storm's summary speaks for, oldest first."""
        return self.session.scalars(
            select(OutboxRow).where(OutboxRow.gathered_into_id == summary_id).order_by(OutboxRow.id)
        ).all()

    def list_by_ticket(self, ticket_id: int) -> Sequence[OutboxRow]:
        """Everything said about a ticket, oldest first."""
        return self.session.scalars(
            select(OutboxRow).where(OutboxRow.ticket_id == ticket_id).order_by(OutboxRow.id)
        ).all()

    def list_replies(self, ticket_ids: Sequence[int]) -> Sequence[OutboxRow]:
        """What carries staff's replies about these tickets, oldest first."""
        return self.session.scalars(
            select(OutboxRow)
            .where(OutboxRow.ticket_id.in_(ticket_ids), OutboxRow.entry_id.is_not(None))
            .order_by(OutboxRow.id)
        ).all()

    def end_gathered(
        self, summary_id: int, state: OutboxState, receipt: str | None, reason: str | None, now: datetime
    ) -> None:
        """The rows a summary spoke for end as the summary did."""
        self.session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.gathered_into_id == summary_id, IS_PENDING)
            .values(state=state, receipt=receipt, reason=reason, ended_at=now)
        )

    def gather(self, ids: Sequence[int], summary_id: int) -> None:
        """These waiting rows are spoken for by a summary."""
        self.session.connection().execute(
            update(OutboxRow).where(OutboxRow.id.in_(ids), IS_PENDING).values(gathered_into_id=summary_id)
        )

    def refuse_waiting(self, chat_id: int, reason: str, now: datetime) -> Sequence[int]:
        """A chat that refuses us refuses everything that waits for it; returns the ids of those rows."""
        return self.session.scalars(
            update(OutboxRow)
            .where(OutboxRow.chat_id == chat_id, IS_WAITING, IS_PENDING)
            .values(state=OutboxState.REFUSED, reason=reason, ended_at=now)
            .returning(OutboxRow.id)
            .execution_options(synchronize_session="fetch")
        ).all()

    def list_refused(
        self, chat_id: int, reason: str, notifications: Sequence[str], since: datetime
    ) -> Sequence[OutboxRow]:
        """What of these notifications a chat has refused for this reason, oldest first."""
        return self.session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.chat_id == chat_id,
                IS_UNDELIVERED,
                OutboxRow.created_at >= since,
                OutboxRow.reason == reason,
                OutboxRow.notification.in_(notifications),
                OutboxRow.operation == Operation.SEND,
            )
            .order_by(OutboxRow.id)
        ).all()

    def drop_waiting(self, ids: Sequence[int], reason: str, now: datetime) -> None:
        """What of these still waits is not said."""
        self.session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(ids), IS_PENDING)
            .values(state=OutboxState.REFUSED, reason=reason, ended_at=now)
        )

    def revive(self, outbox_id: int, now: datetime) -> None:
        """What was refused is said after all."""
        self.session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id, OutboxRow.state == OutboxState.REFUSED)
            .values(state=OutboxState.PENDING, reason=None, ended_at=None, due_at=now, attempts=0)
        )
        self.signals.add(Signal.OUTBOX)

    def keep_bounds(
        self, now: datetime, *, pause: timedelta, order: timedelta, orders: Collection[str], lease: timedelta
    ) -> None:
        """Nothing waits longer than anybody makes a row wait: one that seems to was written before a clock set back.

        `pause` is the longest of ours between two tries; `order` the longest a platform asks for, with one of the
        reasons `orders`. A lease may not be taken from its owner at once, so it ends in a lease's time.
        """
        is_order = func.coalesce(OutboxRow.reason, "").in_(orders)
        waits_too_long = or_(OutboxRow.due_at > now + order, (OutboxRow.due_at > now + pause) & ~is_order)
        for held, bounds in (
            ((IS_WAITING, IS_PENDING, waits_too_long), {"due_at": now}),
            ((IS_WAITING, IS_SENDING, OutboxRow.leased_until > now + lease), {"leased_until": now + lease}),
        ):
            self.session.connection().execute(update(OutboxRow).where(*held).values(bounds))

    def wipe(self, outbox_id: int, payload: str) -> None:
        """Keep only what opens nothing of what was said."""
        self.session.connection().execute(update(OutboxRow).where(OutboxRow.id == outbox_id).values(payload=payload))

    def learn_receipt(self, outbox_id: int, receipt: str) -> None:
        """A tap shows the message id of a send nobody lived to record."""
        self.session.connection().execute(
            update(OutboxRow).where(OutboxRow.id == outbox_id, OutboxRow.receipt.is_(None)).values(receipt=receipt)
        )
