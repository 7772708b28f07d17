"""The phrases the desk hears, read from `locales/*/phrases/*.toml` on first use and indexed by their first piece.

Every phrase carries a mark such as `cues.fault` or `trades.plumbing.strong`; all languages are heard at once, because
one message often mixes two.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.understanding.normal_form import normal_form
from handlers.understanding.tokens import tokens_of

GAP = "…"
SHORTEST_STEM = 3
_LANGUAGES = ("zh_CN", "zh_TW", "en")
_SEPARATORS = re.compile(r"[,，\n]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """`pieces` are words, `stem*` for any word that begins so, or GAP. `mark` is what the phrase is a sign of."""

    pieces: tuple[str, ...]
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases by the word or the stem they begin with, and every Latin word the book knows."""

    by_word: dict[str, list[Phrase]] = field(default_factory=dict)
    by_stem: dict[str, list[Phrase]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)

    def add(self, words: str, mark: str) -> None:
        """Index one phrase as written in a phrase file. `ValueError` for one with no words in it."""
        pieces = _pieces_of(words)
        if not pieces or pieces[0] == GAP:
            raise ValueError(f"phrase {words!r} of {mark} does not begin with a word")
        phrase = Phrase(pieces, mark, words)
        first = pieces[0]
        if first.endswith("*"):
            self.by_stem.setdefault(first[:-1], []).append(phrase)
        else:
            self.by_word.setdefault(first, []).append(phrase)
        for piece in pieces:
            self.vocabulary.update(_latin_forms(piece))


def _pieces_of(words: str) -> tuple[str, ...]:
    pieces: list[str] = []
    for part in re.split(r"(…)", words):
        if part == GAP:
            pieces.append(GAP)
            continue
        for token in tokens_of(normal_form(part).text):
            if token.text == "*" and pieces:
                pieces[-1] += "*"
            else:
                pieces.append(token.text)
    return tuple(pieces)


def _latin_forms(piece: str) -> Iterator[str]:
    if not (piece[0].isascii() and piece[0].isalpha()):
        return
    if piece.endswith("*"):
        stem = piece[:-1]
        yield from (stem, stem + "s", stem + "ed", stem + "ing")
    else:
        yield piece


@cache
def phrasebook() -> Phrasebook:
    """The book of all languages. Errors: `ValueError` naming the phrase that cannot be read."""
    book = Phrasebook()
    for language in _LANGUAGES:
        for page in files("locales").joinpath(language, "phrases").iterdir():
            if page.name.endswith(".toml"):
                topic = page.name.removesuffix(".toml")
                for mark, phrases in _leaves(topic, tomllib.loads(page.read_text(encoding="utf-8"))):
                    for words in _SEPARATORS.split(phrases):
                        if words.strip():
                            book.add(words.strip(), mark)
    return book


def _leaves(mark: str, branch: dict[str, Any] | str) -> Iterator[tuple[str, str]]:
    if isinstance(branch, str):
        yield mark, branch
        return
    for name, inner in branch.items():
        yield from _leaves(f"{mark}.{name}", inner)
