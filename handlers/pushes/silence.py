"""Taken, and nothing heard since: whoever has it is asked, then their lead is told."""

from datetime import timedelta

from handlers import cards, promises
from handlers.notifications.to_duty import TakenSilent
from handlers.pushes.push import ScheduledPush
from handlers.roster.turns import leads_of
from handlers.scene import Desk
from handlers.steps import Step, is_step
from storage.models import Push, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Side, TicketState, Urgency

KIND = "silence"
AFTER = {
    Urgency.EMERGENCY: timedelta(minutes=15),
    Urgency.URGENT: timedelta(hours=1),
    Urgency.NORMAL: timedelta(hours=8),
    Urgency.LOW: timedelta(hours=16),
}
"""Working time."""
TIMES = 2
"""Asked, then told to the lead; after that the promise speaks."""


def plan(unit: UnitOfWork, ticket: Ticket, turn: int = 0) -> None:
    """Look again after a while, on a site that has a roster."""
    if ticket.accepted_at is None or unit.rosters.recall(ticket.site_id).is_empty:
        return
    key = f"{KIND}:{ticket.id}:{int(ticket.accepted_at.timestamp())}:{turn}:{int(unit.now.timestamp())}"
    due = promises.worked_on(unit, ticket, unit.now, AFTER[ticket.urgency])
    unit.pushes.plan(KIND, key, due, ticket_id=ticket.id)


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Only what is still with the same hands, and neither waits nor was touched."""
    if push.ticket_id is None:
        return
    ticket = unit.tickets.get(push.ticket_id)
    _, _, accepted, turn, since = push.key.split(":")
    is_the_same = ticket.accepted_at is not None and int(ticket.accepted_at.timestamp()) == int(accepted)
    if ticket.state is not TicketState.ACCEPTED or not is_the_same or ticket.incident_id is not None:
        return
    visit = unit.visits.find_live(ticket.id)  # whoever has agreed on an hour need not say before it how it goes
    is_ahead = visit is not None and visit.starts_at > unit.now
    if ticket.waits_for is not None or is_ahead or _was_heard(unit, ticket, int(since)):
        plan(unit, ticket)
        return
    minutes = (int(unit.now.timestamp()) - int(accepted)) // 60
    leads = tuple(member.name for member in leads_of(unit.rosters.recall(ticket.site_id), ticket.group))
    said = TakenSilent(ticket.number, cards.assignee_of(unit, ticket) or "", minutes, leads if int(turn) else ())
    cards.say_under(unit, ticket, said, key=push.key)
    if int(turn) + 1 < TIMES:
        plan(unit, ticket, int(turn) + 1)


def _was_heard(unit: UnitOfWork, ticket: Ticket, since: int) -> bool:
    """Whether staff did or said anything about it since; taking it is what made us wait."""
    return any(
        entry.side is Side.STAFF and entry.at.timestamp() > since and not is_step(entry, Step.TAKEN)
        for entry in unit.tickets.list_entries(ticket.id)
    )


SILENCE = ScheduledPush(KIND, fire)
