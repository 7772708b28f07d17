"""An offer nobody takes: the duty chat is reminded, then again while the manager is told. Never silence."""

from handlers import cards, ladder, offers, steps
from handlers.catching_up import post_whole
from handlers.complaints import concerns, guarding
from handlers.notifications.to_duty import StillUntaken
from handlers.pushes import reminding
from handlers.pushes.push import ScheduledPush
from handlers.roster.rungs import has_ladder
from handlers.scene import Desk
from handlers.speaking import language_of, tell
from handlers.steps import Step
from handlers.untaken import tell_of_untaken
from storage.models import Push, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, TicketState, Urgency

REMINDERS = 3
"""Of one offer; an emergency is never left alone."""


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Remind under the card, and from the second time on tell the manager; what has no duty chat looks for one."""
    if push.ticket_id is None:
        return
    ticket = unit.tickets.get(push.ticket_id)
    turn = reminding.turn_of(push.key)
    if ticket.state is TicketState.ASSIGNED:
        guarding.mind(unit, ticket)
    if ticket.state is TicketState.RECEIVED and concerns.is_guarded(unit, ticket.id):
        if not guarding.offer_above(unit, ticket):
            reminding.plan_another_try(unit, ticket, turn)
        return
    if ticket.state is TicketState.ASSIGNED:
        if not has_ladder(unit.rosters.recall(ticket.site_id)) or ladder.climb(unit, ticket, push, turn):
            _remind(unit, ticket, push, turn)
    elif ticket.state is TicketState.RECEIVED and not offers.offer_again(unit, ticket):
        tell_of_untaken(unit, ticket)
        reminding.plan_another_try(unit, ticket, turn)


def _remind(unit: UnitOfWork, ticket: Ticket, push: Push, turn: int) -> None:
    minutes = int((unit.now - ticket.opened_at).total_seconds() // 60)
    given_away = _given_away(unit, ticket)
    for row, chat in cards.standing(unit, ticket):
        if chat.group not in given_away:
            said, language = StillUntaken(ticket.number, minutes), language_of(unit, chat)
            tell(unit, chat, said, language, ticket_id=ticket.id, lane=row.lane, under=row.id)
    seen_in = {chat.id for _, chat in cards.standing(unit, ticket)}
    for chat in unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, ticket.group):
        if chat.id not in seen_in:
            post_whole(unit, ticket, chat)  # a storm had folded it away
    if has_ladder(unit.rosters.recall(ticket.site_id)):
        return
    if turn >= 1:
        tell_of_untaken(unit, ticket)
    if turn + 1 < REMINDERS or ticket.urgency is Urgency.EMERGENCY:
        reminding.plan_next(unit, ticket, push.key)


def _given_away(unit: UnitOfWork, ticket: Ticket) -> set[Group | None]:
    """The groups that have handed it over: it is theirs no more."""
    if not ticket.handed_over:
        return set()
    to = map(Group, steps.list_about(unit, ticket, Step.HANDED_OVER))
    return {offers.find_group(unit, ticket), *to} - {ticket.group}


UNTAKEN = ScheduledPush(reminding.KIND, fire)
