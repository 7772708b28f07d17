"""An offer nobody takes climbs its ladder: reminder, next on duty, lead, and those above, one rung after another."""

from collections.abc import Sequence

from handlers import cards, offers, steps
from handlers.notifications.to_duty import LeadAsked, OfferedNext
from handlers.notifications.to_manager import NotTaken
from handlers.pushes import reminding
from handlers.roster.offering import choose
from handlers.roster.rungs import ROLES, rungs_of
from handlers.roster.turns import leads_of, next_turn, on_duty, with_role
from handlers.steps import Step
from handlers.untaken import tell_of_untaken
from storage.models import Member, Push, Ticket
from storage.roster_vocabulary import MemberRole, Rung
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Urgency


def offer_to_somebody(unit: UnitOfWork, ticket: Ticket) -> None:
    """Whose turn it is, now that the ticket is with this group; nobody's turn is an alarm."""
    roster = unit.rosters.recall(ticket.site_id)
    if roster.members and ticket.is_open:
        choose(unit, ticket)
        offers.alarm_nobody(unit, ticket)


def climb(unit: UnitOfWork, ticket: Ticket, push: Push, turn: int) -> bool:
    """The rung of this turn, or the next on which somebody stands; True where it was but a reminder."""
    rungs = rungs_of(unit.rosters.recall(ticket.site_id), ticket.urgency, reminding.REMIND_AFTER[ticket.urgency])
    names = [rung for rung, _ in rungs]
    while turn < len(rungs) and not _stands(unit, ticket, names[turn]):
        turn += 1
    if turn >= len(rungs):
        # Nobody is named any higher; whoever reads the managers' chat still has to know.
        tell_of_untaken(unit, ticket)
    if turn + 1 < len(rungs):
        reminding.plan_turn(unit, ticket, push.key, turn + 1, rungs[turn + 1][1] - rungs[turn][1])
    elif ticket.urgency is Urgency.EMERGENCY:  # which is never left alone
        reminding.plan_turn(unit, ticket, push.key, turn + 1, reminding.REMIND_AFTER[ticket.urgency])
    if turn >= len(rungs):
        return True
    if names[turn] is Rung.REMIND:
        return True
    _step(unit, ticket, push, names[turn])
    if ticket.urgency is Urgency.EMERGENCY:
        tell_of_untaken(unit, ticket)
    return False


def _step(unit: UnitOfWork, ticket: Ticket, push: Push, rung: Rung) -> None:
    minutes = int((unit.now - ticket.opened_at).total_seconds() // 60)
    if rung is Rung.NEXT_ON_DUTY:
        following = _following(unit, ticket)
        if following is None:
            return
        ticket.offered_to_id = following.id
        cards.say_under(unit, ticket, OfferedNext(ticket.number, following.name, minutes), key=push.key)
        steps.enter(unit, ticket, Step.OFFERED, following.name)
    else:
        people, role = _people(unit, ticket, rung), ROLES[rung]
        names = tuple(member.name for member in people)
        if rung is Rung.LEAD:
            cards.say_under(unit, ticket, LeadAsked(ticket.number, names, minutes), key=push.key)
        else:
            said = NotTaken(ticket.number, ticket.trade, ticket.group, minutes, role, names)
            offers.tell_managers(unit, ticket, said, key=push.key)
        ticket.escalate(role)
        steps.enter(unit, ticket, Step.NOT_TAKEN, role)
    cards.refresh(unit, ticket)


def _stands(unit: UnitOfWork, ticket: Ticket, rung: Rung) -> bool:
    match rung:
        case Rung.REMIND:
            return True
        case Rung.NEXT_ON_DUTY:
            return _following(unit, ticket) is not None
        case _:
            return bool(_people(unit, ticket, rung))


def _people(unit: UnitOfWork, ticket: Ticket, rung: Rung) -> Sequence[Member]:
    roster, role = unit.rosters.recall(ticket.site_id), ROLES[rung]
    return leads_of(roster, ticket.group) if role is MemberRole.LEAD else with_role(roster, role)


def _following(unit: UnitOfWork, ticket: Ticket) -> Member | None:
    """Another of those on duty, else whoever comes next."""
    if ticket.group is None:
        return None
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    there = [turn.member for turn in on_duty(roster, site, unit.now, ticket.group)]
    other = next((member for member in there if member.id != ticket.offered_to_id), None)
    coming = next_turn(roster, site, unit.now, ticket.group)
    found = other or (coming.member if coming else None)
    return found if found is not None and found.id != ticket.offered_to_id else None
