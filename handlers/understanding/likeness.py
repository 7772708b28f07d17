"""Whether two neighbours tell of the same thing: what it is, where, which one of several, how, when, in what words.

Pure: tellings come in as data, a figure goes out. The caller narrows them to one site and thing.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from rapidfuzz import fuzz

from handlers.understanding.message import message_of
from handlers.understanding.shared_words import TRAPPED, SharedWords, shared_words
from storage.vocabulary import SharedThing

SURE = 0.77
"""From here on the desk joins by itself."""
DOUBTFUL = 0.55
"""From here on staff are asked; below, nobody is."""

DANGERS = (SharedThing.FIRE, SharedThing.GAS, SharedThing.FIRE_ALARM)
VAGUE = (SharedThing.SMELL, SharedThing.DIRT, SharedThing.NOISE_MACHINE, SharedThing.HOT_WATER)
"""Named by words that also describe something else: they count only where nothing clearer is named."""
SUPPLY = frozenset(
    {SharedThing.WATER, SharedThing.HOT_WATER, SharedThing.POWER, SharedThing.NETWORK, SharedThing.HEATING}
)
"""What comes into each flat: it may be back for one and still gone for another."""
OF_THE_SITE = frozenset(
    {
        SharedThing.GATE,
        SharedThing.STREET_LIGHT,
        SharedThing.CHARGER,
        SharedThing.LOCKER,
        SharedThing.POOL,
        SharedThing.GYM,
        SharedThing.PLAYGROUND,
    }
)
"""What the whole site shares: it is the same from whichever building it is told."""
OF_A_FLOOR = frozenset(
    {
        SharedThing.CORRIDOR_LIGHT,
        SharedThing.RUBBISH,
        SharedThing.DIRT,
        SharedThing.SMELL,
        SharedThing.PUBLIC_LEAK,
        SharedThing.MUSIC,
        SharedThing.DOG,
        SharedThing.FIRE_GEAR,
    }
)
"""What may be so on one floor and again, for another reason, on the next."""
OF_MANY_PARTS = frozenset({SharedThing.LIFT, SharedThing.GYM, SharedThing.POOL, SharedThing.PLAYGROUND})
"""Where what is wrong may be one part of it, and the next report about another."""
OFTEN_ONES_OWN = frozenset(
    {SharedThing.FRONT_DOOR, SharedThing.NETWORK, SharedThing.SMELL, SharedThing.DIRT, SharedThing.GAS}
)
HALTED = "halted"
NO_PARTICULAR = frozenset({"stopped", HALTED})
"""Faults that say that a thing does not work; the others say what about it."""
LONG = timedelta(hours=12)
SHORT = timedelta(hours=4)
OUTAGES = frozenset({SharedThing.LIFT, SharedThing.WATER, SharedThing.POWER, SharedThing.WATER_COLOUR})
_GROUND = re.compile(r"车库|地库|地下室|停车场|大堂|garage|car ?park|lobby|basement")
"""Where a leak is no floor's own."""
_WHERE_IT_IS_MISSED = {
    SharedThing.WATER: re.compile(r"水龙头|水喉|厨房|淋浴|花洒|\btaps?\b|\bfaucets?\b|kitchen|shower"),
    SharedThing.POWER: re.compile(r"冰箱|雪柜|电视|热水器|fridge|\btv\b"),
}
"""What stands still without water or power, and is not itself broken."""
_DIGITS = dict(zip("一二三四五六七八九", "123456789", strict=True))
# A normal form writes 𨋢 as 䢂.
_PARTS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "number": (
        (
            re.compile(
                r"([1-9一二三四五六七八九])(?:号|#)(?:客|货)?(?:电|升降)?(?:梯|机|𨋢|䢂|lift)"
                r"|(?:lift|elevator|𨋢|䢂|charger|charging point)\s*(?:no\.?|number|#)?\s*"
                r"([1-9a-d])(?![0-9a-z栋座楼号])"
                r"|([1-9])号(?:桩|闸|泵)"
            ),
            "",
        ),
    ),
    "sort": (
        (re.compile(r"货梯|货[𨋢䢂]|运货|goods|freight|service lift|cargo"), "goods"),
        (re.compile(r"客梯|客[𨋢䢂]|passenger"), "passenger"),
    ),
    "hand": (
        (re.compile(r"左[边侧手面]|left[- ](?:lift|elevator|hand|one|side)|on the left"), "left"),
        (re.compile(r"右[边侧手面]|right[- ](?:lift|elevator|hand|one|side)|on the right"), "right"),
    ),
    "side": (
        (re.compile(r"东[门口区侧边翼]|\beast"), "east"),
        (re.compile(r"西[门口区侧边翼]|\bwest"), "west"),
        (re.compile(r"南[门口区侧边翼]|\bsouth"), "south"),
        (re.compile(r"北[门口区侧边翼]|\bnorth"), "north"),
    ),
    "way": (
        (re.compile(r"入口|进口|进场|入闸|\bentry\b|\bentrance\b|way in"), "in"),
        (re.compile(r"出口|出场|出闸|\bexit\b|way out"), "out"),
    ),
    "sort of play": (
        (re.compile(r"滑梯|\bslide"), "slide"),
        (re.compile(r"秋千|\bswings?\b"), "swing"),
        (re.compile(r"跑步机|treadmill"), "treadmill"),
    ),
    "entrance": ((re.compile(r"([1-9一二三四五六七八九])单元"), ""),),
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What a telling says, in no language's words. `thing` is None for one flat's own trouble."""

    thing: SharedThing | None
    faults: frozenset[str] = frozenset()
    parts: dict[str, frozenset[str]] = field(default_factory=dict)
    floor: str | None = None
    text: str = ""
    tells_of_more: bool = False
    """Another person is in danger."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One neighbour's words, where they put it and when they came."""

    words: str
    at: datetime
    chat_id: int
    building_id: int | None = None


def window_of(thing: SharedThing) -> timedelta:
    """How long after a first telling another may still mean the same."""
    return LONG if thing in OUTAGES else SHORT


@lru_cache(maxsize=4096)
def traits_of(words: str) -> Traits:
    """Read one telling."""
    message, known = message_of(words, None), shared_words()
    text = message.form.text
    thing = _thing_in(text, known)
    if thing is None or _is_ones_own(text, thing, known):
        return Traits(None, text=text)
    return Traits(
        thing,
        frozenset(known.faults.find_all(text)),
        {name: found for name in _PARTS if (found := _parts(name, text))},
        None if _GROUND.search(text) else message.place.floor,
        text,
        known.persons.find("more", text) is not None,
    )


def likeness(one: Telling, other: Telling) -> float:
    """How likely both tell of the same, 0 to 1. They are of one site; either may have come first."""
    mine, theirs = traits_of(one.words), traits_of(other.words)
    thing = mine.thing
    if thing is None or thing is not theirs.thing:
        return 0.0
    apart = abs(one.at - other.at)
    if apart > window_of(thing):
        return 0.0
    said = fuzz.ratio(mine.text, theirs.text) / 100
    score = 0.72 + _by_place(one, other, thing) + _by_part(mine, theirs) + _by_fault(mine, theirs, thing)
    score += _by_floor(mine, theirs, thing) + 0.15 * said
    score += 0.05 if apart <= timedelta(hours=1) else -0.1 if apart > window_of(thing) / 2 else 0.0
    return max(0.0, min(score, 1.0))


def adds_to_alarm(words: str, known: list[str]) -> bool:
    """Whether a cry tells of a further place or person, so that who was alerted must hear it too."""
    new, told = traits_of(words), [traits_of(each) for each in known]
    if new.tells_of_more:
        return True
    if new.floor is not None and all(each.floor != new.floor for each in told):
        return True
    return any(all(not found & each.parts.get(name, frozenset()) for each in told) for name, found in new.parts.items())


def _thing_in(text: str, known: SharedWords) -> SharedThing | None:
    """A danger first, then what is named first; what is only described comes last."""
    matches = known.things.find_all(text)
    if TRAPPED in matches:
        return SharedThing.LIFT
    found = {SharedThing(name): match.start() for name, match in matches.items()}
    for danger in DANGERS:
        if danger in found:
            return danger
    clear = {thing: at for thing, at in found.items() if thing not in VAGUE}
    return min(clear or found, key=lambda thing: (clear or found)[thing], default=None)


def _is_ones_own(text: str, thing: SharedThing, known: SharedWords) -> bool:
    """One flat's own tap, lock or router, unless the words say that others have it too."""
    if known.own.find("whole", text):
        return False
    if known.own.find("alone", text):
        return True
    inside = _WHERE_IT_IS_MISSED[thing].sub(" ", text) if thing in _WHERE_IT_IS_MISSED else text
    if thing in SUPPLY or thing in OFTEN_ONES_OWN:
        if known.own.find("fixture", inside):
            return True
        return thing not in SUPPLY and known.own.find("mine", text) is not None
    return False


def _parts(name: str, text: str) -> frozenset[str]:
    found: set[str] = set()
    for pattern, word in _PARTS[name]:
        for match in pattern.finditer(text):
            value = word or next(group for group in match.groups() if group)
            found.add(_DIGITS.get(value, value))
    return frozenset(found)


def _by_place(one: Telling, other: Telling, thing: SharedThing) -> float:
    if thing in OF_THE_SITE:
        return 0.1
    if one.building_id is not None and other.building_id is not None:
        return 0.1 if one.building_id == other.building_id else -1.0
    if one.chat_id != other.chat_id:
        return -0.2
    return 0.06 if one.building_id is other.building_id else 0.03


def _by_part(mine: Traits, theirs: Traits) -> float:
    score = 0.0
    for name in mine.parts.keys() & theirs.parts.keys():
        is_same = bool(mine.parts[name] & theirs.parts[name])
        score += 0.05 if is_same else -0.5
    if ("goods" in mine.parts.get("sort", ())) != ("goods" in theirs.parts.get("sort", ())):
        score -= 0.3
    if ("side" in mine.parts) != ("side" in theirs.parts):
        score -= 0.15
    return max(score, -0.5)


def _by_fault(mine: Traits, theirs: Traits, thing: SharedThing) -> float:
    """A lift that squeaks is not the lift that stopped, nor the gym's warm air its treadmill."""
    one, other = mine.faults - NO_PARTICULAR, theirs.faults - NO_PARTICULAR
    if one & other:
        return 0.0
    if one and other:
        return -0.3
    is_small = (one and HALTED not in mine.faults) or (other and HALTED not in theirs.faults)
    return -0.3 if is_small and thing in OF_MANY_PARTS else 0.0


def _by_floor(mine: Traits, theirs: Traits, thing: SharedThing) -> float:
    if thing not in OF_A_FLOOR:
        return 0.0
    if mine.floor is None and theirs.floor is None:
        return -0.02
    if mine.floor is None or theirs.floor is None:
        return -0.2
    return 0.08 if mine.floor == theirs.floor else -0.45
