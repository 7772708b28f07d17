"""Lists of tickets in pages: each tap asks anew, so that a page shows how things are when it is turned."""

from handlers import audit, cards
from handlers.finding import wording
from handlers.finding.showing import show, show_whole
from handlers.notifications import unpack
from handlers.notifications.notification import Notification
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_duty.finding import (
    PER_PAGE,
    FindTrouble,
    FoundLine,
    FoundTickets,
    HowToFind,
    NothingFound,
)
from handlers.scene import Outcome, Scene
from handlers.sight import sight_of, without_phones
from handlers.speaking import change, tell
from storage.models import OutboxRow, Ticket
from storage.registration_vocabulary import Look
from storage.repositories.searches import MOST, Search, What
from storage.vocabulary import COMMAND, Disposition

LISTS = {"open": What.OPEN, "mine": What.MINE, "overdue": What.OVERDUE}


def obey(scene: Scene, name: str, argument: str) -> Outcome | None:
    """One of the six commands; None for any other."""
    if name in LISTS:
        asked = scene.person.name if name == "mine" else ""
        return _answer(scene, name, _page(scene, Search(LISTS[name], person_id=scene.person.id), asked, 0))
    match name:
        case "room":
            search = wording.room_in(argument, scene)
            if search is None:
                return _answer(scene, name, HowToFind(FindTrouble.WHICH_ROOM))
            return _answer(scene, name, _page(scene, search, argument.strip(), 0))
        case "find":
            found = wording.words_in(argument, scene)
            if found is None:
                return _answer(scene, name, HowToFind(FindTrouble.WHICH_WORDS))
            return _answer(scene, name, _page(scene, *found, 0))
        case "t":
            return _show_number(scene, name, argument)
        case _:
            return None


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """Turn the page, or show a ticket of it."""
    said = unpack(row.notification, row.payload)
    if not isinstance(said, FoundTickets):
        return None
    match verb:
        case "page":
            change(scene.unit, row.id, _page(scene, said.search, said.asked, max(0, int(choice))), row.language)
            return Outcome(Disposition.ANSWERED)
        case "show":
            ticket = scene.unit.tickets.find_by_number(scene.site.id, int(choice))
            if ticket is None or not sight_of(scene.unit, scene.chat, scene.site.id).sees(ticket):
                toast = Toast(ToastKind.MOVED_ON, int(choice))
                return Outcome(Disposition.REFUSED, None, "not for this chat", toast, row.language)
            show(scene, ticket, under=row.id)
            return Outcome(Disposition.ANSWERED, ticket.id)
        case _:
            return None


def _show_number(scene: Scene, name: str, argument: str) -> Outcome:
    number = wording.number_in(argument)
    if number is None:
        return _answer(scene, name, HowToFind(FindTrouble.WHICH_NUMBER))
    ticket = scene.unit.tickets.find_by_number(scene.site.id, number)
    if ticket is None or not sight_of(scene.unit, scene.chat, scene.site.id).sees(ticket):
        return _answer(scene, name, HowToFind(FindTrouble.NO_SUCH_TICKET, number))
    show_whole(scene, ticket)
    return Outcome(Disposition.ANSWERED, ticket.id, f"{COMMAND}{name}")


def _answer(scene: Scene, name: str, said: Notification) -> Outcome:
    if isinstance(said, FoundTickets):
        audit.note(scene, Look.LIST, about=f"{COMMAND}{name} {said.asked}".strip())
    tell(scene.unit, scene.chat, said, scene.language)
    return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{name}")


def _page(scene: Scene, search: Search, asked: str, page: int) -> Notification:
    """The page as things are now; where it has emptied meanwhile, the last that has something."""
    sight = sight_of(scene.unit, scene.chat, scene.site.id)
    found, total = scene.unit.searches.find(search, sight, scene.now, page * PER_PAGE, PER_PAGE)
    if not total:
        return NothingFound(search.what, asked)
    if not found:
        return _page(scene, search, asked, (min(total, MOST) - 1) // PER_PAGE)
    return FoundTickets(search.what, search, tuple(_line(scene, ticket) for ticket in found), total, asked, page)


def _line(scene: Scene, ticket: Ticket) -> FoundLine:
    due = ticket.finish_due_at
    return FoundLine(
        ticket.number,
        ticket.urgency,
        ticket.state,
        without_phones(ticket.words),
        cards.place_of(scene.unit, ticket),
        cards.assignee_of(scene.unit, ticket),
        ticket.group if ticket.is_open and ticket.group is not scene.chat.group else None,
        due if ticket.is_open and due is not None and due < scene.now else None,
    )
