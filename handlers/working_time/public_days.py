"""Public holidays and make-up workdays of a country, by year, and how far its table reaches.

Mainland China moves workdays by decree each autumn, so its table (`chinesecalendar`) is exact and ends with the last
year decreed. Elsewhere `holidays` computes them. Both are asked once a year and country, and imported only then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

MAINLAND = "CN"
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class PublicDays:
    """One country's days. Without a country, or in a year its table lacks, every weekday is worked."""

    country: str | None

    def is_workday(self, day: date) -> bool:
        """Whether people of that country go to work then."""
        return day in _year(self.country, day.year).workdays

    def is_known(self, year: int) -> bool:
        """Whether the year is in the table; else only weekends are known."""
        return _year(self.country, year).is_known


@dataclass(frozen=True, slots=True)
class _Year:
    workdays: frozenset[date]
    is_known: bool


@cache
def public_days_of(country: str | None) -> PublicDays:
    """The days of a country, given as two letters."""
    return PublicDays(country)


@cache
def _year(country: str | None, year: int) -> _Year:
    if country == MAINLAND:
        return _mainland(year)
    return _elsewhere(country, year) if country else _ordinary(year, is_known=True)


def _mainland(year: int) -> _Year:
    from chinese_calendar.constants import holidays, workdays

    if not any(day.year == year for day in holidays):
        return _ordinary(year, is_known=False)
    return _collect(year, lambda day: day in workdays or (day.weekday() not in WEEKEND and day not in holidays))


def _elsewhere(country: str, year: int) -> _Year:
    from holidays import country_holidays

    try:
        table = country_holidays(country, years=year)
    except NotImplementedError:
        return _ordinary(year, is_known=False)
    if not table.start_year <= year <= table.end_year:
        return _ordinary(year, is_known=False)
    # Where only Sunday is a weekend by law, offices are closed on Saturdays all the same.
    weekend = frozenset(table.weekend) | (WEEKEND if WEEKEND & frozenset(table.weekend) else frozenset())

    def is_worked(day: date) -> bool:
        return day in table.weekend_workdays or (day.weekday() not in weekend and day not in table)

    return _collect(year, is_worked)


def _ordinary(year: int, *, is_known: bool) -> _Year:
    found = _collect(year, lambda day: day.weekday() not in WEEKEND)
    return _Year(found.workdays, is_known)


def _collect(year: int, is_worked: Callable[[date], bool]) -> _Year:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    return _Year(frozenset(filter(is_worked, days)), is_known=True)
