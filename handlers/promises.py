"""Promises 时限: by when a ticket is seen to and finished, in the working time of its group, without its pauses.

Every room that opens a ticket, changes it or lets it wait comes here; nobody else counts.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from handlers.kinds import KINDS
from handlers.roster.calendars import calendar_of
from handlers.working_time import ALWAYS, Calendar, NeverOpen, add_working_time, working_time_between
from storage.models import Site, Ticket
from storage.repositories.rosters import SiteRoster
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group, Kind, Trade, Urgency

KIND = "promise"
STEP = "step"
"""Which promise of a ticket is its step's, beside `answer`, `soon` and `finish`."""
SOON = 0.8
"""The share of a promise after which its keeper is warned."""
MINUTE = timedelta(minutes=1)


class Within(NamedTuple):
    """What is promised, as working time."""

    answer: timedelta
    finish: timedelta


class Promised(NamedTuple):
    """What a new ticket is promised."""

    answer_due_at: datetime | None
    finish_due_at: datetime
    finish_within: int


def within(roster: SiteRoster, kind: Kind, trade: Trade | None, urgency: Urgency) -> Within:
    """What a site promises: for this very trade, else for the kind, else what the kind itself says."""
    own = [row for row in roster.promises if row.kind is kind and row.urgency is urgency and row.trade in (trade, None)]
    if own:
        row = max(own, key=lambda row: row.trade is not None)
        return Within(row.answer_minutes * MINUTE, row.finish_minutes * MINUTE)
    return Within(KINDS[kind].answer_within[urgency], KINDS[kind].finish_within[urgency])


def of_new(unit: UnitOfWork, site: Site, kind: Kind, trade: Trade, urgency: Urgency) -> Promised:
    """What a ticket opened now is promised. A site without a roster promises hours on the clock, and no answer."""
    roster = unit.rosters.recall(site.id)
    if roster.is_empty:
        finish = KINDS[kind].finish_within[urgency]
        return Promised(None, unit.now + finish, finish // MINUTE)
    promised = within(roster, kind, trade, urgency)
    calendar = _calendar(roster, site, KINDS[kind].group_for(trade), urgency)
    answer = _add(calendar, unit.now, promised.answer)
    return Promised(answer, _add(calendar, unit.now, promised.finish), promised.finish // MINUTE)


def promise(unit: UnitOfWork, ticket: Ticket, since: datetime | None = None) -> None:
    """Promise anew what its kind, trade and urgency are now; from `since`, or from when it has counted all along."""
    roster = unit.rosters.recall(ticket.site_id)
    promised = within(roster, ticket.kind, ticket.trade, ticket.urgency)
    if since is not None:
        ticket.promised_from = since
        end_pauses(unit, ticket)
    ticket.finish_within = promised.finish // MINUTE
    if not roster.is_empty and ticket.first_answer_at is None:
        calendar = _calendar(roster, unit.sites.get(ticket.site_id), ticket.group, ticket.urgency)
        ticket.answer_due_at = _add(calendar, ticket.opened_at, promised.answer)
    count(unit, ticket)


def count(unit: UnitOfWork, ticket: Ticket) -> None:
    """When it is due, by what was promised and the calendar as it is now; nothing is due while it waits."""
    roster, site, paused = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id), timedelta()
    if ticket.waits_for is not None:
        ticket.finish_due_at = None
    else:
        calendar = _calendar(roster, site, ticket.group, ticket.urgency)
        paused = _paused(unit, ticket, calendar, _start(ticket))
        ticket.finish_due_at = _add(calendar, _start(ticket), _amount(roster, ticket) + paused)
    watch(unit, ticket, paused)


def count_all(unit: UnitOfWork, site: Site) -> None:
    """The calendar has changed: every open ticket is due by the new one."""
    roster = unit.rosters.recall(site.id)
    for ticket in unit.tickets.list_open(site.id):
        if ticket.incident_id is None:
            calendar = _calendar(roster, site, ticket.group, ticket.urgency)
            if ticket.first_answer_at is None and KINDS[ticket.kind].needs_work:
                answer = within(roster, ticket.kind, ticket.trade, ticket.urgency).answer
                ticket.answer_due_at = None if roster.is_empty else _add(calendar, ticket.opened_at, answer)
            count(unit, ticket)


def end_pauses(unit: UnitOfWork, ticket: Ticket) -> None:
    """Whatever it waited for, it waits no more."""
    for pause in unit.rosters.list_pauses(ticket.id):
        pause.until = pause.until or unit.now


def hold_the_sooner(unit: UnitOfWork, first: Ticket, joined: Ticket) -> None:
    """The clock of whichever has waited longer goes on for both, unless one of them stands still."""
    due, other = first.finish_due_at, joined.finish_due_at
    if due is not None and other is not None and other < due:
        first.promised_from = min(_start(first), _start(joined))
        count(unit, first)


def hasten(unit: UnitOfWork, ticket: Ticket) -> None:
    """It has become more urgent in the tenant's own words: due by the sooner of what was promised and what is now."""
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    promised = within(roster, ticket.kind, ticket.trade, ticket.urgency)
    calendar = _calendar(roster, site, ticket.group, ticket.urgency)
    anew = _add(calendar, unit.now, promised.finish)
    if ticket.waits_for is None and (ticket.finish_due_at is None or anew < ticket.finish_due_at):
        promise(unit, ticket, since=unit.now)


def watch(unit: UnitOfWork, ticket: Ticket, paused: timedelta = timedelta()) -> None:
    """Plan the warning before a promise and the alarm at it; the key holds the hour, so one that moves has its own."""
    roster = unit.rosters.recall(ticket.site_id)
    if roster.is_empty or not ticket.is_open or ticket.incident_id is not None:
        return
    if ticket.answer_due_at is not None and ticket.first_answer_at is None:
        _plan(unit, ticket, "answer", ticket.answer_due_at, ticket.answer_due_at)
    if ticket.finish_due_at is not None:
        _plan(unit, ticket, "finish", ticket.finish_due_at, ticket.finish_due_at)
        if ticket.urgency is not Urgency.EMERGENCY:
            calendar = _calendar(roster, unit.sites.get(ticket.site_id), ticket.group, ticket.urgency)
            soon = _add(calendar, _start(ticket), SOON * _amount(roster, ticket) + paused)
            if unit.now < soon < ticket.finish_due_at:
                _plan(unit, ticket, "soon", ticket.finish_due_at, soon)


def amount_of(unit: UnitOfWork, ticket: Ticket) -> timedelta:
    """How much working time it was promised within."""
    return _amount(unit.rosters.recall(ticket.site_id), ticket)


def worked_on(unit: UnitOfWork, ticket: Ticket, start: datetime, amount: timedelta) -> datetime:
    """When its group has worked that much more."""
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    return _add(_calendar(roster, site, ticket.group, ticket.urgency), start, amount)


def paused_since(unit: UnitOfWork, ticket: Ticket, since: datetime) -> timedelta:
    """Working time since then in which nobody here could go on."""
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    return _paused(unit, ticket, _calendar(roster, site, ticket.group, ticket.urgency), since)


def worked_between(unit: UnitOfWork, ticket: Ticket, start: datetime, end: datetime) -> timedelta:
    """Working time between two moments, for whoever has the ticket."""
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    return working_time_between(_calendar(roster, site, ticket.group, ticket.urgency), start, end)


def watch_step(unit: UnitOfWork, ticket: Ticket, due: datetime) -> None:
    """Plan the alarm at the end of a step's time, where there is a roster to tell whose it is."""
    if not unit.rosters.recall(ticket.site_id).is_empty:
        _plan(unit, ticket, STEP, due, due)


def _plan(unit: UnitOfWork, ticket: Ticket, which: str, due: datetime, at: datetime) -> None:
    unit.pushes.plan(KIND, f"{KIND}:{ticket.id}:{which}:{int(due.timestamp())}", at, ticket_id=ticket.id)


def _start(ticket: Ticket) -> datetime:
    return ticket.promised_from or ticket.opened_at


def _amount(roster: SiteRoster, ticket: Ticket) -> timedelta:
    if ticket.finish_within is not None:
        return ticket.finish_within * MINUTE
    return within(roster, ticket.kind, ticket.trade, ticket.urgency).finish


def _paused(unit: UnitOfWork, ticket: Ticket, calendar: Calendar, start: datetime) -> timedelta:
    """Working time since `start` in which nobody here could go on."""
    pauses = unit.rosters.list_pauses(ticket.id)
    spans = ((max(pause.since, start), pause.until or unit.now) for pause in pauses)
    return sum((working_time_between(calendar, since, until) for since, until in spans), timedelta())


def _calendar(roster: SiteRoster, site: Site, group: Group | None, urgency: Urgency) -> Calendar:
    """An emergency waits for nobody's morning."""
    return ALWAYS if urgency is Urgency.EMERGENCY or roster.is_empty else calendar_of(roster, site, group)


def _add(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """A calendar that never opens binds nobody; then the clock on the wall counts."""
    try:
        return add_working_time(calendar, start, amount)
    except NeverOpen:
        return start + amount
