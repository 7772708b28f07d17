"""Several troubles in one message, told apart: "the kitchen pipe leaks, also the hall light is out" is two.

`read_all` is `reading.read` for callers who open one ticket a trouble. What follows from a trouble ("the floor is wet
too") or describes it ("since yesterday, getting worse") is part of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.understanding.consequences import can_follow, is_result
from handlers.understanding.message import message_of
from handlers.understanding.normal_form import READ_LIMIT, normal_form
from handlers.understanding.places import count_places
from handlers.understanding.reading import read
from handlers.understanding.site_words import SiteWords
from handlers.understanding.thresholds import thresholds_for
from handlers.understanding.trades import trades_of
from handlers.understanding.understanding import Place, Sense, Understanding
from storage.vocabulary import Kind, Trade, Urgency

_MOST = 5
"""Problems told apart in one message; what is more stays with the last."""
_SHORTEST = 3
"""Characters of a piece that can be a problem of its own."""
_KINDS = frozenset({Kind.REPAIR, Kind.COMPLAINT, Kind.INQUIRY, Kind.SERVICE, Kind.SUGGESTION})
_SHARED = frozenset(
    {Trade.LIFT, Trade.PARKING, Trade.SECURITY, Trade.GREEN, Trade.FACILITIES, Trade.FIRE_SAFETY, Trade.CLEANING}
)
"""What mostly stands outside flats: the writer's own flat is no place of it."""
_LIKELY, _SURE_ALONE = 0.5, 0.65
"""Confidence of a piece that was announced as another trouble, and of one merely strung along."""
_BEYOND_DOUBT = 0.9
_TOLD_IN_FULL = 0.45
"""Of a piece with a thing by its name and what is wrong with it; repair or complaint is all that is open."""
_SURE, _BY_NAME = 2.0, 3.0
"""From this strength on a trade is hinted at strongly, or named."""

_MORE = (
    r"(?:还有(?:就是|一个|一件事|个事|个问题)?|另外|此外|再就是|再有|顺便(?:说一下|问一下|问下|反映)?|顺带|第二[个、，,]|其次|仲有|另外|同埋"
    r"|and also|also|plus|another thing|one more thing|on top of that|in addition|besides|separately"
    r"|secondly|by the way|btw|oh and)"
)
_ALSO = re.compile(rf"(?<![a-z])(?:{_MORE}|too|as well)(?![a-z])|[也亦]")
_AND = r"(?:and|as well as|以及|加上|同时|而且|并且)"
_CUT = re.compile(
    rf"(?P<more>[\s,，、;；.。!！?？:：]*(?<![a-z]){_MORE}(?![a-z])[\s,，:：]*)"
    r"|(?P<item>(?:^|[\s,，;；.。!！?？:：]+)(?:\(?[1-9][.)、）](?!\d)|[①②③④⑤⑥]|[一二三四五]、)\s*)"
    rf"|[\s,，、;；]*(?<![a-z]){_AND}(?![a-z])[\s,，:：]*"
    r"|(?P<announced>(?:several|a few|two|three|some|many) (?:things|problems|issues)\s*[:;,]\s*"
    r"|(?:几|两|三|四|2|3|4)(?:件事|个问题|个事|样嘢|样野)\s*[:;,，、。]\s*)"
    r"|[,，、]\s*|(?<=[一-鿿])[ \t]+(?=[一-鿿])|[\n。!！?？;；]+|\.(?=\s|$)"
)
_MANNERS = frozenset(
    {
        Trade.CLEANING,
        Trade.PEST,
        Trade.NOISE,
        Trade.NEIGHBOUR,
        Trade.PARKING,
        Trade.SECURITY,
        Trade.STAFF,
        Trade.FEES,
        Trade.GREEN,
        Trade.OTHER,
    }
)
"""What people do or leave undone: after a complaint, more of it is still about the same people."""
_GRUMBLE = frozenset({Trade.STAFF, Trade.FEES, Trade.OTHER})
"""Complaints whose evidence may be any thing that is broken: "we pay so much and the lift is still out"."""
_SENSES = (Sense.NEW, Sense.SAME_HERE, Sense.STILL_BROKEN)
""" "Also", 也 and 又 are words of another trouble too; what is still broken is another if it does not come first."""
_PEOPLE = frozenset({Trade.STAFF, Trade.SECURITY})
"""To somebody angry with them, guards are staff."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One of the troubles of a message: the stretch it was told in, and its reading."""

    words: str
    reading: Understanding


@dataclass(slots=True)
class _Piece:
    """A stretch between two cuts. `is_added` when a word such as "also" or a number led to it."""

    start: int
    end: int
    is_added: bool
    words: str
    reading: Understanding | None = None
    trades: frozenset[Trade] = frozenset()
    named: frozenset[Trade] = frozenset()
    """Those of `trades` that one word alone makes sure."""


def says_also(text: str) -> bool:
    """Whether the words announce something beside what was told before: "the hall light too"."""
    return _ALSO.search(normal_form(text).text) is not None


def read_all(text: str, site: SiteWords | None = None, *, is_first_told: bool = False) -> list[Problem]:
    """One problem for each trouble of its own trade or place, in the order told; mostly there is one.

    A place, a phone and a time to visit that are told once hold for all. Never empty; a message that is chatter, or
    goes on with something said before, is one problem: with `is_first_told` nothing was, whatever "again" sounds like.
    Raises nothing.
    """
    whole = read(text, site)
    alone = [Problem(text, whole)]
    if whole.kind not in _KINDS and whole.confidence >= thresholds_for(whole.language).speak:
        return alone
    if whole.sense not in _SENSES:
        return alone
    pieces = _pieces(text)
    if len(pieces) < 2 or not _may_be_several(text):
        return alone
    for piece in pieces:
        _look_for_trades(piece)
    if sum(bool(piece.trades) or piece.is_added for piece in pieces) < 2:
        return alone  # no second of them could be a trouble, whatever it is read as
    for piece in pieces:
        if _is_long_enough(piece):
            piece.reading = read(piece.words, site)
    groups = _groups(pieces, text)
    goes_on = whole.sense is Sense.STILL_BROKEN and not is_first_told and bool(groups) and _goes_on(groups[0])
    if len(groups) < 2 or goes_on:
        return alone
    problems = [_problem(text, group, whole) for group in groups]
    if whole.urgency is Urgency.EMERGENCY and all(each.reading.urgency is not Urgency.EMERGENCY for each in problems):
        return alone
    return problems


def _may_be_several(text: str) -> bool:
    """A cheap look at the whole: two trades that are named, or two places."""
    message = message_of(text, None)
    named = sum(strength >= _SURE for strength in trades_of(message).values())
    return named >= 2 or count_places(message.form) >= 2


def _pieces(text: str) -> list[_Piece]:
    """The text between its cuts; positions are of the text as written."""
    form = normal_form(text)
    stretches: list[tuple[int, int, bool]] = []
    start, is_added, is_list = 0, False, False
    for cut in _CUT.finditer(form.text):
        stretches.append((start, cut.start(), is_added))
        is_list = is_list or bool(cut["announced"])
        start, is_added = cut.end(), is_list or bool(cut["more"] or cut["item"])
    stretches.append((start, len(form.text), is_added))
    pieces = [
        _Piece(form.origins[first], form.origins[last - 1] + 1, is_added, form.as_written(first, last))
        for first, last, is_added in stretches
        if form.text[first:last].strip()
    ]
    if pieces and len(text) > READ_LIMIT:
        pieces[-1].end = len(text)  # nobody reads so far, and it stands on the card all the same
    return pieces


def _is_long_enough(piece: _Piece) -> bool:
    return len(piece.words.strip()) >= _SHORTEST


def _look_for_trades(piece: _Piece) -> None:
    if not _is_long_enough(piece):
        return
    strengths = trades_of(message_of(piece.words, None))
    piece.trades = frozenset(trade for trade, strength in strengths.items() if strength >= _SURE)
    piece.named = frozenset(trade for trade, strength in strengths.items() if strength >= _BY_NAME)


def _is_problem(piece: _Piece, *, is_first: bool = False) -> bool:
    """Whether a piece tells a trouble of a trade it names; one told as another, or first, needs no more than that."""
    heard = piece.reading
    if heard is None or heard.kind not in _KINDS:
        return False
    if heard.trade not in piece.trades and not (piece.is_added and heard.confidence >= _BEYOND_DOUBT):
        return False
    if _is_told_in_full(piece):
        return heard.confidence >= _TOLD_IN_FULL
    return heard.confidence >= (_LIKELY if is_first or piece.is_added else _SURE_ALONE)


def _groups(pieces: Sequence[_Piece], text: str) -> list[list[_Piece]]:
    """Pieces that belong together: each problem with what is said about it before the next one begins."""
    groups: list[list[_Piece]] = []
    heads: list[_Piece] = []
    waiting: list[_Piece] = []
    for piece in pieces:
        is_new = _is_problem(piece, is_first=not heads) and (
            not heads or _is_another(piece, heads, text[: piece.start])
        )
        if is_new and len(groups) < _MOST:
            groups.append([*waiting, piece])
            heads.append(piece)
            waiting = []
        elif groups:
            groups[-1].append(piece)
        else:
            waiting.append(piece)
    return groups


def _goes_on(group: Sequence[_Piece]) -> bool:
    """Whether it is about something said before."""
    return any(piece.reading is not None and piece.reading.sense is Sense.STILL_BROKEN for piece in group)


def _is_another(piece: _Piece, heads: Sequence[_Piece], told: str) -> bool:
    """A trouble of a trade not told yet, or of the same trade elsewhere; no consequence of what was `told` earlier."""
    heard = _reading_of(piece)
    earlier = [_reading_of(head) for head in heads]
    same = [each for each in earlier if each.trade is heard.trade]
    if same:
        is_told_apart = piece.is_added or heard.trade is not Trade.PLUMBING  # "1302 leaks, down to my 1202" is one
        return is_told_apart and all(_is_elsewhere(heard.place, each.place) for each in same)
    if piece.is_added:
        return not any({heard.trade, each.trade} <= _PEOPLE for each in earlier)
    if not _is_told_in_full(piece) or is_result(piece.words):
        return False
    return all(_is_apart(piece, head, told) for head in heads)


def _is_apart(piece: _Piece, head: _Piece, told: str) -> bool:
    """Whether a piece that nothing announced is about another thing than the head, and cannot come of it."""
    heard, earlier = _reading_of(piece), _reading_of(head)
    if earlier.confidence < _BEYOND_DOUBT and not _has(earlier, "fault:", "mess:", "nuisance:", "negation:"):
        return False
    if heard.trade is None or earlier.trade is None or earlier.trade in piece.named or heard.trade in head.named:
        return False
    if earlier.kind is Kind.COMPLAINT:
        if heard.kind is not Kind.REPAIR or heard.trade in _MANNERS or earlier.trade in _GRUMBLE:
            return False
    elif earlier.kind is not Kind.REPAIR or (heard.kind is not Kind.REPAIR and heard.trade is not Trade.CLEANING):
        return False
    is_elsewhere = _is_elsewhere(heard.place, earlier.place)
    return is_elsewhere or not can_follow(piece.words, heard.trade, told, earlier.trade)


def _is_told_in_full(piece: _Piece) -> bool:
    """A thing by its name and what is wrong with it: "sink cracked" is, "wheelchairs can't pass" is a consequence."""
    heard = _reading_of(piece)
    if heard.kind not in (Kind.REPAIR, Kind.COMPLAINT):
        return False
    is_sure = heard.confidence >= (_LIKELY if heard.trade is Trade.CLEANING else _SURE_ALONE)
    is_undone = is_sure and _has(heard, "negation:")  # "nobody has emptied the bins"
    is_going_on = heard.kind is Kind.REPAIR and heard.confidence >= _BEYOND_DOUBT and _has(heard, "often:")
    return (is_undone or is_going_on or _has(heard, "fault:", "mess:")) and (
        heard.trade in piece.named or (heard.trade in piece.trades and heard.confidence >= _BEYOND_DOUBT)
    )


def _has(heard: Understanding, *cues: str) -> bool:
    return any(reason.startswith(cues) for reason in heard.reasons)


def _reading_of(piece: _Piece) -> Understanding:
    assert piece.reading is not None  # noqa: S101 -- only pieces that `_is_problem` has looked at are asked
    return piece.reading


def _is_elsewhere(one: Place, other: Place) -> bool:
    return bool(one.words and other.words) and (one.building, one.floor, one.unit) != (
        other.building,
        other.floor,
        other.unit,
    )


def _problem(text: str, group: Sequence[_Piece], whole: Understanding) -> Problem:
    """The group's words, read as its head was, with what the message told once for all."""
    start, end = group[0].start, group[-1].end
    head = next(piece for piece in group if _is_problem(piece, is_first=True))
    heard = head.reading
    assert heard is not None  # noqa: S101 -- `_is_problem` has looked
    named = [each.reading for each in group if each.reading is not None]
    place = next((each.place for each in (heard, *named) if each.place.words), None) or _carried(whole.place, heard)
    urgency = max((heard.urgency, *(each.urgency for each in named)), key=list(reversed(Urgency)).index)
    reading = replace(
        heard,
        place=place,
        urgency=urgency,
        phone=next((each.phone for each in named if each.phone), whole.phone),
        visit_time=next((each.visit_time for each in named if each.visit_time), whole.visit_time),
        language=whole.language,
        sense=Sense.NEW,
    )
    return Problem(text[start:end].strip(), reading)


def _carried(place: Place, heard: Understanding) -> Place:
    """The place told once, for a trouble told without one: all of it inside a flat, the building alone outside."""
    if heard.trade not in _SHARED:
        return place
    return Place(building=place.building, words=place.words) if place.building else Place()
