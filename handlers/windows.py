"""Somebody writes whom the platform let nothing of ours reach: what waited for that is said now."""

from datetime import timedelta

from handlers import media, replies
from handlers.notifications.to_tenant import CallbackCheck, CallbackChecks
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CloseReason, TicketState

ASKS = (CallbackCheck.__name__, CallbackChecks.__name__)
SHUT = "cannot write first"
"""The channels' reason for what a person's next message lets through."""
ASKS_FOR = timedelta(days=7)
"""How long after a finish it is still worth asking how it went."""


def hear_again(unit: UnitOfWork, channel: str, address: str) -> None:
    """Staff's replies and files go out, and the question about work that is done, unless it has been answered."""
    chat = unit.chats.find(channel, address)
    if chat is None or chat.person_id is None:
        return
    replies.deliver_waiting(unit, chat, chat.person_id)
    media.deliver_waiting(unit, chat.person_id)
    for row in unit.outbox.list_refused(chat.id, SHUT, ASKS, unit.now - ASKS_FOR):
        ticket = unit.tickets.get(row.ticket_id) if row.ticket_id is not None else None
        was_silent = ticket is not None and ticket.close_reason is CloseReason.WITHOUT_ANSWER
        if ticket is not None and (ticket.state is TicketState.DONE or was_silent):
            unit.outbox.revive(row.id, unit.now)
