"""Working time, against somebody who counts every minute on the wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.working_time import (
    ALWAYS,
    Calendar,
    Hours,
    NeverOpen,
    Weekdays,
    add_working_time,
    next_open,
    public_days_of,
    working_time_between,
)
from tests.handlers.working_time.walking import worked_minutes

SHANGHAI, NEW_YORK, LORD_HOWE = (
    ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")
)
NINE_TO_SIX = Hours(time(9), time(18))
NIGHT = Hours(time(22), time(6))
WORKDAYS, DAILY = Weekdays.read("workdays"), Weekdays.read("daily")
OFFICE = Calendar(SHANGHAI, ((WORKDAYS, NINE_TO_SIX),), public=public_days_of("CN"))


def local(zone: ZoneInfo, *at: int, fold: int = 0) -> datetime:
    return datetime(*at, tzinfo=zone, fold=fold).astimezone(UTC)  # type: ignore[misc,arg-type]


def test_a_job_of_friday_evening_is_due_on_monday() -> None:
    friday = local(SHANGHAI, 2026, 3, 6, 17)
    assert add_working_time(OFFICE, friday, timedelta(hours=2)) == local(SHANGHAI, 2026, 3, 9, 10)
    assert working_time_between(OFFICE, friday, local(SHANGHAI, 2026, 3, 9, 10)) == timedelta(hours=2)


def test_exactly_at_closing_is_still_today() -> None:
    assert add_working_time(OFFICE, local(SHANGHAI, 2026, 3, 6, 17), timedelta(hours=1)) == local(
        SHANGHAI, 2026, 3, 6, 18
    )


def test_a_make_up_saturday_is_worked_and_the_holiday_is_not() -> None:
    """In 2026 the National Day holiday ends on Wednesday 7 October, and Saturday 10 October is worked for it."""
    eve = local(SHANGHAI, 2026, 9, 30, 17)
    assert add_working_time(OFFICE, eve, timedelta(hours=2)) == local(SHANGHAI, 2026, 10, 8, 10)
    friday = local(SHANGHAI, 2026, 10, 9, 17)
    assert add_working_time(OFFICE, friday, timedelta(hours=2)) == local(SHANGHAI, 2026, 10, 10, 10)


def test_the_night_shift_works_across_midnight() -> None:
    night = Calendar(SHANGHAI, ((DAILY, NIGHT),))
    after_midnight = local(SHANGHAI, 2026, 3, 7, 5)
    assert next_open(night, after_midnight) == after_midnight
    assert add_working_time(night, after_midnight, timedelta(hours=2)) == local(SHANGHAI, 2026, 3, 7, 23)


def test_a_night_is_as_long_as_the_clock_makes_it() -> None:
    night = Calendar(NEW_YORK, ((DAILY, NIGHT),))
    spring, autumn = (local(NEW_YORK, 2026, *day, 12) for day in ((3, 7), (10, 31)))
    assert working_time_between(night, spring, spring + timedelta(hours=24)) == timedelta(hours=7)
    assert working_time_between(night, autumn, autumn + timedelta(hours=24)) == timedelta(hours=9)


def test_a_day_with_its_own_hours_has_no_others() -> None:
    typhoon, late = date(2026, 3, 9), date(2026, 3, 10)
    calendar = Calendar(SHANGHAI, OFFICE.rules, {typhoon: (), late: (Hours(time(20), time(21)),)}, OFFICE.public)
    friday = local(SHANGHAI, 2026, 3, 6, 17)
    assert add_working_time(calendar, friday, timedelta(hours=1, minutes=30)) == local(SHANGHAI, 2026, 3, 10, 20, 30)


def test_without_rules_every_minute_counts() -> None:
    at = local(SHANGHAI, 2026, 3, 7, 3)
    assert add_working_time(ALWAYS, at, timedelta(hours=5)) == at + timedelta(hours=5)
    assert working_time_between(ALWAYS, at, at + timedelta(hours=5)) == timedelta(hours=5)


def test_a_calendar_that_never_opens_says_so() -> None:
    shut = Calendar(
        SHANGHAI, ((WORKDAYS, NINE_TO_SIX),), {date(2026, 1, 1) + timedelta(days=n): () for n in range(900)}
    )
    with pytest.raises(NeverOpen):
        next_open(shut, local(SHANGHAI, 2026, 3, 6, 17))


times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
hours = st.builds(Hours, times, times)
rules = st.sampled_from(("workdays", "restdays", "daily", "Mon-Fri", "Sat", "3,7")).map(Weekdays.read)
# Days with a clock change, beside a holiday, beside a make-up day, and any other.
starts = st.sampled_from(
    (
        (SHANGHAI, date(2026, 2, 13), "CN"),
        (SHANGHAI, date(2026, 9, 30), "CN"),
        (NEW_YORK, date(2026, 3, 7), "US"),
        (NEW_YORK, date(2026, 10, 31), "US"),
        (LORD_HOWE, date(2026, 4, 4), None),
        (LORD_HOWE, date(2026, 10, 3), None),
    )
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar and a moment in it."""
    zone, day, country = draw(starts)
    worked = tuple(draw(st.lists(st.tuples(rules, hours), min_size=1, max_size=3)))
    own = draw(st.dictionaries(st.integers(-1, 3), st.lists(hours, max_size=2).map(tuple), max_size=2))
    exceptions = {day + timedelta(days=n): each for n, each in own.items()}
    at = datetime.combine(day, time(), zone).astimezone(UTC) + timedelta(minutes=draw(st.integers(0, 2 * 24 * 60)))
    return Calendar(zone, worked, exceptions, public_days_of(country)), at


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(0, 2 * 24 * 60), st.integers(1, 20 * 60))
def test_it_agrees_with_a_walk_minute_by_minute(case: tuple[Calendar, datetime], span: int, minutes: int) -> None:
    calendar, start = case
    walked = list(worked_minutes(calendar, start, 3))
    end = start + timedelta(minutes=span)
    assert working_time_between(calendar, start, end) == timedelta(minutes=sum(at < end for at in walked))
    worked = list(islice(walked, minutes))
    if len(worked) == minutes and worked[-1] < start + timedelta(days=3):
        due = add_working_time(calendar, start, timedelta(minutes=minutes))
        assert due == worked[-1] + timedelta(minutes=1)
        assert working_time_between(calendar, start, due) == timedelta(minutes=minutes)


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(0, 900), st.integers(0, 900))
def test_adding_twice_is_adding_the_sum(case: tuple[Calendar, datetime], first: int, second: int) -> None:
    calendar, start = case
    one, other = timedelta(minutes=first), timedelta(minutes=second)
    try:
        whole = add_working_time(calendar, start, one + other)
    except NeverOpen:
        return
    twice = add_working_time(calendar, add_working_time(calendar, start, one), other)
    # A sum that ends exactly at closing time may begin again at the next opening, and nothing is worked between.
    assert working_time_between(calendar, whole, twice) == timedelta()
