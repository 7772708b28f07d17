"""Which hands a message calls for: the trade whose things and troubles it names most strongly."""

import re

from handlers.understanding.marks import Found
from handlers.understanding.message import Message
from storage.vocabulary import Trade

_TRADES = {trade.value: trade for trade in Trade}
_STRENGTHS = {"strong": 3.0, "plain": 2.0, "weak": 0.7}
_REPEATS = 0.6
"""A second phrase of the same strength adds less than the first: one thing told at length is still one thing."""

_LANDMARK = 0.5
"""What a thing weighs that only says where: a raccoon near the gas station is no gas leak."""
_NEAR = re.compile(
    r"\b(?:near|nearby|by|beside|behind|outside|opposite|next to|in front of|across from|close to|past|towards?)"
    r"\s+(?:the |our |my |your |a |that )?$"
)
_NEARBY = re.compile(r"(?:的|那)?(?:旁|附近|对面|门口|侧边|隔壁|边上|后面|前面|外面)")


def trades_of(message: Message) -> dict[Trade, float]:
    """Every trade the message names, with how strongly: about 3 for one sure word."""
    scores: dict[Trade, float] = {}
    for mark, found in message.marks.below("trades."):
        _, trade, strength = mark.split(".")
        things = {each.phrase.words for each in found if not _is_landmark(message, each)}
        weight = _STRENGTHS[strength] * (1 + _REPEATS * (min(len(things), 4) - 1)) if things else _LANDMARK
        scores[_TRADES[trade]] = scores.get(_TRADES[trade], 0.0) + weight
    return scores


def _is_landmark(message: Message, found: Found) -> bool:
    """Whether a phrase only says where something else is: "by the mailbox", 加油站旁边."""
    first, last = message.tokens[found.start], message.tokens[found.mask.bit_length() - 1]
    before = message.form.text[max(0, first.start - 24) : first.start]
    return _NEAR.search(before) is not None or _NEARBY.match(message.form.text, last.end) is not None


def first_of(scores: dict[Trade, float]) -> Trade:
    """The trade named most strongly; OTHER when nothing was named."""
    return max(scores, key=scores.__getitem__, default=Trade.OTHER)
