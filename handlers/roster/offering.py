"""Whose turn it is to take a ticket, by the group's mode; and what is said when it is nobody's."""

from collections.abc import Sequence
from datetime import datetime

from handlers.roster.turns import Turn, is_rostered, next_turn, on_duty
from storage.models import Member, Site, Ticket
from storage.repositories.rosters import SiteRoster
from storage.roster_vocabulary import OfferMode
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group


def mode_of(roster: SiteRoster, group: Group) -> OfferMode:
    """As the site has set it; a group with shifts offers to whoever is on duty, one without to all."""
    own = next((row.mode for row in roster.offer_rules if row.group is group), None)
    return own or (OfferMode.ON_DUTY if is_rostered(roster, group) else OfferMode.ALL)


def choose(unit: UnitOfWork, ticket: Ticket, *, but: int | None = None) -> None:
    """Offer it to one of those on duty, not to `but` again where there is another; else to nobody in particular."""
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    chosen = None
    if ticket.group is not None and mode_of(roster, ticket.group) is not OfferMode.ALL:
        there = [turn.member for turn in on_duty(roster, site, unit.now, ticket.group)]
        others = [member for member in there if member.id != but]
        chosen = _one_of(unit, ticket.site_id, mode_of(roster, ticket.group), others or there)
    ticket.offered_to_id = chosen.id if chosen is not None else None


def find_gap(roster: SiteRoster, site: Site, group: Group | None, at: datetime) -> tuple[bool, Turn | None]:
    """Whether a group with shifts has nobody on duty, and whose turn ends that."""
    if group is None or not is_rostered(roster, group) or on_duty(roster, site, at, group):
        return False, None
    return True, next_turn(roster, site, at, group)


def _one_of(unit: UnitOfWork, site_id: int, mode: OfferMode, there: Sequence[Member]) -> Member | None:
    if mode is not OfferMode.ROUND_ROBIN or len(there) < 2:
        return there[0] if there else None
    has, offered = unit.rosters.count_work(site_id)
    return min(there, key=lambda member: has.get(member.person_id or 0, 0) + offered.get(member.id, 0))
