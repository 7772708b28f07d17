"""What somebody answers to "may we come at three?": yes, no, another hour, or something else altogether.

Words alone; the caller knows whether there is such a question. They are in `locales/*/visits.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files

from handlers.understanding.moments import Named, named_time
from handlers.understanding.normal_form import normal_form
from handlers.understanding.signs import pattern_of

_LANGUAGES = ("zh_CN", "zh_TW", "en")
_LONGEST = 60
_CLAUSE = re.compile(r"[,;。!?\n]+|但是?|不过|\bbut\b")
_WORD = re.compile(r"[^\W\d_a-zA-Z]|[a-zA-Z]+|\d+")
_ASKED = re.compile(
    r"[?吗呢]|行不行|可不可以|好不好|能不能|得唔得|好唔好|可唔可以|how about|what about|can you|could you"
)
_MOVED = re.compile("改[到成为]|换[到成]")
_MOST_TIMES = 3
_THUMB = re.compile("👌|👍|🆗")


class Answer(StrEnum):
    """Which of them it is; TIME names another hour, OFF calls the visit off."""

    YES = "yes"
    NO = "no"
    TIME = "time"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """The answer; with TIME, and where a YES repeats it, the hour."""

    answer: Answer
    named: Named | None = None


def visit_answer_of(text: str, now: datetime, around: date | None = None) -> VisitAnswer | None:
    """The answer these words are and nothing more; None where they tell of anything else.

    `now` is the wall clock without a zone, `around` the day that was asked about.
    """
    plain = normal_form(text).text
    if len(plain) > _LONGEST:
        return None
    if _words("off").search(plain):
        return VisitAnswer(Answer.OFF)
    is_asked = _ASKED.search(plain) is not None
    plain = _ASKED.sub(" ", _THUMB.sub(" ok ", plain))
    whole = named_time(plain, now, around)
    rest = _without_times(plain, now)
    if _news_in(rest):
        return None
    if not _words("no").search(rest):
        if whole is None:
            return VisitAnswer(Answer.YES) if _words("yes").search(rest) else None
        is_yes = _words("yes").search(rest) is not None and not is_asked
        return VisitAnswer(Answer.YES if is_yes else Answer.TIME, whole)
    for clause in _CLAUSE.split(_MOVED.sub(",", plain)):  # "tomorrow is no good, Saturday is"
        named = named_time(clause, now, around)
        if named is not None and not _words("no").search(named.rest):
            return VisitAnswer(Answer.TIME, named)
    return VisitAnswer(Answer.NO)


def spares_visit(text: str) -> bool:
    """Whether words say that nobody need come."""
    return _words("off").search(normal_form(text).text) is not None


def bare_time_of(text: str, now: datetime) -> Named | None:
    """The hour staff write for a visit, alone or with "I'll come"; None where the words say more."""
    named = named_time(text, now)
    if named is None:
        return None
    rest = _without_times(_ASKED.sub(" ", normal_form(text).text), now)
    return None if _news_in(rest) or _words("no").search(rest) else named


def _without_times(plain: str, now: datetime) -> str:
    for _ in range(_MOST_TIMES):
        named = named_time(plain, now)
        if named is None:
            break
        plain = named.rest
    return plain


def _news_in(plain: str) -> str:
    """What is left when all that is no news has gone."""
    return "".join(_WORD.findall(_words("no", "yes", "filler").sub(" ", plain)))


@cache
def _words(*tables: str) -> re.Pattern[str]:
    """One pattern, the longest phrases first: an apology that begins with "no" is none."""
    pages = [tomllib.loads(files("locales").joinpath(name, "visits.toml").read_text("utf-8")) for name in _LANGUAGES]
    return pattern_of(", ".join(page[table] for page in pages for table in tables))
