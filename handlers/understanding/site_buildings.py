"""Buildings as written, resolved to the names the site uses."""

from dataclasses import dataclass
from functools import lru_cache

from handlers.understanding.normal_form import normal_form
from handlers.understanding.place_parts import Part, PlacePart, parts_of
from handlers.understanding.site_words import SiteWords


def building_key(number: str) -> str:
    """The normal form of a building: "3" -> "3栋", "b" -> "B栋", "t3" -> "3栋"."""
    bare = number[1:] if number.startswith("t") and number[1:].isdigit() else number
    return f"{bare.lstrip('0').upper()}栋"


@dataclass(frozen=True, slots=True)
class SiteBuildings:
    """`by_words`: what people may write, longest first, to the site's own name. `by_key`: normal form to name."""

    by_words: tuple[tuple[str, str], ...]
    by_key: dict[str, str]

    def named_in(self, text: str) -> list[PlacePart]:
        """The buildings called by a name of their own in a normal form."""
        for words, name in self.by_words:
            start = text.find(words)
            if start >= 0 and _stands_alone(text, start, start + len(words)):
                return [PlacePart(Part.BUILDING, (name,), start, start + len(words))]
        return []

    def name_of(self, key: str) -> str | None:
        """The site's name for a building in normal form; the form itself when no list is known; None if not of it."""
        if not self.by_key and not self.by_words:
            return key
        return self.by_key.get(key)


@lru_cache(maxsize=64)
def site_buildings(site: SiteWords | None) -> SiteBuildings:
    """The look-up for one site, made once for equal `SiteWords`."""
    by_words: dict[str, str] = {}
    by_key: dict[str, str] = {}
    for building in site.buildings if site else ():
        by_key[building_key(building.name)] = building.name
        for words in (building.name, *building.aliases):
            form = normal_form(words.strip())
            if len(form.text) > 1:
                by_words.setdefault(form.text, building.name)
            keys = [part.values[0] for part in parts_of(form) if part.part is Part.BUILDING]
            for key in keys or [form.text]:
                by_key.setdefault(building_key(key), building.name)
    longest_first = sorted(by_words.items(), key=lambda each: len(each[0]), reverse=True)
    return SiteBuildings(tuple(longest_first), by_key)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start] + text[start]
    after = text[end - 1] + text[end : end + 1]
    return not (before.isascii() and before.isalnum() and start) and not (
        after.isascii() and after.isalnum() and end < len(text)
    )
