"""People's own words inside the desk's sentences: bounded, and unable to reorder, mention or hide anything."""

import re
import unicodedata

_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSHOWN = frozenset({"Cc", "Cf", "Cs"})
"""Controls, what turns the reading direction or has no width, and halves of a pair."""
QUOTE_LENGTH = 700
REPLY_LENGTH = 4000
"""Nearly a whole message of any channel: a reply is cut only where it could not be sent."""
PART_LENGTH = 3900
"""UTF-16 units of one part of long words; a title still fits beside it."""
NAME_LENGTH = 32


def quote(words: str, length: int = QUOTE_LENGTH) -> str:
    """A tenant's words for a card: at most `length` characters, no bidi overrides, no mention that pings anybody."""
    kept = _shown(words)
    if len(kept) > length:
        kept = kept[: length - 1].rstrip() + "…"
    # A word joiner after @ keeps it readable and makes it no mention.
    return kept.replace("@", "@\u2060")


def is_cut(words: str, length: int = QUOTE_LENGTH) -> bool:
    """Whether a quote of that length does not show all of it."""
    return len(words) > length and len(_shown(words)) > length


def parts(words: str) -> tuple[str, ...]:
    """All of it, in pieces that each arrive whole; cut at the end of a line, else of a word, never inside a sign."""
    found: list[str] = []
    rest = _shown(words)
    while rest:
        end = _end_of_part(rest)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return tuple(found)


def _end_of_part(text: str) -> int:
    end = room = 0
    for char in text:
        room += 1 + (char > "\uffff") + (char == "@")  # a mention gets a word joiner
        if room > PART_LENGTH:
            break
        end += 1
    if end == len(text):
        return end
    for gap in ("\n", " "):
        at = text.rfind(gap, end // 2, end)
        if at > 0:
            return at
    while end > 1 and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return end


def _shown(words: str) -> str:
    lines = _LINE_ENDS.sub("\n", words)
    if lines.isprintable():  # as nearly all are, and none of them is unshown
        return lines.strip()
    kept = "".join([c for c in lines if c == "\n" or unicodedata.category(c) not in _UNSHOWN])
    return _BLANK_LINES.sub("\n\n", kept).strip()


def name(shown: str) -> str:
    """A person's shown name on one short line."""
    return " ".join(quote(shown, NAME_LENGTH).split("\n")) or "?"
