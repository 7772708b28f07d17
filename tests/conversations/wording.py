"""Sentences today's understanding is unsure of, found by trying, since understanding gets better."""

from functools import cache

from handlers.hearing import ASK_FROM, SPEAK_FROM
from handlers.understanding.reading import read
from storage.vocabulary import Kind, Urgency

_CANDIDATES = (
    "something is wrong with the door maybe",
    "something is wrong with the gate maybe",
    "the lobby smells funny today",
    "大堂的灯有点暗",
    "电梯今天好慢",
    "门口的水是怎么回事",
    "楼道里有味道",
    "水压好像小了",
    "车库有点黑",
)


@cache
def unsure() -> tuple[str, str]:
    """Two sentences the desk asks about."""
    readings = ((words, read(words)) for words in _CANDIDATES)
    found = [
        words
        for words, reading in readings
        if reading.kind is not Kind.CHATTER
        and reading.urgency is not Urgency.EMERGENCY
        and ASK_FROM <= reading.confidence < SPEAK_FROM
    ]
    assert len(found) > 1, "nothing is unsure any more; find new sentences"
    return found[0], found[1]
