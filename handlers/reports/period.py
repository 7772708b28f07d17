"""A week or a month as a report: the figures, where the work came from, what stood out, and what next month may bring.

For the managers with ticket numbers; for the owners' committee and the developer without anything that points to a
flat or a person. What is about somebody of ours is in none of them: a file goes from hand to hand.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from handlers.board.views import Filters, Overview, overview_for
from handlers.reports.trend import by_day
from storage.models import Site
from storage.repositories.scopes import LongCase, Scope
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CallbackOutcome, Kind, Trade

CASES = 5
LOOKS_BACK_MONTHS, RESTS_ON = 12, 3
WARRANTY = (
    Trade.STRUCTURE,
    Trade.PLUMBING,
    Trade.ELECTRICAL,
    Trade.LIFT,
    Trade.HVAC,
    Trade.DOOR_ACCESS,
    Trade.FACILITIES,
    Trade.GAS,
    Trade.FIRE_SAFETY,
)
"""What a developer answers for while a home is under warranty."""


class Reader(StrEnum):
    """For whom a report is."""

    MANAGERS = "managers"
    OWNERS = "owners"
    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class Forecast:
    """How much the next month may bring."""

    month: date
    expected: int
    error: float | None
    """By how much, as a share, the same guess was off in the months before; None where there were too few."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is in the file."""

    site: Site
    reader: Reader
    filters: Filters
    overview: Overview
    reopened: tuple[tuple[Trade, CallbackOutcome, int], ...]
    """Why tenants said it was not fixed, the most first."""
    telling: Sequence[LongCase]
    forecast: Forecast | None
    building_names: tuple[tuple[int, str], ...]
    warranty: tuple[tuple[str, Trade, int], ...]
    """Repairs under the developer's warranty, by building and trade."""


def report_of(unit: UnitOfWork, site: Site, filters: Filters, reader: Reader) -> Report:
    """Count it."""
    sight = Sight(site.id, None, tuple(unit.complaints.guarded()))
    scope = filters.scope(sight, ZoneInfo(site.timezone))
    outcomes = [(trade, said, count) for (trade, said), count in unit.periods.outcomes(scope).items()]
    bad = sorted((each for each in outcomes if each[1] is not CallbackOutcome.FIXED), key=lambda each: -each[2])
    return Report(
        site=site,
        reader=reader,
        filters=filters,
        overview=overview_for(unit, site, sight, filters),
        reopened=tuple(bad[:CASES]),
        telling=unit.trends.telling(scope, CASES),
        forecast=_forecast(unit, site, sight, filters.last),
        building_names=tuple((each.id, each.name) for each in unit.sites.list_buildings(site.id)),
        warranty=_warranty(unit, site, scope),
    )


def month_of(text: str) -> Filters:
    """`2026-10`, else ValueError."""
    first = date.fromisoformat(f"{text}-01")
    return Filters(first, _next_month(first) - timedelta(days=1))


def week_of(day: date) -> Filters:
    """Monday to Sunday, around a day."""
    monday = day - timedelta(days=day.weekday())
    return Filters(monday, monday + timedelta(days=6))


def _forecast(unit: UnitOfWork, site: Site, sight: Sight, last: date) -> Forecast | None:
    """The mean of a day in the last three months, for every day of the next; its error is how far the same guess
    was off, month by month, in the year before.
    """
    zone, ends = ZoneInfo(site.timezone), _next_month(last.replace(day=1))
    months = [ends]
    while len(months) <= LOOKS_BACK_MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    months.reverse()
    since, until = (datetime.combine(month, time(), zone).astimezone(UTC) for month in (months[0], ends))
    quarters = unit.trends.received(Scope(sight, since, until))
    days = by_day(quarters, zone, months[0], (ends - months[0]).days)
    totals = [sum(days[(a - months[0]).days : (b - months[0]).days]) for a, b in pairwise(months)]
    lengths = [(b - a).days for a, b in pairwise(months)]
    begun = next((n for n, total in enumerate(totals) if total), len(totals))
    if len(totals) - begun < RESTS_ON:
        return None
    off = [
        abs(_guess(totals, lengths, n, lengths[n]) - totals[n]) / totals[n]
        for n in range(begun + RESTS_ON, len(totals))
        if totals[n]
    ]
    expected = _guess(totals, lengths, len(totals), (_next_month(ends) - ends).days)
    return Forecast(ends, round(expected), sum(off) / len(off) if off else None)


def _guess(totals: Sequence[int], lengths: Sequence[int], month: int, days: int) -> float:
    return days * sum(totals[month - RESTS_ON : month]) / sum(lengths[month - RESTS_ON : month])


def _warranty(unit: UnitOfWork, site: Site, scope: Scope) -> tuple[tuple[str, Trade, int], ...]:
    names = {building.id: building.name for building in unit.sites.list_buildings(site.id)}
    counted: Counter[tuple[str, Trade]] = Counter()
    for row in unit.periods.demand(scope):
        if row.kind is Kind.REPAIR and row.trade in WARRANTY:
            counted[(names.get(row.building_id or 0, ""), row.trade)] += row.tickets
    return tuple((name, trade, count) for (name, trade), count in counted.most_common())


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
