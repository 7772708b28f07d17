"""Tickets nobody takes, for the managers: one message a site for as many as there are, an emergency by itself."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from handlers.cards import place_for_all
from handlers.complaints import concerns
from handlers.notifications.to_manager import NobodyTakes, Untaken, UntakenLine
from handlers.pushes.reminding import REMIND_AFTER
from handlers.speaking import change, language_of, tell
from storage.models import Chat, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, TicketState, Urgency

WINDOW = timedelta(hours=1)
"""Further tickets are added to a message this young; after that a new one makes a sound again."""


def tell_of_untaken(unit: UnitOfWork, ticket: Ticket) -> None:
    """Nobody has taken it, or it has no duty chat to go to."""
    for manager in unit.chats.list_by_role(ticket.site_id, ChatRole.MANAGER):
        if ticket.urgency is Urgency.EMERGENCY:
            minutes = int((unit.now - ticket.opened_at).total_seconds() // 60)
            place = place_for_all(unit, ticket)
            said = NobodyTakes(ticket.number, ticket.group, minutes, ticket.trade, place, ticket.words)
            tell(unit, manager, said, language_of(unit, manager), ticket_id=ticket.id)
        else:
            _add_to_list(unit, manager, ticket)


def _add_to_list(unit: UnitOfWork, manager: Chat, ticket: Ticket) -> None:
    slot = int(unit.now.timestamp() // WINDOW.total_seconds())
    rows = (unit.outbox.find_by_key(_key(manager, each)) for each in (slot, slot - 1))
    row = next((row for row in rows if row is not None and row.created_at > unit.now - WINDOW), None)
    hidden = concerns.list_hidden(unit, manager)
    if ticket.id in hidden:
        return
    said = Untaken(tuple(_lines(unit, ticket, hidden)))
    if row is None:
        tell(unit, manager, said, language_of(unit, manager), key=_key(manager, slot))
    else:
        change(unit, row.id, said, row.language)


def _lines(unit: UnitOfWork, newest: Ticket, hidden: Sequence[int]) -> Iterator[UntakenLine]:
    """This one, and all others of the site that have stood as long as a ticket may before managers hear of it."""
    for ticket in unit.tickets.list_open(newest.site_id):
        if ticket.incident_id is not None or ticket.id in hidden:
            continue
        if ticket.urgency is Urgency.EMERGENCY:
            continue
        is_old = unit.now - ticket.opened_at >= 2 * REMIND_AFTER[ticket.urgency]
        is_stuck = ticket.state is TicketState.RECEIVED or (ticket.state is TicketState.ASSIGNED and is_old)
        if ticket.id == newest.id or is_stuck:
            is_above = ticket.group is None and ticket.state is TicketState.ASSIGNED
            yield UntakenLine(ticket.number, ticket.trade, ticket.group, ticket.opened_at, is_above)


def _key(manager: Chat, slot: int) -> str:
    return f"untaken:{manager.id}:{slot}"
