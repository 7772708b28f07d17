"""Whose flat: in "the flat above leaks into mine" the writer's own is hurt, and the one above is suspected."""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.understanding.normal_form import normal_form
from handlers.understanding.shared_words import shared_words

_NUMBER = re.compile(r"(?P<before>.*?)(?P<floor>\d{1,2})(?P<door>\d{2}|[A-Z])")


class Side(StrEnum):
    """Where the suspected flat lies, seen from the one that is hurt."""

    ABOVE = "above"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Suspect:
    """`unit` is the number of the flat above, where the one that is hurt has a number that tells."""

    side: Side
    unit: str | None = None


def suspect_of(words: str, unit: str | None) -> Suspect | None:
    """The flat that words about water blame; `unit` is the writer's own."""
    found = shared_words().suspects.find_all(normal_form(words).text)
    side = next((side for side in Side if side.value in found), None)
    if side is None:
        return None
    return Suspect(side, _above(unit) if side is Side.ABOVE and unit else None)


def _above(unit: str) -> str | None:
    """Floor 12, door 02 is under 1302; a number that names no floor tells nothing."""
    number = _NUMBER.fullmatch(unit)
    return f"{number['before']}{int(number['floor']) + 1}{number['door']}" if number is not None else None
