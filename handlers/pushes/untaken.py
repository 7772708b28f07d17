"""An offer nobody takes: the duty chat is reminded, then again while the manager is told. Never silence."""

from handlers import cards, offers
from handlers.notifications.to_duty import StillUntaken
from handlers.notifications.to_manager import NobodyTakes
from handlers.pushes import reminding
from handlers.pushes.push import ScheduledPush
from handlers.scene import Desk
from storage.models import Push
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, TicketState

REMINDERS = 3


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Remind under the card, and from the second time on tell the manager."""
    if push.ticket_id is None:
        return
    ticket = unit.tickets.get(push.ticket_id)
    if ticket.state is not TicketState.ASSIGNED:
        return
    turn = int(push.key.rpartition(":")[2])
    minutes = int((unit.now - ticket.opened_at).total_seconds() // 60)
    cards.say_under(unit, ticket, StillUntaken(ticket.number, minutes))
    seen_in = {chat.id for _, chat in cards.standing(unit, ticket)}
    for chat in unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, ticket.group):
        if chat.id not in seen_in:
            cards.post(unit, ticket, chat, cards.card_of(unit, ticket))  # a storm had folded it away
    if turn >= 1:
        offers.tell_managers(unit, ticket, NobodyTakes(ticket.number, ticket.group, minutes))
    if turn + 1 < REMINDERS:
        reminding.plan(unit, ticket, turn + 1)


UNTAKEN = ScheduledPush(reminding.KIND, fire)
