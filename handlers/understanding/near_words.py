"""A mistyped long English word, set right to the word of the phrases it is one slip away from."""

from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.phrasebook import phrasebook

_LONGEST = 20
_SUBSTITUTION_FROM = 8
"""Shorter words lie too close together for a changed letter: "leaving" is no slip for "leaking"."""


@cache
def _words_by_first_letter() -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for word in sorted(phrasebook().vocabulary):
        if len(word) >= 6:
            words.setdefault(word[0], []).append(word)
    return words


@lru_cache(maxsize=4096)
def nearest_known(word: str) -> str | None:
    """The known word one slip away: a letter lost, doubled or two swapped; in long words one changed too."""
    if len(word) > _LONGEST:
        return None
    best = process.extractOne(word, _words_by_first_letter().get(word[0], ()), scorer=OSA.distance, score_cutoff=1)
    if best is None:
        return None
    known: str = best[0]
    return known if _is_likely_slip(word, known) else None


def _is_likely_slip(word: str, known: str) -> bool:
    """A changed letter counts in long words only, unless one vowel was taken for another."""
    if len(known) != len(word) or sorted(known) == sorted(word) or len(word) >= _SUBSTITUTION_FROM:
        return True
    changed = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
    return len(word) > 6 and all(one in "aeiou" and other in "aeiou" for one, other in changed)
