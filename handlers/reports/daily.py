"""One day of a site, counted once, with a ledger that adds up or says by how much it does not."""

from datetime import date, datetime

from handlers.notifications.to_manager import DailyDigest, OverdueLine
from storage.models import Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, Kind

LATE_SHOWN = 5


def digest_of(
    unit: UnitOfWork,
    site: Site,
    since: datetime,
    until: datetime,
    day: date,
    missed_days: int = 0,
    asked_by: int | None = None,
) -> DailyDigest:
    """The digest of the time from `since` to `until`, named by its local day; `asked_by` is who asks, in the inbox."""
    figures = unit.figures.day(site.id, since, until)
    ledger = unit.figures.ledger(site.id, since, until, asked_by)
    settled = {disposition: count for disposition, count in ledger.items() if disposition is not None}
    heard = unit.figures.count_heard(site.id, since, until, asked_by)
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
        late=tuple(_late_line(ticket, until) for ticket in unit.figures.list_overdue(site.id, until, LATE_SHOWN)),
        missed_days=missed_days,
    )


def _late_line(ticket: Ticket, until: datetime) -> OverdueLine:
    if ticket.finish_due_at is None:
        raise LookupError("a late ticket without a promise")
    hours = int((until - ticket.finish_due_at).total_seconds() // 3600)
    return OverdueLine(ticket.number, ticket.trade, ticket.finish_due_at, max(hours, 1))
