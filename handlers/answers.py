"""A person answers what the desk asked: which kind of request, which room, a free line after a rating."""

from datetime import timedelta
from typing import TypeVar

from handlers import cards
from handlers.events import ButtonPressed
from handlers.hearing import Heard, adopt, list_held, understand_words
from handlers.notifications.to_duty import PossibleRequest, PossibleRequestSettled, Toast, ToastKind
from handlers.notifications.to_tenant import NotARequest, Noted, Received, WordsKept
from handlers.opening import open_ticket, with_kind
from handlers.scene import Outcome, Scene
from handlers.speaking import change, language_of, tell
from storage.models import Asking, OutboxRow
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AskingKind, AskingState, ChatRole, Disposition, Group, Kind

UNIT_LENGTH = 40
FREE_LINE = timedelta(minutes=30)
"""How long after a rating a line in private is taken as its comment."""


def hear(heard: Heard, scene: Scene) -> Outcome | None:
    """In private: the answer to an open question. None when nothing was asked, or these words are a new case."""
    reading = heard.reading
    asking = scene.unit.askings.find_open(scene.person.id, scene.chat.id, AskingKind.WHICH_UNIT)
    if asking is not None and (reading.place.words or reading.kind is Kind.CHATTER) and len(heard.event.text) <= 80:
        return _hear_unit(heard, scene, asking)
    callback = scene.unit.afterwards.find_unrated_callback(scene.person.id, scene.now - FREE_LINE)
    if callback is not None and callback.rating is not None and reading.kind in (Kind.CHATTER, Kind.PRAISE):
        callback.words = heard.event.text
        tell(scene.unit, scene.chat, WordsKept(), reading.language, ticket_id=callback.ticket_id)
        return Outcome(Disposition.ADDED, callback.ticket_id, "free line")
    return None


def _hear_unit(heard: Heard, scene: Scene, asking: Asking) -> Outcome:
    asking.end(AskingState.ANSWERED, scene.now)
    ticket = scene.unit.tickets.get(_required(asking.ticket_id))
    place = heard.reading.place
    for building in scene.unit.sites.list_buildings(ticket.site_id):
        if building.name == place.building:
            ticket.building_id = scene.person.building_id = building.id
    ticket.unit = (place.unit or heard.event.text.strip())[:UNIT_LENGTH]
    ticket.phone = ticket.phone or heard.reading.phone
    scene.person.unit = ticket.unit
    tell(scene.unit, scene.chat, Noted(ticket.number), heard.reading.language, ticket_id=ticket.id)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "room")


def skip_unit(event: ButtonPressed, scene: Scene, row: OutboxRow) -> Outcome:
    """The tenant would rather not say."""
    asking = scene.unit.askings.find_open(scene.person.id, scene.chat.id, AskingKind.WHICH_UNIT)
    if asking is not None:
        asking.end(AskingState.SKIPPED, scene.now)
    ticket = scene.unit.tickets.get(_required(row.ticket_id))
    change(
        scene.unit,
        row.id,
        Received(ticket.number, ticket.kind, ticket.trade, ticket.group or Group.DESK, True),
        row.language,
    )
    return Outcome(Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED), language=row.language)


def choose_kind(event: ButtonPressed, scene: Scene, row: OutboxRow, kind: Kind) -> Outcome:
    """The author, or for a possible request a member of the desk, says what it is."""
    asking = scene.unit.askings.get(int(_required(row.key).rpartition(":")[2]))
    by_desk = row.notification == PossibleRequest.__name__
    is_waiting = asking.state is AskingState.OPEN or (by_desk and asking.state is AskingState.EXPIRED)
    if not is_waiting:
        return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.RECORDED), language=row.language)
    asking.end(AskingState.ANSWERED, scene.now)
    asked = scene.unit.inbox.get(_required(asking.inbox_id))
    author = Scene(
        unit=scene.unit,
        desk=scene.desk,
        chat=scene.unit.chats.get(asking.chat_id),
        person=scene.unit.people.get(asking.person_id),
        site=scene.site,
        inbox_id=asked.id,
    )
    if kind is Kind.CHATTER:
        scene.unit.inbox.redispose(
            asked.id, Disposition.CHATTER, None, "said the desk" if by_desk else "said the author"
        )
        settled = PossibleRequestSettled(author.person.name, asked.text or "", None) if by_desk else NotARequest()
        change(scene.unit, row.id, settled, row.language)
        return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.RECORDED), language=row.language)
    reading = with_kind(understand_words(asked.text or "", author), kind)
    held = list_held(author)
    files = len(scene.unit.attachments.list_by_inbox([asked.id])) + len(held)
    ticket = open_ticket(author, reading, asked.text or "", asked.message_id, asked.id, files)
    scene.unit.attachments.give_to_ticket(asked.id, ticket.id)
    adopt(author, held, ticket)
    scene.unit.inbox.redispose(asked.id, Disposition.OPENED, ticket.id)
    if by_desk:
        change(
            scene.unit,
            row.id,
            PossibleRequestSettled(author.person.name, asked.text or "", ticket.number),
            row.language,
        )
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def give_up(unit: UnitOfWork, asking: Asking) -> None:
    """Nobody explained it: the customer desk's own list takes it, never silence."""
    asking.end(AskingState.EXPIRED, unit.now)
    asked = unit.inbox.get(_required(asking.inbox_id))
    if asked.disposition is not None:
        unit.inbox.redispose(asked.id, Disposition.STAFF_TRIAGE, None, asked.reason)
    chat = unit.chats.get(asking.chat_id)
    if chat.site_id is None:
        return
    desks = unit.chats.list_by_role(chat.site_id, ChatRole.DUTY, Group.DESK) or unit.chats.list_by_role(
        chat.site_id, ChatRole.DUTY
    )
    person = unit.people.get(asking.person_id)
    for desk in desks[:1]:
        tell(
            unit,
            desk,
            PossibleRequest(person.name, asked.text or ""),
            language_of(unit, desk),
            key=f"possible:{asking.id}",
        )


T = TypeVar("T")


def _required(value: T | None) -> T:
    if value is None:
        raise LookupError("a row that must point somewhere points nowhere")
    return value
