"""Who is sending what. Outbox rows are claimed by compare-and-set with a lease, and ended by whoever holds it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Chat, OutboxRow, Site
from storage.models.base import one_of, table_of
from storage.prepared import Prepared, hold
from storage.signals import Signal
from storage.vocabulary import ChatRole, Lane, Operation, OutboxState

IS_WAITING = one_of(OutboxRow.state, OutboxState.PENDING, OutboxState.SENDING)
IS_SENDING = one_of(OutboxRow.state, OutboxState.SENDING)
IS_PENDING = one_of(OutboxRow.state, OutboxState.PENDING)


# Built once, since each is run for every few messages and to build one costs more than to run it.
_ROW, _CHAT = table_of(OutboxRow), table_of(Chat)
_TARGET = _ROW.alias("target")

# The oldest waiting row of each chat and lane. One walk over what waits: to look only at the first few hundred rows
# would let a chat that must wait an hour, with a storm behind it, starve every other chat.
_LINES = (
    select(func.min(_ROW.c.id).label("id"))
    .where(IS_WAITING, _ROW.c.gathered_into_id.is_(None))
    .group_by(_ROW.c.chat_id, _ROW.c.lane)
    .subquery("lines")
)
_BUSY = select(_ROW.c.chat_id).where(IS_SENDING)
_MAY_GO = (
    select(
        _ROW.c.id,
        func.row_number().over(partition_by=_CHAT.c.channel, order_by=(_ROW.c.lane, _ROW.c.id)).label("rank"),
    )
    .join(_LINES, _LINES.c.id == _ROW.c.id)
    .join(_CHAT, _CHAT.c.id == _ROW.c.chat_id)
    .where(
        IS_PENDING,
        _ROW.c.due_at <= bindparam("now"),
        _CHAT.c.channel.in_(bindparam("channels", expanding=True)),
        _ROW.c.chat_id.not_in(_BUSY),
        _ROW.c.chat_id.not_in(bindparam("resting", expanding=True)),
        (_ROW.c.lane == Lane.EMERGENCY) | _ROW.c.chat_id.not_in(bindparam("resting_bulk", expanding=True)),
    )
    .subquery("may_go")
)
_HEADS = select(_MAY_GO.c.id).where(_MAY_GO.c.rank <= bindparam("most")).subquery("heads")
_CLAIM = (
    update(_ROW)
    .where(_ROW.c.id.in_(bindparam("chosen", expanding=True)), IS_PENDING)
    .values(
        state=bindparam("state"),
        leased_by=bindparam("leased_by"),
        leased_until=bindparam("leased_until"),
        attempts=_ROW.c.attempts + 1,
    )
    .returning(_ROW.c.id)
)
_DUE = (
    select(
        _ROW.c.id,
        _ROW.c.chat_id,
        _CHAT.c.channel,
        _CHAT.c.address,
        _CHAT.c.role,
        _CHAT.c.closed_reason,
        Site.timezone,
        _ROW.c.notification,
        _ROW.c.payload,
        _ROW.c.language,
        _ROW.c.lane,
        _ROW.c.operation,
        _ROW.c.reply_to,
        _ROW.c.target_id,
        _TARGET.c.receipt,
        _ROW.c.attachment_id,
        _ROW.c.ticket_id,
        _ROW.c.entry_id,
        _ROW.c.is_repeat,
        _ROW.c.attempts,
    )
    .join(_CHAT, _CHAT.c.id == _ROW.c.chat_id)
    .outerjoin(table_of(Site), Site.id == _CHAT.c.site_id)
    .outerjoin(_TARGET, _TARGET.c.id == _ROW.c.target_id)
    .order_by(_ROW.c.lane, _ROW.c.id)
)
_LOAD = _DUE.where(_ROW.c.id.in_(bindparam("ids", expanding=True)))
_LOAD_HEADS = _DUE.join(_HEADS, _HEADS.c.id == _ROW.c.id)
_END = Prepared(
    update(_ROW)
    .where(_ROW.c.id == bindparam("b_id"), IS_SENDING, _ROW.c.leased_by == bindparam("b_worker"))
    .values(
        state=bindparam("b_state"),
        # A tap may have taught us the message's id before its sender came to write that it knows nothing.
        receipt=func.coalesce(bindparam("b_receipt", type_=_ROW.c.receipt.type), _ROW.c.receipt),
        reason=bindparam("b_reason"),
        due_at=bindparam("b_due"),
        is_repeat=or_(_ROW.c.is_repeat, bindparam("b_repeat", type_=_ROW.c.is_repeat.type)),
        attempts=_ROW.c.attempts - bindparam("b_uncounted"),
        ended_at=bindparam("b_ended"),
        leased_by=None,
        leased_until=None,
    )
)


class Due(NamedTuple):
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
        widths: Mapping[str, int],
        resting: Collection[int],
        resting_bulk: Collection[int],
    ) -> list[Due]:
        """Claim up to so many rows of each channel, at most one per chat, in lane order, in row order inside a lane.

        Only rows of these channels are looked at. `resting` are chat ids to leave alone; `resting_bulk` are those
        that only an emergency may be sent to.
        A row that must wait holds back the later rows of its lane in its chat, and nobody else's.
        """
        room = {channel: width for channel, width in widths.items() if width > 0}
        if not room:
            return []
        heads = self._ask(
            _LOAD_HEADS,
            now=now,
            channels=list(room),
            resting=list(resting),
            resting_bulk=list(resting_bulk),
            most=max(room.values()) * len(Lane),  # a chat has one head in each lane, and only its first may go
        )
        chosen: dict[int, Due] = {}
        chats: set[int] = set()
        for head in heads:
            if room[head.channel] and head.chat_id not in chats:
                room[head.channel] -= 1
                chats.add(head.chat_id)
                chosen[head.id] = head
        if not chosen:
            return []
        claimed = self.session.connection().scalars(
            _CLAIM,
            {"chosen": list(chosen), "state": OutboxState.SENDING, "leased_by": worker, "leased_until": leased_until},
        )
        ours = set(claimed)
        return [head._replace(attempts=head.attempts + 1) for head in chosen.values() if head.id in ours]

    def _ask(self, question: Select[Any], **asked: object) -> list[Due]:
        return [Due._make(row) for row in self.session.connection().execute(question, asked)]

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
        for row in rows:
            hold(self.session, _END, row)
        if rows:
            self.signals.add(Signal.OUTBOX)

    def list_expired(self, now: datetime) -> list[Due]:
        """Rows whose sender died between sending and writing the receipt: nobody knows whether they arrived."""
        expired = self.session.scalars(select(OutboxRow.id).where(IS_SENDING, OutboxRow.leased_until <= now)).all()
        return self._ask(_LOAD, ids=expired) if expired else []

    def seize(self, outbox_id: int, worker: str, now: datetime, leased_until: datetime) -> bool:
        """Take over an expired lease; False when its owner, or another, was faster."""
        done = self.session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id, IS_SENDING, OutboxRow.leased_until <= now)
            .values(leased_by=worker, leased_until=leased_until)
        )
        return done.rowcount == 1
