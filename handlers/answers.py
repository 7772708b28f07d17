"""A person answers what the desk asked: which kind of request, which room, a free line after a rating."""

from datetime import timedelta
from typing import TypeVar

from handlers import cards, follow_up
from handlers.hearing import Heard, adopt, list_held, understand_words
from handlers.notifications.to_duty import PossibleRequest, PossibleRequestSettled, Toast, ToastKind
from handlers.notifications.to_tenant import NotARequest, Noted, Received, WordsKept
from handlers.opening import open_ticket, with_kind
from handlers.scene import Outcome, Scene
from handlers.speaking import change, language_of, tell
from storage.models import Asking, Callback, OutboxRow
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AskingKind, AskingState, CallbackOutcome, ChatRole, Disposition, Group, Kind, Trade

UNIT_LENGTH = 40
ROOM_LENGTH = 24
SURE_OF_ANOTHER = 0.9
"""Confidence from which words about another trade are a case of their own, even when the desk has just asked."""
FREE_LINE = timedelta(minutes=30)
"""How long after a rating a line in private is taken as its comment."""


def hear(heard: Heard, scene: Scene) -> Outcome | None:
    """In private: the answer to an open question. None when nothing was asked, or these words are a new case."""
    reading = heard.reading
    asking = scene.unit.askings.find_open(scene.person.id, scene.chat.id, AskingKind.WHICH_UNIT)
    if asking is not None and (reading.place.words or _looks_like_a_room(heard.event.text)):
        return _hear_unit(heard, scene, asking)
    callback = scene.unit.afterwards.find_wordless_callback(scene.person.id, scene.now - FREE_LINE)
    if callback is None:
        return None
    if callback.outcome is CallbackOutcome.FIXED:
        return _hear_praise(heard, scene, callback)
    return _hear_what_is_wrong(heard, scene, callback)


def _looks_like_a_room(words: str) -> bool:
    """Short, and with a number in it, as "1202" or "B座5楼"."""
    return len(words) <= ROOM_LENGTH and any(character.isdigit() for character in words)


def _hear_praise(heard: Heard, scene: Scene, callback: Callback) -> Outcome | None:
    """A free line after a rating; a new case is a new case."""
    if callback.rating is None or heard.reading.kind not in (Kind.CHATTER, Kind.PRAISE):
        return None
    callback.words = heard.event.text
    tell(scene.unit, scene.chat, WordsKept(), heard.reading.language, ticket_id=callback.ticket_id)
    return Outcome(Disposition.ADDED, callback.ticket_id, "free line")


def _hear_what_is_wrong(heard: Heard, scene: Scene, callback: Callback) -> Outcome | None:
    """What is still wrong, as the desk asked when it opened the ticket again; another trade is another case."""
    ticket = scene.unit.tickets.get(callback.ticket_id)
    if heard.reading.trade not in (None, Trade.OTHER, ticket.trade) and heard.reading.confidence >= SURE_OF_ANOTHER:
        return None
    callback.words = heard.event.text
    return follow_up.add(heard, scene, ticket)


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


def skip_unit(scene: Scene, row: OutboxRow) -> Outcome:
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


def choose_kind(scene: Scene, row: OutboxRow, kind: Kind) -> Outcome:
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
    instead_of = None if by_desk else row
    ticket = open_ticket(author, reading, asked.text or "", asked.message_id, asked.id, files, instead_of)
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
