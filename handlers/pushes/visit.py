"""A visit is near, or its hour has gone by: both sides are reminded, then staff are asked how it went."""

from dataclasses import replace

from handlers import cards
from handlers.notifications.to_duty import VisitNear, WereYouThere
from handlers.notifications.to_tenant import VisitReminder
from handlers.pushes.push import ScheduledPush
from handlers.scene import Desk
from handlers.speaking import tell_reporter
from handlers.staff_names import told_assignee
from handlers.visits import agreeing, reminders
from storage.models import Push, Ticket, Visit
from storage.unit_of_work import UnitOfWork
from storage.visit_vocabulary import VisitState


def remind(unit: UnitOfWork, desk: Desk, push: Push) -> None:
    """The evening before, or two hours: the tenant, and whoever comes."""
    found = _find(unit, push)
    if found is None:
        return
    ticket, visit = found
    worker = told_assignee(unit, ticket)
    said = VisitReminder(ticket.number, visit.id, visit.starts_at, visit.ends_at, worker)
    link = agreeing.private_link(desk, unit.chats.get(ticket.chat_id))
    tell_reporter(unit, ticket, said, replace(said, is_private=False, open_private=link), key=push.key)
    cards.say_under(unit, ticket, _near(unit, ticket, visit), key=push.key)


def hurry(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Half an hour before: whoever comes."""
    found = _find(unit, push)
    if found is not None:
        minutes = int(reminders.SOON.total_seconds() // 60)
        cards.say_under(unit, found[0], _near(unit, *found, minutes), key=push.key)


def ask(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Were you there?"""
    found = _find(unit, push)
    if found is None:
        return
    ticket, visit = found
    name = cards.assignee_of(unit, ticket)
    said = WereYouThere(ticket.number, ticket.kind, ticket.trade, name, visit.starts_at, visit.ends_at)
    cards.say_under(unit, ticket, said, key=push.key)


def _find(unit: UnitOfWork, push: Push) -> tuple[Ticket, Visit] | None:
    """The visit, if both still want it and the ticket is open, also one that has joined an incident since."""
    visit = unit.visits.find(push.subject_id) if push.subject_id is not None else None
    if visit is None or visit.state is not VisitState.AGREED:
        return None
    ticket = unit.tickets.get(visit.ticket_id)
    return (ticket, visit) if ticket.is_open else None


def _near(unit: UnitOfWork, ticket: Ticket, visit: Visit, minutes: int | None = None) -> VisitNear:
    worker, place = cards.assignee_of(unit, ticket), cards.place_of(unit, ticket)
    hours = (visit.starts_at, visit.ends_at)
    return VisitNear(ticket.number, ticket.trade, worker, *hours, place, ticket.phone, minutes)


VISIT_REMINDER = ScheduledPush(reminders.REMINDER, remind)
VISIT_NEAR = ScheduledPush(reminders.NEAR, hurry)
VISIT_AFTER = ScheduledPush(reminders.AFTER, ask)
