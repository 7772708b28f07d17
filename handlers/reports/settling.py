"""How much is settled without calling anybody above: by group, and by person as a help and never as a list of the best.

Complaints about somebody of ours are in none of it: they belong above from the first word. A person is shown from
`ENOUGH` jobs on, in the order of names.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.notifications.to_manager import GroupSettled, PersonSettled, SettledByTeams
from handlers.reports.measuring import CALLS_ABOVE
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.models import Site
from storage.repositories.scopes import Scope
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import COMMAND, ChatRole, Disposition, Group

NAME = "desk"
ENOUGH = 10
"""Jobs in the time looked at; fewer say nothing about anybody."""
LOOKS_BACK = timedelta(days=30)


def settled_at(unit: UnitOfWork, site: Site, since: datetime, until: datetime) -> Sequence[GroupSettled]:
    """Every group that closed something, in the order of groups."""
    scope = Scope(Sight(site.id, None, tuple(unit.complaints.guarded())), since, until)
    found = unit.authorities.list_settled(scope, CALLS_ABOVE)
    lines = []
    for group in (*Group, None):
        own = [each for each in found if each.group is group]
        people = tuple(PersonSettled(each.name, each.alone, each.closed) for each in own if each.closed >= ENOUGH)
        if own:
            alone, closed = sum(each.alone for each in own), sum(each.closed for each in own)
            lines.append(GroupSettled(group, alone, closed, people))
    return lines


def obey(scene: Scene) -> Outcome:
    """`/desk` in a managers' chat; nowhere else is anybody counted by name."""
    if scene.chat.role is not ChatRole.MANAGER:
        return Outcome(Disposition.IGNORED, reason="staff talk")
    groups = settled_at(scene.unit, scene.site, scene.now - LOOKS_BACK, scene.now)
    said = SettledByTeams(LOOKS_BACK.days, ENOUGH, tuple(groups))
    tell(scene.unit, scene.chat, said, scene.chat.language or scene.language)
    return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{NAME}")
