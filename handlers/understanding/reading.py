"""One message in, one `Understanding` out: the front door of this room. Pure: no clock, no repository."""

from functools import lru_cache

from handlers.understanding.judging import judge
from handlers.understanding.message import message_of
from handlers.understanding.normal_form import AT_ONCE
from handlers.understanding.perils import peril_of, trade_for
from handlers.understanding.scripts import language_of
from handlers.understanding.senses import sense_of
from handlers.understanding.site_words import SiteWords
from handlers.understanding.trades import first_of, trades_of
from handlers.understanding.understanding import Understanding
from handlers.understanding.urgencies import emergency_words, is_emergency, urgency_of
from handlers.understanding.visit_times import visit_time_of
from storage.vocabulary import Kind, Urgency

_SURE_CHATTER = 0.7


@lru_cache(maxsize=AT_ONCE)
def read(text: str, site: SiteWords | None = None) -> Understanding:
    """Understand one message.

    `text` may be anything; only its first 2,000 characters are read. With `site`, buildings come back under the site's
    own names. `confidence` is honest: between 0.35 and 0.7 the desk should ask the author. Raises nothing.
    One act asks more than once about the same words; they are read once.
    """
    message = message_of(text, site)
    judgement = judge(message)
    kind, trade, confidence, reasons = judgement.kind, judgement.trade, judgement.confidence, judgement.reasons
    urgency = urgency_of(message, kind, judgement.urgent)
    peril = peril_of(message)
    if peril is not None or is_emergency(message, kind, judgement.urgent):
        words = ", ".join([*emergency_words(message), *([peril] if peril else [])])
        told = first_of(trades_of(message))
        urgency, kind, confidence = Urgency.EMERGENCY, Kind.REPAIR, max(confidence, 0.9)
        # Whoever is hurt is hurt by what the words name; what the model would send there is no cause.
        trade = trade_for(peril, told) if peril else trade or told
        reasons = (f"emergency: {words}", *reasons)
    is_idle = kind is Kind.CHATTER
    is_ad = is_idle and confidence >= _SURE_CHATTER and message.place.unit is None
    return Understanding(
        kind=kind,
        trade=trade,
        urgency=urgency,
        place=message.place,
        phone=None if is_ad or not message.phones else message.phones[0].digits,
        visit_time=None if is_idle else visit_time_of(message.form),
        language=language_of(text[:2_000]),
        confidence=confidence,
        sense=sense_of(message),
        reasons=reasons,
    )
