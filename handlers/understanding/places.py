"""Where a message speaks of: parts that stand together become one place, and of several the writer's own is taken."""

import re
from dataclasses import dataclass

from handlers.understanding.normal_form import NormalForm
from handlers.understanding.place_parts import Part, PlacePart, parts_of
from handlers.understanding.room_numbers import is_room_alone
from handlers.understanding.site_buildings import SiteBuildings, building_key
from handlers.understanding.understanding import Place

_BETWEEN = re.compile(r"[\s,，、的\-]{0,3}")
_OWN = re.compile(
    r"(?:我(?:家|住|是|在|们家|呢度|屋企)?(?:是|喺|在|住)?|本人(?:住|是)?|住(?:在)?|家住|房号"
    r"|my (?:unit|flat|apt|place)|i'?m (?:at|in)|i live (?:at|in)|from)[\s:：,，]*$"
)

_BEARINGS = frozenset({Part.BUILDING, Part.WHOLE, Part.FLOOR})


@dataclass(slots=True)
class _Group:
    """Parts that stand together."""

    parts: list[PlacePart]

    def find(self, kind: Part) -> PlacePart | None:
        return next((part for part in self.parts if part.part is kind), None)

    @property
    def names_a_place(self) -> bool:
        return any(part.part is not Part.ZONE for part in self.parts)

    @property
    def has_room(self) -> bool:
        return any(part.part in {Part.ROOM, Part.WHOLE, Part.BARE} for part in self.parts)


def place_of(form: NormalForm, buildings: SiteBuildings) -> Place:
    """The place of a message; an empty `Place` when none is named.

    `buildings` turns what is written into the site's own names. A building the site does not have is left out of
    `building`, while `words` still shows what was written.
    """
    named = buildings.named_in(form.text)
    parts = named + [part for part in parts_of(form) if not any(_overlap(part, other) for other in named)]
    groups = [group for group in _groups(sorted(parts, key=lambda part: part.start), form.text) if group.names_a_place]
    if not groups:
        return Place()
    best = max(groups, key=lambda group: _worth(group, form.text))
    start, end = best.parts[0].start, best.parts[-1].end
    return _place(best, form.as_written(start, end), buildings)


def count_places(form: NormalForm) -> int:
    """How many different spots outside a known flat are named: "12/F Flat B" is one, "1栋和3栋" two."""
    groups = _groups(list(parts_of(form)), form.text)
    return sum(any(part.part in _BEARINGS for part in group.parts) for group in groups)


def _overlap(one: PlacePart, other: PlacePart) -> bool:
    return one.start < other.end and other.start < one.end


def _groups(parts: list[PlacePart], text: str) -> list[_Group]:
    groups: list[_Group] = []
    for part in parts:
        last = groups[-1] if groups else None
        if last and _belongs(part, last, text):
            last.parts.append(part)
        elif part.part is not Part.BARE or is_room_alone(text, part):
            groups.append(_Group([part]))
    return groups


def _belongs(part: PlacePart, group: _Group, text: str) -> bool:
    is_next = _BETWEEN.fullmatch(text, group.parts[-1].end, part.start) is not None
    if not is_next or group.find(part.part):
        return False
    match part.part:
        case Part.ROOM | Part.BARE | Part.WHOLE:
            return not group.has_room
        case _:
            return group.find(Part.WHOLE) is None


def _worth(group: _Group, text: str) -> tuple[bool, bool, int, int]:
    """A room before a mere building; the writer's own before another's; then the fuller, then the earlier."""
    start = group.parts[0].start
    is_own = _OWN.search(text, max(0, start - 14), start) is not None
    return group.has_room, is_own, len(group.parts), -start


def _place(group: _Group, words: str, buildings: SiteBuildings) -> Place:
    building = group.find(Part.BUILDING)
    floor = group.find(Part.FLOOR)
    entrance = group.find(Part.ENTRANCE)
    whole = group.find(Part.WHOLE)
    room = group.find(Part.ROOM) or group.find(Part.BARE)
    key = building.values[0] if building else None
    level = floor.values[0] if floor else None
    number = room.values[0] if room else None
    if number and "-" in number:
        level, number = number.split("-", 1)
    if whole:
        key, level, number = _whole(whole, key, words)
    if number and re.fullmatch(r"[a-h]\d{3,4}", number) and not key:
        key, number = number[0], number[1:]
    number = _numbered(number, level)
    if number and level is None:
        level = _level_of(number)
    if entrance and number:
        number = f"{entrance.values[0]}-{number}"
    name = buildings.name_of(building_key(key)) if key else None
    return Place(name, number.upper() if number else None, _plain_floor(level), words)


def _whole(part: PlacePart, key: str | None, words: str) -> tuple[str | None, str | None, str]:
    """Building, floor and room of a number with dashes."""
    match part.values:
        case (first, middle, last) if len(last.rstrip("abcdefgh")) >= 3:
            return key or first, _level_of(last), f"{middle}-{last}"
        case (first, middle, last):
            return key or first, middle, last
        case (first, last) if "之" in words or re.search(r"\df-", words, re.IGNORECASE):
            return key, first, f"{first}之{last}"
        case (first, last) if re.search(r"\d#-?\d{3}", words):
            return key or first, _level_of(last), last
        case (first, last) if "#" in words:
            return key, first, last
        case (first, last) if len(last) >= 3 and not first.startswith("0"):
            return (key, _level_of(last), f"{first}-{last}") if key else (first, _level_of(last), last)
        case (first, last):
            return key, first, last
        case _:
            raise ValueError(f"a number with dashes has two or three parts, not {part.values}")


def _numbered(number: str | None, level: str | None) -> str | None:
    """The room under its floor: floor 12 and room 02 are 1202, floor 12 and flat b are 12b."""
    if number is None or level is None or "-" in number or "之" in number:
        return number
    if re.fullmatch(r"[a-z]", number) or re.fullmatch(r"\d{1,2}[a-z]?", number):
        digits = number if number[0].isalpha() else number.zfill(2)
        return f"{level.lstrip('0')}{digits}"
    return number


def _level_of(number: str) -> str | None:
    digits = re.match(r"\d+", number)
    if digits is None:
        return None
    has_letter = len(digits[0]) < len(number)
    return digits[0] if has_letter and len(digits[0]) <= 2 else digits[0][:-2] or None


def _plain_floor(level: str | None) -> str | None:
    if level is None:
        return None
    below = re.fullmatch(r"(?:负|b)(\S)", level)
    if below:
        return "B" + {"一": "1", "二": "2", "三": "3"}.get(below[1], below[1])
    return level.lstrip("0") or None
