"""A chat that comes late to a ticket sees all of it: the card as things are, the tenant's words since, the files."""

from handlers import cards, media
from handlers.notifications.to_duty import TenantSaid
from handlers.speaking import tell
from handlers.understanding.asking import is_solved
from storage.models import Chat, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import EntryKind, Side

MOST_LINES = 10
"""Lines of a tenant shown under a card that comes late; the newest are what matters."""


def post_whole(unit: UnitOfWork, ticket: Ticket, chat: Chat) -> None:
    """Put the card into this chat, and under it what was said and sent before it stood there."""
    cards.post(unit, ticket, chat, cards.card_of(unit, ticket))
    said = [
        entry.text
        for entry in unit.tickets.list_entries(ticket.id)
        if entry.kind in (EntryKind.WORDS, EntryKind.URGING) and entry.side is Side.TENANT
    ]
    since = [words for words in said[1:-1] if not is_solved(words)]  # "fixed, thanks" and more words: it was not
    since += said[1:][-1:]
    missed = [words for words in since if words not in ticket.words]  # the first are the card's, or were rewritten
    reporter = unit.people.get(ticket.reporter_id).name
    for row, seen_in in cards.standing(unit, ticket) if missed else ():
        if seen_in.id == chat.id:
            for words in missed[-MOST_LINES:]:
                line = TenantSaid(ticket.number, reporter, words)
                tell(unit, chat, line, row.language, ticket_id=ticket.id, lane=row.lane, under=row.id)
    media.pass_on_all(unit, ticket)
