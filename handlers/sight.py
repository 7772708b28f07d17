"""What the people of a staff chat may see: tickets of their own group, and whole phones only where somebody calls."""

from handlers.complaints import concerns
from handlers.understanding.normal_form import normal_form
from handlers.understanding.phones import phones_in
from storage.models import Chat, Ticket
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group

SHOWN_AT_ENDS = 3
"""Digits of a phone a list shows at its beginning; at its end one more."""


def sight_of(unit: UnitOfWork, chat: Chat, site_id: int) -> Sight:
    """Managers and the customer desk see every group's tickets, a group its own; nobody what may be about them."""
    sees_all = chat.role is ChatRole.MANAGER or chat.group in (None, Group.DESK)
    return Sight(site_id, None if sees_all else chat.group, tuple(concerns.list_hidden(unit, chat)))


def sees_phone(chat: Chat, ticket: Ticket) -> bool:
    """Whether a phone stands whole on what this chat is shown: with those who do the work, and with the desk."""
    return chat.role is ChatRole.DUTY and chat.group in (None, Group.DESK, ticket.group)


def masked(phone: str | None) -> str | None:
    """A phone by which somebody who knows it knows it again: 138****8000."""
    if phone is None or len(phone) <= 2 * SHOWN_AT_ENDS + 1:
        return phone and "****"
    return f"{phone[:SHOWN_AT_ENDS]}****{phone[-SHOWN_AT_ENDS - 1 :]}"


def without_phones(words: str) -> str:
    """Somebody's words with the phones in them masked, for whoever need not call."""
    form, shown = normal_form(words), words
    for phone in phones_in(form):
        shown = shown.replace(form.as_written(phone.start, phone.end), masked(phone.digits) or "")
    return shown
