"""When a writer can be visited, in the writer's own words; the desk turns them into hours later."""

import re

from handlers.understanding.normal_form import NormalForm
from handlers.understanding.numerals import NUMERAL

_WEEK = r"(?:[这下本]?个?(?:周|星期|礼拜)[一二三四五六日天末1-6]|周末|平日|工作日|假日)"
_DAY = (
    r"(?:今天|今日|今晚|今早|明天|明早|明晚|明日|听日|听晚|听朝|后天|后日|大后天|放工|下班|收工|每天|每日|平时"
    rf"|{_WEEK}|{NUMERAL}月{NUMERAL}[日号]|{NUMERAL}号(?![楼栋]))"
)
_PERIOD = r"(?:早上|上午|中午|下午|傍晚|晚上|晚间|夜晚|朝早|下昼|晏昼|晚饭后|[早晚](?=\d|[一二三四五六七八九十]))"
_HOUR = rf"(?:\d{{1,2}}[:：]\d{{2}}|{NUMERAL}点(?:半|钟|{NUMERAL}分)?)"
_AFTER = r"(?:之后|以后|过后|后|之前|以前|前|左右)"
_SPAN = rf"(?:{_HOUR}?\s*(?:到|至|-|~)\s*{_HOUR})"
_CHINESE = re.compile(
    rf"(?:{_DAY}\s*(?:和{_DAY})?的?\s*{_PERIOD}?|{_PERIOD})\s*(?:{_SPAN}|{_HOUR})?\s*{_AFTER}?|{_HOUR}\s*{_AFTER}|随时|任何时间"
)

_EN_DAY = (
    r"(?:today|tonight|tomorrow|tmrw?|tml|weekdays?|weekends?|any ?day"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?)"
)
_EN_PERIOD = r"(?:mornings?|afternoons?|evenings?|nights?|noon|lunch ?time|office hours)"
_EN_HOUR = r"(?:\d{1,2}(?::\d{2})?\s?(?:[ap]m\b|o'clock)|\d{1,2}:\d{2})"
_EN_REL = r"(?:after|before|from|by|between|until|any ?time|around|at|on|this|next|only)"
_EN_UNIT = rf"(?:{_EN_DAY}|{_EN_PERIOD}|{_EN_HOUR}|{_EN_REL}\s+(?:{_EN_DAY}|{_EN_PERIOD}|{_EN_HOUR}|\d{{1,2}}|work))\b"
_ENGLISH = re.compile(rf"(?<![a-z])(?:weekday|weekend|{_EN_UNIT})(?:\s*(?:-|to|and|or|,)?\s*{_EN_UNIT})*")

_CHINESE_SIGN = re.compile("[天日晚早朝工班时周星礼月号午昼点:：]")
_ENGLISH_SIGN = re.compile("[a-z][a-z]|:")
"""Nothing either pattern matches is without one; to try the patterns at every place takes twenty times as long."""

_WELCOME = re.compile(
    r"\s*(?:都|也|才|就|先|一般|通常)?"
    r"(?:可以|有人|在家|方便|得闲|得|ok|行|上门|来|嚟|过来|有空|喺屋企|在|能来|麻烦|请|派|再来|安排|开始在家)"
    r"|\s*(?:is|are|would be|works?|will be)?\s*(?:the\s+)?"
    r"(?:best|ok|okay|fine|good|can\??|works|free|home|available|please|pls|suits?|preferred)\b"
    r"|\s*(?:i'?m|i am|we'?re|i'?ll be|someone is|someone'?s|somebody'?s)\s+(?:home|in|around|free|available)"
)
_INVITED = re.compile(
    r"(?:可以|能不能|能否|麻烦|请|最好|方便时间|时间|有空|在家|上门|得闲|约|安排|我)[:：是在\s]*$"
    r"|(?:please come|can come|come|home|free|available|prefer|preferably|visit|best|in)[\s,:]*$"
)
_ASKED = re.compile(r"有人[^,，。;；!！\n]{0,12}[吗嘛么没?？]|\s*有[冇没无]|有人[^,，。;；!！\n]{0,12}[未呀啊]$")
"""Somebody wants to know whether anybody comes; nobody is said to be in."""
_AFTER_OR_BEFORE = re.compile(rf"{_AFTER}$|\b(?:after|before|any ?time)\b")


def visit_time_of(form: NormalForm) -> str | None:
    """The words that say when somebody is home or when to come, as written; None when no such time is named.

    A time counts when someone is said to be in, or invited, or when it is an "after" or "before".
    """
    text = form.text
    for sign, pattern in ((_CHINESE_SIGN, _CHINESE), (_ENGLISH_SIGN, _ENGLISH)):
        if sign.search(text) is None:
            continue
        for found in pattern.finditer(text):
            words = found[0].strip()
            if _is_for_a_visit(text, found, words):
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                return form.as_written(start, start + len(words))
    return None


def _is_for_a_visit(text: str, found: re.Match[str], words: str) -> bool:
    if _ASKED.match(text, found.end()):
        return False
    is_open_ended = (
        _AFTER_OR_BEFORE.search(words) is not None
        and re.search(r"开始|就吵|又|还在|until|still", text[found.end() : found.end() + 6]) is None
    )
    return (
        is_open_ended
        or _WELCOME.match(text, found.end()) is not None
        or _INVITED.search(text, max(0, found.start() - 14), found.start()) is not None
    )
