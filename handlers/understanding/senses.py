"""What a message does to a talk that is already going on, by its words alone; the caller knows whether there is one."""

from handlers.understanding.message import Message
from handlers.understanding.understanding import Sense

_LONGEST = {Sense.CANCEL: 24, Sense.STILL_BROKEN: 40, Sense.SAME_HERE: 24, Sense.URGING: 24, Sense.THANKS: 12}
"""Pieces: in a longer message such words are part of a story that stands on its own."""


def sense_of(message: Message) -> Sense:
    """The first sense whose phrases stand in a message short enough for it; NEW when none does."""
    for sense, longest in _LONGEST.items():
        if message.marks.has(f"senses.{sense.value}") and len(message.tokens) <= longest:
            return sense
    return Sense.NEW
