"""What became of words sent to somebody: cards show it, and what did not arrive finds another way."""

from handlers import cards
from handlers.notifications.to_duty import NotDelivered
from handlers.notifications.to_tenant import AnswerWaits, StaffReply
from handlers.scene import Desk
from handlers.speaking import language_of, tell
from storage.models import OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, OutboxState

REPLY = StaffReply.__name__


def hear_of(unit: UnitOfWork, desk: Desk, outbox_id: int) -> None:
    """A row that carried staff's words has ended."""
    row = unit.outbox.get(outbox_id)
    if row.ticket_id is None or row.entry_id is None:
        return
    ticket = unit.tickets.get(row.ticket_id)
    if row.notification == REPLY and row.state in (OutboxState.REFUSED, OutboxState.DEAD):
        _find_another_way(unit, desk, row, ticket)
    cards.refresh(unit, ticket)


def _find_another_way(unit: UnitOfWork, desk: Desk, row: OutboxRow, ticket: Ticket) -> None:
    room = unit.chats.get(ticket.chat_id)
    is_noticed = room.role is ChatRole.ROOM and room.is_open
    if is_noticed:
        name = unit.people.get(ticket.reporter_id).name
        link = desk.deep_link(room.code) if room.code else None
        tell(
            unit,
            room,
            AnswerWaits(ticket.number, name, link),
            ticket.language,
            ticket_id=ticket.id,
            reply_to=ticket.message_id,
        )
    delivery = {"blocked": "blocked", "unknown": "unknown"}.get(row.reason or "", "refused")
    for card in unit.outbox.list_messages(ticket.id, cards.CARD):
        chat = unit.chats.get(card.chat_id)
        said = NotDelivered(ticket.number, delivery, is_noticed, ticket.phone)
        tell(
            unit,
            chat,
            said,
            language_of(unit, chat),
            ticket_id=ticket.id,
            under=card.id,
            key=f"undelivered:{row.id}:{chat.id}",
        )
