"""Which hands a message calls for: the trade whose things and troubles it names most strongly."""

from handlers.understanding.message import Message
from storage.vocabulary import Trade

_STRENGTHS = {"strong": 3.0, "plain": 2.0, "weak": 0.7}
_REPEATS = 0.6
"""A second phrase of the same strength adds less than the first: one thing told at length is still one thing."""


def trades_of(message: Message) -> dict[Trade, float]:
    """Every trade the message names, with how strongly: about 3 for one sure word."""
    scores: dict[Trade, float] = {}
    for mark, found in message.marks.below("trades."):
        _, trade, strength = mark.split(".")
        different = len({each.phrase.words for each in found})
        weight = _STRENGTHS[strength] * (1 + _REPEATS * (min(different, 4) - 1))
        scores[Trade(trade)] = scores.get(Trade(trade), 0.0) + weight
    return scores


def first_of(scores: dict[Trade, float]) -> Trade:
    """The trade named most strongly; OTHER when nothing was named."""
    return max(scores, key=lambda trade: scores[trade], default=Trade.OTHER)
