"""A day beside the same weekdays before it: what was usual then, and what of today is rare."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.notifications.to_manager import Unusual, UnusualWhat
from handlers.reports.usual import chance_of, mean_of
from storage.models import Site
from storage.repositories.scopes import Demand, Scope
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork

WEEKS = 4
FEWEST_DAYS = 2
"""Past days below which nothing is usual yet."""
RARE = 1 / 50
RARE_TOPIC = 1 / 300
"""There are some forty trades and buildings to be rare in, so each must be rarer."""
FEWEST = 4
SHOWN = 3
RAREST = 1000


@dataclass(frozen=True, slots=True)
class Compared:
    """What was usual on such a day; None where there were too few of them."""

    new: float | None = None
    unusual: tuple[Unusual, ...] = ()


def compare(unit: UnitOfWork, site: Site, sight: Sight, since: datetime, until: datetime) -> Compared:
    """The time from `since` to `until` beside the same hours of the same weekday in the four weeks before."""
    zone, first = ZoneInfo(site.timezone), unit.trends.find_first(site.id)
    start, end = since.astimezone(zone), until.astimezone(zone)
    back = [timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    past = [Scope(sight, start - week, end - week) for week in back if first is not None and start - week >= first]
    if len(past) < FEWEST_DAYS or until - since > timedelta(days=1, hours=1):
        return Compared()
    today = _counted(unit.periods.demand(Scope(sight, since, until)))
    before = [_counted(unit.periods.demand(scope)) for scope in past]
    total = (UnusualWhat.ALL, "")
    found = []
    for what in {total, *(each for counted in (today, *before) for each in counted)}:
        counts = [counted[what] for counted in before]
        chance = chance_of(today[what], counts)
        is_rare = chance < RARE if what == total else chance < RARE_TOPIC and today[what] >= FEWEST
        if is_rare:
            usual = mean_of(counts)
            found.append(
                (chance, Unusual(what[0], _name(unit, what), today[what], usual, min(RAREST, int(1 / chance))))
            )
    found.sort(key=lambda each: (each[1].what is not UnusualWhat.ALL, each[0], each[1].name))
    return Compared(mean_of([counted[total] for counted in before]), tuple(each for _, each in found[:SHOWN]))


def _counted(demand: list[Demand]) -> Counter[tuple[UnusualWhat, str]]:
    counted: Counter[tuple[UnusualWhat, str]] = Counter()
    for row in demand:
        counted[(UnusualWhat.ALL, "")] += row.tickets
        counted[(UnusualWhat.KIND, row.kind.value)] += row.tickets
        counted[(UnusualWhat.TRADE, row.trade.value)] += row.tickets
        if row.building_id is not None:
            counted[(UnusualWhat.BUILDING, str(row.building_id))] += row.tickets
    return counted


def _name(unit: UnitOfWork, what: tuple[UnusualWhat, str]) -> str:
    if what[0] is not UnusualWhat.BUILDING:
        return what[1]
    building = unit.sites.find_building(int(what[1]))
    return building.name if building is not None else ""
