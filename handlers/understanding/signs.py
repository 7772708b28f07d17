"""Named phrases of which a text tries only those that begin somewhere in it: most are out of the question at a look.

To try forty patterns on every message takes 100 µs; to look up its pairs of characters takes 5, and leaves two.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from handlers.understanding.normal_form import AT_ONCE, normal_form

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_GAP = re.compile(r"…|\.\.\.")

Name = TypeVar("Name", bound=str)


class Signs(Generic[Name]):
    """One pattern a name; the phrases of each are written as `pattern_of` reads them."""

    def __init__(self, phrases: Mapping[Name, str]) -> None:
        self._patterns = {name: pattern_of(written) for name, written in phrases.items()}
        self._by_beginning: dict[str, set[Name]] = {}
        for name, written in phrases.items():
            for phrase in _phrases_in(written):
                self._by_beginning.setdefault(_beginning_of(phrase), set()).add(name)

    def possible(self, text: str) -> set[Name]:
        """Names of which a phrase begins somewhere in a normal form; the others stand nowhere in it."""
        names: set[Name] = set()
        for beginning in self._by_beginning.keys() & _beginnings_in(text):
            names |= self._by_beginning[beginning]
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


def _beginning_of(phrase: str) -> str:
    """The first two characters where both are letters as they stand, else the first."""
    second = _GAP.split(phrase)[0][1:2]
    return phrase[:2] if second.isalnum() else phrase[0]


@lru_cache(maxsize=AT_ONCE)
def _beginnings_in(text: str) -> frozenset[str]:
    return frozenset(text).union(map("".join, itertools.pairwise(text)))
