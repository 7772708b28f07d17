"""Where a time zone lies: the country whose holidays are kept there."""

from functools import cache

from babel.core import get_global

WORLD = "001"
NOWHERE = "ZZ"


@cache
def territory_of(zone: str) -> str | None:
    """The two letters of the zone's country; None for a zone of the whole world, such as UTC."""
    zones = get_global("zone_territories")
    territory: str | None = zones.get(get_global("zone_aliases").get(zone, zone))
    return None if territory in (WORLD, NOWHERE) else territory
