"""When nobody is asked how a repair went."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.callbacks import out_of_quiet_hours
from tests.world import site

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (local(2, 9), local(2, 9)),
        (local(2, 20, 59), local(2, 20, 59)),
        (local(2, 21), local(3, 9)),
        (local(2, 23, 59), local(3, 9)),
        (local(3, 0), local(3, 9)),
        (local(3, 8, 59), local(3, 9)),
    ],
)
def test_the_night_is_left_out(at: datetime, asked: datetime) -> None:
    assert out_of_quiet_hours(site("Sunshine Garden"), at) == asked


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (local(2, 12), local(2, 14)),
        (local(2, 14), local(2, 14)),
        (local(2, 23), local(2, 23)),
        (local(2, 0), local(2, 0)),
    ],
)
def test_a_quiet_time_inside_one_day(at: datetime, asked: datetime) -> None:
    house = site("Sunshine Garden")
    house.quiet_from, house.quiet_until = time(12), time(14)
    assert out_of_quiet_hours(house, at) == asked


def test_equal_hours_mean_no_quiet_time() -> None:
    house = site("Sunshine Garden")
    house.quiet_from = house.quiet_until = time(0)
    assert out_of_quiet_hours(house, local(2, 3)) == local(2, 3)


hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)), hours, hours)  # noqa: DTZ001
def test_it_is_never_early_never_quiet_and_never_more_than_a_day_late(at: datetime, start: time, end: time) -> None:
    house = site("Sunshine Garden")
    house.quiet_from, house.quiet_until, house.timezone = start, end, "Europe/Berlin"
    asked = out_of_quiet_hours(house, at)
    assert asked >= at
    assert (asked - at).total_seconds() <= 25 * 3600
    assert out_of_quiet_hours(house, asked) == asked
