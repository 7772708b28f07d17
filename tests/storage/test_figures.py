"""A day in figures: each counted once, on the day it belongs to."""

from datetime import timedelta

from storage.repositories.outbox import Ending
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import (
    Audience,
    CallbackOutcome,
    CloseReason,
    EntryKind,
    Group,
    Kind,
    Lane,
    OutboxState,
    Side,
)
from storage.writer import Writer
from tests.claiming import claim
from tests.conftest import Clock
from tests.storage.cast import Cast, arrive


def test_a_day_of_one_open_one_closed_one_reopened_and_one_undelivered(
    writer: Writer, cast: Cast, clock: Clock
) -> None:
    def the_day(unit: UnitOfWork) -> None:
        late = unit.tickets.add(cast.ticket(1001, unit.now, finish_due_at=unit.now + timedelta(hours=1)))
        late.urge()
        unit.tickets.add_entry(late.id, unit.now, EntryKind.URGING, Side.TENANT, Audience.REPORTER, "还没来吗?")
        closed = unit.tickets.add(cast.ticket(1002, unit.now, kind=Kind.COMPLAINT))
        back = unit.tickets.add(cast.ticket(1003, unit.now))
        for each in (closed, back):
            each.assign(Group.ENGINEERING)
            each.take(cast.wang, unit.now)
            each.finish(cast.wang, unit.now)
            check = unit.afterwards.add_callback(each.id, each.round, cast.mei)
            check.sent_at = unit.now
        fixed = unit.afterwards.get_callback(closed.id, 1)
        fixed.outcome, fixed.answered_at, fixed.rating = CallbackOutcome.FIXED, unit.now, 4
        closed.close(CloseReason.CONFIRMED, unit.now)
        back.reopen()
        said = CallbackOutcome.NOT_FIXED
        unit.tickets.add_entry(back.id, unit.now, EntryKind.STEP, Side.TENANT, Audience.REPORTER, said)
        unit.outbox.add(**cast.message(unit.now, lane=Lane.BULK))
        due = claim(unit, "w", unit.now, {"memory": 8})
        unit.outbox.end([Ending(row.id, OutboxState.DEAD, reason="kicked") for row in due], "w", unit.now)

    since = clock()
    writer.submit(the_day).result(10)
    until = clock.passes(hours=8)
    day = writer.read_now(lambda unit: unit.figures.day(cast.site, since, until))
    assert (day.new, day.new_by_kind) == (3, {Kind.REPAIR: 2, Kind.COMPLAINT: 1})
    assert (day.closed, day.open, day.overdue, day.reopened, day.urged) == (1, 2, 1, 1, 1)
    assert (day.callbacks_sent, day.callbacks_answered, day.rating, day.ratings) == (2, 1, 4.0, 1)
    assert day.undelivered == 1
    overdue = writer.read_now(lambda unit: unit.figures.list_overdue(cast.site, until, 10))
    assert [ticket.number for ticket in overdue] == [1001]


def test_yesterday_and_another_site_count_nothing_of_it(writer: Writer, cast: Cast, clock: Clock) -> None:
    writer.submit(lambda unit: unit.tickets.add(cast.ticket(1001, unit.now))).result(10)
    other = writer.submit(lambda unit: arrive(unit, "South")).result(10)
    today, yesterday = clock(), clock() - timedelta(days=1)
    assert writer.read_now(lambda unit: unit.figures.day(cast.site, yesterday, today)).new == 0
    assert writer.read_now(lambda unit: unit.figures.day(other.site, today, today + timedelta(days=1))).open == 0
    assert writer.read_now(lambda unit: unit.figures.day(cast.site, today, today + timedelta(days=1))).new == 1
