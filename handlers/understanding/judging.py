"""What kind of message it is and which trade it needs, with how sure the desk can be.

`judge` is the one place that decides both: it gathers what the phrases found and weighs it with the model.
"""

from dataclasses import dataclass

from handlers.understanding.cue_weights import SAYING
from handlers.understanding.cues import cues_in
from handlers.understanding.features import dense_of
from handlers.understanding.message import Message
from handlers.understanding.model import Opinion, model
from handlers.understanding.rule_scores import rule_scores
from handlers.understanding.trades import trades_of
from handlers.understanding.visit_times import visit_time_of
from storage.vocabulary import Kind, Trade

_UNSURE = 0.75
_DOUBTFUL = 0.45
_CERTAIN = 0.95
_SCRAP = 0.5
_SCRAP_TOKENS = 12
_BY_RULE = 0.7
"""The confidence of a kind the rules took against the model."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`trade` is None for chatter. `confidence` (0 to 1) is of the kind, `urgent` that it cannot wait.

    `reasons` are cues with the phrases found, and the stretches of text the model went by.
    """

    kind: Kind
    trade: Trade | None
    confidence: float
    urgent: float
    reasons: tuple[str, ...]


def judge(message: Message) -> Judgement:
    """Weigh a message. Of two kinds nearly as likely the one with the cheaper mistake is taken."""
    trades = trades_of(message)
    cues = cues_in(message, trades)
    said = rule_scores(message, cues, trades)
    opinion = model().weigh(message, dense_of(message, cues, trades), said, trades)
    kind = _outranked(message, opinion, said, cues)
    return Judgement(
        kind=kind,
        trade=None if kind is Kind.CHATTER else opinion.trade,
        confidence=_confidence(message, opinion, kind, said, cues),
        urgent=opinion.urgent,
        reasons=(*_found(message, cues), *_words(opinion.words)),
    )


def _outranked(message: Message, opinion: Opinion, said: dict[Kind, float], cues: dict[str, float]) -> Kind:
    """Who leaves a number or a time with a fault wants it mended; a job asked for as a question is a job; news that
    something works again is news.
    """
    by_rules = max(said, key=lambda each: said[each])
    if opinion.kind is Kind.INQUIRY and opinion.kinds[Kind.INQUIRY] < _UNSURE and by_rules is Kind.REPAIR:
        return Kind.REPAIR
    is_talk = opinion.kind is Kind.CHATTER
    if is_talk and by_rules is Kind.REPAIR and "fault" in cues and (message.phones or visit_time_of(message.form)):
        return Kind.REPAIR
    if is_talk and opinion.kinds[Kind.CHATTER] < _DOUBTFUL and by_rules is Kind.INQUIRY:
        return Kind.INQUIRY
    is_over = "resolved" in cues and "unsolved" not in cues
    if is_over and opinion.kind is Kind.REPAIR and by_rules is Kind.CHATTER:
        return Kind.CHATTER
    return opinion.kind


def _confidence(
    message: Message, opinion: Opinion, kind: Kind, said: dict[Kind, float], cues: dict[str, float]
) -> float:
    """As the model measured it; a scrap in which the phrases find nothing is worth asking about and no more."""
    if kind is not opinion.kind:
        return _BY_RULE
    by_rules = max(said, key=lambda each: said[each])
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
