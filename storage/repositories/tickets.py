"""Tickets and their threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from storage.models import OPEN_STATES, Entry, Ticket
from storage.models.base import one_of, saved, table_of
from storage.prepared import Prepared, hold, wire
from storage.vocabulary import Audience, EntryKind, Side, TicketState, Trade

# Asked for every message, so built once: to build such a statement costs more than to run it.
_COLUMNS = [column.name for column in table_of(Ticket).c if column.name != "id"]
_OPEN = Prepared(insert(table_of(Ticket)).returning(Ticket.id), _COLUMNS)
_GET = select(Ticket).where(Ticket.id == bindparam("ticket")).execution_options(populate_existing=True)
_GET_AND_LOCK = _GET.with_for_update()
_OF_PERSON = (
    select(Ticket)
    .where(Ticket.reporter_id == bindparam("person"), Ticket.opened_at >= bindparam("since"))
    .order_by(Ticket.id.desc())
)
_LATEST_HERE = Prepared(
    select(Ticket.id)
    .where(
        Ticket.reporter_id == bindparam("person"),
        Ticket.opened_at >= bindparam("since"),
        Ticket.chat_id == bindparam("chat"),
        Ticket.state != TicketState.CANCELLED,
    )
    .order_by(Ticket.id.desc())
    .limit(1)
)
_ENTRY = [column.name for column in table_of(Entry).c if column.name != "id"]
_ADD_ENTRY = Prepared(insert(table_of(Entry)).returning(Entry.id), _ENTRY)
_NOTE = Prepared(insert(table_of(Entry)), _ENTRY)


_OPEN_WITH_WORDS = Prepared(
    select(Ticket.id)
    .where(
        Ticket.reporter_id == bindparam("person"),
        one_of(Ticket.state, *OPEN_STATES),
        Ticket.words == bindparam("words"),
    )
    .limit(1)
)
_ANY_OPEN = Prepared(
    select(Ticket.id).where(Ticket.reporter_id == bindparam("person"), one_of(Ticket.state, *OPEN_STATES)).limit(1)
)
_OPEN_OF_TRADE = Prepared(
    select(Ticket.id)
    .where(
        Ticket.reporter_id == bindparam("person"),
        Ticket.opened_at >= bindparam("since"),
        one_of(Ticket.state, *OPEN_STATES),
        Ticket.trade == bindparam("trade"),
    )
    .order_by(Ticket.id.desc())
    .limit(1)
)


@dataclass
class Tickets:
    """Finds tickets by number, person and age; adds lines to threads."""

    session: Session
    locks: bool = True
    """Whether `get` may lock; one who only looks must neither wait nor hold anybody up."""

    def add(self, ticket: Ticket) -> Ticket:
        """Save a new ticket and learn its id."""
        # Past the unit of work, which takes four times as long to insert one row; afterwards it is watched as ever.
        given = vars(ticket)
        values = {name: given[name] if name in given else getattr(ticket, name) for name in _COLUMNS}
        values["revision"] = 1
        ((values["id"],),) = _OPEN.rows(wire(self.session), values)
        return saved(self.session, ticket, values)

    def get(self, ticket_id: int) -> Ticket:
        """The ticket as it is now, locked until the commit where the engine has row locks, or `NoResultFound`."""
        return self.session.scalars(_GET_AND_LOCK if self.locks else _GET, {"ticket": ticket_id}).one()

    def find_by_number(self, site_id: int, number: int) -> Ticket | None:
        """The ticket people call by this number."""
        return self.session.scalar(select(Ticket).where(Ticket.site_id == site_id, Ticket.number == number))

    def list_open_of(self, person_id: int) -> Sequence[Ticket]:
        """A person's open tickets, newest first."""
        # Asked for most messages, of people who mostly have none; what this act has changed only the ORM knows.
        if not self.session.dirty and _ANY_OPEN.first(wire(self.session), {"person": person_id}) is None:
            return []
        return self.session.scalars(
            select(Ticket)
            .where(Ticket.reporter_id == person_id, one_of(Ticket.state, *OPEN_STATES))
            .order_by(Ticket.id.desc())
        ).all()

    def list_of(self, person_id: int, since: datetime) -> Sequence[Ticket]:
        """Every ticket a person opened since then, newest first."""
        return self.session.scalars(_OF_PERSON, {"person": person_id, "since": since}).all()

    def find_latest_here(self, person_id: int, chat_id: int, since: datetime) -> Ticket | None:
        """The newest ticket a person opened in a chat since then and did not take back."""
        asked = {"person": person_id, "chat": chat_id, "since": since}
        found = _LATEST_HERE.first(wire(self.session), asked)
        return None if found is None else self.get(found[0])

    def find_open_with_words(self, person_id: int, words: str) -> Ticket | None:
        """A person's open ticket that was opened with exactly these words."""
        found = _OPEN_WITH_WORDS.first(wire(self.session), {"person": person_id, "words": words})
        return None if found is None else self.get(found[0])

    def find_open_of_trade(self, person_id: int, trade: Trade, since: datetime) -> Ticket | None:
        """A person's newest open ticket of a trade, opened since then."""
        asked = {"person": person_id, "trade": trade, "since": since}
        found = _OPEN_OF_TRADE.first(wire(self.session), asked)
        return None if found is None else self.get(found[0])

    def list_finished_of(self, person_id: int, since: datetime) -> Sequence[Ticket]:
        """A person's tickets finished since then: those that wait for their callback first, then the newest."""
        return self.session.scalars(
            select(Ticket)
            .where(
                Ticket.reporter_id == person_id,
                Ticket.state.in_((TicketState.DONE, TicketState.CLOSED)),
                Ticket.done_at >= since,
            )
            .order_by(Ticket.state == TicketState.CLOSED, Ticket.done_at.desc())
        ).all()

    def find_last_finished_of(self, person_id: int, since: datetime) -> Ticket | None:
        """A person's newest ticket finished since then, closed or waiting for its callback."""
        return self.session.scalar(
            select(Ticket)
            .where(
                Ticket.reporter_id == person_id,
                Ticket.state.in_((TicketState.DONE, TicketState.CLOSED)),
                Ticket.done_at >= since,
            )
            .order_by(Ticket.done_at.desc())
            .limit(1)
        )

    def list_open(self, site_id: int) -> Sequence[Ticket]:
        """A site's open tickets, oldest first."""
        return self.session.scalars(
            select(Ticket).where(Ticket.site_id == site_id, one_of(Ticket.state, *OPEN_STATES)).order_by(Ticket.id)
        ).all()

    def add_entry(
        self,
        ticket_id: int,
        at: datetime,
        kind: EntryKind,
        side: Side,
        audience: Audience,
        text: str,
        *,
        person_id: int | None = None,
        inbox_id: int | None = None,
    ) -> int:
        """Add a line to the thread; returns its id."""
        line = dict(zip(_ENTRY, (ticket_id, at, kind, side, audience, text, person_id, inbox_id), strict=True))
        ((entry_id,),) = _ADD_ENTRY.rows(wire(self.session), line)
        found: int = entry_id
        return found

    def add_words(self, ticket_id: int, at: datetime, words: str, person_id: int, inbox_id: int) -> None:
        """The tenant's words that opened it, as its thread's first line; written with those of other acts."""
        who = (EntryKind.WORDS, Side.TENANT, Audience.REPORTER)
        hold(self.session, _NOTE, dict(zip(_ENTRY, (ticket_id, at, *who, words, person_id, inbox_id), strict=True)))

    def first_said_at(self, ticket_id: int) -> datetime | None:
        """When the words were written that opened it."""
        return self.session.scalar(select(Entry.at).where(Entry.ticket_id == ticket_id).order_by(Entry.id).limit(1))

    def list_same_reply(self, ticket_ids: Sequence[int], entry_id: int) -> Sequence[Entry]:
        """A reply of staff's: its line in the thread of each of these tickets that it was written for."""
        entry = self.session.get_one(Entry, entry_id)
        if entry.inbox_id is None:
            return (entry,)
        same = (Entry.kind == EntryKind.REPLY, Entry.inbox_id == entry.inbox_id)
        return self.session.scalars(
            select(Entry).where(Entry.ticket_id.in_(ticket_ids), *same).order_by(Entry.id)
        ).all()

    def list_entries(self, ticket_id: int) -> Sequence[Entry]:
        """The thread, oldest line first."""
        return self.session.scalars(select(Entry).where(Entry.ticket_id == ticket_id).order_by(Entry.id)).all()
