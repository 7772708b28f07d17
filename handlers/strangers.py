"""Somebody whose site nobody knows yet: danger is answered at once, and their words may tell where they are."""

from dataclasses import replace
from datetime import timedelta

from handlers import follow_up
from handlers.emergency_numbers import shared_number
from handlers.events import MessageReceived
from handlers.hearing import adopt, as_cry, keep_files, list_held, read_at, understand
from handlers.notifications.to_tenant import CryElsewhere, EmergencyUnplaced, WhichSite
from handlers.opening import Case, open_ticket, with_kind
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from handlers.understanding.normal_form import normal_form
from handlers.understanding.perils import peril_in
from handlers.understanding.reading import read
from storage.models import Asking, Chat, Person, Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import COMMAND, AskingKind, AskingState, ChatRole, Disposition, Kind, Trade, Urgency

WAITS_FOR = timedelta(hours=6)
"""How old a cry may be that is still paged when its place becomes known; the page says when it was written."""


def find_site(unit: UnitOfWork, chat: Chat, person: Person, message: MessageReceived) -> Site | None:
    """The one site these words name: by its own name, or by a building that no other site has.

    A group nobody has linked is left alone, unless somebody cries for help there or has just done so.
    """
    if chat.role is ChatRole.UNLINKED:
        if not (is_cry(message) or unit.askings.has_open(person.id, chat.id)):
            return None
        if person.site_id is not None:
            return unit.sites.get(person.site_id)
    form = normal_form(message.text).text
    sites = unit.sites.list_all() if form else []
    named = [site for site in sites if normal_form(site.name).text in form]
    if not named:
        named = [site for site in sites if _has_building(unit, site, message.text)]
    if len(named) != 1:
        return None
    if chat.role is ChatRole.PRIVATE:
        chat.site_id = named[0].id
    person.moves(named[0].id, None)
    return named[0]


def hear(unit: UnitOfWork, chat: Chat, person: Person, inbox_id: int, message: MessageReceived) -> Outcome:
    """The safety line for a cry, and the one question; in private anybody else is asked it too."""
    cried = as_cry(message)
    reading = read((cried or message).text)
    if chat.role is ChatRole.PRIVATE or cried is not None:
        keep_files(message, unit, inbox_id)
    if cried is not None:
        unit.people.learn_language(person, reading.language)
        trade, peril = reading.trade or Trade.OTHER, peril_in(cried.text)
        said = EmergencyUnplaced(trade, shared_number(unit.sites.list_all(), trade, peril), peril)
        tell(unit, chat, said, reading.language)
        _await_site(unit, chat, person, inbox_id)
        return Outcome(Disposition.ASKED, reason="emergency, place unknown")
    if chat.role is ChatRole.UNLINKED:
        return Outcome(Disposition.IGNORED, reason="chat is not linked")
    words = [word for word in message.text.split() if any(map(str.isalpha, word))]
    written_in = reading.language if words and message.command is None else None
    tell(unit, chat, WhichSite(), person.language or written_in or message.speaker.language or "en")
    command = message.command
    return Outcome(Disposition.REFUSED, reason=f"{COMMAND}{command.name}"[:40] if command else "no site known")


def send_on(unit: UnitOfWork, chat: Chat, message: MessageReceived, tenants_desk: str | None) -> Outcome:
    """A cry in private to the bot of the duty chats: nobody is paged from there, so whom to call, and where to write.

    The desk's answer to each cry, as to any: somebody in danger does not read back.
    """
    cried = as_cry(message) or message
    reading = read(cried.text)
    number = shared_number(unit.sites.list_all(), reading.trade or Trade.OTHER, peril_in(cried.text))
    tell(unit, chat, CryElsewhere(number, tenants_desk), reading.language)
    return Outcome(Disposition.ANSWERED, reason="a cry to the duty bot")


def is_cry(message: MessageReceived) -> bool:
    """Whether somebody cries for help."""
    return as_cry(message) is not None


def open_what_waits(scene: Scene) -> Ticket | None:
    """The site has just become known: a cry that waited for it is paged now."""
    cried_in = scene.unit.chats.find_private(scene.person.id)
    chats = {scene.chat.id: scene.chat} | ({cried_in.id: cried_in} if cried_in is not None else {})
    for chat in chats.values():
        asking = scene.unit.askings.find_open(scene.person.id, chat.id, AskingKind.WHICH_SITE)
        if asking is not None and asking.inbox_id is not None:
            asking.end(AskingState.ANSWERED, scene.now)
            if scene.now - asking.asked_at <= WAITS_FOR:
                return _open(scene, chat, asking)
    return None


def is_answer(message: MessageReceived, scene: Scene) -> bool:
    """Whether these words only tell where it is. A command or a cry of its own goes the usual way."""
    return message.command is None and not is_cry(message) and scene.chat.role is not ChatRole.ROOM


def add_answer(message: MessageReceived, scene: Scene, ticket: Ticket) -> Outcome:
    """The words that told the site belong to the ticket they let us open."""
    return follow_up.add(understand(message, scene), scene, ticket)


def _open(scene: Scene, chat: Chat, asking: Asking) -> Ticket:
    unit = scene.unit
    cried = unit.inbox.list_asked(chat.id, scene.person.id, asking.asked_at, scene.now)
    first = unit.inbox.get(asking.inbox_id or 0)
    words = "\n".join(row.text for row in cried if row.text)
    author = Scene(unit, scene.desk, chat, scene.person, scene.site, first.id)
    reading = read_at(unit, scene.site.id, words)
    if reading.urgency is not Urgency.EMERGENCY or reading.kind is Kind.CHATTER:  # cried by a command's name: "/fire"
        reading = replace(with_kind(reading, Kind.REPAIR), urgency=Urgency.EMERGENCY)
    held = list_held(author, first.received_at)
    files = unit.attachments.list_by_inbox([*(row.id for row in cried), *held])
    ticket = open_ticket(author, Case(reading, words, first.message_id, first.received_at, len(files)))
    adopt(author, held, ticket)
    for row in cried:
        is_first = row.id == first.id
        unit.inbox.redispose(row.id, Disposition.OPENED if is_first else Disposition.ADDED, ticket.id)
        unit.attachments.give_to_ticket(row.id, ticket.id)
    return ticket


def _await_site(unit: UnitOfWork, chat: Chat, person: Person, inbox_id: int) -> None:
    """The next words that name a site answer; more cries until then belong to the first."""
    if unit.askings.find_open(person.id, chat.id, AskingKind.WHICH_SITE) is None:
        asked = Asking(
            kind=AskingKind.WHICH_SITE, chat_id=chat.id, person_id=person.id, asked_at=unit.now, inbox_id=inbox_id
        )
        unit.askings.add(asked)


def _has_building(unit: UnitOfWork, site: Site, words: str) -> bool:
    names = {building.name for building in unit.sites.list_buildings(site.id)}
    return bool(names) and read_at(unit, site.id, words).place.building in names
