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
NAME_LENGTH = 32


def quote(words: str, length: int = QUOTE_LENGTH) -> str:
    """A tenant's words for a card: at most `length` characters, no bidi overrides, no mention that pings anybody."""
    lines = _LINE_ENDS.sub("\n", words)
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _UNSHOWN)
    kept = _BLANK_LINES.sub("\n\n", kept).strip()
    if len(kept) > length:
        kept = kept[: length - 1].rstrip() + "…"
    # A word joiner after @ keeps it readable and makes it no mention.
    return kept.replace("@", "@\u2060")


def name(shown: str) -> str:
    """A person's shown name on one short line."""
    return " ".join(quote(shown, NAME_LENGTH).split("\n")) or "?"
