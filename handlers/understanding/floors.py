"""The floor in somebody's words for a place, as written: whoever runs there needs it beside the building."""

import re

_FLOOR = re.compile(
    r"(?:地下|负|負|[bB])?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:楼|层|樓|層)"
    r"|\b(?:\d{1,3}|[BGLUblgu]\d?)/[Ff]\b|\b\d{1,3}(?:st|nd|rd|th)? (?:floor|fl)\b|\bfloor \d{1,3}\b"
    r"|\b\d{1,2}[Ff]\b|\b[Bb][1-9]\b|\b(?:ground|top|first|second|third|fourth|fifth|sixth) floor\b",
    re.IGNORECASE,
)


def floor_in(words: str) -> str | None:
    """ "8楼" of "走廊里有烟!3栋8楼"; the last one named."""
    found = _FLOOR.findall(words)
    return found[-1].strip() if found else None
