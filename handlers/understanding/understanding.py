"""What the desk understood of one message. Pure data; `reading.read` makes it."""

from dataclasses import dataclass

from storage.vocabulary import Kind, Trade, Urgency, Word


class Sense(Word):
    """What a message does to a talk that is already going on; NEW stands on its own."""

    NEW = "new"
    URGING = "urging"
    THANKS = "thanks"
    STILL_BROKEN = "still_broken"
    SAME_HERE = "same_here"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: each part as the site writes it, None when unsaid. `words` is the stretch as written in the message."""

    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """One reading of one message. `confidence` (0 to 1) is of the kind; below the speaking threshold the desk asks."""

    kind: Kind
    trade: Trade | None
    urgency: Urgency
    place: Place
    phone: str | None
    visit_time: str | None
    language: str
    """`zh_CN`, `zh_TW` or `en`: what to answer in."""
    confidence: float
    sense: Sense = Sense.NEW
    reasons: tuple[str, ...] = ()
    """The words and rules that decided, for people to read."""
