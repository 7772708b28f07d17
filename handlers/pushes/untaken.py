"""An offer nobody takes: the duty chat is reminded, then again while the manager is told. Never silence."""

from handlers import cards
from handlers.notifications.to_duty import StillUntaken
from handlers.notifications.to_manager import NobodyTakes
from handlers.opening import REMIND_AFTER
from handlers.pushes.push import ScheduledPush
from handlers.scene import Desk
from handlers.speaking import language_of, tell
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
    minutes = int((unit.now - ticket.opened_at).total_seconds() // 60)
    turn = int(push.key.rpartition(":")[2])
    for card in unit.outbox.list_messages(ticket.id, cards.CARD):
        chat = unit.chats.get(card.chat_id)
        said = StillUntaken(ticket.number, minutes)
        tell(unit, chat, said, language_of(unit, chat), ticket_id=ticket.id, lane=card.lane, under=card.id)
    if turn >= 1:
        for manager in unit.chats.list_by_role(ticket.site_id, ChatRole.MANAGER):
            told = NobodyTakes(ticket.number, ticket.group, minutes)
            tell(unit, manager, told, language_of(unit, manager), ticket_id=ticket.id)
    if turn + 1 < REMINDERS:
        due = unit.now + REMIND_AFTER[ticket.urgency]
        unit.pushes.plan("untaken", f"untaken:{ticket.id}:{turn + 1}", due, ticket_id=ticket.id)


UNTAKEN = ScheduledPush("untaken", fire)
