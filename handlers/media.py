"""A file's bytes were kept: it goes to the other side of its ticket."""

from handlers import cards
from handlers.notifications.to_duty import FileLost, FileOf
from handlers.notifications.to_tenant import FileRefused
from handlers.speaking import find_private, tell, tell_reporter
from storage.models import Attachment, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentState, Side

NEVER = frozenset({AttachmentState.TOO_BIG, AttachmentState.LOST})


def pass_on(unit: UnitOfWork, attachment_id: int) -> None:
    """To the duty chats that have the card, or from staff to the tenant's private chat; to each once."""
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
    said, key = FileOf(ticket.number), f"file:{attachment.id}"
    if attachment.side is Side.TENANT:
        cards.say_under(unit, ticket, said, key=key, attachment_id=attachment.id)
        return
    private = find_private(unit, ticket.reporter_id)
    if private is not None:
        tell(unit, private, said, ticket.language, ticket_id=ticket.id, attachment_id=attachment.id, key=key)
