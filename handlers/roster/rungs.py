"""The ladder an untaken offer climbs: what happens when, by urgency, as shipped and as a site has set it."""

from collections.abc import Mapping
from datetime import timedelta

from storage.repositories.rosters import SiteRoster
from storage.roster_vocabulary import MemberRole, Rung
from storage.vocabulary import Urgency

TIMES: Mapping[Rung, float] = {
    Rung.REMIND: 1,
    Rung.NEXT_ON_DUTY: 1.5,
    Rung.LEAD: 2,
    Rung.CLIENT_DIRECTOR: 3,
    Rung.OFFICE_MANAGER: 5,
    Rung.QUALITY: 9,
}
"""When, as so many times the first reminder's pause."""
ROLES: Mapping[Rung, MemberRole] = {
    Rung.LEAD: MemberRole.LEAD,
    Rung.CLIENT_DIRECTOR: MemberRole.CLIENT_DIRECTOR,
    Rung.OFFICE_MANAGER: MemberRole.OFFICE_MANAGER,
    Rung.QUALITY: MemberRole.QUALITY,
}


def rungs_of(roster: SiteRoster, urgency: Urgency, reminder: timedelta) -> tuple[tuple[Rung, timedelta], ...]:
    """Each rung with the time since the offer, soonest first; `reminder` is the pause before the first reminder."""
    own = {row.rung: row.after_minutes for row in roster.rungs if row.urgency is urgency}
    times = {rung: reminder * factor for rung, factor in TIMES.items() if rung not in own}
    times |= {rung: timedelta(minutes=minutes) for rung, minutes in own.items() if minutes is not None}
    return tuple(sorted(times.items(), key=lambda item: (item[1], list(Rung).index(item[0]))))


def has_ladder(roster: SiteRoster) -> bool:
    """Whether there is anybody to climb to."""
    return bool(roster.members)
