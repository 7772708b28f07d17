"""The words people write in a roster's cells and in commands: groups, roles, days, hours, in any of our languages."""

import re
import unicodedata
from datetime import date, time, timedelta

from locales import LOCALES, voice
from storage.roster_vocabulary import MemberRole
from storage.vocabulary import Group

DATE = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")
TIME = re.compile(r"(\d{1,2})[:.时點点](\d{2})?(?::00)?分?")
ENDING = re.compile(r"(?:项目|項目)?[组組部]$")
ALSO: dict[Group, frozenset[str]] = {
    Group.DESK: frozenset({"客户服务", "客戶服務", "前台", "前臺", "櫃台", "desk", "front desk", "customerservice"}),
    Group.ENGINEERING: frozenset({"维修", "維修", "机电", "機電", "maintenance"}),
    Group.ENVIRONMENT: frozenset({"保洁", "清潔", "清洁", "绿化", "綠化", "cleaning"}),
    Group.SECURITY: frozenset(
        {"保安", "护卫", "護衛", "护卫组", "護衛組", "安保", "保安部", "秩序", "秩序部", "guards"}
    ),
    Group.ADMINISTRATION: frozenset({"管理", "人事行政", "office"}),
}
TODAY = {"today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2, "後天": 2}
ALL_GROUPS = {"", "all", "全部", "所有", "全体", "全體"}
MONTHS_BACK = 60
"""Days after which a date written without its year is taken for next year's."""


def plain(text: str) -> str:
    """Words that read alike are the same: full-width or not, large or small, with blanks or without."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_group(text: str) -> Group:
    """A group's name in any language; `ValueError` for none."""
    for group in Group:
        names = {plain(group), *(plain(voice(code).term("group", group)) for code in LOCALES)}
        if ENDING.sub("", plain(text)) in {ENDING.sub("", name) for name in names} or plain(text) in ALSO[group]:
            return group
    raise ValueError(text)


def read_role(text: str) -> MemberRole:
    """A role's name in any language; empty is a plain member."""
    if not plain(text):
        return MemberRole.MEMBER
    for role in MemberRole:
        names = {plain(role).replace("_", ""), *(plain(voice(code).term("member_role", role)) for code in LOCALES)}
        if plain(text).replace("_", "") in names:
            return role
    raise ValueError(text)


def read_time(text: str) -> time:
    """A time of day; 24:00 is the midnight that ends the day."""
    found = TIME.fullmatch(plain(text))
    if found is None:
        raise ValueError(text)
    hour, minute = int(found[1]), int(found[2] or 0)
    return time() if (hour, minute) == (24, 0) else time(hour, minute)


def read_day(text: str, today: date) -> date:
    """A date, with or without its year, or a word such as tomorrow."""
    clean = plain(text)
    if clean in TODAY:
        return today + timedelta(days=TODAY[clean])
    found = DATE.fullmatch(clean)
    if found is None:
        raise ValueError(text)
    year, month, day = found.groups()
    if year:
        return date(int(year), int(month), int(day))
    this_year = date(today.year, int(month), int(day))
    is_long_past = (today - this_year).days > MONTHS_BACK
    return date(today.year + 1, int(month), int(day)) if is_long_past else this_year
