"""Whom somebody in danger should call: ambulance, police or fire brigade, as the country has them, or as a site says.

The countries' numbers are those of libphonenumber's ShortNumberMetadata.xml (`emergency`), which a test holds them to;
which of them is which service is common knowledge there, and every site can set its own.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from handlers.understanding.perils import Peril
from locales.zones import territory_of
from storage.models import Site
from storage.vocabulary import Trade

ANYWHERE = "112"
"""What a mobile telephone takes for an emergency call in any network (3GPP TS 22.101, clause 10.1.1)."""


class Service(StrEnum):
    """Who comes."""

    AMBULANCE = "ambulance"
    POLICE = "police"
    FIRE = "fire"


Numbers = Mapping[Service, str]
"""The three services of a country."""


def _three(ambulance: str, police: str, fire: str) -> Numbers:
    return {Service.AMBULANCE: ambulance, Service.POLICE: police, Service.FIRE: fire}


def _one(number: str) -> Numbers:
    return _three(number, number, number)


_EUROPEAN_UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
"""Where 112 is the number of all three by law (Directive (EU) 2018/1972, article 109)."""
BY_COUNTRY = {
    "CN": _three("120", "110", "119"),
    "HK": _one("999"),
    "MO": _one("999"),
    "TW": _three("119", "110", "119"),
    "SG": _three("995", "999", "995"),
    "MY": _one("999"),
    "JP": _three("119", "110", "119"),
    "KR": _three("119", "112", "119"),
    "TH": _three("1669", "191", "199"),
    "VN": _three("115", "113", "114"),
    "PH": _one("911"),
    "AE": _three("998", "999", "997"),
    "US": _one("911"),
    "CA": _one("911"),
    "GB": _one("999"),
    "AU": _one("000"),
    "NZ": _one("111"),
    **dict.fromkeys(_EUROPEAN_UNION.split(), _one(ANYWHERE)),
}
_BY_PERIL = {
    Peril.HURT: Service.AMBULANCE,
    Peril.ATTACK: Service.POLICE,
    Peril.EDGE: Service.FIRE,
    Peril.FIRE: Service.FIRE,
    Peril.SPARKS: Service.FIRE,
}
_BY_TRADE = {
    Trade.ELECTRICAL: Service.AMBULANCE,
    Trade.SECURITY: Service.POLICE,
    Trade.FIRE_SAFETY: Service.FIRE,
    Trade.GAS: Service.FIRE,
    Trade.LIFT: Service.FIRE,
    Trade.PLUMBING: Service.FIRE,
    Trade.STRUCTURE: Service.FIRE,
}
"""Who comes where no peril was told in so many words: firemen open lifts and pump cellars."""


def numbers_in(zone: str) -> Numbers | None:
    """The numbers of the country a time zone lies in, if we know them."""
    return BY_COUNTRY.get(territory_of(zone) or "")


def general_number(zone: str) -> str:
    """What a new site has for whatever is none of the three."""
    known = numbers_in(zone)
    return known[Service.FIRE] if known is not None else ANYWHERE


def number_for(site: Site, trade: Trade, peril: Peril | None) -> str:
    """Whom to call in this danger. For gas that is the gas company too, where the site names one."""
    service = _BY_PERIL[peril] if peril is not None else _BY_TRADE.get(trade)
    number = site.emergency_number if service is None else number_of(site, service)
    is_gas = trade is Trade.GAS and peril is not Peril.HURT and site.gas_number
    return f"{number} / {site.gas_number}" if is_gas else number


def number_of(site: Site, service: Service) -> str:
    """One service's: the site's own, else the country's, unless the site has one number of its own for everything."""
    own, known = _own(site, service), numbers_in(site.timezone)
    if own or known is None or site.emergency_number not in known.values():
        return own or site.emergency_number
    return known[service]


def list_missing(site: Site) -> list[Service]:
    """The services whose number is neither set nor known for the country."""
    if numbers_in(site.timezone) is not None:
        return []
    return [service for service in Service if not _own(site, service)]


def shared_number(sites: Collection[Site], trade: Trade, peril: Peril | None) -> str | None:
    """Whom to call in this danger, where that is the same at every site we serve."""
    numbers = {number_for(site, trade, peril) for site in sites}
    return numbers.pop() if len(numbers) == 1 else None


def _own(site: Site, service: Service) -> str:
    match service:
        case Service.AMBULANCE:
            return site.ambulance_number
        case Service.POLICE:
            return site.police_number
        case Service.FIRE:
            return site.fire_number
