"""An hour the tenant chose beyond what was promised: until then the promise stands still, as for anything of theirs."""

from handlers import neighbours, promises
from storage.models import Pause, Ticket, Visit
from storage.roster_vocabulary import WaitsFor
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Urgency


def stand_still(unit: UnitOfWork, ticket: Ticket, visit: Visit) -> None:
    """From now to the visit, where that begins too late to keep the promise."""
    due = ticket.finish_due_at
    if ticket.urgency is Urgency.EMERGENCY or due is None or visit.starts_at < due:
        return
    pause = Pause(ticket_id=ticket.id, waits_for=WaitsFor.TENANT, since=unit.now, until=visit.starts_at)
    unit.rosters.add(pause)
    promises.count(unit, ticket)
    neighbours.follow(unit, ticket)


def run_again(unit: UnitOfWork, ticket: Ticket) -> None:
    """The hour is given up: it counts from now on."""
    standing = [
        each for each in unit.rosters.list_pauses(ticket.id) if each.until is not None and each.until > unit.now
    ]
    for pause in standing:
        pause.until = max(pause.since, unit.now)
    if standing and ticket.is_open:
        promises.count(unit, ticket)
        neighbours.follow(unit, ticket)
