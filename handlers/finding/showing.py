"""One ticket found again: its living card where this chat works on it, else all of it to read."""

from dataclasses import replace

from handlers import audit, cards
from handlers.catching_up import post_whole
from handlers.notifications import pack
from handlers.notifications.to_duty import TicketCard
from handlers.notifications.to_duty.thread import LINES_PER_PAGE, CardBelow, ThreadLine, WholeTicket
from handlers.scene import Outcome, Scene
from handlers.sight import masked, sees_phone, sight_of, without_phones
from handlers.speaking import change, tell
from storage.models import Entry, OutboxRow, Ticket
from storage.registration_vocabulary import Look
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition, EntryKind


def show(scene: Scene, ticket: Ticket, *, under: int | None = None) -> None:
    """A ticket from a list: the card anew in the chat of those who work on it, to all others everything to read."""
    if _has_card_here(scene, ticket) and scene.chat.group is ticket.group:
        show_card(scene, ticket)
    else:
        show_whole(scene, ticket, under=under)


def show_card(scene: Scene, ticket: Ticket) -> None:
    """The living card once more, at the end of the chat; those above only point to it, so that one stands alive."""
    unit = scene.unit
    audit.note(scene, Look.TICKET, ticket)
    above = [row for row in unit.outbox.list_messages(ticket.id, cards.CARD) if row.chat_id == scene.chat.id]
    for row in above:
        said = CardBelow(ticket.number)
        change(unit, row.id, said, row.language)
        # From now on it is no card: what changes is written on the new one alone, and its old buttons say so.
        row.notification, row.payload = CardBelow.__name__, pack(said)
    unit.flush()
    post_whole(unit, ticket, scene.chat)


def show_whole(scene: Scene, ticket: Ticket, *, under: int | None = None) -> None:
    """Everything, from the beginning."""
    audit.note(scene, Look.TICKET, ticket)
    tell(scene.unit, scene.chat, _whole(scene, ticket, 0), scene.language, ticket_id=ticket.id, under=under)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """Turn the page, ask for the number, or have the living card here."""
    if row.ticket_id is None:
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    if not sight_of(scene.unit, scene.chat, scene.site.id).sees(ticket):
        return None
    match verb, choice:
        case "page", _:
            change(scene.unit, row.id, _whole(scene, ticket, max(0, int(choice))), row.language)
        case "phone", "":
            audit.note(scene, Look.PHONE, ticket)
            change(scene.unit, row.id, _whole(scene, ticket, 0, has_phone=True), row.language)
        case "card", "" if _has_card_here(scene, ticket):
            show_card(scene, ticket)
        case _:
            return None
    return Outcome(Disposition.ANSWERED, ticket.id)


def _has_card_here(scene: Scene, ticket: Ticket) -> bool:
    """Whether this chat may act on it now; a further report of an incident has no card of its own."""
    is_ours = scene.chat.role is ChatRole.DUTY and cards.is_for(ticket, scene.chat)
    return is_ours and ticket.is_open and ticket.incident_id is None


def _whole(scene: Scene, ticket: Ticket, page: int, *, has_phone: bool = False) -> WholeTicket:
    card: TicketCard = cards.card_of(scene.unit, ticket)
    hides = ticket.phone is not None and not (has_phone or sees_phone(scene.chat, ticket))
    entries = [entry for entry in scene.unit.tickets.list_entries(ticket.id) if _tells_more(entry, ticket)]
    pages = max(1, -(-len(entries) // LINES_PER_PAGE))
    page = min(page, pages - 1)
    shown = entries[page * LINES_PER_PAGE :][:LINES_PER_PAGE]
    return WholeTicket(
        card=replace(card, phone=masked(ticket.phone), words=without_phones(card.words)) if hides else card,
        lines=tuple(_line(scene.unit, entry, hides_phone=hides) for entry in shown),
        page=page,
        pages=pages,
        hides_phone=hides,
        has_card=_has_card_here(scene, ticket),
        can_print=bool(scene.desk.public_url),
    )


def thread_of(unit: UnitOfWork, ticket: Ticket) -> tuple[ThreadLine, ...]:
    """Everything said and done about it beside the words that opened it."""
    entries = (entry for entry in unit.tickets.list_entries(ticket.id) if _tells_more(entry, ticket))
    return tuple(_line(unit, entry, hides_phone=False) for entry in entries)


def _tells_more(entry: Entry, ticket: Ticket) -> bool:
    """The words that opened it stand on the card already; a report may be only a file."""
    return bool(entry.text) and not (entry.kind is EntryKind.WORDS and entry.text == ticket.words)


def _line(unit: UnitOfWork, entry: Entry, *, hides_phone: bool) -> ThreadLine:
    who = unit.people.get(entry.person_id).name if entry.person_id is not None else None
    text = without_phones(entry.text) if hides_phone else entry.text
    return ThreadLine(entry.at, entry.kind, entry.side, text, who)
