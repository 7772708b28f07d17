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
from handlers.understanding.signs import Signs, pattern_of

_LANGUAGES = ("zh_CN", "zh_TW", "en")
_APOSTROPHE = re.compile(r"(?<=[a-z])'s\b|'")
_LATIN = re.compile(r"[a-z]+|\d+")
_HAN = re.compile(r"[\u3400-\u9fff〇\U00020000-\U0003ffff]+")
_SIGNS = re.compile(r"[^\w\s]")
_LEANING = re.compile(
    r"(?:那(?!边|邊|里|裡|个|個)|咁|但|可是|不过|不過|and\b|but\b|then\b|no\b|不是|唔系|唔係|我是|我系|我係|我指|我想问的|我想問的)"
    r"|.*(?:\bi mean|\bmeant\b|what about|how about)"
)
"""How words begin that cannot be told from what was said before them."""
_ENDING = re.compile(r"(?:ies|es|s|ing|ed)$")
_SHORTEST_STEM = 4
NEVER = "never"
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
    signs: Signs[str]
    """The facets by name, and under `NEVER` what needs a person."""
    known: Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]]
    """By first character: a phrase in a group each, and of each the concept; empty for what says nothing."""


def is_content(text: str) -> bool:
    """ "Ok", "got it", and hardly a sign more."""
    return _lexicon().content.fullmatch(_SIGNS.sub("", _plain(text)).strip()) is not None


def leans_on_another(text: str) -> bool:
    """ "And at the weekend?", "I meant ...": words that go on with a question asked before."""
    return _LEANING.match(_plain(text).strip()) is not None


def needs_person(text: str) -> bool:
    """Whether these words tell of a case of somebody's own: something broken, said before, or late."""
    return _lexicon().signs.find(NEVER, _plain(text)) is not None


@lru_cache(maxsize=4096)
def question_words(text: str) -> QuestionWords:
    """Read one wording."""
    lexicon, plain = _lexicon(), _plain(text)
    facets = frozenset(lexicon.signs.find_all(plain)) - {NEVER}
    subjects: dict[str, float] = {}
    rest, at = [], 0
    while at < len(plain):
        pattern, names = lexicon.known.get(plain[at], (None, ()))
        found = pattern.match(plain, at) if pattern is not None else None
        if found is None:
            rest.append(plain[at])
            at += 1
            continue
        concept = names[(found.lastindex or 1) - 1]
        if concept:
            subjects[f"={concept}"] = CONCEPT
        rest.append(" ")
        at = found.end()
    subjects.update(_unlisted("".join(rest)))
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
        Signs({**facets, NEVER: ", ".join(page["never"] for page in pages)}),
        _by_first({"": ", ".join((fillers, *facets.values())), **concepts}),
    )


def _by_first(named: Mapping[str, str]) -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    """Of two phrases that begin alike the longer is found, whichever concept it is of."""
    written = [(phrase, name) for name, phrases in named.items() for phrase in phrases.split(",")]
    phrases = {normal_form(phrase).text.strip(): name for phrase, name in written}
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase, name in sorted(phrases.items(), key=lambda each: -len(each[0])):
        found.setdefault(phrase[0], []).append((pattern_of(phrase).pattern, name))
    return {
        first: (re.compile("|".join(f"({pattern})" for pattern, _ in each)), tuple(name for _, name in each))
        for first, each in found.items()
    }
