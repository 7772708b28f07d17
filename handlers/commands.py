"""What a tenant asks of the desk itself: hello, my requests, another language."""

from datetime import timedelta

from handlers import binding, media, replies, which_building
from handlers.complaints import asking as complaint_asking
from handlers.events import Command
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_tenant import Hello, LanguageSet, MyRequests, WhatIsWrong, WhichLanguage
from handlers.opening import ask_unit, needs_place
from handlers.questions import choosing
from handlers.roster.asking import tell_on_duty
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from handlers.visits import agreeing
from locales import LOCALES
from storage.models import OutboxRow
from storage.visit_vocabulary import VisitState
from storage.vocabulary import COMMAND, ChatRole, Disposition

SHOWN = 10
MEMORY = timedelta(days=90)


def obey(command: Command, scene: Scene) -> Outcome:
    """A command in private is answered; in a room the desk stays silent, as the private chat is the place for it."""
    if scene.chat.role is not ChatRole.PRIVATE:
        return Outcome(Disposition.CHATTER, reason=f"{COMMAND}{command.name}, in a room"[:40])
    match command.name:
        case "my":
            _show_mine(scene)
        case name if name in binding.NAMES:
            return binding.obey(scene, name, command.argument)
        case "onduty":
            return tell_on_duty(scene)
        case "questions":
            choosing.show(scene)
        case "report":
            tell(scene.unit, scene.chat, WhatIsWrong(), scene.language)
        case "language":
            tell(scene.unit, scene.chat, WhichLanguage(), scene.language)
        case _:
            _greet(scene)
    return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{command.name}"[:40])


def set_language(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """From now on in this language, until the person writes in another."""
    if verb != "language" or choice not in LOCALES:
        return None
    scene.person.language = choice
    change(scene.unit, row.id, LanguageSet(), choice)
    return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.RECORDED), language=choice)


def _greet(scene: Scene) -> None:
    """Hello; then whatever could not be said in the room: answers that wait, the one missing detail."""
    tell(scene.unit, scene.chat, Hello(scene.site.name), scene.language)
    replies.deliver_waiting(scene.unit, scene.chat, scene.person.id)
    media.deliver_waiting(scene.unit, scene.person.id)
    complaint_asking.deliver_waiting(scene.unit, scene.chat, scene.person.id)
    agreeing.deliver_waiting(scene.unit, scene.chat, scene.person.id)
    mine = scene.unit.tickets.list_open_of(scene.person.id)
    lacking = [ticket for ticket in mine if needs_place(ticket)]
    if lacking:
        ask_unit(scene, lacking[0], scene.chat)
        return
    nowhere = [ticket for ticket in mine if which_building.is_wanted(scene.unit, ticket)]
    if nowhere:
        which_building.ask(scene, nowhere[0], scene.chat)


def _show_mine(scene: Scene) -> None:
    mine = scene.unit.tickets.list_of(scene.person.id, scene.now - MEMORY)[:SHOWN]
    told = [ticket for ticket in mine if not scene.unit.chats.is_shadow_ticket(ticket.id)]
    lines = tuple((ticket.number, ticket.trade, ticket.state) for ticket in told)
    numbers = {ticket.id: ticket.number for ticket in told}
    visits = tuple(
        (numbers[visit.ticket_id], (visit.starts_at, visit.ends_at))
        for visit in reversed(scene.unit.visits.list_live_of(scene.person.id))
        if visit.state is VisitState.AGREED and visit.ticket_id in numbers
    )
    tell(scene.unit, scene.chat, MyRequests(lines, visits), scene.language)
