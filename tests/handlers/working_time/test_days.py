"""Days as people write them, and the public days of a country."""

from datetime import date

import pytest

from handlers.working_time import DayRule, Weekdays, public_days_of


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Mon-Fri", "1,2,3,4,5"),
        ("周一至周五", "1,2,3,4,5"),
        ("週六、週日", "6,7"),
        ("星期五到星期一", "1,5,6,7"),
        ("1,3,5", "1,3,5"),
        ("１、３", "1,3"),
        ("daily", "1,2,3,4,5,6,7"),
        ("每天", "1,2,3,4,5,6,7"),
        ("Saturday", "6"),
        ("工作日", "workdays"),
        ("节假日", "restdays"),
    ],
)
def test_days_are_read_as_people_write_them(written: str, stored: str) -> None:
    assert Weekdays.read(written).stored == stored
    assert Weekdays.read(stored) == Weekdays.read(written)


@pytest.mark.parametrize("written", ["", "someday", "8", "0", "1-2-3", "周八", "mo"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Weekdays.read(written)


def test_the_mainland_makes_up_for_its_holidays_on_saturdays() -> None:
    mainland = public_days_of("CN")
    assert not mainland.is_workday(date(2026, 10, 1))
    assert mainland.is_workday(date(2026, 10, 10))
    assert Weekdays(DayRule.RESTDAYS).holds(date(2026, 10, 1), mainland)
    assert not Weekdays.read("Mon-Fri").holds(date(2026, 10, 10), mainland)


def test_elsewhere_nobody_works_on_the_feast() -> None:
    hong_kong = public_days_of("HK")
    assert not hong_kong.is_workday(date(2026, 2, 17))
    assert hong_kong.is_workday(date(2026, 2, 16))
    assert not hong_kong.is_workday(date(2026, 2, 14))


def test_a_year_the_table_lacks_has_ordinary_weeks_and_says_so() -> None:
    far = public_days_of("CN")
    assert far.is_known(2026)
    assert not far.is_known(2099)
    assert far.is_workday(date(2099, 10, 1))  # a Thursday
    assert not public_days_of("ZZ").is_known(2026)
    assert public_days_of(None).is_known(2026)
