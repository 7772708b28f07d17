"""What somebody typed after a command, as something that can be looked for."""

import re

from handlers.hearing import named_building, read_at
from handlers.scene import Scene
from handlers.sight import masked
from handlers.understanding.normal_form import normal_form
from handlers.understanding.phones import phones_in
from handlers.understanding.scripts import traditional_of
from handlers.understanding.understanding import Place
from storage.repositories.searches import FEWEST_DIGITS, Search, What

LONGEST = 80
MOST_WORDS = 5
LONGEST_PHONE = 11
"""Digits of a phone without its country code, as tickets mostly have it."""
_NUMBER = re.compile(r"#?\s*(\d{1,9})")
_GAPS = re.compile(r"[\s,，、。;；]+")
_SPACED_PHONE = re.compile(r"\+?[\d\s()-]+")


def number_in(argument: str) -> int | None:
    """The ticket's number, however wide its digits are."""
    found = _NUMBER.fullmatch(normal_form(argument).text.strip())
    return int(found[1]) if found else None


def room_in(argument: str, scene: Scene) -> Search | None:
    """A flat or a building, in every way the desk reads one; None where it reads none."""
    place = read_at(scene.unit, scene.site.id, argument[:LONGEST]).place
    building_id = named_building(scene, place.building)
    if place.building is not None and building_id is None:
        return None
    if building_id is None and place.unit is None:
        return None
    return Search(What.ROOM, building_id=building_id, unit=place.unit)


def words_in(argument: str, scene: Scene) -> tuple[Search, str] | None:
    """Words, a phone and a flat, in any order; with how the question may be shown. None where nothing is asked for."""
    asked = argument[:LONGEST].strip()
    rest, shown, phone, room = asked, asked, None, Search(What.WORDS)
    digits = re.sub(r"\D", "", normal_form(asked).text)
    if len(digits) > FEWEST_DIGITS and _SPACED_PHONE.fullmatch(normal_form(asked).text):
        phone, rest = digits[-LONGEST_PHONE:], ""
    for found in phones_in(normal_form(rest))[:1]:
        phone, written = found.digits[-LONGEST_PHONE:], normal_form(rest).as_written(found.start, found.end)
        rest, shown = rest.replace(written, " "), shown.replace(written, masked(phone) or "")
    if phone is not None and not rest:
        shown = masked(phone) or ""
    place = read_at(scene.unit, scene.site.id, rest).place if rest else Place()
    if place.words is not None and place.unit is not None and number_in(place.words) is None:
        room, rest = (
            Search(What.ROOM, building_id=named_building(scene, place.building), unit=place.unit),
            rest.replace(place.words, " "),
        )
    words = tuple(ways_of(word) for word in _GAPS.split(rest) if word.strip("#"))[:MOST_WORDS]
    if not (words or phone or room.unit):
        return None
    return Search(What.WORDS, building_id=room.building_id, unit=room.unit, phone=phone, words=words), shown


def ways_of(word: str) -> tuple[str, ...]:
    """A word as it was typed and in both Chinese scripts: 電梯 finds 电梯."""
    plain = normal_form(word.strip("#")).text
    return tuple(dict.fromkeys((plain, "".join(map(traditional_of, plain)))))
