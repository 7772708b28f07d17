"""Callbacks that are asked together: whose they are, the one message that asks, how it keeps up with the answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import cards, incidents
from handlers.notifications import unpack
from handlers.notifications.to_tenant import CallbackChecks, Job
from handlers.speaking import change, find_private, tell
from storage.models import OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, TicketState

MESSAGE = CallbackChecks.__name__
MOST = 8
"""Jobs in one message; more buttons would be a wall."""
LOOKS_BACK = timedelta(days=14)


def list_together(unit: UnitOfWork, ticket: Ticket, kind: str) -> tuple[Sequence[Ticket], datetime]:
    """The finished tickets to ask about with this one, itself among them, and when: now, or at the last one's time.

    In private that is whatever is due to the person on the same day; in a room the neighbours' of the same incident.
    """
    is_private = find_private(unit, ticket.reporter_id) is not None
    is_shared = not is_private and (ticket.incident_id is not None or unit.incidents.count_members(ticket.id) > 0)
    if is_shared:
        first = incidents.first_of(unit, ticket)
        near = [each for each in (first, *unit.incidents.list_members(first.id)) if _is_heard_in(unit, each, ticket)]
    else:
        near = [
            each
            for each in unit.tickets.list_finished_of(ticket.reporter_id, unit.now - LOOKS_BACK)
            if each.site_id == ticket.site_id and (is_private or each.chat_id == ticket.chat_id)
        ]
    due = unit.pushes.list_waiting_for(kind, [each.id for each in near if each.state is TicketState.DONE])
    end = unit.now if is_shared else _end_of_day(unit, ticket)
    today = {ticket_id: at for ticket_id, at in due.items() if at <= end}
    chosen = [ticket, *(each for each in near if each.id in today and each.id != ticket.id)][:MOST]
    return sorted(chosen, key=lambda each: each.id), max([unit.now, *(today[t.id] for t in chosen if t.id in today)])


def ask(unit: UnitOfWork, tickets: Sequence[Ticket], key: str, *, is_reminder: bool) -> bool:
    """One question about all of them; False when neither a private chat nor the room takes it."""
    first, people = tickets[0], {ticket.reporter_id for ticket in tickets}
    if any(unit.chats.is_shadow_ticket(ticket.id) for ticket in tickets):
        return False
    private = find_private(unit, first.reporter_id) if len(people) == 1 else None
    chat = private or unit.chats.get(first.chat_id)
    if private is None and (chat.role is not ChatRole.ROOM or not chat.is_open):
        return False
    is_shared = len(people) > 1
    jobs = tuple(_job(unit, ticket, is_private=private is not None) for ticket in tickets)
    tell(
        unit,
        chat,
        CallbackChecks(jobs, is_shared, is_reminder),
        first.language,
        ticket_id=first.id,
        reply_to=None if private is not None else first.message_id,
        person_id=None if is_shared else first.reporter_id,
        key=key,
    )
    return True


def checks_in(row: OutboxRow) -> CallbackChecks:
    """What a message asks about, as it was first said: its jobs never change, only their answers do."""
    said = unpack(row.notification, row.payload)
    if not isinstance(said, CallbackChecks):
        raise TypeError(row.notification)
    return said


def find_message(unit: UnitOfWork, ticket: Ticket) -> OutboxRow | None:
    """The newest message that asked about this finish together with others."""
    return max(_messages(unit, ticket), key=lambda row: row.id, default=None)


def keep_up(unit: UnitOfWork, ticket: Ticket, rating: int | None = None) -> None:
    """Every message that asked about this finish with others says what has been answered by now."""
    for row in _messages(unit, ticket):
        said = checks_in(row)
        jobs = tuple(_answered(unit, ticket.site_id, job) for job in said.jobs)
        change(unit, row.id, replace(said, jobs=jobs, rating=rating), row.language)


def _messages(unit: UnitOfWork, ticket: Ticket) -> list[OutboxRow]:
    first = incidents.first_of(unit, ticket)
    theirs = unit.tickets.list_finished_of(ticket.reporter_id, unit.now - LOOKS_BACK)
    near = {each.id for each in (ticket, first, *unit.incidents.list_members(first.id), *theirs)}
    return [
        row
        for ticket_id in sorted(near)
        for row in unit.outbox.list_messages(ticket_id, MESSAGE)
        if any((job.number, job.round) == (ticket.number, ticket.round) for job in checks_in(row).jobs)
    ]


def _answered(unit: UnitOfWork, site_id: int, job: Job) -> Job:
    ticket = unit.tickets.find_by_number(site_id, job.number)
    if ticket is None:
        return replace(job, is_settled=True)
    callback = unit.afterwards.find_callback(ticket.id, job.round)
    outcome = callback.outcome if callback is not None else None
    is_over = outcome is not None or ticket.is_open or ticket.round != job.round
    return replace(job, outcome=outcome, is_settled=is_over)


def _job(unit: UnitOfWork, ticket: Ticket, *, is_private: bool) -> Job:
    if ticket.done_at is None:
        raise LookupError("a finished ticket without the time of its finish")
    building = unit.sites.find_building(ticket.building_id)
    place = cards.place_of(unit, ticket) if is_private else building.name if building else None
    return Job(ticket.number, ticket.round, ticket.trade, place, ticket.done_at)


def _is_heard_in(unit: UnitOfWork, each: Ticket, ticket: Ticket) -> bool:
    return each.chat_id == ticket.chat_id and find_private(unit, each.reporter_id) is None


def _end_of_day(unit: UnitOfWork, ticket: Ticket) -> datetime:
    zone = ZoneInfo(unit.sites.get(ticket.site_id).timezone)
    tomorrow = unit.now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), zone) - timedelta(seconds=1)
