"""How soon: emergencies page people at once, so words that call off an alarm (a drill, an "if", last year) are heard too."""

from handlers.understanding.message import Message
from storage.vocabulary import Kind, Urgency

_TALK = ("cues.advert", "cues.notice", "cues.joke", "cues.elsewhere")


def is_emergency(message: Message) -> bool:
    """True when the message names a danger to life that is going on, whatever else it says."""
    marks = message.marks
    return marks.has("urgency.emergency") and not marks.has("urgency.calm", "cues.resolved", *_TALK)


def urgency_of(message: Message, kind: Kind) -> Urgency:
    """The urgency of a message of this kind; chatter and praise are never urgent short of an emergency."""
    marks = message.marks
    if is_emergency(message):
        return Urgency.EMERGENCY
    if kind in {Kind.CHATTER, Kind.PRAISE, Kind.SUGGESTION, Kind.SERVICE} or marks.has("urgency.calm"):
        return Urgency.NORMAL
    if marks.has("urgency.danger", "urgency.emergency") and kind is not Kind.INQUIRY:
        return Urgency.URGENT
    if marks.has("urgency.outage") and kind is Kind.REPAIR:
        return Urgency.URGENT
    return Urgency.NORMAL
