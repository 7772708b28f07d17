"""The tenant says that it is solved while the ticket is open: one tap of staff confirms it, more words take it back."""

from collections.abc import Sequence

from handlers import cards, keeping
from handlers.answering import answer
from handlers.hearing import Heard
from handlers.notifications import pack
from handlers.notifications.to_duty import SolvedTakenBack, TenantSaysSolved
from handlers.notifications.to_tenant import SolvedPassedOn
from handlers.scene import Outcome, Scene
from handlers.speaking import change
from handlers.understanding.visit_answers import spares_visit
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Disposition


def tell(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """It has mended itself, or nobody tapped Done: the fault's words stay as told."""
    keeping.write(heard, scene, ticket)
    cards.say_under(scene.unit, ticket, TenantSaysSolved(ticket.number))
    answer(heard, scene, SolvedPassedOn(ticket.number, spares_visit(heard.event.text)), ticket)
    return Outcome(Disposition.ADDED, ticket.id, "says it is solved")


def is_told(scene: Scene, ticket: Ticket) -> bool:
    """Whether staff are still offered to confirm it."""
    return bool(_standing(scene, ticket))


def withdraw(scene: Scene, ticket: Ticket) -> bool:
    """The tenant writes of the fault again: nobody may close it with one tap. False where nothing was offered."""
    standing, said = _standing(scene, ticket), SolvedTakenBack(ticket.number)
    for row in standing:
        change(scene.unit, row.id, said, row.language)
        row.notification, row.payload = type(said).__name__, pack(said)  # a late tap finds no button of it
    return bool(standing)


def _standing(scene: Scene, ticket: Ticket) -> Sequence[OutboxRow]:
    return scene.unit.outbox.list_messages(ticket.id, TenantSaysSolved.__name__)
