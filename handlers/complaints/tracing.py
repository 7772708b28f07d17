"""What in a text leads to whoever wrote it: room, phone, name. Pure."""

import re

from handlers.understanding.message import message_of
from handlers.understanding.normal_form import normal_form
from handlers.understanding.site_words import SiteWords

CUT = "[…]"
_ROOM = re.compile(
    r"(?<![\d#№])(?:\d{3,4}(?:室|房|号房|號房)?|\d{1,2}[-–—]\d{1,4}(?:[-–—]\d{1,4})?|\d{1,3}[a-z]\b)"
    r"(?!\d|\s*(?:元|块|塊|点|點|分钟|分鐘|小时|小時|天|次|年|月|日|号楼|號樓|:\d|am\b|pm\b|dollars?|yuan|times|days|hours|minutes|%))",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?\d[\d\s-]{5,}\d")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|@\w{4,}")
_MOST_PLACES = 5


def without_traces(text: str, site: SiteWords, author: str) -> str:
    """The words with what is only the author's cut out; whom they complain about stays."""
    text = _ADDRESS.sub(CUT, _DIGITS.sub(CUT, text))
    for _ in range(_MOST_PLACES):
        message = message_of(text, site)
        words = message.place.words if message.place.unit else None
        if not words or words not in text:
            break
        text = text.replace(words, CUT)
    text = _ROOM.sub(CUT, text)
    for name in {author, *author.split()}:
        is_name = len(name) > 1 and normal_form(name).text.strip() not in ("", "the")
        if is_name:
            text = re.sub(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", CUT, text, flags=re.IGNORECASE)
    return text
