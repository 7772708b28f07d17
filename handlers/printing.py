"""One ticket on paper: a signed link that lasts a day leads to a page made for printing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadData, URLSafeTimedSerializer

from handlers import audit, cards, permissions
from handlers.finding.showing import thread_of
from handlers.notifications.to_duty import PrintLink, ThreadLine, TicketCard
from handlers.scene import Desk, Outcome, Scene
from handlers.sight import sight_of
from handlers.speaking import language_of, tell
from storage.models import OutboxRow, Ticket
from storage.registration_vocabulary import Look
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition, EntryKind

SALT = "lobby.print"
Press = Callable[[Scene, OutboxRow, str, str], Outcome | None]
LASTS = 24 * 60 * 60
"""Seconds."""


class NoSheet(Exception):
    """The link is forged or too old, or the ticket is not for that chat any more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper, which lies before the tenant when it is signed: no note that is only for staff."""

    site: str
    timezone: str
    language: str
    card: TicketCard
    thread: tuple[ThreadLine, ...]
    printed_at: datetime


def send_link(scene: Scene, ticket: Ticket, *, under: int | None = None) -> bool:
    """Put the link into the chat; False where nobody outside can reach our pages."""
    if not scene.desk.public_url:
        return False
    audit.note(scene, Look.PRINT, ticket)
    token = _signer(scene.desk).dumps([ticket.id, scene.chat.id, scene.person.id])
    said = PrintLink(ticket.number, f"{scene.desk.public_url}/p/{token}")
    tell(scene.unit, scene.chat, said, scene.language, ticket_id=ticket.id, under=under)
    return True


def or_else(press: Press) -> Press:
    """The taps of a page from which one may print as well."""

    def print_or(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
        if verb != "print" or row.ticket_id is None:
            return press(scene, row, verb, choice)
        ticket = scene.unit.tickets.get(row.ticket_id)
        if not sight_of(scene.unit, scene.chat, scene.site.id).sees(ticket):
            return None
        refused = permissions.refuse(scene, row, ticket, verb)
        if refused is not None:
            return refused
        return Outcome(Disposition.ANSWERED, ticket.id) if send_link(scene, ticket, under=row.id) else None

    return print_or


def sheet_of(unit: UnitOfWork, desk: Desk, token: str) -> Sheet:
    """The paper behind a link, for whoever holds it while it lasts; that it was opened is noted. Else `NoSheet`."""
    try:
        ticket_id, chat_id, person_id = _signer(desk).loads(token, max_age=LASTS)
    except (BadData, ValueError, TypeError) as error:
        raise NoSheet from error
    ticket, chat = unit.tickets.get(ticket_id), unit.chats.get(chat_id)
    is_theirs = chat.site_id == ticket.site_id and chat.role in (ChatRole.DUTY, ChatRole.MANAGER)  # it may have moved
    if not is_theirs or not sight_of(unit, chat, ticket.site_id).sees(ticket):
        raise NoSheet
    unit.audits.add(Look.PRINTED, unit.now, ticket.site_id, chat_id=chat_id, person_id=person_id, ticket_id=ticket_id)
    site, language = unit.sites.get(ticket.site_id), language_of(unit, chat)
    thread = tuple(line for line in thread_of(unit, ticket) if line.kind is not EntryKind.NOTE)
    return Sheet(site.name, site.timezone, language, cards.card_of(unit, ticket), thread, unit.now)


def _signer(desk: Desk) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(desk.secret, salt=SALT)
