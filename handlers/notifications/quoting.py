"""People's own words inside the desk's sentences: bounded, and unable to reorder, mention or hide anything."""

import re
import unicodedata

_BIDI_AND_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANK_LINES = re.compile(r"\n{3,}")
QUOTE_LENGTH = 700
NAME_LENGTH = 32


def quote(words: str, length: int = QUOTE_LENGTH) -> str:
    """A tenant's words for a card: at most `length` characters, no bidi overrides, no mention that pings anybody."""
    visible = _BIDI_AND_ZERO_WIDTH.sub("", words)
    kept = "".join(c for c in visible if c == "\n" or unicodedata.category(c) != "Cc")
    kept = _BLANK_LINES.sub("\n\n", kept).strip()
    if len(kept) > length:
        kept = kept[: length - 1].rstrip() + "…"
    # A word joiner after @ keeps it readable and makes it no mention.
    return kept.replace("@", "@\u2060")


def name(shown: str) -> str:
    """A person's shown name on one short line."""
    return quote(shown.replace("\n", " "), NAME_LENGTH)
