"""The duty card of a ticket: made once per duty chat, refreshed wherever it stands."""

from dataclasses import replace

from handlers.notifications.to_duty import Menu, TicketCard
from handlers.speaking import change, language_of, tell
from storage.models import Chat, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Lane, OutboxState, Urgency

CARD = TicketCard.__name__
REPLY = "StaffReply"
NOTICE = "AnswerWaits"


def post(unit: UnitOfWork, ticket: Ticket, chat: Chat, card: TicketCard) -> None:
    """Put the ticket's card into a duty chat."""
    lane = Lane.EMERGENCY if ticket.urgency is Urgency.EMERGENCY else Lane.NORMAL
    tell(unit, chat, card, language_of(unit, chat), ticket_id=ticket.id, lane=lane)


def refresh(unit: UnitOfWork, ticket: Ticket, *, menu: Menu = Menu.MAIN, only: int | None = None) -> None:
    """Make every standing card of the ticket say how things are now; `only` opens a menu on one of them."""
    rows = unit.outbox.list_messages(ticket.id, CARD)
    for row in rows:
        if only is None or row.id == only:
            change(unit, row.id, card_of(unit, ticket, menu), row.language)


def card_of(unit: UnitOfWork, ticket: Ticket, menu: Menu = Menu.MAIN) -> TicketCard:
    """What the card says now."""
    callback = unit.afterwards.find_callback(ticket.id, ticket.round) if ticket.round else None
    fresh = new_card(
        unit, ticket, unit.people.get(ticket.reporter_id).name, len(unit.attachments.list_by_ticket(ticket.id))
    )
    return replace(
        fresh,
        assignee=assignee_of(unit, ticket),
        is_late=ticket.is_open and ticket.finish_due_at is not None and ticket.finish_due_at < unit.now,
        urged=ticket.urged,
        reopened=ticket.reopened,
        report=ticket.done_words,
        rating=callback.rating if callback else None,
        reply_state=_reply_state(unit, ticket),
        menu=menu,
    )


def new_card(unit: UnitOfWork, ticket: Ticket, reporter: str, files: int) -> TicketCard:
    """The card of a ticket opened a moment ago: nobody has taken it, nothing has been said."""
    return TicketCard(
        number=ticket.number,
        kind=ticket.kind,
        trade=ticket.trade,
        urgency=ticket.urgency,
        state=ticket.state,
        words=ticket.words,
        reporter=reporter,
        opened_at=ticket.opened_at,
        group=ticket.group,
        place=place_of(unit, ticket),
        phone=ticket.phone,
        visit_time=ticket.visit_time,
        finish_due_at=ticket.finish_due_at,
        files=files,
        close_reason=ticket.close_reason,
    )


def place_of(unit: UnitOfWork, ticket: Ticket) -> str | None:
    """Building and unit as the site writes them, else the tenant's own words for the place."""
    building = unit.sites.find_building(ticket.building_id)
    if building is None:
        return ticket.place or ticket.unit
    return f"{building.name} {ticket.unit}" if ticket.unit else building.name


def assignee_of(unit: UnitOfWork, ticket: Ticket) -> str | None:
    """The name of whoever has it."""
    return unit.people.get(ticket.assignee_id).name if ticket.assignee_id else None


def _reply_state(unit: UnitOfWork, ticket: Ticket) -> str | None:
    """The true delivery state of the last staff reply: never `sent` before the platform said so."""
    rows = [row for row in unit.outbox.list_by_ticket(ticket.id) if row.entry_id is not None]
    if not rows:
        return None
    last = max(rows, key=lambda row: (row.entry_id, row.notification == REPLY, row.id))
    if last.notification == NOTICE and last.state in (OutboxState.SENT, OutboxState.PENDING, OutboxState.SENDING):
        return "waits_for_start"
    match last.state:
        case OutboxState.SENT:
            return "sent"
        case OutboxState.REFUSED:
            return "blocked" if last.reason == "blocked" else "refused"
        case OutboxState.DEAD:
            return "unknown" if last.reason == "unknown" else "refused"
        case _:
            return "queued"
