"""An offer nobody takes: the duty chat is reminded, then again while the manager is told. Never silence."""

from handlers import cards, offers
from handlers.catching_up import post_whole
from handlers.notifications.to_duty import StillUntaken
from handlers.pushes import reminding
from handlers.pushes.push import ScheduledPush
from handlers.scene import Desk
from handlers.untaken import tell_of_untaken
from storage.models import Push, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, TicketState, Urgency

REMINDERS = 3
"""Of one offer; an emergency is never left alone."""


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Remind under the card, and from the second time on tell the manager; what has no duty chat looks for one."""
    if push.ticket_id is None:
        return
    ticket = unit.tickets.get(push.ticket_id)
    turn = reminding.turn_of(push.key)
    if ticket.state is TicketState.ASSIGNED:
        _remind(unit, ticket, push, turn)
    elif ticket.state is TicketState.RECEIVED and not offers.offer_again(unit, ticket):
        tell_of_untaken(unit, ticket)
        reminding.plan_another_try(unit, ticket, turn)


def _remind(unit: UnitOfWork, ticket: Ticket, push: Push, turn: int) -> None:
    minutes = int((unit.now - ticket.opened_at).total_seconds() // 60)
    cards.say_under(unit, ticket, StillUntaken(ticket.number, minutes))
    seen_in = {chat.id for _, chat in cards.standing(unit, ticket)}
    for chat in unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, ticket.group):
        if chat.id not in seen_in:
            post_whole(unit, ticket, chat)  # a storm had folded it away
    if turn >= 1:
        tell_of_untaken(unit, ticket)
    if turn + 1 < REMINDERS or ticket.urgency is Urgency.EMERGENCY:
        reminding.plan_next(unit, ticket, push.key)


UNTAKEN = ScheduledPush(reminding.KIND, fire)
