"""Dangers told in plain words that no thing of the building is part of: somebody hurt, smoke, a break-in.

The words are in `locales/*/perils.toml`, apart from the phrasebook: here a word is enough, and no model is asked.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from handlers.understanding.message import Message
from handlers.understanding.normal_form import AT_ONCE, normal_form
from handlers.understanding.signs import Signs, pattern_of
from storage.vocabulary import Trade, Word

_LANGUAGES = ("zh_CN", "zh_TW", "en")


class Peril(Word):
    """What kind of danger, where the trade alone does not say what to do first."""

    HURT = "hurt"
    """Somebody is hurt or ill."""
    EDGE = "edge"
    """Somebody may fall from a window or a roof."""
    ATTACK = "attack"
    """A break-in, a fight, somebody with a weapon."""
    FIRE = "fire"
    SPARKS = "sparks"


TRADES = {
    Peril.HURT: Trade.SECURITY,
    Peril.EDGE: Trade.SECURITY,
    Peril.ATTACK: Trade.SECURITY,
    Peril.FIRE: Trade.FIRE_SAFETY,
    Peril.SPARKS: Trade.ELECTRICAL,
}
"""Whose hands each needs first."""
_ELSEWHERE = frozenset({Trade.LIFT, Trade.GAS, Trade.ELECTRICAL, Trade.FIRE_SAFETY})
"""Trades whose own danger hurts people: they are called to it, also where somebody is hurt."""


@dataclass(frozen=True, slots=True)
class _Words:
    signs: Signs[Peril]
    harmless: dict[Peril, re.Pattern[str]]
    """What only sounds like it; taken out before the signs are looked for."""
    talk: re.Pattern[str]
    """What calls every one of them off: a drill, an "if", a film."""


def peril_in(text: str) -> Peril | None:
    """The danger a text tells of, the deadliest for whoever stands near first; None for talk of it."""
    return _peril_in(normal_form(text).text.replace("'", ""))


def is_for_people(text: str) -> bool:
    """Whether the danger is to somebody's body and comes from no thing of the building."""
    return peril_in(text) in (Peril.HURT, Peril.ATTACK, Peril.EDGE)


def peril_of(message: Message) -> Peril | None:
    """The same for a message being read: one that is over is a story, and so is news that all is well."""
    marks = message.marks
    is_over = marks.has("urgency.past") and not marks.has("urgency.lasting")
    if is_over or marks.has("cues.advert", "cues.notice"):
        return None
    return peril_in(message.form.text)


@lru_cache(maxsize=AT_ONCE)
def _peril_in(plain: str) -> Peril | None:
    words = _words()
    possible = words.signs.possible(plain)
    for peril in (Peril.FIRE, Peril.ATTACK, Peril.HURT, Peril.EDGE, Peril.SPARKS):
        if peril in possible and words.signs.find(peril, words.harmless[peril].sub(" ; ", plain)):
            return None if words.talk.search(plain) else peril
    return None


def trade_for(peril: Peril, named: Trade) -> Trade:
    """Whose hands: the trade `named` where its danger is what hurts people, else as the peril is."""
    return named if peril is Peril.HURT and named in _ELSEWHERE else TRADES[peril]


@cache
def _words() -> _Words:
    pages = [
        tomllib.loads(files("locales").joinpath(language, "perils.toml").read_text("utf-8")) for language in _LANGUAGES
    ]

    def phrases(table: str) -> dict[Peril, str]:
        return {peril: ", ".join(words for page in pages if (words := page[table].get(peril.value))) for peril in Peril}

    harmless = {peril: pattern_of(words) for peril, words in phrases("harmless").items()}
    return _Words(Signs(phrases("signs")), harmless, pattern_of(", ".join(page["talk"]["all"] for page in pages)))
