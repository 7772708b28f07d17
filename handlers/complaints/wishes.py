"""The wish to complain without a name, and the author's word that what was left out may be shown after all."""

from handlers import cards
from handlers.complaints import guarding, sealing
from handlers.events import ButtonPressed, MessageEdited, MessageReceived
from handlers.notifications.to_duty import UNNAMED, Toast, ToastKind
from handlers.notifications.to_tenant import HowToStayUnnamed, UnnamedReceived
from handlers.opening import private_link
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from handlers.understanding.complaining import asks_for_no_name, complains
from handlers.understanding.understanding import Understanding
from storage.models import OutboxRow
from storage.vocabulary import Audience, Disposition, EntryKind, Kind, Side

COMMANDS = frozenset({"anonymous", "匿名", "匿名投诉", "匿名投訴"})


def is_wish(event: MessageReceived | MessageEdited | ButtonPressed) -> bool:
    """Whether a message asks for no name, by command or in words."""
    message = event.message if isinstance(event, MessageEdited) else event
    if not isinstance(message, MessageReceived):
        return False
    if message.command is not None:
        return message.command.name in COMMANDS
    return asks_for_no_name(message.text)


def is_public_wish(event: MessageReceived, reading: Understanding) -> bool:
    """The same in a group, where talk of an anonymous poll is none."""
    return (reading.kind is Kind.COMPLAINT or complains(event.text)) and is_wish(event)


def tell_how(event: MessageReceived, scene: Scene) -> Outcome:
    """Everybody here has read the name already: nothing is opened, and the way to stay unnamed is told."""
    said = HowToStayUnnamed(private_link(scene))
    tell(scene.unit, scene.chat, said, scene.language, reply_to=event.message_id)
    return Outcome(Disposition.ANSWERED, reason="how to stay unnamed")


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """Room and phone may be shown; still without a name."""
    if (verb, choice) != ("show", "words") or row.ticket_id is None:
        return None
    unit, ticket = scene.unit, scene.unit.tickets.get(row.ticket_id)
    complaint = unit.complaints.of(ticket)
    words = sealing.opened(scene.desk.secret, complaint.sealed_words or "")
    complaint.sealed_words = None
    if words is None:
        settled = Toast(ToastKind.SETTLED, ticket.number)
        return Outcome(Disposition.ANSWERED, ticket.id, toast=settled, language=row.language)
    guarding.heed(unit, ticket, words)
    # Kept in the thread too: from here on nothing else holds them, and perhaps no chat has the card.
    who = (EntryKind.WORDS, Side.TENANT, Audience.STAFF)
    unit.tickets.add_entry(ticket.id, scene.now, *who, words, person_id=scene.person.id, inbox_id=scene.inbox_id)
    cards.say_words(unit, ticket, UNNAMED, words)
    change(unit, row.id, UnnamedReceived(ticket.number, is_shown=True), row.language)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )
