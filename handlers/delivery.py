"""What became of words sent to somebody: cards show it, and what did not arrive finds another way."""

from handlers import cards, offers, replies
from handlers.notifications.to_duty import NotDelivered
from handlers.notifications.to_manager import CardLost
from handlers.scene import Desk
from handlers.speaking import DELIVERED, react
from storage.models import Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group, Operation, OutboxState

LOST = (OutboxState.REFUSED, OutboxState.DEAD)


def hear_of(unit: UnitOfWork, desk: Desk, outbox_id: int) -> None:
    """A row has ended: staff see it where it carried their words, and a lost card is an alarm."""
    row = unit.outbox.get(outbox_id)
    if row.ticket_id is None or row.operation is not Operation.SEND:
        return
    if row.notification == cards.CARD and row.state in LOST:
        _find_other_hands(unit, unit.tickets.get(row.ticket_id), row)
    elif row.entry_id is not None:
        ticket = unit.tickets.get(row.ticket_id)
        if row.state in LOST:
            _find_another_way(unit, desk, row, ticket)
        elif row.notification == replies.REPLY:
            _confirm(unit, row)
        cards.refresh(unit, ticket)


def is_awaited(notification: str, entry_id: int | None) -> bool:
    """Whether anybody wants to hear how such a row ended."""
    return entry_id is not None or notification == cards.CARD


def close_chat(unit: UnitOfWork, desk: Desk, chat: Chat, reason: str) -> None:
    """Nothing more can be said here: what waits is refused, and whoever waits for it hears so."""
    chat.close(reason, unit.now)
    unit.flush()
    for outbox_id in unit.outbox.refuse_waiting(chat.id, reason, unit.now):
        hear_of(unit, desk, outbox_id)


def _find_another_way(unit: UnitOfWork, desk: Desk, row: OutboxRow, ticket: Ticket) -> None:
    is_noticed = row.notification == replies.REPLY and replies.notify_in_room(unit, desk, ticket)
    delivery = {"blocked": "blocked", "unknown": "unknown"}.get(row.reason or "", "refused")
    said = NotDelivered(ticket.number, delivery, is_noticed, ticket.phone)
    cards.say_under(unit, ticket, said, key=f"undelivered:{row.id}")


def _confirm(unit: UnitOfWork, row: OutboxRow) -> None:
    """👌 on staff's own message, where 👀 said that it was on its way."""
    entries = {entry.id: entry for entry in unit.tickets.list_entries(row.ticket_id or 0)}
    entry = entries.get(row.entry_id or 0)
    if entry is None or entry.inbox_id is None:
        return
    written = unit.inbox.get(entry.inbox_id)
    if written.event == "MessageReceived" and written.chat_id is not None and written.message_id is not None:
        react(unit, unit.chats.get(written.chat_id), written.message_id, DELIVERED)


def _find_other_hands(unit: UnitOfWork, ticket: Ticket, row: OutboxRow) -> None:
    """The card stands nowhere else: the desk has it, and the managers know."""
    if ticket.group is None or not ticket.is_open or cards.standing(unit, ticket):
        return
    if unit.chats.get(row.chat_id).group is not Group.DESK:
        offers.post_to_group(unit, ticket, Group.DESK)
    offers.tell_managers(unit, ticket, CardLost(ticket.number, ticket.group), key=f"lost:{row.id}")
