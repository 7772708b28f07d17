"""An amount of money in somebody's words: 120, "120元", "¥1,200.50", "八十块", "charged 80 for the tap"."""

import re

from handlers.understanding.normal_form import normal_form
from handlers.understanding.numerals import digits_of

LONGEST = 60
MOST_CENTS = 100_000_000
_DIGITS = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.(?P<{0}c>\d{{1,2}}))?(?![\d.,])"
_SIGN = r"(?:rmb|cny|nt\$|hk\$|us\$|[¥$€£])"
_UNIT = r"(?:元|块钱|块|圆|蚊|rmb|cny|yuan|dollars?|euros?|pounds?|bucks)"
_MARKED = re.compile(
    rf"{_SIGN}\s*{_DIGITS.format('a')}|{_DIGITS.format('b')}\s*{_UNIT}|(?P<zh>[一二三四五六七八九十百两零]{{1,5}})\s*{_UNIT}"
)
_BARE = re.compile(
    r"(?:收费|收了|收|一共|共|总共|合计|材料费|人工费?|费用|charged|total|cost|fee)?[\s::]*"
    rf"{_DIGITS.format('a')}\s*(?P<b>)(?P<bc>)(?P<zh>)"
)


def cents_in(text: str) -> int | None:
    """The amount in hundredths; None where the words name none, several, or one nobody means."""
    plain = normal_form(text).text.strip().rstrip("。.!")
    if len(plain) > LONGEST:
        return None
    marked = list(_MARKED.finditer(plain))
    found = marked[0] if len(marked) == 1 else None if marked else _BARE.fullmatch(plain)
    if found is None:
        return None
    whole = (found["a"] or found["b"] or digits_of(found["zh"] or "")).replace(",", "")
    part = found["ac"] or found["bc"] or ""
    cents = int(whole) * 100 + int(part.ljust(2, "0") or 0) if whole.isdigit() else 0
    return cents if 0 < cents <= MOST_CENTS else None
