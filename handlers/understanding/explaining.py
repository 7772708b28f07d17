"""Why a message was read as it was: what each of its words did, which rule stood above, what follows from it.

Each piece of the message is left out in turn and the rest judged again, by the whole judge with all its phrases, rules
and weights. So this stays true whatever the judge is made of; it costs one reading a piece, and only who asks pays.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.understanding.judging import Judgement, Rule, judge
from handlers.understanding.marks import Found
from handlers.understanding.message import Message, message_of
from handlers.understanding.moves import Move, move_for
from handlers.understanding.perils import peril_in
from handlers.understanding.reading import read
from handlers.understanding.scripts import is_chinese
from handlers.understanding.site_words import SiteWords
from handlers.understanding.thresholds import thresholds_for
from handlers.understanding.understanding import Understanding
from storage.vocabulary import Kind, Urgency

MOST_PIECES = 40
"""Of a longer message the pieces grow longer, so that asking why never takes long."""
WORTH_TELLING = 0.15
"""Log odds: a piece that moves less than this decided nothing."""
_LONGEST_PHRASE = 8
"""Tokens; a phrase with a gap that spans more of the message says nothing about one place in it."""
_PAIR = 2
_DANGERS = {f"urgency {name}" for name in ("emergency", "danger", "outage", "smoke", "burning")}


@dataclass(frozen=True, slots=True)
class Pull:
    """A piece as written at `text[start:end]`; without it the answer's log odds would be lower by `strength`.

    Below nought it spoke against the answer. `signs` are the phrases' meanings, such as `fault` or `trade plumbing`.
    """

    words: str
    start: int
    end: int
    strength: float
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """Something told beside the kind; `start` and `end` are where it stands in the text, None where it is pieced."""

    name: str
    value: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One reading with its reasons. `kinds` are the probabilities before any rule; `rival` is the kind next to it."""

    text: str
    reading: Understanding
    kinds: dict[Kind, float]
    rival: Kind
    pulls: tuple[Pull, ...]
    """The strongest first, for or against."""
    rule: Rule | None
    slots: tuple[Slot, ...]
    move: Move
    speak_from: float
    ask_from: float

    @property
    def spoke_for(self) -> tuple[Pull, ...]:
        """What made it this kind."""
        return tuple(pull for pull in self.pulls if pull.strength >= WORTH_TELLING)

    @property
    def spoke_against(self) -> tuple[Pull, ...]:
        """What would have made it another."""
        return tuple(pull for pull in self.pulls if pull.strength <= -WORTH_TELLING)

    @property
    def words_for_trade(self) -> tuple[str, ...]:
        """What named the trade."""
        return self._words_with({f"trade {self.reading.trade}"})

    @property
    def words_for_urgency(self) -> tuple[str, ...]:
        """What sounded dangerous; none for what can wait."""
        if self.reading.urgency in (Urgency.NORMAL, Urgency.LOW):
            return ()
        peril = peril_in(self.text)
        lost = [pull for pull in self.pulls if peril is not None and peril_in(self._without(pull)) is not peril]
        return tuple(dict.fromkeys((*self._words_with(_DANGERS), *(" ".join(pull.words.split()) for pull in lost))))

    def _without(self, pull: Pull) -> str:
        return f"{self.text[: pull.start]} {self.text[pull.end :]}"

    def _words_with(self, signs: set[str]) -> tuple[str, ...]:
        found = (" ".join(pull.words.split()) for pull in self.pulls if signs & set(pull.signs))
        return tuple(dict.fromkeys(found))


def explain(text: str, site: SiteWords | None = None) -> Explanation:
    """Read one message and say why; the reading is the one `read` gives. Raises nothing."""
    reading, message = read(text, site), message_of(text, site)
    judgement = judge(message)
    rule = Rule.EMERGENCY if reading.urgency is Urgency.EMERGENCY else judgement.rule
    slots = tuple(_slots(message, reading))
    others = [kind for kind in judgement.kinds if kind is not reading.kind]
    rival = max(others, key=lambda kind: judgement.kinds[kind])
    pulls = [
        Pull(text[start:end], start, end, _pull(text, start, end, site, judgement, reading.kind, rival), signs)
        for start, end, signs in _pieces(message, slots)
    ]
    return Explanation(
        text=text,
        reading=reading,
        kinds=dict(sorted(judgement.kinds.items(), key=lambda each: -each[1])),
        rival=rival,
        pulls=tuple(sorted(pulls, key=lambda pull: -abs(pull.strength))),
        rule=rule,
        slots=slots,
        move=move_for(reading),
        speak_from=thresholds_for(reading.language).speak,
        ask_from=thresholds_for(reading.language).ask,
    )


def _pull(text: str, start: int, end: int, site: SiteWords | None, whole: Judgement, kind: Kind, rival: Kind) -> float:
    rest = judge(message_of(f"{text[:start]} {text[end:]}", site))
    return round(_log_odds(whole, kind, rival) - _log_odds(rest, kind, rival), 3)


def _log_odds(judgement: Judgement, kind: Kind, rival: Kind) -> float:
    nothing = 1e-9
    return math.log(max(judgement.kinds[kind], nothing) / max(judgement.kinds[rival], nothing))


def _pieces(message: Message, slots: tuple[Slot, ...]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The message cut where a reader would cut: place and phone, phrases the book knows, words, pairs of characters."""
    tokens, taken = message.tokens, [False] * len(message.tokens)
    phrases = _phrases(message)
    cuts: list[tuple[int, int]] = []
    for first, last in (*_of_slots(message, slots), *sorted(phrases, key=lambda span: (span[0] - span[1], span[0]))):
        if not any(taken[first:last]):
            taken[first:last] = [True] * (last - first)
            cuts.append((first, last))
    rest = [place for place, token in enumerate(tokens) if not taken[place] and any(map(str.isalnum, token.text))]
    cuts += _cut_small(message, rest, max(1, MOST_PIECES - len(cuts)))
    for first, last in sorted(cuts)[:MOST_PIECES]:
        inside = (phrases[span] for span in phrases if first <= span[0] and span[1] <= last)
        signs = tuple(dict.fromkeys(sign for signs in inside for sign in signs))
        start, end = tokens[first].start, tokens[last - 1].end
        yield message.form.origins[start], message.form.origins[end - 1] + 1, signs


def _cut_small(message: Message, places: list[int], room: int) -> Iterator[tuple[int, int]]:
    """Tokens that belong to nothing yet: a word each, two Han characters each, more where there is little room."""
    size = max(_PAIR, math.ceil(len(places) / room))
    run: list[int] = []
    for place in places:
        is_word = not is_chinese(message.tokens[place].text[0])
        if run and (place != run[-1] + 1 or len(run) == size or (is_word and size == _PAIR)):
            yield run[0], run[-1] + 1
            run = []
        run.append(place)
    if run:
        yield run[0], run[-1] + 1


def _of_slots(message: Message, slots: tuple[Slot, ...]) -> Iterator[tuple[int, int]]:
    origins = message.form.origins
    for slot in slots:
        if slot.name in ("place", "phone") and slot.start is not None and slot.end is not None:
            inside = [
                place
                for place, token in enumerate(message.tokens)
                if slot.start <= origins[token.start] and origins[token.end - 1] < slot.end
            ]
            if inside:
                yield inside[0], inside[-1] + 1


def _phrases(message: Message) -> dict[tuple[int, int], list[str]]:
    """Stretches of tokens that are phrases of the book, with what they are signs of."""
    signs: dict[tuple[int, int], list[str]] = {}
    for mark, every in message.marks.below(""):
        for found in every:
            first, last = _span(found)
            if last - first <= _LONGEST_PHRASE:
                signs.setdefault((first, last), []).append(_sign_of(mark))
    return signs


def _span(found: Found) -> tuple[int, int]:
    return (found.mask & -found.mask).bit_length() - 1, found.mask.bit_length()


def _sign_of(mark: str) -> str:
    topic, _, name = mark.partition(".")
    if topic == "trades":
        return f"trade {name.partition('.')[0]}"
    return name if topic == "cues" else f"{topic} {name}"


def _slots(message: Message, reading: Understanding) -> Iterator[Slot]:
    text, place = message.form.original, reading.place
    if place.words is not None:
        yield _slot(text, "place", place.words, place.words)
        for name, value in (("building", place.building), ("unit", place.unit), ("floor", place.floor)):
            if value is not None:
                yield _slot(text, name, value, value if value in place.words else place.words)
    if reading.phone is not None:
        origins = message.form.origins
        phone = next((each for each in message.phones if each.digits == reading.phone), None)
        if phone is not None:
            yield Slot("phone", reading.phone, origins[phone.start], origins[phone.end - 1] + 1)
        else:
            yield Slot("phone", reading.phone)
    if reading.visit_time is not None:
        yield _slot(text, "visit time", reading.visit_time, reading.visit_time)


def _slot(text: str, name: str, value: str, written: str) -> Slot:
    start = text.find(written)
    return Slot(name, value) if start < 0 else Slot(name, value, start, start + len(written))
