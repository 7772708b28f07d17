"""What staff have set right at a site, as examples: a message nearly like one of them is read as it was corrected.

Pure: examples come in as data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from handlers.understanding.normal_form import normal_form
from handlers.understanding.understanding import Understanding
from storage.vocabulary import Kind, Trade, Urgency

ALIKE = 86
"""Likeness of 100 from which a message counts as the same words; rooms and phones do not matter."""
SURE = 0.95
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Exemplar:
    """Words as `exemplar_form` makes them, and what they should have been read as; None where nothing was wrong."""

    words: str
    kind: Kind | None = None
    trade: Trade | None = None
    urgency: Urgency | None = None


def exemplar_form(words: str) -> str:
    """The normal form with numbers taken for one another: the same trouble comes from other rooms."""
    return _SPACE.sub(" ", _DIGITS.sub("0", normal_form(words).text)).strip()


def nearest(words: str, exemplars: Sequence[Exemplar]) -> Exemplar | None:
    """The example that is as good as the same words, if there is one."""
    choices = [exemplar.words for exemplar in exemplars]
    found = process.extractOne(exemplar_form(words), choices, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return exemplars[found[2]] if found is not None else None


def corrected(reading: Understanding, words: str, exemplars: Sequence[Exemplar]) -> Understanding:
    """The reading as staff would have it. An emergency stays one, whatever was said of words like it."""
    if not exemplars or reading.urgency is Urgency.EMERGENCY:
        return reading
    right = nearest(words, exemplars)
    if right is None or (reading.kind is Kind.CHATTER and right.kind is None):
        return reading
    return replace(
        reading,
        kind=right.kind or reading.kind,
        trade=right.trade or reading.trade,
        urgency=right.urgency or reading.urgency,
        confidence=max(reading.confidence, SURE) if right.kind else reading.confidence,
        reasons=(f"corrected here before: {right.words[:40]}", *reading.reasons),
    )
