"""Which days something is for, as people write: `workdays`, `restdays`, `daily`, `Mon-Fri`, `周一至周五`, `1,3,5`."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.working_time.public_days import PublicDays


class DayRule(StrEnum):
    """Days that move with the public holidays. WEEKDAYS are those of the week whatever the holidays say."""

    WEEKDAYS = "weekdays"
    WORKDAYS = "workdays"
    RESTDAYS = "restdays"


RULES = {
    "workdays": DayRule.WORKDAYS,
    "workday": DayRule.WORKDAYS,
    "工作日": DayRule.WORKDAYS,
    "restdays": DayRule.RESTDAYS,
    "restday": DayRule.RESTDAYS,
    "holidays": DayRule.RESTDAYS,
    "休息日": DayRule.RESTDAYS,
    "节假日": DayRule.RESTDAYS,
    "節假日": DayRule.RESTDAYS,
}
EVERY_DAY = {"daily", "everyday", "每天", "每日"}
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHINESE = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
LIST = re.compile(r"[,;，、；和/\s]+")
RANGE = re.compile(r"[-–—~至到]")
PREFIX = re.compile(r"^(?:周|星期|週|礼拜|禮拜)")


@dataclass(frozen=True, slots=True)
class Weekdays:
    """A rule, and for WEEKDAYS which: 0 is Monday."""

    rule: DayRule
    days: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Weekdays":
        """As people write it; `ValueError` for what cannot be read."""
        clean = unicodedata.normalize("NFKC", text).strip().casefold()
        if clean in RULES:
            return cls(RULES[clean])
        if clean in EVERY_DAY:
            return cls(DayRule.WEEKDAYS, frozenset(range(7)))
        found: set[int] = set()
        for part in filter(None, LIST.split(clean)):
            first, *rest = RANGE.split(part)
            if len(rest) > 1:
                raise ValueError(text)
            start, end = _weekday(first), _weekday(rest[0] if rest else first)
            found.update((start + n) % 7 for n in range((end - start) % 7 + 1))
        if not found:
            raise ValueError(text)
        return cls(DayRule.WEEKDAYS, frozenset(found))

    @property
    def stored(self) -> str:
        """How it is kept: the rule's word, or digits with 1 for Monday. `read` takes it back."""
        return ",".join(str(day + 1) for day in sorted(self.days)) if self.rule is DayRule.WEEKDAYS else self.rule

    def holds(self, day: date, public: PublicDays) -> bool:
        """Whether a day is one of them."""
        match self.rule:
            case DayRule.WEEKDAYS:
                return day.weekday() in self.days
            case DayRule.WORKDAYS:
                return public.is_workday(day)
            case DayRule.RESTDAYS:
                return not public.is_workday(day)


def _weekday(text: str) -> int:
    bare = PREFIX.sub("", text)
    if bare.isdecimal() and 1 <= int(bare) <= 7:
        return int(bare) - 1
    if bare in CHINESE:
        return CHINESE[bare]
    for index, name in enumerate(NAMES):
        if len(bare) >= len(name) and bare.startswith(name):
            return index
    raise ValueError(text)
