"""A file's bytes were kept: it goes to the other side of its ticket."""

from handlers import cards
from handlers.notifications.to_duty import FileLost, FileOf
from handlers.notifications.to_tenant import FileRefused
from handlers.replies import LOST, WAITS_FOR
from handlers.speaking import tell, tell_reporter
from storage.models import Attachment, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentState, EntryKind, Side, TicketState

NEVER = frozenset({AttachmentState.TOO_BIG, AttachmentState.LOST})


def pass_on(unit: UnitOfWork, attachment_id: int) -> None:
    """To the duty chats that have the card, or from staff to the tenant's private chat; to each once.

    A private chat that is shut refuses it like words, and staff are told why.
    """
    attachment = unit.attachments.get(attachment_id)
    if attachment.ticket_id is None:
        return
    ticket = unit.tickets.get(attachment.ticket_id)
    if attachment.state in NEVER:
        _tell_of_loss(unit, ticket, attachment)
    else:
        _pass_on(unit, ticket, attachment)


def pass_on_all(unit: UnitOfWork, ticket: Ticket) -> None:
    """Somebody new sees the ticket: every file so far goes where it has not been yet, or is said to be lost there."""
    for attachment in unit.attachments.list_by_ticket(ticket.id):
        if attachment.state is AttachmentState.KEPT:
            _pass_on(unit, ticket, attachment)
        elif attachment.state in NEVER:
            _show_loss(unit, ticket, attachment)


def deliver_waiting(unit: UnitOfWork, person_id: int) -> None:
    """The tenant has opened the private chat, or let us in again: staff's files that have not reached them."""
    for ticket in reversed(unit.tickets.list_of(person_id, unit.now - WAITS_FOR)):
        if ticket.state is not TicketState.CANCELLED:
            came_with = {e.inbox_id: e.id for e in unit.tickets.list_entries(ticket.id) if e.kind is EntryKind.REPLY}
            for attachment in unit.attachments.list_by_inbox([inbox_id for inbox_id in came_with if inbox_id]):
                if attachment.side is Side.STAFF and attachment.state is AttachmentState.KEPT:
                    _send(unit, ticket, attachment, came_with[attachment.inbox_id])


def _tell_of_loss(unit: UnitOfWork, ticket: Ticket, attachment: Attachment) -> None:
    """Nobody waits for a file that never comes; a tenant is told how to send it after all."""
    _show_loss(unit, ticket, attachment)
    if attachment.side is Side.TENANT:
        said = FileRefused(ticket.number, attachment.state is AttachmentState.TOO_BIG)
        tell_reporter(unit, ticket, said, said, key=f"file:{attachment.id}")


def _show_loss(unit: UnitOfWork, ticket: Ticket, attachment: Attachment) -> None:
    said = FileLost(ticket.number, attachment.state is AttachmentState.TOO_BIG)
    cards.say_under(unit, ticket, said, key=f"file:{attachment.id}")


def _pass_on(unit: UnitOfWork, ticket: Ticket, attachment: Attachment) -> None:
    if attachment.side is Side.TENANT:
        said, key = FileOf(ticket.number), f"file:{attachment.id}"
        cards.say_under(unit, ticket, said, key=key, attachment_id=attachment.id)
        return
    if _came_with_note(unit, ticket, attachment):
        return
    members = unit.incidents.list_members(ticket.id) if ticket.incident_id is None else ()
    found = [(each, _reply_with(unit, each, attachment)) for each in (ticket, *members)]
    for each, entry_id in [one for one in found if one[1] is not None] or [(ticket, None)]:
        _send(unit, each, attachment, entry_id)


def _came_with_note(unit: UnitOfWork, ticket: Ticket, attachment: Attachment) -> bool:
    """What staff keep among themselves goes to no tenant, and stands in their chat already."""
    written = (entry for entry in unit.tickets.list_entries(ticket.id) if entry.inbox_id == attachment.inbox_id)
    return any(entry.kind is EntryKind.NOTE for entry in written)


def _send(unit: UnitOfWork, ticket: Ticket, attachment: Attachment, entry_id: int | None) -> None:
    """A file of staff's to one reporter, in private."""
    private = unit.chats.find_private(ticket.reporter_id)
    if private is None:
        return
    sent = [row for row in unit.outbox.list_by_ticket(ticket.id) if row.attachment_id == attachment.id]
    if sent and (sent[-1].state not in LOST or not private.is_open):
        return
    key = f"file:{attachment.id}:{ticket.id}"
    tell(
        unit,
        private,
        FileOf(ticket.number),
        ticket.language,
        ticket_id=ticket.id,
        entry_id=entry_id,
        attachment_id=attachment.id,
        key=f"{key}:after:{sent[-1].id}" if sent else key,
    )


def _reply_with(unit: UnitOfWork, ticket: Ticket, attachment: Attachment) -> int | None:
    """The entry of the reply the file came with, so that the card tells whether it arrived."""
    written = (entry for entry in unit.tickets.list_entries(ticket.id) if entry.inbox_id == attachment.inbox_id)
    return next((entry.id for entry in written if entry.kind is EntryKind.REPLY), None)
