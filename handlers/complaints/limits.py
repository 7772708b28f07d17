"""The time of each step of a complaint: in the working time of whoever has it, without its pauses, like any promise."""

from datetime import datetime, timedelta

from handlers import promises
from handlers.kinds import KINDS
from handlers.notifications.to_duty import ComplaintShown
from storage.complaint_vocabulary import ComplaintStep, Weight
from storage.models import Complaint, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, Urgency

HASTE = {Weight.GRAVE: 0.5}
"""A grave one may take half as long."""


def begin(unit: UnitOfWork, ticket: Ticket, complaint: Complaint) -> None:
    """A step has begun: by when it is promised. Who is asked has the time of an answer, at whichever step."""
    amount = KINDS[Kind.COMPLAINT].steps.get(ComplaintStep.ANSWER if complaint.is_asked else complaint.step)
    if amount is None or ticket.urgency is Urgency.EMERGENCY:
        complaint.due_at = None
        return
    amount *= HASTE.get(complaint.weight, 1.0) if complaint.weight else 1.0
    complaint.due_at = _due(unit, ticket, complaint.begun_at, amount)
    promises.watch_step(unit, ticket, complaint.due_at)


def begin_new(unit: UnitOfWork, ticket: Ticket) -> None:
    """The steps of a complaint opened now. Nothing is asked: its rows are written together with those of other acts."""
    due = None
    if ticket.urgency is not Urgency.EMERGENCY:
        due = promises.worked_on(unit, ticket, ticket.opened_at, KINDS[Kind.COMPLAINT].steps[ComplaintStep.CONFIRM])
        promises.watch_step(unit, ticket, due)
    unit.complaints.begin(ticket.id, ticket.opened_at, due)


def recount(unit: UnitOfWork, ticket: Ticket) -> None:
    """The ticket's clock stood still or runs by another calendar: so does its step's."""
    complaint = unit.complaints.find(ticket.id)
    if complaint is None or complaint.is_asked:
        return
    if ticket.waits_for is not None:
        complaint.due_at = None
    else:
        begin(unit, ticket, complaint)


def shown_of(unit: UnitOfWork, ticket: Ticket) -> ComplaintShown:
    """What the card shows of it."""
    complaint = unit.complaints.find(ticket.id)
    is_guarded = ticket.id in unit.complaints.guarded()
    if complaint is None:
        return ComplaintShown(is_guarded=is_guarded)
    due = complaint.due_at
    return ComplaintShown(
        step=complaint.step,
        is_asked=complaint.is_asked,
        due_at=due,
        is_late=due is not None and due <= unit.now,
        weight=complaint.weight,
        affected=complaint.affected,
        proposals=complaint.proposals,
        summary=complaint.summary,
        is_guarded=is_guarded,
    )


def _due(unit: UnitOfWork, ticket: Ticket, since: datetime, amount: timedelta) -> datetime:
    return promises.worked_on(unit, ticket, since, amount + promises.paused_since(unit, ticket, since))
