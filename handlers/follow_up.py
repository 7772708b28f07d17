"""What is said after a ticket was opened: more words, urging, thanks, "still leaking", taking it back."""

from datetime import timedelta

from handlers import callbacks, cards
from handlers.hearing import AFTERTHOUGHT, FOLLOW_UP, Heard, keep_attachments
from handlers.notifications.to_duty import TenantSaid, TenantUrges
from handlers.notifications.to_tenant import Cancelled, Noted, Reopened, UrgingPassed
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, language_of, react, tell
from handlers.understanding.understanding import Sense
from storage.models import Ticket
from storage.vocabulary import (
    Audience,
    CallbackOutcome,
    ChatRole,
    CloseReason,
    Disposition,
    EntryKind,
    Kind,
    Side,
    TicketState,
    Trade,
)

TALK = timedelta(days=1)
"""After staff wrote, what the tenant answers in private within this time belongs to that ticket."""


def hear(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """The reporter answers a message of this ticket."""
    by_sense = _by_sense(heard, scene, ticket)
    return by_sense or add(heard, scene, ticket)


def hear_by_sense(heard: Heard, scene: Scene) -> Outcome | None:
    """ "Any news?" names no ticket: the newest that fits. None when there is none, and the words stand alone."""
    ticket = _find_meant(heard, scene)
    return _by_sense(heard, scene, ticket) if ticket else None


def _find_meant(heard: Heard, scene: Scene) -> Ticket | None:
    """Same trade before any trade; among these what happened last, a finish included where the words may mean one."""
    tickets = [(ticket.opened_at, ticket) for ticket in scene.unit.tickets.list_open_of(scene.person.id)]
    if heard.reading.sense in (Sense.STILL_BROKEN, Sense.THANKS):
        finished = scene.unit.tickets.find_last_finished_of(scene.person.id, scene.now - FOLLOW_UP)
        if finished is not None and finished.done_at is not None:
            tickets.append((finished.done_at, finished))
    same_trade = [(at, ticket) for at, ticket in tickets if ticket.trade is heard.reading.trade]
    return max(same_trade or tickets, key=lambda one: one[0], default=(None, None))[1]


def _by_sense(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome | None:
    match heard.reading.sense:
        case Sense.URGING if ticket.is_open:
            return _urge(heard, scene, ticket)
        case Sense.STILL_BROKEN if ticket.is_open:
            return _urge(heard, scene, ticket)
        case Sense.STILL_BROKEN if ticket.state in (TicketState.DONE, TicketState.CLOSED):
            return _reopen(heard, scene, ticket)
        case Sense.THANKS if ticket.state is TicketState.DONE:
            callbacks.record(scene, ticket, CallbackOutcome.FIXED)
            _write(heard, scene, ticket)
            return Outcome(Disposition.ADDED, ticket.id, "thanks")
        case Sense.THANKS:
            _write(heard, scene, ticket)
            return Outcome(Disposition.ADDED, ticket.id, "thanks")
        case Sense.CANCEL if ticket.is_open:
            return _cancel(heard, scene, ticket)
        case _:
            return None


def belongs(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """Whether a line right after an opening is more of the same case rather than chatter or a case of its own."""
    reading = heard.reading
    if reading.sense is Sense.THANKS:
        return False
    if (
        reading.kind is not Kind.CHATTER
        and reading.trade not in (None, Trade.OTHER, ticket.trade)
        and reading.confidence >= 0.6
    ):
        return False
    if reading.kind is not Kind.CHATTER:
        return reading.kind is ticket.kind or reading.confidence < 0.6
    says_more = bool(reading.place.words or reading.phone or reading.visit_time)
    return says_more or (ticket.is_open and scene.now - ticket.opened_at <= AFTERTHOUGHT)


def find_talk(scene: Scene) -> Ticket | None:
    """The one open ticket whose staff wrote to this person lately."""
    since = scene.now - TALK
    for ticket in scene.unit.tickets.list_open_of(scene.person.id):
        entries = scene.unit.tickets.list_entries(ticket.id)
        if any(entry.kind is EntryKind.REPLY and entry.at >= since for entry in entries):
            return ticket
    return None


def add(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """More words or files for a ticket; whatever they tell that was missing fills the card."""
    _write(heard, scene, ticket)
    _fill(heard, scene, ticket)
    _acknowledge(heard, scene, ticket)
    if heard.event.text:
        _tell_duty(scene, ticket, TenantSaid(ticket.number, scene.person.name, heard.event.text))
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id)


def correct(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """The tenant changed what they had written; until somebody has taken it, the card follows the new words."""
    opened_it = ticket.message_id == heard.event.message_id
    if opened_it and ticket.state in (TicketState.RECEIVED, TicketState.ASSIGNED) and heard.event.text:
        ticket.words = heard.event.text
    return add(heard, scene, ticket)


def _write(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    keep_attachments(heard.event, scene, ticket)
    if heard.event.text:
        scene.unit.tickets.add_entry(
            ticket.id,
            scene.now,
            EntryKind.WORDS,
            Side.TENANT,
            Audience.REPORTER,
            heard.event.text,
            person_id=scene.person.id,
            inbox_id=scene.inbox_id,
        )


def _fill(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    reading = heard.reading
    place = reading.place
    if place.building and ticket.building_id is None:
        named = (b for b in scene.unit.sites.list_buildings(ticket.site_id) if b.name == place.building)
        ticket.building_id = next((b.id for b in named), None)
    ticket.unit = ticket.unit or place.unit
    ticket.place = ticket.place or place.words
    ticket.phone = ticket.phone or reading.phone
    ticket.visit_time = reading.visit_time or ticket.visit_time


def _acknowledge(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    if scene.chat.role is ChatRole.PRIVATE and heard.event.text:
        tell(scene.unit, scene.chat, Noted(ticket.number), heard.reading.language, ticket_id=ticket.id)
    else:
        react(scene.unit, scene.chat, heard.event.message_id, SEEN)


def _urge(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    ticket.urge()
    keep_attachments(heard.event, scene, ticket)
    scene.unit.tickets.add_entry(
        ticket.id,
        scene.now,
        EntryKind.URGING,
        Side.TENANT,
        Audience.REPORTER,
        heard.event.text,
        person_id=scene.person.id,
        inbox_id=scene.inbox_id,
    )
    said = UrgingPassed(ticket.number, ticket.state, cards.assignee_of(scene.unit, ticket))
    tell(scene.unit, scene.chat, said, heard.reading.language, ticket_id=ticket.id, reply_to=heard.event.message_id)
    _tell_duty(scene, ticket, TenantUrges(ticket.number, ticket.urged))
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "urging")


def _reopen(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    _write(heard, scene, ticket)
    callbacks.reopen(scene, ticket, CallbackOutcome.NOT_FIXED)
    said = Reopened(ticket.number, cards.assignee_of(scene.unit, ticket))
    tell(scene.unit, scene.chat, said, heard.reading.language, ticket_id=ticket.id, reply_to=heard.event.message_id)
    return Outcome(Disposition.ADDED, ticket.id, "still broken")


def _cancel(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    ticket.cancel(scene.now)
    _write(heard, scene, ticket)
    scene.unit.pushes.cancel("untaken", ticket.id)
    tell(scene.unit, scene.chat, Cancelled(ticket.number), heard.reading.language, ticket_id=ticket.id)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, CloseReason.CANCELLED)


def _tell_duty(scene: Scene, ticket: Ticket, said: TenantSaid | TenantUrges) -> None:
    """Under the newest card in each duty chat that has one."""
    for row in scene.unit.outbox.list_messages(ticket.id, cards.CARD):
        chat = scene.unit.chats.get(row.chat_id)
        tell(scene.unit, chat, said, language_of(scene.unit, chat), ticket_id=ticket.id, lane=row.lane, under=row.id)
