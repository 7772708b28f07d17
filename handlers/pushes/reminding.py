"""How long an offer may stand before its duty chat is reminded, and once more before the manager is told."""

from datetime import timedelta

from storage.models import Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Urgency

KIND = "untaken"
REMIND_AFTER = {
    Urgency.EMERGENCY: timedelta(minutes=3),
    Urgency.URGENT: timedelta(minutes=10),
    Urgency.NORMAL: timedelta(minutes=30),
    Urgency.LOW: timedelta(hours=2),
}


def plan(unit: UnitOfWork, ticket: Ticket, turn: int = 0) -> None:
    """Plan a reminder for this offer; a hand-over is a new offer with reminders of its own."""
    key = f"{KIND}:{ticket.id}:{ticket.handed_over}:{turn}"
    unit.pushes.plan(KIND, key, unit.now + REMIND_AFTER[ticket.urgency], ticket_id=ticket.id)


def stop(unit: UnitOfWork, ticket: Ticket) -> None:
    """Somebody has it, or nobody needs to."""
    unit.pushes.cancel(KIND, ticket.id)
