"""Who is sending what. Outbox rows are claimed by compare-and-set with a lease, and ended by whoever holds it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Chat, OutboxRow, Site
from storage.models.base import one_of, table_of
from storage.prepared import Prepared, hold, wire, write_held
from storage.signals import Signal
from storage.vocabulary import ChatRole, Lane, Operation, OutboxState

IS_WAITING = one_of(OutboxRow.state, OutboxState.PENDING, OutboxState.SENDING)
IS_SENDING = one_of(OutboxRow.state, OutboxState.SENDING)
IS_UNDELIVERED = one_of(OutboxRow.state, OutboxState.REFUSED, OutboxState.DEAD)
IS_PENDING = one_of(OutboxRow.state, OutboxState.PENDING)


# Built once, since each is run for every few messages and to build one costs more than to run it.
_ROW, _CHAT = table_of(OutboxRow), table_of(Chat)
_TARGET, _TOPIC = _ROW.alias("target"), _ROW.alias("topic")

# The oldest waiting row of each chat and lane. One walk over what waits: to look only at the first few hundred rows
# would let a chat that must wait an hour, with a storm behind it, starve every other chat.
_LINES = (
    select(func.min(_ROW.c.id).label("id"))
    .where(IS_WAITING, _ROW.c.gathered_into_id.is_(None))
    .group_by(_ROW.c.chat_id, _ROW.c.lane)
    .subquery("lines")
)
_MAY_GO = (
    IS_PENDING,
    # What was to go at once goes, whatever a clock that was set back says of when "at once" was.
    or_(_ROW.c.due_at <= bindparam("now"), _ROW.c.due_at == _ROW.c.created_at),
    _ROW.c.chat_id.not_in(select(_ROW.c.chat_id).where(IS_SENDING)),
)
_HEADS = Prepared(
    select(_ROW.c.id, _ROW.c.chat_id, _CHAT.c.channel, _ROW.c.lane)
    .join(_LINES, _LINES.c.id == _ROW.c.id)
    .join(_CHAT, _CHAT.c.id == _ROW.c.chat_id)
    .where(*_MAY_GO)
    .order_by(_ROW.c.lane, _ROW.c.id)
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
        *(_ROW.c[name] for name in ("notification", "payload", "language", "lane", "operation")),
        *(_ROW.c[name] for name in ("reply_to", "target_id")),
        _TARGET.c.receipt,
        *(_ROW.c[name] for name in ("attachment_id", "ticket_id", "entry_id", "is_repeat", "attempts", "topic_id")),
        _TOPIC.c.receipt.label("topic"),
        _TOPIC.c.state.label("topic_state"),
    )
    .join(_CHAT, _CHAT.c.id == _ROW.c.chat_id)
    .outerjoin(table_of(Site), Site.id == _CHAT.c.site_id)
    .outerjoin(_TARGET, _TARGET.c.id == _ROW.c.target_id)
    .outerjoin(_TOPIC, _TOPIC.c.id == _ROW.c.topic_id)
    .order_by(_ROW.c.lane, _ROW.c.id)
)
_LOAD = _DUE.where(_ROW.c.id.in_(bindparam("ids", expanding=True)))
_TOGETHER = 16
"""Rows a claim loads with one statement; a list of unknown length cannot be prepared."""
_NTH = [f"id_{number}" for number in range(_TOGETHER)]
_LOAD_CHOSEN = Prepared(
    _DUE.where(_ROW.c.id.in_([bindparam(name) for name in _NTH]), *_MAY_GO, _ROW.c.gathered_into_id.is_(None))
)
_CLAIM = Prepared(
    update(_ROW)
    .where(_ROW.c.id.in_([bindparam(name) for name in _NTH]), IS_PENDING)
    .values(
        state=bindparam("to_state"),
        leased_by=bindparam("worker"),
        leased_until=bindparam("until"),
        attempts=_ROW.c.attempts + 1,
    )
    .returning(_ROW.c.id)
)
_SLOWED = (
    select(_CHAT.c.channel, _ROW.c.chat_id, _ROW.c.reason, _ROW.c.due_at)
    .join(_CHAT, _CHAT.c.id == _ROW.c.chat_id)
    .where(
        IS_WAITING,
        IS_PENDING,
        _ROW.c.reason.in_(bindparam("reasons", expanding=True)),
        _ROW.c.due_at > bindparam("now"),
    )
)
_CROWDED = Prepared(
    select(_ROW.c.chat_id)
    .where(
        IS_WAITING,
        IS_PENDING,
        _ROW.c.notification == bindparam("of"),
        _ROW.c.lane == bindparam("in_lane", type_=_ROW.c.lane.type),
        _ROW.c.gathered_into_id.is_(None),
    )
    .group_by(_ROW.c.chat_id)
    .having(func.count() >= bindparam("least"))
)
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


class Head(NamedTuple):
    """The first in its line: the oldest row of a chat and lane that may go."""

    id: int
    chat_id: int
    channel: str
    lane: Lane


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
    topic_id: int | None
    topic: str | None
    """The platform's id of the topic it goes into, once that is open."""
    topic_state: OutboxState | None

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
    """The sending side of the outbox: who is first in each line, `choose` of them, `take` what was chosen."""

    session: Session
    signals: set[Signal]

    def list_heads(self, now: datetime) -> list[Head]:
        """The first in each line that may go, in the order in which they should."""
        write_held(self.session)
        return [Head._make(row) for row in _HEADS.rows(wire(self.session), {"now": now})]

    def take(self, worker: str, now: datetime, leased_until: datetime, chosen: Sequence[Head]) -> list[Due]:
        """Claim these, as they stand now; heads of an earlier look that may go no longer are left out."""
        if not chosen:
            return []
        write_held(self.session)
        taken: list[Due] = []
        for start in range(0, len(chosen), _TOGETHER):
            wanted = _padded([head.id for head in chosen[start : start + _TOGETHER]])
            due = [Due._make(row) for row in _LOAD_CHOSEN.rows(wire(self.session), wanted | {"now": now})]
            if due:
                claimed = {"to_state": OutboxState.SENDING, "worker": worker, "until": leased_until}
                claimed |= _padded([each.id for each in due])
                ours = {row[0] for row in _CLAIM.rows(wire(self.session), claimed)}
                taken += [each._replace(attempts=each.attempts + 1) for each in due if each.id in ours]
        return taken

    def list_slowed(self, reasons: Collection[str], now: datetime) -> list[tuple[str, int, str, datetime]]:
        """`(channel, chat id, reason, until)` of rows that wait because of an answer with one of these reasons."""
        found = self.session.connection().execute(_SLOWED, {"reasons": list(reasons), "now": now})
        return [(row[0], row[1], row[2], row[3]) for row in found]

    def list_crowded(self, notification: str, lane: Lane, least: int) -> set[int]:
        """Ids of chats for which at least so many of one notification wait."""
        write_held(self.session)
        asked = {"of": notification, "in_lane": lane, "least": least}
        return {row[0] for row in _CROWDED.rows(wire(self.session), asked)}

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

    def list_expired(self, now: datetime, heir: str | None = None) -> list[Due]:
        """Rows whose sender died between sending and writing the receipt: nobody knows whether they arrived.

        An `heir` is also told the emergencies that other workers hold.
        """
        expired = self.session.scalars(select(OutboxRow.id).where(IS_SENDING, _is_abandoned(now, heir))).all()
        if not expired:
            return []
        return [Due._make(row) for row in self.session.connection().execute(_LOAD, {"ids": expired})]

    def seize(
        self, outbox_id: int, worker: str, now: datetime, leased_until: datetime, heir: str | None = None
    ) -> bool:
        """Take over an abandoned row; False when its owner, or another, was faster."""
        done = self.session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.id == outbox_id, IS_SENDING, _is_abandoned(now, heir))
            .values(leased_by=worker, leased_until=leased_until)
        )
        return done.rowcount == 1


def _is_abandoned(now: datetime, heir: str | None) -> ColumnElement[bool]:
    is_over = OutboxRow.leased_until <= now
    if heir is None:
        return is_over
    return or_(is_over, and_(OutboxRow.lane == Lane.EMERGENCY, OutboxRow.leased_by != heir))


def _padded(ids: list[int]) -> dict[str, object]:
    return dict(zip(_NTH, ids + ids[-1:] * (_TOGETHER - len(ids)), strict=True))


def choose(
    heads: Iterable[Head], widths: Mapping[str, int], resting: Collection[int], resting_bulk: Collection[int]
) -> tuple[list[Head], list[Head]]:
    """Which of these go now, up to so many of each channel and one of each chat; and the others, in their order.

    `resting` are chat ids to leave alone; `resting_bulk` are those that only an emergency may be sent to. A row that
    must wait holds back the later rows of its lane in its chat, and nobody else's.
    """
    room = dict(widths)
    chosen: list[Head] = []
    rest: list[Head] = []
    chats: set[int] = set()
    for head in heads:
        fits = room.get(head.channel, 0) > 0 and head.chat_id not in chats and head.chat_id not in resting
        if fits and (head.lane is Lane.EMERGENCY or head.chat_id not in resting_bulk):
            room[head.channel] -= 1
            chats.add(head.chat_id)
            chosen.append(head)
        else:
            rest.append(head)
    return chosen, rest
