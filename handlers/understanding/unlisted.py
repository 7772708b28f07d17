"""A building no site lists, as somebody wrote it: kept when they tell the floor later, and shown without a flat."""

from handlers.understanding.floors import floor_in
from handlers.understanding.reading import read


def building_in(place: str | None) -> str | None:
    """The building that a place in somebody's own words names; "Block 9" of "Block 9, 12th floor"."""
    found = read(place).place if place else None
    if place is None or found is None or found.building is None or found.words is None:
        return None
    if found.unit is not None:
        return found.building
    return found.words.replace(floor_in(found.words) or "\n", "").strip(" ,，、") or found.building
