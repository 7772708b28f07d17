"""How soon. Emergencies page people at once, so words that call an alarm off (a drill, an "if") are heard too."""

from handlers.understanding.marks import Marks
from handlers.understanding.message import Message
from storage.vocabulary import Kind, Urgency

_LIKELY, _LIKELY_BLAMED = 0.65, 0.85
"""What the model alone must give, for a fault and for a grievance; `docs/decisions/0006-understanding.md` says why."""
_BORNE_OUT = 0.1
"""What the model must leave to words of danger: below this, nineteen in twenty of them were told in passing."""
_CRY_BORNE_OUT, _CRY_IN_TALK = 0.02, 0.3
"""The same for a danger to life, and where the judge hears talk: of 377 on unseen writers nobody was in one below."""
_TALK = ("cues.advert", "cues.notice", "cues.joke", "cues.elsewhere")
_DEVICES = ("trades.electrical.strong", "trades.appliance.strong", "trades.hvac.strong")
"""A burning smell at one of these is switched off by a technician; one that comes from nowhere is a fire."""


def is_danger_told(marks: Marks) -> bool:
    """True when words of danger that is not over stand in a message that is no drill, advert, joke or tale."""
    return _is_danger(marks) and not marks.has(*_TALK)


def is_emergency(message: Message, kind: Kind, likely: float) -> bool:
    """True when the message names a danger to life that is going on, whatever else it says.

    `kind` is the judge's, and so is `likely`, that it cannot wait. Words of a notice or a joke call an alarm off only
    where the judge hears talk as well.
    """
    marks = message.marks
    is_fire_likely = _is_smoke_told(marks) and not (marks.has("urgency.burning") and marks.has(*_DEVICES))
    is_told = marks.has("urgency.emergency") or is_fire_likely
    is_talk = kind is Kind.CHATTER and marks.has(*_TALK)
    return (
        is_told
        and likely >= (_CRY_IN_TALK if kind is Kind.CHATTER else _CRY_BORNE_OUT)
        and not (is_talk or marks.has("urgency.calm", "cues.resolved") or _is_over(marks))
    )


def emergency_words(message: Message) -> list[str]:
    """The words that make it one."""
    marks = message.marks
    return [*marks.words("urgency.emergency"), *marks.words("urgency.smoke"), *marks.words("urgency.burning")]


def _is_danger(marks: Marks) -> bool:
    is_told = marks.has("urgency.danger", "urgency.outage", "urgency.emergency") or _is_smoke_told(marks)
    return is_told and not marks.has("urgency.calm") and not _is_over(marks)


def _is_smoke_told(marks: Marks) -> bool:
    """Smoke or a burning smell that no smoker, stove or grill explains; smoke that comes every day is somebody's."""
    is_smoke = marks.has("urgency.smoke") and not marks.has("urgency.habit")
    return (is_smoke or marks.has("urgency.burning")) and not marks.has("urgency.tobacco")


def _is_over(marks: Marks) -> bool:
    """ "Yesterday I was stuck in the lift" is a story; "since yesterday it smells of gas" is not."""
    return marks.has("urgency.past") and not marks.has("urgency.lasting")


def urgency_of(message: Message, kind: Kind, likely: float) -> Urgency:
    """The urgency short of an emergency; only repairs and complaints can be urgent.

    `likely` is the model's probability. It speaks where no words of danger were found, and doubts those that were.
    A loss of power or water is urgent as a repair; as a complaint it is a story about many of them.
    """
    if kind not in {Kind.REPAIR, Kind.COMPLAINT}:
        return Urgency.NORMAL
    is_told = _is_danger(message.marks) and (
        message.marks.has("urgency.danger", "urgency.emergency", "urgency.smoke", "urgency.burning")
        or kind is Kind.REPAIR
    )
    is_borne_out = is_told and likely >= _BORNE_OUT
    is_likely = likely >= (_LIKELY if kind is Kind.REPAIR else _LIKELY_BLAMED)
    return Urgency.URGENT if is_borne_out or is_likely else Urgency.NORMAL
