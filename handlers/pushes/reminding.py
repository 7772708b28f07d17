"""How long an offer may stand before its duty chat is reminded, and once more before the manager is told."""

from dataclasses import replace
from datetime import timedelta

from handlers import promises
from handlers.notifications import unpack
from handlers.notifications.to_duty import StillUntaken
from handlers.roster.rungs import has_ladder, rungs_of
from handlers.speaking import change
from storage.models import Ticket
from storage.repositories.rosters import SiteRoster
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Urgency

KIND = "untaken"
REMIND_AFTER = {
    Urgency.EMERGENCY: timedelta(minutes=3),
    Urgency.URGENT: timedelta(minutes=10),
    Urgency.NORMAL: timedelta(minutes=30),
    Urgency.LOW: timedelta(hours=2),
}
EVEN_TURNS = 3
LONGEST_REMINDER = timedelta(hours=2)
LONGEST = timedelta(days=1)
MOST_DOUBLINGS = 10


def plan(unit: UnitOfWork, ticket: Ticket, turn: int = 0, *, offered_again: bool = False) -> None:
    """Plan a reminder for this offer; a hand-over is a new offer with reminders of its own.

    `offered_again`: it had found no duty chat before, so its first reminders have been used up.
    """
    offer = f"{ticket.handed_over}b" if offered_again else ticket.handed_over
    roster, pause = unit.rosters.recall(ticket.site_id), REMIND_AFTER[ticket.urgency]
    if has_ladder(roster):
        rungs = rungs_of(roster, ticket.urgency, pause)
        pause = rungs[0][1] if rungs else pause
    _plan(unit, ticket, f"{offer}:{turn}", pause, roster)


def plan_turn(unit: UnitOfWork, ticket: Ticket, key: str, turn: int, pause: timedelta) -> None:
    """A turn of the same offer, by its number on the ladder."""
    _plan(unit, ticket, f"{key.split(':')[2]}:{turn}", pause)


def plan_next(unit: UnitOfWork, ticket: Ticket, key: str) -> None:
    """The turn after the one of this key, of the same offer; the pauses grow from the fourth on."""
    _, _, offer, turn = key.split(":")
    grown = 2 ** min(max(int(turn) + 1 - EVEN_TURNS, 0), MOST_DOUBLINGS)
    _plan(unit, ticket, f"{offer}:{int(turn) + 1}", min(LONGEST_REMINDER, REMIND_AFTER[ticket.urgency] * grown))


def plan_another_try(unit: UnitOfWork, ticket: Ticket, turn: int) -> None:
    """It has no duty chat to go to: another look, with pauses that grow to a day."""
    pause = min(LONGEST, REMIND_AFTER[ticket.urgency] * 2 ** min(turn, MOST_DOUBLINGS))
    _plan(unit, ticket, f"{ticket.handed_over}:{turn + 1}", pause)


def turn_of(key: str) -> int:
    """How many reminders of its offer came before."""
    return int(key.rpartition(":")[2])


def _plan(unit: UnitOfWork, ticket: Ticket, which: str, after: timedelta, roster: SiteRoster | None = None) -> None:
    # With a roster the ladder is climbed in working time: nobody is woken for what may wait till the morning.
    roster = roster or unit.rosters.recall(ticket.site_id)
    due = unit.now + after if roster.is_empty else promises.worked_on(unit, ticket, unit.now, after)
    unit.pushes.plan(KIND, f"{KIND}:{ticket.id}:{which}", due, ticket_id=ticket.id)


def stop(unit: UnitOfWork, ticket: Ticket) -> None:
    """Somebody has it, or nobody needs to."""
    unit.pushes.cancel(KIND, ticket.id)
    said = unit.outbox.list_messages(ticket.id, StillUntaken.__name__)
    changed = {row.target_id for row in unit.outbox.list_by_ticket(ticket.id)} if said else set()
    for row in said:
        reminder = unpack(row.notification, row.payload)
        if row.id not in changed and isinstance(reminder, StillUntaken):
            change(unit, row.id, replace(reminder, is_over=True), row.language)
