"""What the managers' page shows: open work as it stands, the figures of a period, one ticket whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import cards
from handlers.board.passes import Visitor
from handlers.finding.showing import thread_of
from handlers.notifications.to_duty import ThreadLine, TicketCard
from handlers.reports.figures import FIGURES, Figure, Value
from handlers.reports.measuring import Measured, measure
from handlers.reports.trend import by_day
from handlers.sight import masked, without_phones
from storage.models import Building, Site, Ticket
from storage.registration_vocabulary import Look
from storage.repositories.scopes import BuildingCount, LongCase, Ratings, Scope
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group

MOST_OPEN = 200
SLOWEST = 5
LONGEST_DAYS = 400


class NoTicket(Exception):
    """There is none of that number, or none for this reader."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see: days, both counted, one building, one group."""

    first: date
    last: date
    building_id: int | None = None
    group: Group | None = None

    def scope(self, sight: Sight, zone: ZoneInfo) -> Scope:
        """As the database is asked."""
        start = datetime.combine(self.first, time(), zone)
        end = datetime.combine(self.last + timedelta(days=1), time(), zone)
        return Scope(sight, start.astimezone(UTC), end.astimezone(UTC), self.building_id, self.group)

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    def before(self) -> "Filters":
        """The same number of days just before; of whole months the month before."""
        last = self.first - timedelta(days=1)
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            return replace(self, first=last.replace(day=1), last=last)
        return replace(self, first=self.first - timedelta(days=self.days), last=last)


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One ticket on the board."""

    ticket: Ticket
    building: str
    assignee: str | None
    late_seconds: float | None


@dataclass(frozen=True, slots=True)
class Board:
    """Open work now."""

    lines: tuple[OpenLine, ...]
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, in the period and in the one before."""

    figure: Figure
    value: Value
    before: Value


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a period and where they come from."""

    rows: tuple[Row, ...]
    measured: Measured
    first: date
    received: tuple[int, ...]
    finished: tuple[int, ...]
    buildings: tuple[tuple[str, BuildingCount, Ratings], ...]
    slowest: Sequence[LongCase]


@dataclass(frozen=True, slots=True)
class Thread:
    """One ticket whole."""

    card: TicketCard
    lines: tuple[ThreadLine, ...]


def board_of(unit: UnitOfWork, visitor: Visitor, building_id: int | None, group: Group | None) -> Board:
    """What is open now, the most delayed first."""
    scope = Scope(visitor.sight, unit.now, unit.now, building_id, group)
    tickets, count, late = unit.trends.open_work(scope, unit.now, MOST_OPEN)
    names = {building.id: building.name for building in buildings_of(unit, visitor)}
    return Board(tuple(_line(unit, ticket, names) for ticket in tickets), count, late)


def overview_of(unit: UnitOfWork, visitor: Visitor, filters: Filters) -> Overview:
    """The figures of a period, of what the reader may see."""
    return overview_for(unit, visitor.site, visitor.sight, filters)


def overview_for(unit: UnitOfWork, site: Site, sight: Sight, filters: Filters) -> Overview:
    """The figures of a period beside those of the period before."""
    zone = ZoneInfo(site.timezone)
    scope = filters.scope(sight, zone)
    now, before = measure(unit, site, scope), measure(unit, site, filters.before().scope(sight, zone))
    names = {building.id: building.name for building in unit.sites.list_buildings(site.id)}
    ratings = unit.periods.ratings(scope)
    counted = sorted(unit.trends.by_building(scope).values(), key=lambda each: -each.received)
    return Overview(
        rows=tuple(Row(figure, figure.value(now), figure.value(before)) for figure in FIGURES),
        measured=now,
        first=filters.first,
        received=tuple(by_day(unit.trends.received(scope), zone, filters.first, filters.days)),
        finished=tuple(by_day(unit.trends.finished(scope), zone, filters.first, filters.days)),
        buildings=tuple(
            (names.get(each.building_id or 0, ""), each, ratings.get(each.building_id, Ratings())) for each in counted
        ),
        slowest=unit.trends.slowest(scope, SLOWEST),
    )


def thread_for(unit: UnitOfWork, visitor: Visitor, number: int) -> Thread:
    """One ticket whole, phones masked; that it was looked at is noted. `NoTicket` where it is not for this reader."""
    ticket = unit.tickets.find_by_number(visitor.site.id, number)
    if ticket is None or not visitor.sight.sees(ticket):
        raise NoTicket
    note(unit, visitor, Look.TICKET, ticket.id)
    card: TicketCard = cards.card_of(unit, ticket)
    shown = replace(card, phone=masked(ticket.phone), words=without_phones(card.words))
    return Thread(shown, tuple(replace(line, text=without_phones(line.text)) for line in thread_of(unit, ticket)))


def note(unit: UnitOfWork, visitor: Visitor, look: Look, ticket_id: int | None = None, about: str = "") -> None:
    """Who looked at what on the page, or took out of it."""
    who = {"chat_id": visitor.chat.id, "person_id": visitor.person_id}
    unit.audits.add(look, unit.now, visitor.site.id, **who, ticket_id=ticket_id, about=about)


def buildings_of(unit: UnitOfWork, visitor: Visitor) -> Sequence[Building]:
    """The site's buildings, for the filter."""
    return unit.sites.list_buildings(visitor.site.id)


def _line(unit: UnitOfWork, ticket: Ticket, names: dict[int, str]) -> OpenLine:
    due = ticket.finish_due_at
    late = (unit.now - due).total_seconds() if due is not None and due < unit.now else None
    building = names.get(ticket.building_id, "") if ticket.building_id is not None else ""
    return OpenLine(ticket, building, cards.assignee_of(unit, ticket), late)
