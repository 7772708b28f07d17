"""A tenant takes a request back: which one, whoever is on the way hears it, and an emergency only staff call off."""

from collections.abc import Sequence

from handlers import cards, keeping, merging
from handlers.answering import answer
from handlers.hearing import Heard
from handlers.notifications.to_duty import TenantSaid, Toast, ToastKind
from handlers.notifications.to_tenant import AlarmStays, Cancelled, WhichOne
from handlers.pushes import reminding
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from handlers.visits import agreeing
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Disposition, Urgency


def cancel(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """Whoever is on the way hears it as a message: an edited card alone is easily overlooked."""
    if ticket.urgency is Urgency.EMERGENCY:
        return _keep_alarm(heard, scene, ticket)
    _take_back(scene, ticket, heard.event.text)
    keeping.write(heard, scene, ticket)
    said = Cancelled(ticket.number, ticket.trade)
    tell(scene.unit, scene.chat, said, heard.reading.language, ticket_id=ticket.id)
    return Outcome(Disposition.ADDED, ticket.id, "cancelled")


def _keep_alarm(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """A child with the phone, or somebody who is made to, must not call it off: staff make sure."""
    keeping.write(heard, scene, ticket)
    cards.say_under(scene.unit, ticket, TenantSaid(ticket.number, scene.person.name, heard.event.text))
    answer(heard, scene, AlarmStays(ticket.number), ticket)
    return Outcome(Disposition.ADDED, ticket.id, "emergency called off by the tenant")


def _take_back(scene: Scene, ticket: Ticket, words: str) -> None:
    ticket.cancel(scene.now)
    merging.let_go(scene.unit, ticket)
    agreeing.end(scene.unit, ticket)
    reminding.stop(scene.unit, ticket)
    cards.say_under(scene.unit, ticket, TenantSaid(ticket.number, scene.person.name, words))
    cards.refresh(scene.unit, ticket)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """The one of several that was meant, by a tap of the one who asked for it."""
    ticket = scene.unit.tickets.find_by_number(scene.site.id, int(choice)) if verb == "cancel" else None
    if ticket is None or ticket.reporter_id != scene.person.id:
        return None
    ticket = scene.unit.tickets.get(ticket.id)
    if not ticket.is_open:
        settled = Toast(ToastKind.SETTLED, ticket.number)
        return Outcome(Disposition.ANSWERED, ticket.id, "over already", settled, row.language)
    if ticket.urgency is Urgency.EMERGENCY:
        change(scene.unit, row.id, AlarmStays(ticket.number), row.language)
        return Outcome(Disposition.ANSWERED, ticket.id, "an emergency stays")
    said = Cancelled(ticket.number, ticket.trade)
    _take_back(scene, ticket, said.say(scene.voice(ticket.language)).plain)
    change(scene.unit, row.id, said, row.language)
    toast = Toast(ToastKind.RECORDED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, "cancelled", toast, row.language)


def ask_which(heard: Heard, scene: Scene, meant: Sequence[Ticket]) -> Outcome:
    """Taking back the wrong one would be worse than asking."""
    lines = tuple((ticket.number, ticket.trade, ticket.state) for ticket in meant)
    answer(heard, scene, WhichOne(lines), person_id=scene.person.id)
    return Outcome(Disposition.ANSWERED, reason="cancel, which one")
