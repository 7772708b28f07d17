"""What a tenant asks of the desk itself: hello, my requests, another language."""

from datetime import timedelta

from handlers.events import Command
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_tenant import Hello, LanguageSet, MyRequests, StaffReply, WhichLanguage
from handlers.opening import ask_unit, needs_unit
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from locales import LOCALES
from storage.models import OutboxRow
from storage.vocabulary import ChatRole, Disposition, EntryKind, OutboxState, TicketState

SHOWN = 10
MEMORY = timedelta(days=90)
WAITING_ANSWERS = timedelta(days=14)


def obey(command: Command, scene: Scene) -> Outcome:
    """A command in private is answered; in a room the desk stays silent, as the private chat is the place for it."""
    if scene.chat.role is not ChatRole.PRIVATE:
        return Outcome(Disposition.CHATTER, reason="command in a room")
    match command.name:
        case "start" | "help":
            return _greet(scene)
        case "my":
            return _show_mine(scene)
        case "language":
            tell(scene.unit, scene.chat, WhichLanguage(), scene.language)
        case _:
            tell(scene.unit, scene.chat, Hello(scene.site.name), scene.language)
    return Outcome(Disposition.ANSWERED, reason=f"/{command.name}"[:40])


def _greet(scene: Scene) -> Outcome:
    """Hello; then whatever could not be said in the room: answers that wait, the one missing detail."""
    tell(scene.unit, scene.chat, Hello(scene.site.name), scene.language)
    for ticket in reversed(scene.unit.tickets.list_of(scene.person.id, scene.now - WAITING_ANSWERS)):
        if ticket.state is TicketState.CANCELLED:
            continue
        told = {
            row.entry_id
            for row in scene.unit.outbox.list_by_ticket(ticket.id)
            if row.notification == StaffReply.__name__ and row.state not in (OutboxState.REFUSED, OutboxState.DEAD)
        }
        for entry in scene.unit.tickets.list_entries(ticket.id):
            if entry.kind is EntryKind.REPLY and entry.id not in told:
                said = StaffReply(ticket.number, entry.text)
                tell(scene.unit, scene.chat, said, ticket.language, ticket_id=ticket.id, entry_id=entry.id)
        if ticket.is_open and needs_unit(ticket):
            ask_unit(scene, ticket, scene.chat)
    return Outcome(Disposition.ANSWERED, reason="/start")


def _show_mine(scene: Scene) -> Outcome:
    mine = scene.unit.tickets.list_of(scene.person.id, scene.now - MEMORY)[:SHOWN]
    lines = tuple((ticket.number, ticket.trade, ticket.state) for ticket in mine)
    tell(scene.unit, scene.chat, MyRequests(lines), scene.language)
    return Outcome(Disposition.ANSWERED, reason="/my")


def set_language(scene: Scene, row: OutboxRow, language: str) -> Outcome:
    """From now on in this language, until the person writes in another."""
    if language not in LOCALES:
        raise ValueError(language)
    scene.person.language = language
    change(scene.unit, row.id, LanguageSet(), language)
    return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.RECORDED), language=language)
