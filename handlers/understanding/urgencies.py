"""How soon. Emergencies page people at once, so words that call an alarm off (a drill, an "if") are heard too."""

from handlers.understanding.marks import Marks
from handlers.understanding.message import Message
from storage.vocabulary import Kind, Urgency

_LIKELY = 0.8
"""What the model alone must give; `docs/decisions/0006-understanding.md` has the figures."""
_TALK = ("cues.advert", "cues.notice", "cues.joke", "cues.elsewhere")


def is_danger_told(marks: Marks) -> bool:
    """True when words of danger stand in a message that is no drill, advert, joke or tale from elsewhere."""
    is_told = marks.has("urgency.danger", "urgency.outage", "urgency.emergency")
    return is_told and not marks.has("urgency.calm", *_TALK)


def is_emergency(message: Message) -> bool:
    """True when the message names a danger to life that is going on, whatever else it says."""
    marks = message.marks
    return marks.has("urgency.emergency") and not marks.has("urgency.calm", "cues.resolved", *_TALK)


def urgency_of(message: Message, kind: Kind, likely: float) -> Urgency:
    """The urgency of a message of this kind; only repairs and complaints can be urgent short of an emergency.

    `likely` is the model's probability, which speaks where no words of danger were found. A loss of power or water is
    urgent as a repair; as a complaint it is a story about many of them.
    """
    if is_emergency(message):
        return Urgency.EMERGENCY
    if kind not in {Kind.REPAIR, Kind.COMPLAINT}:
        return Urgency.NORMAL
    is_told = is_danger_told(message.marks) and (
        message.marks.has("urgency.danger", "urgency.emergency") or kind is Kind.REPAIR
    )
    return Urgency.URGENT if is_told or likely >= _LIKELY else Urgency.NORMAL
