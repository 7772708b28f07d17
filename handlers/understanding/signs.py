"""Named phrases of which a text tries only those it holds a piece of: most are out of the question at a look.

To try forty patterns on every message takes 100 µs; to look up its words and pairs of signs takes 10, and leaves two.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from handlers.understanding.normal_form import AT_ONCE, normal_form

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile("[a-z]+")
_EVERYWHERE = frozenset(
    re.findall(
        r"\w+",
        "a an the this that my our your his her i im we you he she it they is are was am be been has have had"
        " there theres in on at of to and or by for from with not no so someone somebody people person please"
        " can cant",
    )
)
"""Words that tell no phrase from another."""
_GAP = re.compile(r"…|\.\.\.")

Name = TypeVar("Name", bound=str)


class Signs(Generic[Name]):
    """One pattern a name; the phrases of each are written as `pattern_of` reads them."""

    def __init__(self, phrases: Mapping[Name, str]) -> None:
        self._patterns = {name: pattern_of(written) for name, written in phrases.items()}
        self._by_anchor: dict[str, set[Name]] = {}
        for name, written in phrases.items():
            for phrase in _phrases_in(written):
                self._by_anchor.setdefault(_anchor_of(phrase), set()).add(name)

    def possible(self, text: str) -> set[Name]:
        """Names of which a phrase may stand in a normal form; of the others none does."""
        names: set[Name] = set()
        for anchor in self._by_anchor.keys() & _anchors_in(text):
            names |= self._by_anchor[anchor]
        return names

    def find(self, name: Name, text: str) -> re.Match[str] | None:
        """The first phrase of that name."""
        return self._patterns[name].search(text) if name in self.possible(text) else None

    def find_all(self, text: str) -> dict[Name, re.Match[str]]:
        """The first phrase of every name that has one in a normal form, in the order of the names."""
        possible = self.possible(text)
        found = ((name, pattern.search(text)) for name, pattern in self._patterns.items() if name in possible)
        return {name: match for name, match in found if match is not None}


def pattern_of(written: str) -> re.Pattern[str]:
    """One pattern for phrases with commas between; none of them match nothing."""
    return re.compile(
        "|".join(sorted({_one(phrase) for phrase in _phrases_in(written)}, key=len, reverse=True)) or "(?!)"
    )


def _phrases_in(written: str) -> Iterator[str]:
    phrases = (normal_form(phrase).text.strip() for phrase in written.split(","))
    return (phrase for phrase in phrases if phrase)


def _one(phrase: str) -> str:
    """A Latin phrase is whole words, `*` any ending; `…` is at most a dozen characters of the same sentence."""
    gap = r"[^.!?。！？\n]{0,12}" if _HAN.search(phrase) else r"[^.!?。！？\n]{0,24}"
    body = gap.join(re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in _GAP.split(phrase))
    if phrase[0].isascii() and phrase[0].isalpha():
        # A look behind its first letter, not before: where each alternative begins with a letter, a search skips all
        # places at which none begins, and takes a tenth of the time.
        body = f"{phrase[0]}(?<![a-z]{phrase[0]}){body[1:]}"
    ends = r"(?![a-z])" if phrase[-1].isascii() and phrase[-1].isalpha() else ""
    return f"{body}{ends}"


def _anchor_of(phrase: str) -> str:
    """What has to stand in a text that holds the phrase: a whole Latin word, a stem's two letters, two other signs."""
    plain = _GAP.split(phrase)[0]
    if not _WORD.match(plain):
        return plain[:2] if plain[1:2].isalnum() else plain[0]
    words = [
        (word[0], plain.startswith("*", word.end()) or word.end() == len(plain) < len(phrase))
        for word in _WORD.finditer(plain)
    ]
    word, is_stem = next((each for each in words if each[0] not in _EVERYWHERE), words[0])
    return f"*{word[:2]}" if is_stem else f" {word}"


@lru_cache(maxsize=AT_ONCE)
def _anchors_in(text: str) -> frozenset[str]:
    words = set(_WORD.findall(text))
    latin = (form for word in words for form in (f" {word}", f"*{word[:2]}", f"*{word[0]}"))
    others = () if text.isascii() else map("".join, itertools.pairwise(text))
    return frozenset(text).union(others, latin)
