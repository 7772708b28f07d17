"""Who is sending what. Outbox rows are claimed by compare-and-set with a lease, and ended by whoever holds it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage.models import Chat, OutboxRow, Site
from storage.models.base import one_of
from storage.signals import Signal
from storage.vocabulary import ChatRole, Lane, Operation, OutboxState

IS_WAITING = one_of(OutboxRow.state, OutboxState.PENDING, OutboxState.SENDING)
IS_SENDING = one_of(OutboxRow.state, OutboxState.SENDING)
IS_PENDING = one_of(OutboxRow.state, OutboxState.PENDING)


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed row as a sender needs it."""

    id: int
    chat_id: int
    channel: str
    address: str
    role: ChatRole
    closed_reason: str | None
    timezone: str | None
    notification: str
    payload: str
    language: str
    lane: Lane
    operation: Operation
    reply_to: str | None
    target_id: int | None
    target_receipt: str | None
    attachment_id: int | None
    ticket_id: int | None
    entry_id: int | None
    is_repeat: bool
    attempts: int

    @property
    def tap_id(self) -> int:
        """The row a tap leads back to: an edit's buttons belong to the message it edits."""
        return self.target_id if self.operation is Operation.EDIT and self.target_id is not None else self.id


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a claimed row. PENDING again means another try at `due_at`."""

    id: int
    state: OutboxState
    receipt: str | None = None
    reason: str | None = None
    due_at: datetime | None = None
    is_repeat: bool = False
    """It may have arrived; once said of a row, it stays said."""
    counts: bool = True
    """Whether the try counts towards giving up; a platform's "later, please" does not."""


@dataclass
class Claims:
    """The sending side of the outbox."""

    session: Session
    signals: set[Signal]

    def claim(
        self,
        worker: str,
        now: datetime,
        leased_until: datetime,
        width: int,
        channels: Collection[str],
        resting: Collection[int],
        resting_bulk: Collection[int],
    ) -> list[Due]:
        """Claim up to `width` rows, at most one per chat, in lane order and in row order inside a lane.

        Only rows of these `channels` are looked at. `resting` are chat ids to leave alone; `resting_bulk` are those
        that only an emergency may be sent to.
        A row that must wait holds back the later rows of its lane in its chat, and nobody else's.
        """
        heads = self.session.connection().execute(_heads(now, width, channels, resting, resting_bulk))
        first_of_chat: dict[int, int] = {}
        for row_id, chat_id in heads:
            first_of_chat.setdefault(chat_id, row_id)
        chosen = list(first_of_chat.values())[:width]
        if not chosen:
            return []
        claimed = self.session.connection().scalars(
            update(OutboxRow)
            .where(OutboxRow.id.in_(chosen), IS_PENDING)
            .values(
                state=OutboxState.SENDING,
                leased_by=worker,
                leased_until=leased_until,
                attempts=OutboxRow.attempts + 1,
            )
            .returning(OutboxRow.id)
        )
        return self._load(claimed.all())

    def _load(self, ids: Sequence[int]) -> list[Due]:
        target = aliased(OutboxRow)
        rows = self.session.connection().execute(
            select(
                OutboxRow.id,
                OutboxRow.chat_id,
                Chat.channel,
                Chat.address,
                Chat.role,
                Chat.closed_reason,
                Site.timezone,
                OutboxRow.notification,
                OutboxRow.payload,
                OutboxRow.language,
                OutboxRow.lane,
                OutboxRow.operation,
                OutboxRow.reply_to,
                OutboxRow.target_id,
                target.receipt,
                OutboxRow.attachment_id,
                OutboxRow.ticket_id,
                OutboxRow.entry_id,
                OutboxRow.is_repeat,
                OutboxRow.attempts,
            )
            .join(Chat, Chat.id == OutboxRow.chat_id)
            .outerjoin(Site, Site.id == Chat.site_id)
            .outerjoin(target, target.id == OutboxRow.target_id)
            .where(OutboxRow.id.in_(ids))
            .order_by(OutboxRow.lane, OutboxRow.id)
        )
        return [Due(*tuple(row)) for row in rows]

    def end(self, endings: Iterable[Ending], worker: str, now: datetime) -> None:
        """Write what became of claimed rows. A worker whose lease was given away changes nothing."""
        rows = [
            {
                "b_id": ending.id,
                "b_worker": worker,
                "b_state": ending.state,
                "b_receipt": ending.receipt,
                "b_reason": ending.reason,
                "b_due": ending.due_at or now,
                "b_repeat": ending.is_repeat,
                "b_uncounted": 0 if ending.counts else 1,
                "b_ended": None if ending.state is OutboxState.PENDING else now,
            }
            for ending in endings
        ]
        if not rows:
            return
        table = OutboxRow.__table__
        self.session.connection().execute(
            update(table)  # type: ignore[arg-type]  # mapped classes are typed as FromClause
            .where(
                OutboxRow.id == bindparam("b_id"),
                OutboxRow.state == OutboxState.SENDING,
                OutboxRow.leased_by == bindparam("b_worker"),
            )
            .values(
                state=bindparam("b_state"),
                # A tap may have taught us the message's id before its sender came to write that it knows nothing.
                receipt=func.coalesce(bindparam("b_receipt", type_=table.c.receipt.type), OutboxRow.receipt),
                reason=bindparam("b_reason"),
                due_at=bindparam("b_due"),
                is_repeat=or_(OutboxRow.is_repeat, bindparam("b_repeat", type_=table.c.is_repeat.type)),
                attempts=OutboxRow.attempts - bindparam("b_uncounted"),
                ended_at=bindparam("b_ended"),
                leased_by=None,
                leased_until=None,
            ),
            rows,
        )
        self.signals.add(Signal.OUTBOX)

    def list_expired(self, now: datetime) -> list[Due]:
        """Rows whose sender died between sending and writing the receipt: nobody knows whether they arrived."""
        expired = self.session.scalars(select(OutboxRow.id).where(IS_SENDING, OutboxRow.leased_until <= now)).all()
        return self._load(expired) if expired else []

    def seize(self, outbox_id: int, worker: str, now: datetime, leased_until: datetime) -> bool:
        """Take over an expired lease; False when its owner, or another, was faster."""
        done = self.session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id, IS_SENDING, OutboxRow.leased_until <= now)
            .values(leased_by=worker, leased_until=leased_until)
        )
        return done.rowcount == 1


def _heads(
    now: datetime,
    width: int,
    channels: Collection[str],
    resting: Collection[int],
    resting_bulk: Collection[int],
) -> Select[int, int]:
    """`(row, chat)` of what may go now: the oldest waiting row of each chat and lane, in chats not being sent to.

    It asks the database rather than looking through the first few hundred rows, since a chat that must wait an hour
    with a storm behind it would fill those and starve every other chat.
    """
    earlier, sending = aliased(OutboxRow), aliased(OutboxRow)
    query = (
        select(OutboxRow.id, OutboxRow.chat_id)
        .join(Chat, Chat.id == OutboxRow.chat_id)
        .where(
            Chat.channel.in_(channels),
            IS_WAITING,
            IS_PENDING,
            OutboxRow.gathered_into_id.is_(None),
            OutboxRow.due_at <= now,
            ~exists().where(
                earlier.chat_id == OutboxRow.chat_id,
                earlier.lane == OutboxRow.lane,
                earlier.id < OutboxRow.id,
                one_of(earlier.state, OutboxState.PENDING, OutboxState.SENDING),
                earlier.gathered_into_id.is_(None),
            ),
            ~exists().where(
                sending.chat_id == OutboxRow.chat_id,
                one_of(sending.state, OutboxState.SENDING),
            ),
        )
        .order_by(OutboxRow.lane, OutboxRow.id)
        .limit(width * len(Lane))  # a chat has one head in each lane, and only its first may go
    )
    if resting:
        query = query.where(OutboxRow.chat_id.not_in(resting))
    if resting_bulk:
        query = query.where((OutboxRow.lane == Lane.EMERGENCY) | OutboxRow.chat_id.not_in(resting_bulk))
    return query
