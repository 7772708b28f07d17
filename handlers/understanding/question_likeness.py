"""Which question of an office's list somebody asks, with a measured sureness, or none: pure, the list comes in as data.

A subject the list does not name speaks against it as strongly as a named one speaks for it: whoever asks for the hours
of the pool is not told those of the office.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from handlers.understanding.question_words import QuestionWords, needs_person, question_words

SURE = 0.8
"""From here on the desk answers; `tests/questions` measures what that gives."""
APART = 0.1
"""By how much the next best must be less alike: two that fit are none."""
LONGEST = 80
"""Characters; a longer message tells of a case."""
LEAST = 2
"""Subjects and what is wanted of them: "closed" alone asks for nothing."""
SLIP = 85
"""Likeness of 100 from which a Latin word is the other, mistyped."""
SHORTEST_SLIP = 5


@dataclass(frozen=True)
class Listed:
    """A question under its key, in all its wordings of all languages."""

    key: str
    wordings: Sequence[str]

    @cached_property
    def words(self) -> Sequence[QuestionWords]:
        """Each wording, taken apart once."""
        return [question_words(wording) for wording in self.wordings]

    @cached_property
    def subjects(self) -> Mapping[str, float]:
        """Everything any wording names."""
        return {name: weight for words in self.words for name, weight in words.subjects.items()}

    @cached_property
    def facets(self) -> frozenset[str]:
        """Everything any wording wants to know."""
        return frozenset().union(*(words.facets for words in self.words))


@dataclass(frozen=True, slots=True)
class Match:
    """The question that is nearest, and how sure that is, 0 to 1."""

    listed: Listed
    likeness: float
    sureness: float
    """The same, unless the next one is nearly as near."""

    @property
    def is_sure(self) -> bool:
        """Whether the desk may answer."""
        return self.sureness >= SURE


def nearest_question(text: str, questions: Sequence[Listed]) -> Match | None:
    """The nearest one; None for words that need a person or are like none of them."""
    if len(text) > LONGEST or "\n" in text.strip() or needs_person(text):
        return None
    words = question_words(text)
    ranked = sorted(((likeness(words, each), each) for each in questions), key=lambda each: -each[0])
    if not ranked or not ranked[0][0]:
        return None
    (first, listed), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    return Match(listed, first, first if first - second >= APART else min(first, SURE - APART))


def likeness(asked: QuestionWords, listed: Listed) -> float:
    """How alike what is asked is to one question, 0 to 1."""
    if len(asked.subjects) + len(asked.facets) < LEAST or not asked.subjects or not asked.facets <= listed.facets:
        return 0.0
    named = {name: _found(name, listed.subjects) for name in asked.subjects}
    known = _weigh(asked.subjects, {name for name, found in named.items() if found})
    ours = {found for found in named.values() if found}
    asks: float = max((_weigh(words.subjects, ours) for words in listed.words if words.subjects), default=0.0)
    return known * math.sqrt(asks)


def _weigh(subjects: Mapping[str, float], found: set[str]) -> float:
    """The share of what is named that was found, by weight."""
    return sum(weight for name, weight in subjects.items() if name in found) / sum(subjects.values())


def _found(name: str, subjects: Mapping[str, float]) -> str | None:
    """The subject of the list that is meant, also by a slip of the finger."""
    if name in subjects or name.startswith("=") or not name.isascii() or len(name) < SHORTEST_SLIP:
        return name if name in subjects else None
    near = process.extractOne(name, list(subjects), scorer=fuzz.ratio, score_cutoff=SLIP)
    return near[0] if near is not None else None
