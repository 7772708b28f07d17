"""What the desk would do about a reading that stands alone: act, ask its author, or stay silent."""

from enum import StrEnum

from handlers.understanding.thresholds import thresholds_for
from handlers.understanding.understanding import Sense, Understanding
from storage.vocabulary import Kind, Trade, Urgency

FOLLOWING = frozenset({Sense.URGING, Sense.THANKS, Sense.CANCEL})
"""Senses that mean something only where a ticket is open."""


class Move(StrEnum):
    """What a message in a room leads to when no ticket, reply or question is there that it could belong to."""

    SPEAK = "speak"
    ASK = "ask"
    SILENT = "silent"


def move_for(reading: Understanding) -> Move:
    """The move. "Any news?" without a ticket and without a trade is nothing the desk could do something about."""
    if reading.urgency is Urgency.EMERGENCY and reading.kind is not Kind.CHATTER:
        return Move.SPEAK
    is_bare = reading.sense in FOLLOWING and reading.trade in (None, Trade.OTHER)
    if reading.kind is Kind.CHATTER or is_bare or reading.confidence < thresholds_for(reading.language).ask:
        return Move.SILENT
    return Move.SPEAK if is_confident(reading) else Move.ASK


def is_confident(reading: Understanding) -> bool:
    """Whether the kind is sure enough to act on without asking, as measured for the language."""
    return reading.confidence >= thresholds_for(reading.language).speak
