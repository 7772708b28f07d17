"""Working time: which hours of which days count, and arithmetic in them. Pure: it knows no clock and no repository."""

from handlers.working_time.arithmetic import NeverOpen, add_working_time, next_open, working_time_between
from handlers.working_time.calendar import ALWAYS, Calendar, Hours
from handlers.working_time.days import DayRule, Weekdays
from handlers.working_time.public_days import PublicDays, public_days_of

__all__ = [
    "ALWAYS",
    "Calendar",
    "DayRule",
    "Hours",
    "NeverOpen",
    "PublicDays",
    "Weekdays",
    "add_working_time",
    "next_open",
    "public_days_of",
    "working_time_between",
]
