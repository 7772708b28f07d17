"""The number a writer wants to be called on. `phonenumbers` judges; a cheap look decides whether to wake it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.understanding.normal_form import NormalForm

_CANDIDATE = re.compile(r"(?<![a-z0-9#.])(?:\+|00)?\(?\d(?:[\d()]|[ -](?=[\d(])){6,20}(?![a-z0-9]|-\d|\.\d)")
_GROUP = re.compile(r"[^ ]+")
_REGIONS = ("CN", "HK", "TW", "SG", "US", "GB")
_NO_PHONE_BEFORE = re.compile(
    r"(?:单号|订单|快递|运单|编号|车牌|尾号|账号|帐号|卡号|合同|表号|户号|身份证|验证码|取件码|报修单|工单|order|tracking|parcel|awb"
    r"|plate|invoice|ref|reference|account|acct|ticket|meter|id|case|code|serial|s/n|微信号|qq)(?:\s*(?:no|number)\.?)?[\s:：#是为号码]*$"
)
_CALL_WORDS = re.compile(
    r"电话|手机|联系|致电|打|拨|电|call|ring|tel|phone|mobile|whats?app|contact|\bhp\b|cell|sms|text"
)
_LOCAL = re.compile(r"[2-9]\d{2}-\d{4}")
"""A number of the writer's own town, as North Americans leave it: 555-0163."""
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class Phone:
    """Digits only, and where the number stands in the normal form."""

    digits: str
    start: int
    end: int


def phones_in(form: NormalForm) -> list[Phone]:
    """Every phone number of a message, with its country code if one was written. Orders and plates are none."""
    phones: list[Phone] = []
    for run in _CANDIDATE.finditer(form.text):
        before = form.text[max(0, run.start() - 24) : run.start()]
        if _NO_PHONE_BEFORE.search(before):
            continue
        is_called = bool(_CALL_WORDS.search(before))
        phone = next((each for each in _readings(run) if _is_phone(form.text, each, is_called)), None)
        if phone:
            phones.append(phone)
    return phones


def _readings(run: re.Match[str]) -> Iterator[Phone]:
    """The whole run of digits, then less of it group by group: "1203 93332211" holds a flat and a phone."""
    groups = [(found.start(), found.end()) for found in _GROUP.finditer(run[0])]
    for size in range(len(groups), 0, -1):
        for first in range(len(groups) - size + 1):
            start, end = groups[first][0], groups[first + size - 1][1]
            digits = re.sub(r"\D", "", run[0][start:end])
            if 7 <= len(digits) <= 15:
                yield Phone(digits, run.start() + start, run.start() + end)


def _is_phone(text: str, phone: Phone, is_called: bool) -> bool:
    """True when one of the regions has such a number. Bare digits only the US or GB know need a call word."""
    import phonenumbers  # its tables cost 80 ms: only a message with a number in it pays

    if _DATE.fullmatch(phone.digits) and not is_called:
        return False
    written = text[phone.start : phone.end]
    is_plain = written.isdigit() and not written.startswith("0")
    for region in _REGIONS:
        if is_plain and region in {"US", "GB"} and not is_called:
            continue
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return True
        if is_called and region == "US" and _LOCAL.fullmatch(written):
            return True
    return False
