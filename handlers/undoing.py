"""Staff take back what they told a tenant by mistake: what waits is not sent, what arrived is deleted if it can be.

Platforms tell a bot of no deletion, so staff say it: `/undo` under their own words, or under the card.
"""

from collections.abc import Sequence
from datetime import timedelta

from handlers import cards, incidents
from handlers.events import MessageReceived
from handlers.notifications import pack
from handlers.notifications.to_duty import NothingToTakeBack, ReplyStays, ReplyTakenBack
from handlers.scene import Outcome, Scene
from handlers.speaking import react, tell
from handlers.steps import Step, enter_by_staff, list_about
from storage.models import Entry, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import COMMAND, Disposition, EntryKind, Operation, OutboxState

NAME = "undo"
DELETABLE_FOR = timedelta(hours=48)
"""How long a bot may delete what it has sent, by the Bot API; no channel allows longer."""
TAKEN_BACK = "taken back"
"""The reason of a row that was withdrawn."""
Meant = Sequence[tuple[Ticket, Entry]]


def obey(event: MessageReceived, scene: Scene) -> Outcome:
    """`/undo`: the words it answers, else this person's last ones for that ticket, to everybody who got them."""
    meant = _meant(event, scene)
    if not meant:
        tell(scene.unit, scene.chat, NothingToTakeBack(), scene.language, reply_to=event.message_id)
        return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{NAME}")
    take_back(scene, meant)
    return Outcome(Disposition.ANSWERED, meant[0][0].id, f"{COMMAND}{NAME}")


def take_back(scene: Scene, meant: Meant) -> None:
    """Withdraw these words; what became of them is told once it is known."""
    unit, (first, entry) = scene.unit, meant[0]
    if entry.at + DELETABLE_FOR <= scene.now:
        cards.say_under(unit, first, ReplyStays(first.number))
        return
    for ticket, each in meant:
        enter_by_staff(scene, ticket, Step.TAKEN_BACK, str(each.id))
        for row in _carrying(unit, ticket, each):
            row.key = None  # the next answer may be announced anew
            unit.outbox.add(
                chat_id=row.chat_id,
                notification=ReplyTakenBack.__name__,
                payload=pack(ReplyTakenBack(ticket.number)),
                language=row.language,
                created_at=unit.now,
                due_at=unit.now,
                lane=row.lane,
                operation=Operation.DELETE,
                target_id=row.id,
                ticket_id=ticket.id,
                entry_id=each.id,
            )
    _forget_files(unit, meant)
    written = unit.inbox.get(entry.inbox_id) if entry.inbox_id is not None else None
    if written is not None and written.message_id is not None and written.event == "MessageReceived":
        react(unit, scene.chat, written.message_id, "")
    if not any(_is_under_way(unit, ticket, each) for ticket, each in meant):
        _tell(unit, first, entry)
    cards.refresh(unit, incidents.first_of(unit, first))


def hear_of(unit: UnitOfWork, row: OutboxRow) -> None:
    """One copy is deleted, or cannot be; staff hear the truth once that is known of all of them."""
    ticket, entry_id = unit.tickets.get(row.ticket_id or 0), row.entry_id or 0
    gone = unit.outbox.get(row.target_id or 0)
    if row.state is OutboxState.SENT and gone.state is not OutboxState.PENDING:
        gone.state, gone.reason = OutboxState.REFUSED, TAKEN_BACK
        unit.flush()
    entry = next(each for each in unit.tickets.list_entries(ticket.id) if each.id == entry_id)
    first = incidents.first_of(unit, ticket)
    everybody = everywhere(unit, first, entry)
    if not any(_is_under_way(unit, each, same) for each, same in everybody):
        _tell(unit, first, entry)
    cards.refresh(unit, first)


def everywhere(unit: UnitOfWork, ticket: Ticket, entry: Entry) -> Meant:
    """The same words, as everybody who reported the incident got them."""
    first = incidents.first_of(unit, ticket)
    return [(each, same) for each in _all_of(unit, first) for same in _same(unit, each, entry)]


def is_taken_back(unit: UnitOfWork, ticket: Ticket, entry_id: int) -> bool:
    """Whether these words are to reach nobody any more."""
    return str(entry_id) in list_about(unit, ticket, Step.TAKEN_BACK)


def _tell(unit: UnitOfWork, first: Ticket, entry: Entry) -> None:
    deletions = [
        row
        for ticket in _all_of(unit, first)
        for same in _same(unit, ticket, entry)
        for row in unit.outbox.list_by_ticket(ticket.id)
        if row.entry_id == same.id and row.operation is Operation.DELETE
    ]
    was_seen = any(unit.outbox.get(row.target_id or 0).receipt is not None for row in deletions)
    stays = any(row.state is not OutboxState.SENT for row in deletions)
    said = ReplyStays(first.number) if stays else ReplyTakenBack(first.number, was_seen=was_seen)
    cards.say_under(unit, first, said, key=f"undone:{entry.id}")


def _meant(event: MessageReceived, scene: Scene) -> Meant:
    unit, chat = scene.unit, scene.chat
    if event.reply_to is None:
        return ()
    answered = unit.outbox.find_by_receipt(chat.id, event.reply_to)
    versions = unit.inbox.list_by_message(chat.id, event.reply_to) if answered is None else ()
    ticket_id = answered.ticket_id if answered is not None else versions[-1].ticket_id if versions else None
    if ticket_id is None:
        return ()
    first = incidents.first_of(unit, unit.tickets.get(ticket_id))
    said = [
        (ticket, entry)
        for ticket in _all_of(unit, first)
        for entry in unit.tickets.list_entries(ticket.id)
        if entry.kind is EntryKind.REPLY and entry.person_id == scene.person.id
    ]
    if answered is None:
        written = {row.id for row in versions}
        said = [(ticket, entry) for ticket, entry in said if entry.inbox_id in written]
    said = [(ticket, entry) for ticket, entry in said if not is_taken_back(unit, ticket, entry.id)]
    newest = max((entry for _, entry in said), key=lambda entry: entry.id, default=None)
    return [(ticket, entry) for ticket, entry in said if newest is not None and _is_same(entry, newest)]


def _all_of(unit: UnitOfWork, first: Ticket) -> Sequence[Ticket]:
    return (first, *unit.incidents.list_members(first.id))


def _same(unit: UnitOfWork, ticket: Ticket, entry: Entry) -> Sequence[Entry]:
    """The same words as one of an incident's reporters got them."""
    return [each for each in unit.tickets.list_entries(ticket.id) if _is_same(each, entry)]


def _is_same(one: Entry, other: Entry) -> bool:
    is_reply = one.kind is other.kind is EntryKind.REPLY
    return one.id == other.id or (is_reply and one.inbox_id is not None and one.inbox_id == other.inbox_id)


def _carrying(unit: UnitOfWork, ticket: Ticket, entry: Entry) -> Sequence[OutboxRow]:
    """What brings the words, and what announces them; what still waits is dropped on the spot."""
    rows = [
        row
        for row in unit.outbox.list_by_ticket(ticket.id)
        if row.entry_id == entry.id and row.operation is Operation.SEND
    ]
    waiting = [row.id for row in rows if row.state is OutboxState.PENDING]
    unit.outbox.drop_waiting(waiting, TAKEN_BACK, unit.now)
    return [row for row in rows if row.state in (OutboxState.SENDING, OutboxState.SENT)]


def _is_under_way(unit: UnitOfWork, ticket: Ticket, entry: Entry) -> bool:
    waiting = (OutboxState.PENDING, OutboxState.SENDING)
    return any(
        row.entry_id == entry.id and row.operation is Operation.DELETE and row.state in waiting
        for row in unit.outbox.list_by_ticket(ticket.id)
    )


def _forget_files(unit: UnitOfWork, meant: Meant) -> None:
    """A file that came with the words is passed on no more."""
    inbox_ids = list({entry.inbox_id for _, entry in meant if entry.inbox_id is not None})
    for attachment in unit.attachments.list_by_inbox(inbox_ids) if inbox_ids else ():
        attachment.ticket_id = None
