"""Raw updates, stored before anything else happens, and the one disposition each ends with."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, func, literal_column, select, update
from sqlalchemy.orm import Session

from storage.models import InboxRow
from storage.models.base import one_of, table_of
from storage.prepared import NothingChanged, Prepared, hold, wire
from storage.repositories.once import insert_once
from storage.signals import Signal
from storage.vocabulary import Disposition, InboxState

IS_RECEIVED = one_of(InboxRow.state, InboxState.RECEIVED)
IS_FAILED = one_of(InboxRow.state, InboxState.FAILED)

_STORE = insert_once(InboxRow, ("source", "key", "raw", "received_at", "state", "attempts"), "source", "key")
_MOST_SOURCES = 8
"""Bots a leader reads from; a list of unknown length cannot be prepared."""
_NTH = [f"nth_source_{number}" for number in range(_MOST_SOURCES)]
# Joined to nothing, the source is no column of an index: SQLite would look there first, through all that ever came.
_SOURCE = InboxRow.source.concat(literal_column("''"))
_WAITING = Prepared(
    select(InboxRow.id, InboxRow.source, InboxRow.raw, InboxRow.attempts)
    .where(IS_RECEIVED, _SOURCE.in_([bindparam(name) for name in _NTH]))
    .order_by(InboxRow.id)
    .limit(bindparam("most"))
)
_LEARNED = (
    "state", "event", "chat_id", "person_id", "message_id", "album", "text", "disposition", "ticket_id", "reason",
    "done_at",
)  # fmt: skip
_FINISH = Prepared(
    update(table_of(InboxRow)).where(InboxRow.id == bindparam("finished_id"), IS_RECEIVED), _LEARNED, must_change=True
)
_ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)
_EDITED = "MessageEdited"
_EDIT = Prepared(
    select(InboxRow.id, InboxRow.ticket_id)
    .where(
        InboxRow.chat_id == bindparam("chat"), InboxRow.message_id == bindparam("message"), InboxRow.event == _EDITED
    )
    .order_by(InboxRow.id.desc())
    .limit(1)
)
_WORDLESS = Prepared(
    select(InboxRow.id)
    .where(
        InboxRow.chat_id == bindparam("chat"),
        InboxRow.person_id == bindparam("person"),
        InboxRow.received_at >= bindparam("since"),
        InboxRow.received_at <= bindparam("until"),
        InboxRow.event == "MessageReceived",
        InboxRow.text == "",
        InboxRow.ticket_id.is_(None),
    )
    .order_by(InboxRow.id)
    .limit(20)
)


@dataclass(frozen=True, slots=True)
class Raw:
    """One update as it came: `key` is unique per source, `body` is its JSON text."""

    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the desk learned of a message, written beside its disposition."""

    event: str
    chat_id: int | None = None
    person_id: int | None = None
    message_id: str | None = None
    album: str | None = None
    text: str | None = None


@dataclass
class InboxRows:
    """The hottest table: plain statements, no ORM objects on the way in."""

    session: Session
    signals: set[Signal]

    def store(self, source: str, batch: Sequence[Raw], now: datetime) -> int:
        """Keep a batch; repeats of what is known are left as they are. Returns how many were none."""
        if not batch:
            return 0
        rows = (
            {
                "source": source,
                "key": raw.key,
                "raw": raw.body,
                "received_at": now,
                "state": InboxState.RECEIVED,
                "attempts": 0,
            }
            for raw in batch
        )
        self.signals.add(Signal.INBOX)
        return _STORE.change(wire(self.session), *rows)

    def has(self, source: str, key: str) -> bool:
        """Whether this update is known already."""
        asked = select(InboxRow.id).where(InboxRow.source == source, InboxRow.key == key)
        return self.session.scalar(asked) is not None

    def list_received(self, limit: int, sources: Sequence[str]) -> list[tuple[int, str, str, int]]:
        """`(id, source, raw, attempts)` of what waits for its act, oldest first, from at most eight open sources."""
        if not sources:
            return []
        named = dict(zip(_NTH, [*sources, *[sources[-1]] * (_MOST_SOURCES - len(sources))], strict=True))
        return [(row[0], row[1], row[2], row[3]) for row in _WAITING.rows(wire(self.session), named | {"most": limit})]

    def finish(
        self,
        inbox_id: int,
        heard: Heard,
        disposition: Disposition,
        now: datetime,
        *,
        ticket_id: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Record the one disposition. The act fails with `NothingChanged`, at its end at the latest, when another act
        was first.

        Written with those of other acts, but for a message without words and an edit: the next act may ask for it.
        """
        ended = {
            "finished_id": inbox_id,
            "state": InboxState.DONE,
            "event": heard.event,
            "chat_id": heard.chat_id,
            "person_id": heard.person_id,
            "message_id": heard.message_id,
            "album": heard.album,
            "text": heard.text,
            "disposition": disposition,
            "ticket_id": ticket_id,
            "reason": reason,
            "done_at": now,
        }
        if heard.text and heard.event != _EDITED:
            hold(self.session, _FINISH, ended)
        elif not _FINISH.change(wire(self.session), ended):
            raise NothingChanged(inbox_id)

    def fail(self, inbox_id: int, reason: str, now: datetime, *, for_good: bool, heard: Heard | None = None) -> None:
        """Count a failed try; for good, the raw form stays and a person is told. `heard` is what is known of it."""
        values: dict[str, object] = {"attempts": InboxRow.attempts + 1, "reason": reason}
        if for_good:
            values |= {"state": InboxState.FAILED, "disposition": Disposition.FAILED, "done_at": now}
        if heard is not None:
            values |= asdict(heard)
        self.session.execute(
            update(InboxRow)
            .where(InboxRow.id == inbox_id, IS_RECEIVED)
            .values(**values)
            .execution_options(synchronize_session=False)
        )

    def forget_raw(self, inbox_id: int) -> None:
        """Keep that an update came, and nothing of what it was."""
        self.session.execute(
            update(InboxRow)
            .where(InboxRow.id == inbox_id)
            .values(raw="{}", text=None)
            .execution_options(synchronize_session=False)
        )

    def get(self, inbox_id: int) -> InboxRow:
        """The row, or `NoResultFound`."""
        return self.session.get_one(InboxRow, inbox_id)

    def find_by_message(self, chat_id: int, message_id: str) -> InboxRow | None:
        """The newest row of a message: its first hearing or its last edit."""
        return self.session.scalar(
            select(InboxRow)
            .where(InboxRow.chat_id == chat_id, InboxRow.message_id == message_id)
            .order_by(InboxRow.id.desc())
            .limit(1)
        )

    def list_by_message(self, chat_id: int, message_id: str) -> Sequence[InboxRow]:
        """Every hearing of a message, the first and each edit, oldest first."""
        return self.session.scalars(
            select(InboxRow)
            .where(
                InboxRow.chat_id == chat_id,
                InboxRow.message_id == message_id,
                InboxRow.event.in_(("MessageReceived", "MessageEdited")),
            )
            .order_by(InboxRow.id)
        ).all()

    def find_edit(self, chat_id: int, message_id: str) -> tuple[int, int | None] | None:
        """The row and the ticket of the latest edit of a message; asked for every request."""
        found = _EDIT.first(wire(self.session), {"chat": chat_id, "message": message_id})
        return None if found is None else (found[0], found[1])

    def list_asked(self, chat_id: int, person_id: int, since: datetime, until: datetime) -> Sequence[InboxRow]:
        """What one person said in one chat in that time that waits to be explained or decided, oldest first."""
        return self.session.scalars(
            select(InboxRow)
            .where(
                InboxRow.chat_id == chat_id,
                InboxRow.person_id == person_id,
                InboxRow.received_at.between(since, until),
                InboxRow.disposition.in_((Disposition.ASKED, Disposition.STAFF_TRIAGE)),
            )
            .order_by(InboxRow.id)
        ).all()

    def find_tap_before(self, inbox_id: int, message_id: str, chat_id: int, person_id: int) -> InboxRow | None:
        """This person's latest tap under a message, before this one, that was not refused."""
        return self.session.scalar(
            select(InboxRow)
            .where(
                InboxRow.chat_id == chat_id,
                InboxRow.message_id == message_id,
                InboxRow.id < inbox_id,
                InboxRow.person_id == person_id,
                InboxRow.event == "ButtonPressed",
                InboxRow.disposition != Disposition.REFUSED,
            )
            .order_by(InboxRow.id.desc())
            .limit(1)
        )

    def list_wordless(
        self, chat_id: int, person_id: int, since: datetime, until: datetime | None = None
    ) -> Sequence[int]:
        """Ids of what one person sent in one chat in that time without a word, and that belongs to no ticket."""
        asked = {"chat": chat_id, "person": person_id, "since": since, "until": until or _ALWAYS}
        return [row[0] for row in _WORDLESS.rows(wire(self.session), asked)]

    def list_album(self, chat_id: int, person_id: int, album: str, since: datetime) -> Sequence[InboxRow]:
        """What one person sent in one chat since then as parts of this album, oldest first."""
        return self.session.scalars(
            select(InboxRow)
            .where(
                InboxRow.chat_id == chat_id,
                InboxRow.person_id == person_id,
                InboxRow.received_at >= since,
                InboxRow.album == album,
            )
            .order_by(InboxRow.id)
        ).all()

    def redispose(
        self, inbox_id: int, disposition: Disposition, ticket_id: int | None, reason: str | None = None
    ) -> None:
        """A later message showed what an earlier one was; there is still exactly one disposition."""
        self.session.execute(
            update(InboxRow)
            .where(InboxRow.id == inbox_id)
            .values(disposition=disposition, ticket_id=ticket_id, reason=reason)
        )

    def list_failed(self, limit: int) -> Sequence[InboxRow]:
        """What could not be handled, oldest first."""
        return self.session.scalars(select(InboxRow).where(IS_FAILED).order_by(InboxRow.id).limit(limit)).all()

    def find_failed(self, inbox_id: int) -> InboxRow | None:
        """The row, when it could not be handled."""
        return self.session.scalar(select(InboxRow).where(InboxRow.id == inbox_id, IS_FAILED))

    def retry_failed(self, inbox_id: int) -> bool:
        """Give a failed row back to the desk, after the cause was mended."""
        done = self.session.connection().execute(
            update(InboxRow)
            .where(InboxRow.id == inbox_id, IS_FAILED)
            .values(state=InboxState.RECEIVED, disposition=None, reason=None, attempts=0, done_at=None)
        )
        self.signals.add(Signal.INBOX)
        return done.rowcount == 1

    def find_last_received(self) -> datetime | None:
        """When the newest update came."""
        return self.session.scalar(select(InboxRow.received_at).order_by(InboxRow.id.desc()).limit(1))

    def count_waiting(self) -> int:
        """How many rows wait for their act."""
        return self.session.scalar(select(func.count()).select_from(InboxRow).where(IS_RECEIVED)) or 0
