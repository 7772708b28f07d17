"""One person who sends a flood does not drown the others: past a limit their words are kept together, none is dropped.

Emergencies never come here.
"""

from datetime import timedelta

from handlers import cards, keeping
from handlers.answering import answer
from handlers.hearing import Heard
from handlers.notifications.to_duty import TenantSaidMuch
from handlers.notifications.to_tenant import KeptTogether
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, language_of, react, tell
from storage.models import Ticket
from storage.repositories.floods import Floods
from storage.vocabulary import Disposition

MOST = 8
WINDOW = timedelta(minutes=10)
"""Who opened `MOST` tickets in this time adds to the newest of them until the time is over."""


def find_full(scene: Scene) -> Ticket | None:
    """The ticket a flood is kept under; None while this person is within the limit."""
    opened, newest = Floods(scene.unit.session).count_opened(scene.person.id, scene.now - WINDOW)
    if opened < MOST or newest is None:
        return None
    ticket = scene.unit.tickets.get(newest)
    return ticket if ticket.is_open else None


def keep(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """Words and files stay in the ticket's thread; staff read them in one message, the tenant is told once."""
    keeping.write(heard, scene, ticket)
    if heard.event.text:
        scene.unit.flush()
        _show(scene, ticket)
    answer(heard, scene, KeptTogether(ticket.number), ticket, key=f"flood:{ticket.id}:tenant")
    react(scene.unit, scene.chat, heard.event.message_id, SEEN)
    return Outcome(Disposition.ADDED, ticket.id, "flood")


def _show(scene: Scene, ticket: Ticket) -> None:
    entries = scene.unit.tickets.list_entries(ticket.id)[1:]
    said = TenantSaidMuch(
        ticket.number,
        scene.person.name,
        len(entries),
        tuple(entry.text for entry in entries[-TenantSaidMuch.SHOWN :]),
    )
    for row, chat in cards.standing(scene.unit, ticket):
        language, key = language_of(scene.unit, chat), f"flood:{ticket.id}:{chat.id}"
        told = scene.unit.outbox.find_by_key(key)
        if told is None:
            tell(scene.unit, chat, said, language, ticket_id=ticket.id, under=row.id, key=key)
            scene.unit.flush()
        else:
            change(scene.unit, told.id, said, language)
