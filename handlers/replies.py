"""Staff's words on their way to a tenant: in private, else a notice in the room that says nothing of what they are."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.notifications.quoting import parts
from handlers.notifications.to_duty import FileOf
from handlers.notifications.to_tenant import AnswerWaits, AnswerWaitsForAll, StaffReply
from handlers.scene import Desk
from handlers.speaking import change, tell
from handlers.steps import Step, is_step
from storage.models import Chat, Entry, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, EntryKind, OutboxState, TicketState

REPLY = StaffReply.__name__
FILE = FileOf.__name__
CARRIERS = (REPLY, FILE)
"""What brings the tenant something of staff's own."""
NOTICES = (AnswerWaits.__name__, AnswerWaitsForAll.__name__)
LOST = (OutboxState.REFUSED, OutboxState.DEAD)
WAITS_FOR = timedelta(days=14)
"""How old a ticket may be whose answers are still handed over when its tenant comes."""


def send(unit: UnitOfWork, desk: Desk, ticket: Ticket, words: str, entry_id: int) -> None:
    """A private chat that is shut refuses the row, and staff are told why; with none at all the room gets a notice."""
    private = unit.chats.find_private(ticket.reporter_id)
    if private is None:
        notify_in_room(unit, desk, ticket, entry_id)
    else:
        _say(unit, private, ticket, words, entry_id)


def recipients(unit: UnitOfWork, ticket: Ticket) -> Sequence[Ticket]:
    """Whom words said to a card are for: everybody who reported the incident, each once, under a number of theirs."""
    members = unit.incidents.list_members(ticket.id) if ticket.incident_id is None else ()
    by_person: dict[int, Ticket] = {}
    for each in (ticket, *members):
        by_person.setdefault(each.reporter_id, each)
    return list(by_person.values())


def send_all(unit: UnitOfWork, desk: Desk, written: Sequence[tuple[Ticket, int]], words: str) -> None:
    """The same words to several people, each in private; the tickets come with the entry that keeps the words.

    Those who have no private chat share one notice in the room they spoke in. A file without words follows once it is
    fetched.
    """
    waiting: dict[int, list[tuple[Ticket, int]]] = {}
    for ticket, entry_id in written:
        if unit.chats.find_private(ticket.reporter_id) is None:
            waiting.setdefault(ticket.chat_id, []).append((ticket, entry_id))
        elif words:
            send(unit, desk, ticket, words, entry_id)
    for chat_id, there in waiting.items():
        if len(there) == 1:
            notify_in_room(unit, desk, *there[0])
        else:
            _notify_neighbours(unit, desk, unit.chats.get(chat_id), there)


def _notify_neighbours(unit: UnitOfWork, desk: Desk, room: Chat, waiting: Sequence[tuple[Ticket, int]]) -> None:
    if room.role is not ChatRole.ROOM:
        return
    first, entry_id = waiting[0]
    numbers = tuple(ticket.number for ticket, _ in waiting)
    tell(
        unit,
        room,
        AnswerWaitsForAll(numbers, desk.deep_link(room.code) if room.code else None),
        first.language,
        ticket_id=first.id,
        entry_id=entry_id,
        reply_to=first.message_id,
        key=f"waits:{first.id}:{unit.now:%Y%m%d}:{len(waiting)}",
    )


def _say(unit: UnitOfWork, private: Chat, ticket: Ticket, words: str, entry_id: int) -> None:
    """Long words come in several messages, in order; the state of the last is the reply's."""
    for part in parts(words):
        said = StaffReply(ticket.number, part)
        tell(unit, private, said, ticket.language, ticket_id=ticket.id, entry_id=entry_id)


def notify_in_room(unit: UnitOfWork, desk: Desk, ticket: Ticket, entry_id: int | None = None) -> bool:
    """ "There is an answer", once a day and ticket; False when there is no room to say it in."""
    room = unit.chats.get(ticket.chat_id)
    if room.role is not ChatRole.ROOM:
        return False
    tell(
        unit,
        room,
        AnswerWaits(
            ticket.number,
            unit.people.get(ticket.reporter_id).name,
            desk.deep_link(room.code) if room.code else None,
        ),
        ticket.language,
        ticket_id=ticket.id,
        entry_id=entry_id,
        reply_to=ticket.message_id,
        key=f"waits:{ticket.id}:{unit.now:%Y%m%d}",
    )
    return room.is_open


def deliver_waiting(unit: UnitOfWork, private: Chat, person_id: int) -> None:
    """The tenant has opened the private chat, or let us in again: every answer that has not reached them."""
    for ticket in reversed(unit.tickets.list_of(person_id, unit.now - WAITS_FOR)):
        if ticket.state is TicketState.CANCELLED:
            continue
        last = {row.entry_id: row.state for row in unit.outbox.list_by_ticket(ticket.id) if row.notification == REPLY}
        entries = unit.tickets.list_entries(ticket.id)
        taken_back = {int(e.text.partition(":")[2]) for e in entries if is_step(e, Step.TAKEN_BACK)}
        for entry in entries:
            if (
                entry.id not in taken_back
                and entry.kind is EntryKind.REPLY
                and entry.text
                and last.get(entry.id, OutboxState.DEAD) in LOST
            ):
                _say(unit, private, ticket, _words_now(unit, entry), entry.id)


def change_words(unit: UnitOfWork, ticket: Ticket, entry: Entry, words: str) -> None:
    """Staff changed a reply: the tenant's copy changes with it; one that waits is read anew when it is handed over."""
    rows = [row for row in unit.outbox.list_messages(ticket.id, REPLY) if row.entry_id == entry.id]
    now = parts(words)
    for row, part in zip(rows, (*now, *["…"] * len(rows)), strict=False):
        is_seen = row.state is not OutboxState.PENDING
        change(unit, row.id, StaffReply(ticket.number, part, is_corrected=is_seen), row.language)
    for part in now[len(rows) :] if rows else ():
        chat, said = unit.chats.get(rows[-1].chat_id), StaffReply(ticket.number, part)
        tell(unit, chat, said, ticket.language, ticket_id=ticket.id, entry_id=entry.id)


def _words_now(unit: UnitOfWork, entry: Entry) -> str:
    """The newest version of what staff wrote; a question sent by button has no other version."""
    if entry.inbox_id is None:
        return entry.text
    first = unit.inbox.get(entry.inbox_id)
    if first.chat_id is None or first.message_id is None or first.event != "MessageReceived":
        return entry.text
    versions = unit.inbox.list_by_message(first.chat_id, first.message_id)
    meant = [row.text for row in versions if row.ticket_id is not None]  # one that became a note is staff's own
    return (meant[-1] if meant else "") or entry.text
