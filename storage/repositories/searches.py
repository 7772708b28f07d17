"""Finding tickets again: what is open, late or one's own, what a flat has had, where some words were said.

Words are looked for by walking through the tickets: docs/decisions says why no index of words is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.models import OPEN_STATES, Entry, Person, Ticket
from storage.models.base import one_of
from storage.repositories.sights import Sight
from storage.vocabulary import EntryKind, Urgency, Word

MOST = 200
"""Tickets one search finds; who gets that many is told to say more."""
FEWEST_DIGITS = 4
"""Of a phone; fewer would find every other number."""
MOST_DIGITS = 9
"""Of a ticket's number."""
LINES = 50_000
"""Newest lines of all threads that are searched too: of a large estate, those of a year."""
SPOKEN = (EntryKind.WORDS, EntryKind.URGING, EntryKind.REPLY, EntryKind.REPORT, EntryKind.NOTE)
IS_OPEN = one_of(Ticket.state, *OPEN_STATES)
IS_FIRST = Ticket.incident_id.is_(None)
"""An incident is one piece of work, however many told of it."""


class What(Word):
    """What is looked for."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"
    ROOM = "room"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Search:
    """One question. `words` are all to be found, each in any of its ways of writing."""

    what: What
    person_id: int | None = None
    building_id: int | None = None
    unit: str | None = None
    phone: str | None = None
    words: tuple[tuple[str, ...], ...] = ()


@dataclass
class Searches:
    """Reads only; nothing here is asked while a message is handled, unless somebody searches."""

    session: Session

    def find(self, search: Search, sight: Sight, now: datetime, first: int, count: int) -> tuple[list[Ticket], int]:
        """`count` tickets from the one at index `first`, and how many there are, at most `MOST` + 1."""
        asked = self._where(select(Ticket.id).where(*sight.where()), search, now)
        ids = self.session.scalars(asked.order_by(*_order(search.what)).limit(MOST + 1)).all()
        wanted = ids[first : first + count]
        by_id = {ticket.id: ticket for ticket in self.session.scalars(select(Ticket).where(Ticket.id.in_(wanted)))}
        return [by_id[ticket_id] for ticket_id in wanted], len(ids)

    def _where(self, asked: Select[int], search: Search, now: datetime) -> Select[int]:
        match search.what:
            case What.OPEN:
                return asked.where(IS_OPEN, IS_FIRST)
            case What.MINE:
                return asked.where(IS_OPEN, IS_FIRST, Ticket.assignee_id == search.person_id)
            case What.OVERDUE:
                return asked.where(IS_OPEN, IS_FIRST, Ticket.finish_due_at < now)
            case What.ROOM:
                return asked.where(*_place(search))
            case What.WORDS:
                asked = asked.where(*_place(search))
                if search.phone:
                    asked = asked.where(self._holds(search.phone)(Ticket.phone))
                return asked.where(*(or_(*map(self._said, ways)) for ways in search.words))

    def _said(self, word: str) -> ColumnElement[bool]:
        """One way of writing a word: in what was said, by whom, where, and as a number of any kind."""
        holds = self._holds(word)
        newest = select(func.max(Entry.id) - LINES).scalar_subquery()
        spoken = select(Entry.ticket_id).where(Entry.id > newest, Entry.kind.in_(SPOKEN), holds(Entry.text))
        named = select(Person.id).where(holds(Person.name))
        found = [holds(Ticket.words), holds(Ticket.place), holds(Ticket.done_words)]
        found += [Ticket.reporter_id.in_(named), Ticket.id.in_(spoken), Ticket.unit == word.upper()]
        if word.isdecimal() and len(word) <= MOST_DIGITS:
            found.append(Ticket.number == int(word))
        if word.isdecimal() and len(word) >= FEWEST_DIGITS:
            found.append(holds(Ticket.phone))
        return or_(*found)

    def _holds(self, word: str) -> Callable[[InstrumentedAttribute[Any]], ColumnElement[bool]]:
        """Large and small letters are the same; SQLite's LIKE takes them so by itself, without a copy of each text."""
        if self.session.get_bind().dialect.name == "sqlite":
            return lambda column: column.contains(word, autoescape=True)
        return lambda column: column.icontains(word, autoescape=True)


def _place(search: Search) -> Sequence[ColumnElement[bool]]:
    """In a building, behind a door; a door alone may be in any building."""
    asked = []
    if search.building_id is not None:
        asked.append(Ticket.building_id == search.building_id)
    if search.unit is not None:
        asked.append(Ticket.unit == search.unit)
    return [and_(*asked)] if asked else []


def _order(what: What) -> Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]]:
    pressing = case({urgency: at for at, urgency in enumerate(Urgency)}, value=Ticket.urgency)
    match what:
        case What.OPEN | What.MINE:
            return (pressing, Ticket.finish_due_at.is_(None), Ticket.finish_due_at, Ticket.id)
        case What.OVERDUE:
            return (Ticket.finish_due_at, Ticket.id)
        case What.ROOM:
            return (case((IS_OPEN, 0), else_=1), Ticket.id.desc())
        case What.WORDS:
            return (Ticket.id.desc(),)
