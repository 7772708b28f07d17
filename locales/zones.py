"""Where a time zone lies: the country whose holidays are kept there, and whose money is paid."""

from functools import cache

from babel.core import get_global
from babel.numbers import get_territory_currencies

WORLD = "001"
NOWHERE = "ZZ"


@cache
def territory_of(zone: str) -> str | None:
    """The two letters of the zone's country; None for a zone of the whole world, such as UTC."""
    zones = get_global("zone_territories")
    territory: str | None = zones.get(get_global("zone_aliases").get(zone, zone))
    return None if territory in (WORLD, NOWHERE) else territory


@cache
def currency_of(zone: str) -> str:
    """What is paid with in the zone's country (ISO 4217); a zone of the whole world pays in dollars."""
    territory = territory_of(zone)
    known = get_territory_currencies(territory) if territory is not None else []
    return str(known[-1]) if known else "USD"
