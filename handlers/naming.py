"""Which message is meant by a ticket's number, on a channel that cannot say what is answered."""

from dataclasses import replace

from handlers import cards, prompting, prompts, taps
from handlers.events import MessageReceived
from handlers.notifications import unpack
from handlers.notifications.numbering import choices_of
from handlers.notifications.to_duty.finding import FindTrouble, HowToFind
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from handlers.understanding.choices import choice_in
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Disposition, Operation


def find(event: MessageReceived, scene: Scene) -> MessageReceived | Outcome:
    """The message with what it answers; a ticket that never stood in this chat is none to speak of here."""
    number = event.about or 0
    ticket = scene.unit.tickets.find_by_number(scene.site.id, number)
    row = _find_row(event, scene, ticket) if ticket is not None else None
    if row is None and event.command is not None:
        return event  # most of them are about no ticket
    if row is None:
        said = HowToFind(FindTrouble.NO_SUCH_TICKET, number)
        tell(scene.unit, scene.chat, said, scene.language, reply_to=event.message_id)
        return Outcome(Disposition.REFUSED, reason="no such ticket here")
    if row.receipt is None:  # changed where it stood, or never arrived: it needs a name all the same
        scene.unit.outbox.learn_receipt(row.id, f"row-{row.id}")
        scene.unit.flush()
    return replace(event, reply_to=row.receipt or f"row-{row.id}")


def _find_row(event: MessageReceived, scene: Scene, ticket: Ticket) -> OutboxRow | None:
    """For a number, what was last said or changed and has so many choices; for words what was just asked, or the card.

    A further report of an incident stands on the card of the first.
    """
    said = [row for each in (ticket.id, ticket.incident_id) if each for row in scene.unit.outbox.list_by_ticket(each)]
    here = [row for row in said if row.chat_id == scene.chat.id and row.person_id in (None, scene.person.id)]
    newest = [row for row in reversed(here) if row.attempts and row.operation in (Operation.SEND, Operation.EDIT)]
    choice = choice_in(event.text)
    if choice is not None:
        return next((row for row in newest if _has_choices(row, scene, choice)), None)
    asked = prompts.find_newest(scene, prompting.OWN_WORDS)
    if asked is not None and asked.ticket_id == ticket.id:
        return asked
    return next((row for row in newest if row.notification == cards.CARD), None)


def _has_choices(row: OutboxRow, scene: Scene, count: int) -> bool:
    if row.notification not in taps.PRESSES:
        return False
    return len(choices_of(unpack(row.notification, row.payload).say(scene.voice(row.language)))) >= count
