"""Sites and buildings as an operator keeps them: added, changed, let go. What cannot be done says why."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from handlers import promises
from handlers.emergency_numbers import general_number
from handlers.pushes import daily_digest, shift_change
from storage.models import Building, Site
from storage.repositories.upkeep import Upkeep
from storage.roster_vocabulary import StaffNames
from storage.unit_of_work import UnitOfWork


class Refused(Exception):
    """It cannot be done; the text says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What to change at a site; None stays as it is."""

    name: str | None = None
    timezone: str | None = None
    language: str | None = None
    emergency_number: str | None = None
    desk_phone: str | None = None
    ambulance_number: str | None = None
    police_number: str | None = None
    fire_number: str | None = None
    gas_number: str | None = None
    digest_at: time | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    staff_names: StaffNames | None = None


def find_site(unit: UnitOfWork, name: str | None) -> Site:
    """The site of that name, or the only one there is."""
    sites = unit.sites.list_all()
    if name is None and len(sites) == 1:
        return sites[0]
    found = next((one for one in sites if name is not None and _same(one.name) == _same(name)), None)
    if found is None:
        known = ", ".join(one.name for one in sites)
        if not known:
            raise Refused("there is no site yet; add one: lobby site add NAME")
        raise Refused(f"there is no site {name}; there is: {known}" if name else f"say which site: {known}")
    return found


def find_building(unit: UnitOfWork, site: Site, name: str) -> Building:
    """The building of that name or alias."""
    buildings = unit.sites.list_buildings(site.id)
    found = next((one for one in buildings if _same(name) in map(_same, _names(one))), None)
    if found is None:
        known = ", ".join(one.name for one in buildings)
        hint = f"there is: {known}" if known else f"add it: lobby building add {site.name} {name}"
        raise Refused(f"{site.name} has no building {name}; {hint}")
    return found


def add_site(unit: UnitOfWork, site: Site) -> Site:
    """A new site; its name must be free."""
    _check_name_is_free(unit, site.name)
    return unit.sites.add(site)


def change_site(unit: UnitOfWork, name: str, changes: SiteChanges) -> Site:
    """A site under other facts; digests that are planned already follow a new hour or zone."""
    site = Upkeep(unit.session, unit.signals).get_site(find_site(unit, name).id)
    if changes.name is not None and _same(changes.name) != _same(site.name):
        _check_name_is_free(unit, changes.name)
    language, zone = site.language, site.timezone
    for fact in SiteChanges.__slots__:
        value = getattr(changes, fact)
        if value is not None:
            setattr(site, fact, value)
    if changes.emergency_number is None and site.emergency_number == general_number(zone):
        site.emergency_number = general_number(site.timezone)
    unit.flush()
    upkeep = Upkeep(unit.session, unit.signals)
    if site.language != language:
        upkeep.respeak(site.id, language, site.language)
    if changes.timezone is not None:
        promises.count_all(unit, site)
        shift_change.plan_next(unit, site)
    if changes.digest_at is not None or changes.timezone is not None:
        for push in upkeep.list_waiting_pushes(site.id, daily_digest.KIND):
            if push.chat_id is not None:
                chat = unit.chats.get(push.chat_id)
                push.due_at = daily_digest.digest_time(site, daily_digest.day_of(push), chat)
    return site


def remove_site(unit: UnitOfWork, name: str) -> Site:
    """A site added by mistake goes; one with a history stays, since its tickets do."""
    upkeep = Upkeep(unit.session, unit.signals)
    site = upkeep.get_site(find_site(unit, name).id)
    still_open = upkeep.count_tickets(site_id=site.id, only_open=True)
    if still_open:
        raise Refused(f"{site.name} has {_tickets(still_open)} open: close them first, then try again")
    past = upkeep.count_tickets(site_id=site.id)
    if past:
        raise Refused(
            f"{site.name} has {_tickets(past)} in its history, which is kept, and so is the site. "
            "To hear nothing more from it, take the bots out of its chats."
        )
    upkeep.remove_site(site)
    return site


def add_building(unit: UnitOfWork, site_name: str, name: str, aliases: Sequence[str]) -> tuple[Site, Building]:
    """A new building; no two buildings of a site may go by one name."""
    site = find_site(unit, site_name)
    _check_names(unit, site, None, [name, *aliases])
    return site, unit.sites.add_building(site.id, name, aliases)


def change_building(
    unit: UnitOfWork, site_name: str, name: str, new_name: str | None, more: Sequence[str], fewer: Sequence[str]
) -> tuple[Site, Building]:
    """A building under another name, with more aliases or fewer."""
    site = find_site(unit, site_name)
    building = Upkeep(unit.session, unit.signals).get_building(find_building(unit, site, name).id)
    unknown = [alias for alias in fewer if _same(alias) not in map(_same, building.aliases)]
    if unknown:
        known = ", ".join(building.aliases) or "none"
        raise Refused(f"{building.name} has no alias {unknown[0]}; it has: {known}")
    dropped = {_same(alias) for alias in fewer}
    aliases = [alias for alias in building.aliases if _same(alias) not in dropped]
    _check_names(unit, site, building, [new_name or building.name, *aliases, *more])
    building.name, building.aliases = new_name or building.name, [*aliases, *more]
    unit.flush()
    return site, building


def remove_building(unit: UnitOfWork, site_name: str, name: str) -> tuple[Site, Building]:
    """A building goes when nothing is open there and no room belongs to it alone."""
    upkeep = Upkeep(unit.session, unit.signals)
    site = find_site(unit, site_name)
    building = upkeep.get_building(find_building(unit, site, name).id)
    still_open = upkeep.count_tickets(building_id=building.id, only_open=True)
    if still_open:
        raise Refused(f"{building.name} has {_tickets(still_open)} open: close them first, then try again")
    rooms = [chat.title or chat.address for chat in upkeep.list_chats_of(building.id)]
    if rooms:
        raise Refused(
            f"{building.name} has the room {', '.join(rooms)}: link that to another building or to the whole site "
            "first (lobby link room)"
        )
    upkeep.remove_building(building)
    return site, building


def _check_name_is_free(unit: UnitOfWork, name: str) -> None:
    if any(_same(one.name) == _same(name) for one in unit.sites.list_all()):
        raise Refused(f"there is a site {name} already; change it with: lobby site edit {name}")


def _check_names(unit: UnitOfWork, site: Site, building: Building | None, names: Sequence[str]) -> None:
    """One name, one building: tenants write it, and the desk must know where to go."""
    taken = {
        _same(known): one.name
        for one in unit.sites.list_buildings(site.id)
        if building is None or one.id != building.id
        for known in _names(one)
    }
    seen: set[str] = set()
    for name in names:
        if _same(name) in taken:
            raise Refused(f"{site.name} knows {name} already: it is building {taken[_same(name)]}")
        if _same(name) in seen:
            raise Refused(f"{name} is given twice: a building's name and aliases must differ")
        seen.add(_same(name))


def _names(building: Building) -> tuple[str, ...]:
    return (building.name, *building.aliases)


def _same(name: str) -> str:
    """Names that read alike are the same: full-width or not, large or small, with blanks or without."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count} tickets"
