"""What a tenant says about a case that is open: "is anyone coming?", "how's #1001", "fixed, thanks".

Words alone; the caller knows whether there is such a case. They are in `locales/*/asking.toml`.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from handlers.understanding.normal_form import normal_form
from handlers.understanding.signs import pattern_of

_LANGUAGES = ("zh_CN", "zh_TW", "en")
_LONGEST = 60
"""Characters; a longer message tells a story of its own."""
_NUMBER = re.compile(r"(?<![\d-])(?P<sign>[#№]|no\.? ?|number |ticket |工单|单号)?\s*(?P<number>\d{4,6})(?![\d-])")
_NOT_YET = re.compile(r"不|没|未|冇|唔|not|n't|nt |never|when|什么时候|几时|吗|嗎|\?|？")
"""What turns "fixed" round: "when will it be fixed?"."""
_SOLVED_ALL_THE_SAME = re.compile(r"唔该|不漏了|没事了|没问题|冇事|唔漏|冇漏|不用")


def is_calling(text: str) -> bool:
    """Somebody in danger calls for the help that was promised."""
    plain = _plain(text)
    return plain is not None and _words("calling").search(plain) is not None


def asked_about(text: str) -> int | None:
    """The number whose progress is asked for: "1001号怎么样了"; it may still be a room's."""
    plain = _plain(text)
    found = _NUMBER.search(plain) if plain is not None else None
    if plain is None or found is None:
        return None
    rest = plain[: found.start()] + " " + plain[found.end() :]
    is_bare = found["sign"] is not None and not re.search(r"[^\W\d_]", rest.replace("号", ""))
    return int(found["number"]) if is_bare or _words("progress").search(rest) else None


def is_solved(text: str) -> bool:
    """It works again, and the tenant says so; a question or a "not yet" does not."""
    plain = _plain(text)
    if plain is None or not _words("solved").search(plain):
        return False
    return not _NOT_YET.search(_SOLVED_ALL_THE_SAME.sub("", plain))


def _plain(text: str) -> str | None:
    form = normal_form(text).text
    return None if len(form) > _LONGEST else re.sub(r"[,，、~～]+\s*", " ", form.replace("'", ""))


@cache
def _words(table: str) -> re.Pattern[str]:
    pages = (tomllib.loads(files("locales").joinpath(name, "asking.toml").read_text("utf-8")) for name in _LANGUAGES)
    return pattern_of(", ".join(page[table] for page in pages))
