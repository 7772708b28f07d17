"""One day of a site, counted once, with a ledger that adds up or says by how much it does not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.notifications.to_manager import DailyDigest, DayOfIncidents, DigestTrend, IncidentLine, OverdueLine
from handlers.reports.comparing import compare
from handlers.reports.measuring import complaint_cycle
from handlers.reports.trend import by_day
from storage.models import Site, Ticket
from storage.repositories.incidents import Incident
from storage.repositories.scopes import Scope
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, Kind

LATE_SHOWN = 5
INCIDENTS_SHOWN = 5
REVIEWS_SHOWN = 5
TREND_DAYS = 28
FEWEST_DRAWN = 3
"""Days with anything on them."""


def digest_of(
    unit: UnitOfWork,
    site: Site,
    since: datetime,
    until: datetime,
    day: date,
    missed_days: int = 0,
    asked_by: int | None = None,
    hidden: Sequence[int] = (),
) -> DailyDigest:
    """The digest of the time from `since` to `until`, named by its local day; `asked_by` is who asks, in the inbox.

    `hidden` are tickets its readers may not hear of: they are in the counts, and in no line.
    """
    figures = unit.figures.day(site.id, since, until)
    ledger = unit.figures.ledger(site.id, since, until, asked_by)
    settled = {disposition: count for disposition, count in ledger.items() if disposition is not None}
    heard = unit.figures.count_heard(site.id, since, until, asked_by)
    sight = Sight(site.id, None, tuple(hidden))
    compared = compare(unit, site, sight, since, until)
    complaints = complaint_cycle(unit, site, Scope(sight, since, until))
    return DailyDigest(
        site=site.name,
        day=day,
        heard=heard,
        ledger=tuple((disposition, settled[disposition]) for disposition in Disposition if disposition in settled),
        unsettled=heard - sum(settled.values()),
        new=figures.new,
        new_by_kind=tuple((kind, figures.new_by_kind[kind]) for kind in Kind if kind in figures.new_by_kind),
        closed=figures.closed,
        open=figures.open,
        overdue=figures.overdue,
        reopened=figures.reopened,
        urged=figures.urged,
        callbacks_sent=figures.callbacks_sent,
        callbacks_answered=figures.callbacks_answered,
        rating=figures.rating,
        ratings=figures.ratings,
        undelivered=figures.undelivered,
        unconfirmed=figures.unconfirmed,
        failed_pushes=figures.failed_pushes,
        unanswered=settled.get(Disposition.ASKED, 0) + settled.get(Disposition.STAFF_TRIAGE, 0),
        late=tuple(
            _late_line(ticket, until)
            for ticket in unit.figures.list_overdue(site.id, until, LATE_SHOWN + len(hidden))
            if ticket.id not in hidden
        )[:LATE_SHOWN],
        missed_days=missed_days,
        incidents=_incidents(unit, site, since, until, settled.get(Disposition.JOINED, 0)),
        list_answers=_list_answers(unit, site, since, until),
        to_review=tuple(row.key for row in unit.questions.list_to_review(site.id, day)[:REVIEWS_SHOWN]),
        usual_new=compared.new,
        unusual=compared.unusual,
        complaints_closed=complaints.jobs,
        complaint_minutes=None if complaints.median is None else complaints.median // 60,
        until=until,
    )


def trend_of(unit: UnitOfWork, site: Site, until: datetime, hidden: Sequence[int] = ()) -> DigestTrend | None:
    """The four weeks up to a moment, for the picture; None while there is hardly a day to draw."""
    zone = ZoneInfo(site.timezone)
    last = until.astimezone(zone).date()
    first = last - timedelta(days=TREND_DAYS - 1)
    start = datetime(first.year, first.month, first.day, tzinfo=zone)
    scope = Scope(Sight(site.id, None, tuple(hidden)), start, until)
    received = by_day(unit.trends.received(scope), zone, first, TREND_DAYS)
    finished = by_day(unit.trends.finished(scope), zone, first, TREND_DAYS)
    if sum(count > 0 for count in received) < FEWEST_DRAWN:
        return None
    return DigestTrend(site.name, first, tuple(received), tuple(finished))


def _list_answers(unit: UnitOfWork, site: Site, since: datetime, until: datetime) -> tuple[int, int, int]:
    given = unit.questions.count_given(site.id, since, until).values()
    return sum(each.times for each in given), sum(each.yes for each in given), sum(each.no for each in given)


def _incidents(unit: UnitOfWork, site: Site, since: datetime, until: datetime, joined: int) -> DayOfIncidents | None:
    """Those open in that time, the ones told by most people first; `joined` is the ledger's count."""
    found = unit.incidents.list_in(site.id, since, until)
    further, kept = unit.incidents.count_further(site.id, since, until)
    if not (found or further or joined):
        return None
    found.sort(key=lambda each: -each.reporters)
    shown = tuple(_incident_line(unit, each, until) for each in found[:INCIDENTS_SHOWN])
    return DayOfIncidents(len(found), shown, further, put_together=further - kept, parted=joined - kept)


def _incident_line(unit: UnitOfWork, each: Incident, until: datetime) -> IncidentLine:
    first = each.first
    is_over = first.done_at is not None and first.done_at < until
    end = first.done_at if is_over and first.done_at is not None else until
    building = unit.sites.find_building(first.building_id)
    minutes = int((end - first.opened_at).total_seconds() // 60)
    place = building.name if building else None
    return IncidentLine(first.number, first.trade, place, each.reporters, max(minutes, 1), is_over)


def _late_line(ticket: Ticket, until: datetime) -> OverdueLine:
    if ticket.finish_due_at is None:
        raise LookupError("a late ticket without a promise")
    hours = int((until - ticket.finish_due_at).total_seconds() // 3600)
    return OverdueLine(
        ticket.number, ticket.trade, ticket.finish_due_at, max(hours, 1), is_untaken=ticket.assignee_id is None
    )
