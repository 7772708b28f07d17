"""What the trained model sees of a message: stretches of characters, Latin words, and what the phrases found.

Training and running both come here, so that they cannot differ.
"""

import math
import re
from collections.abc import Iterable

from handlers.understanding.cues import CUE_NAMES
from handlers.understanding.message import Message
from handlers.understanding.scripts import CHINESE
from storage.vocabulary import Trade

LONGEST_STRETCH = 4
"""Characters in the longest stretch."""
MOST_WORDS = 3
"""Latin words in the longest run."""
READ = 600
"""Characters the model reads: what a person wants is said by then, and a long tale costs no more than this."""
WORD = "\t"
"""What a run of words begins with, so that it is never taken for a stretch of characters."""

_DIGITS = {ord(digit): "0" for digit in "123456789"}
_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)*")
_TRADES = tuple(Trade)

DENSE_NAMES: tuple[str, ...] = (
    *(f"cue:{cue}" for cue in CUE_NAMES),
    *(f"trade:{trade.value}" for trade in Trade),
    "danger",
    "outage",
    "emergency",
    "calm",
    "unit",
    "place",
    "phone",
    "chinese",
    "length",
    "short",
    "question mark",
    "lines",
)
"""The figures of `dense_of`, in order."""


def plain_text(message: Message) -> str:
    """The normal form as the model reads it: spaces made one, every digit a nought."""
    return _SPACES.sub(" ", message.form.text[:READ]).strip().translate(_DIGITS)


def stretches_of(text: str) -> list[str]:
    """Every stretch of one to four characters, as often as it stands there."""
    padded = f" {text} "
    size = len(padded)
    return [
        padded[start : start + length] for length in range(1, LONGEST_STRETCH + 1) for start in range(size - length + 1)
    ]


def word_runs_of(text: str) -> list[str]:
    """Every run of one to three Latin words, marked as words."""
    words = [word.replace("'", "") for word in _WORDS.findall(text)]
    return [
        WORD + " ".join(words[start : start + length])
        for length in range(1, MOST_WORDS + 1)
        for start in range(len(words) - length + 1)
    ]


def dense_of(message: Message, cues: dict[str, float], trades: dict[Trade, float]) -> list[float]:
    """The figures named in `DENSE_NAMES`, each about 0 to 1."""
    text = message.form.text
    marks = message.marks
    return [
        *[cues.get(cue, 0.0) for cue in CUE_NAMES],
        *[min(trades[trade], 4.0) / 3 if trade in trades else 0.0 for trade in _TRADES],
        *_flags(marks.has(f"urgency.{level}") for level in ("danger", "outage", "emergency", "calm")),
        *_flags((message.place.unit, message.place.words, message.phones)),
        len(CHINESE.findall(text, 0, 60)) / max(1, len(text[:60])),
        math.log1p(len(text)) / 5,
        1.0 if len(message.tokens) <= 6 else 0.0,
        1.0 if "?" in text else 0.0,
        min(text.count("\n"), 5) / 5,
    ]


def _flags(values: Iterable[object]) -> list[float]:
    return [1.0 if value else 0.0 for value in values]
