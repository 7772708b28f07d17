"""Several troubles in one message, told apart: "the kitchen pipe leaks, also the hall light is out" is two.

`read_all` is `reading.read` for callers who open one ticket a trouble. What follows from a trouble ("the floor is wet
too") or describes it ("since yesterday, getting worse") is part of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.understanding.message import message_of
from handlers.understanding.normal_form import normal_form
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
_SURE, _BY_NAME = 2.0, 3.0
"""From this strength on a trade is hinted at strongly, or named."""

_MORE = (
    r"(?:还有(?:就是|一个|一件事|个事|个问题)?|另外|此外|再就是|再有|顺便(?:说一下|问一下|问下|反映)?|顺带|第二[个、，,]|其次|仲有|另外|同埋"
    r"|and also|also|plus|another thing|one more thing|on top of that|in addition|besides|separately"
    r"|secondly|by the way|btw|oh and)"
)
_AND = r"(?:and|as well as|以及|加上|同时|而且|并且)"
_CUT = re.compile(
    rf"(?P<more>[\s,，、;；.。!！?？:：]*(?<![a-z]){_MORE}(?![a-z])[\s,，:：]*)"
    r"|(?P<item>(?:^|[\s,，;；.。!！?？:：]+)(?:\(?[1-9][.)、）](?!\d)|[①②③④⑤⑥]|[一二三四五]、)\s*)"
    rf"|[\s,，、;；]*(?<![a-z]){_AND}(?![a-z])[\s,，:：]*"
    r"|(?P<announced>(?:several|a few|two|three|some|many) (?:things|problems|issues)\s*[:;,]\s*"
    r"|(?:几|两|三|四|2|3|4)(?:件事|个问题|个事|样嘢|样野)\s*[:;,，、。]\s*)"
    r"|[,，、]\s*|(?<=[一-鿿])[ \t]+(?=[一-鿿])|[\n。!！?？;；]+|\.(?=\s|$)"
)
_CAUSED = {
    Trade.PLUMBING: frozenset(
        {Trade.STRUCTURE, Trade.ELECTRICAL, Trade.CLEANING, Trade.APPLIANCE, Trade.NEIGHBOUR, Trade.DOOR_ACCESS}
    ),
    Trade.ELECTRICAL: frozenset(
        {Trade.LIFT, Trade.NETWORK, Trade.HVAC, Trade.APPLIANCE, Trade.DOOR_ACCESS, Trade.PLUMBING, Trade.FIRE_SAFETY}
    ),
    Trade.HVAC: frozenset({Trade.STRUCTURE, Trade.PLUMBING, Trade.ELECTRICAL}),
    Trade.STRUCTURE: frozenset({Trade.PLUMBING, Trade.CLEANING}),
    Trade.CLEANING: frozenset({Trade.PEST}),
    Trade.APPLIANCE: frozenset({Trade.PLUMBING, Trade.ELECTRICAL, Trade.GAS}),
    Trade.GREEN: frozenset({Trade.STRUCTURE, Trade.PARKING, Trade.PEST}),
}
"""What follows from what: a burst pipe wets the ceiling and the sockets, and it is still one trouble."""
_BLOCKED = re.compile(r"堵|塞|去水慢|排水慢|下水慢|block|clog|slow")
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
    reading: Understanding | None = None
    trades: frozenset[Trade] = frozenset()
    named: frozenset[Trade] = frozenset()
    """Those of `trades` that one word alone makes sure."""


def read_all(text: str, site: SiteWords | None = None) -> list[Problem]:
    """One problem for each trouble of its own trade or place, in the order told; mostly there is one.

    A place, a phone and a time to visit that are told once hold for all. Never empty; a message that is chatter, or
    goes on with something said before, is one problem. Raises nothing.
    """
    whole = read(text, site)
    alone = [Problem(text, whole)]
    if whole.kind not in _KINDS and whole.confidence >= thresholds_for(whole.language).speak:
        return alone
    if whole.sense not in (Sense.NEW, Sense.SAME_HERE):  # "also" and 也 are words of both
        return alone
    pieces = _pieces(text)
    if len(pieces) < 2 or not _may_be_several(text):
        return alone
    for piece in pieces:
        _judge(piece, text, site)
    groups = _groups(pieces)
    if len(groups) < 2:
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
    pieces: list[_Piece] = []
    start, is_added, is_list = 0, False, False
    for cut in _CUT.finditer(form.text):
        pieces.append(_Piece(start, cut.start(), is_added))
        is_list = is_list or bool(cut["announced"])
        start, is_added = cut.end(), is_list or bool(cut["more"] or cut["item"])
    pieces.append(_Piece(start, len(form.text), is_added))
    return [
        _Piece(form.origins[piece.start], form.origins[piece.end - 1] + 1, piece.is_added)
        for piece in pieces
        if form.text[piece.start : piece.end].strip()
    ]


def _judge(piece: _Piece, text: str, site: SiteWords | None) -> None:
    words = text[piece.start : piece.end]
    if len(words.strip()) < _SHORTEST:
        return
    piece.reading = read(words, site)
    strengths = trades_of(message_of(words, None))
    piece.trades = frozenset(trade for trade, strength in strengths.items() if strength >= _SURE)
    piece.named = frozenset(trade for trade, strength in strengths.items() if strength >= _BY_NAME)


def _is_problem(piece: _Piece, *, is_first: bool = False) -> bool:
    """Whether a piece tells a trouble of a trade it names; one told as another, or first, needs no more than that."""
    heard = piece.reading
    if heard is None or heard.kind not in _KINDS:
        return False
    if heard.trade not in piece.trades and not (piece.is_added and heard.confidence >= _BEYOND_DOUBT):
        return False
    return heard.confidence >= (_LIKELY if is_first or piece.is_added else _SURE_ALONE)


def _groups(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces that belong together: each problem with what is said about it before the next one begins."""
    groups: list[list[_Piece]] = []
    heads: list[_Piece] = []
    waiting: list[_Piece] = []
    for piece in pieces:
        is_new = _is_problem(piece, is_first=not heads) and (not heads or _is_another(piece, heads))
        if is_new and len(groups) < _MOST:
            groups.append([*waiting, piece])
            heads.append(piece)
            waiting = []
        elif groups:
            groups[-1].append(piece)
        else:
            waiting.append(piece)
    return groups


def _is_another(piece: _Piece, heads: Sequence[_Piece]) -> bool:
    """A trouble of a trade not told yet, or of the same trade elsewhere; no consequence of an earlier one."""
    heard = piece.reading
    assert heard is not None  # noqa: S101 -- `_is_problem` has looked
    told = [head.reading for head in heads if head.reading is not None]
    same = [each for each in told if each.trade is heard.trade]
    if same:
        is_told_apart = piece.is_added or heard.trade is not Trade.PLUMBING  # "1302 leaks, down to my 1202" is one
        return is_told_apart and all(_is_elsewhere(heard.place, each.place) for each in same)
    if piece.is_added:
        return not any({heard.trade, each.trade} <= _PEOPLE for each in told)
    if any(each.kind is not Kind.REPAIR or each.trade in piece.trades or _follows(heard, each) for each in told):
        return False
    return heard.kind is Kind.REPAIR and _is_told_in_full(piece)


def _is_told_in_full(piece: _Piece) -> bool:
    """A thing by its name and what is wrong with it: "sink cracked" is, "wheelchairs can't pass" is a consequence."""
    heard = piece.reading
    has_fault = heard is not None and any(reason.startswith(("fault:", "mess:")) for reason in heard.reasons)
    return has_fault and heard is not None and heard.trade in piece.named


def _is_elsewhere(one: Place, other: Place) -> bool:
    return bool(one.words and other.words) and (one.building, one.floor, one.unit) != (
        other.building,
        other.floor,
        other.unit,
    )


def _follows(heard: Understanding, earlier: Understanding) -> bool:
    if heard.trade is None or earlier.trade is None or _is_elsewhere(heard.place, earlier.place):
        return False
    if _BLOCKED.search(" ".join(earlier.reasons)) and heard.trade is Trade.ELECTRICAL:
        return False  # a blocked drain puts out no light
    return heard.trade in _CAUSED.get(earlier.trade, ()) or earlier.trade in _CAUSED.get(heard.trade, ())


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
