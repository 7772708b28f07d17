"""A question taken apart for comparing: what it is about, what it wants to know, and whether a person is needed.

Pure. The words are in `locales/*/questions.toml`; what no list knows counts as it stands, so that any subject can be
compared and one word too many is noticed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from handlers.understanding.normal_form import normal_form
from handlers.understanding.signs import pattern_of

_LANGUAGES = ("zh_CN", "zh_TW", "en")
_APOSTROPHE = re.compile(r"(?<=[a-z])'s\b|'")
_LATIN = re.compile(r"[a-z]+|\d+")
_HAN = re.compile(r"[\u3400-\u9fff〇\U00020000-\U0003ffff]+")
_SIGNS = re.compile(r"[^\w\s]")
_ENDING = re.compile(r"(?:ies|es|s|ing|ed)$")
_SHORTEST_STEM = 4
CONCEPT, WORD, PAIR = 1.0, 1.0, 0.6
"""What a subject on the lists, another Latin word and two other Chinese signs weigh."""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """`subjects` by weight; `facets` are what is wanted to be known of them: when, where, for how much."""

    subjects: Mapping[str, float]
    facets: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    content: re.Pattern[str]
    never: re.Pattern[str]
    facets: Mapping[str, re.Pattern[str]]
    known: re.Pattern[str]
    names: tuple[str, ...]
    """By group of `known`, the concept it stands for; empty for what says nothing."""


def is_content(text: str) -> bool:
    """ "Ok", "got it", and hardly a sign more."""
    return _lexicon().content.fullmatch(_SIGNS.sub("", _plain(text)).strip()) is not None


def needs_person(text: str) -> bool:
    """Whether these words tell of a case of somebody's own: something broken, said before, or late."""
    return _lexicon().never.search(_plain(text)) is not None


@lru_cache(maxsize=4096)
def question_words(text: str) -> QuestionWords:
    """Read one wording."""
    lexicon, plain = _lexicon(), _plain(text)
    facets = frozenset(name for name, pattern in lexicon.facets.items() if pattern.search(plain))
    subjects: dict[str, float] = {}

    def take(found: re.Match[str]) -> str:
        concept = lexicon.names[(found.lastindex or 1) - 1]
        if concept:
            subjects[f"={concept}"] = CONCEPT
        return " "

    rest = lexicon.known.sub(take, plain)
    subjects.update(_unlisted(rest))
    return QuestionWords(subjects, facets)


def _plain(text: str) -> str:
    return _APOSTROPHE.sub("", normal_form(text).text)


def _unlisted(rest: str) -> Iterator[tuple[str, float]]:
    for word in _LATIN.findall(rest):
        yield _stem(word), WORD
    for run in _HAN.findall(rest):
        for at in range(max(len(run) - 1, 1)):
            yield run[at : at + 2], PAIR


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


@cache
def _lexicon() -> _Lexicon:
    pages = [tomllib.loads(files("locales").joinpath(name, "questions.toml").read_text("utf-8")) for name in _LANGUAGES]

    def joined(table: str) -> dict[str, str]:
        names = {name for page in pages for name in page[table]}
        return {name: ", ".join(page[table][name] for page in pages if name in page[table]) for name in sorted(names)}

    concepts, facets = joined("concepts"), joined("facets")
    fillers = ", ".join(page["fillers"] for page in pages)
    return _Lexicon(
        pattern_of(", ".join(page["content"] for page in pages)),
        pattern_of(", ".join(page["never"] for page in pages)),
        {name: pattern_of(written) for name, written in facets.items()},
        *_longest_first({"": ", ".join((fillers, *facets.values())), **concepts}),
    )


def _longest_first(named: Mapping[str, str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern in which the longer of two phrases that begin alike is found, and whose each of its groups is."""
    phrases = {
        normal_form(phrase).text.strip(): name for name, written in named.items() for phrase in written.split(",")
    }
    ordered = sorted(phrases.items(), key=lambda each: -len(each[0]))
    return re.compile("|".join(f"({pattern_of(phrase).pattern})" for phrase, _ in ordered)), tuple(
        name for _, name in ordered
    )
