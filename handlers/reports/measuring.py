"""Takes every raw count of a period at once; `figures` works the figures out from them and asks nothing itself."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.roster.calendars import calendar_of
from handlers.steps import Step
from handlers.working_time import ALWAYS, working_time_between
from storage.models import Site
from storage.repositories.scopes import Ratings, Scope, Share, Spread, SurveyCount
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, Trade

ACTIVE_AGAIN = timedelta(days=90)
ABOVE = ("", MemberRole.CLIENT_DIRECTOR, MemberRole.OFFICE_MANAGER, MemberRole.QUALITY)
"""Whom a step tells when it calls somebody above the groups; nobody by name is the managers' chat."""
CALLS_ABOVE = tuple(
    f"{step}:{role}" for step in (Step.ESCALATED, Step.NOT_TAKEN, Step.LATE, Step.TO_AND_FRO) for role in ABOVE
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted in one period."""

    by_kind: dict[Kind, int]
    by_trade: dict[Trade, int]
    by_building: dict[int | None, int]
    flats: int
    first_answer: Spread
    resolution: Spread
    complaint_cycle: Spread
    """In working time."""
    finished_of_due: Share
    on_time: Share
    reopened: Share
    callbacks: Share
    ratings: Ratings
    escalated: Share
    talk: int
    accepted_at_first: Share
    answered_by_list: Share
    survey: SurveyCount
    active: Share
    """Of the flats heard of in the 90 days before, those heard of in the period."""

    @property
    def received(self) -> int:
        """Every ticket of the period."""
        return sum(self.by_kind.values())


def measure(unit: UnitOfWork, site: Site, scope: Scope) -> Measured:
    """Count everything; some twenty statements, each over the period's own rows."""
    periods = unit.periods
    kinds: Counter[Kind] = Counter()
    trades: Counter[Trade] = Counter()
    buildings: Counter[int | None] = Counter()
    for row in periods.demand(scope):
        kinds[row.kind] += row.tickets
        trades[row.trade] += row.tickets
        buildings[row.building_id] += row.tickets
    ratings = periods.ratings(scope).values()
    before = periods.flats(replace(scope, since=scope.since - ACTIVE_AGAIN, until=scope.since))
    return Measured(
        by_kind=dict(kinds),
        by_trade=dict(trades),
        by_building=dict(buildings),
        flats=periods.count_flats(scope),
        first_answer=periods.first_answers(scope),
        resolution=periods.resolutions(scope),
        complaint_cycle=complaint_cycle(unit, site, scope),
        finished_of_due=periods.finished_of_due(scope),
        on_time=periods.on_time(scope),
        reopened=periods.reopened(scope),
        callbacks=periods.callbacks(scope),
        ratings=Ratings(sum(each.given for each in ratings), sum(each.total for each in ratings)),
        escalated=periods.escalated(scope, CALLS_ABOVE),
        talk=periods.count_talk(scope),
        accepted_at_first=periods.accepted_at_first(scope),
        answered_by_list=periods.answered_by_list(scope),
        survey=periods.survey(scope),
        active=Share(len(before & periods.flats(scope)), len(before)),
    )


def complaint_cycle(unit: UnitOfWork, site: Site, scope: Scope) -> Spread:
    """Working time as the group's calendar counts it, which no database can; complaints are few."""
    roster = unit.rosters.recall(site.id)
    took = sorted(
        (
            int(
                working_time_between(
                    ALWAYS if roster.is_empty else calendar_of(roster, site, each.group), each.opened_at, each.closed_at
                ).total_seconds()
            ),
            each.number,
        )
        for each in unit.periods.complaints_closed(scope)
    )
    if not took:
        return Spread()
    half, nine = (took[-(-len(took) * percent // 100) - 1][0] for percent in (50, 90))
    return Spread(len(took), half, nine, *took[-1])
