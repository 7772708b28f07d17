"""A letter as WeChat takes it: plain text in pieces of 2048 bytes, each of which is counted."""

from bot.channels.channel import Letter
from bot.channels.text import clean

LONGEST = 2040
"""Bytes of UTF-8 in one message; the platform refuses more than 2048."""
MOST_PIECES = 3


def pieces(letter: Letter) -> tuple[str, ...]:
    """All of it in at most three messages, cut at the end of a line or a word; only what is longer still is lost."""
    rest = clean(letter.speech.plain).strip()
    found: list[str] = []
    while rest and len(found) < MOST_PIECES:
        is_last = len(found) == MOST_PIECES - 1
        if len(rest.encode()) <= LONGEST:
            found.append(rest)
            break
        end = _end(rest, LONGEST - 3)  # room for …
        found.append(rest[:end].rstrip() + ("…" if is_last else ""))
        rest = rest[end:].lstrip()
    return tuple(found)


def _end(text: str, limit: int) -> int:
    end = len(text.encode()[:limit].decode("utf-8", "ignore"))
    for gap in ("\n", "。", " "):
        at = text.rfind(gap, end // 2, end)
        if at > 0:
            return at + 1
    return end
