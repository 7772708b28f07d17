"""What the phrases alone say of the kind, as log odds by hand-set weights: the second voice beside the model."""

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
from handlers.understanding.trades import first_of
from storage.vocabulary import Kind, Trade


def rule_scores(message: Message, cues: dict[str, float], trades: dict[Trade, float]) -> dict[Kind, float]:
    """Score every kind; only differences between scores mean something."""
    scores = dict(PRIOR)
    for cue, strength in cues.items():
        _add(scores, CUES.get(cue, {}), strength)
    for (one, other), weights in TOGETHER.items():
        if one in cues and other in cues:
            _add(scores, weights, 1.0)
    if "thing" in cues:
        _add(scores, TRADES[first_of(trades)], 1.0)
    elif "estate" not in cues:
        _add(scores, NO_WORD_OF_A_BUILDING, 1.0)
    if not SAYING & cues.keys():
        _add(scores, NOTHING_SAID_OF_IT, 1.0)
    if message.place.unit:
        _add(scores, UNIT_NAMED, 1.0)
    return scores


def _add(scores: dict[Kind, float], weights: dict[Kind, float], strength: float) -> None:
    for kind, weight in weights.items():
        scores[kind] += weight * strength
