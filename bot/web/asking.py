"""What a reader of the managers' page asks for in the address: days, a building, a group. Nonsense is no error."""

from collections.abc import Mapping
from datetime import date, timedelta

from handlers.board.views import LONGEST_DAYS, Filters
from storage.vocabulary import Group

WEEK = 7


def filters_in(query: Mapping[str, str], today: date) -> Filters:
    """The filters in an address; without days, this month up to today."""
    first = _day(query.get("from")) or today.replace(day=1)
    last = _day(query.get("until")) or max(first, today)
    if last < first:
        first, last = last, first
    first = max(first, last - timedelta(days=LONGEST_DAYS))
    return Filters(first, last, building_in(query), group_in(query))


def building_in(query: Mapping[str, str]) -> int | None:
    """The building asked for."""
    text = query.get("building", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def group_in(query: Mapping[str, str]) -> Group | None:
    """The group asked for."""
    text = query.get("group", "")
    return Group(text) if text in set(Group) else None


def periods(today: date) -> dict[str, tuple[date, date]]:
    """What most people ask for, by its name."""
    this_month = today.replace(day=1)
    last_month = this_month - timedelta(days=1)
    return {
        "today": (today, today),
        "week": (today - timedelta(days=WEEK - 1), today),
        "month": (this_month, today),
        "last_month": (last_month.replace(day=1), last_month),
        "year": (today.replace(month=1, day=1), today),
    }


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None
