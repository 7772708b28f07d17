"""A bare number written as the answer to numbered choices: 2, ２, 二, 第二个, "no. 2"."""

import re
import unicodedata

from handlers.understanding.numerals import digits_of

LONGEST = 12
_SHOWN = re.compile("[\ufe0f\u20e3\u200d]")
_CHOICE = re.compile(
    r"(?:(?:我)?[选選](?:择|擇)?|no\.?|number|#)?\s*"
    r"(?:第\s*(?P<nth>\d{1,2}|[一二三四五六七八九十两兩]{1,3})\s*(?:个|個|项|項|号|號|条|條)?"
    r"|(?P<bare>\d{1,2}|[一二三四五六七八九十两兩]{1,3})\s*(?:个|個|项|項)?)"
    r"\s*[.。、,，!！)）]*"
)


def choice_in(text: str) -> int | None:
    """The number, from 1, if these words are one and nothing more; "2栋" and "2 taps drip" are none."""
    plain = _SHOWN.sub("", unicodedata.normalize("NFKC", text)).strip().lower()
    found = _CHOICE.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        return None
    digits = digits_of((found["nth"] or found["bare"]).replace("兩", "两"))
    return int(digits) or None if digits.isdigit() else None
