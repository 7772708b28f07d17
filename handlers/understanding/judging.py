"""What kind of message it is and which trade it needs, with how sure the desk can be.

`judge` is the one place that decides both: it gathers what the phrases found and weighs it with the model.
"""

from dataclasses import dataclass
from enum import StrEnum

from handlers.understanding.cue_weights import SAYING
from handlers.understanding.cues import cues_in
from handlers.understanding.features import dense_of
from handlers.understanding.message import Message
from handlers.understanding.model import Opinion, model
from handlers.understanding.rule_scores import rule_scores
from handlers.understanding.trades import trades_of
from handlers.understanding.visit_times import visit_time_of
from storage.vocabulary import Kind, Trade

_CERTAIN = 0.95
_SURE_OF_NEWS = 0.7
_SCRAP = 0.5
_SCRAP_TOKENS = 12
_BY_RULE = 0.7
"""The confidence of a kind the rules took against the model."""


class Rule(StrEnum):
    """What took another kind than the model, or trusted it less."""

    FAULT_WITH_A_CONTACT = "a fault told with a number or a time"
    IT_IS_OVER = "news that it works again"
    SCRAP = "a few words that name no trouble"
    EMERGENCY = "a danger to life"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`trade` is None for chatter. `confidence` (0 to 1) is of the kind, `urgent` that it cannot wait.

    `reasons` are cues with the phrases found, and the stretches of text the model went by. `kinds` are the
    probabilities before any rule, `rule` the one that stood above them.
    """

    kind: Kind
    trade: Trade | None
    confidence: float
    urgent: float
    reasons: tuple[str, ...]
    kinds: dict[Kind, float]
    rule: Rule | None


def judge(message: Message) -> Judgement:
    """Weigh a message. Of two kinds nearly as likely the one with the cheaper mistake is taken."""
    trades = trades_of(message)
    cues = cues_in(message, trades)
    said = rule_scores(message, cues, trades)
    opinion = model().weigh(message, dense_of(message, cues, trades), said, trades)
    kind, rule = _outranked(message, opinion, said, cues)
    confidence = _confidence(message, opinion, kind, said, cues)
    if rule is None and confidence < round(opinion.kinds[kind], 3):
        rule = Rule.SCRAP
    return Judgement(
        kind=kind,
        trade=None if kind is Kind.CHATTER else opinion.trade,
        confidence=confidence,
        urgent=opinion.urgent,
        reasons=(*_found(message, cues), *_words(opinion.words)),
        kinds=opinion.kinds,
        rule=rule,
    )


def _outranked(
    message: Message, opinion: Opinion, said: dict[Kind, float], cues: dict[str, float]
) -> tuple[Kind, Rule | None]:
    """Who leaves a number or a time with a fault wants it mended; news that something works again is news.

    More rules once stood here, and were right less often than the model they overruled.
    """
    by_rules = max(said, key=said.__getitem__)
    is_fault = by_rules is Kind.REPAIR and "fault" in cues
    if opinion.kind is Kind.CHATTER and is_fault and (message.phones or visit_time_of(message.form)):
        return Kind.REPAIR, Rule.FAULT_WITH_A_CONTACT
    is_over = "resolved" in cues and "unsolved" not in cues and opinion.kinds[opinion.kind] < _SURE_OF_NEWS
    if is_over and opinion.kind is Kind.REPAIR and by_rules is Kind.CHATTER:
        return Kind.CHATTER, Rule.IT_IS_OVER
    is_thanked = "resolved" in cues and len(message.tokens) <= _SCRAP_TOKENS and opinion.kinds[opinion.kind] < _CERTAIN
    if is_thanked and opinion.kind is Kind.PRAISE and message.marks.has("senses.thanks"):
        return Kind.CHATTER, Rule.IT_IS_OVER  # "fixed, thanks" is for the case that is open, and no praise of its own
    return opinion.kind, None


def _confidence(
    message: Message, opinion: Opinion, kind: Kind, said: dict[Kind, float], cues: dict[str, float]
) -> float:
    """As the model measured it; a scrap in which the phrases find nothing is worth asking about and no more."""
    if kind is not opinion.kind:
        return _BY_RULE
    by_rules = max(said, key=said.__getitem__)
    finds_nothing = by_rules is Kind.CHATTER or message.place.words is not None
    sure = round(opinion.kinds[kind], 3)
    if kind is not Kind.CHATTER and finds_nothing and sure < _CERTAIN and _is_scrap(message, cues):
        return min(sure, _SCRAP)
    return sure


def _is_scrap(message: Message, cues: dict[str, float]) -> bool:
    """A few words that name no trouble and want nothing, such as a bare room number: part of a talk, no case."""
    return not SAYING & cues.keys() and len(message.tokens) <= _SCRAP_TOKENS


def _found(message: Message, cues: dict[str, float]) -> tuple[str, ...]:
    return tuple(
        f"{cue}: {', '.join(message.marks.words(f'cues.{cue}'))}" for cue in cues if message.marks.has(f"cues.{cue}")
    )


def _words(words: tuple[str, ...]) -> tuple[str, ...]:
    return (f"words: {', '.join(words)}",) if words else ()
