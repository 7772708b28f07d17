"""A promise is near, or its hour has come: whose it is hears first, then whoever stands above them, one by one."""

from datetime import datetime, timedelta

from handlers import cards, offers, promises, steps, waiting
from handlers.complaints import guarding, together
from handlers.notifications.to_duty import PromiseBroken, PromiseNear, StepLate, TenantSilent
from handlers.notifications.to_manager import StillLate
from handlers.pushes.push import ScheduledPush
from handlers.roster.turns import leads_of, with_role
from handlers.scene import Desk
from handlers.steps import Step
from storage.models import Push, Ticket
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, TicketState

LADDER = (MemberRole.CLIENT_DIRECTOR, MemberRole.OFFICE_MANAGER, MemberRole.QUALITY)
"""Who hears of a broken promise after the lead, each a step later."""
STEP = 0.25
"""Of what was promised, from one rung to the next,"""
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=8)
"""but no sooner and no later than this."""


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Warn before, alarm at, climb after; a promise that has been moved since has its own push."""
    if push.ticket_id is None:
        return
    ticket = unit.tickets.get(push.ticket_id)
    guarding.mind(unit, ticket)
    _, _, which, due = push.key.split(":")
    if which.partition("-")[0] == promises.STEP:
        _fire_step(unit, ticket, push, int(due))
        return
    is_answer, rung = which == "answer", which.partition("-")[2]
    stands = ticket.answer_due_at if is_answer else ticket.finish_due_at
    if not ticket.is_open or ticket.incident_id is not None or stands is None or int(stands.timestamp()) != int(due):
        return
    if is_answer and (ticket.first_answer_at is not None or ticket.waits_for is not None):
        return
    if which == "soon":
        assignee = cards.assignee_of(unit, ticket)
        cards.say_under(unit, ticket, PromiseNear(ticket.number, stands, assignee), key=push.key)
    elif rung:
        _climb(unit, ticket, push, int(rung), stands)
    else:
        said = PromiseBroken(ticket.number, stands, is_answer, _whose(unit, ticket))
        cards.say_under(unit, ticket, said, key=push.key)
        cards.renew(unit, ticket)
        if not is_answer:
            _plan_rung(unit, ticket, "finish", 0, stands)


def _fire_step(unit: UnitOfWork, ticket: Ticket, push: Push, due: int) -> None:
    """The time of a complaint's step is over: a tenant who was asked is to be called, else its keeper is."""
    complaint = unit.complaints.find(ticket.id)
    stands = complaint.due_at if complaint is not None else None
    if complaint is None or stands is None or int(stands.timestamp()) != due:
        return
    if ticket.incident_id is not None and (ticket.is_open or not together.is_closed_alone(unit, ticket)):
        return
    if ticket.state is TicketState.CANCELLED or ticket.kind is not Kind.COMPLAINT:
        return
    rung = push.key.split(":")[2].partition("-")[2]
    if rung:
        _climb(unit, ticket, push, int(rung), stands)
    elif complaint.is_asked:
        cards.say_under(unit, ticket, TenantSilent(ticket.number, ticket.phone), key=push.key)
        waiting.tenant_is_silent(unit, ticket)
        cards.renew(unit, ticket)
        _plan_rung(unit, ticket, promises.STEP, 0, stands)
    else:
        complaint.late_steps += 1
        said = StepLate(ticket.number, complaint.step, stands, _whose(unit, ticket))
        cards.say_under(unit, ticket, said, key=push.key)
        cards.renew(unit, ticket)
        _plan_rung(unit, ticket, promises.STEP, 0, stands)


def _whose(unit: UnitOfWork, ticket: Ticket) -> tuple[str, ...]:
    """Whoever has it, and their lead."""
    assignee = cards.assignee_of(unit, ticket)
    leads = (member.name for member in leads_of(unit.rosters.recall(ticket.site_id), ticket.group))
    return tuple(dict.fromkeys(filter(None, (assignee, *leads))))


def _climb(unit: UnitOfWork, ticket: Ticket, push: Push, rung: int, stands: datetime) -> None:
    """The next one above hears of it; a rung nobody stands on is passed over at once."""
    roster = unit.rosters.recall(ticket.site_id)
    while rung < len(LADDER) and not with_role(roster, LADDER[rung]):
        rung += 1
    if rung >= len(LADDER):
        return
    role = LADDER[rung]
    names = tuple(member.name for member in with_role(roster, role))
    said = StillLate(ticket.number, ticket.trade, ticket.group, stands, role, names)
    offers.tell_managers(unit, ticket, said, key=push.key)
    ticket.escalate(role)
    steps.enter(unit, ticket, Step.LATE, role)
    cards.renew(unit, ticket)
    _plan_rung(unit, ticket, push.key.split(":")[2].partition("-")[0], rung + 1, stands)


def _plan_rung(unit: UnitOfWork, ticket: Ticket, which: str, rung: int, stands: datetime) -> None:
    if rung >= len(LADDER):
        return
    pause = min(max(STEP * promises.amount_of(unit, ticket), SHORTEST), LONGEST)
    key = f"{promises.KIND}:{ticket.id}:{which}-{rung}:{int(stands.timestamp())}"
    due = promises.worked_on(unit, ticket, unit.now, pause)
    unit.pushes.plan(promises.KIND, key, due, ticket_id=ticket.id)


PROMISE = ScheduledPush(promises.KIND, fire)
