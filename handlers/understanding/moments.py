"""Days and hours in people's own words as hours on a wall clock: "明天下午3点", "周六上午行吗", "tomorrow 2-4pm"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.understanding.normal_form import normal_form
from handlers.understanding.numerals import NUMERAL, digits_of

LONGEST = 80
"""Characters; a longer message tells a story in which a time is but a detail."""
MORNING, NOON, AFTERNOON, EVENING = (
    (time(9), time(12)),
    (time(12), time(14)),
    (time(14), time(18)),
    (time(18), time(20)),
)
ALL_DAY = (time(9), time(18))
PERIODS = {
    "早上": MORNING, "上午": MORNING, "早": MORNING, "朝早": MORNING, "朝": MORNING, "中午": NOON, "晏昼": NOON,
    "下午": AFTERNOON, "下昼": AFTERNOON, "傍晚": EVENING, "晚上": EVENING, "夜晚": EVENING, "晚间": EVENING,
    "晚饭后": EVENING, "晚": EVENING, "下班后": EVENING, "下班": EVENING, "放工": EVENING, "收工": EVENING,
    "morning": MORNING, "noon": NOON, "lunchtime": NOON, "lunch time": NOON, "afternoon": AFTERNOON,
    "evening": EVENING, "night": EVENING, "after work": EVENING, "before noon": MORNING,
}  # fmt: skip
DAYS = {
    "今天": 0, "今日": 0, "今": 0, "明天": 1, "明日": 1, "听日": 1, "明": 1, "听": 1, "后天": 2, "后日": 2, "大后天": 3,
    "today": 0, "this": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tml": 1, "day after tomorrow": 2,
}  # fmt: skip
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5} | {
    str(n): n - 1 for n in range(1, 8)
}
EN_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_DAY = re.compile(
    r"(?P<word>大后天|今天|今日|明天|明日|听日|后天|后日|[今明听](?=[早晚朝])|the day after tomorrow|day after tomorrow"
    r"|\btoday\b|\btonight\b|\btomorrow\b|\btmrw?\b|\btml\b|\bthis(?= (?:morning|afternoon|evening)))"
    r"|(?P<next>下个?|next\s+)?(?:这个?|本|this\s+)?"
    r"(?:(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-7])"
    r"|\b(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|urs|ur)?(?:day)?\b|\b(?P<weekend>weekend)\b)"
    rf"|(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]?|(?<!\d)(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})(?!\d)"
    rf"|(?P<nth>{NUMERAL})号(?![楼栋座院])"
    r"|\b(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?P<md>\d{1,2})(?:st|nd|rd|th)?\b"
    r"|\b(?P<dm>\d{1,2})(?:st|nd|rd|th)? (?P<nom>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
)
_PERIOD = re.compile(
    r"(?P<period>早上|上午|中午|下午|傍晚|晚上|晚间|夜晚|朝早|下昼|晏昼|晚饭后|(?:下班|放工|收工)(?:之?后|以后)?"
    r"|[早晚朝](?=\D|\d)|\b(?:morning|before noon|noon|lunch ?time|afternoon|evening|night|after work)\b)"
)
_TWO = re.compile("[一二三四五六七八九两]{2}")
_NUMBER = r"(?:(?<![\d.])\d{1,2}(?!\d)|[零一二三四五六七八九十两]{1,3})"


def _hour(which: str) -> str:
    """The pattern of one hour; its groups begin with `which`."""
    return (
        rf"(?:(?P<{which}ap>[ap]m)\s*)?(?P<{which}h>{_NUMBER})"
        rf"(?:[:：.](?P<{which}m>[0-5]\d)(?!\d)|[点时](?P<{which}zh>半|一刻|三刻|钟|{_NUMBER}分?(?!后))?)?"
        rf"\s*(?P<{which}en>[ap]\.?m\b\.?|o'?clock)?"
    )


_HOURS = re.compile(
    r"(?P<before>\b(?:at|by|from|between|around|about|after|before|past|@)\s*)?"
    rf"{_hour('a')}(?:\s*(?:到|至|-|–|~|\bto\b|\band\b|\buntil\b)\s*(?:下午|上午|中午|晚上)?{_hour('b')})?"
    r"\s*(?P<after>之?后|以后|过后|之?前|以前|左右)?"
)
_HALF = {"半": 30, "一刻": 15, "三刻": 45, "钟": 0}


@dataclass(frozen=True, slots=True)
class Named:
    """A time somebody named, on the wall clock of their place; without an end it is a point. `rest` is what else was
    said, in the normal form.
    """

    start: datetime
    end: datetime | None
    rest: str


def named_time(text: str, now: datetime, around: date | None = None) -> Named | None:
    """The time these words name that is still to come; None where they name none.

    `now` is the wall clock without a zone; `around` is the day that is talked about, for "3 o'clock will do".
    """
    plain = normal_form(text).text
    if len(plain) > LONGEST:
        return None
    rest, day, is_today = _take_day(plain, now)
    rest, period = _take_period(rest)
    rest, hours = _take_hours(rest, period)
    if day is None and period is None and hours is None:
        return None
    start, end = hours or period or ALL_DAY
    return next(
        (
            Named(max(found, _soon(now)) if is_window else found, until, rest)
            for each in _days(day, around, now, is_today=is_today)
            for found, until, is_window in _on(each, start, end, is_loose=hours is not None and period is None)
            if (until if is_window and until else found) > now
        ),
        None,
    )


def _days(day: date | None, around: date | None, now: datetime, *, is_today: bool) -> Iterator[date]:
    if day is not None:
        yield day
        if day == now.date() and not is_today:
            yield day + timedelta(days=7)  # "Saturday", said on a Saturday evening
        return
    if around is not None:
        yield around
    yield now.date()
    yield now.date() + timedelta(days=1)


def _on(
    day: date, start: time, end: time | None, *, is_loose: bool
) -> Iterator[tuple[datetime, datetime | None, bool]]:
    """On a day; a bare "8 o'clock" is in the evening where the morning's has gone by."""
    begins = datetime.combine(day, start)
    ends = datetime.combine(day, end) if end is not None else None
    yield begins, ends, ends is not None
    if is_loose and time(7) <= start < time(9) and ends is None:
        yield begins + timedelta(hours=12), None, False


def _soon(now: datetime) -> datetime:
    """Nobody comes in the minute in which it is agreed: the next half hour."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=30 * (now.minute // 30 + 1))


def _take_day(text: str, now: datetime) -> tuple[str, date | None, bool]:
    for found in _DAY.finditer(text):
        day = _day_of(found, now.date())
        if day is not None:
            kept = "tonight" if found["word"] == "tonight" else ""
            return _cut(text, found, kept.removeprefix("to")), day, found["word"] is not None
    return text, None, False


def _day_of(found: re.Match[str], today: date) -> date | None:
    if found["word"]:
        return today + timedelta(days=DAYS[found["word"].removeprefix("the ")])
    if found["weekday"] or found["en"] or found["weekend"]:
        weekday = WEEKDAYS[found["weekday"]] if found["weekday"] else 5
        weekday = EN_WEEKDAYS.index(found["en"]) if found["en"] else weekday
        if found["next"]:
            return today - timedelta(days=today.weekday()) + timedelta(days=7 + weekday)
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    month = found["month"] or found["m"]
    named = found["mon"] or found["nom"]
    number = digits_of(found["day"] or found["d"] or found["nth"] or found["md"] or found["dm"] or "")
    months = [MONTHS.index(named) + 1] if named else [int(digits_of(month))] if month else []
    return _date(months, int(number), today) if number.isdigit() else None


def _date(months: list[int], day: int, today: date) -> date | None:
    """This year's or the next's; a day alone is of this month or the next."""
    first = today.replace(day=1)
    for ahead in range(13):
        at = (first.month - 1 + ahead) % 12 + 1
        year = first.year + (first.month - 1 + ahead) // 12
        if months and at not in months:
            continue
        try:
            found = date(year, at, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _take_period(text: str) -> tuple[str, tuple[time, time] | None]:
    found = _PERIOD.search(text)
    if found is None:
        return text, None
    word = found["period"]
    name = next((name for name in sorted(PERIODS, key=len, reverse=True) if word.startswith(name)), "night")
    return _cut(text, found), PERIODS[name]


def _take_hours(text: str, period: tuple[time, time] | None) -> tuple[str, tuple[time, time | None] | None]:
    for found in _HOURS.finditer(text):
        if not _tells_hour(found, period):
            continue
        first = _time(found, "a", found["ah"], period, found["ben"])
        later = _time(found, "b", found["bh"], period, None) if found["bh"] else None
        if _TWO.fullmatch(found["ah"]):  # "两三点"
            first, later = (_time(found, "a", one, period, None) for one in found["ah"])
        if first is None:
            continue
        if later is not None and later <= first:
            later = later.replace(hour=later.hour + 12) if later.hour < 12 else None
        is_after = (found["after"] or "").endswith("后") or (found["before"] or "").startswith("after")
        is_before = (found["after"] or "").endswith("前") or (found["before"] or "").startswith("before")
        if later is None and is_after:
            later = max(EVENING[1], first.replace(hour=min(first.hour + 2, 23)))
        if later is None and is_before:
            first, later = max(MORNING[0], first.replace(hour=max(first.hour - 3, 0))), first
            if later <= first:
                continue
        return _cut(text, found), (first, later)
    return text, None


def _tells_hour(found: re.Match[str], period: tuple[time, time] | None) -> bool:
    """A bare number is an hour only beside a word that says so."""
    written = found[0]
    is_marked = bool(found["am"] or found["aen"] or found["bm"] or found["ben"] or found["aap"])
    is_marked = is_marked or "点" in written or (found["ah"].isdigit() and bool(found["before"]))
    return is_marked or (period is not None and found["ah"].isdigit() and len(found["ah"]) <= 2)


def _time(
    found: re.Match[str], which: str, written: str, period: tuple[time, time] | None, shared: str | None
) -> time | None:
    number = digits_of(written)
    if not number.isdigit():
        return None
    hour, minutes = int(number), found[f"{which}m"]
    part = found[f"{which}zh"]
    minute = int(minutes) if minutes else _HALF.get(part, 0) if part in _HALF else 0
    if part and part not in _HALF:
        told = digits_of(part.rstrip("分"))
        minute = int(told) if told.isdigit() else 0
    half = (found[f"{which}en"] or found[f"{which}ap"] or shared or "").replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half not in ("am", "pm") and hour < 12:
        is_late = period in (AFTERNOON, EVENING) or (period is NOON and hour < 4)
        if is_late or (period is None and 1 <= hour < 7):  # nobody means three at night
            hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _cut(text: str, found: re.Match[str], instead: str = "") -> str:
    return f"{text[: found.start()]} {instead} {text[found.end() :]}"
