"""What was told of the same flat before: for those who go there, and nothing that is said about people."""

from datetime import timedelta

from handlers import cards
from handlers.notifications.to_duty import PastTicket, Toast, ToastKind, UnitHistory
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from storage.models import OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, Kind, Trade

LOOKS_BACK = timedelta(days=730)
LISTED = 8
READ = 40
"""Tickets looked at, since some are left out."""
ABOUT_PEOPLE = frozenset({Trade.STAFF, Trade.NEIGHBOUR})
"""What is complained of here is somebody, not something."""


def press(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    """Once a day and card as a new message, after that the same one brought up to date."""
    said = history_of(scene.unit, ticket)
    if said is None:
        toast = Toast(ToastKind.NO_ROOM_KNOWN, ticket.number)
        return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)
    key = f"history:{row.id}:{scene.now:%Y%m%d}"
    standing = scene.unit.outbox.find_by_key(key)
    if standing is None:
        tell(scene.unit, scene.chat, said, row.language, ticket_id=ticket.id, under=row.id, key=key)
        return Outcome(Disposition.ANSWERED, ticket.id)
    change(scene.unit, standing.id, said, row.language)
    toast = Toast(ToastKind.UNDER_THE_CARD, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)


def history_of(unit: UnitOfWork, ticket: Ticket) -> UnitHistory | None:
    """The last tickets of its flat; None where nobody knows which flat it is."""
    if ticket.unit is None:
        return None
    since = unit.now - LOOKS_BACK
    found = unit.visits.list_of_unit(ticket.site_id, ticket.building_id, ticket.unit, since, READ)
    guarded = unit.complaints.guarded()
    told = [each for each in found if each.id not in (ticket.id, *guarded) and not _is_about_people(each)]
    lines = tuple(_line(unit, each) for each in told[:LISTED])
    return UnitHistory(ticket.number, cards.place_of(unit, ticket) or ticket.unit, lines, len(told) > LISTED)


def _is_about_people(ticket: Ticket) -> bool:
    return ticket.kind is Kind.COMPLAINT and ticket.trade in ABOUT_PEOPLE


def _line(unit: UnitOfWork, ticket: Ticket) -> PastTicket:
    callback = unit.afterwards.find_callback(ticket.id, ticket.round) if ticket.round else None
    return PastTicket(
        ticket.number,
        ticket.opened_at,
        ticket.kind,
        ticket.trade,
        ticket.state,
        ticket.close_reason,
        callback.outcome if callback is not None else None,
        callback.rating if callback is not None else None,
        ticket.done_words if ticket.kind is not Kind.COMPLAINT else None,
    )
