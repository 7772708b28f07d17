"""Somebody complains without a name: another stands for them, and only the outbox knows where they are.

For each such complaint there is a person nobody is and a private chat whose address is sealed. Whatever the desk does
for a tenant it does for that person; the seal is opened at the wire, and when somebody speaks from that very address.
Of the author's own chat and account nothing is written down beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers import follow_up, taps
from handlers.complaints import asking, sealing
from handlers.complaints.tracing import without_traces
from handlers.complaints.wishes import is_wish
from handlers.events import ButtonPressed, MessageEdited, MessageReceived
from handlers.hearing import find_replied_to, keep_attachments, site_words, understand
from handlers.notifications.to_duty import UNNAMED
from handlers.notifications.to_tenant import UnnamedReceived, WhatToSayUnnamed
from handlers.opening import Case, open_ticket, with_kind
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from handlers.understanding.moves import is_confident
from handlers.understanding.understanding import Place, Understanding
from storage.models import Chat, Person, Ticket
from storage.repositories.inbox import Heard as Noted
from storage.vocabulary import COMMAND, ChatRole, Disposition, Kind, Urgency

GOES_ON = timedelta(minutes=30)
"""How long after the author wrote without a name their further words are meant so too,"""
ANSWERS = timedelta(days=3)
"""and how long after the desk wrote to them there."""
KNOWN_FOR = timedelta(days=60)
"""How long after it was opened anything more can be said about it."""
MOST_A_DAY = 3
"""Unnamed complaints one author opens in a day; more words go to the last of them."""
_OWN_KINDS = (Kind.REPAIR, Kind.INQUIRY, Kind.SERVICE, Kind.SUGGESTION, Kind.PRAISE)

Event = MessageReceived | MessageEdited | ButtonPressed


@dataclass(frozen=True, slots=True)
class Stand:
    """Who stands for the author of one complaint, where they are written to, and their ticket."""

    chat: Chat
    person: Person
    ticket: Ticket


def receive(scene: Scene, event: Event) -> tuple[Chat, Person, Outcome] | None:
    """What is said in private without a name, and who stands for whoever said it; None for everything else."""
    stands = _stands(scene, event)
    stand = _meant(scene, stands, event) if stands else None
    if stand is None and isinstance(event, MessageReceived | MessageEdited) and is_wish(event):
        message = event.message if isinstance(event, MessageEdited) else event
        words = message.command.argument if message.command is not None else message.text
        if not words.strip():
            tell(scene.unit, scene.chat, WhatToSayUnnamed(), scene.language)
            return scene.chat, scene.person, Outcome(Disposition.ANSWERED, reason=f"{COMMAND}anonymous")
        event = replace(message, text=words, command=None)
        if sum(scene.unit.now - each.ticket.opened_at < timedelta(days=1) for each in stands) < MOST_A_DAY:
            author, standing = scene.person.name, _stand_in(scene)
            return standing.chat, standing.person, _open(event, standing, author)
        stand = stands[0]
    if stand is None:
        return None
    standing = replace(scene, chat=stand.chat, person=stand.person)
    return stand.chat, stand.person, _hear(event, standing, stand.ticket, scene.person.name)


def unwritten(secret: str, noted: Noted, event: Event) -> Noted:
    """What is written down of such an update: neither its words, nor what its message is called on the platform."""
    message_id = sealing.tag(secret, event.where.address, noted.message_id) if noted.message_id else None
    return replace(noted, text=None, message_id=message_id)


def is_unnamed(chat: Chat | None) -> bool:
    """Whether a chat is one of those that stand for somebody."""
    return chat is not None and sealing.is_sealed(chat.address)


def _stands(scene: Scene, event: Event) -> Sequence[Stand]:
    """Those who stand for whoever speaks here, the newest first; where nobody complains so, nothing is asked."""
    unit, found = scene.unit, list[Stand]()
    for chat_id, address in unit.chats.list_sealed(event.where.channel, scene.now - KNOWN_FOR):
        if sealing.opened(scene.desk.secret, address) == event.where.address:
            chat = unit.chats.get(chat_id)
            tickets = unit.tickets.list_of(chat.person_id or 0, scene.now - KNOWN_FOR)
            if tickets and chat.person_id is not None:
                if not chat.is_open:
                    chat.reopen()
                found.append(Stand(chat, unit.people.get(chat.person_id), tickets[0]))
    return found


def _meant(scene: Scene, stands: Sequence[Stand], event: Event) -> Stand | None:
    """Whose message is tapped, answered or changed; else the one whose talk goes on."""
    unit = scene.unit
    if isinstance(event, ButtonPressed):
        row = taps.find_tapped(unit, event)
        return next((each for each in stands if row is not None and each.chat.id == row.chat_id), None)
    if isinstance(event, MessageEdited):
        known = sealing.tag(scene.desk.secret, event.where.address, event.message.message_id)
        return next((each for each in stands if unit.inbox.list_by_message(each.chat.id, known)), None)
    if event.reply_to is not None:
        replied = [each for each in stands if unit.outbox.find_by_receipt(each.chat.id, event.reply_to) is not None]
        return replied[0] if replied else None
    return stands[0] if event.command is None and _goes_on(scene, stands[0], event) else None


def _goes_on(scene: Scene, stand: Stand, event: MessageReceived) -> bool:
    """Words without a wish of their own, soon after: better unnamed once too often than named once."""
    reading = understand(event, scene).reading
    if reading.kind in _OWN_KINDS and (reading.urgency is Urgency.EMERGENCY or is_confident(reading)):
        return False
    if scene.now - stand.ticket.opened_at <= GOES_ON:
        return True
    said_at = scene.unit.outbox.find_last_said_at(stand.chat.id)
    return stand.ticket.is_open and said_at is not None and scene.now - said_at <= ANSWERS


def _stand_in(scene: Scene) -> Scene:
    """A person nobody is, and a private chat whose address only the desk can read."""
    person = scene.unit.people.add_unnamed(UNNAMED, scene.site.id, scene.person.language)
    chat = scene.unit.chats.add_sealed(
        Chat(
            channel=scene.chat.channel,
            address=sealing.seal(scene.desk.secret, scene.chat.address),
            role=ChatRole.PRIVATE,
            person_id=person.id,
            site_id=scene.site.id,
        )
    )
    return replace(scene, chat=chat, person=person)


def _open(event: MessageReceived, scene: Scene, author: str) -> Outcome:
    """Received like any complaint, but for what would tell who wrote it."""
    event = _nameless(event)
    heard = understand(event, scene)
    reading, words = heard.reading, event.text
    is_alarm = reading.urgency is Urgency.EMERGENCY and reading.kind is not Kind.CHATTER
    if not is_alarm:  # in danger help comes first
        words = without_traces(event.text, site_words(scene.unit, scene.site.id), author)
        reading = replace(with_kind(reading, Kind.COMPLAINT), phone=None, visit_time=None, place=_nowhere(reading))
    case = Case(reading, words, None, heard.said_at, len(event.attached), is_told_later=not is_alarm, told=event.text)
    ticket = open_ticket(scene, case)
    keep_attachments(event, scene, ticket)
    is_cut = words != event.text
    if is_cut:
        scene.unit.complaints.of(ticket).sealed_words = sealing.seal(scene.desk.secret, event.text)
    said = UnnamedReceived(ticket.number, is_cut=is_cut)
    tell(scene.unit, scene.chat, said, ticket.language, ticket_id=ticket.id, person_id=scene.person.id)
    return Outcome(Disposition.OPENED, ticket.id, "without a name")


def _hear(event: Event, scene: Scene, ticket: Ticket, author: str) -> Outcome:
    """A tap, an answer or more words by the author, as by whoever stands for them."""
    if isinstance(event, ButtonPressed):
        return taps.press(event, scene)
    message = _nameless(event.message if isinstance(event, MessageEdited) else event)
    words = without_traces(message.text, site_words(scene.unit, scene.site.id), author)
    heard = understand(replace(message, text=words, command=None), scene)
    if words != message.text:
        _seal_more(scene, ticket, message.text)
    replied_to = find_replied_to(message, scene).ticket or ticket
    answered = asking.hear(heard, scene, replied_to)
    return answered or follow_up.hear(heard, scene, replied_to) or follow_up.add(heard, scene, replied_to)


def _nameless(message: MessageReceived) -> MessageReceived:
    """Files without the names people give them."""
    return replace(message, attached=tuple(replace(each, name=None) for each in message.attached))


def _seal_more(scene: Scene, ticket: Ticket, words: str) -> None:
    complaint = scene.unit.complaints.of(ticket)
    before = sealing.opened(scene.desk.secret, complaint.sealed_words or "")
    complaint.sealed_words = sealing.seal(scene.desk.secret, "\n".join(filter(None, (before, words))))
    said = UnnamedReceived(ticket.number, is_cut=True)
    tell(scene.unit, scene.chat, said, ticket.language, ticket_id=ticket.id, person_id=scene.person.id)


def _nowhere(reading: Understanding) -> Place:
    """The building may be known, the flat not."""
    return Place(building=reading.place.building)
