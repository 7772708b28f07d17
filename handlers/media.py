"""A file's bytes were kept: it goes to the other side of its ticket."""

from handlers import cards
from handlers.notifications.to_duty import FileOf
from handlers.speaking import find_private, language_of, tell
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentState, Lane, Side

SILENT = frozenset({AttachmentState.TOO_BIG, AttachmentState.LOST})


def pass_on(unit: UnitOfWork, attachment_id: int) -> None:
    """To the duty chats that have the card, or from staff to the tenant's private chat."""
    attachment = unit.attachments.get(attachment_id)
    if attachment.ticket_id is None or attachment.state in SILENT:
        return
    ticket = unit.tickets.get(attachment.ticket_id)
    if attachment.side is Side.STAFF:
        private = find_private(unit, ticket.reporter_id)
        if private is not None:
            tell(
                unit,
                private,
                FileOf(ticket.number),
                ticket.language,
                ticket_id=ticket.id,
                attachment_id=attachment.id,
                key=f"file:{attachment.id}",
            )
        return
    for card in unit.outbox.list_messages(ticket.id, cards.CARD):
        chat = unit.chats.get(card.chat_id)
        tell(
            unit,
            chat,
            FileOf(ticket.number),
            language_of(unit, chat),
            ticket_id=ticket.id,
            lane=card.lane if card.lane is Lane.EMERGENCY else Lane.NORMAL,
            under=card.id,
            attachment_id=attachment.id,
            key=f"file:{attachment.id}:{chat.id}",
        )
