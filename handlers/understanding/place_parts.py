"""The parts a place is written in, found one by one: building, entrance, floor, room. `places` joins them.

Patterns run on the normal form: simplified, lower case, half width.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from handlers.understanding.normal_form import NormalForm
from handlers.understanding.numerals import NUMERAL, digits_of


class Part(Enum):
    """What one part names."""

    BUILDING = "building"
    ENTRANCE = "entrance"
    FLOOR = "floor"
    ZONE = "zone"
    """A part of a large site, before its building: 南区, 二期."""
    ROOM = "room"
    WHOLE = "whole"
    """Building or entrance, and room, in one word with dashes: 6-2-1404."""
    BARE = "bare"
    """A number that may be a room: 1202, 27C."""


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One part and where it stands; `values` are its numbers in writing order, in digits."""

    part: Part
    values: tuple[str, ...]
    start: int
    end: int


_EDGE = r"(?<![a-z0-9.:/-])"
_STOP = r"(?![a-z0-9]|[-/:.]\d)"
_LETTER_IS_NO_ARTICLE = r"(?=\s*(?:$|[,.;:!?，。；！？]|\d|#))"

_RULES: tuple[tuple[Part, str, re.Pattern[str]], ...] = (
    (Part.WHOLE, "#", re.compile(rf"(?<![a-z0-9])(\d{{1,2}})#-?(\d{{3,4}}[a-z]?){_STOP}")),
    (Part.WHOLE, "#", re.compile(rf"#\s?(b?\d{{1,2}})\s?-\s?(\d{{1,4}}[a-z]?){_STOP}")),
    (Part.WHOLE, "-", re.compile(rf"{_EDGE}([a-z]?\d{{1,2}}|[a-z])-(\d{{1,2}})-(\d{{1,4}}[a-z]?){_STOP}")),
    (Part.WHOLE, "-", re.compile(rf"{_EDGE}([a-z]?\d{{1,2}}|[a-z])-(\d{{3,4}}[a-z]?){_STOP}")),
    (
        Part.WHOLE,
        "-",
        re.compile(rf"{_EDGE}(0\d|\d\d)-(0\d|\d\d|[01]\d\d){_STOP}(?!\s*(?:am|pm|点|日|号|岁|天|人|min))"),
    ),
    (Part.WHOLE, "-", re.compile(rf"(?:^|(?<=[\s,.;!?，。；！？]))(\d)-(0\d){_STOP}(?=\s*(?:$|[,.;!?，。；！？\n]))")),
    (Part.WHOLE, "之", re.compile(rf"({NUMERAL})\s*(?:楼|/?f)\s*之\s*({NUMERAL})(?!年)")),
    (Part.WHOLE, "f-", re.compile(r"(?<![a-z0-9])(\d{1,2})f-(\d{1,2})(?![a-z0-9])")),
    (
        Part.ZONE,
        "区 期",
        re.compile(
            rf"(?:[东南西北中]区|[a-z]\d?区|(?<![一-鿿]){NUMERAL}期)(?=\s?(?:{NUMERAL}|[a-z]\d{{0,2}})\s*[-号栋幢座#])"
        ),
    ),
    (Part.BUILDING, "号楼 栋 幢 座", re.compile(r"(?<![a-z])([a-z]\d{1,2})\s*(?:号楼|[栋幢座])(?!位)")),
    (Part.BUILDING, "楼 栋 幢", re.compile(rf"({NUMERAL})\s*(?:号楼|#楼|号?[栋幢])(?!大?楼|别墅|房子|房屋)")),
    (Part.BUILDING, "栋楼 幢楼", re.compile(rf"({NUMERAL})\s*号?[栋幢](?=楼)(?<![一两][栋幢])")),
    (Part.BUILDING, "座", re.compile(rf"({NUMERAL})\s*座(?!桥|山|城|位)")),
    (Part.BUILDING, "号楼 栋 幢 座", re.compile(r"(?<![a-z])([a-z]\d{0,2})\s*(?:号楼|[栋幢座])(?!位)")),
    (
        Part.BUILDING,
        "bl building bldg tower twr",
        re.compile(r"\b(?:block|blk|bldg|building|tower|twr)\.?\s*(\d{1,3}[a-z]?)(?![a-z0-9])"),
    ),
    (
        Part.BUILDING,
        "bl building bldg tower twr",
        re.compile(r"\b(?:block|blk|bldg|building|tower|twr)\.?\s*([a-z])(?![a-z0-9'])"),
    ),
    (Part.BUILDING, "t", re.compile(r"(?<![a-z0-9])t(\d{1,2})(?![a-z0-9])")),
    (
        Part.ROOM,
        "flat unit apt apartment",
        re.compile(r"\b(?:flat|unit|apt|apartment)\.?\s*#?\s?(\d{1,3}f)(?![a-z0-9])"),
    ),
    (
        Part.ROOM,
        "栋 幢 座 楼 元",
        re.compile(r"(?<=[栋幢座楼元])的?([零〇一二三四五六七八九]{3,4})(?![零〇一二三四五六七八九十百千万])"),
    ),
    (Part.ENTRANCE, "单元", re.compile(rf"({NUMERAL}|(?<![a-z])[a-z])\s*单元")),
    (
        Part.FLOOR,
        "楼 层 f",
        re.compile(rf"(?<![号\d])({NUMERAL}|负[一二三]|b\d)\s*(?:楼|层|/f|f(?![a-z0-9]))(?![灰皮水油纸])"),
    ),
    (Part.FLOOR, "floor storey level", re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\s+(?:floor|storey|level)\b")),
    (Part.FLOOR, "level lvl floor", re.compile(r"\b(?:level|lvl|floor)\s*(\d{1,2})(?![a-z0-9])")),
    (Part.ROOM, "室 房 户", re.compile(rf"(?<![一-鿿])({NUMERAL}[a-z]?)\s*(?:室|房号?|户)(?![子租价产屋])")),
    (
        Part.ROOM,
        "室 房 户 号",
        re.compile(
            rf"(?<=[栋幢座楼层元的，、])\s*({NUMERAL}[a-z]?)\s*(?:室|房号?|户|号(?=$|[^一-鿿]|业主|住户|[家的漏卫厨客房]))(?![子租价产屋])"
        ),
    ),
    (Part.ROOM, "室 房 户", re.compile(r"(?<![a-z])([a-z])\s*[室房户](?![子租价产屋])")),
    (Part.ROOM, "楼 层 /f", re.compile(r"(?:(?<=[楼层])|(?<=/f))\s*([a-h])(?![a-z0-9])")),
    (
        Part.ROOM,
        "flat unit apt apartment rm room suite ste 房号",
        re.compile(
            r"\b(?:flat|unit|apt|apartment|rm|room|suite|ste)\.?\s*(?:no\.?\s*)?#?\s?(b?\d{1,2}-\d{1,4}[a-z]?)" + _STOP
        ),
    ),
    (
        Part.ROOM,
        "flat unit apt apartment rm room suite ste 房号",
        re.compile(
            r"\b(?:flat|unit|apt|apartment|rm|room|suite|ste|房号)[.:]?\s*(?:no\.?\s*)?#?\s?(\d{1,5}[a-z]?|[a-z]\d{1,4})(?![a-z0-9])"
        ),
    ),
    (
        Part.ROOM,
        "flat unit apt apartment rm room suite ste 房号",
        re.compile(r"\b(?:flat|unit|apt|apartment|rm|room|suite)\s*([a-z])(?![a-z0-9'])"),
    ),
    (Part.ROOM, "#", re.compile(rf"#\s?(\d{{3,4}}[a-z]?|\d{{1,2}}[a-h]){_STOP}")),
    (Part.BARE, "", re.compile(rf"(?<![a-z0-9.:/#$¥£€+-])(\d{{3,4}}[a-h]?|\d{{1,2}}[a-h]|[a-h]\d{{3,4}}){_STOP}")),
)
# One of the words has to stand somewhere; to look for them takes a twentieth of a search that finds nothing.
_GRAMMAR = tuple((part, frozenset(words.split()), pattern) for part, words, pattern in _RULES)
_WORDS = frozenset().union(*(words for _, words, _ in _GRAMMAR))
_LETTER_WORDS = re.compile(r"[a-z]+\.?\s*[a-z]")


@lru_cache(maxsize=64)
def parts_of(form: NormalForm) -> tuple[PlacePart, ...]:
    """Every part, in the order of the message. Where two readings overlap, the earlier one in the grammar holds."""
    taken = bytearray(len(form.text))
    parts: list[PlacePart] = []
    present = set(filter(form.text.__contains__, _WORDS))
    for part, words, pattern in _GRAMMAR:
        if words and present.isdisjoint(words):
            continue
        for found in pattern.finditer(form.text):
            start, end = found.start(), found.end()
            start += len(found[0]) - len(found[0].lstrip())
            if any(taken[start:end]) or _is_article(form, found):
                continue
            taken[start:end] = b"\1" * (end - start)
            values = tuple(digits_of(value) for value in found.groups())
            parts.append(PlacePart(part, values, start, end))
    return tuple(sorted(parts, key=lambda part: part.start))


def _is_article(form: NormalForm, found: re.Match[str]) -> bool:
    """True for "flat a mess": a lone small letter after a room word, with a sentence going on behind it."""
    if not _LETTER_WORDS.fullmatch(found[0]) or len(found[1]) != 1:
        return False
    letter = form.original[form.origins[found.start(1)]]
    return letter.islower() and not re.match(_LETTER_IS_NO_ARTICLE, form.text[found.end() :])
