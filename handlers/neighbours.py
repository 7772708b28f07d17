"""Everybody who reported one thing: taken, finished or reopened for one, it is so for all, and each is told."""

from collections.abc import Callable, Sequence

from handlers.notifications import Notification
from handlers.notifications.to_tenant import (
    Finished,
    NeighboursFinished,
    NeighboursReopened,
    NeighboursTaken,
    Taken,
)
from handlers.speaking import find_private, tell
from handlers.staff_names import told_assignee, told_name
from storage.models import Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, TicketState


def follow(unit: UnitOfWork, first: Ticket) -> None:
    """The further reports stand where the first one stands."""
    for member in unit.incidents.list_members(first.id):
        member.keep_step(first)


def finish(unit: UnitOfWork, first: Ticket, person_id: int) -> Sequence[Ticket]:
    """The work is done for all of them; returns the further reports that this has finished."""
    finished = [member for member in unit.incidents.list_members(first.id) if member.is_open]
    for member in finished:
        member.finish(person_id, unit.now)
        member.done_words = first.done_words
    return finished


def reopen(unit: UnitOfWork, cause: Ticket, first: Ticket) -> Sequence[Ticket]:
    """What is shared is not fixed: whoever has not said that it is gets it reopened too. Returns those reopened."""
    waiting = [ticket for ticket in (first, *unit.incidents.list_members(first.id)) if ticket.id != cause.id]
    reopened = [ticket for ticket in waiting if ticket.state is TicketState.DONE]
    if first.state is TicketState.CLOSED and first.id != cause.id:
        reopened.insert(0, first)  # its own reporter is content, but it has the card
    for ticket in reopened:
        ticket.reopen()
    return reopened


def tell_taken(unit: UnitOfWork, first: Ticket, person_id: int) -> None:
    """Somebody has it."""
    name = told_name(unit, first, person_id)
    everybody = (first, *unit.incidents.list_members(first.id))
    tell_all(
        unit,
        everybody,
        lambda ticket: Taken(ticket.number, told_name(unit, ticket, person_id)),
        lambda numbers: Taken(numbers[0], name) if len(numbers) == 1 else NeighboursTaken(numbers, name),
    )


def tell_finished(unit: UnitOfWork, tickets: Sequence[Ticket]) -> None:
    """It is done: in private with what was done."""
    tell_all(
        unit,
        tickets,
        lambda ticket: Finished(ticket.number, ticket.done_words),
        lambda numbers: Finished(numbers[0], is_private=False) if len(numbers) == 1 else NeighboursFinished(numbers),
    )


def tell_reopened(unit: UnitOfWork, tickets: Sequence[Ticket], first: Ticket) -> None:
    """A neighbour says it is not fixed."""
    name = told_assignee(unit, first)
    tell_all(
        unit,
        tickets,
        lambda ticket: NeighboursReopened((ticket.number,), name),
        lambda numbers: NeighboursReopened(numbers, name),
    )


def tell_all(
    unit: UnitOfWork,
    tickets: Sequence[Ticket],
    in_private: Callable[[Ticket], Notification],
    in_room: Callable[[tuple[int, ...]], Notification],
) -> None:
    """Each in private where possible; those who are not share one line in the room they spoke in."""
    by_room: dict[int, list[Ticket]] = {}
    for ticket in tickets:
        person, private = ticket.reporter_id, find_private(unit, ticket.reporter_id)
        if private is None:
            by_room.setdefault(ticket.chat_id, []).append(ticket)
        else:
            tell(unit, private, in_private(ticket), ticket.language, ticket_id=ticket.id, person_id=person)
    for chat_id, told in by_room.items():
        room, first = unit.chats.get(chat_id), told[0]
        if room.role is ChatRole.ROOM and room.is_open:
            tell(
                unit,
                room,
                in_room(tuple(ticket.number for ticket in told)),
                first.language,
                ticket_id=first.id,
                reply_to=first.message_id,
                person_id=first.reporter_id if len(told) == 1 else None,
            )
