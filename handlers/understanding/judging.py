"""What kind of message it is and which trade it needs, with how sure the desk can be.

`judge` is the one place that decides both: a trained model would answer here with the same `Judgement`.
"""

import math
from dataclasses import dataclass

from handlers.understanding.cue_weights import (
    CUES,
    NO_WORD_OF_A_BUILDING,
    NOTHING_SAID_OF_IT,
    PRIOR,
    SAYING,
    TOGETHER,
    TRADES,
    UNIT_NAMED,
)
from handlers.understanding.message import Message
from handlers.understanding.trades import first_of, trades_of
from handlers.understanding.urgencies import is_danger_told
from storage.vocabulary import Kind, Trade

_PAIRS = [(frozenset(pair), weights) for pair, weights in TOGETHER.items()]
_MORE = 0.4
"""What each further phrase of a cue adds, as a share of the first."""
_MOST = 3
_A_THING = 2.0
"""From this strength on, a trade's words name something the desk looks after."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`trade` is None for chatter. `confidence` (0 to 1) is of the kind. `reasons` are cues with the words found."""

    kind: Kind
    trade: Trade | None
    confidence: float
    reasons: tuple[str, ...]


def judge(message: Message) -> Judgement:
    """Weigh the phrases of a message."""
    trades = trades_of(message)
    scores = dict(PRIOR)
    strengths = _cues_in(message, trades)
    for cue, strength in strengths.items():
        _add(scores, CUES.get(cue, {}), strength)
    for pair, weights in _PAIRS:
        if pair <= strengths.keys():
            _add(scores, weights, 1.0)
    if "thing" in strengths:
        _add(scores, TRADES[first_of(trades)], 1.0)
    elif "estate" not in strengths:
        _add(scores, NO_WORD_OF_A_BUILDING, 1.0)
    if not SAYING & strengths.keys():
        _add(scores, NOTHING_SAID_OF_IT, 1.0)
    if message.place.unit:
        _add(scores, UNIT_NAMED, 1.0)
    kind = max(scores, key=lambda each: scores[each])
    trade = None if kind is Kind.CHATTER else first_of(trades)
    return Judgement(kind, trade, _share(scores, kind), _reasons(message, strengths))


def _cues_in(message: Message, trades: dict[Trade, float]) -> dict[str, float]:
    strengths: dict[str, float] = {}
    for mark, _ in message.marks.below("cues."):
        count = min(len(message.marks.words(mark)), _MOST)
        strengths[mark.removeprefix("cues.")] = 1 + _MORE * (count - 1)
    if is_danger_told(message.marks) and not message.marks.has("cues.smalltalk"):
        strengths["danger"] = 1.0
    if max(trades.values(), default=0.0) >= _A_THING:
        strengths["thing"] = 1.0
    return strengths


def _add(scores: dict[Kind, float], weights: dict[Kind, float], strength: float) -> None:
    for kind, weight in weights.items():
        scores[kind] += weight * strength


def _share(scores: dict[Kind, float], kind: Kind) -> float:
    total = sum(math.exp(score - scores[kind]) for score in scores.values())
    return round(1 / total, 3)


def _reasons(message: Message, strengths: dict[str, float]) -> tuple[str, ...]:
    return tuple(
        f"{cue}: {', '.join(message.marks.words(f'cues.{cue}'))}"
        for cue in strengths
        if message.marks.has(f"cues.{cue}")
    )
