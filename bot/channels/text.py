"""Text at the border: what comes in is made fit to keep and to show, what goes out is cut where a reader would cut."""

import re
import unicodedata

NAME_LENGTH = 64
"""The most of a shown name that is kept, in code points."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Marks, overrides and isolates that turn the reading direction of what stands around a name.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by their category, and yet nothing to see."""
_JOINER = "\u200d"
_FARTHEST_STEP_BACK = 32


def clean(text: str) -> str:
    """The text without NUL, lone surrogates and C0 controls other than newline and tab.

    PostgreSQL refuses the first two, SQLite stops reading at the first, spreadsheets refuse the rest.
    """
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_name(name: str) -> str:
    """A name for one line of somebody else's message: it cannot break, reorder or flood it. May come out empty."""
    line = " ".join(_TURNING.sub("", clean(name)).split())
    return clip(line, NAME_LENGTH) if any(_is_visible(char) for char in line) else ""


def file_name(name: str) -> str:
    """The last part of a file's name, without what a path, a header or a shell would read into it."""
    last = _TURNING.sub("", clean(name)).replace("\\", "/").rpartition("/")[2]
    return re.sub(r'[\n\t"<>|:*?;]', "_", last).strip(". ")[-NAME_LENGTH:]


def utf16(text: str) -> int:
    """Length in UTF-16 units, the way Telegram counts."""
    return len(text) + len(_BEYOND.findall(text))


def clip(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units; what is too long ends in `…`, and no sign a reader sees as one is cut."""
    if utf16(text) <= limit:
        return text
    end = units = 0
    while units + 1 + (text[end] > "\uffff") <= limit - 1:
        units += 1 + (text[end] > "\uffff")
        end += 1
    # A heap of marks longer than any real sign is cut where it is, or it could eat the whole message.
    for back in range(end, max(end - _FARTHEST_STEP_BACK, 0), -1):
        if not _is_inside_sign(text, back):
            end = back
            break
    return text[:end].rstrip() + "…"


def _is_inside_sign(text: str, at: int) -> bool:
    """Whether a cut before `text[at]` would part one sign: marks, joined emoji, skin tones, flags, Hangul letters."""
    before, after = text[at - 1], text[at]
    if _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if "\u1160" <= after <= "\u11ff":
        return "\u1100" <= before <= "\u11ff"
    if _is_regional(after):
        flags = 0
        while flags < at and _is_regional(text[at - 1 - flags]):
            flags += 1
        return flags % 2 == 1
    return False


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_visible(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS" and char not in _BLANK_LETTERS
