"""Which phrases of the book a message holds. Within one topic the longest phrase wins over those inside it, so that
"不漏了" is not also heard as "漏".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from handlers.understanding.near_words import nearest_known
from handlers.understanding.phrasebook import GAP, SHORTEST_STEM, Phrase, Phrasebook, phrasebook
from handlers.understanding.tokens import PAUSE, SENTENCE_ENDS, Token

_GAP_TOKENS = 5
_LONG = 6
"""Letters of a word from which a typo in it is forgiven."""
_turn = itemgetter(0)


class Found(NamedTuple):
    """A phrase and the tokens it was found in, as a bit mask; the tokens a gap skips are not among them."""

    phrase: Phrase
    mask: int
    start: int


@dataclass(frozen=True, slots=True)
class Marks:
    """All that was found, by mark, in the order of the message."""

    found: dict[str, list[Found]] = field(default_factory=dict)

    def has(self, *marks: str) -> bool:
        """True when any of the marks was found."""
        return not self.found.keys().isdisjoint(marks)

    def words(self, mark: str) -> list[str]:
        """The different phrases found for a mark, as the phrase files write them."""
        return list(dict.fromkeys(found.phrase.words for found in self.found.get(mark, ())))

    def below(self, prefix: str) -> Iterator[tuple[str, list[Found]]]:
        """Marks that begin with `prefix`, with what was found for each."""
        return ((mark, found) for mark, found in self.found.items() if mark.startswith(prefix))


@dataclass(frozen=True, slots=True)
class _Starts:
    """The phrases a word begins, by a word they need: most of them are out of the question at a look.

    A message tries a dozen phrases this way where it tried 240.
    """

    alone: list["_Start"] = field(default_factory=list)
    by_next: dict[str, list["_Start"]] = field(default_factory=dict)
    by_later: dict[str, list["_Start"]] = field(default_factory=dict)
    """Those that go on with a gap or a stem, by a word that must come somewhere behind it."""
    by_any: list["_Start"] = field(default_factory=list)
    """Those that need stems and nothing else."""


_Start = tuple[int, str, Phrase, int, str]
"""Its turn, its topic, the phrase, its mask where nothing is left to look at, and else the last plain word it needs."""


def marks_of(tokens: Sequence[Token]) -> Marks:
    """Every phrase of the book that stands in the tokens, typos of long Latin words forgiven."""
    book = phrasebook()
    texts = [text if len(text) < _LONG else _known(text, book) for text, _, _ in tokens]
    present = set(texts)
    topics: dict[str, list[Found]] = {}
    for start, (text, following) in enumerate(zip(texts, [*texts[1:], ""], strict=False)):
        starts = _starts_of(text)
        begun = starts.alone
        if following in starts.by_next:
            begun = begun + starts.by_next[following]
        if starts.by_later:
            for later in starts.by_later.keys() & present:
                begun = begun + starts.by_later[later]
        if starts.by_any:
            begun = begun + starts.by_any
        if len(begun) > 1:
            begun = sorted(begun, key=_turn)
        for _, topic, phrase, certain, last in begun:
            if certain:
                mask = certain << start
            elif last not in present or not (mask := _mask(phrase.pieces, texts, start)):
                continue
            topics.setdefault(topic, []).append(Found(phrase, mask, start))
    marks = Marks()
    for every in topics.values():
        for found in _longest(every):
            marks.found.setdefault(found.phrase.mark, []).append(found)
    return marks


@lru_cache(maxsize=8192)
def _starts_of(text: str) -> _Starts:
    starts = _Starts()
    for turn, phrase in enumerate(_beginning_with(text, phrasebook())):
        topic = phrase.mark.partition(".")[0]
        pieces = phrase.pieces
        last = next((piece for piece in reversed(pieces) if piece != GAP and not _is_stem(piece)), text)
        if len(pieces) == 1:
            starts.alone.append((turn, topic, phrase, 0b1, last))
        elif pieces[1] != GAP and not _is_stem(pieces[1]):
            certain = 0b11 if len(pieces) == 2 else 0
            starts.by_next.setdefault(pieces[1], []).append((turn, topic, phrase, certain, last))
        elif last in pieces[2:]:
            starts.by_later.setdefault(last, []).append((turn, topic, phrase, 0, last))
        else:
            starts.by_any.append((turn, topic, phrase, 0, text))
    return starts


def _known(text: str, book: Phrasebook) -> str:
    if not text.isascii() or not text.isalpha() or text in book.vocabulary:
        return text
    return nearest_known(text) or text


def _beginning_with(text: str, book: Phrasebook) -> Iterator[Phrase]:
    yield from book.by_word.get(text, ())
    if text.isascii():
        for length in range(SHORTEST_STEM, min(len(text), 20) + 1):
            yield from book.by_stem.get(text[:length], ())


def _mask(pieces: tuple[str, ...], texts: Sequence[str], start: int) -> int:
    """The tokens that spell `pieces` from `start` on, or 0."""
    mask = 1 << start
    at = start + 1
    slack = 0
    size = len(texts)
    for piece in pieces[1:]:
        if piece == GAP:
            slack = _GAP_TOKENS
            continue
        while at == size or not (texts[at] == piece or (_is_stem(piece) and texts[at].startswith(piece[:-1]))):
            if slack == 0 or at == size or texts[at] in SENTENCE_ENDS:
                return 0
            slack -= texts[at] != PAUSE
            at += 1
        mask |= 1 << at
        at += 1
        slack = 0
    return mask


def _is_stem(piece: str) -> bool:
    return piece[-1] == "*" and piece != "*"


def _longest(every: list[Found]) -> list[Found]:
    """Without those whose tokens all lie within a longer one. Within one mark the same tokens count once."""
    seen = 0
    for found in every:
        if found.mask & seen:
            break
        seen |= found.mask
    else:  # none lies over another
        return every
    kept: list[Found] = []
    over: dict[int, list[Found]] = {}
    for found in sorted(every, key=lambda each: each.mask.bit_count(), reverse=True):
        if any(_hides(longer, found) for longer in over.get(found.start, ())):
            continue
        kept.append(found)
        for token in range(found.start, found.mask.bit_length()):
            over.setdefault(token, []).append(found)
    return sorted(kept, key=lambda each: each.start)


def _hides(longer: Found, found: Found) -> bool:
    is_inside = longer.mask & found.mask == found.mask
    return is_inside and (longer.mask != found.mask or longer.phrase.mark == found.phrase.mark)
