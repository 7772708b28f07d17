"""Staff call whoever stands above by hand: the ladder's next step, now, with the name of who asked for it."""

from dataclasses import replace

from handlers import answering_taps, cards, offers
from handlers.notifications.to_duty import EscalatedToLead, Menu, NextRung, ToastKind
from handlers.notifications.to_manager import EscalatedByHand
from handlers.roster.turns import leads_of, with_role
from handlers.scene import Outcome, Scene
from handlers.speaking import change
from handlers.steps import Step, enter_by_staff
from storage.models import OutboxRow, Ticket, WrongState
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition, TicketState, Trade

LADDER = (MemberRole.LEAD, MemberRole.CLIENT_DIRECTOR, MemberRole.OFFICE_MANAGER, MemberRole.QUALITY)


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """`escalate` shows who would hear of it, `escalate:now` tells them."""
    if not ticket.is_open:
        raise WrongState(ticket, "escalate")
    card = cards.card_of(scene.unit, ticket, Menu.ESCALATE)
    rung = next_rung(scene.unit, ticket)
    if rung is None or (card.complaint is not None and card.complaint.is_guarded):
        cards.refresh(scene.unit, ticket)
        return answering_taps.done(ticket, row, ToastKind.NOBODY_ABOVE)
    if not choice:
        if row.notification == cards.CARD:
            change(scene.unit, row.id, replace(card, next_rung=rung), row.language)
        return Outcome(Disposition.ANSWERED, ticket.id)
    if choice != "now":
        return None
    _tell(scene, ticket, rung)
    return answering_taps.done(ticket, row, ToastKind.ESCALATED)


def next_rung(unit: UnitOfWork, ticket: Ticket) -> NextRung | None:
    """The next one above who has not heard of it; without a roster the managers' chat, None where there is nobody."""
    roster = unit.rosters.recall(ticket.site_id)
    told = LADDER.index(ticket.escalated_to) + 1 if ticket.escalated_to in LADDER else 0
    for role in LADDER[told:]:
        if role is MemberRole.LEAD and ticket.trade is Trade.STAFF:
            continue  # of a member of staff nobody below the director hears
        people = leads_of(roster, ticket.group) if role is MemberRole.LEAD else with_role(roster, role)
        if people:
            return NextRung(role, tuple(member.name for member in people))
    has_managers = bool(unit.chats.list_by_role(ticket.site_id, ChatRole.MANAGER))
    return NextRung(None) if has_managers and not roster.members else None


def _tell(scene: Scene, ticket: Ticket, rung: NextRung) -> None:
    unit, by = scene.unit, scene.person.name
    if rung.role is MemberRole.LEAD:
        is_taken = ticket.state is TicketState.ACCEPTED
        cards.say_under(unit, ticket, EscalatedToLead(ticket.number, by, rung.names, is_taken))
    else:
        said = EscalatedByHand(ticket.number, ticket.trade, ticket.group, by, rung.role, rung.names)
        offers.tell_managers(unit, ticket, said)
    if rung.role is not None:
        ticket.escalate(rung.role)
    enter_by_staff(scene, ticket, Step.ESCALATED, rung.role or "")
    cards.refresh(unit, ticket)
